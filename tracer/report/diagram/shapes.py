"""What pictures and pages are drawn with, whatever draws them: SVG, PDF, PNG."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from tracer.report.geometry import Point, Rect

__all__ = [
    "BAND",
    "BOLD_OUTLINE",
    "INK",
    "PALE",
    "SOFT",
    "WARN",
    "WARN_FILL",
    "WHITE",
    "Anchor",
    "Drawing",
    "Frame",
    "Group",
    "Inset",
    "Shape",
    "Solid",
    "Stroke",
    "Words",
    "words_of",
]

INK: Final = "#15191e"
SOFT: Final = "#3f4852"
WARN: Final = "#8a3b00"
PALE: Final = "#8a949e"
BAND: Final = "#eef2f6"
WARN_FILL: Final = "#fff6ec"
WHITE: Final = "#ffffff"
BOLD_OUTLINE: Final = 0.032
"""Em of ink around a letter that make it bold, where a font has one weight only."""

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle.

    Parameters
    ----------
    dash : tuple of float
        Lengths of ink and gap in turn; none is solid.
    """

    rect: Rect
    fill: str | None = None
    ink: str | None = None
    width: float = 1.0
    dash: tuple[float, ...] = ()
    corner: float = 0.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line along a path; `path` is SVG path data of M, L, C and Q, absolute."""

    path: str
    ink: str
    width: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Solid:
    """A filled polygon."""

    points: tuple[Point, ...]
    fill: str


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text, its base line at `at`; `turned` reads from bottom to top."""

    text: str
    at: Point
    size: float
    bold: bool = False
    ink: str = INK
    anchor: Anchor = "start"
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Inset:
    """Shapes in a space of their own, put into a rectangle and cut at its edges.

    Parameters
    ----------
    place : Rect
        Where it stands; of the proportions of `window`.
    window : Rect
        What is seen of the shapes.
    """

    place: Rect
    window: Rect
    shapes: "tuple[Shape, ...]"

    @property
    def scale(self) -> float:
        """Units of the outer space that one of the inner takes."""
        return self.place.width / self.window.width


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes that stand for one thing, named so that a page can leave them out.

    Parameters
    ----------
    kind : {"box", "ends", "layer", "about"}
        What they stand for: a box, a line between two boxes, a layer, a zone or lane.
    name : str
        Which one; of a line, the ids of the boxes it joins.
    """

    kind: str
    name: str
    shapes: "tuple[Shape, ...]"
    is_back: bool = False


Shape = Frame | Stroke | Solid | Words | Inset | Group


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole picture or page, its size in points and what it shows, in units of `window`."""

    width: float
    height: float
    window: Rect
    shapes: tuple[Shape, ...]


def words_of(shapes: Iterable[Shape]) -> Iterator[Words]:
    """Give every line of text, those of insets too."""
    for shape in shapes:
        if isinstance(shape, Words):
            yield shape
        elif isinstance(shape, Inset | Group):
            yield from words_of(shape.shapes)
