"""Cuts a scene into parts that fit A4 upright with text no smaller than 8 points."""

from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from typing import Final

from tracer.report.geometry import Point, Rect, Route
from tracer.report.scene import Mark, Scene

__all__ = ["MOST_SHEETS", "Joint", "Sheet", "cut_sheets", "whole"]

_PAPER: Final = (520.0, 700.0)
"""Points of an A4 page within its margins, less a line for the caption."""

_BESIDE: Final = 500.0
"""Height left on the first page, under the headline."""

_GLANCE: Final = 380.0
"""Height of the whole at a glance, on the first page."""

MOST_SHEETS: Final = 24
"""A picture that needs more is printed at a glance only; the list of evidence is complete."""

_LARGEST: Final = 0.75
_SMALLEST_POINTS: Final = 8.0
_BLEED: Final = 12.0


@dataclass(frozen=True, slots=True)
class Joint:
    """Where a line leaves one sheet and comes back on the next, under the same label."""

    label: str
    at: Point


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of a scene and its size on paper, in points.

    Parameters
    ----------
    row, column : int
        Place among the sheets, from 1; 0 for the whole at a glance.
    """

    window: Rect
    paper: tuple[float, float]
    row: int
    column: int
    joints: tuple[Joint, ...] = ()


def whole(scene: Scene, scale: float = _LARGEST) -> Sheet:
    """Give the whole scene as one sheet."""
    paper = (round(scene.width * scale, 1), round(scene.height * scale, 1))
    return Sheet(Rect(0.0, 0.0, scene.width, scene.height), paper, 1, 1)


def cut_sheets(scene: Scene) -> tuple[Sheet, ...]:
    """Cut a scene into sheets, one where it fits.

    Else the first shows the whole at a glance; alone, it stands for a picture too large for paper.
    A sheet ends above a layer, never through a box; the lines it cuts carry numbered connectors.
    Across, sheets overlap by the widest box, so that every box stands whole on one of them.
    """
    least = _SMALLEST_POINTS / scene.smallest_text
    for room in (_BESIDE, _PAPER[1]):
        scale = min(_LARGEST, _PAPER[0] / scene.width, room / scene.height)
        if scale >= least:
            return (whole(scene, scale),)
    down = scene.direction == "down"
    size = (scene.width, scene.height)
    room_along, room_across = (_PAPER[down] / least, _PAPER[not down] / least)
    along = _along(scene.cuts, size[down], room_along - 2 * _BLEED)
    longest = max((box.rect.height if down else box.rect.width for box in scene.boxes), default=0.0)
    # what no cut can shorten, boxes in a lane at most, is laid out in overlapping parts
    along = [
        (round(start + low, 1), round(start + high, 1))
        for start, end in along
        for low, high in _across(end - start, room_along - 2 * _BLEED, longest)
    ]
    widest = max((box.rect.width if down else box.rect.height for box in scene.boxes), default=0.0)
    across = _across(size[not down], room_across, widest)
    glance = min(_PAPER[0] / scene.width, _GLANCE / scene.height)
    sheets = [replace(whole(scene, glance), row=0, column=0)]
    if len(along) * len(across) > MOST_SHEETS:
        return tuple(sheets)
    for row, (start, end) in enumerate(along, start=1):
        low, high = max(start - _BLEED, 0.0), min(end + _BLEED, size[down])
        for column, (left, right) in enumerate(across, start=1):
            if down:
                window = Rect(left, low, right - left, high - low)
            else:
                window = Rect(low, left, high - low, right - left)
            scale = min(least, _PAPER[0] / window.width, _PAPER[1] / window.height)
            joints = tuple(
                joint
                for cut in (start, end)
                if cut in scene.cuts
                for joint in _joints(scene, cut)
                if left <= joint.at[not down] <= right
            )
            paper = (round(window.width * scale, 1), round(window.height * scale, 1))
            place = (row, column) if down else (column, row)
            sheets.append(Sheet(window, paper, *place, joints))
    return tuple(sheets)


def _along(cuts: tuple[float, ...], size: float, room: float) -> list[tuple[float, float]]:
    """Fill each sheet with as many layers as it holds."""
    stops = [0.0]
    for cut, following in pairwise((*cuts, size)):
        if following - stops[-1] > room and cut > stops[-1]:
            stops.append(cut)
    return list(pairwise((*stops, size)))


def _across(size: float, room: float, widest: float) -> list[tuple[float, float]]:
    if size <= room or widest >= room:
        return [(0.0, size)]
    number = ceil((size - widest) / (room - widest))
    step = (size - room) / (number - 1)
    return [(round(step * index, 1), round(step * index + room, 1)) for index in range(number)]


def _joints(scene: Scene, cut: float) -> list[Joint]:
    """Label the lines that cross a cut, in the order in which they cross it."""
    down = scene.direction == "down"
    crossings = sorted({place for mark in scene.marks for place in _crossings(mark, cut, down)})
    number = scene.cuts.index(cut) + 1
    return [
        Joint(f"{number}.{index}", (place, cut) if down else (cut, place))
        for index, place in enumerate(crossings, start=1)
    ]


def _crossings(mark: Mark, cut: float, down: bool) -> list[float]:
    found = []
    for before, after in pairwise(mark.route.points):
        (a, along_a), (b, along_b) = (
            (before, after) if down else ((before[1], before[0]), (after[1], after[0]))
        )
        if min(along_a, along_b) < cut < max(along_a, along_b):
            share = (cut - along_a) / (along_b - along_a)
            found.append(round(a + (b - a) * _eased(share, mark.route), 1))
    return found


def _eased(share: float, route: Route) -> float:
    """How far across a curve has come when it is that far along (see `path_of`)."""
    if route.square:
        return share
    low, high = 0.0, 1.0
    for _ in range(30):
        t = (low + high) / 2
        along = 1.5 * (1 - t) ** 2 * t + 1.5 * (1 - t) * t**2 + t**3
        low, high = (t, high) if along < share else (low, t)
    return 3 * (1 - low) * low**2 + low**3
