"""Rows of the tables beside contracts and logs made into records, names resolved, sorted."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection

from tracer.model.particulars import (
    CheckRecord,
    Licence,
    Notice,
    Opening,
    Particulars,
    PartyProfile,
    Payment,
    Relation,
)
from tracer.model.period import Period
from tracer.model.segment import Segment
from tracer.model.source import RecordRef
from tracer.store.contracts import assemble_contracts
from tracer.store.identities import Identities
from tracer.store.particular_rows import ParticularRows
from tracer.store.places import Places
from tracer.store.references import identify_too, places_of, spellings_in

__all__ = ["assemble_particulars"]

Pair = tuple[str, str]
_Record = TypeVar("_Record")
_DAY_DIGITS = len("2023-07-05")


def assemble_particulars(
    conn: Connection, rows: ParticularRows, known: Identities | None, classes: frozenset[str]
) -> Particulars:
    """Make records of the rows, party names canonical.

    Parameters
    ----------
    rows : ParticularRows
        Of one scope, or all.
    known : Identities or None
        Parties that need not be looked up again.
    classes : frozenset of str
        `Particulars.classes`.
    """
    names = identify_too(conn, spellings_in(rows.lists), known)
    places = places_of(conn, rows.lists)
    contracts, _ = assemble_contracts(conn, rows.unsegmented, names, places)
    checking: dict[str, set[str]] = defaultdict(set)
    for row in rows.checking:
        checking[names.names[row.upstream_id]].add(row.kind)
    return Particulars(
        classes=classes,
        profiles=_profiles(rows, names, places),
        checks=_by_pair(
            _checks(rows, names, places),
            lambda c: (c.upstream, c.downstream),
            lambda c: (c.done_on or date.max, c.ref.record_id),
        ),
        checking={name: frozenset(checking[name]) for name in sorted(checking)},
        openings=_openings(rows, names, places),
        payments=_by_pair(
            _payments(rows, names, places),
            lambda p: (p.payer, p.payee),
            lambda p: (p.paid_on, p.ref.record_id),
        ),
        relations=_relations(rows, names, places),
        notices=_notices(rows, names, places),
        unsegmented=_by_pair(
            contracts,
            lambda c: (c.upstream, c.downstream),
            lambda c: (c.contract_no, c.ref.record_id, c.term.bounds()),
        ),
    )


def _profiles(rows: ParticularRows, names: Identities, places: Places) -> dict[str, PartyProfile]:
    by_party: dict[str, list[tuple[RecordRef, Any]]] = defaultdict(list)
    for row in rows.parties:
        ref = places.ref("parties", row.source_id, row.row, row.part)
        by_party[names.party_of(row.name_id, row.uscc)].append((ref, row))
    return {name: _profile(by_party[name]) for name in sorted(by_party)}


def _profile(told: list[tuple[RecordRef, Any]]) -> PartyProfile:
    told.sort(key=lambda each: (each[0].record_id, each[0].path))

    def values(column: str) -> tuple[tuple[str, RecordRef], ...]:
        found = ((getattr(row, column), ref) for ref, row in told)
        return tuple((value, ref) for value, ref in found if value and value.strip())

    return PartyProfile(
        licences=tuple(
            Licence(ref, row.licence_no or None, Period(row.licence_first, row.licence_last))
            for ref, row in told
            if row.has_licence_column
        ),
        representatives=values("legal_representative"),
        addresses=values("address"),
        phones=values("phone"),
    )


def _checks(rows: ParticularRows, names: Identities, places: Places) -> Iterable[CheckRecord]:
    for row in rows.checks:
        yield CheckRecord(
            ref=places.ref("checks", row.source_id, row.row, row.part),
            upstream=names.names[row.upstream_id],
            downstream=names.names[row.downstream_id],
            kind=row.kind,
            done_on=row.done_on,
            result=row.result,
        )


def _openings(rows: ParticularRows, names: Identities, places: Places) -> tuple[Opening, ...]:
    made = [
        Opening(
            ref=places.ref("openings", row.source_id, row.row, row.part),
            carrier=names.names[row.carrier_id],
            segment=Segment(row.prefix, row.stated),
            user=names.names[row.user_id],
            term=Period(row.opened_on, row.closed_on),
            purpose=row.purpose,
            region=row.region,
        )
        for row in rows.openings
    ]
    made.sort(key=lambda o: (o.segment.prefix, o.carrier, o.user, o.ref.record_id, o.ref.path))
    return tuple(made)


def _payments(rows: ParticularRows, names: Identities, places: Places) -> Iterable[Payment]:
    for row in rows.payments:
        yield Payment(
            ref=places.ref("payments", row.source_id, row.row, row.part),
            payer=names.names[row.payer_id],
            payee=names.names[row.payee_id],
            amount=row.amount,
            paid_on=row.paid_on,
            period=Period(row.period_first, row.period_last),
            messages=row.messages,
            contract_no=row.contract_no,
        )


def _relations(rows: ParticularRows, names: Identities, places: Places) -> tuple[Relation, ...]:
    made = [
        Relation(
            ref=places.ref("relations", row.source_id, row.row, row.part),
            party_a=names.names[row.party_a_id],
            party_b=names.names[row.party_b_id],
            kind=row.kind,
            share=row.share,
            term=Period(row.term_first, row.term_last),
        )
        for row in rows.relations
    ]
    made.sort(key=lambda r: (r.ref.record_id, r.ref.path))
    return tuple(relation for relation in made if relation.party_a != relation.party_b)


def _notices(rows: ParticularRows, names: Identities, places: Places) -> tuple[Notice, ...]:
    made = [
        Notice(
            ref=places.ref("incidents", row.source_id, row.row, row.part),
            number=row.number,
            reported_on=date.fromisoformat(row.reported_at[:_DAY_DIGITS])
            if row.reported_at
            else None,
            notified=None if row.notified_party_id is None else names.names[row.notified_party_id],
            notified_on=row.notified_on,
        )
        for row in rows.notices
    ]
    made.sort(key=lambda n: (n.number, n.ref.record_id, n.ref.path))
    return tuple(made)


def _by_pair(
    records: Iterable[_Record], ends: Callable[[_Record], Pair], order: Callable[[_Record], Any]
) -> dict[Pair, tuple[_Record, ...]]:
    """Sort some records under their two ends; one of which both are one party is left out."""
    found: dict[Pair, list[_Record]] = defaultdict(list)
    for record in records:
        found[ends(record)].append(record)
    return {
        pair: tuple(sorted(found[pair], key=order)) for pair in sorted(found) if pair[0] != pair[1]
    }
