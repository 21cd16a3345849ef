"""Which attribute of a paper record goes to which column: one layout per input table."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property, partial
from operator import attrgetter
from typing import Any

from sqlalchemy import Table

from tracer.model.columns import Column, map_column
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
from tracer.model.paper_columns import PaperColumns
from tracer.model.party import fold_name
from tracer.model.segment import Segment
from tracer.store import record_tables as t

__all__ = ["LAYOUTS", "Layout", "local_text"]

_FOLDED = re.compile(r"[0-9A-Za-z_./-]+")
"""What `fold_name` leaves as it is."""


@dataclass(frozen=True)
class Layout:
    """How the records of one class are written.

    Parameters
    ----------
    table : Table
        Where they go.
    names : mapping of str to (str or None)
        Attributes that hold a party, each with the attribute that holds its credit code; the
        column is called like the attribute, with `_id`.
    plain : tuple of str
        Attributes that go to the column of the same name as they are.
    computed : mapping of str to (str, callable)
        Columns whose value is worked out from one attribute.
    periods : mapping of str to str
        Attributes that hold a period, and how the names of their two columns begin.
    times : tuple of str
        Attributes that hold a time; written as local time text.
    segments : Table or None
        Where its segments go.
    """

    table: Table
    names: dict[str, str | None]
    plain: tuple[str, ...]
    computed: dict[str, tuple[str, Callable[[Any], Any]]] = field(default_factory=dict)
    periods: dict[str, str] = field(default_factory=dict)
    times: tuple[str, ...] = ()
    segments: Table | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns `values` fills, in its order."""
        ends = (f"{start}_{end}" for start in self.periods.values() for end in ("first", "last"))
        return (*self.plain, *self.computed, *ends, *self.times)

    @cached_property
    def _read_plain(self) -> Callable[[PaperRow], tuple[Any, ...]]:
        return attrgetter(*self.plain)

    def values(self, record: PaperRow, zone: tzinfo) -> tuple[Any, ...]:
        """Give what the record says, without names and provenance."""
        periods = [getattr(record, name) for name in self.periods]
        return (
            *self._read_plain(record),
            *[compute(getattr(record, name)) for name, compute in self.computed.values()],
            *[end for period in periods for end in (period.first, period.last)],
            *[local_text(getattr(record, name), zone) for name in self.times],
        )

    def columns_of(self, records: PaperColumns, zone: tzinfo) -> dict[str, Column]:
        """Give the same of many records, by column."""
        fields = records.fields
        found = {name: fields[name] for name in self.plain}
        for column, (name, compute) in self.computed.items():
            if compute is _contract_key and _are_keys(fields[name]):
                found[column] = fields[name]
            else:
                found[column] = map_column(fields[name], compute)
        for name, start in self.periods.items():
            found |= {f"{start}_{end}": fields[f"{name}.{end}"] for end in ("first", "last")}
        for name in self.times:
            found[name] = map_column(fields[name], partial(local_text, zone=zone))
        return found

    def parties(self, record: PaperRow) -> list[tuple[str | None, str | None]]:
        """Give the parties of the record and the credit codes it states for them."""
        return [
            (getattr(record, name), None if code is None else getattr(record, code))
            for name, code in self.names.items()
        ]


def local_text(moment: datetime | None, zone: tzinfo) -> str | None:
    """Write a time as text of the case's time zone; one without zone is local already.

    Examples
    --------
    >>> from datetime import timedelta, timezone
    >>> local_text(
    ...     datetime.fromisoformat("2023-07-05T16:30:00+00:00"), timezone(timedelta(hours=8))
    ... )
    '2023-07-06 00:30:00'
    """
    if moment is None:
        return None
    local = moment if moment.tzinfo is None else moment.astimezone(zone).replace(tzinfo=None)
    return local.isoformat(" ")


def _former_names(names: tuple[str, ...]) -> str:
    return json.dumps(names, ensure_ascii=False)


def _contract_key(contract_no: str | None) -> str | None:
    if contract_no is None:  # only of a row that is no record
        return None
    return contract_no if _FOLDED.fullmatch(contract_no) else fold_name(contract_no)


def _are_keys(numbers: Column) -> bool:
    """Tell at once whether many numbers of contracts are what they are compared by."""
    if not isinstance(numbers, list) or None in numbers:
        return False
    joined = "".join(numbers)
    return not joined or _FOLDED.fullmatch(joined) is not None


def _segment_count(segments: tuple[Segment, ...] | None) -> int:
    return len(segments) if segments else 0


def _as_is(words: str | None) -> str | None:
    return words


LAYOUTS: dict[type[PaperRow], Layout] = {
    PartyRow: Layout(
        t.parties,
        {"name": "uscc"},
        (
            "uscc",
            "kind",
            "legal_representative",
            "address",
            "phone",
            "licence_no",
            "has_licence_column",
            "status",
            "role",
        ),
        computed={"former_names": ("former_names", _former_names)},
        periods={"licence_term": "licence"},
    ),
    AllocationRow: Layout(
        t.allocations,
        {"holder": "holder_uscc"},
        ("holder_uscc", "authority", "certificate_no", "purpose", "region", "source_ref"),
        periods={"term": "term"},
        segments=t.allocation_segments,
    ),
    ContractRow: Layout(
        t.contracts,
        {"upstream": "upstream_uscc", "downstream": "downstream_uscc"},
        (
            "contract_no",
            "upstream_uscc",
            "downstream_uscc",
            "title",
            "kind",
            "signed_on",
            "valid_from",
            "valid_to",
            "terminated_on",
            "renews",
            "start_stated",
            "end_stated",
            "unit_price",
            "unit_price_raw",
            "sublease_clause",
            "approval_no",
            "amends",
            "region",
            "purpose",
            "source_ref",
        ),
        computed={
            "contract_key": ("contract_no", _contract_key),
            "segment_count": ("segments", _segment_count),
            "right_granted": ("right", _as_is),
        },
        periods={"term": "term"},
        segments=t.contract_segments,
    ),
    AccountRow: Layout(
        t.accounts,
        {"platform": None, "party": None},
        ("account", "appends"),
        periods={"term": "term"},
    ),
    IncidentRow: Layout(
        t.incidents,
        {"notified_party": None},
        (
            "number",
            "victim",
            "victim_hash",
            "recipient",
            "recipient_hash",
            "loss",
            "content",
            "case_no",
            "notified_on",
        ),
        times=("received_at", "reported_at"),
    ),
    CheckRow: Layout(
        t.checks,
        {"upstream": None, "downstream": None},
        ("kind", "done_on", "result", "source_ref"),
    ),
    OpeningRow: Layout(
        t.openings,
        {"carrier": None, "user": None},
        ("opened_on", "closed_on", "purpose", "region"),
        segments=t.opening_segments,
    ),
    PaymentRow: Layout(
        t.payments,
        {"payer": None, "payee": None},
        ("amount", "paid_on", "messages", "contract_no", "source_ref"),
        periods={"period": "period"},
    ),
    RelationRow: Layout(
        t.relations,
        {"party_a": None, "party_b": None},
        ("kind", "share", "source_ref"),
        periods={"term": "term"},
    ),
}
