"""Many rows on their way into SQLite, through files of their own.

The driver of Python hands SQLite one value after the other. ADBC hands it whole Arrow arrays, in a
thread and outside Python, so that meanwhile this process reads on; but it cannot take part in our
transaction. So it writes databases beside, whose one table is made as the one in the case: each
that is complete is attached, and SQLite copies its rows within the transaction of the load. From a
table of the same make to one without indexes it does so without looking into them, at a quarter of
the cost. The files are gone afterwards, and what is in one is worth nothing: whatever happens, the
case holds what its transaction held.
"""

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import TYPE_CHECKING, Final, NoReturn

from sqlalchemy import Connection, Table

from tracer.errors import UsageError
from tracer.model.columns import Column
from tracer.store.arrays import array_of, array_type
from tracer.store.literals import literal
from tracer.store.writing import value_processor

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["SideFiles"]

_FIRST_ROWS: Final = 1 << 16
"""Rows from which a first file is complete; each further one takes twice as many."""
_WAITING: Final = 8
"""Batches that may wait for the thread that writes them: with so many, one file is still being
written when the next is begun, by a thread of its own."""
_MOST: Final = 8
"""Files of one transaction; SQLite attaches ten."""
_PRAGMAS: Final = (
    "PRAGMA page_size = 16384",
    "PRAGMA journal_mode = MEMORY",
    "PRAGMA synchronous = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
)
"""Nobody reads a file before it is complete, or misses it when it is lost."""
_NO_ROOM: Final = ("is full", "I/O error", "cannot rollback")
"""What SQLite says where a file cannot grow. It may have taken back all by itself; ADBC, which
wants to do so then, says only that there is nothing to take back."""


class SideFiles:
    """Writes rows of one table by way of files beside the database.

    Parameters
    ----------
    conn : Connection
        In a transaction on an SQLite file.
    table : Table
        Where the rows go.
    folder : pathlib.Path
        Where there is room for the files.
    """

    def __init__(self, conn: Connection, table: Table, folder: Path) -> None:
        self._conn = conn
        self._table = table
        self._folder = folder
        self._files: list[_File] = []
        self._copied = 0
        wanted = "SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name = ?"
        self._made_by: str = conn.exec_driver_sql(wanted, (table.name,)).scalar_one()
        names = (row[1] for row in conn.exec_driver_sql("PRAGMA database_list"))
        self._first = sum(name not in {"main", "temp"} for name in names)

    @property
    def has_room(self) -> bool:
        """Tell whether rows can be taken: SQLite attaches no more than so many files."""
        return bool(self._files) or self._first < _MOST

    def write(self, columns: Mapping[str, Column], count: int) -> None:
        """Take some rows, which are in the table after `finish` at the latest.

        Parameters
        ----------
        columns : Mapping of str to Column
            Of the same names at every call.
        count : int
            How many rows, at least one.
        """
        import pyarrow as pa

        dialect = self._conn.dialect
        processes = {name: value_processor(self._table, name, dialect) for name in columns}
        fixed = {
            name: said
            for name, column in columns.items()
            if (said := literal(column, processes[name])) is not None
        }
        file = self._file_for(columns, fixed, count)
        arrays = [
            array_of(columns[field.name], field.type, processes[field.name], count)
            for field in file.schema
        ]
        file.put(pa.RecordBatch.from_arrays(arrays, schema=file.schema))
        self._copy_complete(waiting_for=len(self._files) - 2)

    def _file_for(
        self, columns: Mapping[str, Column], fixed: dict[str, str], count: int
    ) -> "_File":
        """Give the file the next rows go to; begin one where the last is full or unfit."""
        number = self._first + len(self._files)
        is_last = number >= _MOST
        if self._files:
            file = self._files[-1]
            fits = file.fixed.items() <= fixed.items()
            if is_last or (fits and file.rows + count <= _FIRST_ROWS << len(self._files) - 1):
                return file
            file.end()
        if number == _MOST - 1:  # the last takes all there is, whatever stands in it
            fixed = {}
        statement = _insertion(self._conn, self._table, tuple(columns), fixed)
        file = _File(self._table, (self._made_by, statement), fixed, columns, self._folder, number)
        self._files.append(file)
        return file

    def _copy_complete(self, waiting_for: int) -> None:
        """Copy the files that are complete in their order, the first few in any case."""
        while self._copied < len(self._files):
            file = self._files[self._copied]
            if self._copied >= waiting_for and not file.is_complete:
                return
            file.wait()
            file.copy(self._conn)
            self._copied += 1

    def finish(self) -> None:
        """Have all rows in the table."""
        if self._files:
            self._files[-1].end()
        self._copy_complete(waiting_for=len(self._files))

    def close(self) -> None:
        """End what is still under way, and remove the files."""
        for file in self._files:
            file.drop()


def _insertion(
    conn: Connection, table: Table, names: tuple[str, ...], fixed: dict[str, str]
) -> str:
    """Give the statement that writes a row; what never varies stands in its text."""
    quote = conn.dialect.identifier_preparer.quote
    into = ", ".join(map(quote, names))
    values = ", ".join(fixed.get(name, "?") for name in names)
    return f"INSERT INTO {quote(table.name)} ({into}) VALUES ({values})"  # noqa: S608 - names of ours


class _File:
    """One file, and the thread that writes it.

    Parameters
    ----------
    statements : tuple of (str, str)
        What makes its table, and what writes a row of it.
    fixed : dict of str to str
        Columns that stand in the statement.
    names : iterable of str
        Columns written, those included.
    """

    def __init__(
        self,
        table: Table,
        statements: tuple[str, str],
        fixed: dict[str, str],
        names: Iterable[str],
        folder: Path,
        number: int,
    ) -> None:
        import pyarrow as pa

        self.fixed = fixed
        self.rows = 0
        self.schema: pa.Schema = pa.schema(
            [(name, array_type(table, name)) for name in names if name not in fixed]
        )
        self._table = table
        self._making, self._writing = statements
        self._alias = f"side_{number}"
        self._path = folder / f"{table.name}-{number}-{id(self):x}.db"
        self._queue: Queue[pa.RecordBatch | None] = Queue(_WAITING)
        self._has_ended = False
        self._is_dropped = False
        self._written = 0
        self._error: Exception | None = None
        self._thread = Thread(target=self._run, name=self._alias, daemon=True)
        self._thread.start()

    def put(self, batch: "pa.RecordBatch") -> None:
        """Hand rows to the thread; waits while it has enough to do."""
        self.rows += batch.num_rows
        self._queue.put(batch)

    def end(self) -> None:
        """Say that there will be no more."""
        if not self._has_ended:
            self._has_ended = True
            self._queue.put(None)

    @property
    def is_complete(self) -> bool:
        """Tell whether all rows are written."""
        return self._has_ended and not self._thread.is_alive()

    def wait(self) -> None:
        """Wait for the thread.

        Raises
        ------
        UsageError
            `scratch_full` if there is no room.
        """
        self._thread.join()
        if self._error is not None:
            self._fail(self._error)
        if self._written != self.rows:
            raise AssertionError((self._alias, self._written, self.rows))

    def copy(self, conn: Connection) -> None:
        """Copy the rows to where they belong."""
        name = conn.dialect.identifier_preparer.quote(self._table.name)
        conn.exec_driver_sql(f"ATTACH DATABASE ? AS {self._alias}", (str(self._path),))
        # exactly this form is copied without looking into the rows; they keep their order
        copied = conn.exec_driver_sql(
            f"INSERT INTO main.{name} SELECT * FROM {self._alias}.{name}"  # noqa: S608 - ditto
        )
        if copied.rowcount != self.rows:
            raise AssertionError((self._alias, copied.rowcount, self.rows))

    def drop(self) -> None:
        """End the thread, whatever it is at, and remove the file."""
        self._is_dropped = True
        self.end()
        self._thread.join()
        with suppress(OSError):  # where it cannot be removed while attached, its folder will be
            self._path.unlink(missing_ok=True)

    def _run(self) -> None:
        try:
            self._written = self._ingest()
        except Exception as error:  # noqa: BLE001 - raised where the rows are waited for
            self._error = error
            while not self._has_ended or not self._queue.empty():
                self._queue.get()

    def _ingest(self) -> int:
        import adbc_driver_sqlite
        import pyarrow as pa
        from adbc_driver_manager import AdbcConnection, AdbcStatement

        def execute(conn: AdbcConnection, text: str) -> None:
            with AdbcStatement(conn) as statement:
                statement.set_sql_query(text)
                statement.execute_update()

        with adbc_driver_sqlite.connect(str(self._path)) as base, AdbcConnection(base) as conn:
            for statement in (*_PRAGMAS, self._making, "BEGIN"):
                execute(conn, statement)
            with AdbcStatement(conn) as writing:
                writing.set_sql_query(self._writing)
                writing.bind_stream(pa.RecordBatchReader.from_batches(self.schema, self._batches()))
                written: int = writing.execute_update()
            execute(conn, "COMMIT")
        return written

    def _batches(self) -> "Iterator[pa.RecordBatch]":
        while (batch := self._queue.get()) is not None and not self._is_dropped:
            yield batch

    def _fail(self, error: Exception) -> NoReturn:
        """Say in one line that there is no room left; what else went wrong is a fault of ours."""
        said = " ".join(str(error).split())
        if not any(sign in said for sign in _NO_ROOM):
            raise error
        folder = self._path.parent
        full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
        raise UsageError("scratch_full", path=folder, detail=said[:200]) from full
