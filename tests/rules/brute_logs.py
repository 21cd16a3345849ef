"""The rules on who handed in which log, read point by point: TR304 and TR306."""

from collections.abc import Iterator

from tests.graph.brute_point import within
from tracer.model.evidence import Contract, RoutingTotal

from .brute_case import BruteCase, Found, Reading

__all__ = ["READINGS"]


class _End:
    """What one end says of one hop, in one unit."""

    def __init__(self, totals: list[RoutingTotal]) -> None:
        self.totals = totals
        self.days = {r.day.toordinal() for r in totals}

    def of(self, number: str, day: int) -> int:
        """Messages, the most of any delivery."""
        here = [r for r in self.totals if (r.number, r.day.toordinal()) == (number, day)]
        deliveries = {r.delivery for r in here}
        return max(
            (sum(r.messages for r in here if r.delivery == d) for d in deliveries), default=0
        )


def tr306(case: BruteCase) -> Iterator[Found]:
    routing = [r for r in case.drawn.evidence.routing if r.messages or r.blocked]
    for upstream, downstream, unit in {(r.upstream, r.downstream, r.unit) for r in routing}:
        mine = [
            r for r in routing if (r.upstream, r.downstream, r.unit) == (upstream, downstream, unit)
        ]
        up, down = (_End([r for r in mine if r.reporter == end]) for end in (upstream, downstream))
        numbers = {r.number for r in up.totals} & {r.number for r in down.totals}
        for number in numbers:
            left = {r.day.toordinal() for r in (*up.totals, *down.totals) if r.number == number}
            while left:
                run = {min(left)}
                while max(run) + 1 in left:
                    run.add(max(run) + 1)
                left -= run
                yield from _about(case, (upstream, downstream), unit, number, run, (up, down))


def _about(
    case: BruteCase,
    hop: tuple[str, str],
    unit: str,
    number: str,
    run: set[int],
    ends: tuple[_End, _End],
) -> Iterator[Found]:
    up, down = ends

    def sure(end: _End, other: _End) -> int:
        days = {d for d in run if run & {d - 1, d, d + 1} <= other.days}
        return sum(end.of(number, day) for day in days)

    def whole(end: _End) -> int:
        return sum(
            r.messages + r.blocked
            for r in end.totals
            if r.number == number and r.day.toordinal() in run
        )

    inside = {day for day in run if case.scope.has(number, day)}
    if not any(up.of(number, day) != down.of(number, day) for day in inside):
        return
    if sure(up, down) > whole(down) or sure(down, up) > whole(up):
        sums = [sum(end.of(number, day) for day in run) for end in ends]
        yield Found(
            "TR306",
            tuple(sorted(hop)),
            messages=max(sums) - min(sums),
            sentence="TR306.parts" if unit == "parts" else "TR306",
            **case.span(inside),
        )


def tr304(case: BruteCase) -> Iterator[Found]:
    evidence, asked = case.drawn.evidence, case.drawn.evidence.number
    rows = {
        (c.upstream, c.downstream, c.contract_no)
        for c in evidence.contracts
        if c.term.overlaps(case.window) and not case.is_access(c.upstream)
    }
    for upstream, downstream, number in rows:
        ours = [
            c for c in case.drawn.contracts if (c.upstream, c.downstream) == (upstream, downstream)
        ]
        mine = [c for c in ours if c.contract_no == number]
        amended = {c.amends for c in mine} - {None}
        family = [c for c in ours if c in mine or c.amends == number or c.contract_no in amended]
        if any(not c.segments for c in family):
            continue
        if any(not s.prefix.startswith(asked) for c in family for s in c.segments):
            continue
        hop = [r for r in evidence.routing if (r.upstream, r.downstream) == (upstream, downstream)]
        if any(
            c.covers(r.number, r.day.toordinal())
            for c in family
            for r in hop
            if r.messages or r.blocked
        ):
            continue
        days = {
            r.day.toordinal()
            for r in evidence.routing
            if r.messages and _would_show(r, upstream, downstream)
            for c in mine
            if c.term.contains(r.day) and case.window.contains(r.day) and _is_of_code(case, r, c)
        }
        if days:
            yield Found(
                "TR304",
                tuple(sorted((upstream, downstream))),
                (number,),
                sentence="TR304",
                **case.span(days),
            )


def _would_show(r: RoutingTotal, upstream: str, downstream: str) -> bool:
    if r.reporter is None:
        return r.upstream == upstream and r.downstream != downstream
    return r.reporter == r.upstream == upstream or r.reporter == r.downstream == downstream


def _is_of_code(case: BruteCase, r: RoutingTotal, contract: Contract) -> bool:
    """Whether the longest allocated segment over the routed number is that of the contract's."""
    allocations = case.drawn.evidence.allocations
    code = max(
        (
            a.segment.prefix
            for a in allocations
            if r.number.startswith(a.segment.prefix) and within(a.term, r.day.toordinal())
        ),
        default=None,
    )
    for segment in contract.segments:
        above = {
            a.segment.prefix for a in allocations if segment.prefix.startswith(a.segment.prefix)
        }
        if code is not None and (code == max(above, default="") or code.startswith(segment.prefix)):
            return True
    return False


READINGS: dict[str, Reading] = {"TR304": tr304, "TR306": tr306}
"""By code."""
