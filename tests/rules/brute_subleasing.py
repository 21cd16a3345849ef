"""The rules on subleasing read point by point."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, product

from tests.graph.brute_point import Point, evidences, within
from tracer.model.evidence import Contract

from .brute_case import BruteCase, Found, Reading

__all__ = ["READINGS", "TWELVE_DIGITS", "is_approved", "silent", "unapproved_points"]

TWELVE_DIGITS = ("10635", "10636", "10637", "10638", "10695", "10696", "10697", "10698")
"""Classes whose codes have twelve digits; those of the others have eight."""

_PLATFORMS = ("10630", "10690")
_SERVICE = {"end_customer_service", "终端客户服务"}


def unapproved_points(case: BruteCase) -> dict[tuple[str, str], set[Point]]:
    """Points at which TR201 applies, by hop."""
    scope = case.scope
    found: dict[tuple[str, str], set[Point]] = defaultdict(set)
    for point, hops in scope.hops.items():
        for party, onward in hops:
            if case.is_access(party):
                continue
            if not case.incoming(party, point) or case.allocated(party, point):
                continue
            if onward in scope.holders[point]:
                continue
            contracts = scope.contracts_at((party, onward), point)
            blank = case.drawn.particulars.unsegmented.get((party, onward), ())
            if any(c.approval_no and not c.amends for c in blank):
                continue
            if any(is_approved(case, c) for c in contracts):
                continue
            hands_on = any(u == onward and not case.is_access(u) for u, _ in hops)
            asked = case.drawn.evidence.number
            if not hands_on and any(_is_service(c, point[0], asked) for c in contracts):
                continue
            found[party, onward].add(point)
    return found


def is_approved(case: BruteCase, contract: Contract) -> bool:
    """Some row of the contract, or of the one it amends, states an approval number.

    Or a supplement of either does that names no segment.
    """
    hop = (contract.upstream, contract.downstream)
    numbers = {contract.contract_no, contract.amends or contract.contract_no}
    blank = case.drawn.particulars.unsegmented.get(hop, ())
    return any(
        c.approval_no and c.contract_no in numbers
        for c in case.drawn.evidence.contracts
        if (c.upstream, c.downstream) == hop
    ) or any(c.approval_no and {c.contract_no, c.amends} & numbers for c in blank)


def _is_service(contract: Contract, number: str, asked: str) -> bool:
    kind = "".join((contract.kind or "").split())
    return kind in _SERVICE and any(
        number.startswith(s.prefix) and max(s.prefix, asked, key=len).startswith(_PLATFORMS)
        for s in contract.segments
    )


def tr201(case: BruteCase) -> Iterator[Found]:
    for (party, onward), points in unapproved_points(case).items():
        contracts = {
            c.contract_no
            for point in points
            for c in (
                *case.incoming(party, point),
                *case.scope.contracts_at((party, onward), point),
            )
        }
        yield Found(
            "TR201",
            tuple(sorted((party, onward))),
            tuple(sorted(contracts)),
            messages=case.messages((party, onward), points),
            sentence="TR201",
            **case.span(day for _, day in points),
        )


def silent(rule: str, contracts: Iterable[Contract]) -> str:
    """Key of the sentence: another one where a contract does not state its start or end."""
    stated = all(c.start_stated and c.end_stated for c in contracts)
    return rule if stated else f"{rule}.silent"


def tr202(case: BruteCase) -> Iterator[Found]:
    rows = case.drawn.evidence.contracts
    days: dict[tuple[str, ...], set[int]] = defaultdict(set)
    named: dict[tuple[str, ...], list[Contract]] = defaultdict(list)
    for incoming, onward in product(rows, rows):
        if incoming.sublease_clause != "forbidden" or incoming.downstream != onward.upstream:
            continue
        if case.is_access(incoming.upstream) or incoming.upstream == onward.downstream:
            continue
        key = (
            incoming.upstream,
            incoming.downstream,
            onward.downstream,
            incoming.contract_no,
            onward.contract_no,
        )
        for point in case.scope.hops:
            if not evidences(incoming, point) or not evidences(onward, point):
                continue
            if _serves_a_customer(case, incoming, onward, point):
                continue
            if not any(_lets(case, c, incoming, onward, point) for c in case.drawn.contracts):
                days[key].add(point[1])
                named[key] += (incoming, onward)
    for ends, them in days.items():
        yield Found(
            "TR202",
            tuple(sorted(ends[:3])),
            tuple(sorted(set(ends[3:]))),
            sentence=silent("TR202", named[ends]),
            **case.span(them),
        )


def _serves_a_customer(case: BruteCase, incoming: Contract, onward: Contract, point: Point) -> bool:
    """Tell whether a platform serves a customer that hands nothing on."""
    number, asked = point[0], case.drawn.evidence.number
    named = [
        min((s.prefix for s in row.segments if number.startswith(s.prefix)), key=len)
        for row in (incoming, onward)
    ]
    is_platform = max(*named, asked, key=len).startswith(_PLATFORMS)
    is_service = "".join((onward.kind or "").split()) in _SERVICE
    hands_on = any(u == onward.downstream for u, _ in case.scope.hops[point])
    return is_platform and is_service and not hands_on


def _lets(
    case: BruteCase, other: Contract, incoming: Contract, onward: Contract, point: Point
) -> bool:
    """Tell whether another contract of the same ends allows subletting at a point."""
    number, day = point
    if (other.upstream, other.downstream) != (incoming.upstream, incoming.downstream):
        return False
    consent = bool(other.approval_no) or is_approved(case, onward)
    clause = other.sublease_clause
    if clause != "allowed" and not (clause == "with_consent" and consent):
        return False
    amended = {incoming.contract_no, incoming.amends or incoming.contract_no}
    covers = any(number.startswith(s.prefix) for s in other.segments)
    return within(other.term, day) and (other.amends in amended or covers)


def tr206(case: BruteCase) -> Iterator[Found]:
    shared: dict[str, dict[Point, list[Contract]]] = defaultdict(dict)
    for point in case.scope.hops:
        by_party: dict[str, list[Contract]] = defaultdict(list)
        for row in case.drawn.evidence.contracts:
            if not case.is_access(row.upstream) and evidences(row, point):
                by_party[row.upstream].append(row)
        for party, rows in by_party.items():
            holds = party in case.scope.holders[point]
            if any(
                _identity(case, a.downstream) != _identity(case, b.downstream)
                and not (holds and _names_bare_code(case, a) and _names_bare_code(case, b))
                for a, b in combinations(rows, 2)
            ) and not _is_handover(case, party, point):
                shared[party][point] = rows
    for party, points in shared.items():
        groups: dict[tuple[str, bool], list[Point]] = defaultdict(list)
        for point in points:
            groups[_topmost(case, point[0], {n for n, _ in points})].append(point)
        for them in groups.values():
            rows = [row for point in them for row in points[point]]
            yield Found(
                "TR206",
                tuple(sorted({party, *(row.downstream for row in rows)})),
                tuple(sorted({row.contract_no for row in rows})),
                sentence=silent("TR206", rows),
                **case.span(day for _, day in them),
            )


def _is_handover(case: BruteCase, party: str, point: Point) -> bool:
    """One of two leaves on this day, having been there, and the other comes, to stay."""
    number, day = point
    there: dict[str, set[int]] = defaultdict(set)
    for row in case.drawn.evidence.contracts:
        lets = any(number.startswith(s.prefix) for s in row.segments)
        if lets and row.upstream == party and row.term.overlaps(case.window):
            near = {d for d in (day - 1, day, day + 1) if within(row.term, d)}
            there[_identity(case, row.downstream)] |= near
    those = sorted(sorted(days) for days in there.values() if day in days)
    return those == [[day - 1, day], [day, day + 1]]


def _identity(case: BruteCase, name: str) -> str:
    party = case.drawn.evidence.parties.get(name)
    return (party and party.uscc) or name


def _names_bare_code(case: BruteCase, row: Contract) -> bool:
    """Tell whether no row of the contract in the window names more digits than an allocation."""
    evidence, window = case.drawn.evidence, case.window
    codes = [a.segment.prefix for a in evidence.allocations if a.holder == row.upstream]
    return all(
        any(code.startswith(s.prefix) for code in codes)
        for other in evidence.contracts
        if (other.upstream, other.downstream, other.contract_no)
        == (row.upstream, row.downstream, row.contract_no)
        if other.term.overlaps(window)
        for s in other.segments
    )


def _topmost(case: BruteCase, number: str, numbers: set[str]) -> tuple[str, bool]:
    """Give the topmost segment some of these numbers lie right under, or the number itself."""
    evidence = case.drawn.evidence
    routed = {n for (_, _, n, _), (count, _) in case.scope.counts.items() if count}
    segments = {
        s.prefix for c in evidence.contracts if c.term.overlaps(case.window) for s in c.segments
    }
    segments |= {a.segment.prefix for a in evidence.allocations if a.term.overlaps(case.window)}
    segments = {s for s in segments if s.startswith(evidence.number)} | {evidence.number}

    def right_above(n: str) -> str:
        return max((s for s in segments if n.startswith(s)), key=len)

    kinds = {right_above(n) for n in numbers - routed}
    tops = [kind for kind in kinds if number.startswith(kind)]
    return (min(tops, key=len), False) if tops else (number, True)


def tr208(case: BruteCase) -> Iterator[Found]:
    for (party, onward), points in unapproved_points(case).items():
        there: set[Point] = set()
        rows: set[str] = set()
        for point in points:
            incoming = case.incoming(party, point)
            let = case.scope.contracts_at((party, onward), point)
            for code in case.drawn.evidence.allocations:
                number, day = point
                if not number.startswith(code.segment.prefix) or not within(code.term, day):
                    continue
                whole_in = [c for c in incoming if _covers_all(c, code.segment.prefix)]
                whole_out = [c for c in let if _covers_all(c, code.segment.prefix)]
                if whole_in and whole_out:
                    there.add(point)
                    rows |= {c.contract_no for c in (*whole_in, *whole_out)}
        if there:
            yield Found(
                "TR208",
                tuple(sorted((party, onward))),
                tuple(sorted(rows)),
                messages=case.messages((party, onward), there),
                sentence="TR208",
                **case.span(day for _, day in there),
            )


def _covers_all(row: Contract, code: str) -> bool:
    """Tell whether a contract names a whole code, and not the class of it for short."""
    least = min(len(code), 12 if code.startswith(TWELVE_DIGITS) else 8)
    return any(code.startswith(s.prefix) and len(s.prefix) >= least for s in row.segments)


def tr210(case: BruteCase) -> Iterator[Found]:
    let_on: dict[tuple[str, str], dict[tuple[str, str], set[Point]]] = {}
    for hop, points in unapproved_points(case).items():
        for point in points:
            for holder in case.scope.holders[point]:
                if (holder, hop[0]) in case.scope.hops[point]:
                    let_on.setdefault((holder, hop[0]), {}).setdefault(hop, set()).add(point)
    for pair, hops in let_on.items():
        everywhere = {point for points in hops.values() for point in points}
        rows = {
            c.contract_no
            for hop, points in (*hops.items(), (pair, everywhere))
            for point in points
            for c in case.scope.contracts_at(hop, point)
        }
        yield Found(
            "TR210",
            tuple(sorted(pair)),
            tuple(sorted(rows)),
            messages=sum(case.messages(hop, points) for hop, points in hops.items()),
            sentence="TR210",
            **case.span(day for _, day in everywhere),
        )


READINGS: dict[str, Reading] = {
    "TR201": tr201,
    "TR202": tr202,
    "TR206": tr206,
    "TR208": tr208,
    "TR210": tr210,
}
