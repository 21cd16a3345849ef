"""Papers (see `papers`) on paper: their facts, tables and remarks, as slugs."""

from collections.abc import Iterable

from tracer.messages import Language, text
from tracer.report.papers import Paper, Section, Table, shown
from tracer.report.typeset.blocks import SMALL, cards, facts, heading, paragraph, space, title
from tracer.report.typeset.flow import Slug
from tracer.report.typeset.tables import table
from tracer.report.wording import say

__all__ = ["listing", "paper_body", "paper_head"]


def paper_head(paper: Paper, case: str, width: float, lang: Language) -> list[Slug]:
    """Set the title, what was asked, the answer, and what the paper is and is not."""
    rows = [(say("page.window").get(lang), paper.window.get(lang))]
    if case:
        rows.insert(0, (say("page.case").get(lang), case))
    slugs = [*title(paper.title.get(lang), width), *facts(rows, width, SMALL), space(5.0)]
    nothing: tuple[str, ...] = ()
    told = [(name.get(lang), ((value.get(lang), ""),), nothing) for name, value in paper.answer]
    if told:
        slugs.append(cards(told, width))
    for said in paper.statement:
        slugs += paragraph(said.get(lang), width, size=SMALL)
    return slugs


def paper_body(paper: Paper, width: float, lang: Language) -> list[Slug]:
    """Set every section, and the files it rests on."""
    slugs = []
    for section in paper.sections:
        slugs += _section(section, width, lang)
    if paper.sources:
        said = say("page.source_count", count=len(paper.sources), digest=paper.digest)
        header = [text(f"exhibit.files.{key}", lang) for key in ("no", "path", "digest")]
        rows = [(str(n), *source) for n, source in enumerate(paper.sources, start=1)]
        slugs += heading(say("page.sources").get(lang), width)
        slugs += paragraph(said.get(lang), width, size=SMALL)
        shares = (0.07, 0.33, 0.60)
        slugs += table(header, rows, width, widths=[share * width for share in shares])
    return slugs


def _section(section: Section, width: float, lang: Language) -> list[Slug]:
    if not (section.facts or section.remarks or any(each.rows for each in section.tables)):
        return []
    slugs = heading(section.heading.get(lang), width)
    if section.facts:
        rows = [(name.get(lang), value.get(lang)) for name, value in section.facts]
        slugs += facts(rows, width, SMALL)
    for each in section.tables:
        if each.rows and section.is_named(each):
            slugs += heading(each.heading.get(lang), width, size=9.5)
        slugs += _table(each, width, lang)
    for said in section.remarks:
        slugs += paragraph(said.get(lang), width, size=SMALL, indent=10.0, lead="·")
    return slugs


def listing(tables: Iterable[Table], width: float, lang: Language) -> list[Slug]:
    """Set tables under their headings, those without rows left out."""
    slugs = []
    for each in tables:
        if each.rows:
            slugs += heading(each.heading.get(lang), width)
            slugs += _table(each, width, lang)
    return slugs


def _table(each: Table, width: float, lang: Language) -> list[Slug]:
    header = [said.get(lang) for said in each.header]
    rows = [[shown(cell).get(lang) for cell in row] for row in each.rows]
    slugs = table(header, rows, width, figures=each.figures)
    if each.rows and each.remarks:
        slugs.append(space(2.0))
        for said in each.remarks:
            slugs += paragraph(said.get(lang), width, size=SMALL)
    return slugs
