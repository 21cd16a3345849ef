"""Order and cross positions of boxes in ranks: few crossings, straight lines, no chance in it."""

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from itertools import pairwise

__all__ = ["count_crossings", "order_ranks", "settle", "spread"]

_SWEEPS = 12
_PASSES = 8
Ranks = list[list[str]]
Neighbours = Mapping[str, Sequence[str]]


def order_ranks(
    ranks: Sequence[Sequence[str]], below: Neighbours, above: Neighbours, zones: Mapping[str, int]
) -> Ranks:
    """Order every rank by barycentres, downwards and upwards in turn; the best order is kept.

    Parameters
    ----------
    ranks : sequence of sequences of str
        Ids rank by rank, in a first order that decides ties.
    below, above : Mapping
        Neighbours in the next and in the last rank.
    zones : Mapping
        Boxes of a lower zone always stand before those of a higher one.

    Examples
    --------
    >>> below = {"a": ["y"], "b": ["x"], "x": [], "y": []}
    >>> above = {"x": ["b"], "y": ["a"]}
    >>> order_ranks([["a", "b"], ["x", "y"]], below, above, dict.fromkeys("abxy", 0))
    [['a', 'b'], ['y', 'x']]
    """
    current = _first_order(ranks, below, zones)
    best, fewest = [list(rank) for rank in current], count_crossings(current, below)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        downwards = sweep % 2 == 0
        span = range(1, len(current)) if downwards else range(len(current) - 2, -1, -1)
        for index in span:
            fixed = current[index - 1 if downwards else index + 1]
            place = {name: position for position, name in enumerate(fixed)}
            current[index] = _by_barycentre(
                current[index], place, above if downwards else below, zones
            )
        crossings = count_crossings(current, below)
        if crossings < fewest:
            best, fewest = [list(rank) for rank in current], crossings
    return best


def _first_order(
    ranks: Sequence[Sequence[str]], below: Neighbours, zones: Mapping[str, int]
) -> Ranks:
    """Follow the lines depth first: what hangs together starts out side by side."""
    seen: dict[str, int] = {}
    for rank in ranks:
        for root in rank:
            stack = [root]
            while stack:
                name = stack.pop()
                if name not in seen:
                    seen[name] = len(seen)
                    stack.extend(reversed(below.get(name, ())))
    return [sorted(rank, key=lambda name: (zones[name], seen[name])) for rank in ranks]


def _by_barycentre(
    rank: Sequence[str],
    place: Mapping[str, int],
    neighbours: Neighbours,
    zones: Mapping[str, int],
) -> list[str]:
    def key(indexed: tuple[int, str]) -> tuple[int, float]:
        index, name = indexed
        places = [place[other] for other in neighbours.get(name, ()) if other in place]
        return zones[name], sum(places) / len(places) if places else float(index)

    return [name for _, name in sorted(enumerate(rank), key=key)]


def count_crossings(ranks: Sequence[Sequence[str]], below: Neighbours) -> int:
    """Count pairs of lines between adjacent ranks that cross.

    Examples
    --------
    >>> count_crossings([["a", "b"], ["x", "y"]], {"a": ["y"], "b": ["x"]})
    1
    """
    crossings = 0
    for upper, lower in pairwise(ranks):
        place = {name: position for position, name in enumerate(lower)}
        ends: list[int] = []
        for name in upper:
            mine = sorted(place[other] for other in below.get(name, ()) if other in place)
            crossings += sum(len(ends) - bisect_right(ends, end) for end in mine)
            for end in mine:
                insort(ends, end)
    return crossings


def spread(
    ranks: Sequence[Sequence[str]],
    below: Neighbours,
    above: Neighbours,
    widths: Mapping[str, float],
    gap: float,
    weights: Mapping[str, float],
) -> dict[str, float]:
    """Give every box a centre across its rank: near its neighbours, and never overlapping.

    Each pass solves one rank exactly (isotonic regression: the closest places to those wanted
    that keep the order and the distances).
    """
    centres: dict[str, float] = {}
    rooms = [_offsets(rank, widths, gap) for rank in ranks]
    placed = list(zip(ranks, rooms, strict=True))
    for rank, offsets in placed:
        centres.update(_pooled(rank, dict.fromkeys(rank, 0.0), offsets, weights))
    still = 0
    for number in range(_PASSES):
        both = number >= _PASSES - 2
        if still >= 2 and not both:  # a way down and a way up moved nothing, nor will the next
            continue
        downwards = number % 2 == 0
        sides = (above, below) if both else ((above,) if downwards else (below,))
        before = centres.copy()
        for rank, offsets in placed if downwards else reversed(placed):
            wanted: dict[str, float] = {}
            for name in rank:
                near = [centres[other] for side in sides for other in side.get(name, ())]
                wanted[name] = sum(near) / len(near) if near else centres[name]
            centres.update(_pooled(rank, wanted, offsets, weights))
        still = still + 1 if centres == before else 0
    return centres


def settle(
    rank: Sequence[str],
    wanted: Mapping[str, float],
    widths: Mapping[str, float],
    gap: float,
    weights: Mapping[str, float],
) -> dict[str, float]:
    """Place one rank as near to the wanted centres as order and distances allow.

    Pools adjacent violators over the wanted centres less the room taken up before them.

    Examples
    --------
    >>> settle(["a", "b"], {"a": 0, "b": 0}, {"a": 10, "b": 10}, 4, {"a": 1, "b": 1})
    {'a': -7.0, 'b': 7.0}
    """
    return _pooled(rank, wanted, _offsets(rank, widths, gap), weights)


def _offsets(rank: Sequence[str], widths: Mapping[str, float], gap: float) -> list[float]:
    """Give the room taken up before each box of a rank."""
    offsets = [0.0] if rank else []
    for before, name in pairwise(rank):
        offsets.append(offsets[-1] + ((widths[before] + widths[name]) / 2 + gap))
    return offsets


def _pooled(
    rank: Sequence[str],
    wanted: Mapping[str, float],
    offsets: Sequence[float],
    weights: Mapping[str, float],
) -> dict[str, float]:
    if len(rank) == 1:
        return {rank[0]: wanted[rank[0]]}
    blocks: list[tuple[float, float, int]] = []
    for name, offset in zip(rank, offsets, strict=True):
        weight, count = weights[name], 1
        total = (wanted[name] - offset) * weight
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / weight:
            before = blocks.pop()
            total, weight, count = total + before[0], weight + before[1], count + before[2]
        blocks.append((total, weight, count))
    levels = [total / weight for total, weight, count in blocks for _ in range(count)]
    return {name: level + offset for name, level, offset in zip(rank, levels, offsets, strict=True)}
