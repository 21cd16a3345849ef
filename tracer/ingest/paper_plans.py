"""What each column of a paper table is read as, for tables that are read column by column.

A reading looks at one column only, through the very methods of `Cells` that the builders use, so
that both ways to read a table understand a cell alike. What takes two columns at once (a term,
two different parties) is declared beside them and worked out by `paper_joins`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from tracer.ingest.cells import Cells
from tracer.ingest.clauses import parse_check_kind, parse_check_result, parse_contract_kind
from tracer.ingest.records import (
    read_appends,
    read_case_no,
    read_content,
    read_recipient,
    read_sublease,
    read_victim,
)
from tracer.ingest.values import LONGEST_NAME
from tracer.model.paper import (
    AccountRow,
    AllocationRow,
    CheckRow,
    ContractRow,
    IncidentRow,
    OpeningRow,
    PaperRow,
    PartyRow,
    PaymentRow,
    RelationRow,
)
from tracer.model.segment import MAX_DIGITS, Segment

__all__ = ["ASSUMED", "PLANS", "PROVENANCE", "Plain", "Plan", "Reading"]

ASSUMED: Final = "price.assumed"
"""Whether a price names no unit; no attribute of a record."""

_Read = Callable[[Cells], Any]


@dataclass(frozen=True, slots=True)
class Plain:
    """Cells that need no reading: their form says what they are.

    It is told only of cells of five characters and more that hold no white space, no quotes, and
    nothing that could be an error or a line of sums.

    Parameters
    ----------
    form : str or None
        Regular expression (RE2) such a cell matches; None for any.
    make : callable or None
        Makes the value of the cell; None where the cell is its value.
    is_own : bool
        Whether cells of the column may well all be different.
    most : int or None
        Characters such a cell has at most.
    """

    form: str | None = None
    make: Callable[[str], Any] | None = None
    is_own: bool = False
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How the cells of one column are read.

    Parameters
    ----------
    column : str
        Canonical name.
    attributes : tuple of str
        What the record calls the value; several where one cell gives several.
    read : callable
        Reads the column at the row that `Cells` stands at.
    required : bool
        Whether a row without a value is none.
    plain : Plain or None
        Which cells need no reading.
    """

    column: str
    attributes: tuple[str, ...]
    read: _Read
    required: bool = False
    plain: Plain | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is read column by column.

    Parameters
    ----------
    record : type
        Class of its records.
    readings : tuple of Reading
        Its columns.
    periods : tuple of (str, str, str)
        Attribute, first and last day (attributes of readings); without an attribute the days
        are themselves attributes of the record.
    parties : tuple of str
        Two party columns that must differ, then those of their credit codes.
    constants : dict
        What the sheet as a whole tells.
    """

    record: type[PaperRow]
    readings: tuple[Reading, ...]
    periods: tuple[tuple[str, str, str], ...] = ()
    parties: tuple[str, ...] = ()
    constants: dict[str, _Read] = field(default_factory=dict)


def _one_segment(digits: str) -> tuple[Segment, ...]:
    return (Segment(digits, digits),)


_WORDS: Final = Plain(is_own=True)
# a name with a Chinese character in it is no credit code, and says something; one character may
# fold to 18, so only a short name is sure not to be too long
_NAME: Final = Plain(form=r"\p{Han}", most=LONGEST_NAME // 18)
_SEGMENT: Final = Plain(form=rf"\A1[0-9]{{4,{MAX_DIGITS - 1}}}\z", make=_one_segment)


def _words(*columns: str, required: bool = False) -> tuple[Reading, ...]:
    def reader(column: str) -> _Read:
        return lambda cells: cells.text(column)

    return tuple(Reading(column, (column,), reader(column), required, _WORDS) for column in columns)


def _parties(*columns: str, required: bool = True) -> tuple[Reading, ...]:
    def reader(column: str) -> _Read:
        return lambda cells: cells.party(column)

    return tuple(Reading(column, (column,), reader(column), required, _NAME) for column in columns)


def _codes(*columns: str) -> tuple[Reading, ...]:
    def reader(column: str) -> _Read:
        return lambda cells: cells.uscc(column)

    return tuple(Reading(column, (column,), reader(column)) for column in columns)


def _days(*columns: str, required: bool = False) -> tuple[Reading, ...]:
    def reader(column: str) -> _Read:
        return lambda cells: cells.day(column)

    return tuple(Reading(column, (column,), reader(column), required) for column in columns)


def _end(column: str) -> Reading:
    return Reading(column, (column,), lambda cells: cells.end(column))


def _segments(column: str, *, required: bool) -> Reading:
    attributes = ("segments",)
    if required:
        read: _Read = lambda cells: cells.segments(column) or None  # noqa: E731
    else:
        read = lambda cells: cells.segments(column)  # noqa: E731
    return Reading(column, attributes, read, required, _SEGMENT)


def _price(cells: Cells) -> tuple[int | None, str | None, bool]:
    before = cells.assumed_prices
    micros, raw = cells.price("unit_price")
    return micros, raw, cells.assumed_prices > before


PROVENANCE: Final = (
    Reading("document", ("document",), lambda cells: cells.document()),
    *_words("page", "obtained_from"),
    *_days("obtained_on"),
)
"""Columns any table may have."""

_TERM: Final = ("term", "valid_from", "valid_to")

PLANS: Final = {
    "parties": Plan(
        PartyRow,
        (
            *_parties("name"),
            *_codes("uscc"),
            Reading("former_names", ("former_names",), lambda cells: cells.names("former_names")),
            *_words("kind", "legal_representative", "address", "phone", "licence_no"),
            *_words("status", "role"),
            *_days("licence_from"),
            _end("licence_to"),
        ),
        periods=(("licence_term", "licence_from", "licence_to"),),
        constants={
            "has_licence_column": lambda cells: cells.has(
                "licence_no", "licence_from", "licence_to"
            )
        },
    ),
    "allocations": Plan(
        AllocationRow,
        (
            _segments("segment", required=True),
            *_parties("holder"),
            *_codes("holder_uscc"),
            *_words("authority", "certificate_no", "purpose", "region", "source_ref"),
            *_days("valid_from"),
            _end("valid_to"),
        ),
        periods=(_TERM,),
    ),
    "contracts": Plan(
        ContractRow,
        (
            *_words("contract_no", required=True),
            *_parties("upstream", "downstream"),
            *_codes("upstream_uscc", "downstream_uscc"),
            _segments("segments", required=False),
            *_words("title", "right", "approval_no", "amends", "region", "purpose", "source_ref"),
            Reading("kind", ("kind",), lambda cells: cells.read("kind", parse_contract_kind)),
            *_days("signed_on", "valid_from", "terminated_on"),
            _end("valid_to"),
            Reading("renews", ("renews",), lambda cells: cells.boolean("renews")),
            Reading("unit_price", ("unit_price", "unit_price_raw", ASSUMED), _price),
            Reading("sublease_clause", ("sublease_clause",), read_sublease),
        ),
        parties=("upstream", "downstream", "upstream_uscc", "downstream_uscc"),
    ),
    "accounts": Plan(
        AccountRow,
        (
            *_parties("platform", "party"),
            *_words("account", required=True),
            Reading("appends", ("appends",), read_appends),
            *_days("valid_from"),
            _end("valid_to"),
        ),
        periods=(_TERM,),
    ),
    "incidents": Plan(
        IncidentRow,
        (
            Reading("number", ("number",), lambda cells: cells.number("number"), required=True),
            Reading(
                "received_at",
                ("received_at",),
                lambda cells: cells.moment("received_at"),
                required=True,
            ),
            Reading("victim", ("victim", "victim_hash"), read_victim),
            Reading("recipient", ("recipient", "recipient_hash"), read_recipient),
            Reading("loss", ("loss",), lambda cells: cells.amount("loss")),
            Reading("content", ("content",), read_content),
            Reading("case_no", ("case_no",), read_case_no),
            Reading("reported_at", ("reported_at",), lambda cells: cells.moment("reported_at")),
            *_parties("notified_party", required=False),
            *_days("notified_on"),
        ),
    ),
    "checks": Plan(
        CheckRow,
        (
            *_parties("upstream", "downstream"),
            Reading(
                "kind", ("kind",), lambda cells: cells.read("kind", parse_check_kind), required=True
            ),
            *_days("done_on"),
            Reading("result", ("result",), lambda cells: cells.read("result", parse_check_result)),
            *_words("source_ref"),
        ),
        parties=("upstream", "downstream"),
    ),
    "openings": Plan(
        OpeningRow,
        (
            *_parties("carrier", "user"),
            _segments("segment", required=True),
            *_days("opened_on"),
            _end("closed_on"),
            *_words("purpose", "region"),
        ),
        periods=(("", "opened_on", "closed_on"),),
    ),
    "payments": Plan(
        PaymentRow,
        (
            *_parties("payer", "payee"),
            Reading("amount", ("amount",), lambda cells: cells.amount("amount"), required=True),
            *_days("paid_on", required=True),
            *_days("period_from"),
            _end("period_to"),
            Reading("messages", ("messages",), lambda cells: cells.integer("messages", least=1)),
            *_words("contract_no", "source_ref"),
        ),
        periods=(("period", "period_from", "period_to"),),
        parties=("payer", "payee"),
    ),
    "relations": Plan(
        RelationRow,
        (
            *_parties("party_a", "party_b"),
            *_words("kind", required=True),
            *_words("share", "source_ref"),
            *_days("valid_from"),
            _end("valid_to"),
        ),
        periods=(_TERM,),
        parties=("party_a", "party_b"),
    ),
}
"""By input table."""
