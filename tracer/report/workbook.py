"""Tables as a spreadsheet (XLSX): text stays text, equal tables give equal bytes.

Written by XlsxWriter, row by row to disk, so that a million rows fit any memory.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Final

__all__ = ["Cell", "Sheet", "workbook_bytes"]

Cell = str | int | Decimal | date | None
"""Text, a count, an amount, a day, or a blank cell."""

MOST_ROWS: Final = 1_000_000
"""Rows of one sheet; a spreadsheet takes 1,048,576, its header among them."""

_MOST_TEXT: Final = 32_767
_WIDEST: Final = 40
_NARROWEST: Final = 8
_MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - fixed, so that equal tables have equal bytes
_LOOKED_AT: Final = 200
_A4: Final = 9


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
    """

    name: str
    header: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]


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
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(out, options) as workbook:
        workbook.set_properties({"title": title, "author": "tracer", "created": _MADE})
        head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        words = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        money = workbook.add_format({"num_format": "#,##0.00####", "valign": "top"})
        count = workbook.add_format({"num_format": "#,##0", "valign": "top"})
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
                    page.set_column(place, place, width)
                page.write_row(0, 0, sheet.header, head)
                last = 0
                for last, row in enumerate(islice(chain(part, rows), MOST_ROWS), start=1):
                    for place, cell in enumerate(row):
                        if isinstance(cell, str):
                            page.write_string(last, place, _fitted(cell), words)
                        elif isinstance(cell, int):
                            page.write_number(last, place, cell, count)
                        elif isinstance(cell, Decimal):
                            page.write_number(last, place, float(cell), money)
                        elif cell is not None:
                            page.write_datetime(last, place, cell)
                page.autofilter(0, 0, last, len(sheet.header) - 1)
    return out.getvalue()


def _fitted(words: str) -> str:
    """Cut a text no cell takes, and show that it is cut."""
    return words if len(words) <= _MOST_TEXT else words[: _MOST_TEXT - 1] + "…"


def _widths(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> list[int]:
    """Find how wide the columns need be for the first rows; a Chinese character is two wide."""
    widest = [_width(each) for each in header]
    for row in rows:
        for place, cell in enumerate(row):
            widest[place] = max(widest[place], _width("" if cell is None else str(cell)))
    return [min(_WIDEST, max(_NARROWEST, each + 2)) for each in widest]


def _width(shown: str) -> int:
    return sum(2 if ord(mark) > 0x2E7F else 1 for mark in shown)
