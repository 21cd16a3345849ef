"""Statements that every trace asks, put to the driver of SQLite itself.

For each statement SQLAlchemy takes some 35 µs and SQLite often fewer than ten. Here SQLAlchemy
writes a statement once and keeps connection and transaction; the driver is asked. The way to a
server takes longer than all of that: there everything is asked as ever.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Select

from tracer.store.engine import shown
from tracer.store.refusals import refused

__all__ = ["Answer", "Question", "as_day"]


class Answer(list[Sequence[Any]]):
    """Rows as the driver gives them: in SQLite days are texts and booleans numbers.

    Parameters
    ----------
    rows : sequence
        One plain tuple each.
    fields : tuple of str
        Names of their columns.
    """

    __slots__ = ("fields",)

    def __init__(self, rows: Sequence[Sequence[Any]], fields: tuple[str, ...]) -> None:
        super().__init__(rows)
        self.fields = fields


def as_day(given: str | date | None) -> date | None:
    """Give a day as a driver gives it."""
    return date.fromisoformat(given) if isinstance(given, str) else given


class _Written(NamedTuple):
    """A statement as the driver takes it, and how each of its values is found and written."""

    text: str
    values: tuple[tuple[str, object, Callable[[Any], Any] | None], ...]


class Question:
    """A statement that is asked again and again.

    Parameters
    ----------
    statement : Select
        Without lists of values that grow (`among` holds many as one).
    """

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._fields: tuple[str, ...] = tuple(statement.selected_columns.keys())
        self._written: _Written | None = None

    def ask(self, conn: Connection, scope: Mapping[str, object]) -> Answer:
        """Give the answer for some values of the parameters, within the transaction."""
        if conn.dialect.name != "sqlite":
            return Answer(conn.execute(self._statement, scope).all(), self._fields)
        if self._written is None:
            self._written = _write(self._statement, conn.dialect)
        if not conn.in_transaction():
            conn.begin()  # as with whatever is asked first
        text, parameters = self._written
        values = [
            scope.get(name, fixed) if write is None else write(scope.get(name, fixed))
            for name, fixed, write in parameters
        ]
        driver: Any = conn.connection.driver_connection
        try:
            return Answer(driver.execute(text, values).fetchall(), self._fields)
        except sqlite3.Error as error:
            raise refused(conn, text, error, shown(conn.engine)) from error


def _write(statement: Select[*tuple[Any, ...]], dialect: Dialect) -> _Written:
    compiled: Any = statement.compile(dialect=dialect)
    fixed = compiled.params
    return _Written(
        str(compiled),
        tuple(
            (
                name,
                fixed[name],
                compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect),
            )
            for name in compiled.positiontup
        ),
    )
