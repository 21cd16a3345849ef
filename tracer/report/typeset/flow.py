"""Flows slugs of type onto pages: nothing is torn apart, table heads come again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tracer.model.paper_size import PaperSize
from tracer.report.diagram.shapes import Frame, Inset, Shape, Solid, Words
from tracer.report.geometry import Rect

__all__ = ["Leaf", "Part", "Slug", "flow", "leaf_of", "moved"]

_POINTS: Final[dict[PaperSize, tuple[float, float]]] = {
    "a4": (595.28, 841.89),
    "a3": (841.89, 1190.55),
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page and the room on it, in points.

    Parameters
    ----------
    body : Rect
        What text and pictures may fill.
    """

    width: float
    height: float
    body: Rect


def leaf_of(paper: PaperSize, *, is_wide: bool = False) -> Leaf:
    """Give a page of a size, upright or wide; left is a margin to bind it by."""
    width, height = _POINTS[paper]
    if is_wide:
        width, height = height, width
    return Leaf(width, height, Rect(54.0, 44.0, width - 54.0 - 36.0, height - 44.0 - 40.0))


@dataclass(frozen=True, slots=True)
class Slug:
    """A piece of a column that stands on one page.

    Parameters
    ----------
    shapes : tuple of Shape
        Seen from its own top left corner.
    keeps : bool
        It stays with the next.
    head : tuple of Slug
        Set again above it, where it comes first on a page.
    """

    height: float
    shapes: tuple[Shape, ...] = ()
    keeps: bool = False
    head: "tuple[Slug, ...]" = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Slugs that begin on a page of their own.

    Parameters
    ----------
    leaf : Leaf
        Pages it is set on.
    name : str
        What its pages are about: stands at the top of each.
    mark : str
        Figure number of what is on its pages.
    after_first : tuple of Part
        Pages put in after its first page: a figure that has no room on it.
    """

    leaf: Leaf
    slugs: tuple[Slug, ...]
    name: str = ""
    mark: str = ""
    after_first: "tuple[Part, ...]" = ()


def flow(part: Part) -> list[list[Shape]]:
    """Set the slugs of a part on as many pages as they need.

    What keeps with the next moves on with it; what is longer than a page is set all the same.
    """
    body = part.leaf.body
    pages: list[list[Shape]] = [[]]
    y = 0.0
    for group in _groups(part.slugs):
        if y and y + sum(slug.height for slug in group) > body.height:
            pages.append([])
            y = 0.0
        for slug in group:
            if y and y + slug.height > body.height:
                pages.append([])
                y = 0.0
            listed = (*slug.head, slug) if not y else (slug,)
            for each in listed:
                if y or each.shapes:  # no white above the first
                    pages[-1] += (moved(shape, body.x, body.y + y) for shape in each.shapes)
                    y += each.height
    return pages


def _groups(slugs: Iterable[Slug]) -> Iterable[Sequence[Slug]]:
    group: list[Slug] = []
    for slug in slugs:
        group.append(slug)
        if not slug.keeps:
            yield group
            group = []
    if group:
        yield group


def moved(shape: Shape, x: float, y: float) -> Shape:
    """Move a shape; lines along paths move with the inset they stand in."""
    if isinstance(shape, Words):
        return replace(shape, at=(round(shape.at[0] + x, 2), round(shape.at[1] + y, 2)))
    if isinstance(shape, Frame):
        return replace(shape, rect=_moved(shape.rect, x, y))
    if isinstance(shape, Solid):
        return replace(shape, points=tuple((a + x, b + y) for a, b in shape.points))
    if isinstance(shape, Inset):
        return replace(shape, place=_moved(shape.place, x, y))
    raise TypeError(shape)


def _moved(rect: Rect, x: float, y: float) -> Rect:
    return Rect(round(rect.x + x, 2), round(rect.y + y, 2), rect.width, rect.height)
