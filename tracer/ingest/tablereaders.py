"""Rows of delimited text, of spreadsheets and of Parquet, one kind of file each."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.headers import HEADER_WINDOW, HeaderMatch, HeaderRow, match_header
from tracer.ingest.opensheet import Reader, Show
from tracer.ingest.rows import RawRow, join_cells
from tracer.ingest.textfiles import Broken, read_lines, read_records
from tracer.ingest.workbooks import Grid, read_parquet
from tracer.model.diagnostic import Diagnostic

__all__ = [
    "DELIMITERS",
    "find_second_table",
    "first_cells",
    "grid_reader",
    "grid_rows",
    "parquet_reader",
    "shorten",
    "text_reader",
]

DELIMITERS: Final = (",", "\t", ";", "|")
_SEEN_CHARACTERS = 60
_DEEPEST_HEADER = 4
_NEAR_BLANK = 3
"""A header stands among the first rows after a blank one, below a title perhaps."""


def shorten(text: str) -> str:
    """Cut a text that is to be shown in an error."""
    return text if len(text) <= _SEEN_CHARACTERS else text[:_SEEN_CHARACTERS] + "…"


def first_cells(grid: Grid) -> str:
    """Show the first row of a sheet that is not blank."""
    return next((shorten(join_cells(row)) for row in grid.rows if any(row)), "")


def text_reader(file: Path, encoding: str, delimiter: str) -> Reader:
    """Read delimited text."""

    def read(header: HeaderMatch, show: Show) -> Iterator[RawRow | Diagnostic]:
        width = len(header.printed)
        lines = islice(read_lines(file, encoding), header.header_row, None)
        for record in read_records(
            lines, delimiter, encoding=encoding, first_line=header.header_row + 1, width=width
        ):
            if isinstance(record, Broken):
                raw = show(tuple(record.raw.split(delimiter)))
                yield Diagnostic(record.row, None, raw, record.reason)
            elif len(record.cells) == width:
                yield RawRow(record.row, tuple(record.cells))
            else:
                values = {"expected": width, "found": len(record.cells)}
                raw = show(tuple(record.cells))
                yield Diagnostic(record.row, None, raw, "wrong_width", values)

    return read


def grid_rows(grid: Grid) -> Iterable[HeaderRow]:
    """Yield what may be a header: blocks of rows held together by merged cells, and rows."""
    for index, cells in enumerate(grid.rows[:HEADER_WINDOW]):
        if not any(cells):
            continue
        bottom = max(
            (last for (first, _), (last, _) in grid.merges if first == index), default=index
        )
        block = grid.rows[index : bottom + 1]
        if 1 < len(block) <= _DEEPEST_HEADER:
            joined = tuple("".join(dict.fromkeys(column)) for column in zip(*block, strict=True))
            yield HeaderRow(bottom + 1, joined)
        yield HeaderRow(index + 1, cells)


def grid_reader(grid: Grid) -> Reader:
    """Read a sheet of a workbook; an error cell in a column relied on costs its row."""

    def read(header: HeaderMatch, show: Show) -> Iterator[RawRow | Diagnostic]:
        faulty = {row for row, _ in grid.faults}
        for index in range(header.header_row, len(grid.rows)):
            cells = grid.data_row(index)
            if not any(cell and not cell.isspace() for cell in cells):
                continue
            fault = _find_fault(grid, header, index) if index in faulty else None
            if fault is None:
                yield RawRow(index + 1, cells)
            else:
                values = {"text": cells[fault]}
                yield Diagnostic(
                    index + 1, header.printed[fault], show(cells), "error_cell", values
                )

    return read


def _find_fault(grid: Grid, header: HeaderMatch, index: int) -> int | None:
    """Find the first error cell of a row that stands in a column relied on."""
    for column, name in enumerate(header.columns):
        if name is not None and (index, column) in grid.faults:
            return column
    return None


def find_second_table(grid: Grid, header: HeaderMatch, path: str) -> HeaderMatch | None:
    """Find the header of another table below the first: it stands near a blank row."""
    since_blank = _NEAR_BLANK
    for index in range(header.header_row, len(grid.rows)):
        cells = grid.rows[index]
        if not any(cells):
            since_blank = 0
            continue
        since_blank += 1
        if since_blank > _NEAR_BLANK:
            continue
        row = HeaderRow(index + 1, cells)
        try:
            found = match_header([row], FileSettings(), path, grid.name)
        except UsageError:
            continue
        if isinstance(found, HeaderMatch) and found.printed != header.printed:
            return found
    return None


def parquet_reader(file: Path, path: str) -> Reader:
    """Read Parquet."""

    def read(_header: HeaderMatch, _show: Show) -> Iterator[RawRow | Diagnostic]:
        _, rows = read_parquet(file, path)
        for number, cells in enumerate(rows, start=1):
            if any(cell and not cell.isspace() for cell in cells):
                yield RawRow(number, cells)

    return read
