"""The file of a party: every record that names it beside contracts and logs, whatever the code."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final, TypeVar

from sqlalchemy import Column, Connection, Row, Select, Table, select

from tracer.model.particulars import CheckRecord, Licence, Payment, Relation
from tracer.model.party import fold_party
from tracer.model.partyfile import AccountRecord, PartyFile, RegisterEntry
from tracer.model.period import Period
from tracer.store.among import among
from tracer.store.identities import Identities
from tracer.store.places import Places, counts
from tracer.store.record_tables import accounts, checks, parties, payments, relations
from tracer.store.references import identify_too, places_of, spelled, spellings_in
from tracer.store.tables import spellings

__all__ = ["read_party_files"]

_Row = Row[*tuple[Any, ...]]
_Record = TypeVar("_Record", RegisterEntry, CheckRecord, Payment, Relation, AccountRecord)
_NO_NAMES: Final = "[]"


def _naming(table: Table, *ends: Column[Any]) -> tuple[Select[Any], ...]:
    """Read the rows that name one of some parties, a question an end: each goes by its index."""
    return tuple(select(table).where(counts(table), among(end, "ids")) for end in ends)


_CHECKS: Final = _naming(checks, checks.c.upstream_id, checks.c.downstream_id)
_PAYMENTS: Final = _naming(payments, payments.c.payer_id, payments.c.payee_id)
_RELATIONS: Final = _naming(relations, relations.c.party_a_id, relations.c.party_b_id)
_ACCOUNTS: Final = _naming(accounts, accounts.c.party_id, accounts.c.platform_id)
_WITH_NAME: Final = (
    select(parties, spellings.c.raw.label("printed"))
    .join(spellings, spellings.c.id == parties.c.name_id)
    .where(counts(parties))
)
_ENTRIES: Final = _WITH_NAME.where(among(parties.c.name_id, "ids"))
_RENAMED: Final = _WITH_NAME.where(parties.c.former_names != _NO_NAMES)


def read_party_files(conn: Connection, names: Collection[str]) -> Mapping[str, PartyFile]:
    """Read the files of some parties.

    Parameters
    ----------
    names : collection of str
        Canonical names.

    Returns
    -------
    Mapping of str to PartyFile
        Of every name, sorted; with nothing in it where nothing is on record.
    """
    if not names:
        return {}
    ids, known = spelled(conn, names, None)
    scope = {"ids": sorted(ids)}
    entries = conn.execute(_ENTRIES, scope).all()
    folded = {name: _folded_names(known, name) for name in names}
    every = set().union(*folded.values())
    renamed = [row for row in conn.execute(_RENAMED) if every & _folded_former(row)]
    lists = [_rows(conn, asked, scope) for asked in (_CHECKS, _PAYMENTS, _RELATIONS, _ACCOUNTS)]
    told = (entries, renamed, *lists)
    known = identify_too(conn, spellings_in(told) | _account_ids(lists[3]), known)
    desk = _Desk(known, places_of(conn, told))
    files = {name: PartyFile(name) for name in names}
    by_name: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))

    def put(field: str, records: Iterable[Any], ends: Callable[[Any], tuple[str, ...]]) -> None:
        for record in records:
            for end in dict.fromkeys(ends(record)):
                if end in files:
                    by_name[end][field].append(record)

    put("entries", map(desk.entry, entries), lambda e: (e.party,))
    for row in renamed:
        made = desk.entry(row)
        for name in files:
            if folded[name] & _folded_former(row) and made.party != name:
                by_name[name]["successors"].append(made)
    put("checks", map(desk.check, lists[0]), lambda c: (c.upstream, c.downstream))
    put("payments", map(desk.payment, lists[1]), lambda p: (p.payer, p.payee))
    put("relations", map(desk.relation, lists[2]), lambda r: (r.party_a, r.party_b))
    put("accounts", map(desk.account, lists[3]), lambda a: (a.party, a.platform))
    return {
        name: PartyFile(
            name,
            **{field: _sorted(records) for field, records in by_name[name].items()},
        )
        for name in sorted(files)
    }


def _rows(conn: Connection, asked: Iterable[Select[Any]], scope: Mapping[str, Any]) -> list[_Row]:
    """Read the rows of several questions, each row once."""
    found = {row.id: row for statement in asked for row in conn.execute(statement, scope)}
    return [found[key] for key in sorted(found)]


def _account_ids(rows: Iterable[_Row]) -> set[int]:
    return {number for row in rows for number in (row.platform_id, row.party_id)}


def _folded_names(known: Identities, name: str) -> set[str]:
    """Fold the name of a party; of one that somebody decided on, its names in the papers too."""
    party = known.parties.get(name)
    return {fold_party(each) for each in (name, *(party.printed if party else ()))}


def _folded_former(row: _Row) -> set[str]:
    return {fold_party(name) for name in json.loads(row.former_names)}


def _sorted(records: list[Any]) -> tuple[Any, ...]:
    def order(record: Any) -> tuple[str, str]:
        day = str(record.paid_on) if isinstance(record, Payment) else ""
        return day, record.ref.record_id

    return tuple(sorted(records, key=order))


class _Desk:
    """Makes records of rows."""

    def __init__(self, names: Identities, places: Places) -> None:
        self._names = names
        self._places = places

    def _ref(self, table: str, row: _Row) -> Any:
        return self._places.ref(table, row.source_id, row.row, row.part)

    def entry(self, row: _Row) -> RegisterEntry:
        ref = self._ref("parties", row)
        licence = Licence(ref, row.licence_no or None, Period(row.licence_first, row.licence_last))
        return RegisterEntry(
            ref=ref,
            party=self._names.party_of(row.name_id, row.uscc),
            name=row.printed,
            uscc=row.uscc,
            former_names=tuple(json.loads(row.former_names)),
            kind=row.kind,
            representative=row.legal_representative,
            address=row.address,
            phone=row.phone,
            licence=licence if row.has_licence_column else None,
            status=row.status,
            role=row.role,
            document=self._places.document(row.document_id, row.page),
        )

    def check(self, row: _Row) -> CheckRecord:
        return CheckRecord(
            ref=self._ref("checks", row),
            upstream=self._names.names[row.upstream_id],
            downstream=self._names.names[row.downstream_id],
            kind=row.kind,
            done_on=row.done_on,
            result=row.result,
        )

    def payment(self, row: _Row) -> Payment:
        return Payment(
            ref=self._ref("payments", row),
            payer=self._names.names[row.payer_id],
            payee=self._names.names[row.payee_id],
            amount=row.amount,
            paid_on=row.paid_on,
            period=Period(row.period_first, row.period_last),
            messages=row.messages,
            contract_no=row.contract_no,
        )

    def relation(self, row: _Row) -> Relation:
        return Relation(
            ref=self._ref("relations", row),
            party_a=self._names.names[row.party_a_id],
            party_b=self._names.names[row.party_b_id],
            kind=row.kind,
            share=row.share,
            term=Period(row.term_first, row.term_last),
        )

    def account(self, row: _Row) -> AccountRecord:
        return AccountRecord(
            ref=self._ref("accounts", row),
            platform=self._names.names[row.platform_id],
            account=row.account,
            party=self._names.names[row.party_id],
            appends=row.appends,
            term=Period(row.term_first, row.term_last),
        )
