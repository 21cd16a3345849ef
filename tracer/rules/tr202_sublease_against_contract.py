"""TR202: a contract that forbids subletting, and an onward contract of the same party.

Flags
-----
One finding per incoming contract of P whose clause forbids subletting and onward contract of P,
where both are in force on the same day for some of the same numbers. Not counted are days on
which a supplement of the same contract (it names it, or the contract both amend) allows it, and
numbers and days that another contract from the same upstream covers and allows. A supplement or
contract that allows it with consent counts as allowing it where it, or the onward contract, states
an approval number. A contract by which P gives back to that upstream itself is none, and so is one
of kind end_customer_service under a code for third-party platforms, on days on which its downstream
hands none of it on: to serve customers is what such a code is for.

Why
---
The contract forbids it, and no number may be leased or transferred without approval: 电信条例
28(3).

Evidence
--------
The rows of both contracts that overlap. Days: those on which they do.

Limits
------
A supplement or consent that was never handed in looks like none. A clause may have been read
from free wording. A contract that states no start or end counts as in force on all days before or
after; the sentence then says so.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from tracer.graph.scope import boxes_of
from tracer.graph.traffic import Pair
from tracer.model.evidence import Contract
from tracer.model.finding import Finding
from tracer.model.period import join_days
from tracer.rules.base import Lead, Rule, make_finding
from tracer.rules.classes import serves_third_parties
from tracer.rules.days import Days, common_days, days_without, span_of_spans
from tracer.rules.inspection import Inspection, join_segments
from tracer.rules.lookup import BySegment
from tracer.rules.terms import sentence_for

__all__ = ["RULE"]

_ALLOWING = frozenset({"allowed", "with_consent"})


class _Row(NamedTuple):
    """A row of an incoming contract that forbids it, and its days in the scope."""

    contract: Contract
    first: int
    last: int


class _Overlap(NamedTuple):
    """Digits in a row of the incoming and one of the onward contract, and days in both terms."""

    digits: str
    incoming: Contract
    onward: Contract
    days: Days


_Contracts = tuple[str, str, str, str, str]
"""Upstream, party, downstream; numbers of the incoming and the onward contract."""


def check(case: Inspection) -> Iterator[Lead]:
    """Give the findings of one scope."""
    overlaps = _find_overlaps(case)
    incoming_pairs = {(upstream, party) for upstream, party, _, _, _ in overlaps}
    permissions = _find_permissions(case, incoming_pairs)
    for (upstream, party, downstream, _, _), rows in overlaps.items():
        counted = [
            overlap if days is overlap.days else overlap._replace(days=days)
            for overlap in rows
            if (days := _counted(case, overlap, permissions))
        ]
        if counted:
            yield Lead(party, (upstream, party, downstream), partial(_finding, counted))


def _find_overlaps(case: Inspection) -> dict[_Contracts, list[_Overlap]]:
    """Find where onward contracts overlap incoming ones that forbid them; by contracts."""
    found: dict[_Contracts, list[_Overlap]] = defaultdict(list)
    onward, (opens, closes) = case.found.hops.onward, case.window.bounds()
    for party, forbidding in _forbidding(case).items():
        for downstream, _ in onward[party]:
            for row in case.contracts_of((party, downstream)):
                for piece, low, high in boxes_of(row, case.number, opens, closes):
                    for prefix, (incoming, first, last) in forbidding.overlapping(piece):
                        begin, end = max(low, first), min(high, last)
                        if begin > end or incoming.upstream == downstream:
                            continue
                        ends = (incoming.upstream, party, downstream)
                        digits = max(prefix, piece, key=len)
                        found[*ends, incoming.contract_no, row.contract_no].append(
                            _Overlap(digits, incoming, row, ((begin, end),))
                        )
    return found


def _forbidding(case: Inspection) -> dict[str, BySegment[_Row]]:
    """Give the incoming contracts that forbid subletting, of parties with hops onward."""
    entries: dict[str, list[tuple[str, _Row]]] = defaultdict(list)
    hops, onward = case.found.hops.hops, case.found.hops.onward
    opens, closes = case.window.bounds()
    for pair, papers in case.found.scope.papers.items():
        for row in papers:
            if row.sublease_clause == "forbidden" and pair[1] in onward and pair in hops:
                boxes = boxes_of(row, case.number, opens, closes)
                entries[pair[1]] += [(p, _Row(row, first, last)) for p, first, last in boxes]
    return {party: BySegment(found) for party, found in entries.items()}


def _find_permissions(case: Inspection, pairs: set[Pair]) -> dict[Pair, list[Contract]]:
    """Give the contracts that allow subletting, with consent or without, of some pairs.

    Of those that are not in the scope only supplements matter.
    """
    found: dict[Pair, list[Contract]] = defaultdict(list)
    if not pairs:
        return found
    blank = case.particulars.unsegmented
    rows = chain(
        (row for pair in pairs for row in case.contracts_of(pair)),
        case.papers.supplements(sorted(pairs)),
        (row for pair in pairs for row in blank.get(pair, ())),
    )
    for row in rows:
        if row.sublease_clause in _ALLOWING and _pair(row) in pairs:
            found[_pair(row)].append(row)
    return found


def _counted(
    case: Inspection, overlap: _Overlap, permissions: Mapping[Pair, Sequence[Contract]]
) -> Days:
    """Give the days of the window on which both rows are in force and nothing allows it."""
    digits, incoming, onward, days = overlap
    both = _not_served(case, digits, onward, days)
    if not (allowing := permissions.get(_pair(incoming))):
        return both
    amended = {incoming.contract_no, incoming.amends or incoming.contract_no}
    is_consented = case.approvals.is_approved(onward)
    excused = [
        row.term.bounds()
        for row in allowing
        if (row.sublease_clause == "allowed" or row.approval_no or is_consented)
        and (row.amends in amended or any(s.covers(digits) for s in row.segments))
    ]
    return days_without(both, excused)


def _not_served(case: Inspection, digits: str, onward: Contract, days: Days) -> Days:
    """Leave out days on which a customer of a platform is served, and hands nothing on."""
    if not (onward.is_end_customer_service and serves_third_parties(digits)):
        return days
    scope = case.found.scope
    node = scope.tree.segments[digits]
    handed_on = 0
    for _, region in case.found.hops.onward.get(onward.downstream, ()):
        handed_on |= scope.regions.at(region, node)
        for below, here in region.items():
            if node < below <= scope.tree.end[node]:
                handed_on |= here
    return common_days(days, scope.axis.spans(handed_on))


def _finding(counted: Sequence[_Overlap]) -> Finding:
    _, incoming, onward, _ = counted[0]
    contracts = [row for each in counted for row in (each.incoming, each.onward)]
    return make_finding(
        RULE.code,
        hops=[_pair(incoming), _pair(onward)],
        contracts=contracts,
        segment=join_segments(each.digits for each in counted),
        span=span_of_spans(join_days(span for each in counted for span in each.days)),
        sentence=sentence_for(RULE.code, contracts),
        values={
            "upstream": incoming.upstream,
            "party": incoming.downstream,
            "downstream": onward.downstream,
            "incoming": incoming.contract_no,
            "onward": onward.contract_no,
        },
    )


def _pair(contract: Contract) -> Pair:
    return contract.upstream, contract.downstream


RULE = Rule(
    code="TR202",
    name="sublease-against-contract",
    clauses=("contract", "telecom-28-3", "telecom-69-3", "fraud-31-1", "fraud-44"),
    check=check,
)
