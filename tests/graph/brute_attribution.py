"""Whose chains hold at a point, and what a party carried: a slow reading of the definition."""

from collections import defaultdict
from itertools import pairwise
from typing import Any

from tracer.model.evidence import Evidence
from tracer.model.period import Period

from .brute_point import Point
from .brute_scope import Scope, spread

__all__ = ["attribute", "carry", "chain_parties"]


def chain_parties(scope: Scope, point: Point) -> tuple[str, set[str]]:
    """The kind of the chains at a point, and all parties on chains of that kind."""
    chains = [chain for chain, _, _ in scope.shape(point).chains]
    running = [
        chain for chain in chains if all((*hop, *point) in scope.counts for hop in pairwise(chain))
    ]
    if running:
        return "traffic", {party for chain in running for party in chain}
    return ("paper" if chains else "unreached"), {party for chain in chains for party in chain}


def attribute(evidence: Evidence, window: Period) -> dict[str, dict[str, Any]]:
    """By party: how many fraud messages, which victims and which losses, by kind."""
    scope = spread(evidence, window)
    largest: dict[tuple[Any, ...], int] = {}
    for i in evidence.incidents:
        if scope.has(i.number, i.day.toordinal()):
            key = (i.case_no, i.victim, i.number, i.received_at)
            largest[key] = max(largest.get(key, 0), i.loss or 0)
    days = {(i.number, i.received_at): i.day.toordinal() for i in evidence.incidents}
    found: dict[str, dict[str, Any]] = {}
    for (_, victim, number, received_at), loss in largest.items():
        kind, parties = chain_parties(scope, (number, days[number, received_at]))
        for party in parties:
            nothing = {"count": 0, "victims": set(), "loss": 0}
            here = found.setdefault(party, {}).setdefault(kind, nothing)
            here["count"] += 1
            here["victims"] |= {victim} - {None}
            here["loss"] += loss
    return found


def carry(evidence: Evidence, window: Period) -> dict[str, dict[Point, int]]:
    """By party and point: the larger of what its two sides show there."""
    scope = spread(evidence, window)
    sides: dict[str, dict[Point, dict[str, list[int]]]] = defaultdict(dict)
    for (upstream, downstream, number, day), (messages, unit) in scope.counts.items():
        for side, party in enumerate((upstream, downstream)):
            units = sides[party].setdefault((number, day), {})
            units.setdefault(unit, [0, 0])[side] += messages
    return {
        party: {
            point: max(units["messages"] if "messages" in units else units["parts"])
            for point, units in points.items()
        }
        for party, points in sides.items()
    }
