"""The paper lane by columns: large delimited files become typed columns, block by block.

The row path (`paper`) says what a table means. Here the distinct texts of a column are read by
its very methods, and a row about which there is any doubt goes to it whole: a cell that cannot be
read, an end before a start, a line of sums, another width. What comes out is, record for record,
what the row path would have made.
"""

from bisect import bisect_left
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import compress
from typing import TYPE_CHECKING, Final

from tracer.ingest.ahead import read_ahead
from tracer.ingest.blocks import Irregular, TextBlock, read_blocks
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.cells import Cells
from tracer.ingest.compression import reading_error
from tracer.ingest.headers import HeaderMatch
from tracer.ingest.masking import Masker
from tracer.ingest.opensheet import OpenSheet, Show
from tracer.ingest.paper import RowJudge, column_maskers, read_paper
from tracer.ingest.paper_coding import ColumnBook
from tracer.ingest.paper_frame import PaperFrame
from tracer.ingest.paper_joins import PartyNumbers
from tracer.ingest.paper_plans import ASSUMED, PLANS, PROVENANCE
from tracer.ingest.rows import RawRow
from tracer.ingest.textfiles import Broken, Record
from tracer.model.columns import Coded, Column, each_value
from tracer.model.diagnostic import Diagnostic, Note
from tracer.model.paper import ContractRow, PaperRow
from tracer.model.paper_columns import PaperColumns

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["LEAST_BYTES", "read_paper_columns"]

LEAST_BYTES: Final = 1 << 18
"""Smaller files are read sooner than what reads columns is imported."""
_BLOCK_BYTES: Final = 1 << 24


def read_paper_columns(
    sheet: OpenSheet,
    settings: FileSettings,
    masker: Masker,
    notes: list[Note] | None = None,
    *,
    least_bytes: int = LEAST_BYTES,
    block_bytes: int = _BLOCK_BYTES,
) -> Generator[PaperRow | PaperColumns | Diagnostic, None, None]:
    """Read the rows of a sheet of any table but routing, many at a time where that is possible.

    Parameters
    ----------
    settings, notes : FileSettings, list of Note or None
        As for `paper.read_paper`.
    least_bytes, block_bytes : int
        Size from which a file is read in blocks, and bytes of a block.

    Yields
    ------
    PaperRow, PaperColumns or Diagnostic
        All records in order of row, and all rejected rows in order of row.
    """
    if not _is_regular(sheet) or sheet.size < least_bytes:
        yield from read_paper(sheet, settings, masker, notes)
        return
    assert sheet.header is not None
    reader = _ColumnReader(sheet, sheet.header, settings, masker)
    with closing(read_ahead(reader.read(block_bytes))) as outcomes:
        yield from outcomes
    if notes is not None:
        notes.extend(reader.judge.notes())


def _is_regular(sheet: OpenSheet) -> bool:
    """Tell whether a sheet is delimited text that holds every column a record needs."""
    header = sheet.header
    if header is None or sheet.encoding is None or sheet.delimiter is None:
        return False
    plan = PLANS.get(header.table)
    if plan is None:
        return False
    required = {reading.column for reading in plan.readings if reading.required}
    return {*required, *plan.parties[:2]} <= set(header.columns)


class _ColumnReader:
    """Reads one sheet; what the row path is to judge is judged by one judge throughout."""

    def __init__(
        self, sheet: OpenSheet, header: HeaderMatch, settings: FileSettings, masker: Masker
    ) -> None:
        self._sheet = sheet
        self._header = header
        self._plan = PLANS[header.table]
        self.judge = RowJudge(sheet, header, settings, masker)
        maskers = column_maskers(header, masker)
        self._cells = Cells(sheet, header, settings, masker, maskers)
        self._numbers = PartyNumbers()
        self._readings = (*self._plan.readings, *PROVENANCE)
        self._books = tuple(
            ColumnBook(
                self._cells,
                printed or f"[{place + 1}]",
                header.printed[0] if place == 0 else None,
                maskers[place],
                tuple(reading for reading in self._readings if name == reading.column),
            )
            for place, (name, printed) in enumerate(
                zip(header.columns, header.printed, strict=True)
            )
        )

    def read(self, block_bytes: int) -> Iterator[PaperRow | PaperColumns | Diagnostic]:
        """Read all rows, those after a place that cannot be read in blocks one by one."""
        sheet, header = self._sheet, self._header
        assert sheet.encoding is not None
        assert sheet.delimiter is not None
        last = header.header_row
        blocks = read_blocks(
            sheet.file,
            encoding=sheet.encoding,
            delimiter=sheet.delimiter,
            header_row=header.header_row,
            width=len(header.printed),
            wanted={str(place): place for place in range(len(header.printed))},
            block_bytes=block_bytes,
        )
        try:
            for block in blocks:
                yield from self._read_block(block)
                last = max((last, *block.odd, *block.lines[-1:].tolist()))
        except OSError as fault:
            raise reading_error(sheet.path, fault) from fault
        except Irregular:
            for row in sheet.rows(self.judge.show):
                if row.row > last:
                    outcome = self.judge.judge(row)
                    self.judge.see(outcome)
                    yield outcome

    def _read_block(self, block: TextBlock) -> Iterator[PaperRow | PaperColumns | Diagnostic]:
        coded = [
            book.code(_flat(block.table[str(place)])) for place, book in enumerate(self._books)
        ]
        frame = PaperFrame(self._plan, self._header.columns, coded, block.lines, self._numbers)
        records: list[PaperRow] = []
        odd = sorted({*block.lines[frame.doubtful].tolist(), *block.odd})
        for outcome in self._judge_odd(block, odd):
            if isinstance(outcome, Diagnostic):
                yield outcome
            else:
                records.append(outcome)
        columns = frame.columns(self._cells)
        start = 0
        for record in records:  # rows that were no matter of doubt after all: in their place
            stop = bisect_left(columns.rows, record.provenance.ref.row, start)
            yield from self._seen(columns, start, stop)
            self.judge.see(record)
            yield record
            start = stop
        yield from self._seen(columns, start, columns.count)

    def _judge_odd(self, block: TextBlock, lines: list[int]) -> Iterator[PaperRow | Diagnostic]:
        """Have the row path judge some lines, as if the sheet had no others."""
        if not lines:
            return

        def read(_header: HeaderMatch, show: Show) -> Iterator[RawRow | Diagnostic]:
            for line in lines:
                found = block.odd.get(line) or block.record(line)
                if found is not None:
                    yield self._as_row(found, block.delimiter, show)

        for row in replace(self._sheet, reader=read).rows(self.judge.show):
            yield self.judge.judge(row)

    def _as_row(self, found: Record | Broken, delimiter: str, show: Show) -> RawRow | Diagnostic:
        if isinstance(found, Broken):
            return Diagnostic(
                found.row, None, show(tuple(found.raw.split(delimiter))), found.reason
            )
        width = len(self._header.printed)
        if len(found.cells) == width:
            return RawRow(found.row, tuple(found.cells))
        values = {"expected": width, "found": len(found.cells)}
        return Diagnostic(found.row, None, show(tuple(found.cells)), "wrong_width", values)

    def _seen(self, columns: PaperColumns, start: int, stop: int) -> Iterator[PaperColumns]:
        """Give some of the records, and remember of them what the notes tell."""
        if start == stop:
            return
        part = columns.part(start, stop)
        fields = dict(part.fields)
        if (assumed := fields.pop(ASSUMED, None)) is not None:
            self.judge.see_assumed_prices(sum(each_value(assumed, part.count)))
        if part.record is ContractRow:
            self._see_bare(fields["segments"], fields["contract_no"], part.count)
        yield replace(part, fields=fields)

    def _see_bare(self, segments: Column, numbers: Column, count: int) -> None:
        if isinstance(segments, Coded) and all(segments.values):
            return
        bare = [not each for each in each_value(segments, count)]
        self.judge.see_bare(sum(bare), compress(each_value(numbers, count), bare))


def _flat(column: "pa.ChunkedArray") -> "pa.Array":
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
