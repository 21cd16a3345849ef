"""Records of the paper lane: one frozen class per input table, valid by construction.

Party fields hold names (or credit codes) as the papers write them, trimmed; who they are is
decided when records are read back. `provenance` says where each record stands, word for word.
"""

from dataclasses import dataclass
from datetime import date, datetime

from tracer.model.period import ALL_DAYS, Period
from tracer.model.segment import Segment
from tracer.model.source import RecordRef

__all__ = [
    "AccountRow",
    "AllocationRow",
    "CheckRow",
    "ContractRow",
    "IncidentRow",
    "OpeningRow",
    "PaperRow",
    "PartyRow",
    "PaymentRow",
    "Provenance",
    "RelationRow",
]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a record stands and what its cells say.

    Parameters
    ----------
    ref : RecordRef
        File, sheet, row.
    raw : tuple of (str, str)
        Header as printed and raw text of every non-blank cell, in column order; personal data
        masked.
    document, page : str or None
        A scanned paper (path relative to the table's folder) and the page in it.
    obtained_from : str or None
        Who handed the table in.
    obtained_on : datetime.date or None
        When it was obtained.
    """

    ref: RecordRef
    raw: tuple[tuple[str, str], ...] = ()
    document: str | None = None
    page: str | None = None
    obtained_from: str | None = None
    obtained_on: date | None = None


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A row of **parties** (主体)."""

    provenance: Provenance
    name: str
    uscc: str | None = None
    former_names: tuple[str, ...] = ()
    kind: str | None = None
    legal_representative: str | None = None
    address: str | None = None
    phone: str | None = None
    licence_no: str | None = None
    licence_term: Period = ALL_DAYS
    has_licence_column: bool = False
    status: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class AllocationRow:
    """A row of **allocations** (码号分配): one or several segments given to one holder."""

    provenance: Provenance
    segments: tuple[Segment, ...]
    holder: str
    holder_uscc: str | None = None
    authority: str | None = None
    certificate_no: str | None = None
    purpose: str | None = None
    region: str | None = None
    term: Period = ALL_DAYS
    source_ref: str | None = None


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A row of **contracts** (合同).

    Parameters
    ----------
    term : Period
        The term as `semantics` defines it: from `valid_from`, else `signed_on`, else open; to
        `terminated_on`, else open when it renews itself or says 长期, else `valid_to`, else open.
    start_stated, end_stated : bool
        False where that end of the term is open only because the paper is silent.
    unit_price : int or None
        Millionths of a yuan per message.
    unit_price_raw : str or None
        As printed, with its unit.
    sublease_clause : {"forbidden", "allowed", "with_consent", "silent"} or None
        None where the column is blank or absent.
    renews : bool or None
        None where not stated.
    amends : str or None
        Number of the contract this is a supplement to.
    """

    provenance: Provenance
    contract_no: str
    upstream: str
    downstream: str
    upstream_uscc: str | None = None
    downstream_uscc: str | None = None
    segments: tuple[Segment, ...] = ()
    title: str | None = None
    kind: str | None = None
    right: str | None = None
    signed_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    terminated_on: date | None = None
    renews: bool | None = None
    term: Period = ALL_DAYS
    start_stated: bool = False
    end_stated: bool = False
    unit_price: int | None = None
    unit_price_raw: str | None = None
    sublease_clause: str | None = None
    approval_no: str | None = None
    amends: str | None = None
    region: str | None = None
    purpose: str | None = None
    source_ref: str | None = None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A row of **accounts** (接入账号): who submits under an account of a platform."""

    provenance: Provenance
    platform: str
    account: str
    party: str
    appends: str | None = None
    term: Period = ALL_DAYS


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """A row of **incidents** (涉诈短信/报案).

    `victim` and `recipient` hold a keyed hash or masked form, never the clear text, unless the
    load was told to keep it.
    """

    provenance: Provenance
    number: str
    received_at: datetime
    victim: str | None = None
    victim_hash: str | None = None
    recipient: str | None = None
    recipient_hash: str | None = None
    loss: int | None = None
    content: str | None = None
    case_no: str | None = None
    reported_at: datetime | None = None
    notified_party: str | None = None
    notified_on: date | None = None


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A row of **checks** (审核记录); `kind` is identity, content or contract."""

    provenance: Provenance
    upstream: str
    downstream: str
    kind: str
    done_on: date | None = None
    result: str | None = None
    source_ref: str | None = None


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """A row of **openings** (开通/备案)."""

    provenance: Provenance
    carrier: str
    segments: tuple[Segment, ...]
    user: str
    opened_on: date | None = None
    closed_on: date | None = None
    purpose: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A row of **payments** (结算); `amount` in millionths of a yuan."""

    provenance: Provenance
    payer: str
    payee: str
    amount: int
    paid_on: date
    period: Period = ALL_DAYS
    messages: int | None = None
    contract_no: str | None = None
    source_ref: str | None = None


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A row of **relations** (关联关系)."""

    provenance: Provenance
    party_a: str
    party_b: str
    kind: str
    share: str | None = None
    term: Period = ALL_DAYS
    source_ref: str | None = None


PaperRow = (
    PartyRow
    | AllocationRow
    | ContractRow
    | AccountRow
    | IncidentRow
    | CheckRow
    | OpeningRow
    | PaymentRow
    | RelationRow
)
