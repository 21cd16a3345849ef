"""Rows as they stand in a file, all text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["CELL_MARK", "RawRow", "join_cells"]

CELL_MARK: Final = " | "
"""What stands between the cells of a row written as one line."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """One data row.

    Parameters
    ----------
    row : int
        Physical line of a text file (header = 1) where the row begins, row number of a sheet,
        or, in Parquet, the number of the record counting from 1.
    cells : tuple of str
        One per column of the header.
    """

    row: int
    cells: tuple[str, ...]


def join_cells(cells: Sequence[str]) -> str:
    r"""Write the cells of a row as one line, for people to recognise it by.

    Examples
    --------
    >>> join_cells(("HT-1", "", "甲\n乙"))
    'HT-1 |  | 甲 乙'
    """
    return CELL_MARK.join(" ".join(cell.split()) for cell in cells)
