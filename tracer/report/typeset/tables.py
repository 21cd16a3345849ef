"""Tables on paper: columns as wide as they need, rows whole, heads again on every page."""

import re
from collections.abc import Sequence
from typing import Final

from tracer.report.diagram.shapes import BAND, INK, PALE, SOFT, Frame, Shape, Words
from tracer.report.geometry import Rect
from tracer.report.textfit import fill, measure
from tracer.report.typeset.blocks import LEADING, SMALL
from tracer.report.typeset.flow import Slug

__all__ = ["columns", "table"]

_PAD: Final = 3.0
_RUN: Final = re.compile(r"[!-~]+")
_LONGEST_RUN: Final = 11.0
_MOST_NATURAL: Final = 60.0
_TALLEST: Final = 45
"""Lines of a row that stay together; what is longer goes on on the next page."""


def table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    width: float,
    *,
    figures: frozenset[int] = frozenset(),
    widths: Sequence[float] = (),
    size: float = SMALL,
) -> list[Slug]:
    """Set a table.

    Parameters
    ----------
    width : float
        Of the column, in points.
    figures : frozenset of int
        Columns set to the right.
    widths : sequence of float
        Of the columns, in points; found from what they hold when left out.
    """
    if not rows:
        return []
    sizes = tuple(widths) or columns(header, rows, width, size)
    head = _rows(header, sizes, size, figures, is_head=True)
    slugs = [Slug(each.height, each.shapes, keeps=True) for each in head]
    for row in rows:
        slugs += (
            Slug(each.height, each.shapes, head=tuple(head))
            for each in _rows(row, sizes, size, figures)
        )
    # a table does not begin with its head alone, nor leave its last row alone
    if len(rows) > 1:
        last = slugs[-2]
        slugs[-2] = Slug(last.height, last.shapes, True, last.head)
    return slugs


def columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], width: float, size: float = SMALL
) -> tuple[float, ...]:
    """Share a width out: each column its longest word first, the rest by what it holds."""
    count = len(header)
    room = width / size - 2 * _PAD * count / size
    least, natural = [], []
    for place in range(count):
        cells = [header[place], *(row[place] for row in rows)]
        lines = [line for cell in cells for line in cell.split("\n")]
        runs = [measure(run) for line in lines for run in _RUN.findall(line)]
        least.append(max(min(max(runs, default=0.0), _LONGEST_RUN), 2.2))
        natural.append(max(min(max(map(measure, lines)), _MOST_NATURAL), least[-1]))
    spare = room - sum(least)
    wanted = [nat - low for nat, low in zip(natural, least, strict=True)]
    if spare <= 0:
        shares = [low * room / sum(least) for low in least]
    elif sum(wanted) <= spare:
        extra = (spare - sum(wanted)) / sum(natural)
        shares = [nat + nat * extra for nat in natural]
    else:
        roots = [want**0.75 for want in wanted]
        shares = [low + root * spare / sum(roots) for low, root in zip(least, roots, strict=True)]
    return tuple(share * size + 2 * _PAD for share in shares)


def _rows(
    cells: Sequence[str],
    sizes: Sequence[float],
    size: float,
    figures: frozenset[int],
    *,
    is_head: bool = False,
) -> list[Slug]:
    """Set one row; several slugs where it is taller than a page likes."""
    filled = [
        fill(cell, (width - 2 * _PAD) / size) for cell, width in zip(cells, sizes, strict=True)
    ]
    count = max(map(len, filled))
    slugs = []
    for start in range(0, count, _TALLEST):
        lines = min(count - start, _TALLEST)
        height = round(lines * size * LEADING + 2 * _PAD, 2)
        shapes: list[Shape] = []
        if is_head:
            shapes.append(Frame(Rect(0.0, 0.0, round(sum(sizes), 2), height), fill=BAND))
        x = 0.0
        for place, (listed, width) in enumerate(zip(filled, sizes, strict=True)):
            is_right = place in figures
            at = x + width - _PAD if is_right else x + _PAD
            for index, line in enumerate(listed[start : start + lines]):
                y = _PAD + index * size * LEADING + size * 1.08
                if line:
                    shapes.append(Words(line, (round(at, 2), round(y, 2)), size, is_head,
                                        SOFT if is_head else INK,
                                        "end" if is_right else "start"))  # fmt: skip
            x += width
        shapes.append(Frame(Rect(0.0, height, round(sum(sizes), 2), 0.0), ink=PALE, width=0.5))
        slugs.append(Slug(height, tuple(shapes)))
    return slugs
