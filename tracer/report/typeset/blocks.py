"""Blocks of a page: headings, paragraphs, facts, pictures; each as slugs of a given width."""

from collections.abc import Iterable, Sequence
from typing import Final

from tracer.report.diagram.shapes import BAND, INK, PALE, SOFT, Drawing, Frame, Inset, Words
from tracer.report.geometry import Rect
from tracer.report.textfit import fill, measure, wrap
from tracer.report.typeset.flow import Slug

__all__ = ["BODY", "LEADING", "SMALL", "facts", "heading", "paragraph", "picture", "space", "title"]

BODY: Final = 9.0
SMALL: Final = 8.0
"""Smallest size of text on paper, in points."""
LEADING: Final = 1.42
"""Distance of lines, in em."""
Answered = tuple[str, str]
"""An answer, and what it rests on; empty where that is not told."""

_TITLE: Final = 16.0
_HEADING: Final = 11.5
_TOGETHER: Final = 2
_MOST_LINES: Final = 99
_BASE: Final = 1.04


def space(height: float) -> Slug:
    """Leave white, but not at the top of a page."""
    return Slug(height)


def title(text: str, width: float) -> list[Slug]:
    """Set the title of a part, in as many lines as it takes."""
    return paragraph(text, width, size=_TITLE, bold=True, keeps=True)


def heading(text: str, width: float, size: float = _HEADING) -> list[Slug]:
    """Set a heading; it stays with what follows."""
    return [Slug(9.0, keeps=True), *paragraph(text, width, size=size, bold=True, keeps=True)]


def paragraph(
    text: str,
    width: float,
    *,
    size: float = BODY,
    bold: bool = False,
    ink: str = INK,
    indent: float = 0.0,
    keeps: bool = False,
    lead: str = "",
) -> list[Slug]:
    """Set a text; its first two lines stay together, and its last two.

    Parameters
    ----------
    width : float
        Of the column, in points.
    indent : float
        Points its lines begin from the left.
    keeps : bool
        It stays with what follows.
    lead : str
        Set in bold where the first line begins, within the indent.
    """
    lines = fill(text, (width - indent) / size)
    slugs = []
    last = len(lines) - 1
    for index, line in enumerate(lines):
        words = [Words(line, (indent, round(size * _BASE, 2)), size, bold, ink)]
        if lead and not index:
            words.append(Words(lead, (0.0, round(size * _BASE, 2)), size, True, ink))
        is_kept = keeps or (index != last and (index == 0 or index >= last - _TOGETHER + 1))
        slugs.append(Slug(round(size * LEADING, 2), tuple(words), is_kept))
    return slugs


def facts(rows: Iterable[tuple[str, str]], width: float, size: float = BODY) -> list[Slug]:
    """Set names and values beside each other."""
    listed = tuple(rows)
    names = max((measure(name) for name, _ in listed), default=0.0)
    indent = round(min((names + 1.2) * size, width / 3), 1)
    slugs = []
    for name, value in listed:
        names_set = fill(name, (indent - 0.6 * size) / size)
        values_set = fill(value, (width - indent) / size)
        for index in range(max(len(names_set), len(values_set))):
            words = []
            if index < len(names_set):
                words.append(Words(names_set[index], (0.0, size * _BASE), size, False, SOFT))
            if index < len(values_set):
                words.append(Words(values_set[index], (indent, size * _BASE), size))
            slugs.append(Slug(round(size * LEADING, 2), tuple(words), keeps=index < _TOGETHER - 1
                              and index + 1 < max(len(names_set), len(values_set))))  # fmt: skip
    return slugs


def picture(drawing: Drawing, width: float, *, keeps: bool = False) -> Slug:
    """Set a picture in the middle of the column."""
    left = max((width - drawing.width) / 2, 0.0)
    place = Rect(round(left, 2), 0.0, drawing.width, drawing.height)
    return Slug(drawing.height, (Inset(place, drawing.window, drawing.shapes),), keeps)


def cards(listed: Sequence[tuple[str, Sequence[Answered], Sequence[str]]], width: float) -> Slug:
    """Set the parts of an answer beside each other: question, answers, and what adds to them.

    Each answer comes with what it rests on, which is set right under it; nothing where it is empty.
    """
    gap = 6.0
    each = (width - gap * (len(listed) - 1)) / len(listed)
    set_cards = [_card(asks, says, adds, each) for asks, says, adds in listed]
    height = max(high for _, high in set_cards)
    shapes: list[Frame | Words] = []
    for index, (words, _) in enumerate(set_cards):
        left = round(index * (each + gap), 2)
        shapes.append(Frame(Rect(left, 0.0, round(each, 2), height), BAND, PALE, 0.6, corner=3))
        shapes += (
            Words(w.text, (round(left + w.at[0], 2), w.at[1]), w.size, w.bold, w.ink) for w in words
        )
    return Slug(height + 4, tuple(shapes))


def _card(
    asks: str, says: Iterable[Answered], adds: Iterable[str], width: float
) -> tuple[list[Words], float]:
    pad, y = 6.0, 5.0
    words = []
    runs = [(asks, SMALL, False, SOFT)]
    for answered, under in says:
        runs.append((answered, 10.0, True, INK))
        runs += [(under, SMALL, False, SOFT)] if under else []
    runs += [(each, SMALL, False, SOFT) for each in adds]
    for text, size, bold, ink in runs:
        for line in wrap(text, (width - 2 * pad) / size, lines=_MOST_LINES):
            words.append(Words(line, (pad, round(y + size * _BASE, 2)), size, bold, ink))
            y += size * 1.32
    return words, round(y + 5.0, 2)
