"""Columns written at once: what repeats is converted once, and indexes are made after the rows.

A load of a million rows spends most of its time in what is done anew for every row. Here a value
that repeats is converted once (`Coded`), one that stands in every row is said once (`Same`), and
in SQLite the indexes of a table that grows to more than twice its size are made once, after the
rows. All of it happens within the transaction of the load: whoever reads meanwhile sees nothing
of it, and a rollback takes it back.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Index, Table
from sqlalchemy.schema import CreateIndex, DropIndex

from tracer.model.columns import Coded, Column, Same, distinct_values, each_value
from tracer.store.literals import literal
from tracer.store.sidefiles import SideFiles
from tracer.store.writing import check_references, has_own_checks, value_processor

__all__ = ["BulkWriter", "bulk_writer", "insert_columns"]

_PARAMETERS = 999
"""Values handed to SQLite with one statement, as many as any release takes: several rows at a time
are written faster than one."""
_FEW = 5000
"""So many rows are not worth making an index anew."""
_MANY = 20_000
"""So many rows at once are worth a file beside the database."""
_SORTED_KIB: Final = 1 << 18
"""Memory an index is made in: that of three million rows."""


def insert_columns(
    conn: Connection, table: Table, columns: Mapping[str, Column], count: int
) -> None:
    """Write rows given as columns.

    References are not looked at here: `BulkWriter` does.

    Parameters
    ----------
    conn : Connection
        In a transaction.
    table : Table
        Where the rows go.
    columns : Mapping of str to Column
        Values of the columns' Python types, or None.
    count : int
        How many rows.

    Examples
    --------
    >>> from sqlalchemy import create_engine, text
    >>> from tracer.model.columns import Coded, Same
    >>> from tracer.store.tables import deliveries, metadata
    >>> with create_engine("sqlite://").begin() as conn:
    ...     metadata.create_all(conn, [deliveries])
    ...     names = Coded.of(("甲", "乙"), (1, 0))
    ...     columns = {"id": (1, 2), "operator": names, "at": Same("2026")}
    ...     insert_columns(conn, deliveries, columns, 2)
    ...     conn.execute(text("SELECT * FROM deliveries")).all()
    [(1, '乙', '2026'), (2, '甲', '2026')]
    """
    if not count:
        return
    if conn.dialect.name == "postgresql":
        from tracer.store.copying import copy_rows

        streams = (each_value(column, count) for column in columns.values())
        copy_rows(conn, table, tuple(columns), zip(*streams, strict=True))
        return
    _insert(conn, table, columns, count)


def _insert(conn: Connection, table: Table, columns: Mapping[str, Column], count: int) -> None:
    """Write rows by the driver: several with a statement, what never varies within its text."""
    quote = conn.dialect.identifier_preparer.quote
    names: list[str] = []
    shown: list[str] = []
    streams: list[Iterator[Any]] = []
    for name, column in columns.items():
        process = value_processor(table, name, conn.dialect)
        said = literal(column, process)
        names.append(quote(name))
        shown.append(said or "?")
        if said is None:
            streams.append(_stream(column, process, count))
    into = f"INSERT INTO {quote(table.name)} ({', '.join(names)}) VALUES "  # noqa: S608 - names of ours
    row = f"({', '.join(shown)})"
    if not streams:
        conn.exec_driver_sql(into + ", ".join([row] * count))
        return
    rows = zip(*streams, strict=True)
    several = max(1, min(_PARAMETERS // len(streams), count))
    whole = count // several
    if several > 1:
        flat = chain.from_iterable(islice(rows, whole * several))
        # the same iterator over and over: each takes the values that come next
        statements = zip(*[flat] * (several * len(streams)), strict=True)
        conn.exec_driver_sql(into + ", ".join([row] * several), list(statements))
    if rest := list(rows):
        conn.exec_driver_sql(into + row, rest)


def _stream(column: Column, process: Callable[[Any], Any] | None, count: int) -> Iterator[Any]:
    if isinstance(column, Same):
        value = column.value
        return repeat(value if process is None else process(value), count)
    if isinstance(column, Coded):
        values = column.values if process is None else column.values.changed(process)
        return map(values.__getitem__, column.codes)
    if process is None:
        return iter(each_value(column, count))
    made = {value: process(value) for value in distinct_values(column)}
    return map(made.__getitem__, each_value(column, count))


class BulkWriter:
    """Writes many rows of one table; see `bulk_writer`."""

    def __init__(
        self,
        conn: Connection,
        table: Table,
        on_record: int,
        scratch: Path | None,
    ) -> None:
        self._conn = conn
        self._table = table
        self._on_record = on_record
        self._written = 0
        self._known: dict[str, set[Any]] = {}
        self._indexes: list[Index] = []
        # a server would keep readers waiting until the transaction ends
        self._may_drop = conn.dialect.name == "sqlite"
        self._sides: SideFiles | None = None
        if scratch is not None and conn.dialect.name == "sqlite":
            self._sides = SideFiles(conn, table, scratch)

    def write(
        self, columns: Mapping[str, Column], count: int, written_before: Collection[str] = ()
    ) -> None:
        """Write some rows; as `insert_columns`.

        Parameters
        ----------
        written_before : collection of str
            Columns that refer to rows the caller has just written or found.
        """
        self.expect(count)
        self._check_references(columns, written_before)
        if self._sides is not None and count >= _MANY and self._sides.has_room:
            self._sides.write(columns, count)
        else:
            insert_columns(self._conn, self._table, columns, count)

    def expect(self, count: int) -> None:
        """Get ready for some rows, which may be written in another way."""
        self._written += count
        if self._may_drop and self._written > max(self._on_record, _FEW):
            self._may_drop = False
            self._drop_indexes()

    def _check_references(
        self, columns: Mapping[str, Column], written_before: Collection[str]
    ) -> None:
        if not has_own_checks(self._conn):
            return
        for key in self._table.foreign_keys:
            name = key.parent.name
            if name in columns and name not in written_before:
                known = self._known.setdefault(name, {None})
                fresh = set(distinct_values(columns[name])) - known
                check_references(self._conn, self._table, {name: fresh})
                known |= fresh

    def _drop_indexes(self) -> None:
        self._indexes = sorted(self._table.indexes, key=lambda index: str(index.name))
        for index in self._indexes:
            self._conn.execute(DropIndex(index))

    def finish(self) -> None:
        """Have all rows in the table, and make the indexes again."""
        if self._sides is not None:
            self._sides.finish()
        if self._indexes:
            with _much_memory(self._conn):
                for index in self._indexes:
                    self._conn.execute(CreateIndex(index))
        self._indexes = []

    def close(self) -> None:
        """Leave nothing behind in the scratch folder."""
        if self._sides is not None:
            self._sides.close()


@contextmanager
def _much_memory(conn: Connection) -> Iterator[None]:
    """Have SQLite sort as much in memory as it may: what is left it sorts in files."""
    usual = conn.exec_driver_sql("PRAGMA cache_size").scalar_one()
    conn.exec_driver_sql(f"PRAGMA cache_size = {-_SORTED_KIB}")
    try:
        yield
    finally:
        conn.exec_driver_sql(f"PRAGMA cache_size = {usual}")


@contextmanager
def bulk_writer(
    conn: Connection,
    table: Table,
    on_record: int,
    *,
    scratch: Path | None = None,
) -> Iterator[BulkWriter]:
    """Write many rows of one table, all there and its indexes up to date at the end.

    Parameters
    ----------
    conn : Connection
        In a transaction; after an error inside it must be rolled back.
    table : Table
        Where the rows go.
    on_record : int
        About how many rows stand there already.
    scratch : pathlib.Path or None
        Folder with room for files by which rows reach SQLite faster.
    """
    writer = BulkWriter(conn, table, on_record, scratch)
    try:
        yield writer
        writer.finish()
    finally:
        writer.close()
