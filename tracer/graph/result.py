"""What a trace answers with: the `Trace` and its parts, all frozen and sorted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tracer.model.diagnostic import Note
from tracer.model.evidence import Allocation, Contract, Evidence, RoutingTotal
from tracer.model.party import Party
from tracer.model.period import Period
from tracer.model.source import RecordRef

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "AccessHop",
    "BlockedPair",
    "Candidate",
    "Chain",
    "Gap",
    "Hop",
    "IncidentTally",
    "Sender",
    "Trace",
    "TracedParty",
    "Traffic",
]


class TracedParty(NamedTuple):
    """A party of the trace and its flow, in messages summed over the scope.

    Parameters
    ----------
    layer : int or None
        Fewest hops from a holder at any one point; None when no holder ever reaches it.
    forwarded, received : int
        On hops to its upstreams (carriers included), and from its downstreams.
    originated : int
        Forwarded and matched with nothing received that day or the day before;
        `own` + `unresolved`.
    own : int
        Originated where no hop onward is evidenced.
    unresolved : int
        Originated where a hop onward is evidenced: traffic of unknown origin.
    withheld : int
        Received and matched with nothing forwarded that day or the next.
    """

    party: Party
    carrier: bool
    layer: int | None
    forwarded: int
    received: int
    originated: int
    own: int
    unresolved: int
    withheld: int

    @property
    def name(self) -> str:
        """Canonical name."""
        return self.party.name


class Traffic(NamedTuple):
    """Messages of one hop at one point: a routed number on a day.

    Parameters
    ----------
    messages : int
        The largest of the sums by (reporter, delivery): a lower bound.
    covered : bool
        A contract of the same hop covers the number on that day.
    """

    number: str
    day: date
    messages: int
    covered: bool


class Hop(NamedTuple):
    """The number was handed from `upstream` to `downstream`; messages flow back up.

    Parameters
    ----------
    status : {"contract_only", "corroborated", "partly_covered", "routing_only"}
        Whether paper, logs or both show it.
    attested : {"both", "upstream", "downstream", "third_party", "unattributed", "none"}
        Whose logs show its messages.
    messages, messages_covered, blocked : int
        In the scope; `blocked` were stopped by the platform and count nowhere else.
    parts : int or None
        Billed parts of the messages, where stated.
    unit : {"messages", "parts"}
        What `messages` counts; parts only where the logs give nothing else anywhere.
    contracts : tuple of Contract
        Rows that evidence it at some point of the scope, by (contract_no, record id).
    routing : tuple of RoutingTotal
        Its totals on days of the window, those of stopped messages too, by record id.
    first_day, last_day : datetime.date or None
        Cut to the window; None where open.
    traffic : tuple of Traffic
        Point by point, by (day, number).
    """

    upstream: str
    downstream: str
    status: str
    attested: str
    messages: int
    messages_covered: int
    blocked: int
    parts: int | None
    unit: str
    contracts: tuple[Contract, ...]
    routing: tuple[RoutingTotal, ...]
    first_day: date | None
    last_day: date | None
    traffic: tuple[Traffic, ...] = ()

    @property
    def records(self) -> tuple[str, ...]:
        """Stable names of every record relied on, sorted."""
        refs = {c.ref for c in self.contracts} | {r.ref for r in self.routing}
        return tuple(sorted(ref.record_id for ref in refs))

    @property
    def contract_numbers(self) -> tuple[str, ...]:
        """Contract numbers as printed, each once, sorted."""
        return tuple(sorted({c.contract_no for c in self.contracts}))


@dataclass(frozen=True, slots=True)
class AccessHop:
    """A carrier that stands above the chain gives access to a party.

    Fields as in `Hop`; it takes no part in roots, chains and layers.
    """

    carrier: str
    party: str
    messages: int
    messages_covered: int
    contracts: tuple[Contract, ...]
    routing: tuple[RoutingTotal, ...]
    first_day: date | None
    last_day: date | None

    @property
    def contract_numbers(self) -> tuple[str, ...]:
        """Contract numbers as printed, each once, sorted."""
        return tuple(sorted({c.contract_no for c in self.contracts}))


@dataclass(frozen=True, slots=True)
class BlockedPair:
    """Messages under the scope that were stopped, between parties with no hop evidenced."""

    upstream: str
    downstream: str
    blocked: int
    routing: tuple[RoutingTotal, ...]


class Chain(NamedTuple):
    """A walk from a root that repeats no party and cannot be continued at some point.

    Parameters
    ----------
    parties : tuple of str
        Two or more, upstream first.
    starts : tuple of {"gap", "holder", "unallocated"}
        How it starts, over the points at which it is a chain; sorted.
    ends : tuple of {"cycle", "terminal"}
        Ditto, how it ends.
    messages : int
        Those of its last hop at the points at which it is a chain.
    maximal : bool
        It is no proper prefix of another chain.
    first_day, last_day : datetime.date or None
        Over those points, cut to the window; None where open.
    fingerprint : str
        SHA-256 of the parties' identifiers (USCC where known, else name) joined by `,`.
    unbroken : bool
        It is a chain, at some number, on every day from the first to the last; if not, there
        are days between on which it is none.
    """

    parties: tuple[str, ...]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    messages: int
    maximal: bool
    first_day: date | None
    last_day: date | None
    fingerprint: str
    unbroken: bool = True


@dataclass(frozen=True, slots=True)
class Sender:
    """A party with messages of its own, and on what that rests."""

    name: str
    messages: int
    basis: str


class Candidate(NamedTuple):
    """A record that leads to the party a gap starts at but does not count there, and why not.

    Parameters
    ----------
    record : str
        Stable name; of several routing totals from one upstream under one number, the first.
    why : {"no_segment", "other_days", "other_segment", "other_routing"}
        The reason.
    upstream : str
        Where it leads from.
    ref : RecordRef
        Its place.
    detail : str
        Contract number, or the routed number.
    """

    record: str
    why: str
    upstream: str
    ref: RecordRef
    detail: str


class Gap(NamedTuple):
    """Paper is missing between the holder and this party.

    Parameters
    ----------
    days : int or None
        Days on which a chain starts there with a gap; None when open-ended.
    first_day, last_day : datetime.date or None
        Of those days, cut to the window; None where open.
    unbroken : bool
        They are all the days from the first to the last.
    numbers : tuple of str
        Where: routed numbers, and segments at numbers of which it starts there; none begins
        with another.
    """

    party: str
    days: int | None
    first_day: date | None
    last_day: date | None
    candidates: Sequence[Candidate] = ()
    unbroken: bool = True
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IncidentTally:
    """Fraud messages on record in the scope, each counted once.

    Parameters
    ----------
    count : int
        `by_traffic` + `by_paper` + `unreached`.
    victims : int
        Victims told apart, over all of them.
    loss : int
        Millionths of a yuan, over all of them.
    """

    count: int = 0
    by_traffic: int = 0
    by_paper: int = 0
    unreached: int = 0
    victims: int = 0
    loss: int = 0


@dataclass(frozen=True)
class Trace:
    """The trace of a number over a window, as `docs/semantics.md` defines it.

    Parameters
    ----------
    number : str
        A number, a code or any prefix: the scope is every number that begins with it.
    window : Period
        Days of the scope.
    allocations : tuple of Allocation
        Those that overlap the scope, by (segment, holder, record id).
    parties : tuple of TracedParty
        Both ends of every hop and access hop, and the holders; by layer (None last), name.
    hops, access : tuple
        By (upstream, downstream).
    chains : tuple of Chain
        In lexicographic order of their parties; at most as many as were asked for.
    truncated : bool
        There are more chains than listed.
    senders : tuple of Sender
        Most messages first, then by name.
    gaps : tuple of Gap
        By party.
    blocked_only : tuple of BlockedPair
        Stopped traffic between parties without a hop; evidences nothing.
    unsegmented : tuple of Contract
        Contracts between parties of the trace that name no segment; they evidence no hop.
    notes : tuple of Note
        What else the reader should know.
    """

    number: str
    window: Period
    evidence: Evidence
    allocations: tuple[Allocation, ...]
    parties: tuple[TracedParty, ...]
    access: tuple[AccessHop, ...]
    hops: tuple[Hop, ...]
    chains: tuple[Chain, ...]
    senders: tuple[Sender, ...]
    incidents: IncidentTally
    gaps: tuple[Gap, ...]
    truncated: bool
    blocked_only: tuple[BlockedPair, ...] = ()
    unsegmented: tuple[Contract, ...] = ()
    notes: tuple[Note, ...] = ()
    roots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Every root and how chains start there: `holder`, `gap`, `unallocated`; sorted."""

    @cached_property
    def graph(self) -> "nx.MultiDiGraph[str]":
        """The evidence as a networkx multigraph: nodes parties, edge keys record ids."""
        from tracer.graph.evidence import evidence_graph

        return evidence_graph(self)

    def complete(self) -> None:
        """Look up what is only looked up when it is asked for: what might close the gaps."""
        for gap in self.gaps:
            len(gap.candidates)

    def party(self, name: str) -> TracedParty:
        """Look a party of the trace up by its canonical name."""
        return next(party for party in self.parties if party.name == name)
