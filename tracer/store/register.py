"""The accounts of the platforms: who submits under which account."""

import json

from sqlalchemy import ColumnElement, Connection, exists, or_, select

from tracer.model.case import Account
from tracer.model.period import Period
from tracer.store.places import replaced
from tracer.store.record_tables import accounts
from tracer.store.tables import (
    corrections,
    events,
    retractions,
    source_files,
    source_sheets,
    spellings,
)

__all__ = ["accounts_at", "read_accounts"]


def read_accounts(conn: Connection) -> tuple[Account, ...]:
    """Give the accounts on record, names as the papers write them, sorted.

    The log lane resolves accounts from these.
    """
    return _read(conn, retractions.c.source_id.is_(None) & ~replaced(accounts))


def accounts_at(conn: Connection, source_id: int) -> tuple[Account, ...]:
    """Give the accounts that were on record when a source was loaded.

    Those of later sources, and of sources that had been retracted by then, were not.
    """
    wanted = (
        select(source_files.c.sha256, source_sheets.c.delivery_id)
        .join(source_files, source_sheets.c.file_id == source_files.c.id)
        .where(source_sheets.c.id == source_id)
    )
    digest, delivery = conn.execute(wanted).one()
    loads = select(events.c.seq, events.c.params).where(events.c.action == "load")
    loaded = 0
    for seq, text in conn.execute(loads.order_by(events.c.seq)):
        params = json.loads(text)
        if (params.get("sha256"), params.get("delivery")) == (digest, delivery):
            loaded = seq
    still = or_(retractions.c.source_id.is_(None), retractions.c.event_seq > loaded)
    corrected = exists().where(
        corrections.c.of_source_id == accounts.c.source_id,
        corrections.c.row == accounts.c.row,
        corrections.c.part == accounts.c.part,
        corrections.c.event_seq < loaded,
    )
    later = exists().where(
        corrections.c.source_id == accounts.c.source_id, corrections.c.event_seq > loaded
    )
    return _read(conn, still & (accounts.c.source_id < source_id) & ~corrected & ~later)


def _read(conn: Connection, condition: ColumnElement[bool]) -> tuple[Account, ...]:
    platform, party = spellings.alias("platform"), spellings.alias("party")
    wanted = (
        select(
            platform.c.raw,
            accounts.c.account,
            party.c.raw,
            accounts.c.appends,
            accounts.c.term_first,
            accounts.c.term_last,
        )
        .join(platform, accounts.c.platform_id == platform.c.id)
        .join(party, accounts.c.party_id == party.c.id)
        .outerjoin(retractions, retractions.c.source_id == accounts.c.source_id)
        .where(condition)
    )
    found = {
        Account(platform_name, account, party_name, appends or "", Period(first, last))
        for platform_name, account, party_name, appends, first, last in conn.execute(wanted)
    }
    return tuple(
        sorted(
            found,
            key=lambda a: (a.platform, a.account, *a.term.bounds(), a.party, a.appends),
        )
    )
