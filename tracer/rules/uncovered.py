"""Messages on a hop that no contract of the same hop covers: TR301, TR302 and TR303 share them.

Each point (number, day) is one rule's alone, taken in the order TR302, TR303, TR301. Points on
which a contract of the hop is in force that names no segment are none of theirs: it may be the
very paper.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracer.graph.traffic import HopTraffic, Pair
from tracer.model.evidence import Contract
from tracer.model.period import join_days

if TYPE_CHECKING:
    from tracer.rules.inspection import Inspection

__all__ = ["LoosePoints", "Uncovered", "find_uncovered"]


@dataclass(frozen=True, slots=True)
class LoosePoints:
    """Points of one hop with messages that no contract of it covers.

    Parameters
    ----------
    points : dict of Point to PointTraffic
        At least one.
    contracts : tuple of Contract
        Those that nearly cover one.
    """

    points: HopTraffic
    contracts: tuple[Contract, ...] = ()


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Uncovered points by hop, each in one of three.

    Parameters
    ----------
    outside_term : Mapping of Pair to LoosePoints
        A contract of the hop covers the number on other days.
    outside_segment : Mapping of Pair to LoosePoints
        Else: a contract of the hop is in force that day, for other segments.
    without_contract : Mapping of Pair to LoosePoints
        Neither.
    """

    outside_term: Mapping[Pair, LoosePoints]
    outside_segment: Mapping[Pair, LoosePoints]
    without_contract: Mapping[Pair, LoosePoints]


def find_uncovered(case: "Inspection") -> Uncovered:
    """Find the messages in the window that no contract of their hop covers, access left out."""
    loose = dict(_loose_points(case))
    covering = _by_pair(case.found.evidence.contracts if loose else (), loose)
    outside_term = _sorted_out(loose, covering, _covering_number)
    rest = _without(loose, outside_term)
    elsewhere = _by_pair(case.papers.between(sorted(rest)) if rest else (), rest)
    outside_segment = _sorted_out(rest, elsewhere, _in_force)
    rest = _without(rest, outside_segment)
    return Uncovered(
        outside_term,
        outside_segment,
        {pair: LoosePoints(points) for pair, points in rest.items()},
    )


def _loose_points(case: "Inspection") -> Iterator[tuple[Pair, HopTraffic]]:
    """Give hops with points that no contract covers and none without a segment may explain."""
    has = case.found.scope.has
    for pair in case.carrying:
        records = case.records[pair]
        covered = case.holdings.on_paper(pair)
        blank = _Days(c.term.bounds() for c in case.particulars.unsegmented.get(pair, ()))
        points = {
            (number, day): here
            for (number, day), here in records.points.items()
            if here.messages and not has(covered, number, day) and day not in blank
        }
        if points:
            yield pair, points


class _Days:
    """The days of some terms."""

    def __init__(self, terms: Iterable[tuple[int, int]]) -> None:
        self._runs = join_days(terms)
        self._last = [last for _, last in self._runs]

    def __contains__(self, day: int) -> bool:
        place = bisect_left(self._last, day)
        return place < len(self._runs) and self._runs[place][0] <= day


_Nearly = Callable[[HopTraffic, Collection[Contract]], LoosePoints]


def _covering_number(points: HopTraffic, contracts: Collection[Contract]) -> LoosePoints:
    """Leave the points whose number a contract covers, on whatever days."""
    by_prefix: dict[str, list[Contract]] = defaultdict(list)
    for contract in contracts:
        for segment in contract.segments:
            by_prefix[segment.prefix].append(contract)
    met: set[str] = set()
    explained: dict[str, bool] = {}
    for number, _ in points:
        if number not in explained:
            prefixes = {number[:length] for length in range(1, len(number) + 1)}
            here = prefixes & by_prefix.keys()
            met |= here
            explained[number] = bool(here)
    return LoosePoints(
        {point: here for point, here in points.items() if explained[point[0]]},
        tuple(contract for prefix in sorted(met) for contract in by_prefix[prefix]),
    )


def _in_force(points: HopTraffic, contracts: Collection[Contract]) -> LoosePoints:
    """Leave the points on whose day a contract that names a segment is in force."""
    terms = [(c, c.term.bounds()) for c in contracts if c.segments]
    in_force = _Days(bounds for _, bounds in terms)
    left = {point: here for point, here in points.items() if point[1] in in_force}
    days = sorted({day for _, day in left})

    def has_day(first: int, last: int) -> bool:
        place = bisect_left(days, first)
        return place < len(days) and days[place] <= last

    return LoosePoints(left, tuple(c for c, bounds in terms if has_day(*bounds)))


def _sorted_out(
    loose: Mapping[Pair, HopTraffic],
    contracts: Mapping[Pair, Collection[Contract]],
    nearly: _Nearly,
) -> dict[Pair, LoosePoints]:
    """Give by hop the points that its contracts nearly cover in one way."""
    found = {
        pair: nearly(points, contracts[pair]) for pair, points in loose.items() if pair in contracts
    }
    return {pair: here for pair, here in found.items() if here.points}


def _without(
    loose: Mapping[Pair, HopTraffic], taken: Mapping[Pair, LoosePoints]
) -> dict[Pair, HopTraffic]:
    rest = {
        pair: {p: here for p, here in points.items() if p not in taken[pair].points}
        if pair in taken
        else points
        for pair, points in loose.items()
    }
    return {pair: points for pair, points in rest.items() if points}


def _by_pair(contracts: Iterable[Contract], pairs: Collection[Pair]) -> dict[Pair, list[Contract]]:
    found: dict[Pair, list[Contract]] = defaultdict(list)
    for contract in contracts:
        if (pair := (contract.upstream, contract.downstream)) in pairs:
            found[pair].append(contract)
    return found
