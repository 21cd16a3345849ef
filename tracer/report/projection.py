"""From a trace to what is drawn: parties in rows, hops, gaps, links and the headline."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tracer.graph.result import AccessHop, Hop, Trace
from tracer.model.case import CaseInfo
from tracer.model.finding import Finding
from tracer.model.mark import Marks
from tracer.model.period import Period
from tracer.model.source import RecordRef
from tracer.report.exhibits import Numbering, collect_exhibits, place_of
from tracer.report.finding_views import view_findings
from tracer.report.mark_facts import is_doubtful
from tracer.report.rows import depths_of, hop_order, starts_of
from tracer.report.view import (
    PLAIN_ABOVE,
    EvidenceItem,
    GapBox,
    GraphView,
    Headline,
    HopView,
    Lead,
    Link,
    PartyNode,
    SourceFile,
)
from tracer.rules.examined import ExaminedTrace

__all__ = ["build_view", "build_views"]

_PLAIN_STYLES = {
    "contract_only": "contract",
    "routing_only": "routing",
    "partly_covered": "partly",
    "corroborated": "both",
}


def build_views(traces: Sequence[ExaminedTrace], case: CaseInfo) -> tuple[GraphView, ...]:
    """Make the views of several traces, one contract bearing one evidence number in all."""
    numbering = Numbering()
    return tuple(build_view(each.trace, each.findings, case, numbering) for each in traces)


def build_view(
    trace: Trace,
    findings: Sequence[Finding],
    case: CaseInfo,
    numbering: Numbering | None = None,
) -> GraphView:
    """Make the view of one trace.

    Parameters
    ----------
    trace : Trace
        Rendered as it is: nothing is worked out anew but rows, numbers and counts.
    findings : sequence of Finding
        What the rules found in it.
    case : CaseInfo
        Case number and name, for headings.
    numbering : Numbering, optional
        Shared between the views of a page.
    """
    depths = depths_of(trace)
    evidence = collect_exhibits(trace, numbering or Numbering(), hop_order(trace, depths))
    hops = _hops(trace, evidence, depths)
    parties = _parties(trace, evidence, depths)
    gaps = _gaps(trace)
    boxes = sum(1 for item in evidence if item.scope == "hop")
    plain = boxes > PLAIN_ABOVE
    sources = _sources(trace, findings)
    return GraphView(
        number=trace.number,
        window=trace.window,
        case=case,
        headline=_headline(trace, parties, hops, gaps),
        parties=parties,
        hops=hops,
        evidence=evidence,
        gaps=gaps,
        links=_links(parties, hops, evidence, gaps, trace.evidence.marks, plain=plain),
        plain=plain,
        sources=sources,
        digest=_digest(sources),
        notes=trace.notes,
        findings=view_findings(trace, findings, evidence, hops, parties, plain=plain),
        marks=trace.evidence.marks,
    )


def _standing_apart(trace: Trace) -> frozenset[str]:
    """Carriers above the chain: they only give access and are in no hop."""
    in_hops = {name for hop in trace.hops for name in (hop.upstream, hop.downstream)}
    return frozenset(
        node.name
        for node in trace.parties
        if node.carrier and node.layer is None and node.name not in in_hops
    )


def _parties(
    trace: Trace, evidence: tuple[EvidenceItem, ...], depths: Mapping[str, int]
) -> tuple[PartyNode, ...]:
    apart = _standing_apart(trace)
    bases = {sender.name: sender.basis for sender in trace.senders}
    starts = starts_of(trace)
    on_paper = set(_last_on_paper(trace))
    uppers = {hop.downstream for hop in trace.hops}
    lowers = {hop.upstream for hop in trace.hops}
    access: dict[str, set[str]] = {}
    for hop in trace.access:
        access.setdefault(hop.party, set()).add(hop.carrier)
    touching: dict[str, list[str]] = {}
    for item in evidence:
        for name in (item.upstream, item.downstream):
            if name is not None:
                touching.setdefault(name, []).append(item.no)
    nodes = []
    for index, node in enumerate(trace.parties, start=1):
        name = node.name
        roots = starts.get(name, frozenset())
        roles = {
            "carrier": name in apart,
            "holder": node.layer == 0,
            "intermediary": name in uppers and name in lowers and node.layer != 0,
            "sender": name in bases,
            "last_on_paper": name in on_paper,
            "unresolved": node.unresolved > 0,
            "gap": "gap" in roots,
            "unallocated": "unallocated" in roots,
        }
        nodes.append(
            PartyNode(
                id=f"P{index}",
                name=name,
                roles=tuple(role for role, is_so in roles.items() if is_so),
                layer=node.layer,
                depth=depths[name],
                uscc=node.party.uscc,
                kind=node.party.kind,
                status=node.party.status,
                role=node.party.role,
                spellings=tuple(s for s in node.party.spellings if s != name),
                forwarded=node.forwarded,
                received=node.received,
                originated=node.originated,
                own=node.own,
                unresolved=node.unresolved,
                withheld=node.withheld,
                basis=bases.get(name),
                access=tuple(sorted(access.get(name, ()))),
                evidence=tuple(touching.get(name, ())),
            )
        )
    return tuple(nodes)


def _hops(
    trace: Trace, evidence: tuple[EvidenceItem, ...], depths: Mapping[str, int]
) -> tuple[HopView, ...]:
    order = hop_order(trace, depths)
    numbers: dict[tuple[str | None, str], list[str]] = {}
    for item in evidence:
        if item.scope == "hop":
            numbers.setdefault((item.upstream, item.downstream), []).append(item.no)
    ordered = sorted(trace.hops, key=lambda hop: order(hop.upstream, hop.downstream))
    return tuple(
        HopView(
            id=f"H{index}",
            upstream=hop.upstream,
            downstream=hop.downstream,
            status=hop.status,
            attested=hop.attested,
            messages=hop.messages,
            covered=hop.messages_covered,
            blocked=hop.blocked,
            parts=hop.parts,
            unit=hop.unit,
            days=Period(hop.first_day, hop.last_day),
            back=depths[hop.downstream] <= depths[hop.upstream],
            evidence=tuple(numbers.get((hop.upstream, hop.downstream), ())),
        )
        for index, hop in enumerate(ordered, start=1)
    )


def _gaps(trace: Trace) -> tuple[GapBox, ...]:
    holders = tuple(sorted(node.name for node in trace.parties if node.layer == 0))
    boxes = [
        (
            "gap",
            gap.party,
            gap.days,
            Period(gap.first_day, gap.last_day),
            gap.candidates,
            gap.unbroken,
            gap.numbers,
        )
        for gap in trace.gaps
    ]
    boxes += [
        ("unallocated", name, None, _start_days(trace, name), (), True, ())
        for name, kinds in starts_of(trace).items()
        if "unallocated" in kinds
    ]
    boxes.sort(key=lambda box: (box[0], box[1]))
    return tuple(
        GapBox(
            id=f"G{index}",
            kind=kind,
            party=party,
            holders=holders if kind == "gap" else (),
            days=days,
            term=term,
            leads=tuple(
                Lead(c.record, c.why, c.upstream, c.detail, place_of(c.ref)) for c in candidates
            ),
            unbroken=unbroken,
            numbers=numbers,
        )
        for index, (kind, party, days, term, candidates, unbroken, numbers) in enumerate(
            boxes, start=1
        )
    )


def _start_days(trace: Trace, name: str) -> Period:
    """Days of the listed chains that start unallocated at a party, and only so."""
    chains = [c for c in trace.chains if c.parties[0] == name and c.starts == ("unallocated",)]
    firsts = [chain.first_day for chain in chains if chain.first_day]
    lasts = [chain.last_day for chain in chains if chain.last_day]
    return Period(
        min(firsts) if chains and len(firsts) == len(chains) else None,
        max(lasts) if chains and len(lasts) == len(chains) else None,
    )


def _links(
    parties: Iterable[PartyNode],
    hops: Iterable[HopView],
    evidence: Iterable[EvidenceItem],
    gaps: Iterable[GapBox],
    marks: Marks,
    *,
    plain: bool,
) -> tuple[Link, ...]:
    ids = {node.name: node.id for node in parties}
    kinds = {item.no: "doubtful" if is_doubtful(marks, item) else item.kind for item in evidence}
    links = []
    for hop in hops:
        if plain:
            boxes = [(hop.id, _PLAIN_STYLES[hop.status])]
        else:
            boxes = [(no, kinds[no]) for no in hop.evidence]
        for box, style in boxes:
            upper, lower = ids[hop.upstream], ids[hop.downstream]
            links.append(Link(f"{box}-up", upper, box, style, hop.back, arrow=False))
            links.append(Link(f"{box}-down", box, lower, style, hop.back, arrow=True))
    for gap in gaps:
        if len(gap.holders) == 1 and gap.holders[0] != gap.party:
            upper = ids[gap.holders[0]]
            links.append(Link(f"{gap.id}-up", upper, gap.id, "gap", back=False, arrow=False))
        links.append(Link(f"{gap.id}-down", gap.id, ids[gap.party], "gap", back=False, arrow=True))
    return tuple(links)


def _last_on_paper(trace: Trace) -> tuple[str, ...]:
    """Name the last parties of chains no hop of which shows a message."""
    silent = {(hop.upstream, hop.downstream) for hop in trace.hops if not hop.messages}
    names = {
        chain.parties[-1]
        for chain in trace.chains
        if chain.maximal
        and "terminal" in chain.ends
        and all(pair in silent for pair in zip(chain.parties, chain.parties[1:], strict=False))
    }
    return tuple(sorted(names))


def _headline(
    trace: Trace,
    parties: tuple[PartyNode, ...],
    hops: tuple[HopView, ...],
    gaps: tuple[GapBox, ...],
) -> Headline:
    drawn = [node for node in parties if "carrier" not in node.roles]
    layers = [node.layer for node in drawn if node.layer is not None]
    statuses = Counter(hop.status for hop in hops)
    kinds = Counter(gap.kind for gap in gaps)
    layer_of = {node.name: node.layer for node in drawn}
    return Headline(
        holders=tuple(node.name for node in drawn if node.layer == 0),
        parties=len(drawn),
        hops=len(hops),
        deepest=max(layers, default=None),
        unlayered=sum(1 for node in drawn if node.layer is None),
        senders=tuple((s.name, s.messages, s.basis) for s in trace.senders),
        last_on_paper=_last_on_paper(trace),
        unresolved=tuple((node.name, node.unresolved) for node in drawn if node.unresolved),
        no_contract=statuses["routing_only"],
        partly=statuses["partly_covered"],
        no_routing=statuses["contract_only"],
        corroborated=statuses["corroborated"],
        gaps=kinds["gap"],
        unallocated=kinds["unallocated"],
        back=sum(1 for hop in hops if is_back(layer_of[hop.upstream], layer_of[hop.downstream])),
        chains=len(trace.chains),
        truncated=trace.truncated,
    )


def is_back(upper: int | None, lower: int | None) -> bool:
    """Tell whether a hop leads to a layer not below, both layers being known."""
    return upper is not None and lower is not None and lower <= upper


def _references(trace: Trace) -> Iterable[RecordRef]:
    evidence = trace.evidence
    yield from (row.ref for row in (*evidence.allocations, *trace.allocations))
    yield from (row.ref for row in (*evidence.contracts, *trace.unsegmented))
    yield from (total.ref for total in (*evidence.routing, *evidence.shorter_routing))
    yield from (incident.ref for incident in evidence.incidents)
    hops: list[Hop | AccessHop] = [*trace.hops, *trace.access]
    for hop in hops:
        yield from (row.ref for row in hop.contracts)
        yield from (total.ref for total in hop.routing)
    for pair in trace.blocked_only:
        yield from (total.ref for total in pair.routing)
    for gap in trace.gaps:
        yield from (candidate.ref for candidate in gap.candidates)


def _sources(trace: Trace, findings: Iterable[Finding]) -> tuple[SourceFile, ...]:
    rested_on = (ref for finding in findings for ref in finding.records)
    found = {(ref.path, ref.digest) for ref in (*_references(trace), *rested_on)}
    return tuple(SourceFile(path, digest) for path, digest in sorted(found))


def _digest(sources: Iterable[SourceFile]) -> str:
    """One digest for all sources: of their sorted digests, each followed by a line feed."""
    digests = sorted({source.digest for source in sources})
    return hashlib.sha256("".join(f"{digest}\n" for digest in digests).encode()).hexdigest()
