"""The scratch database of a log lane: DuckDB in this process, on disk when memory is short.

It keeps the coded rows of every sheet of the load, since a later sheet may repeat them. Sheets
are numbered; `…_all` tables hold all of them, and views without that ending the one at hand.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tracer.ingest.expression import (
    SCHEMAS,
    TOTALS,
    rejected_rows,
    repeated_rows,
    routing_totals,
    unbound,
    unknown_accounts,
)

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Scratch"]

_FETCH: Final = 1 << 14
_EVERY: Final = "_all"

_SQL_TYPES: Final = {
    "int32": "INTEGER",
    "int64": "BIGINT",
    "string": "VARCHAR",
    "boolean": "BOOLEAN",
}
_RESULTS: Final[dict[str, Mapping[str, str]]] = {
    "totals": TOTALS,
    "faulty": {"row": "int64", "fault": "int32"},
    "repeats": {"row": "int64"},
    "raw_texts": {"row": "int64", "raw": "string", "instead": "string"},
    "unread": {
        "row": "int64",
        "raw": "string",
        "reason": "string",
        "place": "string",
        "details": "string",
    },
}
"""Tables made anew for every sheet."""

_HASHED: Final = (
    "* REPLACE (CASE WHEN message_id IS NOT NULL"
    " THEN CAST(hash(message_id) >> 1 AS BIGINT) END AS message_hash)"
)


@cache
def _compiled() -> dict[str, str]:
    """Compile the expression once: to the SQL that fills each result."""
    import ibis

    raw, maps = unbound()
    everything, all_maps = unbound(_EVERY)
    repeats = ibis.table(_RESULTS["repeats"], name="repeats")
    totals = ibis.table(TOTALS, name="totals")
    parts = {
        "faulty": rejected_rows(raw, maps),
        "repeats": repeated_rows(everything, raw, all_maps),
        "totals": routing_totals(raw, maps, repeats),
        "unknown": unknown_accounts(totals),
    }
    return {name: str(ibis.to_sql(part, dialect="duckdb")) for name, part in parts.items()}


class Scratch:
    """Coded rows, and what becomes of them.

    Parameters
    ----------
    folder : pathlib.Path or None
        Where it lies; None: the system's folder for temporary files.
    memory : str
        What DuckDB may hold in memory.
    """

    def __init__(self, folder: Path | None, memory: str) -> None:
        import duckdb

        self._folder = tempfile.TemporaryDirectory(prefix="tracer-", dir=folder)
        place = Path(self._folder.name)
        self._db = duckdb.connect(
            str(place / "lane.duckdb"),
            config={
                "memory_limit": memory,
                "temp_directory": str(place / "spill"),
                "preserve_insertion_order": "false",
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            },
        )
        for name, schema in SCHEMAS.items():
            self._db.execute(_create(name + _EVERY, schema))

    def close(self) -> None:
        """Throw the database away."""
        self._db.close()
        self._folder.cleanup()

    def turn_to(self, sheet: int, first: Mapping[str, int]) -> None:
        """Begin a sheet whose keys start at `first`; results of the one before are dropped."""
        for name, columns in SCHEMAS.items():
            column, start = next(iter(columns)), first[name]
            where = f"sheet = {sheet}" if name == "raw" else f"{column} >= {start}"
            source = f"SELECT * FROM {name}{_EVERY} WHERE {where}"  # noqa: S608 - our own names
            self._db.execute(f"CREATE OR REPLACE VIEW {name} AS {source}")
        for name, schema in _RESULTS.items():
            self._db.execute(_create(name, schema))

    def forget(self) -> None:
        """Drop the rows of the sheet at hand; its results stay."""
        for name, schema in SCHEMAS.items():
            column = next(iter(schema))
            own = f"SELECT {column} FROM {name}"  # noqa: S608 - ditto
            self._db.execute(f"DELETE FROM {name}{_EVERY} WHERE {column} IN ({own})")  # noqa: S608

    def add_rows(self, block: "pa.Table") -> None:
        """Add coded rows to the sheet at hand."""
        self._insert(f"raw{_EVERY}", block, _HASHED)

    def add_mappings(self, mappings: Mapping[str, "pa.Table"]) -> None:
        """Add what the texts of the sheet at hand say."""
        for name, table in mappings.items():
            self._insert(name + _EVERY, table)

    def add_texts(self, rows: Iterable[tuple[int, str, str | None]]) -> None:
        """Keep the raw text of rows that may turn out at fault, and a reason that goes before."""
        self._add("raw_texts", rows)

    def add_unread(self, rows: Iterable[tuple[int, str, str, str | None, str]]) -> None:
        """Keep the rows that could not be split into cells."""
        self._add("unread", rows)

    def judge(self, *, has_ids: bool) -> None:
        """Run the expression over the sheet at hand."""
        for name in ("faulty", "repeats", "totals"):
            if name != "repeats" or has_ids:
                self._db.execute(f"INSERT INTO {name} {_compiled()[name]}")

    def count(self, what: str) -> int:
        """Evaluate a count, such as `count(*) FROM faulty`."""
        row = self._db.execute(f"SELECT {what}").fetchone()
        return int(row[0]) if row and row[0] is not None else 0

    def unknown_accounts(self) -> list[tuple[Any, ...]]:
        """Give upstream, account, rows, messages of the accounts that resolve to nobody."""
        return list(self._db.execute(_compiled()["unknown"]).fetchall())

    def totals(self) -> Iterator[tuple[Any, ...]]:
        """Give the totals, sorted."""
        order = "upstream, downstream, number, day, reporter, account"
        return self._walk(f"SELECT * FROM totals ORDER BY {order}")  # noqa: S608 - ditto

    def rejected(self) -> Iterator[tuple[Any, ...]]:
        """Give row, raw text, fault or None, reason or None, place, details; sorted by row."""
        return self._walk(
            "SELECT row, raw, fault, instead, NULL, NULL FROM faulty JOIN raw_texts USING (row)"
            " UNION ALL SELECT row, raw, NULL, reason, place, details FROM unread ORDER BY row"
        )

    def _walk(self, query: str) -> Iterator[tuple[Any, ...]]:
        cursor = self._db.cursor()
        try:
            cursor.execute(query)
            while rows := cursor.fetchmany(_FETCH):
                yield from rows
        finally:
            cursor.close()

    def _add(self, name: str, rows: Iterable[tuple[Any, ...]]) -> None:
        import pyarrow as pa

        columns = list(zip(*rows, strict=True))
        if columns:
            kinds = {"int64": pa.int64(), "string": pa.string()}
            names = _RESULTS[name]
            arrays = [
                pa.array(column, kinds[kind])
                for column, kind in zip(columns, names.values(), strict=True)
            ]
            self._insert(name, pa.Table.from_arrays(arrays, names=list(names)))

    def _insert(self, name: str, table: "pa.Table", columns: str = "*") -> None:
        self._db.register("arriving", table)
        self._db.execute(f"INSERT INTO {name} SELECT {columns} FROM arriving")  # noqa: S608 - ditto
        self._db.unregister("arriving")


def _create(name: str, schema: Mapping[str, str]) -> str:
    columns = ", ".join(f'"{column}" {_SQL_TYPES[kind]}' for column, kind in schema.items())
    return f"CREATE OR REPLACE TABLE {name} ({columns})"
