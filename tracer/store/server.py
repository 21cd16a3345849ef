"""PostgreSQL: how it is reached, what it must be, and how a transaction that writes begins there.

A connection that reads sees one state of the database from its first statement to its last, so
that the several look-ups of a trace agree although somebody loads meanwhile. A transaction that
writes waits for the one before it, and sees what that one wrote.
"""

import logging
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, text
from sqlalchemy import exc as sa_exc

from tracer.errors import UsageError

__all__ = [
    "READING",
    "WRITING",
    "begin_on_server",
    "count_anew",
    "look_at_server",
    "server_engine",
]

READING: Final = "REPEATABLE READ"
WRITING: Final = "READ COMMITTED"

# Tables that grew by a fifth in this transaction, and by enough to make a difference.
_GROWN: Final = text(
    "SELECT quote_ident(found.relname) FROM pg_stat_xact_user_tables found"
    " JOIN pg_class ON pg_class.oid = found.relid"
    " WHERE found.schemaname = current_schema()"
    " AND found.n_tup_ins > greatest(500, pg_class.reltuples / 5)"
    " ORDER BY found.relname"
)
_DRIVER: Final = "postgresql+psycopg"
_CONNECTING: Final[dict[str, Any]] = {
    "application_name": "tracer",
    "client_encoding": "UTF8",
    "connect_timeout": 10,
    # A load may say nothing for minutes while it reads a file: firewalls forget quiet connections.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    # Look-ups are planned for the values they ask for; a plan for any value may walk the table.
    "prepare_threshold": None,
}


def server_engine(url: URL, shown: str) -> Engine:
    """Make an engine for a PostgreSQL database; nothing is asked of the server yet.

    Parameters
    ----------
    url : sqlalchemy.URL
        Its address; what it says of the connection goes before what is usual here.
    shown : str
        What the database is called in messages.

    Raises
    ------
    UsageError
        If the driver is not installed, or the address cannot be one.
    """
    # The driver warns on stderr, past everything, that a connection it closes was lost already.
    logging.getLogger("psycopg").addHandler(logging.NullHandler())
    options = {key: value for key, value in _CONNECTING.items() if key not in url.query}
    try:
        return create_engine(
            url.set(drivername=_DRIVER),
            connect_args=options,
            isolation_level=READING,
            # A connection lasts as long as its transaction: none stands idle, none is stale.
            poolclass=NullPool,
            use_native_hstore=False,
        )
    except ImportError as error:
        raise UsageError("db_driver", database=shown, reason=error) from error
    except sa_exc.ArgumentError as error:
        raise UsageError("db_url", database="postgresql://…") from error


def look_at_server(conn: Connection, shown: str) -> None:
    """Refuse a database that could not hold a case: another encoding, no schema to work in.

    Raises
    ------
    UsageError
        If so; names what was found.
    """
    encoding, schema, path = conn.execute(
        text(
            "SELECT current_setting('server_encoding'), current_schema(),"
            " current_setting('search_path')"
        )
    ).one()
    if encoding != "UTF8":
        raise UsageError("db_encoding", database=shown, encoding=encoding)
    if schema is None:
        raise UsageError("db_no_such_schema", database=shown, path=path)


def begin_on_server(conn: Connection, patience: float) -> None:
    """Tell a transaction that writes how long to wait for others, and to outlast the quiet ones.

    Parameters
    ----------
    conn : Connection
        In a transaction that has done nothing yet.
    patience : float
        Seconds to wait for whoever writes now.
    """
    conn.execute(
        text(
            "SELECT set_config('lock_timeout', :wait, true),"
            " set_config('statement_timeout', '0', true),"
            " set_config('idle_in_transaction_session_timeout', '0', true)"
        ),
        {"wait": f"{max(1, round(patience * 1000))}ms"},
    )


def count_anew(conn: Connection) -> None:
    """Have the server look how the values of much grown tables are spread, before the commit.

    It does so by itself in a minute or so, if it was not told otherwise. Until then it would plan
    the look-ups of a trace for tables it thinks empty, and walk them.
    """
    for table in conn.execute(_GROWN).scalars().all():
        conn.exec_driver_sql(f"ANALYZE {table}")
