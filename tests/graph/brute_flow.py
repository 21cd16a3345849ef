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

    forwarded: Mapping[int, int]
    received: Mapping[int, int]
    originated: Mapping[int, int]
    left: Mapping[int, int]
    unclear: Mapping[int, int]
    """What was forwarded beside messages received, that day or the day before, in another unit."""
    parted: Mapping[str, tuple[Mapping[int, int], Mapping[int, int]]]
    """By unit: originated and left over, before other units are looked at."""


def flow_of(counts: Counts, party: str, number: str) -> Flow:
    sent: dict[str, dict[int, int]] = {"messages": defaultdict(int), "parts": defaultdict(int)}
    got: dict[str, dict[int, int]] = {"messages": defaultdict(int), "parts": defaultdict(int)}
    for (upstream, downstream, routed, day), (messages, unit) in counts.items():
        if routed == number and party in (upstream, downstream):
            (sent if downstream == party else got)[unit][day] += messages
    parted = {unit: _match(sent[unit], got[unit]) for unit in sent}
    totals: dict[str, dict[int, int]] = {
        name: defaultdict(int) for name in ("sent", "got", "own", "unclear", "left")
    }
    for unit, other in (("messages", "parts"), ("parts", "messages")):
        for day, messages in sent[unit].items():
            totals["sent"][day] += messages
        for day, messages in got[unit].items():
            totals["got"][day] += messages
        originated, left = parted[unit]
        for day, messages in originated.items():
            foreign = got[other].get(day, 0) + got[other].get(day - 1, 0)
            totals["unclear" if foreign else "own"][day] += messages
        for day, messages in left.items():
            if not sent[other].get(day, 0) + sent[other].get(day + 1, 0):
                totals["left"][day] += messages
    return Flow(
        totals["sent"], totals["got"], totals["own"], totals["left"], totals["unclear"], parted
    )


def _match(
    sent: Mapping[int, int], got: Mapping[int, int]
) -> tuple[dict[int, int], dict[int, int]]:
    originated, left = {}, dict(got)
    for day in sorted(sent):
        unmatched = sent[day]
        for source in (day - 1, day):
            matched = min(unmatched, left.get(source, 0))
            if matched:
                left[source] -= matched
                unmatched -= matched
        originated[day] = unmatched
    return originated, left
