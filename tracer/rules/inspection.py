"""One scope laid open for the rules: its survey, its records, and what else is on record."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tracer.graph.hops import HopRecords, gather_records
from tracer.graph.regions import EMPTY, Region
from tracer.graph.renumbering import Renumbering, find_renumberings, with_shorter_numbers
from tracer.graph.survey import Survey
from tracer.graph.traffic import HopTraffic, Pair
from tracer.model.evidence import Contract
from tracer.model.particulars import NOTHING_BESIDE, Particulars
from tracer.model.period import Period, join_days
from tracer.model.source import RecordRef
from tracer.rules.allocations import Allocations
from tracer.rules.approvals import Approvals
from tracer.rules.base import Span
from tracer.rules.classes import code_of
from tracer.rules.days import Days, days_without
from tracer.rules.holdings import Holdings
from tracer.rules.journal import Journal
from tracer.rules.lets import Let, let_by
from tracer.rules.lookup import BySegment, pieces_of
from tracer.rules.papers import NO_PAPERS, Papers
from tracer.rules.titles import Titles
from tracer.rules.uncovered import Uncovered, find_uncovered

__all__ = ["Inspection", "join_segments"]

SEGMENTS_NAMED = 5
"""Segments a finding names one by one; more are named by the digits they share."""


@dataclass(frozen=True)
class Inspection:
    """What the rules look at.

    Parameters
    ----------
    found : Survey
        Of the scope.
    particulars : Particulars
        What is on record beside contracts and logs.
    papers : Papers
        What may be asked for beyond it.
    """

    found: Survey
    particulars: Particulars = NOTHING_BESIDE
    papers: Papers = NO_PAPERS

    @property
    def number(self) -> str:
        """Digits the scope begins with."""
        return self.found.evidence.number

    @cached_property
    def code_digits(self) -> int:
        """How many digits a segment has that is no shorthand for several codes of the scope."""
        return len(code_of(self.number))

    @property
    def window(self) -> Period:
        """Days of the scope."""
        return self.found.scope.window

    def identity(self, name: str) -> str:
        """Give what tells a party apart: two names with one social credit code are one party."""
        return self._coded.get(name, name)

    @property
    def has_codes(self) -> bool:
        """Whether a social credit code is on record of any party: else each name is one."""
        return bool(self._coded)

    @cached_property
    def _coded(self) -> Mapping[str, str]:
        """Social credit codes of the parties of which one is on record."""
        parties = self.found.evidence.parties
        return {name: party.uscc for name, party in parties.items() if party.uscc}

    @cached_property
    def first_days(self) -> Mapping[Pair, date | None]:
        """The first day of every hop under numbers of the scope, whatever the window.

        None where it is open.
        """
        found: dict[Pair, int] = {}
        evidence = self.found.evidence
        for contract in evidence.contracts:
            if any(segment.overlaps(self.number) for segment in contract.segments):
                pair, first = (contract.upstream, contract.downstream), contract.term.bounds()[0]
                found[pair] = min(first, found.get(pair, first))
        for total in evidence.routing:
            if total.messages:
                pair, first = (total.upstream, total.downstream), total.day.toordinal()
                found[pair] = min(first, found.get(pair, first))
        return {pair: Period.from_bounds(first, first).first for pair, first in found.items()}

    @cached_property
    def records(self) -> Mapping[Pair, HopRecords]:
        """The records of every hop as far as they lie in the scope.

        Those of access hops and of pairs with nothing but stopped messages too.
        """
        return gather_records(self.found.scope, self.found.evidence.routing, self.found.traffic)

    def contracts_of(self, pair: Pair) -> Sequence[Contract]:
        """Give the contracts of a hop that cover some point of the scope, in any order."""
        return self.found.scope.papers.get(pair, ())

    @cached_property
    def allocations(self) -> Allocations:
        """The allocations that overlap the scope, of all days, looked up by digits."""
        return Allocations(self.found.evidence.allocations)

    @cached_property
    def holdings(self) -> Holdings:
        """Who holds what."""
        return Holdings(self.found)

    @cached_property
    def approvals(self) -> Approvals:
        """What is handed on with an approval on record, and without."""
        return Approvals(self.found, self.holdings, self.particulars.unsegmented)

    @cached_property
    def titles(self) -> Titles:
        """What each party's papers give it, of all days on record."""
        return Titles(self.found)

    @cached_property
    def blank_days(self) -> Mapping[str, Days]:
        """Days on which an incoming contract that names no segment is in force, by party.

        It may be any title. Parties with none are absent.
        """
        terms: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for (_, party), contracts in self.particulars.unsegmented.items():
            terms[party] += (contract.term.bounds() for contract in contracts)
        return {party: join_days(found) for party, found in terms.items() if found}

    def days_besides(self, party: str, mask: int) -> Days:
        """Give days of the scope, those left out on which a party may have any title."""
        spans = tuple(self.found.scope.axis.spans(mask))
        return days_without(spans, self.blank_days.get(party, ()))

    @cached_property
    def carrying(self) -> Sequence[Pair]:
        """Hops with routing of the scope on record, stopped messages included: often none."""
        if not self.found.traffic:
            return ()
        return [pair for pair in self.found.hops.hops if self.records[pair].points]

    def lets(self, pair: Pair) -> list[list[Let]]:
        """Give what each contract of a hop lets, with its rows (`lets.let_by`)."""
        if (known := self._lets.get(pair)) is None:
            known = self._lets[pair] = let_by(self, pair)
        return known

    @cached_property
    def _lets(self) -> dict[Pair, list[list[Let]]]:
        """By hop; filled as rules ask."""
        return {}

    @cached_property
    def uncovered(self) -> Uncovered:
        """Messages that no contract of their hop covers."""
        return find_uncovered(self)

    @cached_property
    def renumberings(self) -> Mapping[str, tuple[Renumbering, ...]]:
        """Where a platform may have changed numbers, by party; of all days on record.

        Shorter numbers than those of the scope are among both.
        """
        ledgers = with_shorter_numbers(self.found.evidence, self.found.ledgers)
        found = {party: find_renumberings(ledgers[party]) for party in self.found.ledgers}
        return {party: changed for party, changed in found.items() if changed}

    @cached_property
    def journal(self) -> Journal:
        """Every routing total by party, number and day; those of shorter numbers too."""
        return Journal((*self.found.evidence.routing, *self.found.evidence.shorter_routing))

    def span(self, region: Region) -> Span:
        """Give the days on which a non-empty region has a point."""
        return self.span_of(self.found.scope.regions.days(region))

    def span_of(self, mask: int) -> Span:
        """Give the days of a non-empty mask of `scope.axis`."""
        if mask not in self._spans:
            axis = self.found.scope.axis
            period = axis.period(mask)
            is_open = period.first is None or period.last is None
            days = None if is_open else axis.count(mask)
            self._spans[mask] = Span(days, period.first, period.last)
        return self._spans[mask]

    @cached_property
    def _spans(self) -> dict[int, Span]:
        """By mask; filled as rules ask: several findings are about the same days."""
        return {}

    def traffic_in(self, pair: Pair, region: Region) -> HopTraffic:
        """Give the points of a hop in the window that have messages and lie in a region."""
        here = self.records.get(pair)
        if here is None:
            return {}
        scope = self.found.scope
        return {
            point: traffic
            for point, traffic in here.points.items()
            if traffic.messages and scope.has(region, *point)
        }

    def routing_refs(self, pair: Pair, points: Collection[tuple[str, int]]) -> list[RecordRef]:
        """Give the routing totals of a hop at some points, those of stopped messages left out."""
        here = self.records.get(pair)
        if here is None or not points:
            return []
        return [
            total.ref
            for total in here.routing
            if total.messages and (total.number, total.day.toordinal()) in points
        ]

    def contracts_in(self, pair: Pair, region: Region) -> list[Contract]:
        """Give the contracts of a hop that cover a point of a region."""
        here = self.records.get(pair)
        if here is None:
            return []
        algebra, holdings = self.found.scope.regions, self.holdings
        if len(here.contracts) == 1:  # as of most hops: where it covers is known already
            return [*here.contracts] if algebra.meet(holdings.on_paper(pair), region) else []
        near = self._near(pair, region) if len(region) < len(here.contracts) else here.contracts
        return [c for c in near if algebra.meet(holdings.region_of((c,)), region)]

    def _near(self, pair: Pair, region: Region) -> list[Contract]:
        """Give the contracts of a hop with a segment that overlaps a node of a region."""
        contracts = self.records[pair].contracts
        if pair not in self._by_segment:
            self._by_segment[pair] = BySegment(
                (piece, place)
                for place, contract in enumerate(contracts)
                for piece in pieces_of(contract, self.number)
            )
        look_up, digits = self._by_segment[pair].overlapping, self.found.scope.tree.digits
        places = {place for node in region for _, place in look_up(digits[node])}
        return [contracts[place] for place in sorted(places)]

    @cached_property
    def _by_segment(self) -> dict[Pair, BySegment[int]]:
        """By hop, the places of its contracts by their segments; filled as rules ask."""
        return {}

    def united(self, regions: Iterable[Region]) -> Region:
        """Unite many regions, two by two, so that thousands of small ones cost little."""
        left = list(regions)
        while len(left) > 1:
            odd = left[len(left) // 2 * 2 :]
            pairs = zip(left[::2], left[1::2], strict=False)
            left = [*(self.found.scope.regions.join(a, b) for a, b in pairs), *odd]
        return left[0] if left else EMPTY

    def segment_of(self, region: Region) -> str | None:
        """Name the digits a non-empty region lies under: its topmost segments, joined by `;`.

        More than a few are named by the digits they all begin with.
        """
        tree = self.found.scope.tree
        return join_segments(tree.digits[node] for node, days in region.items() if days)


def join_segments(digits: Iterable[str]) -> str | None:
    """Name some numbers or segments in one text.

    Examples
    --------
    >>> join_segments(["10690102", "10690101", "1069010203"]), join_segments([])
    ('10690101;10690102', None)
    """
    kept: list[str] = []
    named = sorted(set(digits))
    if len(named) == 1:  # as mostly
        return named[0]
    for each in named:
        if not kept or not each.startswith(kept[-1]):
            kept.append(each)
    if len(kept) > SEGMENTS_NAMED:
        first, last = kept[0], kept[-1]
        shared = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0)
        return first[:shared] or None
    return ";".join(kept) or None
