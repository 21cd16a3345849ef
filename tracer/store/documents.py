"""Documents: the scanned papers that records name."""

from collections.abc import Callable

from sqlalchemy import Connection, select

from tracer.store.tables import documents
from tracer.store.writing import hold_write_lock, insert_rows, next_number

__all__ = ["DocumentShelf", "add_document"]

_COLUMNS = ("id", "path", "sha256", "sm3", "size")


def add_document(
    conn: Connection, path: str, sha256: str | None, sm3: str | None, size: int | None
) -> int:
    """Record a document, once for the same path and bytes. Returns its number.

    Parameters
    ----------
    path : str
        Where it lies, as it is to be shown.
    sha256, sm3, size : str, str, int or None
        Of its bytes; None for one that is named but not there.
    """
    same = select(documents.c.id).where(
        documents.c.path == path, documents.c.sha256.is_not_distinct_from(sha256)
    )
    known: int | None = conn.execute(same).scalar()
    if known is not None:
        return known
    hold_write_lock(conn)
    number = next_number(conn, documents)
    insert_rows(conn, documents, _COLUMNS, [(number, path, sha256, sm3, size)])
    return number


class DocumentShelf:
    """Numbers of the documents that the rows of one source name.

    Parameters
    ----------
    conn : Connection
        Where they are recorded.
    find : callable, optional
        Records the document a row names and gives its number, asked once for each path; without
        it the document recorded last under that very path is meant, or one that is not there.
    """

    def __init__(self, conn: Connection, find: Callable[[str], int] | None = None) -> None:
        self._conn = conn
        self._find = find or self._find_recorded
        self._numbers: dict[str, int] = {}

    def number(self, path: str | None) -> int | None:
        """Give the number of the document at this path; None for no path."""
        if path is None:
            return None
        if path not in self._numbers:
            self._numbers[path] = self._find(path)
        return self._numbers[path]

    def _find_recorded(self, path: str) -> int:
        newest = (
            select(documents.c.id)
            .where(documents.c.path == path)
            .order_by(documents.c.id.desc())
            .limit(1)
        )
        known: int | None = self._conn.execute(newest).scalar()
        return known if known is not None else add_document(self._conn, path, None, None, None)
