"""The lane beside a picture: boxes of hops that lead to no lower rank, and their lines."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tracer.report.geometry import Loop, Point, Rect, Route
from tracer.report.ordering import settle

__all__ = ["TRACK", "lane_room", "route_lanes"]

TRACK: Final = 7.0
"""Distance between lines that run side by side."""

_LANE_GAP: Final = 24.0
_STACK_GAP: Final = 8.0
_MARGIN: Final = 12.0


def lane_room(tracks: int) -> float:
    """Give the room between a picture and the boxes of its lane."""
    return TRACK * tracks + _LANE_GAP


def route_lanes(
    loops: Sequence[Loop],
    rank_of: Mapping[str, int],
    rects: Mapping[str, Rect],
    tops: Mapping[int, float],
    bottoms: Mapping[int, float],
    edge: float,
) -> tuple[dict[str, Rect], dict[str, Route]]:
    """Place the boxes of the lane right of `edge` and route their lines.

    The boxes stand in one column. A line leaves its party downwards, runs across just below that
    rank, along the lane on a track that is free there, and comes back just above the rank of the
    other party.
    """
    tops_of = _stack(loops, rank_of, tops, bottoms)
    spread: Counter[int] = Counter()
    ports: Counter[tuple[str, str]] = Counter()
    tracks = _Tracks()
    found: list[_Way] = []
    for loop in sorted(loops, key=lambda loop: tops_of[loop.id]):
        y = tops_of[loop.id]
        tail, head = rects[loop.tail], rects[loop.head]
        below, above = rank_of[loop.tail] + 1, rank_of[loop.head]
        spread[below] += 1
        leaving = bottoms[rank_of[loop.tail]] + TRACK * spread[below]
        spread[above] += 1
        coming = tops[rank_of[loop.head]] - TRACK * spread[above] - _STACK_GAP / 2
        enters, leaves = y + loop.height * 2 / 3, y + loop.height / 3
        found.append(
            _Way(
                loop,
                (_port(tail, ports, (loop.tail, "bottom")), tail.y + tail.height),
                (_port(head, ports, (loop.head, "top")), head.y),
                (leaving, enters, leaves, coming),
                (tracks.take(leaving, enters), tracks.take(leaves, coming)),
            )
        )
    start = edge + _LANE_GAP / 2
    left = edge + lane_room(tracks.used)
    placed: dict[str, Rect] = {}
    routes: dict[str, Route] = {}
    for way in found:
        (x1, y1), (x2, y2) = way.start, way.end
        leaving, enters, leaves, coming = way.levels
        x_up, x_down = (start + TRACK * track for track in way.tracks)
        loop = way.loop
        placed[loop.id] = Rect(left, tops_of[loop.id], loop.width, loop.height)
        up = ((x1, y1), (x1, leaving), (x_up, leaving), (x_up, enters), (left, enters))
        down = ((left, leaves), (x_down, leaves), (x_down, coming), (x2, coming), (x2, y2))
        routes[loop.up] = Route(up, square=True)
        routes[loop.down] = Route(down, square=True)
    return placed, routes


@dataclass(frozen=True, slots=True)
class _Way:
    """Where the two lines of a box in the lane run: ends, heights, and tracks."""

    loop: Loop
    start: Point
    end: Point
    levels: tuple[float, float, float, float]
    tracks: tuple[int, int]


class _Tracks:
    """Tracks side by side; two lines share one where their stretches do not meet."""

    def __init__(self) -> None:
        self._taken: list[list[tuple[float, float]]] = []

    @property
    def used(self) -> int:
        """How many there are."""
        return len(self._taken)

    def take(self, one: float, other: float) -> int:
        """Take the first track that is free between two heights."""
        low, high = min(one, other) - TRACK, max(one, other) + TRACK
        for index, stretches in enumerate(self._taken):
            if all(high <= first or last <= low for first, last in stretches):
                stretches.append((low, high))
                return index
        self._taken.append([(low, high)])
        return len(self._taken) - 1


def _stack(
    loops: Sequence[Loop],
    rank_of: Mapping[str, int],
    tops: Mapping[int, float],
    bottoms: Mapping[int, float],
) -> dict[str, float]:
    """Give every box of the lane its top: half way between its parties where there is room."""
    wanted = {
        loop.id: (bottoms[rank_of[loop.tail]] + tops[rank_of[loop.head]]) / 2 for loop in loops
    }
    heights = {loop.id: loop.height for loop in loops}
    ends = {loop.id: (loop.tail, loop.head) for loop in loops}
    order = sorted(wanted, key=lambda name: (wanted[name], ends[name]))
    weights = dict.fromkeys(order, 1.0)
    centres = settle(order, wanted, heights, _STACK_GAP, weights)
    return {name: centres[name] - heights[name] / 2 for name in order}


def _port(rect: Rect, taken: Counter[tuple[str, str]], side: tuple[str, str]) -> float:
    """Take the next free place from the right end of a side."""
    place = rect.x + rect.width - _MARGIN - min(taken[side] * TRACK, rect.width / 2 - _MARGIN)
    taken[side] += 1
    return place
