"""What each party's papers give it, of all days on record: its titles to segments.

Regions end with the window of a scope; whether a party *ever* held a segment does not. A segment
is held on a day when one paper covers all of it, as far as it lies in the scope.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from tracer.graph.hops import HopRecords
from tracer.graph.survey import Survey
from tracer.graph.traffic import Pair
from tracer.model.evidence import Allocation, Contract
from tracer.model.period import join_days
from tracer.rules.allocations import coded_pieces
from tracer.rules.days import Days
from tracer.rules.lookup import BySegment, pieces_of

__all__ = ["Title", "Titles", "let_by"]


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
    blank : Days
        On which an incoming contract that names no segment is in force: it may be any title.
    """

    def __init__(
        self,
        allocations: BySegment[Allocation],
        contracts: BySegment[Contract],
        access: BySegment[Contract],
        blank: Days,
    ) -> None:
        self.allocations = allocations
        self.contracts = contracts
        self.access = access
        self.blank = blank
        self._days: dict[tuple[str, bool], Days] = {}

    def covering(self, segment: str) -> list[tuple[str, Allocation | Contract]]:
        """Give the papers that cover all of a segment."""
        return [*self.allocations.covering(segment), *self.contracts.covering(segment)]

    def under(self, segment: str) -> list[tuple[str, Allocation | Contract]]:
        """Give the papers that cover only part of a segment."""
        return [*self.allocations.under(segment), *self.contracts.under(segment)]

    def days_held(self, segment: str) -> Days:
        """Give the days on which the party holds a segment."""
        return self._once(segment, self.covering, is_part=False)

    def days_held_in_part(self, segment: str) -> Days:
        """Give the days on which it holds a longer segment under it."""
        return self._once(segment, self.under, is_part=True)

    def _once(
        self,
        segment: str,
        papers: Callable[[str], list[tuple[str, Allocation | Contract]]],
        *,
        is_part: bool,
    ) -> Days:
        key = (segment, is_part)
        if key not in self._days:
            self._days[key] = join_days(paper.term.bounds() for _, paper in papers(segment))
        return self._days[key]


class Titles:
    """The titles of every party of a scope.

    Parameters
    ----------
    found : Survey
        Of the scope.
    unsegmented : Mapping of Pair to iterable of Contract
        Contracts that name no segment (`Particulars.unsegmented`).
    """

    def __init__(self, found: Survey, unsegmented: Mapping[Pair, Iterable[Contract]]) -> None:
        evidence = found.evidence
        self._number = evidence.number
        self._allocations: dict[str, list[Allocation]] = defaultdict(list)
        for allocation in evidence.allocations:
            self._allocations[allocation.holder].append(allocation)
        above = _above(found)
        self._contracts: dict[tuple[str, bool], list[Contract]] = defaultdict(list)
        for contract in evidence.contracts:
            self._contracts[contract.downstream, contract.upstream in above].append(contract)
        self._blank: dict[str, list[Contract]] = defaultdict(list)
        for (_, party), contracts in unsegmented.items():
            self._blank[party] += contracts
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
                join_days(c.term.bounds() for c in self._blank.get(party, ())),
            )
        return self._titles[party]

    def _by_segment(self, contracts: Iterable[Contract]) -> BySegment[Contract]:
        return BySegment((piece, c) for c in contracts for piece in pieces_of(c, self._number))


def _above(found: Survey) -> set[str]:
    """Give the carriers that stand above the chain, those with contracts of other days too."""
    resellers = {downstream for _, downstream in found.scope.hops} | found.scope.holders.keys()
    parties = found.evidence.parties.values()
    return {party.name for party in parties if party.is_carrier} - resellers


def let_by(records: HopRecords, number: str) -> Iterator[list[tuple[str, Contract]]]:
    """Give what each contract of a hop lets, with its rows, as far as it lies in a scope.

    A segment shorter than a code is left out: `1069` for short says of no one code that it is let.

    Parameters
    ----------
    number : str
        Digits the scope begins with.
    """
    for _, rows in groupby(records.contracts, lambda row: row.contract_no):
        if let := [(piece, row) for row in rows for piece in coded_pieces(row, number)]:
            yield let
