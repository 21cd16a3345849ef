"""Tables as a spreadsheet (XLSX): text stays text, equal tables give equal bytes.

Written by XlsxWriter, row by row to disk, so that a million rows fit any memory.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Any, Final

__all__ = ["Cell", "Formula", "Sheet", "Title", "workbook_bytes"]


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula of ours: never made of what the records say.

    Parameters
    ----------
    expression : str
        Begins with `=`; names of functions in English, as files hold them.
    value : int, Decimal or str
        What it comes to: shown where nothing recalculates. A Decimal is shown as an amount.
    is_share : bool
        Shown in per cent.
    """

    expression: str
    value: int | Decimal | str
    is_share: bool = False

    @property
    def look(self) -> str:
        """How its value is shown."""
        if self.is_share:
            return "share"
        return "money" if isinstance(self.value, Decimal) else "count"


@dataclass(frozen=True, slots=True)
class Title:
    """A text that stands above the rows that follow."""

    words: str

    def __str__(self) -> str:
        return self.words


Cell = str | int | Decimal | date | Formula | Title | None
"""Text, a count, an amount, a day, a formula, a title, or a blank cell."""

MOST_ROWS: Final = 1_000_000
"""Rows of one sheet; a spreadsheet takes 1,048,576, its header among them."""

_MOST_TEXT: Final = 32_767
_MOST_HEADER: Final = 200
_WIDEST: Final = 40
_NARROWEST: Final = 8
_MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - fixed, so that equal tables have equal bytes
_LOOKED_AT: Final = 200
_MOST_WRAPPED: Final = 400
_A4: Final = 9
_ROW_HEIGHT: Final = 15
_HIGHEST: Final = 409
_LOST: Final = 4
_HEAD: Final = {
    "bold": True,
    "text_wrap": True,
    "valign": "top",
    "bg_color": "#EEF2F6",
    "bottom": 1,
}
_FORMATS: Final = {
    "words": {"num_format": "@", "valign": "top"},
    "lines": {"num_format": "@", "valign": "top", "text_wrap": True},
    "title": {"num_format": "@", "valign": "top", "bold": True, "bg_color": "#EEF2F6"},
    "money": {"num_format": "#,##0.00####", "valign": "top"},
    "count": {"num_format": "#,##0", "valign": "top"},
    "day": {"num_format": "yyyy-mm-dd", "valign": "top"},
    "share": {"num_format": "0.0000%", "valign": "top"},
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table.

    Parameters
    ----------
    name : str
        Of the sheet, at most 25 characters; further sheets of the same table get ` (2)` ….
    header : tuple of str
        Titles of the columns.
    rows : iterable of sequence of Cell
        As many cells a row as titles.
    breaks : tuple of int
        Columns at which a sheet of paper ends; without any, all are made to fit its width.
    repeated : int
        Columns repeated on every sheet of paper.
    unprinted : int
        Columns at the end that stay off paper.
    is_filtered : bool
        Its header has a filter.
    widest : int
        Of a column, in characters; longer texts are set in lines.
    """

    name: str
    header: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]
    breaks: tuple[int, ...] = ()
    repeated: int = 0
    unprinted: int = 0
    is_filtered: bool = True
    widest: int = _WIDEST


def workbook_bytes(sheets: Iterable[Sheet], title: str) -> bytes:
    """Write tables as a workbook, a sheet each; every sheet has a filter and a fixed header.

    Parameters
    ----------
    sheets : iterable of Sheet
        In order.
    title : str
        Of the document, in its properties.
    """
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(out, options) as workbook:
        workbook.set_properties({"title": title, "author": "tracer", "created": _MADE})
        head = workbook.add_format(_HEAD)
        formats = {name: workbook.add_format(look) for name, look in _FORMATS.items()}
        for sheet in sheets:
            rows = iter(sheet.rows)
            for number in range(1, 1_000):
                part = list(islice(rows, _LOOKED_AT))
                if not part and number > 1:
                    break
                name = sheet.name if number == 1 else f"{sheet.name} ({number})"
                page = workbook.add_worksheet(name)
                page.freeze_panes(1, 0)
                page.set_landscape()
                page.set_paper(_A4)
                page.fit_to_pages(1, 0)
                page.repeat_rows(0)
                page.set_footer("&L&A&R&P / &N")
                for place, width in enumerate(_widths(sheet.header, part)):
                    page.set_column(place, place, min(width, sheet.widest))
                page.write_row(0, 0, sheet.header, head)
                last = 0
                for last, row in enumerate(islice(chain(part, rows), MOST_ROWS), start=1):
                    if (lines := _lines(row, sheet.widest)) > 1:
                        page.set_row(last, min(_ROW_HEIGHT * lines, _HIGHEST))
                    for place, cell in enumerate(row):
                        _write_cell(page, (last, place), cell, formats, sheet.widest)
                if sheet.is_filtered:
                    page.autofilter(0, 0, last, len(sheet.header) - 1)
                _set_paper(page, sheet, last, title)
    return out.getvalue()


def _lines(row: Sequence[Cell], widest: int) -> int:
    """Count the lines a row needs, some room lost at breaks; a text too long to wrap has one."""
    room = widest - _LOST
    texts = (cell for cell in row if isinstance(cell, str))
    # a text of half as many characters fits, whatever they are
    long = (_width(cell) for cell in texts if room // 2 < len(cell) <= _MOST_WRAPPED)
    return max((-(-width // room) for width in long), default=1)


def _set_paper(page: Any, sheet: Sheet, last: int, title: str) -> None:
    """Set how a sheet is printed: A4 across, title and header on every sheet of paper."""
    page.set_header("&L" + title.replace("&", "&&")[:_MOST_HEADER])
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.repeat_rows(0)
    page.hide_gridlines(0)  # printed too
    page.set_footer("&L&A&R&P / &N")
    page.print_area(0, 0, last, len(sheet.header) - 1 - sheet.unprinted)
    if sheet.repeated:
        page.repeat_columns(0, sheet.repeated - 1)
    if sheet.breaks:
        page.set_v_pagebreaks(list(sheet.breaks))
    else:
        page.fit_to_pages(1, 0)


def _write_cell(
    page: Any, at: tuple[int, int], cell: Cell, formats: Mapping[str, Any], widest: int
) -> None:
    """Write one cell by its type, so that no text can become anything else."""
    if isinstance(cell, str):
        look = "lines" if _lines((cell,), widest) > 1 else "words"
        page.write_string(*at, _fitted(cell), formats[look])
    elif isinstance(cell, int):
        page.write_number(*at, cell, formats["count"])
    elif isinstance(cell, Formula):
        value = cell.value if isinstance(cell.value, str) else float(cell.value)
        page.write_formula(*at, cell.expression, formats[cell.look], value)
    elif isinstance(cell, Title):
        page.write_string(*at, cell.words, formats["title"])
    elif isinstance(cell, Decimal):
        page.write_number(*at, float(cell), formats["money"])
    elif cell is not None:
        page.write_datetime(*at, cell, formats["day"])


def _fitted(words: str) -> str:
    """Cut a text no cell takes, and show that it is cut."""
    return words if len(words) <= _MOST_TEXT else words[: _MOST_TEXT - 1] + "…"


def _widths(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> list[int]:
    """Find how wide the columns need be for the first rows; a Chinese character is two wide."""
    widest = [_width(each) for each in header]
    for row in rows:
        for place, cell in enumerate(row):
            if isinstance(cell, Formula):
                cell = cell.value  # noqa: PLW2901 - what is shown
            widest[place] = max(widest[place], _width("" if cell is None else str(cell)))
    return [min(_WIDEST, max(_NARROWEST, each + 2)) for each in widest]


def _width(shown: str) -> int:
    return sum(2 if ord(mark) > 0x2E7F else 1 for mark in shown)
