"""What a trace is made from: the records that concern one number, party names resolved.

Party fields hold canonical names; a party is the same party exactly when its name is equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tracer.model.diagnostic import Note
from tracer.model.evidence_document import Document
from tracer.model.mark import NO_MARKS, Marks
from tracer.model.party import Party, fold_name
from tracer.model.period import Period
from tracer.model.segment import Segment
from tracer.model.source import RecordRef

__all__ = [
    "Allocation",
    "Contract",
    "ContractLead",
    "Document",
    "Evidence",
    "Incident",
    "Leads",
    "RoutingTotal",
]

END_CUSTOMER_KINDS = frozenset({"end_customer_service", "终端客户服务"})
"""Kinds of contract that serve a customer rather than hand the number on, folded."""


@lru_cache(maxsize=1 << 10)
def _is_end_customer_kind(kind: str) -> bool:
    return fold_name(kind).casefold() in END_CUSTOMER_KINDS  # contracts are many, kinds are few


class Allocation(NamedTuple):
    """One segment allocated to one holder for a term."""

    ref: RecordRef
    segment: Segment
    holder: str
    term: Period
    authority: str | None = None
    certificate_no: str | None = None
    purpose: str | None = None
    region: str | None = None
    source_ref: str | None = None
    document: Document | None = None


class Contract(NamedTuple):
    """One row of one contract: its segments hold during its term.

    Parameters
    ----------
    ref : RecordRef
        The row.
    contract_no : str
        As printed; numbers repeat between companies.
    upstream, downstream : str
        Canonical names; the number is handed from the first to the second.
    segments : tuple of Segment
        Empty when the contract names none: it then evidences no hop.
    term : Period
        Days on which it holds, both ends inclusive.
    start_stated, end_stated : bool
        False where the term is open only because the paper is silent.
    conflicting : bool
        Another row of the same contract differs in term, price or clause.
    """

    ref: RecordRef
    contract_no: str
    upstream: str
    downstream: str
    segments: tuple[Segment, ...]
    term: Period
    start_stated: bool = True
    end_stated: bool = True
    title: str | None = None
    kind: str | None = None
    right: str | None = None
    signed_on: date | None = None
    unit_price: int | None = None
    unit_price_raw: str | None = None
    sublease_clause: str | None = None
    approval_no: str | None = None
    amends: str | None = None
    region: str | None = None
    purpose: str | None = None
    source_ref: str | None = None
    conflicting: bool = False
    document: Document | None = None

    def covers(self, number: str, day: int) -> bool:
        """Tell whether it covers a number on a day (proleptic day number)."""
        first, last = self.term.bounds()
        return first <= day <= last and any(s.covers(number) for s in self.segments)

    @property
    def is_end_customer_service(self) -> bool:
        """Whether its kind says that its downstream is served as an end customer."""
        return bool(self.kind) and _is_end_customer_kind(self.kind or "")


class RoutingTotal(NamedTuple):
    """The routing rows of one file that agree in ends, number, day and reporter, summed.

    Parameters
    ----------
    ref : RecordRef
        File, sheet, first and last row of those summed.
    upstream, downstream : str
        `upstream` accepted the messages from `downstream`.
    number : str
        The exact source number, 3 to 20 digits.
    day : datetime.date
        Calendar day in the case's time zone.
    reporter : str or None
        Whose log it is; None is the one unnamed reporter.
    delivery : int
        The load command the file came in with.
    messages, blocked : int
        Messages accepted, and messages the platform stopped; each may be 0.
    parts : int or None
        Billed parts of the accepted messages, where stated.
    unit : {"messages", "parts"}
        What `messages` counts: parts stand for messages where a source gives nothing else.
    rows : int
        Rows summed.
    """

    ref: RecordRef
    upstream: str
    downstream: str
    number: str
    day: date
    reporter: str | None
    delivery: int
    messages: int
    blocked: int = 0
    parts: int | None = None
    unit: str = "messages"
    rows: int = 1


class Incident(NamedTuple):
    """One fraud message on record; `victim` is whatever tells victims apart (never clear text)."""

    ref: RecordRef
    number: str
    day: date
    received_at: str
    victim: str | None = None
    case_no: str | None = None
    loss: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Every record on file that concerns the numbers beginning with `number`.

    Parameters
    ----------
    number : str
        Digits the scope begins with.
    allocations, contracts : tuple
        Those with a segment that overlaps the number; of all days.
    routing : tuple of RoutingTotal
        Those under a number of the scope; of all days.
    shorter_routing : tuple of RoutingTotal
        Those under a number that is a proper prefix of `number`: they may be the same messages
        before a platform added digits, and serve for nothing else.
    incidents : tuple of Incident
        Those under a number of the scope.
    parties : Mapping of str to Party
        By canonical name, all parties the records name.
    notes : tuple of Note
        What reading the records brought to light.
    marks : Marks
        What stands beside the records.
    """

    number: str
    allocations: tuple[Allocation, ...] = ()
    contracts: tuple[Contract, ...] = ()
    routing: tuple[RoutingTotal, ...] = ()
    shorter_routing: tuple[RoutingTotal, ...] = ()
    incidents: tuple[Incident, ...] = ()
    parties: Mapping[str, Party] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    marks: Marks = NO_MARKS


class ContractLead(NamedTuple):
    """As much of a contract row as tells where it leads: there may be very many.

    Parameters
    ----------
    names_segment : bool
        It names a segment, whichever.
    """

    ref: RecordRef
    contract_no: str
    upstream: str
    downstream: str
    names_segment: bool


@dataclass(frozen=True, slots=True)
class Leads:
    """Records that lead to some parties, whatever their number and day: what may close a gap."""

    contracts: tuple[ContractLead, ...] = ()
    routing: tuple[RoutingTotal, ...] = ()
