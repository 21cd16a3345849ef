"""Spreadsheets and Parquet: typed cells become text, merged cells repeat their value."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from tracer.errors import UsageError
from tracer.ingest.cellfaults import find_cell_faults
from tracer.ingest.extent import check_extent

__all__ = ["Grid", "cell_text", "parquet_text", "read_parquet", "read_workbook"]

_EXACT_BELOW = 10**15
"""Spreadsheets keep 15 digits of a number; beyond that its last digits are invented."""

Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet as text.

    Parameters
    ----------
    name : str or None
        Sheet name.
    number : int
        Position of the sheet from 1; 0 for a file without sheets.
    rows : list of tuple of str
        From the sheet's first row on, all of one length; every cell of a merged range has its
        value, as headers are read.
    merges : tuple
        Merged ranges, (row, column) from 0, both corners inclusive.
    faults : dict
        What error cells show, by (row, column) from 0.
    sideways : frozenset
        Places (row, column) that have the value of another column's cell, by a merged range.
    """

    name: str | None
    number: int
    rows: list[tuple[str, ...]]
    merges: tuple[Merge, ...] = ()
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    sideways: frozenset[tuple[int, int]] = frozenset()

    def data_row(self, index: int) -> tuple[str, ...]:
        """Give a row as data: a merged value stands in the first column of its range only.

        A remark merged across a row says nothing of the columns it runs over.

        Examples
        --------
        >>> Grid(None, 0, [("作废", "作废")], sideways=frozenset({(0, 1)})).data_row(0)
        ('作废', '')
        """
        cells = self.rows[index]
        if not self.sideways:
            return cells
        return tuple(
            "" if (index, column) in self.sideways else cell for column, cell in enumerate(cells)
        )


def cell_text(value: object) -> str:
    """Write a typed cell as text.

    Whole numbers below 10^15 become digits, larger ones scientific notation, so that they are
    refused where a code number is read; days and times are ISO.

    Examples
    --------
    >>> cell_text(10687415.0), cell_text(1.0687415e19), cell_text(dt.datetime(2023, 7, 1))
    ('10687415', '1.0687415e+19', '2023-07-01')
    """
    if isinstance(value, str):
        return value.replace("\0", r"\x00")  # PostgreSQL holds no NUL, nor can a person read one
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, int):
        return str(value) if abs(value) < _EXACT_BELOW else f"{value:.14e}"
    if isinstance(value, dt.datetime):
        return _datetime_text(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _float_text(value: float) -> str:
    if value.is_integer() and abs(value) < _EXACT_BELOW:
        return str(int(value))
    text = f"{value:.15g}"
    return f"{value:.14e}" if text.lstrip("-").isdigit() else text


def _datetime_text(value: dt.datetime) -> str:
    if value.tzinfo is None and value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat(sep=" ")


def read_workbook(file: Path, path: str) -> list[Grid]:
    """Read every sheet of an XLSX, XLSM, XLS or ODS.

    Raises
    ------
    UsageError
        If it is broken or locked with a password.
    """
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum

    check_extent(file, path)
    try:
        with CalamineWorkbook.from_path(file) as workbook:
            faults = find_cell_faults(file)
            return [
                _read_sheet(workbook.get_sheet_by_name(sheet.name), number, faults)
                for number, sheet in enumerate(workbook.sheets_metadata, start=1)
                if sheet.typ == SheetTypeEnum.WorkSheet
            ]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except PasswordError as fault:
        raise UsageError("password", path=path) from fault
    except BaseException as fault:  # the reader's Rust side may panic, which is no Exception
        raise UsageError("broken_workbook", path=path, detail=_one_line(fault)) from fault


def _one_line(fault: BaseException) -> str:
    return " ".join(str(fault).split())[:120] or type(fault).__name__


def _read_sheet(sheet: Any, number: int, faults: dict[str, dict[tuple[int, int], str]]) -> Grid:
    rows = [
        tuple([cell_text(value) for value in row]) for row in sheet.to_python(skip_empty_area=False)
    ]
    width = max((_used(row) for row in rows), default=0)
    own = {
        place: shown for place, shown in faults.get(sheet.name, {}).items() if place[0] < len(rows)
    }
    width = max([width, *(column + 1 for _, column in own)])
    merges = tuple(sorted(sheet.merged_cell_ranges or ()))
    sideways: set[tuple[int, int]] = set()
    grid = [[*row[:width], *("",) * (width - len(row))] for row in rows]
    for (top, left), (bottom, right) in merges:
        if top < len(grid) and left < width:
            for row in range(top, min(bottom + 1, len(grid))):
                for column in range(left, min(right + 1, width)):
                    grid[row][column] = grid[top][left]
                    if column > left:
                        sideways.add((row, column))
    for (row, column), shown in own.items():
        grid[row][column] = shown
    filled = [tuple(row) for row in grid]
    return Grid(sheet.name, number, filled, merges, own, frozenset(sideways - own.keys()))


def _used(row: Sequence[str]) -> int:
    for index in range(len(row), 0, -1):
        if row[index - 1]:
            return index
    return 0


def read_parquet(file: Path, path: str) -> tuple[tuple[str, ...], Iterator[tuple[str, ...]]]:
    """Read a Parquet file: its column names, and its rows as text.

    Raises
    ------
    UsageError
        If it is broken, here or while rows are read.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        opened = pq.ParquetFile(file)
        names = tuple(str(name) for name in opened.schema_arrow.names)
    except (pa.ArrowException, OSError, ValueError) as fault:
        raise UsageError("broken_parquet", path=path, detail=_one_line(fault)) from fault

    def rows() -> Iterator[tuple[str, ...]]:
        try:
            for batch in opened.iter_batches():
                columns = [[parquet_text(v) for v in c.to_pylist()] for c in batch.columns]
                yield from zip(*columns, strict=True)
        except (pa.ArrowException, OSError, ValueError) as fault:
            raise UsageError("broken_parquet", path=path, detail=_one_line(fault)) from fault

    return names, rows()


def parquet_text(value: object) -> str:
    """Write a value of a Parquet column as the text it would be in a table."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, bytes):
        return cell_text(value.decode("utf-8", "backslashreplace"))
    if isinstance(value, Decimal):
        return format(value, "f")
    return cell_text(value)
