"""Boxes, lines and where they stand: what a layout takes and gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["Box", "Direction", "Layout", "Loop", "Point", "Rect", "Route", "Wire", "path_of"]

Direction = Literal["down", "right"]
Point = tuple[float, float]

_CORNER = 6.0


@dataclass(frozen=True, slots=True)
class Box:
    """Something to place.

    Parameters
    ----------
    rank : int
        Which band; lines lead from a lower rank to a higher one.
    zone : int
        Zones stand side by side in every rank, lower ones first.
    """

    id: str
    width: float
    height: float
    rank: int
    zone: int = 0


@dataclass(frozen=True, slots=True)
class Wire:
    """A line from one box down to another."""

    id: str
    tail: str
    head: str


@dataclass(frozen=True, slots=True)
class Loop:
    """A box in the lane: its two lines go round the picture to a rank that is not below.

    Parameters
    ----------
    id, width, height
        Of the box in the lane.
    tail, head : str
        Boxes in the ranks that it joins; `up` and `down` are the ids of its lines.
    """

    id: str
    width: float
    height: float
    tail: str
    head: str
    up: str
    down: str


@dataclass(frozen=True, slots=True)
class Rect:
    """A placed box: its top left corner and size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> Point:
        """Middle of the box."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Route:
    """Points a line passes; curved between ranks, with square bends in the lane."""

    points: tuple[Point, ...]
    square: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands.

    Parameters
    ----------
    ranks : Mapping
        Extent of each rank along the direction.
    zones : Mapping
        Extent of each zone across it, lanes left out.
    """

    direction: Direction
    width: float
    height: float
    rects: Mapping[str, Rect]
    routes: Mapping[str, Route]
    ranks: Mapping[int, tuple[float, float]]
    zones: Mapping[int, tuple[float, float]]


def path_of(route: Route, direction: Direction = "down") -> str:
    """Write a route as SVG path data, which the canvas of the page reads too.

    Examples
    --------
    >>> path_of(Route(((0, 0), (10, 20))))
    'M0 0C0 10 10 10 10 20'
    >>> path_of(Route(((0, 0), (0, 20), (30, 20)), square=True))
    'M0 0L0 14Q0 20 6 20L30 20'
    """
    start = route.points[0]
    steps = [f"M{_number(start[0])} {_number(start[1])}"]
    if route.square:
        steps += _square_steps(route.points)
    else:
        for before, after in zip(route.points, route.points[1:], strict=False):
            steps.append(_curve_step(before, after, direction))
    return "".join(steps)


def _curve_step(before: Point, after: Point, direction: Direction) -> str:
    (x1, y1), (x2, y2) = before, after
    if (x1 == x2 and direction == "down") or (y1 == y2 and direction == "right"):
        return f"L{_number(x2)} {_number(y2)}"
    if direction == "down":
        middle = (y1 + y2) / 2
        bends = (x1, middle, x2, middle)
    else:
        middle = (x1 + x2) / 2
        bends = (middle, y1, middle, y2)
    return "C" + " ".join(_number(value) for value in (*bends, x2, y2))


def _square_steps(points: tuple[Point, ...]) -> list[str]:
    steps = []
    for index in range(1, len(points)):
        here = points[index]
        if index == len(points) - 1:
            steps.append(f"L{_number(here[0])} {_number(here[1])}")
            continue
        before = _towards(here, points[index - 1])
        after = _towards(here, points[index + 1])
        steps.append(f"L{_number(before[0])} {_number(before[1])}")
        steps.append("Q" + " ".join(_number(value) for value in (*here, *after)))
    return steps


def _towards(corner: Point, other: Point) -> Point:
    """Give the point where a rounded corner begins: at most half way to the next one."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = abs(dx) + abs(dy)
    share = min(_CORNER / length, 0.5) if length else 0.0
    return corner[0] + dx * share, corner[1] + dy * share


def _number(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
