"""The scratch database of the DuckDB engine: in memory, on disk when memory is short.

Tables named as in `expression` hold the sheet at hand, `raw` only those of its rows that want a
second look: the others are joined before they come here (`duckdb_parts`). What the texts of the
sheet say is put aside in `…_kept` tables when the next sheet begins, for later sheets may repeat
its rows.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tracer.errors import UsageError
from tracer.ingest.duckdb_queries import ALL, RAW_COLUMNS, SUSPECTS, query
from tracer.ingest.logschema import PARTS, SCHEMAS, SUMS

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["RAW_COLUMNS", "Scratch"]

_MAPPED: Final = tuple(name for name in SCHEMAS if name != "raw")
_AT_ONCE: Final = 1 << 26
"""Bytes of rows that are added at a time: a few large insertions cost a fifth of many small."""
_KEPT: Final = "_kept"

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
    "suspect_ids": SUSPECTS,
    "parts": PARTS,
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

        self._waiting: dict[str, list[pa.Table]] = {}
        self._bytes: dict[str, int] = {}
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
            for name in _MAPPED:
                self._db.execute(_create(name + _KEPT, SCHEMAS[name]))

    def close(self) -> None:
        """Throw the database away."""
        self._db.close()
        self._folder.cleanup()

    def begin(self) -> None:
        """Begin a sheet: whatever was there of the one before is dropped."""
        self._waiting, self._bytes = {}, {}
        with self.disk():
            for name, schema in {**SCHEMAS, **_RESULTS}.items():
                columns = RAW_COLUMNS if name == "raw" else tuple(schema)
                self._db.execute(_create(name, {column: schema[column] for column in columns}))
                if name in _MAPPED:
                    both = f"FROM {name} UNION ALL FROM {name}{_KEPT}"
                    self._db.execute(f"CREATE OR REPLACE VIEW {name}{ALL} AS {both}")

    def keep(self) -> None:
        """Put aside what the texts of the sheet at hand say: later sheets may repeat its rows."""
        with self.disk():
            for name in _MAPPED:
                self._db.execute(f"INSERT INTO {name}{_KEPT} BY NAME FROM {name}")

    def insert(self, name: str, table: "pa.Table") -> None:
        """Add rows to a table of the sheet at hand; they wait until it is worth the while."""
        if not table.num_rows:
            return
        waiting = self._waiting.setdefault(name, [])
        waiting.append(table)
        self._bytes[name] = self._bytes.get(name, 0) + table.nbytes
        if self._bytes[name] > _AT_ONCE:
            self._settle(name)

    def _settle(self, *names: str) -> None:
        """Add the rows that wait: all of them, or those for some tables."""
        import pyarrow as pa

        with self.disk():
            for name in names or tuple(self._waiting):
                cursor = self._db.cursor()
                cursor.register("arriving", pa.concat_tables(self._waiting.pop(name)))
                self._bytes.pop(name)
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
        self._fill("faulty", query("faulty"))

    def find_repeats(self, sheet: int) -> None:
        """Fill `repeats`: compare the rows in `suspect_ids`."""
        if not self.count("count(*) FROM suspect_ids"):
            return
        wanted = f"SELECT row FROM ({query('repeats')}) WHERE sheet = {sheet}"  # noqa: S608
        self._fill("repeats", wanted)

    def left_of_raw(self) -> "pa.Table | None":
        """Give the rows of `raw` that are neither at fault nor duplicates, as parts."""
        return self.table(query("parts")) if self.count("count(*) FROM raw") else None

    def sum(self) -> None:
        """Fill `sums`: sum the `parts`."""
        connectors = "_connectors" if self.count("count(above) FROM hops") else ""
        added = "count(*) FROM hops WHERE appends || above_appends <> ''"
        appends = "_appends" if self.count(added) else ""
        self._fill("sums", query(f"sums{connectors}{appends}"))
        self.execute(_create("parts", PARTS))

    def forget(self) -> None:
        """Drop the rows of the sheet at hand; its results stay."""
        self._waiting, self._bytes = {}, {}
        with self.disk():
            self._db.execute(_create("raw", {name: SCHEMAS["raw"][name] for name in RAW_COLUMNS}))

    def unknown_accounts(self) -> list[tuple[Any, ...]]:
        """Give platform, account, rows, messages of the accounts that resolve to nobody."""
        return self.fetch(query("unknown"))

    def count(self, what: str) -> int:
        """Evaluate a count, such as `count(*) FROM faulty`."""
        [(found,)] = self.fetch(f"SELECT {what}")
        return int(found or 0)

    def fetch(self, statement: str) -> list[tuple[Any, ...]]:
        """Give all that a query finds."""
        self._settle()
        with self.disk():
            return list(self._db.execute(statement).fetchall())

    def table(self, statement: str) -> "pa.Table":
        """Give all that a query finds, as an Arrow table."""
        self._settle()
        with self.disk():
            return self._db.sql(statement).to_arrow_table()

    def execute(self, statement: str) -> None:
        """Run a statement that gives nothing."""
        self._settle()
        with self.disk():
            self._db.execute(statement)

    def batches(self, statement: str, rows: int = 1 << 16) -> "Iterator[pa.RecordBatch]":
        """Walk what a query finds, without holding it."""
        self._settle()
        with self.disk():
            cursor = self._db.cursor()
            try:
                yield from cursor.sql(statement).to_arrow_reader(rows)
            finally:
                cursor.close()

    def _fill(self, name: str, statement: str) -> None:
        self._settle()
        with self.disk():
            self._db.execute(f"INSERT INTO {name} BY NAME {statement}")

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
