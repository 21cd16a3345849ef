"""The state of a case: which event is its last.

Whatever changes what is on record is an event, written in the same transaction, and each event
names the one before: where the last is the same, everything is.
"""

from typing import Final

from sqlalchemy import Connection

__all__ = ["State", "last_event"]

State = str | None
"""Digest of the last event, blank in a redacted copy; None before the first event."""

_LAST: Final = "SELECT digest FROM events WHERE seq = (SELECT max(seq) FROM events)"


def last_event(conn: Connection) -> State:
    """Tell the state a case is in, within a transaction."""
    found = conn.exec_driver_sql(_LAST).scalar()
    return None if found is None else str(found)
