"""Rules read point by point: those of `messages.rules_numbers`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from tests.graph.brute_point import Hop, Point, evidences, within
from tracer.model.evidence import Allocation, Contract
from tracer.model.period import Period

from .brute_case import BruteCase, Found, Reading

__all__ = ["READINGS", "codes_together"]

_CODE_DIGITS = 8
"""Of every class that random cases are about."""


def hops_of(case: BruteCase) -> dict[Hop, list[Point]]:
    """Hops of the scope that are no access, with the points at which they are evidenced."""
    found: dict[Hop, list[Point]] = defaultdict(list)
    for point, hops in case.scope.hops.items():
        for hop in hops:
            if not case.is_access(hop[0]):
                found[hop].append(point)
    return found


def contracts_of(case: BruteCase, hop: Hop) -> list[tuple[Contract, str]]:
    """The hop's contracts in force in the window, with each segment, cut to the scope."""
    asked = case.drawn.evidence.number
    days = {day for _, day in case.scope.hops}
    return [
        (c, s.prefix if s.prefix.startswith(asked) else asked)
        for c in case.drawn.evidence.contracts
        if (c.upstream, c.downstream) == hop and any(within(c.term, day) for day in days)
        for s in c.segments
        if s.prefix.startswith(asked) or asked.startswith(s.prefix)
        if len(s.prefix) >= min(_CODE_DIGITS, len(asked))
    ]


def routed_of(case: BruteCase, hop: Hop) -> dict[Point, int]:
    """The hop's points with messages in the window."""
    return {point: n for point, (n, _) in case.scope.messages_of(hop).items() if n}


def covering(case: BruteCase, digits: str) -> list[Allocation]:
    allocations = case.drawn.evidence.allocations
    return [a for a in allocations if digits.startswith(a.segment.prefix)]


def tr101(case: BruteCase) -> Iterator[Found]:
    classes = case.drawn.particulars.classes
    days = {day for _, day in case.scope.hops}
    for hop in hops_of(case):
        named: dict[str, set[str]] = defaultdict(set)
        dates: dict[str, set[int]] = defaultdict(set)
        counted: dict[str, int] = defaultdict(int)
        loose = [
            (c, piece)
            for c, piece in contracts_of(case, hop)
            if piece[:4] in classes
            and not any(
                piece.startswith(a.segment.prefix) or a.segment.prefix.startswith(piece)
                for a in case.drawn.evidence.allocations
            )
        ]
        pieces = {piece for _, piece in loose}
        tops = {p for p in pieces if not any(p != q and p.startswith(q) for q in pieces)}
        for c, piece in loose:
            (top,) = (p for p in tops if piece.startswith(p))
            named[top].add(c.contract_no)
            dates[top] |= {day for day in days if within(c.term, day)}
        for (number, day), messages in routed_of(case, hop).items():
            if number[:4] in classes and not covering(case, number):
                under = [p for p in tops if number.startswith(p)]
                key = under[0] if under else f"code {number[:_CODE_DIGITS]}"
                dates[key].add(day)
                counted[key] += messages
        for key, its_days in dates.items():
            yield Found(
                "TR101",
                tuple(sorted(hop)),
                tuple(sorted(named[key])),
                messages=counted[key],
                sentence="TR101",
                **case.span(its_days),
            )


def is_past_everything(case: BruteCase, day: int) -> bool:
    """Whether the day lies before or after all that begins or ends in the scope."""
    evidence, window = case.drawn.evidence, case.window
    terms = [c.term for c in evidence.contracts] + [a.term for a in evidence.allocations]
    cuts = {term.first.toordinal() for term in terms if term.first}
    cuts |= {term.last.toordinal() + 1 for term in terms if term.last}
    routed = {r.day.toordinal() for r in evidence.routing if r.messages}
    cuts |= {day + step for day in routed for step in (0, 1)}
    before = window.first is None and not any(cut <= day for cut in cuts)
    return before or (window.last is None and not any(cut > day for cut in cuts))


def tr102(case: BruteCase) -> Iterator[Found]:
    for hop, points in hops_of(case).items():
        routed = routed_of(case, hop)
        found = []
        for number, day in points:
            above = covering(case, number)
            if any(within(a.term, day) for a in above):
                continue
            counts = bool(above) and (number, day) in routed
            for c, piece in contracts_of(case, hop):
                if not number.startswith(piece) or not within(c.term, day):
                    continue
                its = covering(case, piece)
                is_met = any(a.term.overlaps(c.term) for a in its)
                counts |= bool(its) and not (is_met and is_past_everything(case, day))
            if counts:
                found.append((number, day))
        if found:
            contracts = {c.contract_no for p in found for c in case.scope.contracts_at(hop, p)}
            yield Found(
                "TR102",
                tuple(sorted(hop)),
                tuple(sorted(contracts)),
                messages=case.messages(hop, found),
                sentence="TR102",
                **case.span(day for _, day in found),
            )


def tr103(case: BruteCase) -> Iterator[Found]:
    days = {day for _, day in case.scope.hops}
    allocations = case.drawn.evidence.allocations
    for one, other in combinations(sorted({a.holder for a in allocations}), 2):
        for prefix in sorted({a.segment.prefix for a in allocations}):
            both = {
                day
                for day in days
                if all(
                    any(
                        a.holder == holder and a.segment.prefix == prefix and within(a.term, day)
                        for a in allocations
                    )
                    for holder in (one, other)
                )
            }
            if len(both) > 1 or case.scope.day_count(both) is None:
                yield Found("TR103", (one, other), sentence="TR103", **case.span(both))


_AREAS = {
    ("浙江省", "江苏"),
    ("浙江", "江苏"),
    ("江苏", "浙江省"),
    ("江苏", "浙江"),
    *(("全国", area) for area in ("浙江省", "浙江", "江苏")),
}
"""What goes beyond what, of the areas that random cases draw."""
_PURPOSES = {("验证码", "行业短信"), ("行业短信", "验证码")}


def tr104(case: BruteCase) -> Iterator[Found]:
    for hop in hops_of(case):
        for field, beyond, sentence in (
            ("region", _AREAS, "TR104"),
            ("purpose", _PURPOSES, "TR104.purpose"),
        ):
            contracts: set[str] = set()
            days: set[int] = set()
            for c in {id(c): c for c, _ in contracts_of(case, hop)}.values():
                told = getattr(c, field)
                pieces = [piece for other, piece in contracts_of(case, hop) if other is c]
                meeting = [
                    (point, a)
                    for point in case.scope.hops
                    if any(point[0].startswith(p) for p in pieces) and evidences(c, point)
                    for a in case.drawn.evidence.allocations
                    if getattr(a, field)
                    and point[0].startswith(a.segment.prefix)
                    and within(a.term, point[1])
                ]
                if (
                    told
                    and meeting
                    and all((told, getattr(a, field)) in beyond for _, a in meeting)
                ):
                    contracts.add(c.contract_no)
                    days |= {day for (_, day), _ in meeting}
            if contracts:
                yield Found(
                    "TR104",
                    tuple(sorted(hop)),
                    tuple(sorted(contracts)),
                    sentence=sentence,
                    **case.span(days),
                )


def codes_together(
    allocations: Iterable[Allocation], days: Iterable[int], window: Period
) -> dict[tuple[str, str], tuple[set[str], set[int]]]:
    """TR105: by holder and class, the codes in force together and the days on which they are."""
    found: dict[tuple[str, str], tuple[set[str], set[int]]] = {}
    rows = [a for a in allocations if len(a.segment.prefix) == _CODE_DIGITS]
    for day in days:
        if not within(window, day):
            continue
        for a in rows:
            holder, group = a.holder, a.segment.prefix[:4]
            codes = {
                b.segment.prefix
                for b in rows
                if b.holder == holder and b.segment.prefix[:4] == group and within(b.term, day)
            }
            if len(codes) > 1:
                named, dates = found.setdefault((holder, group), (set(), set()))
                named |= codes
                dates.add(day)
    return found


READINGS: dict[str, Reading] = {
    "TR101": tr101,
    "TR102": tr102,
    "TR103": tr103,
    "TR104": tr104,
}
