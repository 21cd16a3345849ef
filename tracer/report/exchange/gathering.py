"""From traces to the network that exchange files are written from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from tracer.graph.result import Trace
from tracer.model.evidence import Allocation, Contract, RoutingTotal
from tracer.model.mark import Correction
from tracer.report.citing import sources_digest
from tracer.report.exchange.network import Member, Network, Standing, Tie, party_id
from tracer.report.html.shell import tool_version
from tracer.report.lead_marks import LeadMarks
from tracer.report.projection import build_views
from tracer.report.rendering import Rendering
from tracer.report.scene import build_scene
from tracer.report.view import EvidenceItem, GapBox, GraphView, PartyNode
from tracer.rules.examined import ExaminedTrace

__all__ = ["gather"]

_Record = Contract | RoutingTotal
_APART: Final = 160.0
"""Distance of what the picture has no place for: carriers, and the next number's picture."""
_SCOPES: Final = ("hop", "access", "unsegmented", "blocked")


@dataclass(slots=True)
class _Party:
    """What has been found of a party so far."""

    nodes: list[tuple[str, PartyNode]] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    gaps: list[tuple[str, GapBox]] = field(default_factory=list)
    leads: set[str] = field(default_factory=set)
    at: tuple[float, float] | None = None
    corrections: dict[str, tuple[Correction, ...]] = field(default_factory=dict)


def gather(wanted: Rendering) -> Network:
    """Put the parties and records of all numbers together, each once.

    Parameters
    ----------
    wanted : Rendering
        Its traces become a network; evidence numbers are those of a page of the same numbers.
    """
    views = build_views(wanted.traces, wanted.case)
    allocations = tuple(
        dict.fromkeys(row for each in wanted.traces for row in each.trace.allocations)
    )
    sources = sorted({(file.path, file.digest) for view in views for file in view.sources})
    return Network(
        views=views,
        case=wanted.case,
        version=tool_version(),
        window=views[0].window,
        members=_members(wanted, views, allocations),
        allocations=allocations,
        ties=_ties(wanted, views),
        sources=tuple(sources),
        digest=sources_digest(sources),
    )


def _members(
    wanted: Rendering, views: tuple[GraphView, ...], allocations: tuple[Allocation, ...]
) -> tuple[Member, ...]:
    found: dict[str, _Party] = {}
    top = 0.0
    for examined, view in zip(wanted.traces, views, strict=True):
        marks = LeadMarks(examined.findings)
        for node in view.parties:
            party = found.setdefault(node.name, _Party())
            party.nodes.append((view.number, node))
            party.leads.update(marks.party(node.name))
        for gap in view.gaps:
            found[gap.party].gaps.append((view.number, gap))
        top = _place(view, found, top)
    corrections = _corrections(wanted)
    for row in allocations:
        if row.holder in found:
            found[row.holder].allocations.append(row)
            if made := corrections.get(row.ref.record_id):
                found[row.holder].corrections[row.ref.record_id] = made
    ordered = sorted(found, key=lambda name: (_layer(found[name]), name))
    return tuple(_member(name, found[name]) for name in ordered)


def _layer(party: _Party) -> tuple[bool, int]:
    layers = [node.layer for _, node in party.nodes if node.layer is not None]
    return (not layers, layers[0] if layers else 0)


def _member(name: str, party: _Party) -> Member:
    return Member(
        id=party_id(name),
        name=name,
        nodes=tuple(party.nodes),
        allocations=tuple(party.allocations),
        gaps=tuple(party.gaps),
        leads=tuple(sorted(party.leads)),
        at=party.at or (0.0, 0.0),
        corrections=party.corrections,
    )


def _corrections(wanted: Rendering) -> Mapping[str, tuple[Correction, ...]]:
    """Give the values put right, by stable name of the record, alike in every number."""
    marks = [each.trace.evidence.marks.corrections for each in wanted.traces]
    return {record: made for each in marks for record, made in each.items()}


def _place(view: GraphView, found: Mapping[str, _Party], top: float) -> float:
    """Give parties without a place that of this number's picture, set below the one before."""
    scene = build_scene(view, "down")
    centres = {box.id: box.rect.centre for box in scene.boxes if box.kind == "party"}
    carriers = 0
    above = _APART if any(node.id not in centres for node in view.parties) else 0.0
    for node in view.parties:
        party = found[node.name]
        if node.id in centres:
            x, y = centres[node.id]
            place = (round(x, 1), round(y + top + above, 1))
        else:
            carriers += 1
            place = (round(_APART * carriers, 1), round(top, 1))
        party.at = party.at or place
    return top + above + scene.height + _APART


def _ties(wanted: Rendering, views: tuple[GraphView, ...]) -> tuple[Tie, ...]:
    standings: dict[_Record, list[Standing]] = {}
    for examined, view in zip(wanted.traces, views, strict=True):
        for record, standing in _standings(examined, view):
            standings.setdefault(record, []).append(standing)
    corrections = _corrections(wanted)
    seen: dict[str, int] = {}
    ties = []
    for record, found in standings.items():
        name = record.ref.record_id
        seen[name] = seen.get(name, 0) + 1
        made = corrections.get(name, ())
        ties.append(Tie(_tie_id(name, seen[name]), record, tuple(found), made))
    return tuple(sorted(ties, key=_rank))  # the sort is stable: hop by hop within each scope


def _rank(tie: Tie) -> int:
    return min(_SCOPES.index(each.scope) for each in tie.standings)


def _tie_id(record: str, term: int) -> str:
    """Write the name of a record with marks that every format takes in an id."""
    name = record.replace(":", ".").replace("/", "-")
    plain = "".join(
        mark if mark.isascii() and (mark.isalnum() or mark in ".-") else "-" for mark in name
    )
    return plain if term == 1 else f"{plain}.t{term}"


def _standings(examined: ExaminedTrace, view: GraphView) -> Iterator[tuple[_Record, Standing]]:
    """Yield every record of a trace with what it stands for, in order of evidence."""
    marks = LeadMarks(examined.findings)
    records = _records_by_exhibit(examined.trace)
    for item in view.evidence:
        if item.kind == "allocation" or item.upstream is None:
            continue
        standing = Standing(
            number=view.number,
            scope=item.scope,
            evidence=item.no,
            status=item.status,
            attested=item.attested,
            leads=tuple(marks.hop(item.upstream, item.downstream)),
        )
        for record in records[_key(item)]:
            yield record, standing


_Key = tuple[str, str, str | None, str, str]


def _key(item: EvidenceItem) -> _Key:
    return (item.kind, item.scope, item.upstream, item.downstream, item.title)


def _records_by_exhibit(trace: Trace) -> Mapping[_Key, list[_Record]]:
    """Put the records of a trace under the exhibits they belong to."""
    found: dict[_Key, list[_Record]] = {}

    def put(scope: str, records: tuple[Contract, ...] | tuple[RoutingTotal, ...]) -> None:
        for row in records:
            ends = (row.upstream, row.downstream)
            if isinstance(row, Contract):
                found.setdefault(("contract", scope, *ends, row.contract_no), []).append(row)
            else:
                found.setdefault(("routing", scope, *ends, ""), []).append(row)

    for hop in trace.hops:
        put("hop", hop.contracts)
        put("hop", hop.routing)
    for access in trace.access:
        put("access", access.contracts)
        put("access", access.routing)
    put("unsegmented", trace.unsegmented)
    for pair in trace.blocked_only:
        put("blocked", pair.routing)
    return found
