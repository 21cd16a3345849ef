"""The picture of a trace for the terminal: its chains as a tree, hop by hop."""

from collections.abc import Sequence
from typing import Final

from tracer.cli.cells import fold_pieces, pad, width
from tracer.cli.labels import Labels
from tracer.cli.output import Line, Span, line
from tracer.cli.rows import Row, Walk
from tracer.cli.sections import after_picture, headline, legend
from tracer.cli.tree import grow
from tracer.graph.result import Trace
from tracer.messages import Language
from tracer.model.finding import Finding
from tracer.report.lead_marks import LeadMarks

__all__ = ["draw_trace"]

_MOST_PAPERS: Final = 4
_HEADS: Final = ("layer", "party", "mark", "messages", "attested")
_FIGURES: Final = 3
"""Which column is set to the right."""


def draw_trace(
    trace: Trace,
    findings: Sequence[Finding],
    lang: Language,
    *,
    every: bool = False,
    cells: int | None = None,
) -> list[Line]:
    """Draw a trace: headline, tree, and all that stands in no tree.

    Parameters
    ----------
    trace : Trace
        What was found.
    findings : sequence of Finding
        What the rules found in it.
    lang : {"zh", "en"}
        Language of the words.
    every : bool
        List every chain and every contract row, not the telling ones only.
    cells : int or None
        Cells of a line, at which lists under the hops are folded; None where nothing limits it.

    Returns
    -------
    list of Line
        Readable without colour.
    """
    labels = Labels(lang)
    marks = LeadMarks(findings)
    walk = Walk(trace, labels, marks, None if every else _MOST_PAPERS)
    rows = list(walk.rows(grow(trace)))
    rest = tuple(hop for hop in trace.hops if (hop.upstream, hop.downstream) not in walk.hops_drawn)
    gaps = tuple(gap for gap in trace.gaps if gap.party not in walk.gaps_drawn)
    return [
        *headline(trace, findings, labels, cells),
        line(),
        *_set_rows(rows, labels, cells),
        *legend(labels, {row.status for row in rows}, cells, refers=walk.refers),
        *after_picture(trace, findings, labels, rest, gaps, every=every, cells=cells),
    ]


def _set_rows(rows: Sequence[Row], labels: Labels, cells: int | None) -> list[Line]:
    """Set the rows in columns, their details under them."""
    heads = tuple(labels.say(f"cli.head.{name}") for name in _HEADS)
    table = [heads, *((row.layer, row.tree, row.mark, row.messages, row.attested) for row in rows)]
    widths = [max(map(width, column)) for column in zip(*table, strict=True)]

    def padded(row: Sequence[str]) -> list[str]:
        return [pad(cell, widths[at], right=at == _FIGURES) + "  " for at, cell in enumerate(row)]

    lines = [line(Span("".join(padded(heads)).rstrip(), "faint"))]
    for row, columns in zip(rows, table[1:], strict=True):
        if row.is_root and len(lines) > 1:
            lines.append(line())
        layer, tree, mark, *figures = padded(columns)
        lines += _set_row(row, (layer, tree, mark, "".join(figures)), cells)
        lines += _set_details(row, " " * widths[0] + "  ", cells)
    return lines


def _set_row(row: Row, columns: Sequence[str], cells: int | None) -> list[Line]:
    layer, tree, mark, figures = columns
    remark = " · ".join(row.remark)
    taken = width(layer + tree + mark + figures)
    below: list[Line] = []
    if remark and cells is not None and taken + width(remark) > cells:
        margin = " " * width(layer) + row.under
        folded = fold_pieces(row.remark, margin, margin, cells)
        below = [line(margin, Span(each[len(margin) :], row.remark_style)) for each in folded]
        remark = ""
    if not remark:
        figures = figures.rstrip()
    if not figures:
        mark = mark.rstrip()
    style = Span(tree if mark or figures or remark else tree.rstrip(), row.style)
    first = line(layer, style, Span(mark, row.style), figures, Span(remark, row.remark_style))
    return [first, *below]


def _set_details(row: Row, margin: str, cells: int | None) -> list[Line]:
    first = margin + row.under
    return [
        line(margin + row.under[: len(each) - len(margin)], Span(each[len(first) :], "faint"))
        for pieces in row.details
        for each in fold_pieces(pieces, first, first + "  ", cells)
    ]
