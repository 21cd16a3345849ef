"""The trace of a number: everything of `docs/semantics.md`, put together."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from tracer.graph.cells import Situations, build_situations
from tracer.graph.chains import list_chains
from tracer.graph.flow import Ledger, keep_ledgers
from tracer.graph.gaps import Archive, find_gaps
from tracer.graph.hops import (
    HopRecords,
    access_hop,
    blocked_pair,
    chain_hop,
    gather_records,
)
from tracer.graph.incidents import PointGraph, tally_incidents
from tracer.graph.reach import HopMasks, Reach, measure_reach, transpose
from tracer.graph.result import IncidentTally, Trace, TracedParty
from tracer.graph.senders import OwnTraffic, name_senders
from tracer.graph.traffic import HopTraffic, Pair, Point, sum_traffic
from tracer.model.diagnostic import Note
from tracer.model.evidence import Allocation, Contract, Evidence, Leads
from tracer.model.party import Party
from tracer.model.period import Period

__all__ = ["DEFAULT_MAX_CHAINS", "EvidenceArchive", "build_trace"]

DEFAULT_MAX_CHAINS = 1000


@dataclass(frozen=True, slots=True)
class EvidenceArchive:
    """An archive that knows no record beyond the evidence itself."""

    evidence: Evidence

    def leads(self, parties: Collection[str]) -> Leads:
        """Give the contracts and routing totals whose downstream is one of these parties."""
        return Leads(
            tuple(c for c in self.evidence.contracts if c.downstream in parties),
            tuple(r for r in self.evidence.routing if r.downstream in parties),
        )

    def unsegmented(self, parties: Collection[str]) -> tuple[Contract, ...]:
        """Give the contracts between two of these parties that name no segment."""
        return tuple(
            c
            for c in self.evidence.contracts
            if not c.segments and c.upstream in parties and c.downstream in parties
        )


@dataclass(slots=True)
class _PartyFlow:
    """Sums of one party over the scope."""

    forwarded: int = 0
    received: int = 0
    unresolved: int = 0
    withheld: int = 0
    own: dict[Point, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Scope:
    """What all parts of a trace are computed from."""

    evidence: Evidence
    window: Period
    traffic: dict[Pair, HopTraffic]
    situations: Situations
    masks: HopMasks
    reach: Reach
    records: dict[Pair, HopRecords]


def build_trace(
    evidence: Evidence,
    window: Period,
    *,
    max_chains: int = DEFAULT_MAX_CHAINS,
    archive: Archive | None = None,
) -> Trace:
    """Trace a number through all layers.

    Parameters
    ----------
    evidence : Evidence
        Every record that concerns the number, of all days.
    window : Period
        Days of the scope.
    max_chains : int
        How many chains to list; everything else is exact whatever their number.
    archive : Archive, optional
        Where to look for records that might close a gap; the evidence alone when left out.

    Returns
    -------
    Trace
        Independent of the order of the records.
    """
    archive = archive or EvidenceArchive(evidence)
    traffic = sum_traffic(evidence.routing)
    situations = build_situations(evidence, window, traffic)
    carriers = [name for name, party in evidence.parties.items() if party.is_carrier]
    masks = transpose(situations, carriers)
    scope = _Scope(
        evidence,
        window,
        traffic,
        situations,
        masks,
        measure_reach(masks),
        gather_records(evidence, window, traffic),
    )
    chains, truncated = list_chains(
        situations,
        masks,
        scope.reach,
        _messages_by_situation(scope),
        evidence.parties,
        max_chains,
    )
    ledgers = keep_ledgers(traffic)
    flows = _sum_flows(scope, ledgers)
    incidents, undecided = _tally(scope)
    parties = _traced_parties(scope, flows)
    return Trace(
        number=evidence.number,
        window=window,
        evidence=evidence,
        allocations=_allocations(evidence, window),
        parties=parties,
        access=tuple(
            access_hop(scope.records[pair], Period(*situations.open_ended(mask)))
            for pair, mask in masks.access.items()
        ),
        hops=tuple(
            chain_hop(scope.records[pair], Period(*situations.open_ended(mask)))
            for pair, mask in masks.hops.items()
        ),
        chains=chains,
        senders=name_senders(
            evidence,
            [OwnTraffic(name, flow.own) for name, flow in flows.items() if flow.own],
            traffic,
            _with_shorter_numbers(evidence, ledgers),
        ),
        incidents=incidents,
        gaps=find_gaps(
            situations,
            scope.reach.starts["gap"],
            {carrier for carrier, _ in masks.access},
            archive,
            evidence.number,
        ),
        truncated=truncated,
        blocked_only=tuple(
            blocked_pair(records)
            for pair, records in scope.records.items()
            if records.blocked and pair not in masks.hops and pair not in masks.access
        ),
        unsegmented=tuple(
            sorted(
                archive.unsegmented(frozenset(party.name for party in parties)),
                key=lambda c: (c.contract_no, c.ref.record_id),
            )
        ),
        notes=(*evidence.notes, *_notes(ledgers, undecided)),
        roots=_roots(scope.reach),
    )


def _messages_by_situation(scope: _Scope) -> dict[Pair, dict[int, int]]:
    """Sum each hop's messages over the points of each situation."""
    sums: dict[Pair, dict[int, int]] = {}
    for pair, records in scope.records.items():
        by_situation: dict[int, int] = defaultdict(int)
        for (number, day), here in records.points.items():
            if here.messages:
                situation = scope.situations.at(number, day)
                assert situation is not None, "a point with messages has a hop"
                by_situation[situation] += here.messages
        sums[pair] = dict(by_situation)
    return sums


def _sum_flows(scope: _Scope, ledgers: Mapping[str, Mapping[str, Ledger]]) -> dict[str, _PartyFlow]:
    """Sum every party's flow over the days of the window, and split what it originated."""
    first, last = scope.window.bounds()
    onward_bits: dict[str, int] = defaultdict(int)
    for i, (upstream, _) in enumerate(scope.situations.pairs):
        onward_bits[upstream] |= 1 << i
    flows: dict[str, _PartyFlow] = {}
    for party, by_number in ledgers.items():
        flow = flows.setdefault(party, _PartyFlow())
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
                if scope.situations.hops_at(number, day) & onward_bits[party]:
                    flow.unresolved += here.originated
                else:
                    flow.own[number, day] = here.originated
    return flows


def _traced_parties(scope: _Scope, flows: Mapping[str, _PartyFlow]) -> tuple[TracedParty, ...]:
    masks, layers = scope.masks, scope.reach.layers
    names = set(masks.holders)
    for pair in (*masks.hops, *masks.access):
        names.update(pair)
    traced = []
    for name in names:
        party = scope.evidence.parties.get(name) or Party(name)
        flow = flows.get(name) or _PartyFlow()
        own = sum(flow.own.values())
        traced.append(
            TracedParty(
                party=party,
                carrier=party.is_carrier,
                layer=layers.get(name),
                forwarded=flow.forwarded,
                received=flow.received,
                originated=own + flow.unresolved,
                own=own,
                unresolved=flow.unresolved,
                withheld=flow.withheld,
            )
        )
    traced.sort(key=lambda p: (p.layer is None, p.layer or 0, p.name))
    return tuple(traced)


def _with_shorter_numbers(
    evidence: Evidence, ledgers: Mapping[str, Mapping[str, Ledger]]
) -> dict[str, dict[str, Ledger]]:
    """Add the ledgers of numbers the one asked for may have been made from."""
    merged = {party: dict(by_number) for party, by_number in ledgers.items()}
    for party, by_number in keep_ledgers(sum_traffic(evidence.shorter_routing)).items():
        merged.setdefault(party, {}).update(by_number)
    return merged


def _tally(scope: _Scope) -> tuple[IncidentTally, tuple[Point, ...]]:
    inside = [i for i in scope.evidence.incidents if scope.window.contains(i.day)]
    points = {(i.number, i.day.toordinal()) for i in inside}
    return tally_incidents(inside, {point: _point_graph(scope, point) for point in points})


def _point_graph(scope: _Scope, point: Point) -> PointGraph:
    situation = scope.situations.at(*point)
    if situation is None:
        return PointGraph((), frozenset(), frozenset())
    here = 1 << situation
    hops = frozenset(pair for pair, mask in scope.masks.hops.items() if mask & here)
    running = frozenset(
        pair
        for pair in hops
        if point in scope.records[pair].points and scope.records[pair].points[point].messages
    )
    roots = {p for parties in scope.reach.starts.values() for p, m in parties.items() if m & here}
    return PointGraph(tuple(sorted(roots)), hops, running)


def _allocations(evidence: Evidence, window: Period) -> tuple[Allocation, ...]:
    inside = [
        a
        for a in evidence.allocations
        if a.term.overlaps(window) and a.segment.overlaps(evidence.number)
    ]
    inside.sort(key=lambda a: (a.segment.prefix, a.holder, a.ref.record_id))
    return tuple(inside)


def _notes(
    ledgers: Mapping[str, Mapping[str, Ledger]], undecided: Iterable[Point]
) -> Iterable[Note]:
    for party, by_number in ledgers.items():
        for number, ledger in by_number.items():
            if any(here.incomparable for _, here in ledger.days()):
                yield Note("mixed_units", {"party": party, "number": number})
    for number, day in undecided:
        when = Period.from_bounds(day, day).first
        yield Note("incident_search_cut", {"number": number, "day": str(when)})


def _roots(reach: Reach) -> dict[str, tuple[str, ...]]:
    roots: dict[str, list[str]] = defaultdict(list)
    for kind in sorted(reach.starts):
        for party in reach.starts[kind]:
            roots[party].append(kind)
    return {party: tuple(roots[party]) for party in sorted(roots)}
