"""Incidents: which fraud messages on record the chains reach, by traffic or by paper only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracer.graph.result import IncidentTally
from tracer.graph.traffic import Pair, Point
from tracer.model.evidence import Incident

__all__ = ["PointGraph", "each_once", "has_traffic_chain", "tally_incidents"]

STEP_BUDGET = 200_000
"""Steps the search for a chain that ends in a cycle may take at one point."""


@dataclass(frozen=True, slots=True)
class PointGraph:
    """The hops evidenced at one point (access hops left out), its roots, and where messages ran."""

    roots: tuple[str, ...]
    hops: frozenset[Pair]
    with_traffic: frozenset[Pair]


def tally_incidents(
    incidents: Iterable[Incident], points: Mapping[Point, PointGraph]
) -> tuple[IncidentTally, tuple[Point, ...]]:
    """Count the incidents of a scope, each once.

    Parameters
    ----------
    incidents : iterable of Incident
        Those of the scope.
    points : Mapping of Point to PointGraph
        The points they fall on.

    Returns
    -------
    tally : IncidentTally
    undecided : tuple of Point
        Points so entangled that the search for a chain with traffic was cut; their incidents
        are counted by paper.
    """
    counts: dict[str, int] = defaultdict(int)
    victims: set[str] = set()
    loss = 0
    verdicts: dict[Point, str] = {}
    undecided: list[Point] = []
    for incident in each_once(incidents):
        point = (incident.number, incident.day.toordinal())
        if point not in verdicts:
            graph = points[point]
            found = has_traffic_chain(graph)
            if found is None:
                undecided.append(point)
            verdicts[point] = "traffic" if found else "paper" if graph.hops else "unreached"
        counts[verdicts[point]] += 1
        if incident.victim is not None:
            victims.add(incident.victim)
        loss += incident.loss or 0
    tally = IncidentTally(
        count=sum(counts.values()),
        by_traffic=counts["traffic"],
        by_paper=counts["paper"],
        unreached=counts["unreached"],
        victims=len(victims),
        loss=loss,
    )
    return tally, tuple(sorted(undecided))


def each_once(incidents: Iterable[Incident]) -> Iterable[Incident]:
    """Leave out what stands twice in the papers; where losses differ, the larger one counts."""
    found: dict[tuple[str | None, ...], Incident] = {}
    for incident in incidents:
        key = (incident.case_no, incident.victim, incident.number, incident.received_at)
        kept = found.get(key)
        if kept is None or (incident.loss or 0) > (kept.loss or 0):
            found[key] = incident
    return found.values()


def has_traffic_chain(graph: PointGraph) -> bool | None:
    """Tell whether some chain at a point has traffic on every hop.

    A chain that ends because its last party has no hop onward exists exactly if such a party is
    reachable along hops with traffic. One that ends because all onward hops lead back into it
    depends on the path taken, and is searched for within a budget.

    Returns
    -------
    bool or None
        None when the budget ran out.
    """
    onward: dict[str, set[str]] = defaultdict(set)
    running: dict[str, list[str]] = defaultdict(list)
    for upstream, downstream in sorted(graph.hops):
        onward[upstream].add(downstream)
        if (upstream, downstream) in graph.with_traffic:
            running[upstream].append(downstream)
    reachable = set(graph.roots)
    agenda = list(graph.roots)
    while agenda:
        for downstream in running.get(agenda.pop(), ()):
            if downstream not in onward:
                return True
            if downstream not in reachable:
                reachable.add(downstream)
                agenda.append(downstream)
    return _has_closed_chain(graph.roots, onward, running)


def _has_closed_chain(
    roots: Iterable[str], onward: Mapping[str, set[str]], running: Mapping[str, list[str]]
) -> bool | None:
    steps = 0
    for root in roots:
        path = [root]
        stack = [iter(running.get(root, ()))]
        while stack:
            party = next(stack[-1], None)
            if party is None:
                stack.pop()
                path.pop()
                continue
            steps += 1
            if steps > STEP_BUDGET:
                return None
            if party in path:
                continue
            path.append(party)
            if onward.get(party, set()) <= set(path):
                return True
            stack.append(iter(running.get(party, ())))
    return False
