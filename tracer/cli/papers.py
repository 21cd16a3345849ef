"""A paper on the terminal."""

from tracer.cli.cells import fold_pieces, pad, visible, width, wrap
from tracer.cli.fitting import row_by_row
from tracer.cli.output import Line, Span, aligned, line
from tracer.messages import Language
from tracer.report.papers import Paper, Section, Table, shown

__all__ = ["paper_lines"]


def paper_lines(paper: Paper, lang: Language, cells: int | None) -> list[Line]:
    """Write a paper as aligned tables, in one language.

    Parameters
    ----------
    cells : int or None
        Cells of a line of the terminal: a table too wide for it is set row by row; None where
        nothing limits it.
    """
    lines = [line(Span(f"{paper.title.get(lang)}  {paper.window.get(lang)}", "heading"))]
    for said in paper.statement:
        lines += _remark(said.get(lang), cells)
    for section in paper.sections:
        lines += [line(), *_section(section, lang, cells)]
    return lines


def _section(section: Section, lang: Language, cells: int | None) -> list[Line]:
    lines = [line(Span(section.heading.get(lang), "heading"))]
    if section.facts:
        margin = max(width(name.get(lang)) for name, _ in section.facts) + 2
        for name, value in section.facts:
            first = "  " + pad(name.get(lang), margin)
            pieces = [visible(piece) for piece in value.get(lang).split(" · ")]
            lines += [line(each) for each in fold_pieces(pieces, first, " " * (margin + 2), cells)]
    for table in section.tables:
        lines += _table(table, lang, cells, is_named=table.rows != () and section.is_named(table))
    for said in section.remarks:
        lines += _remark(said.get(lang), cells)
    return lines


def _table(table: Table, lang: Language, cells: int | None, *, is_named: bool) -> list[Line]:
    if not table.rows:
        return []
    header = [title.get(lang) for title in table.header]
    rows = [[visible(shown(cell).get(lang)) for cell in row] for row in table.rows]
    lines = [line(), line("  ", Span(table.heading.get(lang), "faint"))] if is_named else []
    taken = sum(max(width(row[at]) for row in (header, *rows)) + 2 for at in range(len(header)))
    if cells is not None and taken > cells:
        lines += row_by_row(header, rows, cells)
    else:
        lines += aligned(rows, header=header, right=table.figures, indent="  ")
    for said in table.remarks:
        lines += _remark(said.get(lang), cells)
    return lines


def _remark(said: str, cells: int | None) -> list[Line]:
    folded = [said] if cells is None else wrap(said, cells - 2)
    return [line("  ", Span(each, "faint")) for each in folded]
