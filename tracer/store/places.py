"""Where records stand: source sheets and documents, looked up once for many records."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import ColumnElement, Connection, FromClause, exists, or_, select

from tracer.model.evidence import Document
from tracer.model.source import RecordRef
from tracer.store.among import among
from tracer.store.asking import Question
from tracer.store.tables import (
    corrections,
    documents,
    retractions,
    source_files,
    source_sheets,
    unstated,
)

__all__ = ["Places", "Sheet", "counts", "replaced", "something_is_withdrawn"]

Sheet = tuple[str, str, int, str | None]
"""Digest and path of the file, number and name of the sheet."""

_SHEETS: Final = Question(
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

_IS_WITHDRAWN: Final = select(
    or_(exists(select(retractions.c.source_id)), exists(select(corrections.c.source_id)))
)


def counts(table: FromClause, column: str = "source_id") -> ColumnElement[bool]:
    """Make the condition that a row of the table counts.

    The source it names is not retracted; of a record, no corrected one stands in its place; of a
    name or code that a source states, it is not stated there through corrected records only.
    """
    found = ~exists().where(retractions.c.source_id == table.c[column])
    if "raw" in table.c and "part" in table.c:  # a record of the papers: logs are not corrected
        return found & ~replaced(table)
    if "spelling_id" in table.c:
        told = (
            unstated.c.source_id == table.c.source_id,
            unstated.c.spelling_id == table.c.spelling_id,
            unstated.c.uscc == (table.c.uscc if "uscc" in table.c else ""),
        )
        return found & ~exists().where(*told)
    return found


def replaced(table: FromClause) -> ColumnElement[bool]:
    """Make the condition that a corrected record stands in the place of a record."""
    return exists().where(
        corrections.c.of_source_id == table.c.source_id,
        corrections.c.row == table.c.row,
        corrections.c.part == table.c.part,
    )


def something_is_withdrawn(conn: Connection) -> bool:
    """Tell whether any source is retracted or any record corrected: else every row counts."""
    return bool(conn.execute(_IS_WITHDRAWN).scalar())


class Places:
    """Tells references and documents of records by the numbers in their rows.

    Parameters
    ----------
    conn : Connection
        Where the sheets and documents stand.
    sheets, papers : collection
        Numbers of the source sheets and documents that will be asked for; None among the
        latter is passed over.
    known : dict of int to Sheet, optional
        Sheets that need not be looked up again; those that are looked up are added.
    """

    def __init__(
        self,
        conn: Connection,
        sheets: Collection[int],
        papers: Collection[int | None] = (),
        known: dict[int, Sheet] | None = None,
    ) -> None:
        self._sheets = {} if known is None else known
        self._papers: dict[int, tuple[str, str | None]] = {}
        if others := sorted({sheet for sheet in sheets if sheet not in self._sheets}):
            for number, *sheet in _SHEETS.ask(conn, {"ids": others}):
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
