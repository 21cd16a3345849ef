"""Records that a trace asks for when its transaction is over, if nothing was recorded since."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Engine

from tracer.errors import UsageError
from tracer.model.evidence import Contract, Leads
from tracer.store.engine import shown
from tracer.store.evidence import StoredArchive
from tracer.store.state import last_event

__all__ = ["LaterArchive"]


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
    """

    archive: StoredArchive
    engine: Engine
    number: str

    def leads(self, parties: Collection[str]) -> Leads:
        """See `StoredArchive.leads`.

        Raises
        ------
        UsageError
            If something was recorded since: it might belong to the answer.
        """
        with self.engine.connect() as conn:
            if last_event(conn) != self.archive.state:
                raise UsageError("trace_outdated", number=self.number, database=shown(self.engine))
            return StoredArchive(conn, self.archive.known).leads(parties)

    def unsegmented(self, parties: Collection[str]) -> tuple[Contract, ...]:
        """See `StoredArchive.unsegmented`."""
        return self.archive.unsegmented(parties)
