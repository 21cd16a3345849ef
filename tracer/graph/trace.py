"""The trace of a number: everything of `docs/semantics.md`, put together."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import chain

from tracer.graph.candidates import Archive
from tracer.graph.chains import list_chains
from tracer.graph.flow import Ledger
from tracer.graph.gaps import find_gaps
from tracer.graph.hops import access_hop, blocked_pair, chain_hops, gather_records
from tracer.graph.result import Trace, TracedParty
from tracer.graph.survey import PartyFlow, Survey, find_senders, sum_flows, take_survey, tally
from tracer.graph.traffic import Point
from tracer.model.diagnostic import Note
from tracer.model.evidence import Allocation, Contract, ContractLead, Evidence, Leads
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
            tuple(
                ContractLead(c.ref, c.contract_no, c.upstream, c.downstream, bool(c.segments))
                for c in self.evidence.contracts
                if c.downstream in parties
            ),
            tuple(r for r in self.evidence.routing if r.downstream in parties),
        )

    def unsegmented(self, parties: Collection[str]) -> tuple[Contract, ...]:
        """Give the contracts between two of these parties that name no segment."""
        return tuple(
            c
            for c in self.evidence.contracts
            if not c.segments and c.upstream in parties and c.downstream in parties
        )


def build_trace(
    evidence: Evidence,
    window: Period,
    *,
    max_chains: int = DEFAULT_MAX_CHAINS,
    archive: Archive | None = None,
    found: Survey | None = None,
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
    found : Survey, optional
        The survey of this evidence over this window, where it is taken already.

    Returns
    -------
    Trace
        Independent of the order of the records.
    """
    archive = archive or EvidenceArchive(evidence)
    found = found or take_survey(evidence, window)
    scope, hops, reach = found.scope, found.hops, found.reach
    told_of = found.traffic.keys() | hops.access.keys()  # of all others, contracts only
    records = gather_records(scope, evidence.routing, found.traffic, told_of)
    chains, truncated = list_chains(
        scope,
        hops,
        reach,
        {pair: here.points for pair, here in records.items() if here.points},
        evidence.parties,
        max_chains,
    )
    flows = sum_flows(found)
    incidents, undecided = tally(found)
    named = found.parties
    return Trace(
        number=evidence.number,
        window=window,
        evidence=evidence,
        allocations=_allocations(evidence, window),
        parties=_traced_parties(found, named, flows),
        access=tuple(
            access_hop(records[pair], scope.ends(region)) for pair, region in hops.access.items()
        ),
        hops=chain_hops(scope, hops.hops, records),
        chains=chains,
        senders=find_senders(found, flows),
        incidents=incidents,
        gaps=find_gaps(
            scope,
            reach.starts["gap"],
            {carrier for carrier, _ in hops.access},
            evidence.contracts,
            archive,
        ),
        truncated=truncated,
        blocked_only=tuple(
            blocked_pair(here)
            for pair, here in records.items()
            if here.points and here.blocked and pair not in scope.hops
        ),
        unsegmented=tuple(
            sorted(
                archive.unsegmented(named),
                key=lambda c: (c.contract_no, c.ref.record_id),
            )
        ),
        notes=(*evidence.notes, *_notes(found.ledgers, undecided)),
        roots=reach.kinds_of_root,
    )


def _traced_parties(
    found: Survey, named: Set[str], flows: Mapping[str, PartyFlow]
) -> tuple[TracedParty, ...]:
    layers, known, carriers = found.reach.layers, found.evidence.parties, found.carriers
    # Those that are known come in order, or nearly: little is left to be sorted.
    names = [name for name in known if name in named]
    names += [name for name in named if name not in known]
    names.sort()
    by_layer: dict[int | None, list[TracedParty]] = defaultdict(list)
    for name in names:
        party, layer = known.get(name), layers.get(name)
        if party is None:
            party = Party(name)
            is_carrier = party.is_carrier
        else:
            is_carrier = name in carriers
        if name not in flows:  # most parties of most traces
            traced = TracedParty(party, is_carrier, layer, 0, 0, 0, 0, 0, 0)
        else:
            flow = flows[name]
            own = sum(flow.own.values())
            traced = TracedParty(
                party=party,
                carrier=is_carrier,
                layer=layer,
                forwarded=flow.forwarded,
                received=flow.received,
                originated=own + flow.unresolved,
                own=own,
                unresolved=flow.unresolved,
                withheld=flow.withheld,
            )
        by_layer[layer].append(traced)
    above = sorted(layer for layer in by_layer if layer is not None)
    return tuple(chain.from_iterable(by_layer.get(layer, ()) for layer in (*above, None)))


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
