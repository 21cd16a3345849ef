"""An independent, slow reading of the definition of a trace, to check the engine against.

It evaluates point by point (a number, a day), with plain sets and loops, over the finite universe
of points that `brute_scope` explains; `brute_point` reads a single point, `brute_flow` the messages
of one party under one number. It shares no code with the engine but the records of `tracer.model`.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from tracer.model.evidence import Evidence
from tracer.model.period import Period

from .brute_flow import count_messages, flow_of
from .brute_point import Hop, Point, evidences
from .brute_scope import Scope, party_of, spread

__all__ = ["evaluate"]

_END_CUSTOMER = {"end_customer_service", "终端客户服务"}


def evaluate(evidence: Evidence, window: Period) -> dict[str, Any]:
    scope = spread(evidence, window)
    hops, access, blocked_only = _hops(scope)
    return {
        "parties": _parties(scope),
        "access": access,
        "hops": hops,
        "chains": _chains(scope),
        "senders": _senders(scope),
        "incidents": _incidents(scope),
        "gaps": _gaps(scope),
        "blocked_only": blocked_only,
    }


def _own(scope: Scope, party: str) -> dict[Point, int]:
    """What the party sent of its own accord, by point of the scope; only where more than 0."""
    own = {}
    for number, flow in scope.flows_of(party).items():
        for day, originated in flow.originated.items():
            if not scope.has(number, day) or not originated:
                continue
            if all(upstream != party for upstream, _ in scope.hops[number, day]):
                own[number, day] = originated
    return own


# --- the parts of the output


def _parties(scope: Scope) -> list[dict[str, Any]]:
    names = {party for at in scope.hops.values() for hop in at for party in hop}
    names |= {holder for at in scope.holders.values() for holder in at}
    shapes = [scope.shape(point) for point in scope.hops]
    found = []
    for name in sorted(names):
        entry: dict[str, Any] = {
            "name": name,
            "carrier": party_of(scope.evidence, name).is_carrier,
            "layer": min((s.layers[name] for s in shapes if name in s.layers), default=None),
        }
        sums = dict.fromkeys(("forwarded", "received", "originated", "withheld"), 0)
        for number, flow in scope.flows_of(name).items():
            withheld = flow.left if flow.forwarded else {}
            by_day = (flow.forwarded, flow.received, flow.originated, withheld)
            for key, days in zip(sums, by_day, strict=True):
                sums[key] += sum(m for day, m in days.items() if scope.has(number, day))
            sums["originated"] += sum(m for d, m in flow.unclear.items() if scope.has(number, d))
        own = sum(_own(scope, name).values())
        found.append({**entry, **sums, "own": own, "unresolved": sums["originated"] - own})
    return found


def _hops(
    scope: Scope,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    evidenced: dict[Hop, set[Point]] = defaultdict(set)
    for point, at in scope.hops.items():
        for hop in at:
            evidenced[hop].add(point)
    blocked = _blocked(scope)
    hops, access = [], []
    for hop in sorted(evidenced):
        counts = scope.messages_of(hop)
        rows = [c for point in evidenced[hop] for c in scope.contracts_at(hop, point)]
        messages = sum(count for count, _ in counts.values())
        covered = sum(m for point, (m, _) in counts.items() if scope.contracts_at(hop, point))
        figures = {
            "messages": messages,
            "messages_covered": covered,
            "contracts": sorted({c.contract_no for c in rows}),
        }
        if hop[0] in scope.above:
            access.append({"carrier": hop[0], "party": hop[1], **figures})
            continue
        relied = [r for r in scope.totals_of(hop) if r.messages or r.blocked]
        hops.append(
            {
                "upstream": hop[0],
                "downstream": hop[1],
                "status": _status(messages, covered),
                "attested": _attested(hop, {r.reporter for r in relied if r.messages}),
                **figures,
                "blocked": blocked.get(hop, 0),
                "records": sorted(
                    {c.ref.record_id for c in rows} | {r.ref.record_id for r in relied}
                ),
                **scope.span({day for _, day in evidenced[hop]}),
            }
        )
    blocked_only = [
        {"upstream": hop[0], "downstream": hop[1], "blocked": count}
        for hop, count in sorted(blocked.items())
        if hop not in evidenced and count
    ]
    return hops, access, blocked_only


def _status(messages: int, covered: int) -> str:
    if not messages:
        return "contract_only"
    if covered == messages:
        return "corroborated"
    return "partly_covered" if covered else "routing_only"


def _attested(hop: Hop, reporters: set[str | None]) -> str:
    if reporters >= set(hop):
        return "both"
    if hop[0] in reporters:
        return "upstream"
    if hop[1] in reporters:
        return "downstream"
    if reporters - {None}:
        return "third_party"
    return "unattributed" if reporters else "none"


def _blocked(scope: Scope) -> dict[Hop, int]:
    sums: dict[tuple[Hop, Point], dict[tuple[str | None, int], int]] = {}
    for r in scope.evidence.routing:
        point = (r.number, r.day.toordinal())
        if scope.has(*point):
            groups = sums.setdefault(((r.upstream, r.downstream), point), {})
            group = (r.reporter, r.delivery)
            groups[group] = groups.get(group, 0) + r.blocked
    blocked: dict[Hop, int] = defaultdict(int)
    for (hop, _), groups in sums.items():
        blocked[hop] += max(groups.values())
    return blocked


def _chains(scope: Scope) -> list[dict[str, Any]]:
    starts: dict[tuple[str, ...], set[str]] = defaultdict(set)
    ends: dict[tuple[str, ...], set[str]] = defaultdict(set)
    points: dict[tuple[str, ...], set[Point]] = defaultdict(set)
    for point in scope.hops:
        for chain, start, end in scope.shape(point).chains:
            starts[chain].add(start)
            ends[chain].add(end)
            points[chain].add(point)
    shown = []
    for chain in sorted(points):
        counts = scope.messages_of((chain[-2], chain[-1]))
        longer = (other[: len(chain)] == chain for other in points if len(other) > len(chain))
        shown.append(
            {
                "parties": list(chain),
                "starts": sorted(starts[chain]),
                "ends": sorted(ends[chain]),
                "messages": sum(counts[p][0] for p in points[chain] if p in counts),
                "maximal": not any(longer),
                **scope.span({day for _, day in points[chain]}),
            }
        )
    return shown


def _senders(scope: Scope) -> list[dict[str, Any]]:
    names = {party for at in scope.hops.values() for hop in at for party in hop}
    own = {name: points for name in names if (points := _own(scope, name))}
    senders = [
        {"name": name, "messages": sum(points.values()), "basis": _basis(scope, name, points)}
        for name, points in own.items()
    ]
    return sorted(senders, key=lambda sender: (-int(str(sender["messages"])), sender["name"]))


def _basis(scope: Scope, party: str, own: Mapping[Point, int]) -> str:
    if party_of(scope.evidence, party).is_declared_sender:
        return "declared"
    if all(_served_as_end_customer(scope, party, point) for point in own):
        return "declared"
    if all(_in_own_log(scope, party, point) for point in own):
        return "own_log"
    if all(_renumbered(scope, party, point, messages) for point, messages in own.items()):
        return "possible_renumbering"
    return "last_on_record"


def _served_as_end_customer(scope: Scope, party: str, point: Point) -> bool:
    return any(
        c.downstream == party
        and evidences(c, point)
        and unicodedata.normalize("NFKC", c.kind or "").casefold().strip() in _END_CUSTOMER
        for c in scope.evidence.contracts
    )


def _in_own_log(scope: Scope, party: str, point: Point) -> bool:
    for upstream, downstream in scope.hops[point]:
        counted = scope.counts.get((upstream, downstream, *point))
        if downstream != party or counted is None:
            continue
        messages, unit = counted
        logged: dict[int, int] = defaultdict(int)
        for r in scope.totals_of((upstream, downstream)):
            if (r.number, r.day.toordinal(), r.reporter, r.unit) == (*point, party, unit):
                logged[r.delivery] += r.messages
        if max(logged.values(), default=0) != messages:
            return False
    return True


def _renumbered(scope: Scope, party: str, point: Point, originated: int) -> bool:
    number, day = point
    routing = [*scope.evidence.routing, *scope.evidence.shorter_routing]
    counts = count_messages(routing)
    own = flow_of(counts, party, number).parted
    others = [
        flow_of(counts, party, other).parted
        for other in {r.number for r in routing} - {number}
        if other.startswith(number) or number.startswith(other)
    ]
    assert sum(sent.get(day, 0) for sent, _ in own.values()) >= originated
    for unit, (sent, _) in own.items():
        begun = sent.get(day, 0)
        kept = [other[unit][1].get(day, 0) for other in others]
        if begun and not any(k > 0 and 10 * abs(k - begun) <= max(k, begun) for k in kept):
            return False
    return True


def _incidents(scope: Scope) -> dict[str, Any]:
    distinct = {
        (i.case_no, i.victim, i.number, i.received_at): i
        for i in sorted(scope.evidence.incidents, key=lambda i: i.loss or 0)
        if scope.has(i.number, i.day.toordinal())
    }.values()
    tally = {"by_traffic": 0, "by_paper": 0, "unreached": 0}
    for incident in distinct:
        point = (incident.number, incident.day.toordinal())
        chains = [chain for chain, _, _ in scope.shape(point).chains]
        if any(all((*hop, *point) in scope.counts for hop in pairwise(chain)) for chain in chains):
            tally["by_traffic"] += 1
        else:
            tally["by_paper" if chains else "unreached"] += 1
    whole, rest = divmod(sum(i.loss or 0 for i in distinct), 1_000_000)
    return {
        "count": len(distinct),
        **tally,
        "victims": len({i.victim for i in distinct} - {None}),
        "loss": f"{whole}.{f'{rest:06d}'.rstrip('0'):0<2}",
    }


def _gaps(scope: Scope) -> list[dict[str, Any]]:
    days: dict[str, set[int]] = defaultdict(set)
    for point in scope.hops:
        for party in scope.shape(point).gaps:
            days[party].add(point[1])
    return [{"party": party, "days": scope.day_count(days[party])} for party in sorted(days)]
