"""A party's place in one code: role, layer, hops, days, messages."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from tracer.dossier.codecase import CodeCase
from tracer.graph.attribution import PartyIncidents
from tracer.graph.result import AccessHop, Hop
from tracer.model.evidence import Allocation

__all__ = ["CarriedSums", "Standing", "standing_in"]

ROLES: Final = ("holder", "intermediary", "sender", "end", "gap", "unallocated", "carrier")


@dataclass(frozen=True, slots=True)
class CarriedSums:
    """What a party carried in the scope, point by point the larger of its two sides.

    Parameters
    ----------
    messages : int
        At all points; a lower bound.
    by_traffic, by_paper : int
        Those at points where the party is on a chain with traffic on every hop; and at points
        where there is no such chain. The rest is at points where the party is beside such a
        chain, on none itself.
    undecided : int
        Those at points where it was left undecided whether it is on one; in none of the others.
    parts : int
        Of `messages`, those that are billed parts: the logs give nothing else there.
    days : int
        Days with messages.
    first_day, last_day : datetime.date or None
        Of these.
    """

    messages: int = 0
    by_traffic: int = 0
    by_paper: int = 0
    undecided: int = 0
    parts: int = 0
    days: int = 0
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One party in one code.

    Parameters
    ----------
    code, is_exact
        As of `CodeCase`.
    roles : tuple of str
        Of `holder`, `intermediary` (has upstreams and downstreams), `sender`, `end` (the record
        names no onward hop and no message of its own), `gap`, `unallocated` (a chain starts here
        so), `carrier` (it stands above the chain and gives access); in this order.
    basis : str or None
        What naming it a sender rests on.
    layer : int or None
        Fewest hops from a holder at any one point.
    upstreams, downstreams : tuple of Hop
        By name of the other end.
    access : tuple of AccessHop
        Given to it by carriers above the chain, or, of a carrier, by it.
    carried : CarriedSums
        What passed through its hands.
    forwarded, received, own, unresolved, withheld, blocked : int
        Its flow; originated is `own` + `unresolved`; `blocked` were stopped at its platform.
    incidents : PartyIncidents
        Fraud messages its chains carried.
    allocations : tuple of Allocation
        To it, as far as they lie in the scope.
    """

    code: str
    is_exact: bool
    roles: tuple[str, ...]
    basis: str | None
    layer: int | None
    upstreams: tuple[Hop, ...]
    downstreams: tuple[Hop, ...]
    access: tuple[AccessHop, ...]
    carried: CarriedSums
    forwarded: int
    received: int
    own: int
    unresolved: int
    withheld: int
    blocked: int
    incidents: PartyIncidents
    allocations: tuple[Allocation, ...]

    @property
    def originated(self) -> int:
        """Forwarded and matched with nothing received."""
        return self.own + self.unresolved


def standing_in(code: CodeCase, name: str) -> Standing:
    """Describe a party's place in a code."""
    upstreams, downstreams = code.hops_to(name), code.hops_from(name)
    flow = code.flows.get(name)
    sender = code.senders.get(name)
    evidence, window = code.found.evidence, code.case.window
    allocations = [a for a in evidence.allocations if a.holder == name]
    here = {
        "holder": name in code.found.scope.holders,
        "intermediary": bool(upstreams and downstreams),
        "sender": sender is not None,
        "end": bool(upstreams) and not downstreams and sender is None,
        **{kind: name in code.found.reach.starts[kind] for kind in ("gap", "unallocated")},
    }
    here["carrier"] = any(carrier == name for carrier, _ in code.access)
    points = code.carried.get(name, {})
    return Standing(
        code=code.code,
        is_exact=code.is_exact,
        roles=tuple(role for role in ROLES if here[role]),
        basis=sender.basis if sender else None,
        layer=code.found.reach.layers.get(name),
        upstreams=upstreams,
        downstreams=downstreams,
        access=tuple(hop for pair, hop in code.access.items() if name in pair),
        carried=_sums(code, name),
        forwarded=flow.forwarded if flow else 0,
        received=flow.received if flow else 0,
        own=sum(flow.own.values()) if flow else 0,
        unresolved=flow.unresolved if flow else 0,
        withheld=flow.withheld if flow else 0,
        blocked=sum(each.blocked for each in points.values()),
        incidents=code.incidents.get(name, PartyIncidents()),
        allocations=tuple(
            a for a in allocations if a.term.overlaps(window) and a.segment.overlaps(code.code)
        ),
    )


def _sums(code: CodeCase, name: str) -> CarriedSums:
    points = {p: c for p, c in code.carried.get(name, {}).items() if c.messages}
    if not points:
        return CarriedSums()
    sums = {"traffic": 0, "paper": 0, "undecided": 0}
    for point, each in points.items():
        here = code.attribution.at(point)
        if name in here.parties:
            sums[here.kind] += each.messages
        elif name in here.undecided:
            sums["undecided"] += each.messages
    days = {day for _, day in points}
    return CarriedSums(
        messages=sum(each.messages for each in points.values()),
        by_traffic=sums["traffic"],
        by_paper=sums["paper"],
        undecided=sums["undecided"],
        parts=sum(each.messages for each in points.values() if each.unit == "parts"),
        days=len(days),
        first_day=date.fromordinal(min(days)),
        last_day=date.fromordinal(max(days)),
    )
