"""What every figure of a trace is computed from, and the sums over it.

A survey is exact at any size: nothing in it enumerates a path.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from tracer.graph.flow import Ledger, keep_ledgers
from tracer.graph.incidents import PointGraph, tally_incidents
from tracer.graph.reach import HopRegions, Reach, measure_reach, tell_access_apart
from tracer.graph.renumbering import with_shorter_numbers
from tracer.graph.result import IncidentTally, Sender
from tracer.graph.scope import Scope, find_scope
from tracer.graph.senders import OwnTraffic, name_senders
from tracer.graph.traffic import HopTraffic, Pair, Point, sum_traffic
from tracer.model.evidence import Evidence
from tracer.model.period import Period

if TYPE_CHECKING:
    from tracer.graph.regions import Region

__all__ = [
    "PartyFlow",
    "Survey",
    "find_senders",
    "point_graph",
    "sum_flows",
    "take_survey",
    "tally",
]


@dataclass(slots=True)
class PartyFlow:
    """Sums of one party over the scope; `own` by point."""

    forwarded: int = 0
    received: int = 0
    unresolved: int = 0
    withheld: int = 0
    own: dict[Point, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Survey:
    """The scope of a trace and what is where in it.

    Parameters
    ----------
    evidence : Evidence
        What it is made of.
    traffic : dict of Pair to HopTraffic
        Routing added up, of all days on record.
    scope, hops, reach
        Where hops are evidenced, who is reached, where chains start.
    ledgers : dict of str to dict of str to Ledger
        By party and number, of all days on record.
    carriers : frozenset of str
        The basic operators among the parties of the evidence.
    """

    evidence: Evidence
    traffic: dict[Pair, HopTraffic]
    scope: Scope
    hops: HopRegions
    reach: Reach
    ledgers: dict[str, dict[str, Ledger]]
    carriers: frozenset[str]

    @property
    def parties(self) -> set[str]:
        """Both ends of every hop and access hop, and the holders."""
        return {*self.scope.holders, *chain.from_iterable(self.scope.hops)}


def take_survey(evidence: Evidence, window: Period) -> Survey:
    """Survey the scope of a number over a window."""
    traffic = sum_traffic(evidence.routing)
    scope = find_scope(evidence, window, traffic)
    carriers = frozenset(name for name, party in evidence.parties.items() if party.is_carrier)
    hops = tell_access_apart(scope, carriers)
    return Survey(
        evidence,
        traffic,
        scope,
        hops,
        measure_reach(scope, hops),
        keep_ledgers(traffic),
        carriers,
    )


def sum_flows(found: Survey) -> dict[str, PartyFlow]:
    """Sum every party's flow over the days of the window, and split what it originated."""
    if not found.ledgers:
        return {}
    first, last = found.scope.window.bounds()
    onward: dict[str, list[Region]] = defaultdict(list)
    for (upstream, _), region in found.scope.hops.items():
        onward[upstream].append(region)
    flows: dict[str, PartyFlow] = {}
    for party, by_number in found.ledgers.items():
        flow = flows.setdefault(party, PartyFlow())
        for number, ledger in by_number.items():
            for day, here in ledger.days():
                if not first <= day <= last:
                    continue
                flow.forwarded += here.forwarded
                flow.received += here.received
                flow.withheld += here.withheld
                flow.unresolved += here.incomparable
                if not here.originated:
                    continue
                if any(found.scope.has(region, number, day) for region in onward.get(party, ())):
                    flow.unresolved += here.originated
                else:
                    flow.own[number, day] = here.originated
    return flows


def find_senders(found: Survey, flows: Mapping[str, PartyFlow]) -> tuple[Sender, ...]:
    """Name the final senders, most messages first, each with its basis."""
    own = [OwnTraffic(name, flow.own) for name, flow in flows.items() if flow.own]
    if not own:
        return ()
    ledgers = with_shorter_numbers(found.evidence, found.ledgers)
    return name_senders(found.evidence, own, found.traffic, ledgers)


def tally(found: Survey) -> tuple[IncidentTally, tuple[Point, ...]]:
    """Count the incidents of the scope; also give the points left undecided."""
    window = found.scope.window
    inside = [i for i in found.evidence.incidents if window.contains(i.day)]
    points = {(i.number, i.day.toordinal()) for i in inside}
    return tally_incidents(inside, {point: point_graph(found, point) for point in points})


def point_graph(found: Survey, point: Point) -> PointGraph:
    """Give the hops evidenced at a point of the scope, and where chains start there."""
    scope = found.scope
    hops = frozenset(pair for pair in scope.hops_at(*point) if pair in found.hops.hops)
    running = frozenset(
        pair
        for pair in hops
        if (here := found.traffic.get(pair, {}).get(point)) is not None and here.messages
    )
    touched = {party for pair in hops for party in pair}
    roots = {
        party
        for parties in found.reach.starts.values()
        for party in touched & parties.keys()
        if scope.has(parties[party], *point)
    }
    return PointGraph(tuple(sorted(roots)), hops, running)
