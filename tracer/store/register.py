"""The accounts of the platforms: who submits under which account."""

from sqlalchemy import Connection, select

from tracer.model.case import Account
from tracer.model.period import Period
from tracer.store.record_tables import accounts
from tracer.store.tables import retractions, spellings

__all__ = ["read_accounts"]


def read_accounts(conn: Connection) -> tuple[Account, ...]:
    """Give the accounts on record, names as the papers write them, sorted.

    The log lane resolves accounts from these.
    """
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
        .where(retractions.c.source_id.is_(None))
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
