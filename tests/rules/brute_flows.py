"""The rules on what a party forwarded and received, read point by point: TR305, TR307, TR308."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from tests.graph.brute_flow import Flow, count_messages, flow_of
from tests.graph.brute_point import Point

from .brute_case import BruteCase, Found, Reading

__all__ = ["READINGS"]

UNITS = ("messages", "parts")


class Kept(NamedTuple):
    """What came from nowhere under one number, with about as many left over under another."""

    party: str
    number: str
    received_as: str
    day: int
    unit: str
    messages: int


def _flows(case: BruteCase) -> Iterator[tuple[str, str, str, Flow]]:
    """The flow of every party under every number of record, a unit at a time."""
    evidence = case.drawn.evidence
    routing = (*evidence.routing, *evidence.shorter_routing)
    counts = count_messages(routing)
    for party in {end for r in routing for end in (r.upstream, r.downstream)}:
        for number in {r.number for r in routing}:
            for unit in UNITS:
                own = {key: count for key, count in counts.items() if count[1] == unit}
                yield party, number, unit, flow_of(own, party, number)


def _renumbered(case: BruteCase) -> list[Kept]:
    flows = {(party, number, unit): flow for party, number, unit, flow in _flows(case)}
    found = []
    for (party, number, unit), flow in flows.items():
        for day, begun in flow.originated.items():
            for other in {key[1] for key in flows} - {number}:
                if not (other.startswith(number) or number.startswith(other)):
                    continue
                left = flows[party, other, unit].left.get(day, 0)
                if begun and left and 10 * abs(begun - left) <= max(begun, left):
                    found.append(Kept(party, number, other, day, unit, begun))
    return found


def _about(
    rule: str, case: BruteCase, party: str, points: Mapping[Point, int], sentence: str
) -> Found:
    return Found(
        rule,
        (party,),
        messages=sum(points.values()),
        sentence=sentence,
        **case.span(day for _, day in points),
    )


def tr308(case: BruteCase) -> Iterator[Found]:
    pairs: dict[tuple[str, str, str], list[tuple[int, int]]] = defaultdict(list)
    for each in _renumbered(case):
        if case.scope.has(each.number, each.day):
            key = (each.party, each.number, each.received_as)
            pairs[key].append((each.day, each.messages))
    for (party, _, _), found in pairs.items():
        yield Found(
            "TR308",
            (party,),
            messages=sum(messages for _, messages in found),
            sentence="TR308",
            **case.span(day for day, _ in found),
        )


def tr305(case: BruteCase) -> Iterator[Found]:
    explained = {(k.party, k.number, k.day, k.unit) for k in _renumbered(case)}
    flows = {(party, number, unit): flow for party, number, unit, flow in _flows(case)}
    points: dict[str, dict[Point, int]] = defaultdict(lambda: defaultdict(int))
    for (party, number, unit), flow in flows.items():
        (other,) = {*UNITS} - {unit}
        foreign = flows[party, number, other].received
        for day, begun in flow.originated.items():
            if not begun or not case.scope.has(number, day):
                continue
            if foreign.get(day) or foreign.get(day - 1):
                continue
            leads_on = any(upstream == party for upstream, _ in case.scope.hops[number, day])
            if leads_on and (party, number, day, unit) not in explained:
                points[party][number, day] += begun
    for party, found in points.items():
        yield _about("TR305", case, party, found, "TR305")


def _has_log_above(case: BruteCase, party: str, days: Collection[int]) -> bool:
    """Tell whether some row shows what the party sent up on one of some days."""
    evidence = case.drawn.evidence
    return any(
        row.downstream == party and row.day.toordinal() in days
        for row in (*evidence.routing, *evidence.shorter_routing)
    )


def tr307(case: BruteCase) -> Iterator[Found]:
    maybe = {(k.party, k.received_as, k.day) for k in _renumbered(case)}
    flow = cache(lambda party, number: flow_of(case.scope.routed, party, number))
    points: dict[str, dict[Point, int]] = defaultdict(dict)
    for upstream, _, number, day in case.scope.counts:
        here = flow(upstream, number)
        if not _has_log_above(case, upstream, (day, day + 1)):
            continue
        if sum(here.forwarded.values()) and here.left.get(day):
            points[upstream][number, day] = here.left[day]
    for party, found in points.items():
        is_maybe = any((party, *point) in maybe for point in found)
        yield _about("TR307", case, party, found, "TR307.renumbered" if is_maybe else "TR307")


READINGS: dict[str, Reading] = {"TR305": tr305, "TR307": tr307, "TR308": tr308}
"""By code."""
