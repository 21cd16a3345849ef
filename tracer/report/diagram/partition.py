"""Which part of a large picture goes on which sheet of paper.

A picture is cut between its ranks into strips, and each strip across into tiles, where as few
boxes as can be stand in the way; a box in the way is at home on the sheet with its middle.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tracer.report.geometry import Rect
from tracer.report.scene import Scene, SceneBox

__all__ = ["Tile", "lay_tiles"]

_AIR: Final = 10.0
_PART: Final = 4.0
_IN_THE_WAY: Final = 1.0
_TOO_LARGE: Final = 1000.0
_UNLIKED: Final = 0.2

_Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tile:
    """One part of a picture.

    Parameters
    ----------
    rect : Rect
        Its own part: tiles do not overlap; where none lies, no box stands.
    content : Rect
        The room its boxes take, and the tile where lines run.
    """

    rect: Rect
    content: Rect
    homes: frozenset[str]


def lay_tiles(scene: Scene, across: float, down: float) -> tuple[Tile, ...]:
    """Cut a picture into tiles whose content fits a width and a height, in reading order."""
    is_down = scene.direction == "down"
    size = (scene.width, scene.height)
    spans = {box.id: _span(box.rect, is_down) for box in scene.boxes}
    rooms = (down, across) if is_down else (across, down)
    tiles = []
    for strip in _parts(list(spans.values()), (0.0, size[is_down]), rooms[0], scene.cuts):
        boxes = [box for box in scene.boxes if _is_within(spans[box.id], strip)]
        beside = [_span(box.rect, not is_down) for box in boxes]
        if not beside:
            continue
        extent = (min(beside)[0] - _AIR, max(high for _, high in beside) + _AIR)
        for part in _parts(beside, extent, rooms[1], ()):
            homes = [b for b in boxes if _is_within(_span(b.rect, not is_down), part)]
            if homes:
                tiles.append(_tile(strip, part, homes, is_down))
    return tuple(tiles)


def _tile(strip: _Span, part: _Span, homes: Collection[SceneBox], is_down: bool) -> Tile:
    rect = _rect(part, strip) if is_down else _rect(strip, part)
    rects = [box.rect for box in homes]
    left = min([rect.x, *(each.x for each in rects)])
    top = min([rect.y, *(each.y for each in rects)])
    right = max([rect.x + rect.width, *(each.x + each.width for each in rects)])
    bottom = max([rect.y + rect.height, *(each.y + each.height for each in rects)])
    content = Rect(left, top, round(right - left, 1), round(bottom - top, 1))
    return Tile(rect, content, frozenset(box.id for box in homes))


def _rect(x: _Span, y: _Span) -> Rect:
    return Rect(x[0], y[0], round(x[1] - x[0], 1), round(y[1] - y[0], 1))


def _span(rect: Rect, is_upright: bool) -> _Span:
    return (rect.y, rect.y + rect.height) if is_upright else (rect.x, rect.x + rect.width)


def _is_within(span: _Span, part: _Span) -> bool:
    return part[0] <= (span[0] + span[1]) / 2 < part[1]


def _parts(
    spans: Sequence[_Span], extent: _Span, room: float, liked: Collection[float]
) -> list[_Span]:
    """Cut a length into parts that fit a room: fewest first, then fewest boxes in the way.

    What is in the way lengthens the part it is at home in. A part that nothing can make fit, a
    single box larger than the room at most, is taken as it is.
    """
    first_stop, last_stop = extent
    if last_stop - first_stop <= room:
        return [extent]
    edges = {round(low - _AIR, 1) for low, _ in spans} | {
        round(high + _AIR, 1) for _, high in spans
    }
    inner = sorted(edge for edge in {*edges, *liked} if first_stop < edge < last_stop)
    stops = [first_stop, *inner, last_stop]
    lows, highs = sorted(low for low, _ in spans), sorted(high for _, high in spans)
    costs = [_cost(lows, highs, stop, liked) for stop in stops[:-1]] + [0.0]
    by_middle = sorted(spans, key=sum)
    middles = [sum(span) / 2 for span in by_middle]
    reached = [bisect_right(middles, stop - 1e-9) for stop in stops]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(stops)):
        found = (float("inf"), end - 1)
        # walking back, a part only gains boxes: its bounds are kept, not sought again
        low, high, first = float("inf"), stops[end], reached[end]
        for start in range(end - 1, -1, -1):
            if stops[end] - stops[start] > room and start < end - 1:
                break
            while first > reached[start]:
                first -= 1
                low, high = min(low, by_middle[first][0]), max(high, by_middle[first][1])
            cost = best[start][0] + _PART + costs[end]
            cost += _TOO_LARGE * max(high - min(low, stops[start]) - room, 0.0)
            if cost < found[0]:
                found = (cost, start)
        best.append(found)
    cuts = [len(stops) - 1]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    ends = [stops[at] for at in reversed(cuts)]
    return list(pairwise(ends))


def _cost(
    lows: Sequence[float], highs: Sequence[float], stop: float, liked: Collection[float]
) -> float:
    """Weigh a cut: boxes in its way, and a little where no layer ends."""
    in_the_way = bisect_left(lows, stop) - bisect_right(highs, stop)
    return in_the_way * _IN_THE_WAY + (_UNLIKED if liked and stop not in liked else 0.0)
