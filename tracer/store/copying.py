"""Rows into PostgreSQL by COPY, on the connection and in the transaction SQLAlchemy holds.

The rows go as binary: a fifth of the work of INSERT for this process, and nothing that could be
quoted wrongly. What the columns are told to be is what the tables say.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Table
from sqlalchemy import exc as sa_exc

if TYPE_CHECKING:
    import psycopg

__all__ = ["copy_rows", "visible_nul"]

_NUL: Final = "\0"
_TEXT: Final = frozenset({"text", "varchar"})


def visible_nul(value: str) -> str:
    r"""Write NUL characters out as files that cannot be decoded are shown: as `\x00`.

    PostgreSQL refuses them in text, and would refuse the whole file with them.

    Examples
    --------
    >>> visible_nul("武汉\0公司")
    '武汉\\x00公司'
    """
    return value.replace(_NUL, r"\x00")


def copy_rows(
    conn: Connection, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Write rows, given in the order of `columns`, into a table of a PostgreSQL database.

    Parameters
    ----------
    conn : Connection
        In a transaction of psycopg 3; the rows are there when it commits.
    table : Table
        Where they go.
    columns : sequence of str
        Which of its columns the values stand for; the others get what the table says.
    rows : iterable of sequence
        Values of the columns' Python types (`int`, `str`, `bool`, `datetime.date`) or None. Read
        as they are written, so a stream of any length needs no memory; while it is read the
        connection is busy, so it must not ask the database anything.

    Raises
    ------
    sqlalchemy.exc.DBAPIError
        As for every other statement, if the database refuses a row or the connection drops.
    """
    quote = conn.dialect.identifier_preparer.quote
    names = ", ".join(map(quote, columns))
    statement = f"COPY {quote(table.name)} ({names}) FROM STDIN (FORMAT BINARY)"
    types = [_type(conn, table, column) for column in columns]
    texts = [place for place, name in enumerate(types) if name in _TEXT]
    driver: psycopg.Connection[Any] = conn.connection.driver_connection  # type: ignore[assignment]
    base = conn.dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            copy.set_types(types)
            write = copy.write_row
            for row in _without_nul(rows, texts):
                write(row)
    except base as error:
        raise _as_of_a_statement(conn, statement, error) from error


def _type(conn: Connection, table: Table, column: str) -> str:
    """Name the type of a column as PostgreSQL does, without length and collation."""
    name: str = table.c[column].type.compile(conn.dialect)
    return name.partition(" COLLATE")[0].partition("(")[0].lower()


def _without_nul(rows: Iterable[Sequence[Any]], texts: Sequence[int]) -> Iterator[Sequence[Any]]:
    for row in rows:
        for place in texts:
            value = row[place]
            if value is not None and _NUL in value:
                values = list(row)
                for each in texts:
                    if isinstance(values[each], str):
                        values[each] = visible_nul(values[each])
                yield values
                break
        else:
            yield row


def _as_of_a_statement(conn: Connection, statement: str, error: Exception) -> BaseException:
    """Wrap what the driver says as SQLAlchemy does, and let go of a connection that is lost."""
    dialect = conn.dialect
    held = conn.connection.dbapi_connection
    lost = dialect.is_disconnect(error, held, None)  # type: ignore[arg-type]
    wrapped = sa_exc.DBAPIError.instance(
        statement,
        None,
        error,
        dialect.loaded_dbapi.Error,
        connection_invalidated=lost,
        dialect=dialect,
    )
    if lost:
        conn.invalidate(error)
    return wrapped
