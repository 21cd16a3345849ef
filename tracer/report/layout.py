"""Places for the boxes of a picture and routes for its lines: ranks as bands, lanes beside them.

Everything is worked out top-down; a left-right picture is the same with its axes exchanged.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from tracer.report.geometry import Box, Direction, Layout, Loop, Point, Rect, Route, Wire
from tracer.report.lanes import TRACK, lane_room, route_lanes
from tracer.report.ordering import order_ranks, spread

__all__ = ["arrange", "estimate"]

RANK_GAP: Final = 18.0
BOX_GAP: Final[Mapping[Direction, float]] = {"down": 16.0, "right": 11.0}
ZONE_GAP: Final = 40.0
_PORT_STEP: Final = 22.0
_BEND_WEIGHT: Final = 3.0
_REACH: Final = 160.0
_MOST_SLACK: Final = 70.0


def arrange(
    boxes: Sequence[Box],
    wires: Sequence[Wire],
    loops: Sequence[Loop] = (),
    direction: Direction = "down",
    gap: float | None = None,
) -> Layout:
    """Place boxes and route lines; equal input gives equal output, to the last digit.

    Parameters
    ----------
    boxes, wires, loops
        What is to be placed.
    direction : {"down", "right"}
        Where the ranks follow one another.
    gap : float, optional
        Between boxes of a rank; that of the direction when left out.

    Examples
    --------
    >>> layout = arrange([Box("a", 40, 20, 0), Box("b", 40, 20, 1)], [Wire("w", "a", "b")])
    >>> layout.rects["a"], layout.rects["b"].y > 20
    (Rect(x=0.0, y=0.0, width=40, height=20), True)
    """
    between = BOX_GAP[direction] if gap is None else gap
    if direction == "right":
        turned = _arrange(
            [replace(box, width=box.height, height=box.width) for box in boxes],
            wires,
            [replace(loop, width=loop.height, height=loop.width) for loop in loops],
            between,
        )
        return _turn(turned)
    return _arrange(boxes, wires, loops, between)


def estimate(
    boxes: Sequence[Box], loops: Sequence[Loop], direction: Direction
) -> tuple[float, float]:
    """Say how wide and how high a picture will be at least, without laying it out.

    Examples
    --------
    >>> estimate([Box("a", 40, 20, 0), Box("b", 60, 20, 1)], (), "down")
    (60.0, 58.0)
    """
    down = direction == "down"
    along: dict[int, float] = {}
    across: dict[int, float] = {}
    for box in boxes:
        length, breadth = (box.height, box.width) if down else (box.width, box.height)
        along[box.rank] = max(along.get(box.rank, 0.0), length)
        across[box.rank] = across.get(box.rank, -BOX_GAP[direction]) + breadth + BOX_GAP[direction]
    length = sum(along.values()) + RANK_GAP * (len(along) - 1)
    breadth = max(across.values(), default=0.0)
    if loops:
        breadth += lane_room(2 * len(loops)) + max(x.width if down else x.height for x in loops)
    return (breadth, length) if down else (length, breadth)


def _arrange(
    boxes: Sequence[Box], wires: Sequence[Wire], loops: Sequence[Loop], gap: float
) -> Layout:
    grid = _Grid(boxes, wires, gap)
    centres = grid.centres()
    channels = _channels(boxes, loops)
    tops, bottoms, height = _stack(boxes, channels, grid.slack(centres))
    rects = {
        box.id: Rect(
            centres[box.id] - box.width / 2,
            (tops[box.rank] + bottoms[box.rank] - box.height) / 2,
            box.width,
            box.height,
        )
        for box in boxes
    }
    routes = _wire_routes(wires, grid, centres, rects, tops, bottoms)
    edge = max((rect.x + rect.width for rect in rects.values()), default=0.0)
    edge = max([edge, *(centres[name] for name in grid.bends)])
    lanes, lane_routes = route_lanes(
        loops, {box.id: box.rank for box in boxes}, rects, tops, bottoms, edge
    )
    rects |= lanes
    routes |= lane_routes
    # a tall box in the lane may rise above the first rank
    drop = -min([0.0, *(rect.y for rect in rects.values())])
    return Layout(
        "down",
        round(max((rect.x + rect.width for rect in rects.values()), default=0.0), 1),
        round(max([height, *(rect.y + rect.height for rect in rects.values())]) + drop, 1),
        {key: _moved(rect, drop) for key, rect in rects.items()},
        {key: _moved_route(route, drop) for key, route in routes.items()},
        {rank: (round(tops[rank] + drop, 1), round(bottoms[rank] + drop, 1)) for rank in tops},
        _zone_extents(boxes, rects),
    )


class _Grid:
    """Boxes and bends of long lines in ranks, and who neighbours whom."""

    def __init__(self, boxes: Sequence[Box], wires: Sequence[Wire], gap: float) -> None:
        self.gap = gap
        self.boxes = {box.id: box for box in boxes}
        span = {box.rank for box in boxes}
        self.ranks: list[list[str]] = [
            [] for _ in range(max(span, default=-1) - min(span, default=0) + 1)
        ]
        self.first = min(span, default=0)
        for box in boxes:
            self.ranks[box.rank - self.first].append(box.id)
        self.below: dict[str, list[str]] = {}
        self.above: dict[str, list[str]] = {}
        self.bends: dict[str, int] = {}
        self.chains: dict[str, list[str]] = {}
        for wire in wires:
            self._thread(wire)

    def _thread(self, wire: Wire) -> None:
        tail, head = self.boxes[wire.tail], self.boxes[wire.head]
        chain = [wire.tail]
        for rank in range(tail.rank + 1, head.rank):
            bend = f"{wire.id}@{rank}"
            self.bends[bend] = max(tail.zone, head.zone)
            self.ranks[rank - self.first].append(bend)
            chain.append(bend)
        chain.append(wire.head)
        for upper, lower in pairwise(chain):
            self.below.setdefault(upper, []).append(lower)
            self.above.setdefault(lower, []).append(upper)
        self.chains[wire.id] = chain

    def centres(self) -> dict[str, float]:
        """Cross position of every box and bend, the leftmost box edge at 0."""
        zones = {name: box.zone for name, box in self.boxes.items()} | self.bends
        self.ranks = order_ranks(self.ranks, self.below, self.above, zones)
        widths = {name: box.width for name, box in self.boxes.items()} | dict.fromkeys(
            self.bends, 4.0
        )
        weights = dict.fromkeys(self.boxes, 1.0) | dict.fromkeys(self.bends, _BEND_WEIGHT)
        # a line from another zone would pull a box out of line with its own
        below, above = _within(self.below, zones), _within(self.above, zones)
        found = spread(self.ranks, below, above, widths, self.gap, weights)
        return self._part_zones(found, zones, widths)

    def slack(self, centres: Mapping[str, float]) -> dict[int, float]:
        """Room above each rank for lines that run far across: steep curves would merge."""
        found: dict[int, float] = {}
        for index, rank in enumerate(self.ranks[1:], start=1):
            reach = max(
                (
                    abs(centres[name] - centres[upper])
                    for name in rank
                    for upper in self.above.get(name, ())
                ),
                default=0.0,
            )
            found[index + self.first] = min(max((reach - _REACH) * 0.12, 0.0), _MOST_SLACK)
        return found

    def _part_zones(
        self, found: dict[str, float], zones: Mapping[str, int], widths: Mapping[str, float]
    ) -> dict[str, float]:
        edge: float | None = None
        for zone in sorted(set(zones.values())):
            members = [name for name in found if zones[name] == zone]
            start = min(found[name] - widths[name] / 2 for name in members)
            shift = -start if edge is None else max(edge + ZONE_GAP - start, 0.0)
            for name in members:
                found[name] += shift
            edge = max(found[name] + widths[name] / 2 for name in members)
        return found


def _within(
    neighbours: Mapping[str, Sequence[str]], zones: Mapping[str, int]
) -> Mapping[str, Sequence[str]]:
    """Keep the neighbours in the same zone."""
    if len(set(zones.values())) < 2:
        return neighbours
    return {
        name: [other for other in others if zones[other] == zones[name]]
        for name, others in neighbours.items()
    }


def _channels(boxes: Sequence[Box], loops: Iterable[Loop]) -> dict[int, int]:
    """How many lane lines run across between rank r - 1 and rank r."""
    rank_of = {box.id: box.rank for box in boxes}
    used: dict[int, int] = {}
    for loop in loops:
        for channel in (rank_of[loop.tail] + 1, rank_of[loop.head]):
            used[channel] = used.get(channel, 0) + 1
    return used


def _stack(
    boxes: Sequence[Box], channels: Mapping[int, int], slack: Mapping[int, float]
) -> tuple[dict[int, float], dict[int, float], float]:
    heights: dict[int, float] = {}
    for box in boxes:
        heights[box.rank] = max(heights.get(box.rank, 0.0), box.height)
    tops: dict[int, float] = {}
    bottoms: dict[int, float] = {}
    y = channels.get(min(heights, default=0), 0) * TRACK + (
        TRACK if channels.get(min(heights, default=0)) else 0.0
    )
    span = range(min(heights, default=0), max(heights, default=-1) + 1)
    for rank in span:
        if rank > span.start:
            y += RANK_GAP + slack.get(rank, 0.0) + TRACK * channels.get(rank, 0)
        tops[rank] = y
        y += heights.get(rank, 0.0)
        bottoms[rank] = y
    last = channels.get(span.stop, 0)
    return tops, bottoms, y + (TRACK * (last + 1) if last else 0.0)


def _wire_routes(
    wires: Sequence[Wire],
    grid: _Grid,
    centres: Mapping[str, float],
    rects: Mapping[str, Rect],
    tops: Mapping[int, float],
    bottoms: Mapping[int, float],
) -> dict[str, Route]:
    starts = _ports(wires, grid, centres, rects, lower=True)
    ends = _ports(wires, grid, centres, rects, lower=False)
    routes = {}
    for wire in wires:
        tail, head = rects[wire.tail], rects[wire.head]
        points: list[Point] = [(starts[wire.id], tail.y + tail.height)]
        for bend in grid.chains[wire.id][1:-1]:
            rank = int(bend.rpartition("@")[2])
            points += [(centres[bend], tops[rank]), (centres[bend], bottoms[rank])]
        points.append((ends[wire.id], head.y))
        routes[wire.id] = Route(tuple(points))
    return routes


def _ports(
    wires: Sequence[Wire],
    grid: _Grid,
    centres: Mapping[str, float],
    rects: Mapping[str, Rect],
    *,
    lower: bool,
) -> dict[str, float]:
    """Spread the lines along the side of each box, in the order of where they lead."""
    at: dict[str, list[tuple[float, str]]] = {}
    for wire in wires:
        chain = grid.chains[wire.id]
        box, other = (chain[0], chain[1]) if lower else (chain[-1], chain[-2])
        at.setdefault(box, []).append((centres[other], wire.id))
    ports = {}
    for box, ends in at.items():
        rect = rects[box]
        step = min(_PORT_STEP, rect.width * 0.8 / len(ends))
        left = rect.centre[0] - step * (len(ends) - 1) / 2
        for index, (_, wire_id) in enumerate(sorted(ends)):
            ports[wire_id] = left + index * step
    return ports


def _zone_extents(
    boxes: Sequence[Box], rects: Mapping[str, Rect]
) -> dict[int, tuple[float, float]]:
    extents: dict[int, tuple[float, float]] = {}
    for box in boxes:
        rect = rects[box.id]
        low, high = extents.get(box.zone, (rect.x, rect.x))
        extents[box.zone] = (min(low, rect.x), max(high, rect.x + rect.width))
    return {zone: (round(low, 1), round(high, 1)) for zone, (low, high) in sorted(extents.items())}


def _moved(rect: Rect, down: float) -> Rect:
    return Rect(round(rect.x, 1), round(rect.y + down, 1), rect.width, rect.height)


def _moved_route(route: Route, down: float) -> Route:
    points = tuple((round(x, 1), round(y + down, 1)) for x, y in route.points)
    return Route(points, route.square)


def _turn(layout: Layout) -> Layout:
    """Exchange the axes."""
    return Layout(
        "right",
        layout.height,
        layout.width,
        {key: Rect(r.y, r.x, r.height, r.width) for key, r in layout.rects.items()},
        {
            key: Route(tuple((y, x) for x, y in route.points), route.square)
            for key, route in layout.routes.items()
        },
        layout.ranks,
        layout.zones,
    )
