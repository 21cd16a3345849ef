"""The custody log: events are appended, each hashing the one before."""

import json
from collections.abc import Mapping

from sqlalchemy import Connection, select

from tracer.model.event import GENESIS, Event, chain_hash, first_break
from tracer.store.tables import events
from tracer.store.writing import hold_write_lock, insert_rows

__all__ = ["append_event", "read_events", "verify_events"]

_COLUMNS = ("seq", "at", "operator", "action", "params", "previous", "digest")


def append_event(
    conn: Connection, action: str, params: Mapping[str, object], operator: str, at: str
) -> Event:
    """Add one entry to the custody log.

    Parameters
    ----------
    action : str
        `load`, `retract`, `case` ….
    params : Mapping
        What was done, JSON-able.
    operator : str
        Who did it.
    at : str
        ISO 8601 time with zone.

    Returns
    -------
    Event
        As `read_events` gives it from now on.
    """
    hold_write_lock(conn)
    last = conn.execute(
        select(events.c.seq, events.c.digest).order_by(events.c.seq.desc()).limit(1)
    ).first()
    seq, previous = (last.seq + 1, last.digest) if last else (1, GENESIS)
    written = json.dumps(params, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # What is hashed is what will be read back: tuples have become lists, keys text.
    kept: dict[str, object] = json.loads(written)
    digest = chain_hash(previous, seq, at, operator, action, kept)
    row = (seq, at, operator, action, written, previous, digest)
    insert_rows(conn, events, _COLUMNS, [row])
    return Event(seq, at, operator, action, kept, previous, digest)


def read_events(conn: Connection) -> tuple[Event, ...]:
    """Give the custody log, oldest entry first.

    What was done by an entry whose JSON is spoilt is told as `unreadable`; such an entry does not
    hold when the log is verified.
    """
    found = conn.execute(select(*(events.c[name] for name in _COLUMNS)).order_by(events.c.seq))
    return tuple(
        Event(seq, at, operator, action, _params(params), previous, digest)
        for seq, at, operator, action, params, previous, digest in found
    )


def verify_events(conn: Connection) -> int | None:
    """Recompute the chain of the custody log.

    Returns
    -------
    int or None
        Number of the first entry that is not what its digest, its number or its link to the
        entry before says; None when all hold.
    """
    return first_break(read_events(conn))


def _params(written: str) -> dict[str, object]:
    try:
        said = json.loads(written)
    except json.JSONDecodeError:
        said = None
    return said if isinstance(said, dict) else {"unreadable": written}
