"""What is decided on parties, read from the custody log; once for one state of a case.

A case in which nothing was decided is asked one thing: which event is its last.
"""

import json
from collections.abc import Collection
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, exists, select

from tracer.model.decision import DECIDING, NOTHING_DECIDED, DecidedParty, Decisions, replay
from tracer.model.event import Event
from tracer.model.party import fold_party
from tracer.store.among import among
from tracer.store.places import counts
from tracer.store.tables import events, source_spellings, spellings

__all__ = ["events_of", "read_decisions"]

_KEPT: Final = "tracer_decisions"
_LAST: Final = "SELECT seq, digest FROM events ORDER BY seq DESC LIMIT 1"
_ON_RECORD: Final = (
    select(spellings.c.folded)
    .where(among(spellings.c.folded, "folded"))
    .where(
        exists()
        .where(source_spellings.c.spelling_id == spellings.c.id)
        .where(counts(source_spellings))
    )
    .distinct()
)


def events_of(conn: Connection, actions: Collection[str]) -> tuple[Event, ...]:
    """Give the entries of the custody log of some kinds, oldest first."""
    wanted = select(events).where(events.c.action.in_(sorted(actions))).order_by(events.c.seq)
    return tuple(
        Event(seq, at, operator, action, json.loads(params), previous, digest)
        for seq, at, operator, action, params, previous, digest in conn.execute(wanted)
    )


def read_decisions(conn: Connection) -> Decisions:
    """Read what is decided on parties; kept beside the connection until something is recorded."""
    last = conn.exec_driver_sql(_LAST).first()
    state = None if last is None else tuple(last)
    kept: dict[object, Decisions] = conn.info.get(_KEPT, {})
    if state not in kept:
        found = replay(events_of(conn, (*DECIDING, "undo"))) if state else NOTHING_DECIDED
        kept = {state: _without_clashes(conn, found)}
        conn.info[_KEPT] = kept
    return kept[state]


def _without_clashes(conn: Connection, decided: Decisions) -> Decisions:
    """Take back, for as long as it lasts, a name that is also that of another party on record.

    It was free when it was given; a paper that came later has it too. Neither may be taken for
    the other, so the one that was named goes by a name of the papers again.
    """
    foreign = sorted(
        fold_party(party.name)
        for party in decided.parties
        if fold_party(party.name) not in party.keys
    )
    if not foreign:
        return decided
    taken = set(conn.execute(_ON_RECORD, {"folded": foreign}).scalars())
    if not taken:
        return decided
    return Decisions(
        tuple(
            _by_its_own_name(party) if fold_party(party.name) in taken - party.keys else party
            for party in decided.parties
        )
    )


def _by_its_own_name(party: DecidedParty) -> DecidedParty:
    return replace(party, name=party.units[0].name)
