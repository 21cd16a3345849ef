"""Records that a trace asks for when its transaction is over, if nothing was recorded since."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from tracer.errors import UsageError
from tracer.model.evidence import Contract, Leads
from tracer.store.engine import shown
from tracer.store.evidence import StoredArchive

__all__ = ["LaterArchive", "last_event"]


def last_event(conn: Connection) -> str | None:
    """Tell the state of a case by the digest of its last event; None before the first.

    Whatever changes what is on record is an event, written in the same transaction.
    """
    found = conn.exec_driver_sql("SELECT digest FROM events ORDER BY seq DESC LIMIT 1").scalar()
    return None if found is None else str(found)


@dataclass(frozen=True, slots=True)
class LaterArchive:
    """An archive that gives leads once the transaction of the trace is over.

    Parameters
    ----------
    archive : StoredArchive
        Of that transaction; still open when contracts without segments are asked for.
    engine : Engine
        The database, for afterwards.
    number : str
        What was traced.
    state : str or None
        The last event then.
    """

    archive: StoredArchive
    engine: Engine
    number: str
    state: str | None

    def leads(self, parties: Collection[str]) -> Leads:
        """See `StoredArchive.leads`.

        Raises
        ------
        UsageError
            If something was recorded since: it might belong to the answer.
        """
        with self.engine.connect() as conn:
            if last_event(conn) != self.state:
                raise UsageError("trace_outdated", number=self.number, database=shown(self.engine))
            return StoredArchive(conn, self.archive.known).leads(parties)

    def unsegmented(self, parties: Collection[str]) -> tuple[Contract, ...]:
        """See `StoredArchive.unsegmented`."""
        return self.archive.unsegmented(parties)
