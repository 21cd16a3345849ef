"""The evidence of one number, and the records beyond it that a trace may ask for.

Each look-up goes through an index, takes only sources that are not retracted, resolves names and
sorts, so that equal papers give equal evidence in whatever order they were loaded.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, exists, func, select

from tracer.model.decision import Decisions
from tracer.model.diagnostic import Note
from tracer.model.evidence import Contract, Evidence, Leads
from tracer.model.segment import MIN_DIGITS
from tracer.store.allocations import ALLOCATIONS_OF_NUMBER, assemble_allocations
from tracer.store.asking import Question
from tracer.store.asof import as_of_notes
from tracer.store.contract_statements import (
    CONTRACTS_OF_NUMBER,
    CONTRACTS_TO_PARTIES,
    CONTRACTS_UNSEGMENTED,
    UNSEGMENTED,
)
from tracer.store.contracts import assemble_contracts, assemble_leads
from tracer.store.decisions import said_at
from tracer.store.identities import Identities, identify
from tracer.store.incidents import INCIDENTS_OF_NUMBER, assemble_incidents
from tracer.store.marks import read_marks
from tracer.store.places import counts
from tracer.store.record_tables import (
    allocation_segments,
    allocations,
    contract_segments,
    contracts,
    routing,
)
from tracer.store.references import identify_too, places_of, spelled, spellings_in
from tracer.store.remembered import Memory
from tracer.store.state import State
from tracer.store.tables import events
from tracer.store.traffic import (
    ROUTING_OF_NUMBER,
    ROUTING_OF_SHORTER,
    ROUTING_TO_PARTIES,
    assemble_routing,
)

__all__ = [
    "StoredArchive",
    "fetch_evidence",
    "fetch_leads",
    "fetch_unsegmented",
    "look_up",
    "nearest_segments",
]


def fetch_evidence(conn: Connection, number: str) -> Evidence:
    """Fetch every record on file that concerns the numbers beginning with `number`.

    Parameters
    ----------
    number : str
        A number, a code or any prefix; digits only (`model.segment.parse_number`).
    """
    return look_up(conn, number)[0]


def look_up(
    conn: Connection,
    number: str,
    decisions: Decisions | None = None,
    memory: Memory | None = None,
) -> tuple[Evidence, "StoredArchive"]:
    """Fetch the evidence of a number, and the archive it is from, which knows its parties.

    Parameters
    ----------
    decisions : Decisions, optional
        On trial instead of those on record.
    memory : Memory, optional
        What is remembered of the case; for connections that write nothing and see it as it stands.
    """
    known = None if decisions is None else Identities({}, {}, (), decisions=decisions)
    shorter = [number[:length] for length in range(MIN_DIGITS, len(number))]
    scope = {"number": number, "beyond": number + ":", "prefixes": shorter}  # ":" comes after "9"
    evidence, names, state = _fetch(conn, scope, known, memory=memory)
    return evidence, StoredArchive(conn, names, state)


def _fetch(
    conn: Connection,
    scope: dict[str, Any],
    known: Identities | None,
    memory: Memory | None = None,
) -> tuple[Evidence, Identities, State]:
    ((state, *there),) = _WHAT_IS_THERE.ask(conn, scope)
    said = said_at(conn, state)
    remembered = None if memory is None else memory.of(state)
    allocation_rows = ALLOCATIONS_OF_NUMBER.ask(conn, scope)
    contract_rows = CONTRACTS_OF_NUMBER.ask(conn, scope)
    routing_rows, shorter_rows, incident_rows = (
        conn.execute(statement, scope).all() if is_there else ()
        for statement, is_there in zip(_SELDOM_THERE, there, strict=True)
    )
    with_parties = (allocation_rows, contract_rows, routing_rows, shorter_rows)
    ids = spellings_in(with_parties)
    if known is not None:
        names = identify_too(conn, ids, known)
    elif remembered is None or said.decisions:
        names = identify(conn, ids, said.decisions)
    else:
        names = remembered.identify(conn, ids)
    sheets = None if remembered is None else remembered.sheets
    places = places_of(conn, (*with_parties, incident_rows), sheets)
    made_contracts, contract_notes = assemble_contracts(conn, contract_rows, names, places)
    made_routing, routing_notes = assemble_routing(routing_rows, names, places)
    shorter, _ = assemble_routing(shorter_rows, names, places)
    made_incidents, incident_notes = assemble_incidents(incident_rows, places)
    evidence = Evidence(
        number=scope["number"],
        allocations=assemble_allocations(allocation_rows, names, places),
        contracts=made_contracts,
        routing=made_routing,
        shorter_routing=shorter,
        incidents=made_incidents,
        parties=names.parties,
        notes=_sorted(
            (
                *names.notes,
                *contract_notes,
                *routing_notes,
                *incident_notes,
                *as_of_notes(conn),
            )
        ),
        marks=read_marks(
            conn,
            said,
            (
                ("allocations", allocation_rows),
                ("contracts", contract_rows),
                ("routing", routing_rows),
                ("incidents", incident_rows),
            ),
            names,
            places,
        ),
    )
    return evidence, names, state


def fetch_leads(conn: Connection, parties: Collection[str]) -> Leads:
    """Fetch every contract and routing total whose downstream is one of these parties.

    Parameters
    ----------
    parties : collection of str
        Canonical names.
    """
    return StoredArchive(conn).leads(parties)


def fetch_unsegmented(conn: Connection, parties: Collection[str]) -> tuple[Contract, ...]:
    """Fetch the contracts between two of these parties that name no segment.

    Parameters
    ----------
    parties : collection of str
        Canonical names.
    """
    return StoredArchive(conn).unsegmented(parties)


@dataclass(frozen=True, slots=True)
class StoredArchive:
    """The records beyond the number asked for, as `graph.candidates.Archive` looks them up.

    Parameters
    ----------
    conn : Connection
        The database, in the transaction in which `known` was read.
    known : Identities, optional
        Parties that need not be looked up again.
    state : State
        The last event then, where `known` was read with it.
    """

    conn: Connection
    known: Identities | None = None
    state: State = None

    def leads(self, parties: Collection[str]) -> Leads:
        """See `fetch_leads`."""
        conn = self.conn
        ids, names = spelled(self.conn, parties, self.known)
        scope = {"ids": sorted(ids)}
        lists = tuple(
            conn.execute(statement, scope).all()
            for statement in (CONTRACTS_TO_PARTIES, ROUTING_TO_PARTIES)
        )
        names = identify_too(conn, spellings_in(lists), names)
        places = places_of(conn, lists)
        totals, _ = assemble_routing(lists[1], names, places)
        return Leads(assemble_leads(conn, lists[0], names, places), totals)

    def unsegmented(self, parties: Collection[str]) -> tuple[Contract, ...]:
        """See `fetch_unsegmented`."""
        if self.conn.dialect.name == "sqlite" and not _UNSEGMENTED.ask(self.conn, {})[0][0]:
            return ()  # SQLite has an index of these alone, and it is empty
        ids, names = spelled(self.conn, parties, self.known)
        rows = [
            row
            for row in self.conn.execute(CONTRACTS_UNSEGMENTED, {"ids": sorted(ids)}).all()
            if row.upstream_id in ids
        ]
        if not rows:
            return ()
        found, _ = assemble_contracts(self.conn, rows, names, places_of(self.conn, (rows,)))
        return found


def nearest_segments(conn: Connection, number: str, limit: int = 5) -> tuple[str, ...]:
    """Name the segments on record that begin most like the number.

    Parameters
    ----------
    number : str
        Of which nothing is on record.
    limit : int
        How many at the most.

    Returns
    -------
    tuple of str
        Allocated or contracted segments that share at least three leading digits with it, those
        that share most first, then in order of digits; routed numbers where no such segment is
        on record.
    """
    return _nearest(conn, _SEGMENTS_IN_RANGE, number, limit) or _nearest(
        conn, (_ROUTED_IN_RANGE,), number, limit
    )


def _in_range(column: Any, *conditions: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(column)
        .where(column >= bindparam("number"), column < bindparam("beyond"), *conditions)
        .distinct()
        .order_by(column)
        .limit(bindparam("most"))
    )


_SEGMENTS_IN_RANGE: Final = (
    _in_range(
        allocation_segments.c.prefix,
        exists().where(
            allocations.c.id == allocation_segments.c.allocation_id, counts(allocations)
        ),
    ),
    _in_range(
        contract_segments.c.prefix,
        exists().where(contracts.c.id == contract_segments.c.contract_id, counts(contracts)),
    ),
)
_ROUTED_IN_RANGE: Final = _in_range(routing.c.number, counts(routing))


def _nearest(
    conn: Connection,
    statements: Iterable[Select[*tuple[Any, ...]]],
    number: str,
    limit: int,
) -> tuple[str, ...]:
    found: list[str] = []
    for shared in range(len(number), MIN_DIGITS - 1, -1):
        start = number[:shared]
        # Those found so far begin like this too, so as many again may come before new ones.
        scope = {"number": start, "beyond": start + ":", "most": limit + len(found)}
        here = {row[0] for statement in statements for row in conn.execute(statement, scope)}
        found.extend(sorted(here - set(found)))
        if len(found) >= limit:
            break
    return tuple(found[:limit])


# In one question: whatever changes what is on record is an event, so one look tells the state of
# the case; and few cases have logs or incidents, of few of their numbers.
_SELDOM_THERE: Final = (ROUTING_OF_NUMBER, ROUTING_OF_SHORTER, INCIDENTS_OF_NUMBER)
_last = select(func.max(events.c.seq)).scalar_subquery()
_state = select(events.c.digest).where(events.c.seq == _last).scalar_subquery()
_WHAT_IS_THERE: Final = Question(
    select(
        _state.label("state"),
        *(exists(statement).label(f"there_{n}") for n, statement in enumerate(_SELDOM_THERE)),
    )
)
_UNSEGMENTED: Final = Question(select(exists().where(UNSEGMENTED).label("there")))


def _sorted(notes: Iterable[Note]) -> tuple[Note, ...]:
    return tuple(sorted(notes, key=lambda note: (note.key, str(sorted(note.values.items())))))
