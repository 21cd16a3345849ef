"""Every party on record, with all that tells it from others or tells that it is another."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, exists, select

from tracer.model.suggestion import KnownParty
from tracer.store.identities import Identities, identify
from tracer.store.places import counts
from tracer.store.record_tables import accounts, parties
from tracer.store.tables import source_spellings, source_usccs, spellings

__all__ = ["read_known_parties"]

_USED: Final = select(spellings.c.id).where(
    exists().where(source_spellings.c.spelling_id == spellings.c.id).where(counts(source_spellings))
)
_CODES: Final = (
    select(source_usccs.c.spelling_id, source_usccs.c.uscc).where(counts(source_usccs)).distinct()
)
_ROWS: Final = select(
    parties.c.name_id,
    parties.c.uscc,
    parties.c.former_names,
    parties.c.phone,
    parties.c.address,
    parties.c.legal_representative,
).where(counts(parties))
_ACCOUNTS: Final = select(accounts.c.party_id, accounts.c.platform_id, accounts.c.account).where(
    counts(accounts)
)
_Told = dict[str, dict[str, set[Any]]]


def read_known_parties(conn: Connection) -> tuple[KnownParty, ...]:
    """Read all parties of sources that count, as they are decided by now, by name."""
    names = identify(conn, conn.execute(_USED).scalars().all())
    told: _Told = defaultdict(lambda: defaultdict(set))
    for spelling, uscc in conn.execute(_CODES):
        told[names.party_of(spelling, uscc)]["usccs"].add(uscc)
    _add_rows(conn, names, told)
    for row in conn.execute(_ACCOUNTS):
        pair = (names.names[row.platform_id], row.account)
        told[names.names[row.party_id]]["accounts"].add(pair)
    return tuple(
        KnownParty(
            name, party.spellings, **{field: _sorted(told[name][field]) for field in _FIELDS}
        )
        for name, party in sorted(names.parties.items())
        if party.spellings
    )


_FIELDS: Final = ("usccs", "former", "phones", "addresses", "representatives", "accounts")


def _add_rows(conn: Connection, names: Identities, told: _Told) -> None:
    for row in conn.execute(_ROWS):
        known = told[names.party_of(row.name_id, row.uscc)]
        known["former"].update(json.loads(row.former_names))
        for field, value in (
            ("phones", row.phone),
            ("addresses", row.address),
            ("representatives", row.legal_representative),
        ):
            if value and value.strip():
                known[field].add(value)


def _sorted(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(values))
