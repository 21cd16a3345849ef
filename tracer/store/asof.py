"""A case as it stood: a connection that sees what had been loaded, decided and corrected by then.

What is on record is never changed, so the state at a time is a prefix of the custody log. On one
connection, temporary tables stand before those that tell what counts: sources that came later count
as withdrawn, what was withdrawn or corrected later is not, and later events are not there. Every
look-up then answers as it would have answered.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, select, text

from tracer.errors import UsageError
from tracer.model.diagnostic import Note
from tracer.store.case import case_info
from tracer.store.tables import (
    corrections,
    deliveries,
    events,
    retractions,
    source_sheets,
    unstated,
)

__all__ = ["as_of_notes", "connect_as_of", "stand_as_of", "with_as_of"]

_STANDS: Final = "tracer_as_of"

_KEPT: Final = (retractions, corrections, unstated)


@contextmanager
def connect_as_of(engine: Engine, moment: datetime | None) -> Iterator[Connection]:
    """Open a connection that sees a case as it stood; as it stands, for no moment.

    Parameters
    ----------
    moment : datetime or None
        One without zone is of the case's; what happened at that very time counts.

    Raises
    ------
    UsageError
        If nothing had been recorded by then.
    """
    with engine.connect() as conn:
        if moment is not None:
            stand_as_of(conn, moment)
        try:
            yield conn
        finally:
            if moment is not None:
                conn.rollback()
                conn.invalidate()  # its temporary tables end with it


def stand_as_of(conn: Connection, moment: datetime) -> int:
    """Have a connection see the case as it stood; gives the number of the last event then.

    Raises
    ------
    UsageError
        If nothing had been recorded by then.
    """
    zone = ZoneInfo(case_info(conn).timezone)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    shown = _shown(moment, zone)
    rows = conn.execute(select(events.c.seq, events.c.at).order_by(events.c.seq)).all()
    last = 0
    for seq, at in rows:  # a prefix: a clock that was set back later takes nothing out
        if datetime.fromisoformat(at) > moment:
            break
        last = seq
    if not last:
        first = _shown(datetime.fromisoformat(rows[0].at), zone) if rows else "–"
        raise UsageError("as_of_before", moment=shown, first=first)
    later = _later_sources(conn, last, moment)
    schema = _schema(conn)
    for table in _KEPT:
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        conn.execute(
            text(
                f"CREATE TEMPORARY TABLE {table.name} AS SELECT {columns}"  # noqa: S608 - own names
                f" FROM {schema}.{table.name} WHERE event_seq <= {last}"
            )
        )
    if later:
        told = [{"source": source} for source in sorted(later)]
        conn.execute(text("INSERT INTO retractions VALUES (:source, 0)"), told)
    for statement in (
        "CREATE INDEX as_of_retractions ON {0}retractions (source_id)",
        "CREATE INDEX as_of_corrections ON {0}corrections (of_source_id, row, part)",
        "CREATE INDEX as_of_unstated ON {0}unstated (source_id, spelling_id, uscc)",
    ):
        conn.execute(text(_index(conn, statement)))
    conn.execute(
        text(
            f"CREATE TEMPORARY TABLE events AS SELECT * FROM {schema}.events"  # noqa: S608 - a number
            f" WHERE seq <= {last}"
        )
    )
    conn.info[_STANDS] = Note("as_of", {"moment": shown, "event": last})
    return last


def _shown(moment: datetime, zone: ZoneInfo) -> str:
    """Write a time by the clock of the case; nothing is recorded between two seconds."""
    return moment.astimezone(zone).isoformat(timespec="seconds")


def as_of_notes(conn: Connection) -> tuple[Note, ...]:
    """Say as of when a connection sees the case; nothing where as it stands."""
    note: Note | None = conn.info.get(_STANDS)
    return () if note is None else (note,)


def with_as_of(conn: Connection, notes: Iterable[Note]) -> tuple[Note, ...]:
    """Put as of when a connection sees the case before other notes, once."""
    stands = as_of_notes(conn)
    return (*stands, *(note for note in notes if note not in stands))


def _schema(conn: Connection) -> str:
    """Name where the tables of the case are, so that the temporary ones do not hide them."""
    if conn.dialect.name == "sqlite":
        return "main"
    return str(conn.execute(text("SELECT quote_ident(current_schema())")).scalar())


def _index(conn: Connection, statement: str) -> str:
    if conn.dialect.name == "sqlite":
        return statement.format("").replace("INDEX ", "INDEX temp.")
    return statement.format("pg_temp.")


def _later_sources(conn: Connection, last: int, moment: datetime) -> set[int]:
    """Find the sources that came in after an event: those no load up to it told of.

    Corrected records stand in sheets of their own, which came with their events. Entries of old
    do not say which source they made: of these, the time of the delivery tells.
    """
    loads = select(events.c.seq, events.c.params).where(events.c.action == "load")
    told: dict[int, int] = {}
    for seq, params in conn.execute(loads):
        for sheet in json.loads(params).get("sheets", ()):
            if isinstance(sheet, dict) and isinstance(sheet.get("source"), int):
                told.setdefault(sheet["source"], seq)
    made = select(corrections.c.source_id, corrections.c.event_seq)
    told |= dict(conn.execute(made).all())
    known: Any = (
        select(source_sheets.c.id, deliveries.c.at)
        .outerjoin(deliveries, source_sheets.c.delivery_id == deliveries.c.id)
        .order_by(source_sheets.c.id)
    )
    later = set()
    for source, at in conn.execute(known):
        if source in told:
            is_later = told[source] > last
        else:
            is_later = at is not None and datetime.fromisoformat(at) > moment
        if is_later:
            later.add(source)
    return later
