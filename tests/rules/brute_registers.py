"""Brute-force readings of the three registers and of extensions, point by point.

They share no code with what they check but the records of `tracer.model`.
"""

from collections import defaultdict
from collections.abc import Iterator

from tests.graph.brute_point import holders_at, within
from tracer.model.evidence import Allocation
from tracer.model.particulars import Opening

from .brute_case import BruteCase

__all__ = ["THIRD_PARTY", "extension_reading", "state_reading"]

THIRD_PARTY = ("10630", "10690")
"""What codes for third-party platforms begin with, as the table has them."""


def state_reading(case: BruteCase, opened: frozenset[str]) -> set[str]:
    """Read which registers do not agree."""
    return set(_states(case, opened))


def _states(case: BruteCase, opened: frozenset[str]) -> Iterator[str]:
    drawn = case.drawn
    classes = drawn.particulars.classes
    allocations, openings = drawn.evidence.allocations, drawn.particulars.openings
    days = _days(case)
    for each in allocations:
        is_in_force = any(within(each.term, day) for day in days)
        met = [o for o in openings if _overlap(o.segment.prefix, each.segment.prefix)]
        if is_in_force and not met and each.segment.prefix[:4] in opened:
            yield "never_opened"
    for opening in openings:
        prefix = opening.segment.prefix
        open_days = [day for day in days if within(opening.term, day)]
        over = [a for a in allocations if _overlap(a.segment.prefix, prefix)]
        if open_days and not over and prefix[:4] in classes:
            yield "opened_not_allocated"
        if any(_is_for_another(opening, over, day) for day in open_days):
            yield "opened_for_another"
    for number, day in _use(case):
        is_allocated = bool(holders_at(allocations, (number, day)))
        is_opened = any(
            number.startswith(o.segment.prefix) and within(o.term, day) for o in openings
        )
        missing = (
            not is_allocated and number[:4] in classes,
            not is_opened and number[:4] in opened,
        )
        if any(missing):
            yield {
                (True, True): "used_without_either",
                (True, False): "used_not_allocated",
                (False, True): "used_not_opened",
            }[missing]


def _is_for_another(opening: Opening, over: list[Allocation], day: int) -> bool:
    """Ask every number of the opened segment that tells who holds it."""
    prefix = opening.segment.prefix
    numbers = {prefix, *(a.segment.prefix for a in over if a.segment.prefix.startswith(prefix))}
    holders = {name for number in numbers for name in holders_at(over, (number, day))}
    is_code = any(a.segment.prefix == prefix for a in over if within(a.term, day))
    if prefix.startswith(THIRD_PARTY) and not is_code and holders_at(over, (prefix, day)):
        return False
    return bool(holders) and opening.user not in holders


def _overlap(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a)


def _days(case: BruteCase) -> list[int]:
    """Give days of the window of every kind; openings have boundaries of their own."""
    ends = {case.scope.first_day, case.scope.last_day}
    for term in (o.term for o in case.drawn.particulars.openings):
        ends.update(day.toordinal() for day in (term.first, term.last) if day)
    return [day for day in range(min(ends) - 1, max(ends) + 2) if within(case.window, day)]


def _use(case: BruteCase) -> set[tuple[str, int]]:
    return {
        (r.number, r.day.toordinal())
        for r in case.drawn.evidence.routing
        if r.messages and case.window.contains(r.day)
    }


def extension_reading(
    case: BruteCase,
) -> tuple[bool, set[str], dict[str, tuple[int, int, str, str]]]:
    """Read whether the whole code is let, what of it, and what carries traffic unlet.

    Of the last: messages, days, first and last day, by number.
    """
    evidence, code = case.drawn.evidence, case.drawn.evidence.number
    letting = [c for c in evidence.contracts if not case.is_access(c.upstream)]
    segments = {
        segment.prefix
        for c in letting
        if c.term.overlaps(case.window)
        for segment in c.segments
        if _overlap(segment.prefix, code)
    }
    below = {s for s in segments if len(s) > len(code)}
    let = {s for s in below if not any(s != t and s.startswith(t) for t in below)}
    hops = {(r.upstream, r.downstream) for r in evidence.routing if not case.is_access(r.upstream)}
    carried: dict[tuple[str, int], dict[tuple[str, str], int]] = defaultdict(dict)
    for hop in hops:
        for point in _use(case):
            if messages := case.messages(hop, [point]):
                carried[point][hop] = messages
    unlet: dict[str, dict[int, int]] = defaultdict(dict)
    for (number, day), by_hop in carried.items():
        is_let = any(
            within(c.term, day) and any(number.startswith(s.prefix) for s in c.segments)
            for c in letting
        )
        may_be = any(
            within(c.term, day)
            for hop in by_hop
            for c in case.drawn.contracts
            if (c.upstream, c.downstream) == hop and not c.segments
        )
        if not is_let and not may_be:
            unlet[number][day] = max(by_hop.values())
    traffic = {
        number: (
            sum(by_day.values()),
            len(by_day),
            str(case.scope.span(by_day)["first_day"]),
            str(case.scope.span(by_day)["last_day"]),
        )
        for number, by_day in unlet.items()
    }
    return any(code.startswith(s) for s in segments), let, traffic
