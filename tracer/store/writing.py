"""How rows are written: one writer at a time, numbers given out here, rows by the thousand."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Dialect, Table, func, insert, select

__all__ = ["BATCH", "batches", "hold_write_lock", "insert_rows", "next_number"]

T = TypeVar("T")

BATCH = 5000
"""Rows written at a time; `batches` keeps no more in memory."""

_WRITE_LOCK = 0x7472616365  # "trace": the advisory lock every writer of a server database takes


def hold_write_lock(conn: Connection) -> None:
    """Let no one else write until this transaction ends.

    Row numbers and the event chain go on from the highest on record, so two writers at once
    would give out the same. SQLite has one writer at a time anyway.
    """
    if conn.dialect.name == "postgresql":
        conn.execute(select(func.pg_advisory_xact_lock(_WRITE_LOCK)))


def next_number(conn: Connection, table: Table) -> int:
    """Give the number of the next row of a table; the caller holds the write lock."""
    (key,) = list(table.primary_key)
    highest: int | None = conn.execute(select(func.max(key))).scalar()
    return (highest or 0) + 1


def batches(rows: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Cut a stream into lists.

    Examples
    --------
    >>> list(batches("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    stream = iter(rows)
    while batch := list(islice(stream, size)):
        yield batch


def insert_rows(
    conn: Connection, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows given as sequences in the order of `columns`.

    Where the driver takes positional parameters (SQLite) they go to it directly: half the time
    of a dict per row.
    """
    if not rows:
        return
    if conn.dialect.paramstyle != "qmark":
        conn.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])
        return
    statement, processors = _positional(table, tuple(columns), conn.dialect)
    if processors:
        converted = []
        for row in rows:
            values = list(row)
            for place, process in processors:
                if values[place] is not None:
                    values[place] = process(values[place])
            converted.append(tuple(values))
    else:
        converted = [tuple(row) for row in rows]
    conn.exec_driver_sql(statement, converted)


@cache
def _positional(
    table: Table, columns: tuple[str, ...], dialect: Dialect
) -> tuple[str, tuple[tuple[int, Callable[[Any], Any]], ...]]:
    """Compile an INSERT with its columns in this order, and what its values go through."""
    quote = dialect.identifier_preparer.quote
    names = ", ".join(quote(column) for column in columns)
    marks = ", ".join("?" * len(columns))
    found = (
        (place, table.c[column].type.dialect_impl(dialect).bind_processor(dialect))
        for place, column in enumerate(columns)
    )
    processors = tuple((place, process) for place, process in found if process is not None)
    return f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})", processors  # noqa: S608 - names of ours
