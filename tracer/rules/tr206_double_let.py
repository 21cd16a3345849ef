"""TR206: one party lets overlapping segments to different downstreams on the same day.

Flags
-----
One finding per P and topmost segment on which contracts of P with two or more different
downstreams are in force together for the same numbers. Not where P is the holder and all of them
name only the bare code: which extension is whose may stand in annexes. Not on a day of handover:
two downstreams only, one of which had the numbers the day before and has them no more the day
after, while the other has them from that day on. It names every contract of P in force at such a
point; each shares it with some other downstream, not with every one.

Why
---
A number has one user: who sent under it cannot be told where two have it.

Evidence
--------
The rows of P's contracts in force at such points. Days: those of such points.

Limits
------
Annexes that divide the numbers are not read. A contract that was ended early without a paper on
record, or states no start or end, counts as in force; the sentence says so of the latter.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from tracer.graph.regions import EMPTY, Region
from tracer.graph.scope import boxes_of
from tracer.model.evidence import Contract
from tracer.model.finding import Finding
from tracer.rules.base import Lead, Rule, make_finding, some_names
from tracer.rules.inspection import Inspection
from tracer.rules.terms import sentence_for

__all__ = ["RULE"]


class _Lettings:
    """What one party lets to several, by whatever papers."""

    def __init__(self, case: Inspection, party: str, ways: Sequence[tuple[str, Region]]) -> None:
        self.case = case
        self.party = party
        self.ways = ways

    @cached_property
    def rows(self) -> list[Contract]:
        """The contracts by which it lets."""
        contracts_of, party = self.case.contracts_of, self.party
        return [row for downstream, _ in self.ways for row in contracts_of((party, downstream))]

    @cached_property
    def by_row(self) -> Mapping[int, list[tuple[Contract, int]]]:
        """Rows and their days by node, in order: looked up only where a finding is told."""
        scope = self.case.found.scope
        first, last = self.case.window.bounds()
        found: dict[int, list[tuple[Contract, int]]] = defaultdict(list)
        for row in self.rows:
            for prefix, low, high in boxes_of(row, self.case.number, first, last):
                found[scope.tree.segments[prefix]].append((row, scope.axis.span(low, high)))
        return {node: found[node] for node in sorted(found)}


def check(case: Inspection) -> Iterator[Lead]:
    """Give the findings of one scope."""
    algebra = case.found.scope.regions
    for party, ways in case.holdings.onward.items():
        if len(ways) < 2:
            continue
        lettings = _Lettings(case, party, ways)
        twice = _without_handovers(lettings, _let_twice(lettings))
        if not any(twice.values()):
            continue
        shared = _without_bare_code(lettings, algebra.tidy(twice))
        for part in _by_topmost(case, shared):
            downstreams = [downstream for downstream, _ in algebra.meet_each(part, ways)]
            yield Lead(party, (party, *downstreams), partial(_finding, lettings, part))


def _let_twice(lettings: _Lettings) -> dict[int, int]:
    """Find where rows of two downstreams are in force, in one pass down the tree of numbers."""
    case, ways = lettings.case, lettings.ways
    tree = case.found.scope.tree
    lets: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for downstream, where in ways:
        for node, days in where.items():
            lets[node].append((downstream, days))
    # As mostly each downstream is let one segment, and is nobody else: nothing is counted twice.
    is_simple = not case.has_codes and sum(map(len, lets.values())) == len(ways)
    twice: dict[int, int] = {}
    once: dict[int, int] = {}
    before: dict[int, dict[str, int]] = {}
    above: list[int] = []
    for node in sorted(lets):
        while above and tree.end[above[-1]] < node:
            above.pop()
        one, two = (once[above[-1]], twice[above[-1]]) if above else (0, 0)
        here = lets[node] if is_simple else _not_before(case, lets[node], above, before)
        for _, days in here:
            two |= one & days
            one |= days
        once[node], twice[node] = one, two
        if not is_simple:
            before[node] = dict(here)
        above.append(node)
    return twice


def _not_before(
    case: Inspection,
    lets: Iterable[tuple[str, int]],
    above: Iterable[int],
    before: Mapping[int, Mapping[str, int]],
) -> list[tuple[str, int]]:
    """Unite what is let to one party, and leave out what it is let by a shorter segment."""
    here: dict[str, int] = defaultdict(int)
    for downstream, days in lets:
        here[case.identity(downstream)] |= days
    for node in above:
        for party in before[node].keys() & here.keys():
            here[party] &= ~before[node][party]
    return list(here.items())


def _without_handovers(lettings: _Lettings, twice: Mapping[int, int]) -> dict[int, int]:
    """Leave out single days on which one downstream's contracts end and another's begin."""
    axis, digits = lettings.case.found.scope.axis, lettings.case.found.scope.tree.digits
    kept = dict(twice)
    for node, days in twice.items():
        for day in axis.lone_days(days):
            if _is_handover(lettings, digits[node], day):
                kept[node] &= ~axis.bit(day)
    return kept


def _is_handover(lettings: _Lettings, segment: str, day: int) -> bool:
    """Tell whether one of just two downstreams leaves on a day, and the other comes."""
    then: dict[int, set[str]] = {day - 1: set(), day: set(), day + 1: set()}
    for row in lettings.rows:
        first, last = row.term.bounds()
        if first <= day + 1 and last >= day - 1 and any(s.covers(segment) for s in row.segments):
            for each, there in then.items():
                if first <= each <= last:
                    there.add(lettings.case.identity(row.downstream))
    here = then[day]
    before, after = then[day - 1] & here, then[day + 1] & here
    return len(here) == 2 and len(before) == len(after) == 1 and before != after


def _without_bare_code(lettings: _Lettings, shared: Region) -> Region:
    """Leave out where the party is the holder and every row names only the bare code."""
    case, party = lettings.case, lettings.party
    held = case.found.scope.holders.get(party, EMPTY)
    if not held or not shared:
        return shared
    codes = [a.segment for a in case.found.evidence.allocations if a.holder == party]
    extended = {
        (row.downstream, row.contract_no)
        for row in lettings.rows
        if not all(any(code.prefix.startswith(s.prefix) for code in codes) for s in row.segments)
    }
    divided = [row for row in lettings.rows if (row.downstream, row.contract_no) in extended]
    algebra = case.found.scope.regions
    return algebra.less(shared, algebra.less(held, case.holdings.region_of(divided)))


def _by_topmost(case: Inspection, region: Region) -> Iterator[Region]:
    """Split a region into the parts under its topmost nodes."""
    end = case.found.scope.tree.end
    part: dict[int, int] = {}
    last = -1
    for node, days in region.items():
        if node > last:
            if not days:
                continue
            if part:
                yield part
            part, last = {}, end[node]
        part[node] = days
    if part:
        yield part


def _finding(lettings: _Lettings, part: Region) -> Finding:
    case, party = lettings.case, lettings.party
    rows = list(_rows_in(lettings, part))
    downstreams = {row.downstream for row in rows}
    return make_finding(
        RULE.code,
        hops=[(party, downstream) for downstream in downstreams],
        contracts=rows,
        segment=case.segment_of(part),
        span=case.span(part),
        sentence=sentence_for(RULE.code, rows),
        values={
            "party": party,
            "downstreams": some_names(downstreams),
            "count": len(downstreams),
        },
    )


def _rows_in(lettings: _Lettings, part: Region) -> Iterator[Contract]:
    """Give the rows that let at some point of a region under one node."""
    tree, algebra = lettings.case.found.scope.tree, lettings.case.found.scope.regions
    nodes, boxes = list(part), lettings.by_row
    top = nodes[0]
    known = list(boxes)
    under = known[bisect_left(known, top + 1) : bisect_right(known, tree.end[top])]
    for node in (*tree.path(top), *under):
        below = nodes[bisect_left(nodes, node + 1) : bisect_right(nodes, tree.end[node])]
        for row, days in boxes.get(node, ()):
            if days & algebra.at(part, node) or any(days & part[n] for n in below):
                yield row


RULE = Rule(
    code="TR206",
    name="double-let",
    clauses=("notice-2020", "telecom-28-3", "contract"),
    check=check,
)
