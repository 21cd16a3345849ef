"""Gaps: where paper is missing above a party, and which records might close them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from tracer.graph.cells import Situations
from tracer.graph.result import Candidate, Gap
from tracer.model.evidence import Contract, Leads, RoutingTotal
from tracer.model.period import Period

__all__ = ["Archive", "find_gaps"]


class Archive(Protocol):
    """Records beyond the number asked for, looked up when a trace needs them."""

    def leads(self, parties: Collection[str]) -> Leads:
        """Give every contract and routing total whose downstream is one of these parties."""

    def unsegmented(self, parties: Collection[str]) -> tuple[Contract, ...]:
        """Give the contracts between two of these parties that name no segment."""


def find_gaps(
    situations: Situations,
    gap_roots: Mapping[str, int],
    carriers_above: Collection[str],
    archive: Archive,
    number: str,
) -> tuple[Gap, ...]:
    """Describe each party at which a chain starts with a gap.

    Parameters
    ----------
    situations : Situations
        Of the scope.
    gap_roots : Mapping of str to int
        By party, the situations in which it is a root below a holder that does not reach it.
    carriers_above : collection of str
        Carriers that stand above the chain: their access contracts lead nowhere in it.
    archive : Archive
        Where the records that lead to these parties are.
    number : str
        Digits the scope begins with.
    """
    if not gap_roots:
        return ()
    leads = archive.leads(frozenset(gap_roots))
    gaps = []
    for party in sorted(gap_roots):
        mask = gap_roots[party]
        contracts = [
            c for c in leads.contracts if c.downstream == party and c.upstream not in carriers_above
        ]
        routing = [
            r for r in leads.routing if r.downstream == party and r.upstream not in carriers_above
        ]
        first, last = situations.open_ended(mask)
        gaps.append(
            Gap(
                party=party,
                days=None if first is None or last is None else situations.count_days(mask),
                unbroken=situations.is_unbroken(mask),
                numbers=_shortest({cell.digits for cell in situations.cells(mask)}),
                first_day=first,
                last_day=last,
                candidates=tuple(
                    sorted(
                        (
                            *_contract_candidates(situations, mask, contracts, number),
                            *_routing_candidates(situations, mask, routing, number),
                        ),
                        key=lambda c: (c.upstream, c.record),
                    )
                ),
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
    situations: Situations, mask: int, contracts: Iterable[Contract], number: str
) -> Iterable[Candidate]:
    for contract in contracts:
        if not contract.segments:
            why = "no_segment"
        elif not any(
            s.overlaps(number) and situations.touches(mask, s.prefix) for s in contract.segments
        ):
            why = "other_segment"
        elif _counts_there(situations, mask, contract):
            continue
        else:
            why = "other_days"
        record = contract.ref.record_id
        yield Candidate(record, why, contract.upstream, contract.ref, contract.contract_no)


def _counts_there(situations: Situations, mask: int, contract: Contract) -> bool:
    """Tell whether the contract is evidence in one of these situations (round a cycle)."""
    bit = situations.bit_of((contract.upstream, contract.downstream))
    days = Period.from_bounds
    return any(
        mask >> i & 1
        and situation.hops & bit
        and any(contract.term.overlaps(days(c.first, c.last)) for c in situation.cells)
        for i, situation in enumerate(situations.situations)
    )


def _routing_candidates(
    situations: Situations, mask: int, routing: Iterable[RoutingTotal], number: str
) -> Iterable[Candidate]:
    first: dict[tuple[str, str], RoutingTotal] = {}
    for total in routing:
        if total.messages and not _is_at(situations, mask, total, number):
            key = (total.upstream, total.number)
            kept = first.get(key)
            if kept is None or total.ref.record_id < kept.ref.record_id:
                first[key] = total
    for (upstream, routed), total in first.items():
        yield Candidate(total.ref.record_id, "other_routing", upstream, total.ref, routed)


def _is_at(situations: Situations, mask: int, total: RoutingTotal, number: str) -> bool:
    """Tell whether a routing total lies at a point of these situations (round a cycle)."""
    if not total.number.startswith(number):
        return False
    here = situations.at(total.number, total.day.toordinal())
    return here is not None and bool(mask >> here & 1)
