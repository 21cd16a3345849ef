"""Lists that are filed with a case, as a workbook to be filled in and as PDF."""

from collections.abc import Sequence

from tracer.messages import Language
from tracer.model.case import CaseInfo
from tracer.model.period import Period
from tracer.report.papers import Cell as PaperCell
from tracer.report.papers import Paper, Section, table
from tracer.report.wording import same, window
from tracer.report.workbook import Cell, Sheet, workbook_bytes

__all__ = ["list_pdf", "list_workbook"]

List = tuple[Sequence[str], Sequence[Sequence[Cell]]]
"""Column heads, and rows."""


def list_workbook(listed: List, title: str) -> bytes:
    """Write a list as a workbook of one sheet."""
    header, rows = listed
    return workbook_bytes([Sheet(title, tuple(header), rows, repeated=2)], title)


def list_pdf(listed: List, title: str, days: Period, case: CaseInfo, lang: Language) -> bytes:
    """Write a list as PDF; needs the extra `exhibits`.

    Parameters
    ----------
    days : Period
        The window, stated in its head.
    """
    from tracer.report.typeset.paper_exhibit import paper_pdf

    header, rows = listed
    cells = ([_cell(cell) for cell in row] for row in rows)
    only = table("list", same(title), [same(each) for each in header], cells)
    section = Section(same(title), tables=(only,))
    return paper_pdf(Paper(same(title), window(days), (), (section,)), case, lang)


def _cell(cell: Cell) -> PaperCell:
    return cell if cell is None or isinstance(cell, int) else same(str(cell))
