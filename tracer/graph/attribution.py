"""Whose chains a fraud message came through: parties by point, and what that comes to for each.

A fraud message on record belongs, at its point (number, day), to the parties of the chains with
traffic on every hop there. Only where there is no such chain it belongs to the parties of the
chains that hold there on paper. A party that only holds paper beside a chain with traffic has no
share in it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from tracer.graph.incidents import PointGraph, each_once, has_traffic_chain
from tracer.graph.survey import Survey, point_graph
from tracer.graph.traffic import Pair, Point
from tracer.model.evidence import Incident

__all__ = ["Attribution", "PartyIncidents", "PointParties", "parties_at"]

STEP_BUDGET = 200_000
"""Steps the search for chains through the parties of a cycle may take at one point."""

_Ways = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class PointParties:
    """Whose chains hold at one point.

    Parameters
    ----------
    kind : {"traffic", "paper", "unreached"}
        Of the chains: those with traffic on every hop, or, if there is none, those on paper.
    parties : frozenset of str
        On some chain of that kind.
    undecided : frozenset of str
        Perhaps on a chain with traffic: cycles so entangled that the search was cut.
    is_cut : bool
        Whether there is any chain with traffic was itself left undecided; `kind` is then `paper`.
    """

    kind: str
    parties: frozenset[str] = frozenset()
    undecided: frozenset[str] = frozenset()
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class PartyIncidents:
    """The fraud messages of one party, each once and in one list only.

    Parameters
    ----------
    by_traffic, by_paper : tuple of Incident
        As `PointParties.kind` says.
    undecided : tuple of Incident
        Those of which it was left undecided; in neither figure.
    """

    by_traffic: tuple[Incident, ...] = ()
    by_paper: tuple[Incident, ...] = ()
    undecided: tuple[Incident, ...] = ()


class Attribution:
    """Tells of one scope whose chains hold at its points.

    Parameters
    ----------
    found : Survey
        Of the scope.
    """

    def __init__(self, found: Survey) -> None:
        self._found = found
        self._known: dict[PointGraph, PointParties] = {}
        self._points: dict[Point, PointParties] = {}

    def at(self, point: Point) -> PointParties:
        """Tell whose chains hold at a point of the scope."""
        if point not in self._points:  # asked once for every party there
            graph = point_graph(self._found, point)
            if graph not in self._known:  # most points are like others
                self._known[graph] = parties_at(graph)
            self._points[point] = self._known[graph]
        return self._points[point]

    def incidents(self) -> dict[str, PartyIncidents]:
        """Sort the fraud messages of the scope by the party whose chains they came through.

        Returns
        -------
        dict of str to PartyIncidents
            By party, sorted; one message is in the lists of all parties of its chains. Of equal
            messages the one with the largest loss stands for all.
        """
        window = self._found.scope.window
        lists: dict[str, dict[str, list[Incident]]] = defaultdict(lambda: defaultdict(list))
        inside = [i for i in self._found.evidence.incidents if window.contains(i.day)]
        for incident in sorted(each_once(inside), key=_order):
            here = self.at((incident.number, incident.day.toordinal()))
            for party in here.parties:
                lists[party][here.kind].append(incident)
            for party in here.undecided:
                lists[party]["undecided"].append(incident)
        return {
            party: PartyIncidents(
                by_traffic=tuple(found["traffic"]),
                by_paper=tuple(found["paper"]),
                undecided=tuple(found["undecided"]),
            )
            for party, found in sorted(lists.items())
        }


def _order(incident: Incident) -> tuple[str, str, str]:
    return incident.received_at, incident.number, incident.ref.record_id


def parties_at(graph: PointGraph) -> PointParties:
    """Tell whose chains hold at a point.

    Where there is a chain with traffic on every hop, its parties and those of all other such
    chains: exact where no hops there go round in a cycle, and else as far as the search goes.
    Where there is none, every party with a hop there: each is on a chain that holds on paper.
    """
    found = has_traffic_chain(graph)
    if found:
        parties, undecided = _Running(graph).parties()
        return PointParties("traffic", parties, undecided)
    touched = frozenset(party for pair in graph.hops for party in pair)
    return PointParties("paper" if touched else "unreached", touched, is_cut=found is None)


class _Running:
    """The hops with traffic at one point, as far as chains from the roots may use them."""

    def __init__(self, graph: PointGraph) -> None:
        self._roots = graph.roots
        self._onward = _ways(graph.hops)
        self._running = _ways(graph.with_traffic)
        reached = _spread(graph.roots, self._running)
        inside = {pair for pair in graph.hops if reached >= set(pair)}
        looping = _around_cycles(inside)
        used = [pair for pair in graph.with_traffic if pair[0] in reached]
        self._ends = {downstream for _, downstream in used if downstream not in self._onward}
        back = _ways((downstream, upstream) for upstream, downstream in used)
        self._may = _spread(self._ends | looping, back) & reached
        self._is_exact = not looping

    def parties(self) -> tuple[frozenset[str], frozenset[str]]:
        """Give the parties that are on a chain with traffic, and those left undecided."""
        if self._is_exact:
            return frozenset(self._may), frozenset()
        certain: set[str] = set()
        for party in sorted(self._may):
            if party not in certain:
                certain.update(self._straight(party))
        is_complete = self._search(certain)
        undecided = frozenset() if is_complete else frozenset(self._may - certain)
        return frozenset(certain), undecided

    def _straight(self, party: str) -> Iterable[str]:
        """Look for one chain through a party: down to it, and on, by the fewest hops."""
        above = _fewest_hops(self._roots, {party}, self._running, frozenset())
        below = _fewest_hops((party,), self._ends, self._running, frozenset(above[:-1]))
        return {*above, *below} if above and below and len(above) + len(below) > 2 else ()

    def _search(self, certain: set[str]) -> bool:
        """Go through the chains until every party that may be on one was met."""
        steps = 0
        for root in sorted(set(self._roots) & self._may):
            path = [root]
            stack = [self._onward_from(root)]
            while stack and not certain >= self._may:
                party = next(stack[-1], None)
                if party is None:
                    stack.pop()
                    path.pop()
                    continue
                steps += 1
                if steps > STEP_BUDGET:
                    return False
                if party in path:
                    continue
                path.append(party)
                if self._onward.get(party, frozenset()) <= set(path):
                    certain.update(path)
                stack.append(self._onward_from(party))
        return True

    def _onward_from(self, party: str) -> Iterator[str]:
        return iter([each for each in sorted(self._running.get(party, ())) if each in self._may])


def _ways(pairs: Iterable[Pair]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
    return {party: frozenset(others) for party, others in found.items()}


def _spread(start: Iterable[str], ways: _Ways) -> set[str]:
    reached = set(start)
    agenda = list(reached)
    while agenda:
        fresh = set(ways.get(agenda.pop(), ())) - reached
        reached |= fresh
        agenda += fresh
    return reached


def _around_cycles(pairs: Set[Pair]) -> set[str]:
    """Give the parties on cycles, and on ways from one cycle to another."""
    left = set(pairs)
    while True:
        upstreams, downstreams = {up for up, _ in left}, {down for _, down in left}
        kept = {(up, down) for up, down in left if up in downstreams and down in upstreams}
        if len(kept) == len(left):
            return upstreams | downstreams
        left = kept


def _fewest_hops(
    start: Iterable[str], goals: Collection[str], ways: _Ways, without: frozenset[str]
) -> list[str]:
    """Give a way from one of some parties to one of others; empty where there is none."""
    come_from: dict[str, str | None] = {party: None for party in start if party not in without}
    agenda = sorted(come_from)
    for party in agenda:  # grows as it goes
        if party in goals:
            way: list[str] = []
            at: str | None = party
            while at is not None:
                way.append(at)
                at = come_from[at]
            return way[::-1]
        for onward in sorted(ways.get(party, ())):
            if onward not in come_from and onward not in without:
                come_from[onward] = party
                agenda.append(onward)
    return []
