"""The rule on access, TR211, read point by point."""

from collections import defaultdict
from collections.abc import Iterator

from tests.graph.brute_point import Point, holders_at, within

from .brute_case import BruteCase, Found, Reading

__all__ = ["READINGS"]


def tr211(case: BruteCase) -> Iterator[Found]:
    access: dict[tuple[str, str], set[Point]] = defaultdict(set)
    for point, hops in case.scope.hops.items():
        for carrier, party in hops:
            holders = case.scope.holders[point]
            if case.is_access(carrier) and holders and party not in holders:
                access[carrier, party].add(point)
    opened: dict[tuple[str, str], set[int]] = defaultdict(set)
    asked, allocations = case.drawn.evidence.number, case.drawn.evidence.allocations
    for opening in case.drawn.particulars.openings:
        if opening.user == opening.carrier:
            continue
        digits = max(opening.segment.prefix, asked, key=len)
        numbers = {digits, *(n for n, _ in case.scope.hops if n.startswith(digits))}
        for day in {day for _, day in case.scope.hops if within(opening.term, day)}:
            at = [holders_at(allocations, (number, day)) for number in numbers]
            if any(holders and opening.user not in holders for holders in at):
                opened[opening.carrier, opening.user].add(day)
    for ends in access.keys() | opened.keys():
        points = access.get(ends, set())
        rows = {c.contract_no for p in points for c in case.scope.contracts_at(ends, p)}
        kind = "" if ends not in opened else ".both" if points else ".opening"
        yield Found(
            "TR211",
            tuple(sorted(ends)),
            tuple(sorted(rows)),
            messages=case.messages(ends, points),
            sentence=f"TR211{kind}",
            **case.span({day for _, day in points} | opened.get(ends, set())),
        )


READINGS: dict[str, Reading] = {"TR211": tr211}
