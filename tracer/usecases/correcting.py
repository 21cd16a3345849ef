"""Putting a misread value right, and taking that back; what the paper read stays on record."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from tracer.errors import UsageError
from tracer.ingest.masking import Masker
from tracer.ingest.reopening import recorded_settings
from tracer.ingest.rereading import CellChange, find_field, put_right, read_again
from tracer.messages import text
from tracer.model.diagnostic import Diagnostic
from tracer.model.event import Event
from tracer.model.mark import Correction
from tracer.model.paper import PaperRow
from tracer.store.correcting import StoredRecord, find_record, replace_record
from tracer.store.decisions import read_said
from tracer.store.engine import begin_writing
from tracer.store.events import append_event
from tracer.usecases.database import home_of
from tracer.usecases.load import Clock
from tracer.usecases.recordnames import find_record_name
from tracer.usecases.secret import case_key, key_file

__all__ = ["Corrected", "correct", "put_back"]


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction came to: the event, the column as printed, and both readings."""

    event: int
    printed: str
    was: str
    now: str


def correct(
    engine: Engine, record: str, field: str, value: str, reason: str, operator: str, now: Clock
) -> Corrected:
    """Put one cell of a record right.

    The row is read anew from its cells, as it was when it was loaded: a value that could not have
    been loaded cannot be put in.

    Parameters
    ----------
    record : str
        Stable name of the record (`RecordRef.record_id`), or where it stands (`FILE:ROW`).
    field : str
        The column, by its header in the paper or any name it goes by.
    value : str
        What the cell reads, as a paper would write it; blank for nothing.

    Raises
    ------
    UsageError
        If there is no such record or column, several records stand at the place, the row cannot
        be read so, or nothing would change.
    """
    at = now().isoformat(timespec="seconds")
    with begin_writing(engine) as conn:
        known = _find(conn, find_record_name(conn, record.strip()) or record)
        column, printed = find_field(known.table, known.raw, known.source, field)
        before = _cells(known, read_said(conn).corrections.get(known.name, ()))
        change = CellChange(column, printed, value.strip())
        desk = _Desk(engine, known)
        read, reread = desk.read(before), desk.read(put_right(before, [change]))
        was, seen = (dict(each.provenance.raw).get(printed, "") for each in (read, reread))
        if was == seen:
            raise UsageError("correct_same", record=known.name, field=printed, value=seen)
        params = {
            "record": known.name,
            "field": column,
            "printed": printed,
            "was": was,
            "now": seen,
            "reason": reason,
        }
        event = append_event(conn, "correct", params, operator, at)
        replace_record(conn, known, read, reread, event.seq)
    return Corrected(event.seq, printed, was, seen)


def put_back(conn: Connection, meant: Event, undo: int) -> None:
    """Put back what a correction changed; the event that takes it back is on record.

    Parameters
    ----------
    meant : Event
        The correction, of which no later one of the same record stands.
    undo : int
        Number of the event that takes it back.
    """
    known = _find(conn, str(meant.params["record"]))
    left = read_said(conn).corrections.get(known.name, ())
    after = _cells(known, left)
    change = CellChange(*(str(meant.params[key]) for key in ("field", "printed", "now")))
    desk = _Desk(conn.engine, known)
    replace_record(conn, known, desk.read(put_right(after, [change])), desk.read(after), undo)


def _find(conn: Connection, record: str) -> StoredRecord:
    known = find_record(conn, record)
    if known is None:
        raise UsageError("correct_no_record", record=record)
    return known


def _cells(known: StoredRecord, made: Sequence[Correction]) -> tuple[tuple[str, str], ...]:
    changes = [CellChange(each.field, each.printed, each.now) for each in made]
    return put_right(known.raw, changes)


class _Desk:
    """Reads a row as it was read when it was loaded."""

    def __init__(self, engine: Engine, known: StoredRecord) -> None:
        kept = recorded_settings(known.source).keep_recipients
        self._known = known
        self._masker = Masker(case_key(key_file(home_of(engine))), kept)

    def read(self, cells: tuple[tuple[str, str], ...]) -> PaperRow:
        known = self._known
        found = read_again(int(known.values["row"]), cells, known.source, self._masker)
        if isinstance(found, Diagnostic):
            why = {
                lang: text(f"reason.{found.reason}", lang, **found.values) for lang in ("zh", "en")
            }
            raise UsageError("correct_refused", record=known.name, column=found.column or "", **why)
        return found
