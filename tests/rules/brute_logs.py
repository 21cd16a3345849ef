"""The rules on who handed in which log, read point by point: TR304 and TR306."""

from collections.abc import Iterator

from tracer.model.evidence import RoutingTotal

from .brute_case import BruteCase, Found, Reading

__all__ = ["READINGS"]


class _End:
    """What one end says of one hop, in one unit."""

    def __init__(self, totals: list[RoutingTotal]) -> None:
        self.totals = totals
        self.days = {r.day.toordinal() for r in totals}

    def of(self, number: str, day: int) -> tuple[int, int]:
        """Messages, and messages stopped, each the most of any delivery."""
        here = [r for r in self.totals if (r.number, r.day.toordinal()) == (number, day)]
        deliveries = {r.delivery for r in here}
        return (
            max((sum(r.messages for r in here if r.delivery == d) for d in deliveries), default=0),
            max((sum(r.blocked for r in here if r.delivery == d) for d in deliveries), default=0),
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
        return sum(end.of(number, day)[0] for day in days)

    def whole(end: _End) -> int:
        return sum(sum(end.of(number, day)) for day in run)

    inside = {day for day in run if case.scope.has(number, day)}
    if not any(up.of(number, day)[0] != down.of(number, day)[0] for day in inside):
        return
    if sure(up, down) > whole(down) or sure(down, up) > whole(up):
        sums = [sum(end.of(number, day)[0] for day in run) for end in ends]
        yield Found(
            "TR306",
            tuple(sorted(hop)),
            messages=max(sums) - min(sums),
            sentence="TR306.parts" if unit == "parts" else "TR306",
            **case.span(inside),
        )


READINGS: dict[str, Reading] = {"TR306": tr306}
"""By code."""
