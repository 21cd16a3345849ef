"""The lane beside a picture: boxes of hops that lead to no lower rank, and their lines."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from tracer.report.geometry import Loop, Rect, Route
from tracer.report.ordering import settle

__all__ = ["TRACK", "lane_room", "route_lanes"]

TRACK: Final = 7.0
"""Distance between lines that run side by side."""

_LANE_GAP: Final = 30.0
_STACK_GAP: Final = 8.0
_MARGIN: Final = 12.0


def lane_room(loops: int) -> float:
    """Give the room between a picture and the boxes of its lane: two tracks for each of them."""
    return TRACK * 2 * loops + _LANE_GAP


def route_lanes(
    loops: Sequence[Loop],
    rank_of: Mapping[str, int],
    rects: Mapping[str, Rect],
    tops: Mapping[int, float],
    bottoms: Mapping[int, float],
    edge: float,
) -> tuple[dict[str, Rect], dict[str, Route]]:
    """Place the boxes of the lane right of `edge` and route their lines.

    The boxes stand in one column, each with two tracks of its own. A line leaves its party
    downwards, runs across just below that rank, along the lane, and comes back just above the
    rank of the other party.
    """
    tops_of = _stack(loops, rank_of, tops, bottoms)
    start = edge + _LANE_GAP / 2
    left = edge + lane_room(len(loops))
    tracks: Counter[int] = Counter()
    ports: Counter[tuple[str, str]] = Counter()
    placed: dict[str, Rect] = {}
    routes: dict[str, Route] = {}
    for index, loop in enumerate(sorted(loops, key=lambda loop: tops_of[loop.id])):
        y = tops_of[loop.id]
        tail, head = rects[loop.tail], rects[loop.head]
        placed[loop.id] = Rect(left, y, loop.width, loop.height)
        below, above = rank_of[loop.tail] + 1, rank_of[loop.head]
        tracks[below] += 1
        leaving = bottoms[rank_of[loop.tail]] + TRACK * tracks[below]
        tracks[above] += 1
        coming = tops[rank_of[loop.head]] - TRACK * tracks[above] - _STACK_GAP / 2
        x1 = _port(tail, ports, (loop.tail, "bottom"))
        x2 = _port(head, ports, (loop.head, "top"))
        x_up, x_down = start + TRACK * (2 * index + 1), start + TRACK * 2 * index
        enters, leaves = y + loop.height * 2 / 3, y + loop.height / 3
        up = ((x1, tail.y + tail.height), (x1, leaving), (x_up, leaving), (x_up, enters))
        down = ((x_down, leaves), (x_down, coming), (x2, coming), (x2, head.y))
        routes[loop.up] = Route((*up, (left, enters)), square=True)
        routes[loop.down] = Route(((left, leaves), *down), square=True)
    return placed, routes


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
