"""One code laid open: its survey, its records, its findings, and whose chains hold where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tracer.graph.attribution import Attribution, PartyIncidents
from tracer.graph.carried import Carried, find_carried
from tracer.graph.hops import access_hop, chain_hop
from tracer.graph.result import AccessHop, Hop, Sender
from tracer.graph.survey import PartyFlow, Survey, find_senders, sum_flows
from tracer.graph.traffic import Pair, Point
from tracer.model.finding import Finding
from tracer.model.party import Party
from tracer.rules.inspection import Inspection

__all__ = ["CodeCase"]


@dataclass(frozen=True)
class CodeCase:
    """What is on record of one code, as dossiers look at it.

    Parameters
    ----------
    code : str
        Digits its numbers begin with.
    is_exact : bool
        Only this one number is meant.
    case : Inspection
        Its scope.
    findings : tuple of Finding
        What the rules say of it.
    """

    code: str
    is_exact: bool
    case: Inspection
    findings: tuple[Finding, ...] = field(default=())

    @property
    def found(self) -> Survey:
        """Where hops are evidenced, who is reached."""
        return self.case.found

    @cached_property
    def touched(self) -> frozenset[str]:
        """All parties of the code, carriers above the chain among them."""
        return frozenset(self.found.parties)

    @cached_property
    def findings_of(self) -> Mapping[str, tuple[Finding, ...]]:
        """The findings that name a party, by party."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            for name in finding.parties:
                found.setdefault(name, []).append(finding)
        return {name: tuple(listed) for name, listed in found.items()}

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """Ends of the hops and holders, sorted; carriers above the chain are not among them."""
        ends = {party for pair in self.found.hops.hops for party in pair}
        return tuple(sorted(ends | self.found.scope.holders.keys()))

    def party(self, name: str) -> Party:
        """Give a party of the code."""
        return self.found.evidence.parties.get(name) or Party(name)

    @cached_property
    def hops(self) -> Mapping[Pair, Hop]:
        """Every hop with its records, by (upstream, downstream)."""
        scope = self.found.scope
        return {
            pair: chain_hop(self.case.records[pair], scope.ends(region))
            for pair, region in self.found.hops.hops.items()
        }

    @cached_property
    def access(self) -> Mapping[Pair, AccessHop]:
        """Every access hop of a carrier above the chain."""
        scope = self.found.scope
        return {
            pair: access_hop(self.case.records[pair], scope.ends(region))
            for pair, region in self.found.hops.access.items()
        }

    def hops_to(self, party: str) -> tuple[Hop, ...]:
        """Give the hops from its upstreams, by name."""
        return self._hops_by_end[1].get(party, ())

    def hops_from(self, party: str) -> tuple[Hop, ...]:
        """Give the hops to its downstreams, by name."""
        return self._hops_by_end[0].get(party, ())

    @cached_property
    def _hops_by_end(self) -> tuple[Mapping[str, tuple[Hop, ...]], Mapping[str, tuple[Hop, ...]]]:
        """Sort the hops by upstream, and by downstream."""
        found: tuple[dict[str, list[Hop]], dict[str, list[Hop]]] = ({}, {})
        for pair in sorted(self.hops):
            for end, by_party in zip(pair, found, strict=True):
                by_party.setdefault(end, []).append(self.hops[pair])
        by_upstream, by_downstream = (
            {party: tuple(hops) for party, hops in each.items()} for each in found
        )
        return by_upstream, by_downstream

    @cached_property
    def flows(self) -> Mapping[str, PartyFlow]:
        """What each party forwarded, received and originated."""
        return sum_flows(self.found)

    @cached_property
    def senders(self) -> Mapping[str, Sender]:
        """The final senders, by name."""
        return {sender.name: sender for sender in find_senders(self.found, self.flows)}

    @cached_property
    def carried(self) -> Mapping[str, Mapping[Point, Carried]]:
        """What each party carried, point by point."""
        return find_carried(self.found)

    @cached_property
    def attribution(self) -> Attribution:
        """Whose chains hold at a point."""
        return Attribution(self.found)

    @cached_property
    def incidents(self) -> Mapping[str, PartyIncidents]:
        """The fraud messages of each party."""
        return self.attribution.incidents()

    @cached_property
    def cut_points(self) -> tuple[Point, ...]:
        """Points of fraud messages at which it was left undecided whether any chain has traffic."""
        window = self.case.window
        points = {
            (i.number, i.day.toordinal())
            for i in self.found.evidence.incidents
            if window.contains(i.day)
        }
        return tuple(sorted(p for p in points if self.attribution.at(p).is_cut))
