"""Where records stand: source sheets and documents, looked up once for many records."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import ColumnElement, Connection, FromClause, exists, select

from tracer.model.evidence import Document
from tracer.model.source import RecordRef
from tracer.store.among import among
from tracer.store.tables import documents, retractions, source_files, source_sheets

__all__ = ["Places", "counts"]

_SHEETS: Final = (
    select(
        source_sheets.c.id,
        source_files.c.sha256,
        source_files.c.path,
        source_sheets.c.sheet_no,
        source_sheets.c.sheet,
    )
    .join(source_files, source_sheets.c.file_id == source_files.c.id)
    .where(among(source_sheets.c.id, "ids"))
)
_DOCUMENTS: Final = select(documents.c.id, documents.c.path, documents.c.sha256).where(
    among(documents.c.id, "ids")
)


def counts(table: FromClause, column: str = "source_id") -> ColumnElement[bool]:
    """Make the condition that the source a row of the table names is not retracted."""
    return ~exists().where(retractions.c.source_id == table.c[column])


class Places:
    """Tells references and documents of records by the numbers in their rows.

    Parameters
    ----------
    conn : Connection
        Where the sheets and documents stand.
    sheets, papers : collection
        Numbers of the source sheets and documents that will be asked for; None among the
        latter is passed over.
    """

    def __init__(
        self, conn: Connection, sheets: Collection[int], papers: Collection[int | None] = ()
    ) -> None:
        self._sheets: dict[int, tuple[str, str, int, str | None]] = {}
        self._papers: dict[int, tuple[str, str | None]] = {}
        if sheets:
            for number, *sheet in conn.execute(_SHEETS, {"ids": sorted(set(sheets))}):
                self._sheets[number] = tuple(sheet)
        if wanted := sorted({paper for paper in papers if paper is not None}):
            for number, path, digest in conn.execute(_DOCUMENTS, {"ids": wanted}):
                self._papers[number] = (path, digest)

    def ref(
        self, table: str, source_id: int, row: int, part: str, last_row: int | None = None
    ) -> RecordRef:
        """Give the place of a record."""
        digest, path, sheet_no, sheet = self._sheets[source_id]
        last = row if last_row is None else last_row
        return RecordRef(table, digest, path, sheet_no, sheet, row, last, part)

    def document(self, number: int | None, page: str | None) -> Document | None:
        """Give the document of this number, open at a page; None for no number."""
        if number is None:
            return None
        path, digest = self._papers[number]
        return Document(path, digest, page)
