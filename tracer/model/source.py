"""Where a record comes from: file, sheet, row."""

from typing import NamedTuple

__all__ = ["RecordRef", "record_id"]

_DIGEST_DIGITS = 16


def record_id(table: str, digest: str, sheet_no: int, row: int, part: str = "") -> str:
    """Name one record for good: table, source digest (first 16 digits), sheet, row.

    Parameters
    ----------
    table : str
        Name of the input table.
    digest : str
        SHA-256 of the source file, hex.
    sheet_no : int
        Position of the sheet in its workbook from 1; 0 for a file without sheets.
    row : int
        Physical line of a text file (header = 1), or row number of the sheet.
    part : str
        Tells apart several records read from one row; usually empty.

    Examples
    --------
    >>> record_id("contracts", "ab" * 32, 2, 5)
    'contracts:abababababababab/2:5'
    """
    sheet = f"/{sheet_no}" if sheet_no else ""
    tail = f".{part}" if part else ""
    return f"{table}:{digest[:_DIGEST_DIGITS]}{sheet}:{row}{tail}"


class RecordRef(NamedTuple):
    """The place of one record in the papers.

    Parameters
    ----------
    table : str
        Input table: `contracts`, `routing` ….
    digest : str
        SHA-256 of the file's bytes, 64 hex digits.
    path : str
        The file's path as given when it was loaded, with `/`.
    sheet_no, sheet : int, str or None
        Position (from 1) and name of the sheet; 0 and None for files without sheets.
    row, last_row : int
        Physical rows, `row` the first; they differ only for a routing total, which sums rows.
    part : str
        Tells apart several records read from the same row.
    """

    table: str
    digest: str
    path: str
    sheet_no: int
    sheet: str | None
    row: int
    last_row: int
    part: str = ""

    @property
    def record_id(self) -> str:
        """The record's stable name."""
        return record_id(self.table, self.digest, self.sheet_no, self.row, self.part)
