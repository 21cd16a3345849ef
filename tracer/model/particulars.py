"""What the papers say of parties and hops beside contracts and logs: what findings are made from.

Party fields hold canonical names, as in `model.evidence`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracer.model.evidence import Contract
from tracer.model.period import ALL_DAYS, Period
from tracer.model.segment import Segment
from tracer.model.source import RecordRef

__all__ = [
    "NOTHING_BESIDE",
    "CheckRecord",
    "Licence",
    "Notice",
    "Opening",
    "Particulars",
    "PartyProfile",
    "Payment",
    "RefusedRow",
    "Relation",
]


@dataclass(frozen=True, slots=True)
class Licence:
    """The licence cells of one row of the parties table that has a licence column.

    Parameters
    ----------
    number : str or None
        None where the cell is blank: the row names no licence.
    term : Period
        Days on which it holds; open where the row does not say.
    """

    ref: RecordRef
    number: str | None
    term: Period = ALL_DAYS


@dataclass(frozen=True, slots=True)
class PartyProfile:
    """A party as the rows of the parties table describe it, each value with its row.

    Parameters
    ----------
    licences : tuple of Licence
        One per row whose table has a licence column; empty where no such table names the party,
        which says nothing about its licence.
    representatives, addresses, phones : tuple of (str, RecordRef)
        As printed; blank cells are left out.
    """

    licences: tuple[Licence, ...] = ()
    representatives: tuple[tuple[str, RecordRef], ...] = ()
    addresses: tuple[tuple[str, RecordRef], ...] = ()
    phones: tuple[tuple[str, RecordRef], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """A check (审核) that an upstream made of its downstream.

    Parameters
    ----------
    kind : {"identity", "content", "contract"}
        What was checked.
    done_on : datetime.date or None
        None where the record does not say.
    result : {"passed", "failed", "none"} or None
        None where the record does not say.
    """

    ref: RecordRef
    upstream: str
    downstream: str
    kind: str
    done_on: date | None
    result: str | None


@dataclass(frozen=True, slots=True)
class Opening:
    """A segment opened (开通/备案) by a carrier for a user, for a term."""

    ref: RecordRef
    carrier: str
    segment: Segment
    user: str
    term: Period
    purpose: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment from one party to another; `amount` in millionths of a yuan."""

    ref: RecordRef
    payer: str
    payee: str
    amount: int
    paid_on: date
    period: Period = ALL_DAYS
    messages: int | None = None
    contract_no: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A declared relation (关联关系) of two parties; `kind` as printed."""

    ref: RecordRef
    party_a: str
    party_b: str
    kind: str
    share: str | None = None
    term: Period = ALL_DAYS


@dataclass(frozen=True, slots=True)
class Notice:
    """A fraud message that was reported, and perhaps who was notified of it.

    Parameters
    ----------
    number : str
        Exact number it came from.
    reported_on : datetime.date or None
        Day of the report; None where the record does not say.
    notified : str or None
        The party that was notified.
    notified_on : datetime.date or None
        When it was.
    """

    ref: RecordRef
    number: str
    reported_on: date | None
    notified: str | None = None
    notified_on: date | None = None


@dataclass(frozen=True, slots=True, order=True)
class RefusedRow:
    """A row of a table that could not be loaded, and is kept as it stood.

    Parameters
    ----------
    path : str
        The file's path as given when it was loaded.
    sheet : str
        Name of the sheet; empty for a file without sheets.
    row : int
        Physical row.
    """

    path: str
    sheet: str
    row: int

    @property
    def place(self) -> str:
        """File, sheet and row in one text.

        Examples
        --------
        >>> RefusedRow("a.xlsx", "合同", 5).place, RefusedRow("b.csv", "", 7).place
        ('a.xlsx/合同:5', 'b.csv:7')
        """
        return f"{self.path}/{self.sheet}:{self.row}" if self.sheet else f"{self.path}:{self.row}"


@dataclass(frozen=True, slots=True)
class Particulars:
    """All that is on record about the parties and hops of one scope, beside its evidence.

    Parameters
    ----------
    classes : frozenset of str
        First four digits of every allocated segment on record, whatever the scope: the classes
        of codes that the register on record covers.
    profiles : Mapping of str to PartyProfile
        By canonical name; parties of which no row says anything are absent.
    checks : Mapping of (str, str) to tuple of CheckRecord
        By (upstream, downstream), by (day, record id).
    checking : Mapping of str to frozenset of str
        By upstream, the kinds of which it has handed in at least one check, whoever it concerns.
    openings : tuple of Opening
        Those with a segment that overlaps the scope, by (segment, carrier, user, record id).
    payments : Mapping of (str, str) to tuple of Payment
        By (payer, payee), by (day, record id).
    relations : tuple of Relation
        Between parties of the scope, by record id.
    notices : tuple of Notice
        Reported fraud messages under numbers of the scope, by (number, record id).
    unsegmented : Mapping of (str, str) to tuple of Contract
        By (upstream, downstream), the contracts to a party of the scope that name no segment, of
        all days, whoever lets: they evidence no hop, but may explain one, or be the title that
        a party seems to lack. By (contract number, record id).
    """

    classes: frozenset[str] = frozenset()
    profiles: Mapping[str, PartyProfile] = field(default_factory=dict)
    checks: Mapping[tuple[str, str], tuple[CheckRecord, ...]] = field(default_factory=dict)
    checking: Mapping[str, frozenset[str]] = field(default_factory=dict)
    openings: tuple[Opening, ...] = ()
    payments: Mapping[tuple[str, str], tuple[Payment, ...]] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    notices: tuple[Notice, ...] = ()
    unsegmented: Mapping[tuple[str, str], tuple[Contract, ...]] = field(default_factory=dict)


NOTHING_BESIDE = Particulars()
