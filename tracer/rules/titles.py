"""What each party's papers give it, of all days on record: its titles to segments.

Regions end with the window of a scope; whether a party *ever* held a segment does not. A segment
is held on a day when one paper covers all of it, as far as it lies in the scope.
"""

from collections import defaultdict
from collections.abc import Iterable

from tracer.graph.survey import Survey
from tracer.model.evidence import Allocation, Contract
from tracer.rules.lookup import BySegment, pieces_of

__all__ = ["Title", "Titles"]


class Title:
    """The titles of one party.

    Parameters
    ----------
    allocations : BySegment of Allocation
        To the party.
    contracts : BySegment of Contract
        By which it holds: incoming ones that name a segment, access left out.
    access : BySegment of Contract
        Contracts of carriers above the chain with it: they give nothing to hand on, yet show
        that it has to do with the segment.
    """

    def __init__(
        self,
        allocations: BySegment[Allocation],
        contracts: BySegment[Contract],
        access: BySegment[Contract],
    ) -> None:
        self.allocations = allocations
        self.contracts = contracts
        self.access = access

    def under(self, segment: str) -> list[tuple[str, Allocation | Contract]]:
        """Give the papers that cover only part of a segment."""
        return [*self.allocations.under(segment), *self.contracts.under(segment)]


class Titles:
    """The titles of every party of a scope.

    Parameters
    ----------
    found : Survey
        Of the scope.
    """

    def __init__(self, found: Survey) -> None:
        evidence = found.evidence
        self._number = evidence.number
        self._allocations: dict[str, list[Allocation]] = defaultdict(list)
        for allocation in evidence.allocations:
            self._allocations[allocation.holder].append(allocation)
        above = _above(found)
        self._contracts: dict[tuple[str, bool], list[Contract]] = defaultdict(list)
        for contract in evidence.contracts:
            self._contracts[contract.downstream, contract.upstream in above].append(contract)
        self._titles: dict[str, Title] = {}

    def of(self, party: str) -> Title:
        """Give the titles of one party."""
        if party not in self._titles:
            number = self._number
            self._titles[party] = Title(
                BySegment(
                    (max(a.segment.prefix, number, key=len), a)
                    for a in self._allocations.get(party, ())
                    if a.segment.overlaps(number)
                ),
                self._by_segment(self._contracts.get((party, False), ())),
                self._by_segment(self._contracts.get((party, True), ())),
            )
        return self._titles[party]

    def _by_segment(self, contracts: Iterable[Contract]) -> BySegment[Contract]:
        return BySegment((piece, c) for c in contracts for piece in pieces_of(c, self._number))


def _above(found: Survey) -> set[str]:
    """Give the carriers that stand above the chain, those with contracts of other days too."""
    resellers = {downstream for _, downstream in found.scope.hops} | found.scope.holders.keys()
    parties = found.evidence.parties.values()
    return {party.name for party in parties if party.is_carrier} - resellers
