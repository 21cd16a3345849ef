"""Where lines leave one sheet and go on on another, and the tags that say so on both."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import hypot
from typing import Final, Literal

from tracer.report.diagram.partition import Tile
from tracer.report.geometry import Direction, Point, Rect, Route
from tracer.report.ordering import settle
from tracer.report.scene import Mark, Scene

__all__ = ["End", "Side", "Tag", "find_joints", "name_joints", "trail"]

Side = Literal["left", "right", "top", "bottom"]

TAG_SIZE: Final = 12.0
"""Size of the text of a tag, in units of the picture."""

_STEPS: Final = 12
_STRIDE: Final = 20.0
_NEAR: Final = 0.2
_STUB: Final = 10.0
_BETWEEN: Final = 2.0
_OFF: Final = 12.0
_VOID: Final = -1


@dataclass(frozen=True, slots=True)
class End:
    """One of the two ends of a cut line.

    Parameters
    ----------
    number : int
        The same on both sheets; of no other cut.
    tile : int
        The sheet it is on, by place among the tiles.
    at : tuple of float
        Where the line is cut.
    other : (int, Point)
        The tile and the point where it goes on.
    leaves : bool
        The way of the line leads off this sheet.
    stub : tuple of Point
        A piece of line to a box that stands out of its tile; empty where there is none.
    """

    number: int
    tile: int
    side: Side
    at: Point
    other: tuple[int, Point]
    leaves: bool
    mark: Mark
    stub: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Tag:
    """The words at the edge of a sheet, and the ends of lines they stand for."""

    tile: int
    side: Side
    text: str
    at: Point
    ends: tuple[End, ...]


_Half = tuple[int, Point, tuple[Point, ...]]


def find_joints(scene: Scene, tiles: Sequence[Tile]) -> tuple[End, ...]:
    """Find every place where a line leaves a sheet; numbered in order of the sheets."""
    homes = {box: index for index, tile in enumerate(tiles) for box in tile.homes}
    found = []
    for mark in scene.marks:
        for half, other in _cuts(mark, scene.direction, tiles, homes):
            found.append((half[0], other[0], _order(half[1]), mark, half, other))
    found.sort(key=lambda each: (*each[:3], each[3].id))
    ends = []
    for number, (_, _, _, mark, half, other) in enumerate(found, start=1):
        for mine, its, leaves in ((half, other, True), (other, half, False)):
            tile, at, stub = mine
            side = _side(tiles[tile].rect, at)
            ends.append(End(number, tile, side, at, (its[0], its[1]), leaves, mark, stub))
    return tuple(ends)


def _order(at: Point) -> tuple[float, float]:
    return (round(at[0], 1), round(at[1], 1))


def _cuts(
    mark: Mark, direction: Direction, tiles: Sequence[Tile], homes: dict[str, int]
) -> Iterator[tuple[_Half, _Half]]:
    """Give the two halves of every cut of a line, in the order of its way."""
    points = list(trail(mark.route, direction))
    backwards = Route(mark.route.points[::-1], mark.route.square)
    moves = [move for before, after in pairwise(points) for move in _moves(before, after, tiles)]
    here = _locate(tiles, points[0])
    tail, head = homes[mark.tail], homes[mark.head]
    waiting: _Half | None = None
    if here != tail:
        waiting, entry = _stubs(tiles, tail, here, points[0], _away(mark.route, direction))
        if entry is not None:
            yield waiting, entry
            waiting = None
    for before, after, at in moves:
        if before != _VOID:
            waiting = (before, at, ())
        if after != _VOID and waiting is not None:
            if waiting[0] != after or waiting[1] != at:
                yield waiting, (after, at, ())
            waiting = None
        here = after
    if here != head:
        entry, left = _stubs(tiles, head, here, points[-1], _away(backwards, direction))
        half = left or waiting
        if half is not None:
            yield half, entry


def _stubs(
    tiles: Sequence[Tile], home: int, here: int, port: Point, away: tuple[int, int]
) -> tuple[_Half, _Half | None]:
    """Join a box that stands out of its tile: on the sheet it is drawn on, and where its line is.

    On its own sheet a piece of line leads from the edge of the tile to the box; on the other the
    line goes on from where the box would stand to that edge.

    Parameters
    ----------
    away : tuple of int
        Unit step from the box along its line.
    """
    out = (port[0] + away[0] * _STUB, port[1] + away[1] * _STUB)
    edge = _onto(tiles[home].rect, out, is_along_x=away[0] == 0)
    at_home: _Half = (home, edge, (edge, out, port))
    if here == _VOID:
        return at_home, None
    back = (port[0] - away[0] * _STUB, port[1] - away[1] * _STUB)
    end = _towards(tiles[here].rect, tiles[home].rect, back, is_along_x=away[0] == 0)
    return at_home, (here, end, (port, back, end))


def _away(route: Route, direction: Direction) -> tuple[int, int]:
    """Give the way in which a route leaves its first box."""
    (x1, y1), (x2, y2) = route.points[:2]
    if route.square:
        return _sign(x2 - x1), _sign(y2 - y1)
    return (0, _sign(y2 - y1)) if direction == "down" else (_sign(x2 - x1), 0)


def _onto(rect: Rect, at: Point, *, is_along_x: bool) -> Point:
    """Move a point to the nearest place within a rectangle, along one axis."""
    if is_along_x:
        return (min(max(at[0], rect.x), rect.x + rect.width), at[1])
    return (at[0], min(max(at[1], rect.y), rect.y + rect.height))


def _towards(rect: Rect, other: Rect, at: Point, *, is_along_x: bool) -> Point:
    """Move a point to the edge of a rectangle that faces another."""
    if is_along_x:
        return (rect.x if other.x < rect.x else rect.x + rect.width, at[1])
    return (at[0], rect.y if other.y < rect.y else rect.y + rect.height)


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _moves(before: Point, after: Point, tiles: Sequence[Tile]) -> Iterator[tuple[int, int, Point]]:
    """Give every step of a straight piece from one tile, or none, to another."""
    here, there = _locate(tiles, before), _locate(tiles, after)
    length = hypot(after[0] - before[0], after[1] - before[1])
    if here == there and length <= _STRIDE:
        return
    middle = ((before[0] + after[0]) / 2, (before[1] + after[1]) / 2)
    if length <= _NEAR:
        yield here, there, (round(middle[0], 1), round(middle[1], 1))
        return
    yield from _moves(before, middle, tiles)
    yield from _moves(middle, after, tiles)


def _locate(tiles: Sequence[Tile], at: Point) -> int:
    for index, tile in enumerate(tiles):
        rect = tile.rect
        if rect.x <= at[0] < rect.x + rect.width and rect.y <= at[1] < rect.y + rect.height:
            return index
    return _VOID


def trail(route: Route, direction: Direction) -> Iterator[Point]:
    """Give points along a route, close enough for its curves to be straight between them."""
    yield route.points[0]
    for before, after in pairwise(route.points):
        is_straight = route.square or before[0] == after[0] or before[1] == after[1]
        for step in range(1, 1 if is_straight else _STEPS):
            yield _on_curve(before, after, step / _STEPS, direction)
        yield after


def _on_curve(before: Point, after: Point, t: float, direction: Direction) -> Point:
    """Give a point of the curve that `path_of` draws."""
    ends, middles = (1 - t) ** 3, 3 * (1 - t) ** 2 * t
    later, last = 3 * (1 - t) * t**2, t**3
    bent = [(ends + middles) * a + (later + last) * b for a, b in zip(before, after, strict=True)]
    even = [
        ends * a + (middles + later) * (a + b) / 2 + last * b
        for a, b in zip(before, after, strict=True)
    ]
    return (bent[0], even[1]) if direction == "down" else (even[0], bent[1])


def _side(rect: Rect, at: Point) -> Side:
    sides: list[tuple[float, Side]] = [
        (abs(at[1] - rect.y), "top"),
        (abs(at[1] - rect.y - rect.height), "bottom"),
        (abs(at[0] - rect.x), "left"),
        (abs(at[0] - rect.x - rect.width), "right"),
    ]
    return min(sides, key=lambda each: each[0])[1]


def name_joints(
    ends: Sequence[End], tiles: Sequence[Tile], place: Callable[[int, Point], str]
) -> tuple[Tag, ...]:
    """Set a tag at every end: its number, an arrow, and the sheet and square it goes on in.

    Where more lines leave a side than tags have room for, those that go to one sheet share a tag.

    Parameters
    ----------
    place : Callable
        Names the sheet and square of a point of a tile.
    """
    tags: list[Tag] = []
    for (tile, side), listed in groupby(
        sorted(ends, key=lambda end: (end.tile, end.side, _along(end), end.number)),
        key=lambda end: (end.tile, end.side),
    ):
        tags += _side_tags(tile, side, list(listed), tiles[tile].content, place)
    return tuple(tags)


def _along(end: End) -> float:
    return end.at[0] if end.side in {"top", "bottom"} else end.at[1]


def _side_tags(
    tile: int, side: Side, ends: Sequence[End], content: Rect, place: Callable[[int, Point], str]
) -> list[Tag]:
    is_level = side in {"top", "bottom"}
    start, size = (content.x, content.width) if is_level else (content.y, content.height)
    groups = [[end] for end in ends]
    if len(groups) > size / (TAG_SIZE + _BETWEEN):
        by_sheet = groupby(ends, key=lambda end: (end.other[0], end.leaves))
        groups = [list(group) for _, group in by_sheet]
    names = [str(index) for index in range(len(groups))]
    wanted = {
        name: sum(map(_along, group)) / len(group)
        for name, group in zip(names, groups, strict=True)
    }
    sizes, even = dict.fromkeys(names, TAG_SIZE), dict.fromkeys(names, 1.0)
    placed = settle(names, wanted, sizes, _BETWEEN, even)
    over = max([0.0, *(at - start - size for at in placed.values())])
    under = max([0.0, *(start - at for at in placed.values())])
    found = []
    for name, group in zip(names, groups, strict=True):
        at = round(placed[name] - over + under, 1)
        found.append(Tag(tile, side, _text(group, place), _spot(side, at, content),
                         tuple(group)))  # fmt: skip
    return found


def _spot(side: Side, along: float, content: Rect) -> Point:
    if side == "top":
        return (along, round(content.y - _OFF, 1))
    if side == "bottom":
        return (along, round(content.y + content.height + _OFF, 1))
    if side == "left":
        return (round(content.x - _OFF, 1), along)
    return (round(content.x + content.width + _OFF, 1), along)


def _text(group: Sequence[End], place: Callable[[int, Point], str]) -> str:
    arrow = "→" if group[0].leaves else "←"
    numbers = [end.number for end in group]
    if len(group) == 1:
        return f"{numbers[0]}{arrow}{place(*group[0].other)}"
    sheets = f"{group[0].other[0] + 1}"
    if max(numbers) - min(numbers) == len(numbers) - 1:
        return f"{min(numbers)}–{max(numbers)}{arrow}{sheets}"
    return f"{min(numbers)}…{max(numbers)}{arrow}{sheets}"
