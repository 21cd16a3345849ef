"""Puts parts together into numbered pages with a head and a foot."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tracer.messages import Language, text
from tracer.report.diagram.shapes import INK, PALE, SOFT, Drawing, Frame, Shape, Words
from tracer.report.geometry import Rect
from tracer.report.textfit import measure
from tracer.report.typeset.blocks import SMALL
from tracer.report.typeset.flow import Leaf, Part, Slug, flow

__all__ = ["Letterhead", "set_pages", "set_poster"]

_MARGIN: Final = 24.0


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands on every page.

    Parameters
    ----------
    case : str
        Number and name of the case.
    digest : str
        Of all inputs; empty where there is none to state.
    note : str
        That leads are no conclusions, and who made the page.
    """

    case: str
    digest: str
    note: str


def set_pages(parts: Sequence[Part], on_each: Letterhead, lang: Language) -> tuple[Drawing, ...]:
    """Flow every part, then number the pages."""
    flowed = [each for part in parts for each in _flowed(part)]
    return tuple(
        _page(part, shapes, on_each, number, len(flowed), lang)
        for number, (part, shapes) in enumerate(flowed, start=1)
    )


def _flowed(part: Part) -> Iterator[tuple[Part, list[Shape]]]:
    first, *others = flow(part)
    yield part, first
    for inserted in part.after_first:
        yield from _flowed(inserted)
    for page in others:
        yield part, page


def set_poster(slugs: Sequence[Slug], width: float) -> Drawing:
    """Set slugs on one page as long as they are, with an even margin."""
    height = sum(slug.height for slug in slugs)
    body = Rect(_MARGIN, _MARGIN, width, height + 1.0)
    leaf = Leaf(width + 2 * _MARGIN, round(height + 2 * _MARGIN, 1), body)
    ((*shapes,),) = flow(Part(leaf, tuple(slugs)))
    return Drawing(leaf.width, leaf.height, _all_of(leaf), tuple(shapes))


def _page(
    part: Part,
    shapes: Iterable[Shape],
    on_each: Letterhead,
    number: int,
    count: int,
    lang: Language,
) -> Drawing:
    leaf = part.leaf
    body = leaf.body
    right, top, foot = body.x + body.width, body.y - 14, body.y + body.height + 10
    numbered = text("exhibit.page", lang, page=number, count=count)
    set_on: list[Shape] = [
        _cut(part.name, (body.x, top - 5), body.width * 0.6),
        Words(_joined(part.mark, on_each.case), (right, top - 5), SMALL, ink=SOFT, anchor="end"),
        _rule(body, top),
        _rule(body, foot),
        Words(on_each.digest, (body.x, foot + 12), SMALL, ink=SOFT),
        Words(numbered, (right, foot + 12), SMALL, ink=INK, anchor="end"),
        _cut(on_each.note, (body.x, foot + 23), body.width),
    ]
    return Drawing(leaf.width, leaf.height, _all_of(leaf), (*shapes, *set_on))


def _all_of(leaf: Leaf) -> Rect:
    return Rect(0.0, 0.0, leaf.width, leaf.height)


def _rule(body: Rect, y: float) -> Frame:
    return Frame(Rect(body.x, round(y, 2), body.width, 0.0), ink=PALE, width=0.5)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _cut(words: str, at: tuple[float, float], width: float) -> Words:
    """Shorten what the head has no room for; it stands in full below."""
    if measure(words) * SMALL <= width:
        return Words(words, at, SMALL, ink=SOFT)
    while words and measure(words + "…") * SMALL > width:
        words = words[:-1]
    return Words(words + "…", at, SMALL, ink=SOFT)
