"""The custody log."""

from sqlalchemy import Connection

from tracer.model.event import Event
from tracer.store.events import read_events, verify_events

__all__ = ["read_log", "verify_log"]


def read_log(conn: Connection) -> tuple[Event, ...]:
    """Read the log, first entry first."""
    return read_events(conn)


def verify_log(conn: Connection) -> int | None:
    """Check that every entry hashes the one before it.

    Returns
    -------
    int or None
        The first entry that does not fit; None when all do.
    """
    return verify_events(conn)
