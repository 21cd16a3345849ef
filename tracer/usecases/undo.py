"""Taking an event back: what it decided no longer holds, and the log keeps both."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, Engine

from tracer.errors import UsageError
from tracer.identity.decisions import later_decisions
from tracer.model.decision import DECIDING, standing
from tracer.model.event import Event
from tracer.store.decisions import events_of
from tracer.store.engine import begin_writing
from tracer.store.events import append_event
from tracer.usecases.correcting import put_back
from tracer.usecases.load import Clock

__all__ = ["undo"]

_UNDONE: Final = (*DECIDING, "correct", "note")


def undo(engine: Engine, event: int, reason: str, operator: str, now: Clock) -> Event:
    """Take back one merge, split, name, correction or note; gives the event that was taken back.

    Raises
    ------
    UsageError
        If there is no such event, it is of a kind that stays, it is taken back already, or
        later ones rest on it.
    """
    with begin_writing(engine) as conn:
        meant = _find(conn, event)
        at = now().isoformat(timespec="seconds")
        made = append_event(conn, "undo", {"event": event, "reason": reason}, operator, at)
        if meant.action == "correct":
            put_back(conn, meant, made.seq)
    return meant


def _find(conn: Connection, number: int) -> Event:
    events = events_of(conn, (*_UNDONE, "undo"))
    meant = next((each for each in events if each.seq == number and each.action != "undo"), None)
    if meant is None:
        raise UsageError("undo_none", event=number)
    if meant not in standing(events):
        raise UsageError("undo_twice", event=number)
    later = _resting_on(meant, events)
    if later:
        listed = ", ".join(str(each.seq) for each in reversed(later))
        raise UsageError("undo_later", event=number, later=listed)
    return meant


def _resting_on(meant: Event, events: Sequence[Event]) -> tuple[Event, ...]:
    if meant.action == "note":
        return ()
    if meant.action != "correct":
        return later_decisions(events, meant)
    record = meant.params["record"]
    return tuple(
        each
        for each in standing(events)
        if each.action == "correct" and each.seq > meant.seq and each.params["record"] == record
    )
