"""What a database refuses, told as one line: who waits for whom, what was lost, what is full.

Drivers speak in many tongues and lines. What a user can do something about is recognised here by
number, never by words, and raised as a `UsageError`; all else stays what it is.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, Engine, event
from sqlalchemy import exc as sa_exc
from sqlalchemy.engine import ExceptionContext

from tracer.errors import UsageError

__all__ = ["refused", "told_plainly", "watch"]

_LOCK_NOT_AVAILABLE: Final = "55P03"
_READ_ONLY: Final = "25006"
_DISK_FULL: Final = "53100"
_TOO_LONG: Final = "54000"
_PRIMARY: Final = 0xFF


def watch(engine: Engine, shown: str) -> None:
    """Have every statement of an engine that fails say why in one line, where we know.

    Parameters
    ----------
    engine : Engine
        Any.
    shown : str
        What the database is called in messages.
    """

    def tell(context: ExceptionContext) -> BaseException | None:
        error = context.original_exception
        if context.connection is None and isinstance(
            context.sqlalchemy_exception, sa_exc.DBAPIError
        ):
            return UsageError("db_unreachable", database=shown, reason=error)
        return _refusal(error, shown, lost=context.is_disconnect)

    event.listen(engine, "handle_error", tell)


@contextmanager
def told_plainly(shown: str) -> Iterator[None]:
    """Do for what speaks to the driver itself (COPY) what `watch` does for statements."""
    try:
        yield
    except sa_exc.DBAPIError as error:
        refusal = _refusal(error.orig, shown, lost=error.connection_invalidated)
        if refusal is None:
            raise
        raise refusal from error


def refused(conn: Connection, statement: str, error: Exception, shown: str) -> Exception:
    """Do for a statement that SQLite's driver was asked what `watch` does for others."""
    driver = conn.dialect.loaded_dbapi.Error
    return _refusal(error, shown, lost=False) or sa_exc.DBAPIError.instance(
        statement, None, error, driver, dialect=conn.dialect
    )


def _refusal(error: BaseException | None, shown: str, *, lost: bool) -> UsageError | None:
    if error is not None and not isinstance(error, Exception):
        return None  # Ctrl-C costs the connection, too, but is no fault of it
    if lost:
        return UsageError("db_lost", database=shown)
    if _is(error, sqlite3.SQLITE_BUSY, _LOCK_NOT_AVAILABLE):
        return UsageError("db_busy", database=shown)
    if _is(error, sqlite3.SQLITE_READONLY, _READ_ONLY):
        return UsageError("db_read_only", database=shown)
    if _is(error, sqlite3.SQLITE_FULL, _DISK_FULL):
        return UsageError("db_full", database=shown)
    if _is(error, sqlite3.SQLITE_TOOBIG, _TOO_LONG):
        return UsageError("db_too_long", database=shown)
    return None


def _is(error: BaseException | None, sqlite: int, postgresql: str) -> bool:
    if isinstance(error, sqlite3.Error):
        # Extended numbers (a snapshot that is too old, a recovery under way) end in the plain one.
        return getattr(error, "sqlite_errorcode", 0) & _PRIMARY == sqlite
    return getattr(error, "sqlstate", None) == postgresql
