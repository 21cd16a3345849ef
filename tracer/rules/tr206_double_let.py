"""TR206: one party lets overlapping segments to different downstreams on the same day.

Flags
-----
One finding per P and topmost segment on which contracts of P with two or more different
downstreams are in force together for the same numbers. Not where P is the holder and all of them
name only the bare code: which extension is whose may stand in annexes. It names every contract of
P in force at such a point; each shares it with some other downstream, not with every one.

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
from collections.abc import Iterator, Mapping, Sequence

from tracer.graph.regions import EMPTY, Region
from tracer.graph.scope import boxes_of
from tracer.model.evidence import Contract
from tracer.model.finding import Finding
from tracer.rules.base import Rule, make_finding, some_names
from tracer.rules.inspection import Inspection
from tracer.rules.terms import sentence_for

__all__ = ["RULE"]

_Boxes = Mapping[int, list[tuple[Contract, int]]]
"""Rows by node, with their days."""


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    lets: dict[str, list[Contract]] = defaultdict(list)
    for pair in case.found.hops.hops:
        lets[pair[0]] += case.records[pair].contracts
    for party, rows in lets.items():
        if len({case.identity(row.downstream) for row in rows}) < 2:
            continue
        boxes = _boxes(case, rows)
        shared = _without_bare_code(case, party, rows, _let_twice(case, boxes))
        for part in _by_topmost(case, shared):
            yield _finding(case, party, part, boxes)


def _boxes(case: Inspection, rows: Sequence[Contract]) -> _Boxes:
    scope = case.found.scope
    first, last = case.window.bounds()
    found: dict[int, list[tuple[Contract, int]]] = defaultdict(list)
    for row in rows:
        for prefix, low, high in boxes_of(row, case.number, first, last):
            found[scope.tree.segments[prefix]].append((row, scope.axis.span(low, high)))
    return {node: found[node] for node in sorted(found)}


def _let_twice(case: Inspection, boxes: _Boxes) -> Region:
    """Find where rows of two downstreams are in force, in one pass down the tree of numbers."""
    tree = case.found.scope.tree
    once: dict[int, int] = {}
    twice: dict[int, int] = {}
    by_downstream: dict[str, dict[int, int]] = defaultdict(dict)

    def above(days: Mapping[int, int], node: int) -> int:
        return next((days[n] for n in tree.path(node)[1:] if n in days), 0)

    for node, rows in boxes.items():
        one, two = above(once, node), above(twice, node)
        here: dict[str, int] = defaultdict(int)
        for row, days in rows:
            here[case.identity(row.downstream)] |= days
        for downstream, days in here.items():
            before = above(by_downstream[downstream], node)
            fresh = days & ~before  # on these days, what is let once is let to somebody else
            two |= one & fresh
            one |= fresh
            by_downstream[downstream][node] = before | fresh
        once[node], twice[node] = one, two
    return case.found.scope.regions.tidy(twice)


def _without_bare_code(
    case: Inspection, party: str, rows: Sequence[Contract], shared: Region
) -> Region:
    """Leave out where the party is the holder and every row names only the bare code."""
    held = case.found.scope.holders.get(party, EMPTY)
    if not held or not shared:
        return shared
    codes = [a.segment for a in case.found.evidence.allocations if a.holder == party]
    extended = {
        (row.downstream, row.contract_no)
        for row in rows
        if not all(any(code.prefix.startswith(s.prefix) for code in codes) for s in row.segments)
    }
    divided = [row for row in rows if (row.downstream, row.contract_no) in extended]
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


def _finding(case: Inspection, party: str, part: Region, boxes: _Boxes) -> Finding:
    rows = list(_rows_in(case, part, boxes))
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


def _rows_in(case: Inspection, part: Region, boxes: _Boxes) -> Iterator[Contract]:
    """Give the rows in force at some point of a region under one node."""
    tree, algebra = case.found.scope.tree, case.found.scope.regions
    nodes = list(part)
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
