"""Candidates: which records might close a gap, and why each does not count there.

There may be very many, of whatever number, and most readers of a trace ask for none: they are
looked up when the candidates of any gap are first asked for, for all gaps of the trace at once.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol, overload

from tracer.graph.regions import Region
from tracer.graph.result import Candidate
from tracer.graph.scope import Ground, boxes_of
from tracer.model.evidence import Contract, ContractLead, Leads, RoutingTotal

__all__ = ["Archive", "CandidateSearch", "Candidates"]


class Archive(Protocol):
    """Records beyond the number asked for, looked up when a trace needs them."""

    def leads(self, parties: Collection[str]) -> Leads:
        """Give every contract and routing total whose downstream is one of these parties."""

    def unsegmented(self, parties: Collection[str]) -> tuple[Contract, ...]:
        """Give the contracts between two of these parties that name no segment."""


class Candidates(Sequence[Candidate]):
    """What might close one gap, by (upstream, record); looked up when first asked for.

    Parameters
    ----------
    of : callable
        Gives those of a party.
    party : str
        At which the gap is.
    """

    __slots__ = ("_of", "_party")

    def __init__(self, of: Callable[[str], tuple[Candidate, ...]], party: str) -> None:
        self._of = of
        self._party = party

    def _look_up(self) -> tuple[Candidate, ...]:
        return self._of(self._party)

    @overload
    def __getitem__(self, index: int) -> Candidate: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Candidate, ...]: ...
    def __getitem__(self, index: int | slice) -> Candidate | tuple[Candidate, ...]:
        return self._look_up()[index]

    def __len__(self) -> int:
        return len(self._look_up())

    def __iter__(self) -> Iterator[Candidate]:
        return iter(self._look_up())

    def __eq__(self, other: object) -> bool:
        return self._look_up() == (tuple(other) if isinstance(other, Candidates) else other)

    def __hash__(self) -> int:
        return hash(self._look_up())

    def __repr__(self) -> str:
        return repr(self._look_up())

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self._look_up(),)  # a copy that is taken elsewhere is complete


class CandidateSearch:
    """The search for what might close the gaps of one trace.

    Parameters
    ----------
    scope, gap_roots, carriers_above, on_its_numbers, archive
        As in `gaps.find_gaps`.
    """

    def __init__(
        self,
        scope: Ground,
        gap_roots: Mapping[str, Region],
        carriers_above: Collection[str],
        on_its_numbers: Iterable[Contract],
        archive: Archive,
    ) -> None:
        self._scope = scope
        self._gap_roots = gap_roots
        self._carriers_above = carriers_above
        self._on_its_numbers = on_its_numbers
        self._archive = archive

    def of(self, party: str) -> Candidates:
        """Give what might close the gap at a party; nothing is looked up yet."""
        return Candidates(self._look_up, party)

    def _look_up(self, party: str) -> tuple[Candidate, ...]:
        return self._found[party]

    @cached_property
    def _found(self) -> Mapping[str, tuple[Candidate, ...]]:
        """What might close each gap."""
        leads = self._archive.leads(frozenset(self._gap_roots))
        found: dict[str, list[Candidate]] = {party: [] for party in self._gap_roots}
        apart: set[str] = set()
        for contract in self._on_its_numbers_to(found):
            apart.add(contract.ref.record_id)
            if contract.upstream not in self._carriers_above and (why := self._why_not(contract)):
                found[contract.downstream].append(_candidate(contract, why))
        for lead in leads.contracts:
            if lead.downstream not in found:  # of the same name, with another code
                continue
            if lead.upstream not in self._carriers_above and lead.ref.record_id not in apart:
                why = "other_segment" if lead.names_segment else "no_segment"
                found[lead.downstream].append(_candidate(lead, why))
        routing = (total for total in leads.routing if total.downstream in found)
        for party, candidate in self._routing_candidates(routing):
            found[party].append(candidate)
        for candidates in found.values():
            candidates.sort(key=lambda c: (c.upstream, c.record))
        return {party: tuple(candidates) for party, candidates in found.items()}

    def _on_its_numbers_to(self, parties: Collection[str]) -> Iterator[Contract]:
        top = self._scope.tree.digits[0]
        for contract in self._on_its_numbers:
            if contract.downstream in parties and any(s.overlaps(top) for s in contract.segments):
                yield contract

    def _why_not(self, contract: Contract) -> str | None:
        """Tell why a contract on numbers of the scope does not count where the gap is.

        None if it does, round a cycle.
        """
        scope, region = self._scope, self._gap_roots[contract.downstream]
        top = scope.tree.digits[0]
        if not any(
            s.overlaps(top) and scope.regions.touches(region, s.prefix) for s in contract.segments
        ):
            return "other_segment"
        boxes = {
            scope.tree.segments[prefix]: scope.axis.span(low, high)
            for prefix, low, high in boxes_of(contract, top, *scope.window.bounds())
        }
        counts_there = scope.regions.meet(region, scope.regions.of_boxes(boxes))
        return None if counts_there else "other_days"

    def _routing_candidates(
        self, routing: Iterable[RoutingTotal]
    ) -> Iterator[tuple[str, Candidate]]:
        """Give, by party, the first of the totals of one upstream and number that do not count."""
        first: dict[tuple[str, str, str], RoutingTotal] = {}
        for total in routing:
            if (
                total.messages
                and total.upstream not in self._carriers_above
                and not self._is_at_gap(total)
            ):
                key = (total.downstream, total.upstream, total.number)
                kept = first.get(key)
                if kept is None or total.ref.record_id < kept.ref.record_id:
                    first[key] = total
        for (party, upstream, routed), total in first.items():
            record = total.ref.record_id
            yield party, Candidate(record, "other_routing", upstream, total.ref, routed)

    def _is_at_gap(self, total: RoutingTotal) -> bool:
        """Tell whether a routing total lies at a point of the gap (round a cycle)."""
        scope = self._scope
        return (
            total.number.startswith(scope.tree.digits[0])
            and scope.window.contains(total.day)
            and scope.has(self._gap_roots[total.downstream], total.number, total.day.toordinal())
        )


def _candidate(record: Contract | ContractLead, why: str) -> Candidate:
    ref = record.ref
    return Candidate(ref.record_id, why, record.upstream, ref, record.contract_no)
