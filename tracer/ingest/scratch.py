"""The scratch database of the DuckDB engine: in memory, on disk when memory is short.

Tables named as in `expression` hold the sheet at hand. What later sheets of the load may repeat
is put aside in `…_kept` tables when the next sheet begins.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tracer.errors import UsageError
from tracer.ingest.expression import (
    SCHEMAS,
    SUMS,
    rejected_rows,
    repeated_rows,
    sum_rows,
    unbound,
    unknown_accounts,
)

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

__all__ = ["RAW_COLUMNS", "Scratch"]

_KEPT: Final = "_kept"
_ALL: Final = "_all"

RAW_COLUMNS: Final = tuple(
    name for name in SCHEMAS["raw"] if name not in {"sheet", "message_id", "message_hash"}
)
"""What is held of a row in the table `raw`: its message id is not (see `duckdb_ids`)."""

_SQL_TYPES: Final = {
    "int32": "INTEGER",
    "int64": "BIGINT",
    "string": "VARCHAR",
    "boolean": "BOOLEAN",
}
_RESULTS: Final[dict[str, Mapping[str, str]]] = {
    "sums": SUMS,
    "faulty": {"row": "int64", "fault": "int32"},
    "repeats": {"row": "int64"},
    "suspect_ids": {"sheet": "int32", "row": "int64", "message_id": "string"},
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


@cache
def _compiled(
    part: str,
    *,
    has_repeats: bool = False,
    has_connectors: bool = False,
    has_appends: bool = False,
) -> str:
    """Compile a part of the expression once: to the SQL that fills a result."""
    import ibis

    _, maps = unbound()
    raw = ibis.table({name: SCHEMAS["raw"][name] for name in RAW_COLUMNS}, name="raw")
    _, all_maps = unbound(_ALL)
    suspects = ibis.table(
        {name: SCHEMAS["raw"][name] for name in ("sheet", "message_id", *RAW_COLUMNS)},
        name=f"raw{_ALL}",
    )
    repeats = ibis.table(_RESULTS["repeats"], name="repeats") if has_repeats else None
    parts: dict[str, Callable[[], ir.Table]] = {
        "faulty": lambda: rejected_rows(raw, maps),
        "repeats": lambda: repeated_rows(suspects, all_maps),
        "sums": lambda: sum_rows(
            raw, maps, repeats, has_connectors=has_connectors, has_appends=has_appends
        ),
        "unknown": lambda: unknown_accounts(ibis.table(SUMS, name="sums"), maps),
    }
    return str(ibis.to_sql(parts[part](), dialect="duckdb"))


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

        self._shown = str(folder or tempfile.gettempdir())
        with self.disk():
            self._folder = tempfile.TemporaryDirectory(prefix="tracer-", dir=folder)
            self.folder = Path(self._folder.name)
            self._db = duckdb.connect(
                ":memory:",
                config={
                    "memory_limit": memory,
                    "temp_directory": str(self.folder / "spill"),
                    "preserve_insertion_order": "false",
                    "autoinstall_known_extensions": "false",
                    "autoload_known_extensions": "false",
                },
            )
            for name, schema in SCHEMAS.items():
                columns = ("sheet", *RAW_COLUMNS) if name == "raw" else tuple(schema)
                kept = {column: schema[column] for column in columns}
                self._db.execute(_create(name + _KEPT, kept))

    def close(self) -> None:
        """Throw the database away."""
        self._db.close()
        self._folder.cleanup()

    def begin(self) -> None:
        """Begin a sheet: whatever was there of the one before is dropped."""
        with self.disk():
            for name, schema in {**SCHEMAS, **_RESULTS}.items():
                columns = RAW_COLUMNS if name == "raw" else tuple(schema)
                self._db.execute(_create(name, {column: schema[column] for column in columns}))
                if name in SCHEMAS and name != "raw":
                    both = f"FROM {name} UNION ALL FROM {name}{_KEPT}"
                    self._db.execute(f"CREATE OR REPLACE VIEW {name}{_ALL} AS {both}")

    def keep(self, sheet: int) -> None:
        """Put aside what later sheets may repeat of the sheet at hand."""
        with self.disk():
            for name in SCHEMAS:
                values = f"{sheet} AS sheet, *" if name == "raw" else "*"
                query = f"SELECT {values} FROM {name}"  # noqa: S608 - ditto
                self._db.execute(f"INSERT INTO {name}{_KEPT} BY NAME {query}")

    def insert(self, name: str, table: "pa.Table") -> None:
        """Add rows to a table of the sheet at hand."""
        with self.disk():
            cursor = self._db.cursor()
            cursor.register("arriving", table)
            cursor.execute(f"INSERT INTO {name} BY NAME FROM arriving")
            cursor.unregister("arriving")
            cursor.close()

    def add(self, name: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add tuples to one of the tables of results."""
        import pyarrow as pa

        columns = list(zip(*rows, strict=True))
        if columns:
            kinds = {"int64": pa.int64(), "string": pa.string()}
            names = _RESULTS[name]
            arrays = [
                pa.array(column, kinds[kind])
                for column, kind in zip(columns, names.values(), strict=True)
            ]
            self.insert(name, pa.Table.from_arrays(arrays, names=list(names)))

    def find_rejected(self) -> None:
        """Fill `faulty`."""
        self._fill("faulty", _compiled("faulty"))

    def find_repeats(self, sheet: int) -> None:
        """Fill `repeats`: compare the rows whose ids are in `suspect_ids`."""
        if not self.count("count(*) FROM suspect_ids"):
            return
        columns = ", ".join(RAW_COLUMNS)
        with self.disk():
            self._db.execute(
                f"CREATE OR REPLACE VIEW raw{_ALL} AS"  # noqa: S608 - our own names
                f" SELECT sheet, message_id, {columns} FROM raw JOIN suspect_ids USING (row)"
                f" WHERE sheet = {sheet} UNION ALL"
                f" SELECT sheet, message_id, {columns} FROM raw{_KEPT}"
                " JOIN suspect_ids USING (sheet, row)"
            )
        query = _compiled("repeats")
        self._fill("repeats", f"SELECT row FROM ({query}) WHERE sheet = {sheet}")  # noqa: S608

    def sum(self) -> None:
        """Fill `sums`."""
        query = _compiled(
            "sums",
            has_repeats=self.count("count(*) FROM repeats") > 0,
            has_connectors=self.count("count(above) FROM hops") > 0,
            has_appends=self.count("count(*) FROM hops WHERE appends || above_appends <> ''") > 0,
        )
        self._fill("sums", query)

    def forget(self) -> None:
        """Drop the rows of the sheet at hand; its results stay."""
        with self.disk():
            self._db.execute(_create("raw", {name: SCHEMAS["raw"][name] for name in RAW_COLUMNS}))

    def unknown_accounts(self) -> list[tuple[Any, ...]]:
        """Give platform, account, rows, messages of the accounts that resolve to nobody."""
        return self.fetch(_compiled("unknown"))

    def count(self, what: str) -> int:
        """Evaluate a count, such as `count(*) FROM faulty`."""
        [(found,)] = self.fetch(f"SELECT {what}")
        return int(found or 0)

    def fetch(self, query: str) -> list[tuple[Any, ...]]:
        """Give all that a query finds."""
        with self.disk():
            return list(self._db.execute(query).fetchall())

    def table(self, query: str) -> "pa.Table":
        """Give all that a query finds, as an Arrow table."""
        with self.disk():
            return self._db.sql(query).to_arrow_table()

    def execute(self, statement: str) -> None:
        """Run a statement that gives nothing."""
        with self.disk():
            self._db.execute(statement)

    def batches(self, query: str, rows: int = 1 << 16) -> "Iterator[pa.RecordBatch]":
        """Walk what a query finds, without holding it."""
        with self.disk():
            cursor = self._db.cursor()
            try:
                yield from cursor.sql(query).to_arrow_reader(rows)
            finally:
                cursor.close()

    def _fill(self, name: str, query: str) -> None:
        with self.disk():
            self._db.execute(f"INSERT INTO {name} BY NAME {query}")

    @contextmanager
    def disk(self) -> Iterator[None]:
        """Say in one line that there is no room left."""
        import duckdb
        import pyarrow as pa

        try:
            yield
        except (duckdb.OutOfMemoryException, duckdb.IOException) as fault:
            raise UsageError("scratch_full", path=self._shown, detail=_one_line(fault)) from fault
        except (OSError, pa.ArrowException) as fault:
            raise UsageError("scratch_full", path=self._shown, detail=_one_line(fault)) from fault


def _one_line(fault: Exception) -> str:
    return " ".join(str(fault).split())[:200]


def _create(name: str, schema: Mapping[str, str]) -> str:
    columns = ", ".join(f'"{column}" {_SQL_TYPES[kind]}' for column, kind in schema.items())
    return f"CREATE OR REPLACE TABLE {name} ({columns})"
