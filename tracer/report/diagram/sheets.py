"""Cuts a scene into sheets of paper with no text below 8 points.

Every box is at home on one sheet, and drawn on that one only. The part of the picture a sheet
stands for is its tile; tiles do not overlap. Where a line leaves a tile it carries a tag that
names the sheet and the square it goes on in (see `joints`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from tracer.report.diagram.joints import End, Tag, find_joints, name_joints
from tracer.report.diagram.partition import Tile, lay_tiles
from tracer.report.geometry import Point, Rect
from tracer.report.scene import Scene

__all__ = ["MOST_SHEETS", "ON_PAGE", "Room", "Sheet", "cut_sheets", "square_of", "whole"]

MOST_SHEETS: Final = 40
"""A picture that needs more is printed at a glance only; the list of evidence is complete."""

FRAME: Final = 18.0
"""Width of the edge in which the letters and figures of the squares stand."""

_LARGEST: Final = 0.75
_SMALLEST_POINTS: Final = 8.0
_SQUARE_POINTS: Final = 95.0
_LABEL: Final = 80.0
_LABEL_ABOVE: Final = 30.0
_TAG: Final = 66.0
_PAD: Final = 14.0


@dataclass(frozen=True, slots=True)
class Room:
    """Room for pictures, in points.

    Parameters
    ----------
    beside : float
        Height left on the page on which the answer stands.
    """

    width: float
    height: float
    beside: float


ON_PAGE: Final = Room(520.0, 700.0, 500.0)
"""What a browser prints on: A4 upright."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of a scene and its size on paper, in points.

    Parameters
    ----------
    number : int
        From 1; 0 where the whole picture is on this one.
    tile : Rect
        Its own part of the picture; lines are cut at its edges.
    window : Rect
        What is drawn: the tile, and round it room for labels, tags and the edge.
    homes : frozenset of str
        Boxes drawn on it.
    squares : (int, int)
        How many squares its places are told by, across and down.
    """

    window: Rect
    paper: tuple[float, float]
    number: int
    tile: Rect
    homes: frozenset[str]
    squares: tuple[int, int] = (1, 1)
    tags: tuple[Tag, ...] = ()
    ends: tuple[End, ...] = ()

    @property
    def inside(self) -> Rect:
        """What lies within the edge."""
        return _grown(self.window, -FRAME, -FRAME) if self.number else self.window


def whole(scene: Scene, scale: float = _LARGEST) -> Sheet:
    """Give the whole scene as one sheet."""
    # words under the lane may stand a little below everything else
    height = max([scene.height, *(caption.y + _PAD / 2 for caption in scene.captions)])
    paper = (round(scene.width * scale, 1), round(height * scale, 1))
    window = Rect(0.0, 0.0, scene.width, height)
    return Sheet(window, paper, 0, window, frozenset(box.id for box in scene.boxes))


def cut_sheets(scene: Scene, room: Room = ON_PAGE) -> tuple[Sheet, ...]:
    """Cut a scene into sheets: one where it fits, none where there would be too many."""
    least = _SMALLEST_POINTS / scene.smallest_text
    for height in (room.beside, room.height):
        scale = min(_LARGEST, room.width / scene.width, height / scene.height)
        if scale >= least:
            return (whole(scene, scale),)
    across, down = room.width / least, room.height / least
    edge = 2 * (FRAME + _PAD)
    gutter = (_LABEL, 0.0) if scene.direction == "down" else (0.0, _LABEL_ABOVE)
    tiles = lay_tiles(
        scene,
        across - edge - (gutter[0] if scene.bands else 0.0) - 2 * _TAG,
        down - edge - (gutter[1] if scene.bands else 0.0) - 2 * _TAG,
    )
    if len(tiles) > MOST_SHEETS:
        return ()
    return _set_out(scene, tiles, room, least)


def _set_out(scene: Scene, tiles: Sequence[Tile], room: Room, least: float) -> tuple[Sheet, ...]:
    """Give each tile its window, and name on each tag where its line goes on."""
    joints = find_joints(scene, tiles)
    sheets = []
    for number, tile in enumerate(tiles, start=1):
        window = _window(scene, tile, {end.side for end in joints if end.tile == number - 1})
        scale = min(least * 1.02, room.width / window.width, room.height / window.height)
        paper = (round(window.width * scale, 1), round(window.height * scale, 1))
        squares = tuple(max(1, round(side / _SQUARE_POINTS)) for side in paper)
        sheets.append(Sheet(window, paper, number, tile.rect, tile.homes, (squares[0], squares[1])))
    named = name_joints(joints, tiles, lambda tile, at: f"{tile + 1}-{square_of(sheets[tile], at)}")
    return tuple(
        replace(
            sheet,
            tags=tuple(tag for tag in named if tag.tile == index),
            ends=tuple(end for end in joints if end.tile == index),
        )
        for index, sheet in enumerate(sheets)
    )


def _window(scene: Scene, tile: Tile, sides: set[str]) -> Rect:
    rect = tile.content
    left = _PAD + (_TAG if "left" in sides else 0.0)
    top = _PAD + (_TAG if "top" in sides else 0.0)
    right = _PAD + (_TAG if "right" in sides else 0.0)
    bottom = _PAD + (_TAG if "bottom" in sides else 0.0)
    if scene.bands and scene.direction == "down":
        left += _LABEL
    elif scene.bands:
        top += _LABEL_ABOVE
    return Rect(
        round(rect.x - left - FRAME, 1),
        round(rect.y - top - FRAME, 1),
        round(rect.width + left + right + 2 * FRAME, 1),
        round(rect.height + top + bottom + 2 * FRAME, 1),
    )


def square_of(sheet: Sheet, at: Point) -> str:
    """Name the square of a sheet in which a point lies.

    Examples
    --------
    >>> page = Rect(0.0, 0.0, 36.0 + 300.0, 36.0 + 400.0)
    >>> sheet = Sheet(page, (200.0, 260.0), 1, page, frozenset(), (3, 4))
    >>> square_of(sheet, (20.0, 20.0)), square_of(sheet, (310.0, 330.0)), square_of(sheet, (0, 999))
    ('A1', 'C4', 'A4')
    """
    inside = sheet.inside
    column = _step(at[0] - inside.x, inside.width, sheet.squares[0])
    row = _step(at[1] - inside.y, inside.height, sheet.squares[1])
    return f"{chr(ord('A') + column)}{row + 1}"


def _step(value: float, size: float, steps: int) -> int:
    return max(0, min(steps - 1, int(value / size * steps)))


def _grown(rect: Rect, x: float, y: float) -> Rect:
    return Rect(rect.x - x, rect.y - y, rect.width + 2 * x, rect.height + 2 * y)
