"""How rows are written: one writer at a time, numbers given out here, rows by the thousand."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Dialect, Table, func, insert, select
from sqlalchemy import exc as sa_exc

from tracer.store.copying import visible_nul

__all__ = [
    "BATCH",
    "batches",
    "check_references",
    "has_own_checks",
    "hold_write_lock",
    "insert_rows",
    "next_number",
    "value_processor",
]

T = TypeVar("T")

BATCH = 5000
"""Rows written at a time; `batches` keeps no more in memory."""

_ASKED = 500
"""References looked up at a time; older SQLite takes 999 values with a statement."""

_WRITE_LOCK = 0x74726163  # "trac": the advisory lock every writer of a server database takes


def hold_write_lock(conn: Connection) -> None:
    """Let no one else write until this transaction ends.

    Row numbers and the event chain go on from the highest on record, so two writers at once
    would give out the same. SQLite has one writer at a time anyway. Cases in several schemas of
    one database do not wait for each other.
    """
    if conn.dialect.name == "postgresql":
        case = func.hashtext(func.current_schema())
        conn.execute(select(func.pg_advisory_xact_lock(_WRITE_LOCK, case)))


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
    if has_own_checks(conn):
        named = zip(columns, zip(*rows, strict=True), strict=True)
        check_references(conn, table, dict(named))
    if conn.dialect.paramstyle != "qmark":
        kept = (map(_without_nul, row) for row in rows)
        conn.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in kept])
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


def _without_nul(value: Any) -> Any:
    """Write out what a server refuses in text: it would refuse the whole file with it."""
    return visible_nul(value) if isinstance(value, str) else value


@cache
def _positional(
    table: Table, columns: tuple[str, ...], dialect: Dialect
) -> tuple[str, tuple[tuple[int, Callable[[Any], Any]], ...]]:
    """Compile an INSERT with its columns in this order, and what its values go through."""
    quote = dialect.identifier_preparer.quote
    names = ", ".join(quote(column) for column in columns)
    marks = ", ".join("?" * len(columns))
    found = (
        (place, value_processor(table, column, dialect)) for place, column in enumerate(columns)
    )
    processors = tuple((place, process) for place, process in found if process is not None)
    return f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})", processors  # noqa: S608 - names of ours


@cache
def value_processor(table: Table, column: str, dialect: Dialect) -> Callable[[Any], Any] | None:
    """Tell what a value goes through before the driver gets it; None if nothing."""
    return table.c[column].type.dialect_impl(dialect).bind_processor(dialect)


def has_own_checks(conn: Connection) -> bool:
    """Tell whether references are checked here and not by the database.

    SQLite would look every reference of every row up: half the time of a large load. Where it is
    told not to (`engine.begin_writing`), each is looked up once for all the rows that have it.
    """
    if conn.dialect.name != "sqlite":
        return False
    return not conn.exec_driver_sql("PRAGMA foreign_keys").scalar()


def check_references(conn: Connection, table: Table, columns: Mapping[str, Iterable[Any]]) -> None:
    """Refuse values that refer to rows which are not there, where the database itself does not.

    Parameters
    ----------
    conn : Connection
        In the transaction that is to write them.
    table : Table
        Where they are to go.
    columns : Mapping of str to iterable
        The values of its columns, once each or in every row.

    Raises
    ------
    sqlalchemy.exc.IntegrityError
        As SQLite says it.
    """
    if not has_own_checks(conn):
        return
    for key in table.foreign_keys:
        if key.parent.name not in columns:
            continue
        wanted = sorted(set(columns[key.parent.name]) - {None})
        if not wanted:
            continue
        # numbers are given out one after the other: mostly all from first to last are there
        span = key.column.between(wanted[0], wanted[-1])
        there = conn.execute(select(func.count()).where(span)).scalar()
        if there == wanted[-1] - wanted[0] + 1:
            continue
        for batch in batches(wanted, _ASKED):
            found = conn.execute(select(func.count()).where(key.column.in_(batch))).scalar()
            if found != len(batch):
                reason = sqlite3.IntegrityError("FOREIGN KEY constraint failed")
                statement = f"INSERT INTO {table.name} ({key.parent.name})"
                raise sa_exc.IntegrityError(statement, None, reason)
