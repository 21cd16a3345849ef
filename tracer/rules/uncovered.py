"""Messages on a hop that no contract of the same hop covers: TR301, TR302 and TR303 share them.

Each point (number, day) is one rule's alone, taken in the order TR302, TR303, TR301. Points on
which a contract of the hop is in force that names no segment are none of theirs: it may be the
very paper.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracer.graph.traffic import HopTraffic, Pair, Point
from tracer.model.evidence import Contract
from tracer.model.finding import Finding
from tracer.rules.base import make_finding
from tracer.rules.inspection import join_segments
from tracer.rules.journal import span_of_days

if TYPE_CHECKING:
    from tracer.rules.inspection import Inspection

__all__ = ["LoosePoints", "Uncovered", "find_uncovered", "tell_uncovered"]


@dataclass(frozen=True, slots=True)
class LoosePoints:
    """Points of one hop with messages that no contract of it covers.

    Parameters
    ----------
    contracts : dict of int to Contract
        Those that nearly cover one, by identity: a contract may stand in equal rows.
    """

    points: HopTraffic = field(default_factory=dict)
    contracts: dict[int, Contract] = field(default_factory=dict)


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
    outside_term = _with_contracts(loose, _covering_number(case, loose))
    rest = _without(loose, outside_term)
    outside_segment = _with_contracts(rest, _in_force(case, rest))
    rest = _without(rest, outside_segment)
    return Uncovered(
        outside_term, outside_segment, {pair: LoosePoints(p) for pair, p in rest.items()}
    )


def tell_uncovered(
    rule: str, case: "Inspection", found: Mapping[Pair, LoosePoints]
) -> Iterator[Finding]:
    """Give one finding per hop."""
    for pair, loose in found.items():
        yield make_finding(
            rule,
            hops=[pair],
            contracts=loose.contracts.values(),
            refs=case.routing_refs(pair, loose.points),
            segment=join_segments(number for number, _ in loose.points),
            span=span_of_days([day for _, day in loose.points]),
            messages=sum(here.messages for here in loose.points.values()),
            values={"upstream": pair[0], "downstream": pair[1]},
        )


def _loose_points(case: "Inspection") -> Iterator[tuple[Pair, HopTraffic]]:
    """Give hops with points that no contract covers and none without a segment may explain."""
    has = case.found.scope.has
    for pair in case.found.hops.hops:
        records = case.records[pair]
        if not records.points:
            continue
        covered = case.holdings.on_paper(pair)
        blank = [c.term.bounds() for c in case.particulars.unsegmented.get(pair, ())]
        points = {
            (number, day): here
            for (number, day), here in records.points.items()
            if here.messages
            and not has(covered, number, day)
            and not any(first <= day <= last for first, last in blank)
        }
        if points:
            yield pair, points


_Explaining = Callable[[Pair, Point], Iterable[Contract]]


def _with_contracts(
    loose: Mapping[Pair, HopTraffic], explaining: _Explaining
) -> dict[Pair, LoosePoints]:
    """Give the points for which there are such contracts, and these."""
    found: dict[Pair, LoosePoints] = {}
    for pair, points in loose.items():
        for point, here in points.items():
            if contracts := explaining(pair, point):
                each = found.setdefault(pair, LoosePoints())
                each.points[point] = here
                each.contracts.update((id(c), c) for c in contracts)
    return found


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


def _covering_number(case: "Inspection", pairs: Collection[Pair]) -> _Explaining:
    """Look up the contracts of a hop that cover a number, on whatever days."""
    by_prefix: dict[tuple[Pair, str], list[Contract]] = defaultdict(list)
    for contract in case.found.evidence.contracts if pairs else ():
        pair = (contract.upstream, contract.downstream)
        if pair in pairs:
            for segment in contract.segments:
                by_prefix[pair, segment.prefix].append(contract)

    def look_up(pair: Pair, point: Point) -> list[Contract]:
        number, _ = point
        return [
            contract
            for length in range(1, len(number) + 1)
            for contract in by_prefix.get((pair, number[:length]), ())
        ]

    return look_up


def _in_force(case: "Inspection", pairs: Collection[Pair]) -> _Explaining:
    """Look up the contracts of a hop in force on a day, whatever their segments."""
    by_pair: dict[Pair, list[Contract]] = defaultdict(list)
    for contract in case.between(list(pairs)) if pairs else ():
        if contract.segments:
            by_pair[contract.upstream, contract.downstream].append(contract)
    by_day: dict[tuple[Pair, int], list[Contract]] = {}

    def look_up(pair: Pair, point: Point) -> list[Contract]:
        _, day = point
        if (pair, day) not in by_day:
            by_day[pair, day] = [c for c in by_pair.get(pair, ()) if _has(c, day)]
        return by_day[pair, day]

    return look_up


def _has(contract: Contract, day: int) -> bool:
    first, last = contract.term.bounds()
    return first <= day <= last
