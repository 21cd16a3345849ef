"""Incident rows read back: equal ones come out once."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, bindparam, select

from tracer.model.diagnostic import Note
from tracer.model.evidence import Incident
from tracer.model.money import grouped_yuan
from tracer.store.places import Places, counts
from tracer.store.record_tables import incidents

__all__ = ["INCIDENTS_OF_NUMBER", "assemble_incidents"]

INCIDENTS_OF_NUMBER: Final = select(
    incidents.c.source_id,
    incidents.c.row,
    incidents.c.part,
    incidents.c.number,
    incidents.c.received_at,
    incidents.c.victim,
    incidents.c.victim_hash,
    incidents.c.recipient_hash,
    incidents.c.loss,
    incidents.c.case_no,
).where(
    incidents.c.number >= bindparam("number"),
    incidents.c.number < bindparam("beyond"),
    counts(incidents),
)

_DAY_DIGITS = len("2023-07-05")


def assemble_incidents(
    rows: Sequence[Row[*tuple[Any, ...]]], places: Places
) -> tuple[tuple[Incident, ...], tuple[Note, ...]]:
    """Make incidents of the rows; one case, victim, number and time is one incident.

    Returns
    -------
    tuple
        The incidents, by (number, time, case, victim), and notes on those whose rows state
        different losses: the largest is taken.
    """
    same: dict[tuple[str, str, str, str], list[Incident]] = {}
    for row in rows:
        found = _incident(row, places)
        key = (found.number, found.received_at, found.case_no or "", found.victim or "")
        same.setdefault(key, []).append(found)
    made: list[Incident] = []
    notes: list[Note] = []
    for key in sorted(same):
        largest = min(same[key], key=lambda i: (-(i.loss or 0), i.loss is None, *_place(i)))
        made.append(largest)
        losses = sorted({i.loss for i in same[key] if i.loss is not None})
        if len(losses) > 1:
            values = {
                "number": largest.number,
                "received_at": largest.received_at,
                "losses": "、".join(grouped_yuan(loss) for loss in losses),
                "record": largest.ref.record_id,
            }
            notes.append(Note("incident_losses_differ", values))
    return tuple(made), tuple(notes)


def _incident(row: Any, places: Places) -> Incident:
    return Incident(
        ref=places.ref("incidents", row.source_id, row.row, row.part),
        number=row.number,
        day=date.fromisoformat(row.received_at[:_DAY_DIGITS]),
        received_at=row.received_at,
        victim=row.victim_hash or row.recipient_hash or row.victim,
        case_no=row.case_no,
        loss=row.loss,
    )


def _place(incident: Incident) -> tuple[str, int, int, str, str]:
    ref = incident.ref
    return (ref.digest, ref.sheet_no, ref.row, ref.part, ref.path)
