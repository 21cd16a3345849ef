"""A paper as a workbook: a sheet a table."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from tracer.messages import Language, text
from tracer.model.money import MICROS_PER_YUAN
from tracer.report import papers
from tracer.report.papers import Paper, Yuan
from tracer.report.wording import Said
from tracer.report.workbook import Cell, Sheet, workbook_bytes

__all__ = ["paper_workbook"]


def paper_workbook(paper: Paper, lang: Language) -> bytes:
    """Write a paper as a workbook, in one language: what it says first, then its tables."""
    return workbook_bytes(_sheets(paper, lang), paper.title.get(lang))


def _sheets(paper: Paper, lang: Language) -> Iterator[Sheet]:
    words: list[tuple[str, str | None]] = [(s.get(lang), None) for s in paper.statement]
    words += [(name.get(lang), value.get(lang)) for name, value in paper.answer]
    for section in paper.sections:
        words += [(name.get(lang), value.get(lang)) for name, value in section.facts]
        words += [(said.get(lang), None) for said in section.remarks]
        for table in section.tables:
            words += [(said.get(lang), None) for said in table.remarks if table.rows]
    words += [(path, digest) for path, digest in paper.sources]
    yield Sheet(
        text("dossier.table.notes", lang),
        (paper.title.get(lang), paper.window.get(lang)),
        list(dict.fromkeys(words)),
        is_filtered=False,
    )
    taken: Counter[str] = Counter()
    for section in paper.sections:
        for table in section.tables:
            if not table.rows:
                continue
            name = table.heading.get(lang)
            taken[name] += 1
            if taken[name] > 1:
                name = f"{name} {taken[name]}"
            rows = [[_cell(cell, lang) for cell in row] for row in table.rows]
            yield Sheet(name, tuple(title.get(lang) for title in table.header), rows, repeated=1)


def _cell(cell: papers.Cell, lang: Language) -> Cell:
    if isinstance(cell, Said):
        return cell.get(lang)
    if isinstance(cell, Yuan):
        return Decimal(cell.micros) / MICROS_PER_YUAN
    return cell
