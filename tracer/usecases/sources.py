"""Sources: what was loaded, what of it was rejected, and withdrawing one."""

from collections.abc import Iterator

from sqlalchemy import Connection, Engine

from tracer.errors import UsageError
from tracer.model.load import RejectedRow
from tracer.store import sources as store
from tracer.store.engine import begin_writing
from tracer.store.events import append_event
from tracer.store.rejects import read_rejects
from tracer.store.sources import SourceEntry
from tracer.usecases.load import Clock

__all__ = ["list_sources", "rejects", "retract"]


def list_sources(conn: Connection) -> tuple[SourceEntry, ...]:
    """List every source, withdrawn ones too, in the order in which they came in."""
    return store.list_sources(conn)


def rejects(conn: Connection, source: int | None = None) -> Iterator[RejectedRow]:
    """Give the rejected rows of one source, or of all.

    Raises
    ------
    UsageError
        If there is no such source: "no rejects" would be a false answer.
    """
    if source is not None and all(entry.id != source for entry in store.list_sources(conn)):
        raise UsageError("no_such_source", source=source)
    return read_rejects(conn, source)


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
