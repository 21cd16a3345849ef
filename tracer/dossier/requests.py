"""The records that would settle what a trace leaves open: from whom, for which number and days.

Every weak place of a trace asks for one thing, of one party that should have it: the contract of a
hop that only logs show, the logs of a hop that only paper shows, the other end's log, what leads to
the party a gap starts at, who stands below the last party on record, licences and checks that are
not on record. Nothing is concluded from what is not there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from tracer.graph.result import Hop, Trace
from tracer.model.diagnostic import HEAD_NOTES, Note
from tracer.model.evidence import Allocation
from tracer.model.finding import Finding
from tracer.model.period import Period
from tracer.rules.examined import ExaminedTrace

__all__ = ["AUTHORITY", "Request", "RequestList", "list_requests"]

AUTHORITY: Final = ""
"""The addressee of what only the assigning authority can say."""
_CHECKS: Final = {"TR401": "identity_check", "TR402": "content_check", "TR403": "contract_check"}
_OTHER_END: Final = {"upstream": "downstream", "downstream": "upstream"}


@dataclass(frozen=True, slots=True)
class Request:
    """One record that is asked for.

    Parameters
    ----------
    addressee : str
        Canonical name; `AUTHORITY` for the authority that assigns numbers.
    material : str
        What: `contract`, `log`, `title`, `below`, `origin`, `allocation`, `licence`, or a check.
    why : str
        Which weak place asks for it.
    upstream, downstream : str or None
        The hop it is about.
    numbers : tuple of str
        Routed numbers, or segments.
    days : Period
        Of what is asked for; open where nothing limits it.
    messages : int or None
        Messages on record that hang on it.
    """

    addressee: str
    material: str
    why: str
    upstream: str | None
    downstream: str | None
    numbers: tuple[str, ...]
    days: Period
    messages: int | None = None

    @property
    def order(self) -> tuple[object, ...]:
        """By addressee, the authority last; then by days, what, and hop."""
        first, last = self.days.bounds()
        hop = (self.upstream or "", self.downstream or "")
        what = (self.material, self.why, *hop, self.numbers)
        return (not self.addressee, self.addressee, first, last, *what)


@dataclass(frozen=True, slots=True)
class RequestList:
    """All requests of one number.

    Parameters
    ----------
    number : str
        What was traced.
    window : Period
        Days of the trace.
    requests : tuple of Request
        Grouped by addressee.
    printed : tuple of (str, tuple of str)
        Addressees that the papers also call otherwise, and how.
    notes : tuple of Note
        What the answer leaves out: as of when the case is seen.
    """

    number: str
    window: Period
    requests: tuple[Request, ...]
    printed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    notes: tuple[Note, ...] = ()


def list_requests(answer: ExaminedTrace) -> RequestList:
    """Ask for the records that would settle every weak place of a trace."""
    trace = answer.trace
    asked = {
        *_of_hops(trace),
        *_of_gaps(trace),
        *_of_ends(trace),
        *_of_findings(answer.findings, trace),
    }
    requests = tuple(sorted(asked, key=lambda each: each.order))
    names = {each.addressee for each in requests}
    printed = tuple(
        (each.name, others)
        for each in trace.parties
        if each.name in names
        and (others := tuple(s for s in each.party.spellings if s != each.name))
    )
    notes = tuple(note for note in trace.notes if note.key in HEAD_NOTES)
    return RequestList(trace.number, trace.window, requests, tuple(sorted(printed)), notes)


def _of_hops(trace: Trace) -> Iterator[Request]:
    for hop in trace.hops:
        ends = (hop.upstream, hop.downstream)
        if hop.status in ("routing_only", "partly_covered"):
            bare = [at for at in hop.traffic if not at.covered]
            numbers = tuple(sorted({at.number for at in bare}))
            days, count = _span(at.day for at in bare), sum(at.messages for at in bare)
            for end in ends:
                yield Request(end, "contract", hop.status, *ends, numbers, days, count)
        if hop.status == "contract_only":
            numbers = _segments(hop, trace.number)
            days = Period(hop.first_day, hop.last_day)
            for end in ends:
                yield Request(end, "log", "contract_only", *ends, numbers, days)
        elif hop.attested != "both":
            yield from _other_logs(hop)


def _other_logs(hop: Hop) -> Iterator[Request]:
    """Ask the ends that did not hand in a log of the traffic."""
    ends = (hop.upstream, hop.downstream)
    numbers = tuple(sorted({at.number for at in hop.traffic}))
    days = _span(at.day for at in hop.traffic)
    missing = {_OTHER_END.get(hop.attested)} - {None} or {"upstream", "downstream"}
    for end, name in zip(("upstream", "downstream"), ends, strict=True):
        if end in missing:
            why = f"one_sided_{hop.attested}"
            yield Request(name, "log", why, *ends, numbers, days, hop.messages)


def _of_gaps(trace: Trace) -> Iterator[Request]:
    for gap in trace.gaps:
        holders = sorted({a.holder for a in trace.allocations if _concerns(a, gap.numbers)})
        days = Period(gap.first_day, gap.last_day)
        yield Request(gap.party, "title", "gap", None, gap.party, gap.numbers, days)
        for holder in holders:
            yield Request(holder, "onward", "gap", holder, gap.party, gap.numbers, days)
        for lead in gap.candidates:
            if lead.upstream != gap.party:
                hop = (lead.upstream, gap.party)
                why = f"gap_{lead.why}"
                yield Request(lead.upstream, "candidate", why, *hop, gap.numbers, days)
    for name, starts in sorted(trace.roots.items()):
        if "unallocated" in starts:
            days = _days_of(trace, name)
            yield Request(AUTHORITY, "allocation", "unallocated", None, name, (trace.number,), days)
            yield Request(name, "title", "unallocated", None, name, (trace.number,), days)


def _concerns(allocation: Allocation, numbers: Iterable[str]) -> bool:
    return any(allocation.segment.overlaps(number) for number in numbers)


def _of_ends(trace: Trace) -> Iterator[Request]:
    for sender in trace.senders:
        if sender.basis == "last_on_record":
            numbers, days = _traffic_up(trace, sender.name)
            yield Request(
                sender.name, "below", "last_on_record", None, sender.name, numbers, days,
                sender.messages,
            )  # fmt: skip
    for party in trace.parties:
        if party.unresolved:
            numbers, days = _traffic_up(trace, party.name)
            yield Request(
                party.name, "origin", "unresolved", None, party.name, numbers, days,
                party.unresolved,
            )  # fmt: skip


def _of_findings(findings: Iterable[Finding], trace: Trace) -> Iterator[Request]:
    for finding in findings:
        numbers = tuple((finding.segment or trace.number).split(";"))
        days = Period(finding.first_day, finding.last_day)
        if finding.rule == "TR209":
            for name in finding.parties:
                yield Request(name, "licence", finding.rule, None, name, numbers, days)
        elif finding.rule in _CHECKS:
            for upstream, downstream in finding.hops:
                what = _CHECKS[finding.rule]
                yield Request(upstream, what, finding.rule, upstream, downstream, numbers, days)


def _traffic_up(trace: Trace, party: str) -> tuple[tuple[str, ...], Period]:
    """Give the numbers and days of what a party sent up, to carriers too."""
    points = [at for hop in trace.hops if hop.downstream == party for at in hop.traffic]
    return tuple(sorted({at.number for at in points})), _span(at.day for at in points)


def _days_of(trace: Trace, party: str) -> Period:
    chains = [chain for chain in trace.chains if chain.parties[0] == party]
    firsts, lasts = [c.first_day for c in chains], [c.last_day for c in chains]
    return Period(
        None if None in firsts else min((d for d in firsts if d), default=None),
        None if None in lasts else max((d for d in lasts if d), default=None),
    )


def _segments(hop: Hop, number: str) -> tuple[str, ...]:
    """Give the segments of a hop's contracts that concern the number."""
    found = {s.prefix for c in hop.contracts for s in c.segments if s.overlaps(number)}
    return tuple(sorted(found))


def _span(days: Iterable[date]) -> Period:
    listed = sorted(days)
    return Period(listed[0], listed[-1]) if listed else Period()
