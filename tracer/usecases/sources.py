"""Sources: what was loaded, and withdrawing one."""

from sqlalchemy import Connection, Engine

from tracer.store import sources as store
from tracer.store.case import case_info
from tracer.store.engine import begin_writing
from tracer.store.events import append_event
from tracer.store.sources import SourceEntry
from tracer.usecases.load import Clock

__all__ = ["case_zone", "list_sources", "retract"]


def case_zone(conn: Connection) -> str:
    """Tell the zone whose clock a case goes by."""
    return case_info(conn).timezone


def list_sources(conn: Connection) -> tuple[SourceEntry, ...]:
    """List every source, withdrawn ones too, in the order in which they came in."""
    return store.list_sources(conn)


def retract(engine: Engine, source: int, reason: str, operator: str, now: Clock) -> None:
    """Withdraw a source from every result; it stays on record, and so does the reason.

    Raises
    ------
    UsageError
        If there is no such source, or it is withdrawn already.
    """
    with begin_writing(engine) as conn:
        params = {"source": source, "reason": reason}
        event = append_event(conn, "retract", params, operator, now().isoformat(timespec="seconds"))
        store.retract_source(conn, source, event.seq)
