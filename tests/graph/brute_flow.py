"""What a party forwarded, received and originated: the brute-force evaluator's reading."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracer.model.evidence import RoutingTotal

__all__ = ["Counts", "Flow", "count_messages", "flow_of"]

Counts = Mapping[tuple[str, str, str, int], tuple[int, str]]
"""Messages and their unit by upstream, downstream, number and day, where there are any."""


def count_messages(totals: Iterable[RoutingTotal]) -> Counts:
    """Messages per (upstream, downstream, number, day) and their unit, where there are any."""
    sums: dict[tuple[str, str, str, int], dict[tuple[str, str | None, int], int]] = {}
    for r in totals:
        groups = sums.setdefault((r.upstream, r.downstream, r.number, r.day.toordinal()), {})
        group = (r.unit, r.reporter, r.delivery)
        groups[group] = groups.get(group, 0) + r.messages
    counts = {}
    for key, groups in sums.items():
        for unit in ("parts", "messages"):  # messages, where there are any, have the last word
            largest = max((total for group, total in groups.items() if group[0] == unit), default=0)
            if largest > 0:
                counts[key] = (largest, unit)
    return counts


@dataclass(frozen=True)
class Flow:
    """By day; `left` is what was received and matched neither that day nor the next."""

    units: frozenset[str]
    forwarded: Mapping[int, int]
    received: Mapping[int, int]
    originated: Mapping[int, int]
    left: Mapping[int, int]

    @property
    def mixed(self) -> bool:
        return len(self.units) > 1


def flow_of(counts: Counts, party: str, number: str) -> Flow:
    units = set()
    forwarded: dict[int, int] = defaultdict(int)
    received: dict[int, int] = defaultdict(int)
    for (upstream, downstream, routed, day), (messages, unit) in counts.items():
        if routed == number and party in (upstream, downstream):
            units.add(unit)
            (forwarded if downstream == party else received)[day] += messages
    if len(units) > 1:
        return Flow(frozenset(units), forwarded, received, dict(forwarded), {})
    originated, left = {}, dict(received)
    for day in sorted(forwarded):
        unmatched = forwarded[day]
        for source in (day - 1, day):
            matched = min(unmatched, left.get(source, 0))
            if matched:
                left[source] -= matched
                unmatched -= matched
        originated[day] = unmatched
    return Flow(frozenset(units), forwarded, received, originated, left)
