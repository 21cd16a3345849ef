"""What is on record of one party wherever it stands, beside contracts and logs.

Party fields hold canonical names, as in `model.evidence`.
"""

from dataclasses import dataclass

from tracer.model.evidence import Document
from tracer.model.particulars import CheckRecord, Licence, Payment, Relation
from tracer.model.period import ALL_DAYS, Period
from tracer.model.source import RecordRef

__all__ = ["AccountRecord", "PartyFile", "RegisterEntry"]


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One row of the parties table.

    Parameters
    ----------
    party : str
        Canonical name of the party it is about.
    name : str
        The name as printed.
    licence : Licence or None
        None where its table has no licence column.
    """

    ref: RecordRef
    party: str
    name: str
    uscc: str | None = None
    former_names: tuple[str, ...] = ()
    kind: str | None = None
    representative: str | None = None
    address: str | None = None
    phone: str | None = None
    licence: Licence | None = None
    status: str | None = None
    role: str | None = None
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """Who submits under an account of a platform."""

    ref: RecordRef
    platform: str
    account: str
    party: str
    appends: str | None = None
    term: Period = ALL_DAYS


@dataclass(frozen=True, slots=True)
class PartyFile:
    """The records of one party, each tuple by record id; payments by (day, record id).

    Parameters
    ----------
    entries : tuple of RegisterEntry
        Those about it.
    successors : tuple of RegisterEntry
        Those about another party that has its name among its former names.
    checks, payments, relations : tuple
        With the party at either end.
    accounts : tuple of AccountRecord
        Which it uses, or which are on its platform.
    """

    name: str
    entries: tuple[RegisterEntry, ...] = ()
    successors: tuple[RegisterEntry, ...] = ()
    checks: tuple[CheckRecord, ...] = ()
    payments: tuple[Payment, ...] = ()
    relations: tuple[Relation, ...] = ()
    accounts: tuple[AccountRecord, ...] = ()
