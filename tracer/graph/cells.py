"""The points of a scope, grouped into situations of equal evidence.

A scope has astronomically many points (number, day), but what is on record tells only few of
them apart. Segments cut the numbers into cells: the numbers under one segment and under no
longer one, and each routed number by itself. First and last days cut the days of a cell into
runs. All points of a cell and run see the same hops and holders; points that do so anywhere are
one `Situation`, and everything else is computed per situation, not per point.

Sets of situations are bit masks (Python integers), sets of hops likewise.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from tracer.graph.traffic import HopTraffic, Pair
from tracer.model.evidence import Allocation, Contract, Evidence
from tracer.model.period import Period, join_days
from tracer.model.segment import MAX_DIGITS, MIN_DIGITS

__all__ = ["Cell", "Situation", "Situations", "build_situations"]

NO_HOLDER: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """Numbers × days that see the same evidence.

    Parameters
    ----------
    digits : str
        The routed number, or the segment whose numbers under no longer segment are meant.
    first, last : int
        Day numbers, inclusive.
    """

    digits: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Situation:
    """All points at which exactly these hops and holders are on record.

    Parameters
    ----------
    hops : int
        Bit mask over the pairs of `Situations`.
    holders : frozenset of str
        Who is allocated the longest segment there.
    cells : tuple of Cell
        Where it occurs.
    first, last : int
        Earliest and latest day on which it occurs.
    runs : tuple of (int, int)
        The days on which it occurs, as first and last of runs as long as can be.
    """

    hops: int
    holders: frozenset[str]
    cells: tuple[Cell, ...]
    first: int
    last: int
    runs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Span:
    """A run of days with one state: hops (bit mask) and holders."""

    first: int
    last: int
    hops: int
    holders: frozenset[str]


@dataclass(slots=True)
class _Node:
    """A segment of the scope: what its own records say and what it inherits."""

    prefix: str
    contracts: list[tuple[int, int, int]] = field(default_factory=list)
    """(first day, last day, bit of the pair)."""
    allocations: list[tuple[int, int, int, str]] = field(default_factory=list)
    """(first day, last day, length of the segment, holder)."""
    spans: tuple[_Span, ...] = ()
    """The whole window, gapless: own and inherited records."""
    has_rest: bool = True
    """Some number of the segment is neither routed nor under a longer segment."""


class Situations:
    """The situations of a scope, in a fixed order, and a way to find the one at a point.

    Parameters
    ----------
    pairs : sequence of Pair
        Hops evidenced or routed in the scope; position = bit in `Situation.hops`.
    situations : sequence of Situation
        By first day; position = bit in masks over situations.
    """

    def __init__(
        self,
        pairs: Sequence[Pair],
        situations: Sequence[Situation],
        nodes: dict[str, _Node],
        routed: dict[str, dict[int, int]],
    ) -> None:
        self.pairs = pairs
        self.situations = situations
        self._nodes = nodes
        self._routed = routed
        self._top = min(nodes, key=len)
        self._index = {(s.hops, s.holders): i for i, s in enumerate(situations)}
        self._by_last = sorted(range(len(situations)), key=lambda i: -situations[i].last)

    def at(self, number: str, day: int) -> int | None:
        """Find the position of the situation at a point of the scope.

        Returns
        -------
        int or None
            None where neither a hop nor a holder is on record.
        """
        span = self._span(number, day)
        return self._index.get((self.hops_at(number, day), span.holders))

    def hops_at(self, number: str, day: int) -> int:
        """Give the hops evidenced at a point of the scope, as a mask over `pairs`."""
        return self._span(number, day).hops | self._routed.get(number, {}).get(day, 0)

    def bit_of(self, pair: Pair) -> int:
        """Give a hop's bit in masks over `pairs`; 0 when it is not on record in the scope."""
        at = bisect_left(self.pairs, pair)
        return 1 << at if at < len(self.pairs) and self.pairs[at] == pair else 0

    def _span(self, number: str, day: int) -> _Span:
        return _span_at(self._nodes[_deepest(self._nodes, number)].spans, day)

    def open_ended(self, mask: int) -> tuple[date | None, date | None]:
        """Give the first and last day over a non-empty set of situations; None where open."""
        first = self.situations[(mask & -mask).bit_length() - 1].first
        last = next(self.situations[i].last for i in self._by_last if mask >> i & 1)
        days = Period.from_bounds(first, last)
        return days.first, days.last

    def is_unbroken(self, mask: int) -> bool:
        """Tell whether no day is missing between the first and last of a set of situations."""
        return len(self._runs(mask)) == 1

    def count_days(self, mask: int) -> int:
        """Count the distinct days of a set of situations."""
        return sum(last - first + 1 for first, last in self._runs(mask))

    def _runs(self, mask: int) -> tuple[tuple[int, int], ...]:
        return join_days(
            run
            for i, situation in enumerate(self.situations)
            if mask >> i & 1
            for run in situation.runs
        )

    def cells(self, mask: int) -> list[Cell]:
        """List the cells of a set of situations."""
        return [
            cell
            for i, situation in enumerate(self.situations)
            if mask >> i & 1
            for cell in situation.cells
        ]

    def touches(self, mask: int, segment: str) -> bool:
        """Tell whether a set of situations occurs at a number of this segment."""
        if any(cell.digits.startswith(segment) for cell in self.cells(mask)):
            return True
        if not self._top.startswith(segment):
            if segment not in self._nodes:
                return False
            spans = self._nodes[segment].spans
            found = (self._index.get((span.hops, span.holders)) for span in spans)
            return any(i is not None and mask >> i & 1 for i in found)
        return bool(mask)


def build_situations(
    evidence: Evidence, window: Period, traffic: dict[Pair, HopTraffic]
) -> Situations:
    """Group the points of the scope by the evidence they see.

    Parameters
    ----------
    evidence : Evidence
        Every record that concerns the number.
    window : Period
        Days of the scope.
    traffic : dict of Pair to HopTraffic
        Its routing, added up.
    """
    first, last = window.bounds()
    pairs = sorted({(c.upstream, c.downstream) for c in evidence.contracts} | set(traffic))
    bit = {pair: 1 << i for i, pair in enumerate(pairs)}
    routed: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for pair, points in traffic.items():
        for (number, day), here in points.items():
            if here.messages and first <= day <= last:
                routed[number][day] |= bit[pair]

    nodes = _plant(evidence, first, last, bit)
    for prefix in sorted(nodes):
        parent = _deepest(nodes, prefix[:-1]) if prefix != evidence.number else None
        inherited = (
            nodes[parent].spans if parent is not None else (_Span(first, last, 0, NO_HOLDER),)
        )
        nodes[prefix].spans = _overlay(inherited, _own_spans(nodes[prefix]))
    _mark_rests(nodes, routed)

    found: dict[tuple[int, frozenset[str]], list[Cell]] = defaultdict(list)
    for cell, hops, holders in _cells(nodes, routed, evidence.number):
        if hops or holders:
            found[hops, holders].append(cell)
    situations = []
    for (hops, holders), cells in found.items():
        runs = join_days((cell.first, cell.last) for cell in cells)
        situations.append(Situation(hops, holders, tuple(cells), runs[0][0], runs[-1][1], runs))
    situations.sort(key=lambda s: (s.first, s.last, s.hops, sorted(s.holders)))
    return Situations(pairs, situations, nodes, routed)


def _plant(evidence: Evidence, first: int, last: int, bit: dict[Pair, int]) -> dict[str, _Node]:
    """Make a node for the scope and for every longer segment, with the records of each."""
    nodes = {evidence.number: _Node(evidence.number)}

    def node_for(prefix: str) -> _Node:
        at = prefix if len(prefix) > len(evidence.number) else evidence.number
        return nodes.setdefault(at, _Node(at))

    for contract in evidence.contracts:
        for prefix, low, high in _boxes(contract, evidence.number, first, last):
            pair = (contract.upstream, contract.downstream)
            node_for(prefix).contracts.append((low, high, bit[pair]))
    for allocation in evidence.allocations:
        for prefix, low, high in _boxes(allocation, evidence.number, first, last):
            entry = (low, high, len(prefix), allocation.holder)
            node_for(prefix).allocations.append(entry)
    return nodes


def _boxes(
    record: Contract | Allocation, number: str, first: int, last: int
) -> Iterator[tuple[str, int, int]]:
    """Give prefix and days of a record as far as they lie in the scope."""
    low, high = record.term.bounds()
    low, high = max(low, first), min(high, last)
    segments = record.segments if isinstance(record, Contract) else (record.segment,)
    if low <= high:
        for segment in segments:
            if segment.overlaps(number):
                yield segment.prefix, low, high


def _own_spans(node: _Node) -> tuple[_Span, ...]:
    """Sweep a node's own records over the days; days without any are left out."""
    if not node.contracts and not node.allocations:
        return ()
    changes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for low, high, bit in node.contracts:
        changes[low].append((1, bit))
        changes[high + 1].append((-1, bit))
    cuts = {day for low, high, *_ in node.allocations for day in (low, high + 1)}
    days = sorted(cuts | set(changes))
    active: dict[int, int] = defaultdict(int)
    hops = 0
    spans = []
    for day, following in pairwise(days):
        for step, bit in changes.get(day, ()):
            active[bit] += step
            hops = hops | bit if active[bit] else hops & ~bit
        holders = _holders(node.allocations, day)
        if hops or holders:
            spans.append(_Span(day, following - 1, hops, holders))
    return tuple(spans)


def _holders(allocations: Iterable[tuple[int, int, int, str]], day: int) -> frozenset[str]:
    """Tell who is allocated the longest of these segments on a day."""
    here = [(length, holder) for low, high, length, holder in allocations if low <= day <= high]
    longest = max((length for length, _ in here), default=0)
    return frozenset(holder for length, holder in here if length == longest)


def _overlay(below: tuple[_Span, ...], own: tuple[_Span, ...]) -> tuple[_Span, ...]:
    """Lay a longer segment's spans over those it inherits: hops add up, its holders win."""
    if not own:
        return below
    spans: list[_Span] = []
    i = 0
    for base in below:
        day = base.first
        while day <= base.last:
            while i < len(own) and own[i].last < day:
                i += 1
            if i == len(own) or own[i].first > base.last:
                spans.append(_Span(day, base.last, base.hops, base.holders))
                break
            top = own[i]
            if day < top.first:
                spans.append(_Span(day, top.first - 1, base.hops, base.holders))
                day = top.first
            end = min(base.last, top.last)
            spans.append(_Span(day, end, base.hops | top.hops, top.holders or base.holders))
            day = end + 1
    return tuple(spans)


def _mark_rests(nodes: dict[str, _Node], routed: dict[str, dict[int, int]]) -> None:
    """Find the segments all of whose numbers are routed or under longer segments.

    A number beyond the routed and segmented ones exists under a prefix unless the prefix itself
    is taken and so is everything under each of its ten continuations.
    """
    taken = set(nodes) | set(routed)
    inner = {digits[:n] for digits in taken for n in range(len(digits))}

    def has_free(prefix: str, *, is_top: bool) -> bool:
        if not is_top and prefix in nodes:
            return False
        if prefix not in routed and MIN_DIGITS <= len(prefix) <= MAX_DIGITS:
            return True
        if len(prefix) >= MAX_DIGITS:
            return False
        if prefix not in inner:
            return True
        return any(has_free(prefix + digit, is_top=False) for digit in "0123456789")

    for prefix, node in nodes.items():
        node.has_rest = has_free(prefix, is_top=True)


def _cells(
    nodes: dict[str, _Node], routed: dict[str, dict[int, int]], top: str
) -> Iterator[tuple[Cell, int, frozenset[str]]]:
    """Yield every cell that has a point, with its hops and holders."""
    for prefix, node in nodes.items():
        if node.has_rest:
            parent = None if prefix == top else nodes[_deepest(nodes, prefix[:-1])]
            for span in node.spans:
                if parent is None or not parent.has_rest or _differs(span, parent):
                    yield Cell(prefix, span.first, span.last), span.hops, span.holders
    for number, days in routed.items():
        node = nodes[_deepest(nodes, number)]
        for day, hops in days.items():
            span = _span_at(node.spans, day)
            yield Cell(number, day, day), span.hops | hops, span.holders
        if not node.has_rest:
            for span in node.spans:
                for low, high in _days_without(span, days):
                    yield Cell(number, low, high), span.hops, span.holders


def _differs(span: _Span, parent: _Node) -> bool:
    """Tell whether a span shows anything that its shorter segment does not on the same days."""
    base = _span_at(parent.spans, span.first)
    return (base.hops, base.holders) != (span.hops, span.holders)


def _days_without(span: _Span, days: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Cut days with traffic out of a span."""
    low = span.first
    for day in sorted(d for d in days if span.first <= d <= span.last):
        if low < day:
            yield low, day - 1
        low = day + 1
    if low <= span.last:
        yield low, span.last


def _span_at(spans: tuple[_Span, ...], day: int) -> _Span:
    return spans[bisect_right(spans, day, key=lambda span: span.first) - 1]


def _deepest(nodes: dict[str, _Node], digits: str) -> str:
    """Give the longest segment of the scope that covers these digits."""
    while digits not in nodes:
        digits = digits[:-1]
    return digits
