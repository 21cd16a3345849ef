"""A trace as plain data for pictures and pages: frozen, sorted, in no language."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracer.model.case import CaseInfo
from tracer.model.diagnostic import Note
from tracer.model.evidence import Document
from tracer.model.finding import Finding
from tracer.model.mark import NO_MARKS, Marks
from tracer.model.period import Period

__all__ = [
    "PLAIN_ABOVE",
    "EvidenceItem",
    "FindingView",
    "GapBox",
    "GraphView",
    "Headline",
    "HopView",
    "Lead",
    "Line",
    "Link",
    "PartyNode",
    "Place",
    "SourceFile",
]

PLAIN_ABOVE = 150
"""With more boxes than this, a hop is drawn as one edge with counts."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: file, sheet, rows, and the page of the case file it cites."""

    record: str
    path: str
    sheet: str | None
    first_row: int
    last_row: int
    digest: str
    source_ref: str | None = None
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a paper, or the rows of one log by one reporter, under an evidence number.

    Parameters
    ----------
    segments : tuple of str
        As the paper states them; the routed numbers of a log.
    term : Period
        The term of a paper; first and last day of a log.
    facts : tuple of (str, str)
        Further cells, by field name, as printed.
    """

    place: Place
    segments: tuple[str, ...]
    term: Period
    start_stated: bool = True
    end_stated: bool = True
    price: str | None = None
    conflicting: bool = False
    reporter: str | None = None
    messages: int = 0
    blocked: int = 0
    parts: int | None = None
    unit: str = "messages"
    rows: int = 1
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """What one evidence number stands for.

    Parameters
    ----------
    no : str
        `E001` …: stable for equal inputs, unique in a page.
    kind : {"allocation", "contract", "routing"}
        One per allocation, per contract (number and ends), and per hop for its routing records.
    scope : {"holding", "hop", "access", "unsegmented", "blocked"}
        What it rests under; only `hop` evidences a step of the chain.
    title : str
        Contract or certificate number as printed; empty for routing.
    status, attested : str or None
        Of its hop.
    messages, covered, blocked : int
        Of the hop (see `Hop`), for routing.
    numbers : int
        Routed numbers told apart.
    """

    no: str
    kind: str
    scope: str
    title: str
    upstream: str | None
    downstream: str
    status: str | None
    attested: str | None
    segments: tuple[str, ...]
    term: Period
    start_stated: bool
    end_stated: bool
    prices: tuple[str, ...]
    messages: int
    covered: int
    blocked: int
    parts: int | None
    unit: str
    numbers: int
    reporters: tuple[str | None, ...]
    conflicting: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PartyNode:
    """A party as drawn.

    Parameters
    ----------
    roles : tuple of str
        Of `holder`, `intermediary`, `sender`, `last_on_paper`, `unresolved`, `carrier`, `gap`,
        `unallocated`; in this order.
    layer : int or None
        Fewest hops from a holder; None when none reaches it.
    depth : int
        Row it is drawn in; the layer where there is one.
    """

    id: str
    name: str
    roles: tuple[str, ...]
    layer: int | None
    depth: int
    uscc: str | None
    kind: str | None
    status: str | None
    role: str | None
    spellings: tuple[str, ...]
    forwarded: int
    received: int
    originated: int
    own: int
    unresolved: int
    withheld: int
    basis: str | None
    access: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HopView:
    """One hop and the evidence numbers it rests on.

    Parameters
    ----------
    back : bool
        It leads to a party not drawn below.
    """

    id: str
    upstream: str
    downstream: str
    status: str
    attested: str
    messages: int
    covered: int
    blocked: int
    parts: int | None
    unit: str
    days: Period
    back: bool
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """A record that might close a gap, and why it does not count."""

    record: str
    why: str
    upstream: str
    detail: str
    place: Place


@dataclass(frozen=True, slots=True)
class GapBox:
    """Something not on record, drawn as a box of its own above the party it concerns.

    Parameters
    ----------
    kind : {"gap", "unallocated"}
        Paper is missing below the holder, or no holder is on record.
    holders : tuple of str
        Whom the missing paper would lead from, as far as the trace names them.
    """

    id: str
    kind: str
    party: str
    holders: tuple[str, ...]
    days: int | None
    term: Period
    leads: tuple[Lead, ...]
    unbroken: bool = True
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding and where it is shown.

    Parameters
    ----------
    id : str
        `F1` …, in the order of the findings.
    evidence : tuple of str
        Evidence numbers that hold records it rests on.
    others : tuple of Place
        Records it rests on that bear no evidence number: they evidence no step of this trace.
    boxes : tuple of str
        Boxes of the picture that bear its mark: the exhibits it rests on between the ends of its
        hops, or the hop itself; the parties where none of its hops is drawn.
    """

    id: str
    finding: Finding
    evidence: tuple[str, ...]
    others: tuple[Place, ...]
    boxes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A line of the picture between two boxes, by their ids.

    Parameters
    ----------
    style : {"contract", "routing", "partly", "both", "gap", "doubtful"}
        Solid, dashed, solid and dashed, double, dotted, long and short dots; the middle two only on
        plain edges.
    back : bool
        Drawn in the lane beside the picture.
    arrow : bool
        Its head is the party the number was handed to.
    """

    id: str
    tail: str
    head: str
    style: str
    back: bool
    arrow: bool


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file something in the view rests on."""

    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class Headline:
    """The answer in figures.

    Parameters
    ----------
    deepest : int or None
        Greatest layer; None without a holder.
    unlayered : int
        Parties no holder reaches.
    no_contract, partly, no_routing, corroborated : int
        Hops by status.
    senders : tuple of (str, int, str)
        Name, messages, basis.
    last_on_paper : tuple of str
        Where chains without any traffic end.
    """

    holders: tuple[str, ...]
    parties: int
    hops: int
    deepest: int | None
    unlayered: int
    senders: tuple[tuple[str, int, str], ...]
    last_on_paper: tuple[str, ...]
    unresolved: tuple[tuple[str, int], ...]
    no_contract: int
    partly: int
    no_routing: int
    corroborated: int
    gaps: int
    unallocated: int
    back: int
    chains: int
    truncated: bool


@dataclass(frozen=True, slots=True)
class GraphView:
    """All a picture or page says of one trace.

    Parameters
    ----------
    plain : bool
        Too many records for a box each: one edge per hop, with counts.
    digest : str
        SHA-256 of the sorted digests of all sources, one a line.
    """

    number: str
    window: Period
    case: CaseInfo
    headline: Headline
    parties: tuple[PartyNode, ...]
    hops: tuple[HopView, ...]
    evidence: tuple[EvidenceItem, ...]
    gaps: tuple[GapBox, ...]
    links: tuple[Link, ...]
    plain: bool
    sources: tuple[SourceFile, ...]
    digest: str
    notes: tuple[Note, ...]
    findings: tuple[FindingView, ...] = ()
    marks: Marks = NO_MARKS

    def items(self, scope: str) -> tuple[EvidenceItem, ...]:
        """Evidence of one scope, in order of number."""
        return tuple(item for item in self.evidence if item.scope == scope)

    def drawn(self) -> tuple[PartyNode, ...]:
        """Parties in the picture: carriers above the chain are listed apart."""
        return tuple(node for node in self.parties if "carrier" not in node.roles)

    def by_number(self) -> Mapping[str, EvidenceItem]:
        """Evidence by its number."""
        return {item.no: item for item in self.evidence}
