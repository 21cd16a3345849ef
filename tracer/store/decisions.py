"""What people said, read from the custody log: decisions, corrections, comments.

Once for one state of a case: one in which nothing was said is asked which event is its last, and
no more.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from sqlalchemy import Connection, exists, select

from tracer.model.decision import (
    DECIDING,
    NOTHING_DECIDED,
    DecidedParty,
    Decisions,
    replay,
    standing,
)
from tracer.model.event import Event
from tracer.model.mark import Correction
from tracer.model.party import fold_party
from tracer.store.among import among
from tracer.store.places import counts
from tracer.store.state import State, last_event
from tracer.store.tables import corrections, events, retractions, source_spellings, spellings

__all__ = ["Said", "events_of", "names_on_record", "read_decisions", "read_said", "said_at"]

_KEPT: Final = "tracer_said"
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


_CORRECTIONS_GONE: Final = select(corrections.c.event_seq).where(
    exists().where(retractions.c.source_id == corrections.c.root_id)
)


def events_of(conn: Connection, actions: Collection[str]) -> tuple[Event, ...]:
    """Give the entries of the custody log of some kinds, oldest first."""
    wanted = select(events).where(events.c.action.in_(sorted(actions))).order_by(events.c.seq)
    return tuple(
        Event(seq, at, operator, action, json.loads(params), previous, digest)
        for seq, at, operator, action, params, previous, digest in conn.execute(wanted)
    )


@dataclass(frozen=True, slots=True)
class Said:
    """All that people said and did not take back.

    Parameters
    ----------
    decisions : Decisions
        Who is who.
    corrections : Mapping of str to tuple of Correction
        By stable name of the record; those of retracted sources left out.
    comments : tuple of Event
        In their order.
    """

    decisions: Decisions = NOTHING_DECIDED
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    comments: tuple[Event, ...] = ()


def names_on_record(conn: Connection, folded: Collection[str]) -> frozenset[str]:
    """Give those of some folded names by which a paper that counts calls a party."""
    return frozenset(conn.execute(_ON_RECORD, {"folded": sorted(folded)}).scalars())


def read_decisions(conn: Connection) -> Decisions:
    """Read what is decided on parties."""
    return read_said(conn).decisions


def read_said(conn: Connection) -> Said:
    """Read what people said; kept beside the connection until something is recorded."""
    return said_at(conn, last_event(conn))


def said_at(conn: Connection, state: State) -> Said:
    """Do what `read_said` does where the state of the case was told in this transaction."""
    kept: dict[State, Said] = conn.info.get(_KEPT, {})
    if state not in kept:
        kept = {state: Said() if state is None else _read(conn)}  # a redacted copy has no digests
        conn.info[_KEPT] = kept
    return kept[state]


def _read(conn: Connection) -> Said:
    told = events_of(conn, (*DECIDING, "correct", "note", "undo"))
    if not told:
        return Said()
    valid = standing(told)
    gone = set(conn.execute(_CORRECTIONS_GONE).scalars())
    made: dict[str, list[Correction]] = {}
    for event in valid:
        if event.action == "correct" and event.seq not in gone:
            made.setdefault(str(event.params["record"]), []).append(_correction(event))
    return Said(
        _without_clashes(conn, replay(told)),
        {record: tuple(made[record]) for record in sorted(made)},
        tuple(event for event in valid if event.action == "note"),
    )


def _correction(event: Event) -> Correction:
    texts = (event.params[key] for key in ("reason", "field", "printed", "was", "now"))
    return Correction(event.seq, event.at, event.operator, *map(str, texts))


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
    taken = names_on_record(conn, foreign)
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
