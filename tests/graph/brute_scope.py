"""The scope of a trace as finitely many points: the brute-force evaluator's universe.

A point is a number and a day; there are endlessly many of both, but two points at which the same
segments cover, the same terms are in force and nothing is recorded under just that number or day
look alike in every respect, so one of them stands for all of them. The universe holds one of each
kind:

Numbers. Every number with a record of its own (routing, incident); and for the traced number N and
each segment that lies under it, one number in it that has no record of its own and lies in no
deeper segment. Take any number n of the scope without a record of its own, and p, the longest of
N and those segments that n begins with: the segments covering n are exactly the ones that p begins
with, and so are those covering the number that stands for p. Often p itself can be that number; it
cannot where p is routed, and then an extension serves. There may be none (a routed number of 20
digits, or ten extensions that are all segments): then no number of that kind exists.

Days. All days from the one before the first boundary (of a term, a routing day, an incident or the
window) to the one after the last. The day before the first boundary looks like all earlier ones
and the day after the last like all later ones: these outermost days stand for the open ends, so a
count of days that includes one is unbounded (None), and a first or last day that is one is open.
They lie in the scope only where the window is open itself, as its ends are boundaries.

Only the flow looks across days. It needs no universe: it is computed from the routing itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracer.model.evidence import Contract, Evidence, RoutingTotal
from tracer.model.party import Party
from tracer.model.period import Period

from .brute_flow import Counts, Flow, count_messages, flow_of
from .brute_point import Hop, Point, Shape, evidences, holders_at, shape_of, within

__all__ = ["Scope", "party_of", "spread"]

_MIN_DIGITS, _MAX_DIGITS = 3, 20


@dataclass(frozen=True)
class Scope:
    """The scope of one trace, spread out over the finite universe.

    `first_day` and `last_day` are the outermost days, `above` the carriers above the chain,
    `routed` the messages of all days and `counts` those of the scope.
    """

    evidence: Evidence
    window: Period
    first_day: int
    last_day: int
    hops: Mapping[Point, frozenset[Hop]]
    holders: Mapping[Point, frozenset[str]]
    above: frozenset[str]
    routed: Counts
    counts: Counts

    def has(self, number: str, day: int) -> bool:
        return number.startswith(self.evidence.number) and within(self.window, day)

    def shape(self, point: Point) -> Shape:
        chained = frozenset(hop for hop in self.hops[point] if hop[0] not in self.above)
        return shape_of(chained, self.holders[point])

    def span(self, days: Iterable[int]) -> dict[str, str | None]:
        first, last = min(days), max(days)
        return {
            "first_day": None if first == self.first_day else _iso(first),
            "last_day": None if last == self.last_day else _iso(last),
        }

    def day_count(self, days: set[int]) -> int | None:
        return None if days & {self.first_day, self.last_day} else len(days)

    def flows_of(self, party: str) -> dict[str, Flow]:
        return {n: flow_of(self.routed, party, n) for n in {key[2] for key in self.counts}}

    def totals_of(self, hop: Hop) -> list[RoutingTotal]:
        return [
            r
            for r in self.evidence.routing
            if (r.upstream, r.downstream) == hop and self.has(r.number, r.day.toordinal())
        ]

    def messages_of(self, hop: Hop) -> dict[Point, tuple[int, str]]:
        return {(n, t): c for (u, d, n, t), c in self.counts.items() if (u, d) == hop}

    def contracts_at(self, hop: Hop, point: Point) -> list[Contract]:
        rows = self.evidence.contracts
        return [c for c in rows if (c.upstream, c.downstream) == hop and evidences(c, point)]


def spread(evidence: Evidence, window: Period) -> Scope:
    days = _days(evidence, window)
    scope_days = [day for day in days if within(window, day)]
    points = [(number, day) for number in _numbers(evidence) for day in scope_days]
    routed = count_messages(evidence.routing)
    counts = {
        key: count
        for key, count in routed.items()
        if key[2].startswith(evidence.number) and within(window, key[3])
    }
    hops = {
        (n, t): frozenset(
            [(c.upstream, c.downstream) for c in evidence.contracts if evidences(c, (n, t))]
            + [key[:2] for key in counts if key[2:] == (n, t)]
        )
        for n, t in points
    }
    holders = {point: holders_at(evidence.allocations, point) for point in points}
    not_above = {downstream for at in hops.values() for _, downstream in at}
    not_above |= {holder for at in holders.values() for holder in at}
    upstreams = {upstream for at in hops.values() for upstream, _ in at}
    above = frozenset(p for p in upstreams - not_above if party_of(evidence, p).is_carrier)
    return Scope(evidence, window, days[0], days[-1], hops, holders, above, routed, counts)


def _days(evidence: Evidence, window: Period) -> list[int]:
    terms = [window, *(a.term for a in evidence.allocations), *(c.term for c in evidence.contracts)]
    ends = [end for term in terms for end in (term.first, term.last) if end is not None]
    ends += [r.day for r in evidence.routing] + [i.day for i in evidence.incidents]
    marks = [end.toordinal() for end in ends] or [date(2000, 1, 1).toordinal()]
    return list(range(min(marks) - 1, max(marks) + 2))


def _numbers(evidence: Evidence) -> list[str]:
    recorded = {r.number for r in evidence.routing} | {i.number for i in evidence.incidents}
    recorded = {number for number in recorded if number.startswith(evidence.number)}
    segments = {a.segment.prefix for a in evidence.allocations}
    segments |= {s.prefix for c in evidence.contracts for s in c.segments}

    def fresh(prefix: str) -> str | None:
        if len(prefix) >= _MIN_DIGITS and prefix not in recorded:
            return prefix
        if len(prefix) == _MAX_DIGITS:
            return None
        onward = (prefix + digit for digit in "0123456789" if prefix + digit not in segments)
        return next((found for found in map(fresh, onward) if found), None)

    under = {segment for segment in segments if segment.startswith(evidence.number)}
    kinds = map(fresh, under | {evidence.number})
    return sorted(recorded | {number for number in kinds if number is not None})


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def party_of(evidence: Evidence, name: str) -> Party:
    return evidence.parties.get(name, Party(name))
