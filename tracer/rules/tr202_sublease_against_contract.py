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

from tracer.graph.traffic import Pair
from tracer.model.evidence import Contract
from tracer.model.finding import Finding
from tracer.model.period import join_days
from tracer.rules.base import Lead, Rule, make_finding
from tracer.rules.classes import serves_third_parties
from tracer.rules.days import Days, common_days, days_without, span_of_spans
from tracer.rules.inspection import Inspection, join_segments
from tracer.rules.lookup import BySegment, pieces_of
from tracer.rules.terms import sentence_for

__all__ = ["RULE"]

_ALLOWING = frozenset({"allowed", "with_consent"})

_Overlap = tuple[str, Contract, Contract]
"""Digits in both, a row of the incoming and a row of the onward contract."""

_Contracts = tuple[str, str, str, str, str]
"""Upstream, party, downstream; numbers of the incoming and the onward contract."""

_Counted = list[tuple[_Overlap, Days]]
"""Overlaps with the days that count, of which each has one."""


def check(case: Inspection) -> Iterator[Lead]:
    """Give the findings of one scope."""
    overlaps = _find_overlaps(case)
    incoming_pairs = {_pair(rows[0][1]) for rows in overlaps.values()}
    permissions = _find_permissions(case, incoming_pairs)
    for (upstream, party, downstream, _, _), rows in overlaps.items():
        counted = [
            (overlap, days) for overlap in rows if (days := _counted(case, overlap, permissions))
        ]
        if counted:
            yield Lead(party, (upstream, party, downstream), partial(_finding, counted))


def _find_overlaps(case: Inspection) -> dict[_Contracts, list[_Overlap]]:
    """Find where onward contracts overlap incoming ones that forbid them; by contracts."""
    found: dict[_Contracts, list[_Overlap]] = defaultdict(list)
    forbidding = _forbidding(case)
    for pair in case.found.hops.hops:
        party, downstream = pair
        if party not in forbidding:
            continue
        for row in case.records[pair].contracts:
            for piece in pieces_of(row, case.number):
                for prefix, incoming in forbidding[party].overlapping(piece):
                    if incoming.upstream == downstream or not incoming.term.overlaps(row.term):
                        continue
                    key = (incoming.upstream, *pair, incoming.contract_no, row.contract_no)
                    found[key].append((max(prefix, piece, key=len), incoming, row))
    return found


def _forbidding(case: Inspection) -> dict[str, BySegment[Contract]]:
    """Give the incoming contracts that forbid subletting, by party."""
    entries: dict[str, list[tuple[str, Contract]]] = defaultdict(list)
    for pair in case.found.hops.hops:
        for row in case.records[pair].contracts:
            if row.sublease_clause == "forbidden":
                entries[row.downstream] += [(p, row) for p in pieces_of(row, case.number)]
    return {party: BySegment(found) for party, found in entries.items()}


def _find_permissions(case: Inspection, pairs: set[Pair]) -> dict[Pair, list[Contract]]:
    """Give the contracts that allow subletting, with consent or without, of some pairs.

    One that covers a number of the scope is in its evidence; of others only supplements matter.
    """
    found: dict[Pair, list[Contract]] = defaultdict(list)
    if not pairs:
        return found
    blank = case.particulars.unsegmented
    rows = chain(
        case.found.evidence.contracts,
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
    digits, incoming, onward = overlap
    terms = (incoming.term.bounds(), onward.term.bounds(), case.window.bounds())
    first, last = max(low for low, _ in terms), min(high for _, high in terms)
    if first > last:
        return ()
    both = _not_served(case, digits, onward, ((first, last),))
    if not (allowing := permissions.get(_pair(incoming))):
        return both
    amended = {incoming.contract_no, incoming.amends or incoming.contract_no}
    is_consented = case.holdings.is_approved(onward)
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


def _finding(counted: _Counted) -> Finding:
    (_, incoming, onward), _ = counted[0]
    contracts = [row for (_, *both), _ in counted for row in both]
    return make_finding(
        RULE.code,
        hops=[_pair(incoming), _pair(onward)],
        contracts=contracts,
        segment=join_segments(digits for (digits, _, _), _ in counted),
        span=span_of_spans(join_days(span for _, days in counted for span in days)),
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
