"""Rules read point by point: those of `messages.rules_traffic`."""

from collections import defaultdict
from collections.abc import Iterator

from tests.graph.brute_point import Point, within

from . import brute_flows, brute_logs
from .brute_case import BruteCase, Found, Reading

__all__ = ["READINGS"]

Hop = tuple[str, str]


def _loose(case: BruteCase) -> Iterator[tuple[Hop, Point, str, set[str]]]:
    """Every point of a hop with messages and no contract: its rule, the contracts it names."""
    for upstream, downstream, number, day in case.scope.counts:
        hop = (upstream, downstream)
        mine = [c for c in case.drawn.contracts if (c.upstream, c.downstream) == hop]
        now = [c for c in mine if within(c.term, day)]
        ours = [c for c in mine if any(number.startswith(s.prefix) for s in c.segments)]
        if case.is_access(upstream) or any(c in now for c in ours):
            continue
        if any(not c.segments for c in now):
            continue
        rule = "TR302" if ours else "TR303" if now else "TR301"
        yield hop, (number, day), rule, {c.contract_no for c in ours or now}


def _loose_of(rule: str) -> Reading:
    def read(case: BruteCase) -> Iterator[Found]:
        points: dict[Hop, set[Point]] = defaultdict(set)
        contracts: dict[Hop, set[str]] = defaultdict(set)
        for hop, point, its_rule, names in _loose(case):
            if its_rule == rule:
                points[hop].add(point)
                contracts[hop] |= names
        for hop, here in points.items():
            yield Found(
                rule,
                tuple(sorted(hop)),
                tuple(sorted(contracts[hop])),
                messages=case.messages(hop, here),
                sentence=rule,
                **case.span(day for _, day in here),
            )

    return read


READINGS: dict[str, Reading] = {
    "TR301": _loose_of("TR301"),
    "TR302": _loose_of("TR302"),
    "TR303": _loose_of("TR303"),
    **brute_flows.READINGS,
    **brute_logs.READINGS,
}
"""By code."""
