"""How far the sheets of an XLSX reach, told before they are read.

The reader lays a sheet out in full: one stray cell in the last row and column of the grid would
take more memory than there is, for a sheet of a few rows.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tracer.errors import UsageError
from tracer.ingest.cellfaults import column_index, sheet_parts

__all__ = ["check_extent"]

_CELL: Final = re.compile(
    rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*?(/?)>"
)
_CHUNK: Final = 1 << 20
_DAMAGED: Final = (
    KeyError,
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    EOFError,
    NotImplementedError,
)
_LONGEST_TAG: Final = 256
_MOST_CELLS: Final = 5_000_000
"""A sheet whose rows times columns are fewer is read, however few of them are filled."""
_MOST_BYTES: Final = 1 << 28
"""A part longer than this is full of cells."""
_MOST_RATIO: Final = 400
"""Bytes that one packed byte of a large part may become; sheets of equal cells reach some 100."""
_MOST_EMPTY: Final = 20
"""A larger one is read when at least one cell in so many is filled."""


def check_extent(file: Path, path: str) -> None:
    """Refuse a workbook in which cells far out make a sheet many times as large as what it holds.

    Raises
    ------
    UsageError
        If one does: it names the sheet and the cell.
    """
    if not zipfile.is_zipfile(file):
        return
    try:
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                if entry.file_size > max(_MOST_BYTES, entry.compress_size * _MOST_RATIO):
                    raise UsageError("workbook_bomb", path=path, part=entry.filename)
            for sheet, part in sheet_parts(archive):
                if archive.getinfo(part).file_size <= _MOST_BYTES:
                    _check_sheet(archive, sheet, part, path)
    except _DAMAGED:
        return  # whoever reads it says what is wrong with it


def _check_sheet(archive: zipfile.ZipFile, sheet: str, part: str, path: str) -> None:
    count = rows = columns = 0
    far = ""
    for letters, digits in _cells(archive, part):
        row, column = int(digits), column_index(letters) + 1
        count += 1
        if row > rows or column > columns:
            far = f"{letters}{digits}"
        rows, columns = max(rows, row), max(columns, column)
    if rows * columns > max(_MOST_CELLS, count * _MOST_EMPTY):
        raise UsageError("stray_cell", path=path, sheet=sheet, cell=far, count=count)


def _cells(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    """Yield column and row of every cell of a sheet that holds anything."""
    with archive.open(part) as stream:
        carry = b""
        while chunk := stream.read(_CHUNK):
            block = carry + chunk
            end = 0
            for found in _CELL.finditer(block):
                end = found.end()
                if not found[3]:  # blank cells that are only formatted take no room
                    yield found[1].decode(), found[2].decode()
            carry = block[max(end, len(block) - _LONGEST_TAG) :]
