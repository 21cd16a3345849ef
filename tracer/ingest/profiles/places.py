"""Where in a file a table may stand: sheets, tables of a dump, a text under each delimiter."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tracer.ingest.filekinds import FileKind
from tracer.ingest.headers import HEADER_WINDOW, HeaderMatch, HeaderRow
from tracer.ingest.opensheet import Reader, Show
from tracer.ingest.profiles.dump import DumpFault, DumpRow, is_dump, read_dump
from tracer.ingest.rows import RawRow
from tracer.ingest.tablereaders import (
    DELIMITERS,
    grid_reader,
    grid_rows,
    parquet_reader,
    text_reader,
)
from tracer.ingest.textfiles import Record, read_lines, read_records
from tracer.ingest.workbooks import read_parquet, read_workbook
from tracer.model.diagnostic import Diagnostic, Note

__all__ = ["Place", "find_places"]

_UNREAD = frozenset({None, "content", "recipient"})
"""Columns of which nothing depends on every byte."""


@dataclass(frozen=True)
class Place:
    """Where a table may stand, with its first rows.

    Parameters
    ----------
    number, name : int, str or None
        As in `OpenSheet`; of a dump, the table's position and name.
    rows : tuple of HeaderRow
        Rows that may be its header.
    reader : Reader
        Reads what stands below it.
    delimiter : str or None
        Of a text table.
    notes : tuple of Note
        What is to be said of it if it is read.
    """

    number: int
    name: str | None
    rows: tuple[HeaderRow, ...]
    reader: Reader
    delimiter: str | None = None
    notes: tuple[Note, ...] = ()


def find_places(file: Path, path: str, kind: FileKind, encoding: str | None) -> Iterator[Place]:
    """Find the places of a file in which a table may stand; `encoding` is that of a text."""
    if kind == "workbook":
        for grid in read_workbook(file, path):
            yield Place(grid.number, grid.name, tuple(grid_rows(grid)), grid_reader(grid))
    elif kind == "parquet":
        titles, _ = read_parquet(file, path)
        yield Place(0, None, (HeaderRow(0, titles),), parquet_reader(file, path))
    elif encoding is not None and is_dump(file, encoding):
        yield from _dump_places(file, encoding)
    elif encoding is not None:
        lines = list(islice(read_lines(file, encoding), HEADER_WINDOW))
        for delimiter in DELIMITERS:
            records = read_records(lines, delimiter, encoding=encoding)
            rows = [HeaderRow(r.last_row, tuple(r.cells)) for r in records if isinstance(r, Record)]
            reader = text_reader(file, encoding, delimiter)
            yield Place(0, None, tuple(rows), reader, delimiter)


def _dump_places(file: Path, encoding: str) -> Iterator[Place]:
    columns: dict[str, tuple[str, ...]] = {}
    rows: Counter[str] = Counter()
    last: dict[str, int] = {}
    crowded: set[str] = set()
    for item in read_dump(file, encoding, only=""):
        if item.columns:
            columns.setdefault(item.table, item.columns)
        rows[item.table] += 1
        if last.get(item.table) == item.line:
            crowded.add(item.table)
        last[item.table] = item.line
    for number, (table, names) in enumerate(columns.items(), start=1):
        is_counted = table in crowded
        notes = (Note("dump_rows_counted", {"table": table}),) if is_counted else ()
        reader = _dump_reader(file, encoding, table, is_counted=is_counted)
        yield Place(number, table, (HeaderRow(0, names),), reader, notes=notes)


def _dump_reader(file: Path, encoding: str, table: str, *, is_counted: bool) -> Reader:
    """Read one table of a dump; rows are numbered by line, or counted where lines hold several."""

    def read(header: HeaderMatch, show: Show) -> Iterator[RawRow | Diagnostic]:
        own = (item for item in read_dump(file, encoding, only=table) if item.table == table)
        for number, item in enumerate(own, start=1):
            row = number if is_counted else item.line
            if isinstance(item, DumpFault):
                yield Diagnostic(row, None, show((item.text,)), "no_sql_row")
            else:
                yield _dump_row(row, item, header, show)

    return read


def _dump_row(number: int, item: DumpRow, header: HeaderMatch, show: Show) -> RawRow | Diagnostic:
    cells = item.cells
    if item.columns != header.printed and len(item.columns) == len(cells):
        by_name = dict(zip(item.columns, cells, strict=True))
        cells = tuple(by_name.get(name, "") for name in header.printed)
    if len(cells) == len(header.printed) and _is_text("".join(cells)):
        return RawRow(number, cells)
    plain = tuple(_without_halves(cell) for cell in cells)
    if len(cells) != len(header.printed):
        values = {"expected": len(header.printed), "found": len(cells)}
        return Diagnostic(number, None, show(plain), "wrong_width", values)
    for name, cell, shown in zip(header.columns, cells, plain, strict=True):
        if name not in _UNREAD and cell is not shown:
            return Diagnostic(number, None, show(plain), "undecodable")
    return RawRow(number, plain)


def _without_halves(cell: str) -> str:
    """Write bytes that are no text as escapes; the very cell where there are none."""
    if _is_text(cell):
        return cell
    return cell.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _is_text(cell: str) -> bool:
    try:
        cell.encode()
    except UnicodeEncodeError:
        return False
    return True
