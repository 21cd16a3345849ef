"""TR304: a contract under which no message is on record, although logs that would show them are.

Flags
-----
One finding per hop and contract number: a contract in force in the window that covers no message of
its hop on any day on record, stopped messages included, while on days of its term in the window a
log that would show them is there, under the code allocated for one of its segments (the longest
allocated segment that covers it, or one within it): messages the upstream accepted, by its own log,
or the downstream submitted, by its own; or, by a log that states no provider, messages the upstream
accepted on another hop.

Not judged: a contract any row of which (or of one it amends, or that amends it) names no segment,
or one that reaches beyond the scope: its messages may be of numbers not looked at. Not flagged
where messages are covered by another row of the same contract number, by one it amends, or by one
that amends it.

Why
---
A contract nobody uses may have served another purpose: the notice of 2020 speaks of lease in
disguise; or a log handed in is not complete, and logs are to be kept for five months,
通信短信息服务管理规定.

Evidence
--------
The rows of the contract in force in the window, and of the logs that would show its messages one
routing total each of the first and the last day. Days: those on which such a log is there.
Messages: none.

Limits
------
A log handed in for some accounts only looks like one that shows everything. A contract signed and
never used is nothing unusual by itself.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from tracer.graph.traffic import HopTraffic, Pair
from tracer.model.evidence import Contract
from tracer.model.finding import Finding
from tracer.model.source import RecordRef
from tracer.rules.base import Rule, Span, make_finding
from tracer.rules.handedin import HandedIn
from tracer.rules.inspection import Inspection, join_segments

__all__ = ["RULE"]

_Rows = dict[str, list[Contract]]
"""Rows of contracts of one hop, by contract number."""


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    if not case.found.evidence.routing:
        return
    logs = HandedIn(case.found.evidence, case.found.scope)
    silent = {
        pair: found
        for pair in case.found.hops.hops
        if (
            found := {
                no: rows for no, rows in _unused(case, pair).items() if _days(case, logs, rows)
            }
        )
    }
    everything = _by_pair(case, silent)
    for pair, found in silent.items():
        explained = _explained(case, pair, everything[pair])
        for number, rows in found.items():
            if number not in explained:
                yield _tell(case, logs, pair, rows)


def _unused(case: Inspection, pair: Pair) -> _Rows:
    """Give the contracts of a hop in the scope that cover none of its messages."""
    contracts = case.records[pair].contracts
    used = _used(case.found.traffic.get(pair, {}), contracts) if contracts else set()
    found: _Rows = defaultdict(list)
    for contract in contracts:
        if contract.contract_no not in used:
            found[contract.contract_no].append(contract)
    return found


def _used(points: HopTraffic, contracts: Collection[Contract]) -> set[str]:
    """Give the numbers of the contracts that cover a message, stopped ones too."""
    days: dict[str, set[int]] = {s.prefix: set() for c in contracts for s in c.segments}
    for (number, day), here in points.items():
        if here.messages or here.blocked:
            for length in range(1, len(number) + 1):
                if number[:length] in days:
                    days[number[:length]].add(day)
    in_order = {prefix: sorted(found) for prefix, found in days.items()}
    return {
        contract.contract_no
        for contract in contracts
        if any(_meets(in_order[s.prefix], *contract.term.bounds()) for s in contract.segments)
    }


def _meets(days: Sequence[int], first: int, last: int) -> bool:
    """Tell whether one of some days, in order, lies between two."""
    place = bisect_left(days, first)
    return place < len(days) and days[place] <= last


def _by_pair(case: Inspection, pairs: Collection[Pair]) -> dict[Pair, list[Contract]]:
    """Give every contract of some hops, whatever its number and days, or if it names no segment."""
    found = {pair: list(case.particulars.unsegmented.get(pair, ())) for pair in pairs}
    for contract in case.papers.between(sorted(pairs)) if pairs else ():
        found[contract.upstream, contract.downstream].append(contract)
    return found


def _explained(case: Inspection, pair: Pair, contracts: Collection[Contract]) -> set[str]:
    """Give the contracts that are used, or may be beyond the scope, by a supplement perhaps."""
    telling = _used(case.found.traffic.get(pair, {}), contracts)
    telling |= {c.contract_no for c in contracts if _reaches_beyond(c, case.number)}
    related = {(c.contract_no, c.amends) for c in contracts if c.amends}
    return (
        telling
        | {number for number, amended in related if amended in telling}
        | {amended for number, amended in related if number in telling}
    )


def _reaches_beyond(contract: Contract, number: str) -> bool:
    """Tell whether a contract may be of numbers that are not in the scope."""
    inside = all(segment.prefix.startswith(number) for segment in contract.segments)
    return not (contract.segments and inside)


def _days(case: Inspection, logs: HandedIn, rows: Collection[Contract]) -> int:
    """Give the days of some rows of a contract on which a log would show messages (mask)."""
    axis = case.found.scope.axis
    found = 0
    for row in rows:
        found |= axis.clip(*row.term.bounds()) & logs.days(*_asked(logs, row))
    return found


def _asked(logs: HandedIn, row: Contract) -> tuple[Pair, set[str]]:
    codes = {code for s in row.segments for code in logs.codes_of(s.prefix)}
    return (row.upstream, row.downstream), codes


def _tell(case: Inspection, logs: HandedIn, pair: Pair, rows: Collection[Contract]) -> Finding:
    span = case.span_of(_days(case, logs, rows))
    return make_finding(
        RULE.code,
        hops=[pair],
        contracts=rows,
        refs=_witnesses(logs, rows, span),
        segment=join_segments(s.prefix for row in rows for s in row.segments),
        span=span,
        values={"upstream": pair[0], "downstream": pair[1]},
    )


def _witnesses(logs: HandedIn, rows: Collection[Contract], span: Span) -> Iterator[RecordRef]:
    """Give a routing total of the first and of the last day that shows such a log is there."""
    for day in (span.first, span.last):
        if day is not None:  # always so: a log is of single days
            refs = [
                ref
                for row in rows
                if row.term.contains(day)
                for ref in logs.witnesses(*_asked(logs, row), day.toordinal())
            ]
            yield min(refs, key=lambda ref: ref.record_id)


RULE = Rule(
    code="TR304",
    name="contract-without-routing",
    clauses=("notice-2020", "sms-logs"),
    check=check,
)
