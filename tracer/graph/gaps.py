"""Gaps: where paper is missing above a party, and which records might close them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from tracer.graph.regions import Region
from tracer.graph.result import Candidate, Gap
from tracer.graph.scope import Scope, boxes_of
from tracer.model.evidence import Contract, Leads, RoutingTotal

__all__ = ["Archive", "find_gaps"]


class Archive(Protocol):
    """Records beyond the number asked for, looked up when a trace needs them."""

    def leads(self, parties: Collection[str]) -> Leads:
        """Give every contract and routing total whose downstream is one of these parties."""

    def unsegmented(self, parties: Collection[str]) -> tuple[Contract, ...]:
        """Give the contracts between two of these parties that name no segment."""


def find_gaps(
    scope: Scope,
    gap_roots: Mapping[str, Region],
    carriers_above: Collection[str],
    on_its_numbers: Iterable[Contract],
    archive: Archive,
) -> tuple[Gap, ...]:
    """Describe each party at which a chain starts with a gap.

    Parameters
    ----------
    scope : Scope
        Of the trace.
    gap_roots : Mapping of str to Region
        By party, where it is a root below a holder that does not reach it.
    carriers_above : collection of str
        Carriers that stand above the chain: their access contracts lead nowhere in it.
    on_its_numbers : iterable of Contract
        Those with a segment that overlaps the number, of all days; others are passed over.
    archive : Archive
        Where the records that lead to these parties are, these among them.
    """
    if not gap_roots:
        return ()
    top = scope.tree.digits[0]
    contracts: dict[str, list[Contract]] = defaultdict(list)
    apart: set[str] = set()
    for contract in on_its_numbers:
        if contract.downstream in gap_roots and any(s.overlaps(top) for s in contract.segments):
            apart.add(contract.ref.record_id)
            if contract.upstream not in carriers_above:
                contracts[contract.downstream].append(contract)
    leads = archive.leads(frozenset(gap_roots))
    elsewhere: dict[str, list[Candidate]] = defaultdict(list)
    for lead in leads.contracts:
        record = lead.ref.record_id
        if record not in apart and lead.upstream not in carriers_above:
            why = "other_segment" if lead.names_segment else "no_segment"
            candidate = Candidate(record, why, lead.upstream, lead.ref, lead.contract_no)
            elsewhere[lead.downstream].append(candidate)
    routing: dict[str, list[RoutingTotal]] = defaultdict(list)
    for total in leads.routing:
        if total.upstream not in carriers_above:
            routing[total.downstream].append(total)
    gaps = []
    for party in sorted(gap_roots):
        region = gap_roots[party]
        days = scope.regions.days(region)
        period = scope.axis.period(days)
        is_open = period.first is None or period.last is None
        candidates = (
            *_contract_candidates(scope, region, contracts.get(party, ())),
            *elsewhere.get(party, ()),
            *_routing_candidates(scope, region, routing.get(party, ())),
        )
        gaps.append(
            Gap(
                party=party,
                days=None if is_open else scope.axis.count(days),
                unbroken=scope.axis.is_unbroken(days),
                numbers=_shortest({scope.tree.digits[n] for n, here in region.items() if here}),
                first_day=period.first,
                last_day=period.last,
                candidates=tuple(sorted(candidates, key=lambda c: (c.upstream, c.record))),
            )
        )
    return tuple(gaps)


def _shortest(prefixes: Collection[str]) -> tuple[str, ...]:
    """Leave out what begins with another of them.

    Examples
    --------
    >>> _shortest({"10690001", "1069", "1068"})
    ('1068', '1069')
    """
    kept: list[str] = []
    for prefix in sorted(prefixes):
        if not kept or not prefix.startswith(kept[-1]):
            kept.append(prefix)
    return tuple(kept)


def _contract_candidates(
    scope: Scope, region: Region, contracts: Iterable[Contract]
) -> Iterable[Candidate]:
    """Give those of the contracts on numbers of the scope that do not count where the gap is."""
    top = scope.tree.digits[0]
    for contract in contracts:
        if not any(
            s.overlaps(top) and scope.regions.touches(region, s.prefix) for s in contract.segments
        ):
            why = "other_segment"
        elif _counts_there(scope, region, contract):
            continue
        else:
            why = "other_days"
        record = contract.ref.record_id
        yield Candidate(record, why, contract.upstream, contract.ref, contract.contract_no)


def _counts_there(scope: Scope, region: Region, contract: Contract) -> bool:
    """Tell whether the contract is evidence at one of these points (round a cycle)."""
    boxes = {
        scope.tree.segments[prefix]: scope.axis.span(low, high)
        for prefix, low, high in boxes_of(contract, scope.tree.digits[0], *scope.window.bounds())
    }
    return bool(scope.regions.meet(region, scope.regions.of_boxes(boxes)))


def _routing_candidates(
    scope: Scope, region: Region, routing: Iterable[RoutingTotal]
) -> Iterable[Candidate]:
    first: dict[tuple[str, str], RoutingTotal] = {}
    for total in routing:
        if total.messages and not _is_at(scope, region, total):
            key = (total.upstream, total.number)
            kept = first.get(key)
            if kept is None or total.ref.record_id < kept.ref.record_id:
                first[key] = total
    for (upstream, routed), total in first.items():
        yield Candidate(total.ref.record_id, "other_routing", upstream, total.ref, routed)


def _is_at(scope: Scope, region: Region, total: RoutingTotal) -> bool:
    """Tell whether a routing total lies at a point of the region (round a cycle)."""
    return (
        total.number.startswith(scope.tree.digits[0])
        and scope.window.contains(total.day)
        and scope.has(region, total.number, total.day.toordinal())
    )
