"""One sheet into the database, by the lane its table takes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from tracer.ingest.masking import Masker
from tracer.ingest.paper import read_paper
from tracer.ingest.reading import OpenSheet
from tracer.ingest.traffic import LogLane
from tracer.model.diagnostic import Diagnostic, Note
from tracer.model.load import SourceReport, SourceSheet
from tracer.model.paper import PaperRow
from tracer.store.records import add_records
from tracer.store.rejects import add_rejects
from tracer.store.sources import add_source, finish_source
from tracer.store.traffic import add_routing, covered_again
from tracer.usecases.documents import DocumentFinder

__all__ = ["SheetLoader", "repeated", "skipped"]

ROUTING = "routing"


@dataclass(frozen=True, slots=True)
class SheetLoader:
    """Loads sheets within the transaction of their file.

    Parameters
    ----------
    conn : Connection
        The transaction.
    masker : Masker
        Masks personal data.
    lane : LogLane
        Reads the routing of this load.
    delivery : int
        What the load command brought.
    root : pathlib.Path
        Folder in which documents are looked for.
    """

    conn: Connection
    masker: Masker
    lane: LogLane
    delivery: int
    root: Path

    def load(self, sheet: OpenSheet) -> SourceReport:
        """Load one sheet whose header matches a table and whose bytes are new.

        Returns
        -------
        SourceReport
            Rows read = loaded + rejected + duplicates.
        """
        assert sheet.header is not None
        source = add_source(self.conn, _as_source(sheet), self.delivery)
        if sheet.header.table == ROUTING:
            report = self._load_routing(sheet, source)
        else:
            report = self._load_paper(sheet, source)
        finish_source(self.conn, source, report)
        return report

    def _load_paper(self, sheet: OpenSheet, source: int) -> SourceReport:
        rejected: list[Diagnostic] = []
        notes: list[Note] = []
        finder = DocumentFinder(self.conn, sheet.file, sheet.path, self.root)
        outcome = read_paper(sheet, sheet.settings, self.masker, notes)
        loaded = add_records(self.conn, source, _records(outcome, rejected), finder)
        add_rejects(self.conn, source, rejected)
        return _report(sheet, loaded, len(rejected), 0, (*sheet.notes, *notes, *finder.notes))

    def _load_routing(self, sheet: OpenSheet, source: int) -> SourceReport:
        result = self.lane.read(sheet, sheet.settings)
        add_routing(self.conn, source, self.delivery, result.rows)
        rejected = add_rejects(self.conn, source, result.rejected)
        again = tuple(
            Note(
                "covered_again",
                {
                    "source": other.source_id,
                    "path": other.path,
                    "pairs": other.pairs,
                    "messages": other.messages,
                },
            )
            for other in covered_again(self.conn, source)
        )
        assert result.read == result.loaded + rejected + result.duplicates
        return _report(
            sheet, result.loaded, rejected, result.duplicates, (*sheet.notes, *result.notes, *again)
        )


def _records(
    outcome: Iterable[PaperRow | Diagnostic], rejected: list[Diagnostic]
) -> Iterator[PaperRow]:
    """Pass records on and put rejected rows aside."""
    for row in outcome:
        if isinstance(row, Diagnostic):
            rejected.append(row)
        else:
            yield row


def repeated(sheet: OpenSheet, rows: int) -> SourceReport:
    """Report a sheet whose very bytes are on record: every row is a duplicate."""
    return _report(sheet, 0, 0, rows, (Note("same_bytes"),))


def skipped(sheet: OpenSheet) -> SourceReport:
    """Report a sheet that matches no table."""
    return _report(sheet, 0, 0, 0, (*sheet.notes, Note("sheet_skipped")))


def _report(
    sheet: OpenSheet, loaded: int, rejected: int, duplicates: int, notes: tuple[Note, ...]
) -> SourceReport:
    return SourceReport(
        path=sheet.path,
        sheet=sheet.sheet,
        sha256=sheet.sha256,
        sm3=sheet.sm3,
        table=None if sheet.header is None else sheet.header.table,
        encoding=sheet.encoding,
        rows=loaded + rejected + duplicates,
        loaded=loaded,
        rejected=rejected,
        duplicates=duplicates,
        notes=notes,
    )


def _as_source(sheet: OpenSheet) -> SourceSheet:
    assert sheet.header is not None
    return SourceSheet(
        path=sheet.path,
        sheet_no=sheet.sheet_no,
        sheet=sheet.sheet,
        sha256=sheet.sha256,
        sm3=sheet.sm3,
        size=sheet.size,
        table=sheet.header.table,
        encoding=sheet.encoding,
        header_row=sheet.header.header_row,
        settings=sheet.settings.stated,
    )
