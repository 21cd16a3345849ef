"""Fraud messages on record under a number: by party, by hop, and one by one, without their victims.

A report falls on a number and a day. A party is credited with it where its chains ran there, as in
dossiers; a hop merely where messages of that number are on record that day.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tracer.graph.attribution import Attribution, PartyIncidents
from tracer.graph.incidents import each_once
from tracer.graph.result import Trace
from tracer.graph.survey import take_survey
from tracer.model.evidence import Incident
from tracer.report.citing import cite
from tracer.report.dossier_tables import head
from tracer.report.masking import masked
from tracer.report.papers import Cell, Table, Yuan, shown, table
from tracer.report.wording import Said, count, same, say

__all__ = ["MOST_LISTED", "incident_tables"]

MOST_LISTED = 300
"""Reports listed one by one; tables by party and by hop count all of them."""

_SUMS = ("reports", "first_day", "last_day", "victims", "loss")


def incident_tables(trace: Trace) -> tuple[Table, ...]:
    """Set what is on record; no tables where nothing is."""
    inside = [i for i in trace.evidence.incidents if trace.window.contains(i.day)]
    listed = sorted(each_once(inside), key=lambda i: (i.received_at, i.number, i.ref.record_id))
    if not listed:
        return ()
    attribution = Attribution(take_survey(trace.evidence, trace.window))
    return (
        _by_party(trace, attribution.incidents(), listed),
        _by_hop(trace, listed),
        _one_by_one(listed, attribution),
    )


def _by_party(
    trace: Trace, found: Mapping[str, PartyIncidents], listed: Sequence[Incident]
) -> Table:
    senders = {sender.name for sender in trace.senders}
    rows = []
    for node in trace.parties:
        mine = found.get(node.name)
        if mine is None:
            continue
        layer = say("page.layer_none") if node.layer is None else same(str(node.layer))
        role = say("page.role.sender") if node.name in senders else same("")
        paper = (len(mine.by_paper), len(mine.undecided))
        rows.append((layer, same(node.name), role, *_sums(mine.by_traffic), *paper))
    columns = (*head("layer", "party", "role"), *_heads(*_SUMS, "paper", "undecided"))
    tally = trace.incidents
    unstated = sum(1 for incident in listed if incident.loss is None)
    total = say(
        "page.incident.total",
        count=count(tally.count),
        traffic=count(tally.by_traffic),
        paper=count(tally.by_paper),
        unreached=count(tally.unreached),
        victims=count(tally.victims),
        loss=shown(_yuan(listed)),
        unstated=count(unstated),
    )
    remarks = (total, say("page.incident.party_note"))
    return table("incident_parties", say("page.incident.parties"), columns, rows, remarks)


def _by_hop(trace: Trace, listed: Iterable[Incident]) -> Table:
    at: dict[tuple[str, int], list[Incident]] = defaultdict(list)
    for incident in listed:
        at[incident.number, incident.day.toordinal()].append(incident)
    layers = {node.name: node.layer for node in trace.parties}
    rows = []
    for hop in sorted(trace.hops, key=lambda hop: _down(layers[hop.upstream])):
        points = sorted({(each.number, each.day.toordinal()) for each in hop.traffic})
        mine = [incident for point in points for incident in at.get(point, ())]
        if mine:
            rows.append((same(hop.upstream), same(hop.downstream), *_sums(mine)))
    columns = (*head("upstream", "downstream"), *_heads(*_SUMS))
    note = (say("page.incident.hop_note"),)
    return table("incident_hops", say("page.incident.hops"), columns, rows, note)


def _down(layer: int | None) -> tuple[bool, int]:
    return layer is None, layer or 0


def _one_by_one(listed: Sequence[Incident], attribution: Attribution) -> Table:
    victims = dict.fromkeys(i.victim for i in listed if i.victim is not None)
    numbers = {victim: number for number, victim in enumerate(victims, start=1)}
    rows: list[tuple[Cell, ...]] = []
    for incident in listed[:MOST_LISTED]:
        victim = numbers.get(incident.victim) if incident.victim is not None else None
        kind = attribution.at((incident.number, incident.day.toordinal())).kind
        rows.append(
            (
                incident.day,
                same(incident.number),
                same(masked(incident.case_no or "")),
                say("dossier.victim_no", number=victim) if victim else None,
                Yuan(incident.loss) if incident.loss is not None else say("page.incident.no_loss"),
                say(f"page.incident.kind.{kind}"),
                cite((incident.ref,)),
            )
        )
    columns = head("day", "number", "case_no", "victim", "loss", "kind", "records")
    rest = len(listed) - len(rows)
    note = (say("page.incident.more", rest=count(rest)),) if rest else ()
    return table("incidents", say("page.incident.list"), columns, rows, note)


def _heads(*names: str) -> tuple[Said, ...]:
    return tuple(say(f"page.incident.head.{name}") for name in names)


def _sums(incidents: Sequence[Incident]) -> tuple[Cell, ...]:
    """Sum reports up: how many, first and last day, victims told apart, losses stated."""
    if not incidents:
        return (0, None, None, None, None)
    days = [incident.day for incident in incidents]
    victims = {incident.victim for incident in incidents if incident.victim is not None}
    return (len(incidents), min(days), max(days), len(victims), _yuan(incidents))


def _yuan(incidents: Iterable[Incident]) -> Yuan:
    return Yuan(sum(incident.loss or 0 for incident in incidents))
