"""Records told by where they stand: a file, a sheet, a row."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, select

from tracer.model.source import RecordRef
from tracer.store.places import counts
from tracer.store.record_tables import RECORD_TABLES
from tracer.store.tables import source_files, source_sheets

__all__ = ["records_at"]

_SPELLINGS: Final = (
    re.compile(r"(?P<place>.+?)\s*[:：]\s*(?P<row>\d{1,18})"),
    re.compile(r"(?P<place>.+?)\s*第\s*(?P<row>\d{1,18})\s*行"),
    re.compile(r"(?P<place>.+?)\s+rows?\s+(?P<row>\d{1,18})", re.IGNORECASE),
)
"""`FILE:ROW` and `FILE:SHEET:ROW`, and a place as the program prints it in either language."""
_BRACKETED: Final = re.compile(r"(?P<file>.+?)\s*[［\[](?P<sheet>[^］\]]+)[］\]]")


def records_at(conn: Connection, place: str) -> tuple[RecordRef, ...] | None:
    """Give the records that count and stand at a place; a total of a log stands at its first row.

    Parameters
    ----------
    place : str
        `FILE:ROW`, `FILE:SHEET:ROW`, or as printed: `FILE 第 5 行`, `FILE [SHEET] row 5`. A file
        goes by its path or the end of it; a workbook whose sheet is not named, by all its sheets.

    Returns
    -------
    tuple of RecordRef or None
        Sorted by path and name; None where the text tells no place in a file on record.
    """
    found: list[RecordRef] = []
    is_place = False
    for stated, row in _told(place):
        for source, ref in _sheets(conn, stated):
            is_place = True
            found += _rows(conn, source, ref._replace(row=row))
    return (
        tuple(sorted(set(found), key=lambda ref: (ref.path, ref.record_id))) if is_place else None
    )


def _told(place: str) -> Iterator[tuple[str, int]]:
    for spelling in _SPELLINGS:
        if told := spelling.fullmatch(place.strip()):
            yield told["place"], int(told["row"])


def _sheets(conn: Connection, stated: str) -> Iterator[tuple[int, RecordRef]]:
    """Give the sheets a text may mean: with their numbers, as places without a row."""
    wanted = select(
        source_sheets.c.id, source_sheets.c.input_table, source_files.c.sha256,
        source_files.c.path, source_sheets.c.sheet_no, source_sheets.c.sheet,
    ).join(source_files, source_sheets.c.file_id == source_files.c.id)  # fmt: skip
    for number, table, digest, path, sheet_no, sheet in conn.execute(wanted):
        if any(
            _is_of(path, file) and named in (None, sheet) for file, named in _ways(stated, sheet)
        ):
            yield number, RecordRef(table, digest, path, sheet_no, sheet, 0, 0)


def _ways(stated: str, sheet: str | None) -> Iterator[tuple[str, str | None]]:
    """Give what a text may name: a file, or a file and a sheet of it."""
    yield stated, None
    if told := _BRACKETED.fullmatch(stated):
        yield told["file"], told["sheet"]
    if sheet is not None:
        for mark in (":", "："):
            if stated.endswith(mark + sheet):
                yield stated[: -len(mark + sheet)].rstrip(), sheet


def _is_of(path: str, file: str) -> bool:
    """Tell whether a path ends with the file named, whole parts of it."""
    asked = _plain(file).replace("\\", "/").removeprefix("./")
    return f"/{_plain(path)}".endswith(f"/{asked}")


def _plain(name: str) -> str:
    """Compose accents: some systems keep the names of files decomposed."""
    return unicodedata.normalize("NFC", name)


def _rows(conn: Connection, source: int, ref: RecordRef) -> Iterator[RecordRef]:
    table = RECORD_TABLES.get(ref.table)
    if table is None:
        return
    there = select(table.c.part).where(
        table.c.source_id == source, table.c.row == ref.row, counts(table)
    )
    for part in conn.execute(there).scalars():
        yield ref._replace(last_row=ref.row, part=part)
