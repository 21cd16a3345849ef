"""Findings placed in a view: the exhibits they rest on, the boxes they concern."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tracer.graph.result import Trace
from tracer.model.evidence import RoutingTotal
from tracer.model.finding import Finding
from tracer.report.exhibits import place_of
from tracer.report.view import EvidenceItem, FindingView, HopView, PartyNode

__all__ = ["view_findings"]


def view_findings(
    trace: Trace,
    findings: Sequence[Finding],
    evidence: Sequence[EvidenceItem],
    hops: Iterable[HopView],
    parties: Iterable[PartyNode],
    *,
    plain: bool,
) -> tuple[FindingView, ...]:
    """Place the findings of a trace among the parts of its view.

    Parameters
    ----------
    plain : bool
        Hops are drawn as one box each, not exhibit by exhibit.
    """
    if not findings:
        return ()
    numbers = _numbers_by_record(trace, evidence)
    by_ends = {(hop.upstream, hop.downstream): hop for hop in hops}
    ids = {node.name: node.id for node in parties if "carrier" not in node.roles}
    views = []
    for index, finding in enumerate(findings, start=1):
        rests_on = {no for record in finding.record_ids for no in numbers.get(record, ())}
        drawn = [by_ends[pair] for pair in finding.hops if pair in by_ends]
        boxes = [box for hop in drawn for box in _boxes(hop, rests_on, plain=plain)]
        if not drawn:
            boxes = [ids[name] for name in finding.parties if name in ids]
        others = [ref for ref in finding.records if ref.record_id not in numbers]
        views.append(
            FindingView(
                id=f"F{index}",
                finding=finding,
                evidence=tuple(sorted(rests_on, key=lambda no: (len(no), no))),
                others=tuple(place_of(ref) for ref in others),
                boxes=tuple(dict.fromkeys(boxes)),
            )
        )
    return tuple(views)


def _boxes(hop: HopView, rests_on: set[str], *, plain: bool) -> Sequence[str]:
    """Name the boxes of a hop a finding marks: the exhibits it rests on, else all of them."""
    if plain:
        return (hop.id,)
    return [no for no in hop.evidence if no in rests_on] or hop.evidence


def _numbers_by_record(
    trace: Trace, evidence: Iterable[EvidenceItem]
) -> Mapping[str, Sequence[str]]:
    """Give the evidence numbers under which each record stands."""
    totals = {
        (scope, upstream, downstream): routing
        for scope, upstream, downstream, routing in _routing(trace)
    }
    found: dict[str, list[str]] = defaultdict(list)
    for item in evidence:
        if item.kind == "routing":
            rows = totals.get((item.scope, item.upstream, item.downstream), ())
            records = [total.ref.record_id for total in rows]
        else:
            records = [line.place.record for line in item.lines]
        for record in dict.fromkeys(records):
            found[record].append(item.no)
    return found


def _routing(trace: Trace) -> Iterator[tuple[str, str | None, str, tuple[RoutingTotal, ...]]]:
    for hop in trace.hops:
        yield "hop", hop.upstream, hop.downstream, hop.routing
    for access in trace.access:
        yield "access", access.carrier, access.party, access.routing
    for pair in trace.blocked_only:
        yield "blocked", pair.upstream, pair.downstream, pair.routing
