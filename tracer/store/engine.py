"""Opening the database: a path or URL becomes an engine whose schema is the newest.

Whether the schema is up to date is told by one row and the constants here; Alembic is imported
only when there is something to migrate, so that a cold trace starts fast.

SQLite runs in write-ahead mode: a load does not keep readers waiting (but see `journal` for the
first into a case). Connections are not
pooled, so the last one to close folds the `-wal` file back and removes it, and between commands
a case is one plain file. What is particular to PostgreSQL stands in `server`.
"""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    NullPool,
    QueuePool,
    create_engine,
    event,
    inspect,
    make_url,
    text,
)
from sqlalchemy import exc as sa_exc

from tracer.errors import UsageError
from tracer.store.journal import JOURNALS, ensure_log, without_log
from tracer.store.refusals import told_plainly, watch
from tracer.store.server import (
    WRITING,
    begin_on_server,
    count_anew,
    look_at_server,
    server_engine,
)
from tracer.store.writing import hold_write_lock

__all__ = [
    "HEAD",
    "REVISIONS",
    "begin_writing",
    "file_of",
    "is_shared",
    "kept_engine",
    "open_engine",
    "plain_engine",
    "schema_version",
    "shown",
]

REVISIONS: Final = ("0001", "0002", "0003", "0004")
"""Every revision under `migrations/versions`, oldest first; a test keeps the two equal."""
HEAD: Final = REVISIONS[-1]

_SQLITE_MAGIC = b"SQLite format 3\x00"
_BUSY_SECONDS = 60
_UNCHANGING = "?mode=ro&immutable=1"
_SECRET = ("password", "sslpassword")
_BEGIN = "tracer_begin"
_WITHOUT_LOG = "tracer_without_log"
_CHECKS = "tracer_checks"


def open_engine(target: str, *, create: bool = True) -> Engine:
    """Open the database of a case.

    Parameters
    ----------
    target : str
        A SQLAlchemy URL, or the path of an SQLite file.
    create : bool
        Create and migrate an SQLite file that is missing or empty; a server database is only
        ever migrated by `tracer db upgrade`.

    Raises
    ------
    UsageError
        If it cannot be reached, is no database of this program, or its schema is older or newer
        than this program's.
    """
    engine = plain_engine(target, create=create)
    try:
        _bring_up(engine, create=create)
    except BaseException:
        engine.dispose()
        raise
    return engine


def plain_engine(target: str, *, create: bool = True) -> Engine:
    """Make an engine without a look at the schema: for `tracer db upgrade`, `info`, `check`.

    Raises
    ------
    UsageError
        If the target cannot be a database: a folder, a missing folder, a foreign file, an
        unknown kind of server, a driver that is not installed.
    """
    url = _read_target(target)
    backend = url.get_backend_name()
    if backend == "sqlite":
        engine = _sqlite_engine(url, create=create)
    elif backend == "postgresql":
        engine = server_engine(url, _hidden(url))
    else:
        raise UsageError("db_kind", database=_hidden(url), kind=backend)
    watch(engine, shown(engine))
    return engine


def kept_engine(engine: Engine) -> Engine:
    """Make an engine for the same database whose connection stays open between look-ups.

    A new connection to an SQLite file reads the schema, prepares every statement and reads every
    page anew: more work than the trace of a number. Nothing is locked between transactions. Where
    connections are not to be kept, the engine itself is given.
    """
    if engine.dialect.name != "sqlite" or not isinstance(engine.pool, NullPool):
        return engine
    kept = _prepared(
        create_engine(
            engine.url,
            connect_args={"timeout": _BUSY_SECONDS},
            poolclass=QueuePool,
            pool_size=1,
            max_overflow=-1,
        )
    )
    watch(kept, shown(engine))
    return kept


def is_shared(engine: Engine) -> bool:
    """Tell whether another process can open the same database: a file or a server, not memory."""
    return isinstance(engine.pool, NullPool)


def schema_version(engine: Engine) -> str | None:
    """Read which revision the schema of a database is at.

    Returns
    -------
    str or None
        None for a database without any table.

    Raises
    ------
    UsageError
        If it cannot be reached, or holds tables that are not ours.
    """
    try:
        with engine.connect() as conn:
            if conn.dialect.name == "postgresql":
                look_at_server(conn, shown(engine))
            tables = inspect(conn).get_table_names()
            if "alembic_version" in tables:
                found = conn.execute(text("SELECT version_num FROM alembic_version")).scalar()
                if found is not None:
                    return str(found)
                tables.remove("alembic_version")
    except (sa_exc.DBAPIError, ImportError) as error:
        reason = getattr(error, "orig", error)
        raise UsageError("db_unreachable", database=shown(engine), reason=reason) from error
    if tables:
        raise UsageError("db_foreign", database=shown(engine))
    return None


@contextmanager
def begin_writing(engine: Engine, *, keep: bool = True, much: bool = False) -> Iterator[Connection]:
    """Open a transaction that writes: it waits for another writer before it reads anything.

    In SQLite a transaction that has read and then wants to write fails at once if someone else
    wrote in between; one that announces itself waits its turn. In PostgreSQL it takes the lock
    of all writers, then reads what they wrote.

    Parameters
    ----------
    engine : Engine
        From `open_engine`.
    keep : bool
        False for a trial: what is written is seen within the transaction and then taken back.
    much : bool
        Whether so much will be written that others may be kept waiting in an empty case.

    Raises
    ------
    UsageError
        If the database lies where nothing can be written, another writer does not end in time,
        or the connection drops; nothing was written.
    """
    if engine.url.database and engine.url.database.endswith(_UNCHANGING):
        raise UsageError("db_read_only", database=shown(engine))
    is_server = engine.dialect.name == "postgresql"
    options: dict[str, Any] = {_BEGIN: "BEGIN IMMEDIATE", _WITHOUT_LOG: much}
    if is_server:
        options = {"isolation_level": WRITING}
    with (
        told_plainly(shown(engine)),
        without_log(engine) if much and not is_server else nullcontext(),
        engine.execution_options(**options).begin() as conn,
    ):
        if is_server:
            begin_on_server(conn, _BUSY_SECONDS)
            hold_write_lock(conn)
        yield conn
        if not keep:
            conn.rollback()
        elif is_server:
            count_anew(conn)


def shown(engine: Engine) -> str:
    """Name a database in a message: the path of a file, or its URL without the password."""
    return _hidden(engine.url)


def file_of(engine: Engine) -> str | None:
    """Give the path of a database that is one file; None for any other.

    One on read-only media is opened by a URI, which is no path.
    """
    return _file_of(engine.url)


def _file_of(url: URL) -> str | None:
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    path = url.database.removeprefix("file:").partition("?")[0]
    return unquote(path) if url.database.endswith(_UNCHANGING) else path


def _hidden(url: URL) -> str:
    if (file := _file_of(url)) is not None:
        return file
    url = url.set(drivername=url.get_backend_name()).difference_update_query(_SECRET)
    return url.render_as_string(hide_password=True)


def _read_target(target: str) -> URL:
    if "://" not in target:
        return URL.create("sqlite", database=target)
    try:
        return make_url(re.sub(r"^postgres(?=[+:])", "postgresql", target))
    except (sa_exc.ArgumentError, ValueError) as error:
        raise UsageError("db_url", database=target.partition("://")[0] + "://…") from error


def _sqlite_engine(url: URL, *, create: bool) -> Engine:
    options: dict[str, Any] = {"connect_args": {"timeout": _BUSY_SECONDS}}
    if url.database and url.database != ":memory:" and not url.database.startswith("file:"):
        file = Path(url.database)
        _look_at_file(file, create=create)
        is_plain = not any(Path(f"{file}{end}").exists() for end in JOURNALS)
        if is_plain and not _is_writable(file.parent):
            # On read-only media SQLite could not make the files of the write-ahead mode.
            path = quote(str(file.absolute()))
            url = url.set(database=f"file:{path}{_UNCHANGING}")
            url = url.update_query_dict({"uri": "true"})
        options["poolclass"] = NullPool
    return _prepared(create_engine(url, **options))


def _prepared(engine: Engine) -> Engine:
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)
    return engine


def _look_at_file(file: Path, *, create: bool) -> None:
    """Refuse what can be no database before SQLite makes or mistakes anything."""
    if file.is_dir():
        raise UsageError("db_is_folder", database=file)
    if not file.exists():
        if not create:
            raise UsageError("db_missing", database=file)
        if not file.parent.is_dir():
            raise UsageError("db_no_folder", database=file, folder=file.parent)
        return
    try:
        with file.open("rb") as stream:
            start = stream.read(len(_SQLITE_MAGIC))
    except OSError as error:
        raise UsageError("db_unreachable", database=file, reason=error.strerror) from error
    if start and start != _SQLITE_MAGIC:
        raise UsageError("db_no_sqlite", database=file)


def _is_writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK)


def _prepare_connection(connection: sqlite3.Connection, _record: object) -> None:
    # The driver begins transactions late and, left to itself, commits around some statements:
    # a load could be torn. It is told to leave them alone; `_begin` says BEGIN.
    connection.isolation_level = None
    # Only a new file takes it: rows of a load are long, and four times fewer pages are
    # written, summed up and copied out of the write-ahead file.
    connection.execute("PRAGMA page_size = 16384")
    # 64 MiB: the indexes of a large load fit; the 2 MiB it has by default are read over and over.
    connection.execute("PRAGMA cache_size = -65536")


def _begin(conn: Connection) -> None:
    statement = conn.get_execution_options().get(_BEGIN, "BEGIN")
    # SQLite would look up every reference of every row, half the time of a large load: what is
    # written in `begin_writing` goes through `writing.check_references`, once for each value.
    # The pragma has no effect within a transaction, so it is said before each.
    is_own = statement != "BEGIN"
    checks = "OFF" if is_own else "ON"
    known = conn.connection.info  # of the connection to the file, for as long as it is open
    if known.get(_CHECKS) != checks:  # saying it again would have every statement prepared anew
        conn.exec_driver_sql(f"PRAGMA foreign_keys = {checks}")
        known[_CHECKS] = checks
    if is_own and not conn.get_execution_options().get(_WITHOUT_LOG):
        ensure_log(conn.exec_driver_sql)
    if is_own:
        conn.exec_driver_sql(statement)
    else:  # waits for nobody and can be refused by nothing: the driver may be told at once
        driver: Any = conn.connection.driver_connection
        driver.execute(statement)


def _bring_up(engine: Engine, *, create: bool) -> None:
    version = schema_version(engine)
    if version == HEAD:
        return
    if version is not None:
        key = "db_outdated" if version in REVISIONS else "db_newer"
        raise UsageError(key, database=shown(engine), version=version, head=HEAD)
    if engine.dialect.name != "sqlite":
        raise UsageError("db_no_schema", database=shown(engine))
    if not create:
        raise UsageError("db_missing", database=shown(engine))
    from tracer.store.upgrade import upgrade

    upgrade(engine)
