"""One sheet into the database, by the lane its table takes."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from tracer.ingest.engines import RowsRead
from tracer.ingest.masking import Masker
from tracer.ingest.paper_columns import read_paper_columns
from tracer.ingest.reading import OpenSheet
from tracer.ingest.traffic import LogLane, RoutingResult
from tracer.model.columns import each_value, slice_column
from tracer.model.diagnostic import Diagnostic, Note
from tracer.model.load import SourceReport, SourceSheet
from tracer.model.paper import PaperRow
from tracer.model.paper_columns import PaperColumns
from tracer.store.records import add_records
from tracer.store.rejects import add_rejects, reject_file_of
from tracer.store.sources import add_source, finish_source
from tracer.store.traffic import add_routing, covered_again
from tracer.usecases.documents import DocumentFinder
from tracer.usecases.rejects import reject_keeper

__all__ = ["SheetLoader", "event_entry", "repeated", "skipped"]

_TOLD_EVERY: Final = 1000


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
    rejects : pathlib.Path or None
        Folder of the files for rejected rows that the database does not hold.
    scratch : pathlib.Path
        Folder with room for what is on its way to the database.
    told : callable
        Told how many rows and bytes of the sheet have been read.
    """

    conn: Connection
    masker: Masker
    lane: LogLane
    delivery: int
    root: Path
    rejects: Path | None
    scratch: Path
    told: RowsRead

    def load(
        self, sheet: OpenSheet, ahead: RoutingResult | None = None
    ) -> tuple[SourceReport, int]:
        """Load one sheet whose header matches a table and whose bytes are new.

        Parameters
        ----------
        ahead : RoutingResult or None
            What the lane has made of it already.

        Returns
        -------
        tuple
            The report, whose rows read = loaded + rejected + duplicates, and the number of the
            source.
        """
        assert sheet.header is not None
        source = add_source(self.conn, _as_source(sheet), self.delivery)
        if sheet.header.table == "routing":
            result = ahead or self.lane.read(sheet, sheet.settings, self.told)
            report = self._load_routing(sheet, source, result)
        else:
            report = self._load_paper(sheet, source)
        finish_source(self.conn, source, report)
        return report, source

    def _load_paper(self, sheet: OpenSheet, source: int) -> SourceReport:
        passed = _Passed(sheet.size, self.told)
        notes: list[Note] = []
        finder = DocumentFinder(self.conn, sheet.file, sheet.path, self.root)
        with closing(read_paper_columns(sheet, sheet.settings, self.masker, notes)) as outcome:
            records = passed.records(outcome)
            loaded = add_records(self.conn, source, records, finder, self.scratch)
        rejected = self._add_rejects(sheet, source, passed.rejected)
        passed.tell()
        return _report(sheet, loaded, rejected, 0, (*sheet.notes, *notes, *finder.notes))

    def _load_routing(self, sheet: OpenSheet, source: int, result: RoutingResult) -> SourceReport:
        written = add_routing(self.conn, source, self.delivery, result.totals, self.scratch)
        rejected = self._add_rejects(sheet, source, result.rejected)
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
            for other in covered_again(self.conn, source, written)
        )
        if result.read != result.loaded + rejected + result.duplicates:
            raise AssertionError((result.read, result.loaded, rejected, result.duplicates))
        return _report(
            sheet, result.loaded, rejected, result.duplicates, (*sheet.notes, *result.notes, *again)
        )

    def _add_rejects(self, sheet: OpenSheet, source: int, rows: Iterable[Diagnostic]) -> int:
        return add_rejects(self.conn, source, rows, reject_keeper(self.rejects, sheet))


@dataclass(slots=True)
class _Passed:
    """Counts the rows of a paper as they pass, and puts the rejected ones aside.

    How many bytes they took is estimated from the raw text of one row in a thousand, or of the
    first where many come at once.
    """

    size: int
    told: RowsRead
    rejected: list[Diagnostic] = field(default_factory=list)
    rows: int = 0
    _sampled: int = 0
    _samples: int = 0

    def records(
        self, outcome: Iterable[PaperRow | PaperColumns | Diagnostic]
    ) -> Iterator[PaperRow | PaperColumns]:
        """Pass records on."""
        for found in outcome:
            if isinstance(found, Diagnostic):
                self.rows += 1
                self.rejected.append(found)
                continue
            if isinstance(found, PaperColumns):
                self.rows += found.count
                (raw,) = each_value(slice_column(found.raw, 0, 1), 1)
                self._sample(json.loads(raw))
            else:
                self.rows += 1
                if self.rows % _TOLD_EVERY == 1:
                    self._sample(found.provenance.raw)
            yield found

    def _sample(self, cells: Iterable[Sequence[str]]) -> None:
        self._sampled += sum(len(text.encode(errors="replace")) + 1 for _, text in cells)
        self._samples += 1
        self.tell()

    def tell(self) -> None:
        """Say how far reading has come."""
        mean = self._sampled / self._samples if self._samples else 0
        self.told(self.rows, min(self.size, round(mean * self.rows)))


def repeated(sheet: OpenSheet, rows: int) -> SourceReport:
    """Report a sheet whose very bytes are on record: every row is a duplicate."""
    return _report(sheet, 0, 0, rows, (Note("same_bytes"),))


def skipped(sheet: OpenSheet) -> SourceReport:
    """Report a sheet that matches no table."""
    return _report(sheet, 0, 0, 0, (*sheet.notes, Note("sheet_skipped")))


def event_entry(
    conn: Connection, sheet: OpenSheet, report: SourceReport, source: int
) -> dict[str, object]:
    """Say in the custody log what became of a sheet."""
    entry: dict[str, object] = {
        "source": source,
        "sheet": report.sheet,
        "table": report.table,
        "encoding": report.encoding,
        "rows": report.rows,
        "loaded": report.loaded,
        "rejected": report.rejected,
        "duplicates": report.duplicates,
        "settings": dict(sheet.settings.stated),
    }
    file = reject_file_of(conn, source)
    if file is not None:
        entry["rejects"] = asdict(file)
    return entry


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
