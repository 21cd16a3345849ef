"""The queries of the DuckDB engine: the expression as Ibis puts it for DuckDB, written down.

Loading Ibis and compiling takes longer than reading a small log, so the SQL stands in
`duckdb_queries.sql`. The expression stays its only source: `make docs` writes the file anew, and
a test fails when it is not what Ibis makes of the expression.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tracer.ingest.expression import (
    rejected_rows,
    repeated_rows,
    single_rows,
    sum_rows,
    unbound,
    unknown_accounts,
)
from tracer.ingest.logschema import PARTS, SCHEMAS, SUMS

if TYPE_CHECKING:
    from collections.abc import Callable

    import ibis.expr.types as ir

__all__ = ["ALL", "FILE", "RAW_COLUMNS", "SUSPECTS", "compile_queries", "query", "write_down"]

ALL: Final = "_all"
"""How the names of mapping tables end that hold all sheets."""
FILE: Final = Path(__file__).with_suffix(".sql")

RAW_COLUMNS: Final = tuple(
    name for name in SCHEMAS["raw"] if name not in {"sheet", "message_id", "message_hash"}
)
"""What is held of a row in the table `raw`: its message id is not (see `duckdb_ids`)."""
SUSPECTS: Final = {name: SCHEMAS["raw"][name] for name in ("sheet", "message_id", *RAW_COLUMNS)}
"""What is held of the rows, of all sheets, that may repeat one another."""

_TITLE: Final = "-- Written by docs/generate.py from tracer/ingest/expression.py, by Ibis {}.\n"
_MARK: Final = "-- query: "


def query(name: str) -> str:
    """Give a query by its name (see `compile_queries`).

    Examples
    --------
    >>> query("faulty")[:6]
    'SELECT'
    """
    return _written()[name]


@cache
def _written() -> dict[str, str]:
    _, *parts = FILE.read_text("utf-8").split(_MARK)
    return {name: text.strip() for name, _, text in (part.partition("\n") for part in parts)}


def compile_queries() -> dict[str, str]:
    """Compile every part of the expression, as often as it has variants.

    Returns
    -------
    dict of str to str
        By name: `faulty`, `repeats`, `parts`, `unknown`, and `sums`, to whose name is added
        `_connectors` where rows may give a second hop, `_appends` where digits may be appended.
    """
    import ibis

    _, maps = unbound()
    raw = ibis.table({name: SCHEMAS["raw"][name] for name in RAW_COLUMNS}, name="raw")
    _, all_maps = unbound(ALL)
    faulty = ibis.table({"row": "int64", "fault": "int32"}, name="faulty")
    repeats = ibis.table({"row": "int64"}, name="repeats")
    made: dict[str, ir.Table] = {
        "faulty": rejected_rows(raw, maps),
        "parts": single_rows(raw, faulty, repeats),
        "repeats": repeated_rows(ibis.table(SUSPECTS, name="suspect_ids"), all_maps),
        "unknown": unknown_accounts(ibis.table(SUMS, name="sums"), maps),
    }
    for connectors in ("", "_connectors"):
        for appends in ("", "_appends"):
            made[f"sums{connectors}{appends}"] = sum_rows(
                ibis.table(PARTS, name="parts"),
                maps,
                has_connectors=bool(connectors),
                has_appends=bool(appends),
                is_judged=True,
            )
    to_sql: Callable[..., object] = ibis.to_sql
    return {name: str(to_sql(each, dialect="duckdb", pretty=False)) for name, each in made.items()}


def write_down() -> str:
    """Give what `FILE` has to hold."""
    import ibis

    queries = sorted(compile_queries().items())
    return _TITLE.format(ibis.__version__) + "".join(
        f"\n{_MARK}{name}\n{text}\n" for name, text in queries
    )
