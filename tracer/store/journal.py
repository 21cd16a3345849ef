"""What SQLite keeps while it writes: a write-ahead log, or a rollback journal.

With the log nobody who reads is kept waiting; but all that is written is written twice, into the
log and then into the database. In a case that holds no source there is nothing to read, so its
first large load goes without the log, in half the writing. Either way a transaction is there whole
or not at all: what a dead process left, the next one that opens the database takes back.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any, Final

from sqlalchemy import Engine, NullPool

__all__ = ["JOURNALS", "ensure_log", "fold_log", "without_log"]

JOURNALS: Final = ("-wal", "-journal")
"""What the files beside a database end with that hold a part of what it says."""


@contextmanager
def without_log(engine: Engine) -> Iterator[None]:
    """Have what is written in the body go straight into the database, if nobody needs the log.

    Nobody does if the case holds no source and nobody has it open. Who opens it meanwhile waits.
    """
    if not isinstance(engine.pool, NullPool):  # not a file of its own
        yield
        return
    _switch(engine, lambda connection: "WAL" if _has_sources(connection) else "DELETE")
    try:
        yield
    finally:
        _switch(engine, lambda _: "WAL")


def ensure_log(execute: Any) -> None:
    """Go back to the log if a process that went without it died.

    Parameters
    ----------
    execute : callable
        Executes a statement on a connection outside any transaction, and gives its rows.
    """
    if execute("PRAGMA journal_mode").fetchone()[0] == "delete":
        execute("PRAGMA journal_mode = WAL").fetchone()


def fold_log(engine: Engine) -> None:
    """Fold the log back into the database, though somebody who reads now and then has it open.

    The last who closes the database does so too; until then a copy of the file alone would lack
    what was loaded. What is being read at this moment stays in the log.
    """
    if not isinstance(engine.pool, NullPool) or engine.dialect.name != "sqlite":
        return
    with closing(engine.raw_connection()) as held:
        connection = held.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        with suppress(sqlite3.OperationalError):  # nothing is lost: it stays in the log
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _switch(engine: Engine, choose: Callable[[sqlite3.Connection], str]) -> None:
    """Change how the database is written; leave it as it is where others have it open."""
    with closing(engine.raw_connection()) as held:
        connection = held.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        try:
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute(f"PRAGMA journal_mode = {choose(connection)}").fetchone()
        except sqlite3.OperationalError:
            return  # in the log, as others expect; or the next who writes goes back to it


def _has_sources(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT id FROM source_sheets LIMIT 1").fetchone() is not None
