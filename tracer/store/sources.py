"""Deliveries and sources: what was loaded, what became of it, and what was withdrawn."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, exists, or_, select

from tracer.errors import UsageError
from tracer.model.diagnostic import Note
from tracer.model.load import SourceReport, SourceSheet
from tracer.store.places import counts
from tracer.store.tables import (
    corrections,
    deliveries,
    documents,
    events,
    retractions,
    source_files,
    source_sheets,
    source_totals,
)
from tracer.store.writing import hold_write_lock, insert_rows, next_number

__all__ = [
    "KnownSource",
    "RecordedFile",
    "Retraction",
    "SourceEntry",
    "add_delivery",
    "add_source",
    "counting_files",
    "delivery_exists",
    "find_source",
    "finish_source",
    "has_file_of_size",
    "list_sources",
    "recorded_documents",
    "recorded_files",
    "recorded_sources",
    "retract_source",
]


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A sheet on record with the same bytes, and what its load reported."""

    id: int
    report: SourceReport


@dataclass(frozen=True, slots=True)
class RecordedFile:
    """A file the case rests on: a source, or a document that a row names.

    Parameters
    ----------
    path : str
        As it was given when it was loaded.
    sha256, sm3, size : str or None, str or None, int or None
        None for a document that was not there.
    """

    path: str
    sha256: str | None
    sm3: str | None
    size: int | None


@dataclass(frozen=True, slots=True)
class Retraction:
    """The event that withdrew a source."""

    event: int
    at: str
    operator: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One source as `tracer sources` lists it.

    Parameters
    ----------
    id : int
        What `sources retract` and `rejects --source` name it by.
    sheet : SourceSheet
        What was read, and how.
    report : SourceReport
        What became of its rows.
    delivery : int or None
        The load command it came in with, where that is on record.
    operator, at : str or None
        Of that load.
    retraction : Retraction or None
        None while it counts.
    """

    id: int
    sheet: SourceSheet
    report: SourceReport
    delivery: int | None
    operator: str | None
    at: str | None
    retraction: Retraction | None


def add_delivery(conn: Connection, operator: str, at: str) -> int:
    """Record one load command; its files add up. Returns its number."""
    hold_write_lock(conn)
    number = next_number(conn, deliveries)
    insert_rows(conn, deliveries, ("id", "operator", "at"), [(number, operator, at)])
    return number


def delivery_exists(conn: Connection, delivery: int) -> bool:
    """Tell whether a load command of this number is on record."""
    wanted = select(deliveries.c.id).where(deliveries.c.id == delivery)
    return conn.execute(wanted).first() is not None


def has_file_of_size(conn: Connection, size: int) -> bool:
    """Tell whether a file of so many bytes is on record: none of another size has the same."""
    wanted = select(source_files.c.id).where(source_files.c.size == size).limit(1)
    return conn.execute(wanted).first() is not None


def find_source(conn: Connection, sha256: str, sheet_no: int) -> KnownSource | None:
    """Find the sheet on record that was read from the same bytes and is not retracted."""
    wanted = (
        _listing()
        .where(source_files.c.sha256 == sha256, source_sheets.c.sheet_no == sheet_no)
        .where(retractions.c.source_id.is_(None))
        .limit(1)
    )
    row = conn.execute(wanted).first()
    return KnownSource(row.id, _report(row)) if row else None


def add_source(conn: Connection, sheet: SourceSheet, delivery: int | None) -> int:
    """Record a sheet before its rows are written. Returns the source's number."""
    hold_write_lock(conn)
    known = select(source_files.c.id).where(
        source_files.c.sha256 == sheet.sha256, source_files.c.path == sheet.path
    )
    file_id: int | None = conn.execute(known).scalar()
    if file_id is None:
        file_id = next_number(conn, source_files)
        row = (file_id, sheet.sha256, sheet.sm3, sheet.size, sheet.path)
        insert_rows(conn, source_files, ("id", "sha256", "sm3", "size", "path"), [row])
    values = {
        "id": next_number(conn, source_sheets),
        "file_id": file_id,
        "sheet_no": sheet.sheet_no,
        "sheet": sheet.sheet,
        "input_table": sheet.table,
        "encoding": sheet.encoding,
        "header_row": sheet.header_row,
        "settings": json.dumps(sheet.settings, ensure_ascii=False),
        "delivery_id": delivery,
    }
    insert_rows(conn, source_sheets, tuple(values), [tuple(values.values())])
    return int(values["id"] or 0)


def finish_source(conn: Connection, source_id: int, report: SourceReport) -> None:
    """Record what became of the rows of a sheet, once all are written."""
    values = {
        "source_id": source_id,
        "rows_read": report.rows,
        "rows_loaded": report.loaded,
        "rows_rejected": report.rejected,
        "rows_duplicate": report.duplicates,
        "notes": json.dumps(
            [[note.key, dict(note.values)] for note in report.notes], ensure_ascii=False
        ),
    }
    insert_rows(conn, source_totals, tuple(values), [tuple(values.values())])


def list_sources(conn: Connection) -> tuple[SourceEntry, ...]:
    """List every source, retracted ones too, in the order they were loaded."""
    return tuple(_entry(row) for row in conn.execute(_listing()))


def recorded_files(conn: Connection) -> tuple[RecordedFile, ...]:
    """List the files of all sources, retracted ones too, and all documents."""
    return (*recorded_sources(conn), *recorded_documents(conn))


def recorded_sources(conn: Connection) -> tuple[RecordedFile, ...]:
    """List the files of all sources, retracted ones too."""
    return _recorded(conn, source_files)


def counting_files(conn: Connection) -> tuple[tuple[str, str], ...]:
    """Give path and SHA-256 of every file of which something counts, sorted by path."""
    corrected = exists().where(corrections.c.source_id == source_sheets.c.id)
    wanted = (
        select(source_files.c.path, source_files.c.sha256)
        .join(source_sheets, source_sheets.c.file_id == source_files.c.id)
        .where(counts(source_sheets, "id"), ~corrected)
        .distinct()
    )
    return tuple(sorted((path, digest) for path, digest in conn.execute(wanted)))


def recorded_documents(conn: Connection) -> tuple[RecordedFile, ...]:
    """List the documents that rows name."""
    return _recorded(conn, documents)


def _recorded(conn: Connection, table: Table) -> tuple[RecordedFile, ...]:
    columns = (table.c.path, table.c.sha256, table.c.sm3, table.c.size)
    return tuple(RecordedFile(*row) for row in conn.execute(select(*columns).order_by(table.c.id)))


def retract_source(conn: Connection, source_id: int, event_seq: int) -> None:
    """Withdraw a source: its records are kept, corrected or not, and left out of every result.

    Parameters
    ----------
    source_id : int
        Number of the source.
    event_seq : int
        The event of the custody log that says who withdrew it, when and why.

    Raises
    ------
    UsageError
        If there is no such source, or it is withdrawn already.
    """
    there = select(source_sheets.c.id).where(source_sheets.c.id == source_id)
    if conn.execute(there).first() is None:
        raise UsageError("no_such_source", source=source_id)
    withdrawn = select(retractions.c.event_seq).where(retractions.c.source_id == source_id)
    if conn.execute(withdrawn).first() is not None:
        raise UsageError("already_retracted", source=source_id)
    derived = select(corrections.c.source_id).where(corrections.c.root_id == source_id)
    standing = derived.where(
        ~exists().where(retractions.c.source_id == corrections.c.source_id)
    ).order_by(corrections.c.source_id)
    withdrawn_now = (source_id, *conn.execute(standing).scalars())
    rows = [(each, event_seq) for each in withdrawn_now]
    insert_rows(conn, retractions, ("source_id", "event_seq"), rows)


def _listing() -> Select[*tuple[Any, ...]]:
    return (
        select(
            source_sheets,
            source_files.c.sha256,
            source_files.c.sm3,
            source_files.c.size,
            source_files.c.path,
            source_totals.c.rows_read,
            source_totals.c.rows_loaded,
            source_totals.c.rows_rejected,
            source_totals.c.rows_duplicate,
            source_totals.c.notes,
            deliveries.c.operator,
            deliveries.c.at,
            retractions.c.event_seq,
            events.c.at.label("retracted_at"),
            events.c.operator.label("retracted_by"),
            events.c.params.label("retraction"),
        )
        .join(source_files, source_sheets.c.file_id == source_files.c.id)
        .outerjoin(source_totals, source_totals.c.source_id == source_sheets.c.id)
        .outerjoin(deliveries, source_sheets.c.delivery_id == deliveries.c.id)
        .outerjoin(retractions, retractions.c.source_id == source_sheets.c.id)
        .outerjoin(events, retractions.c.event_seq == events.c.seq)
        # what a correction put in the place of a record was not loaded
        .where(~exists().where(corrections.c.source_id == source_sheets.c.id))
        # as a case stood, what came later counts as withdrawn, by no event on record
        .where(or_(retractions.c.event_seq.is_(None), events.c.seq.is_not(None)))
        .order_by(source_sheets.c.id)
    )


def _report(row: Row[*tuple[Any, ...]]) -> SourceReport:
    return SourceReport(
        path=row.path,
        sheet=row.sheet,
        sha256=row.sha256,
        sm3=row.sm3,
        table=row.input_table,
        encoding=row.encoding,
        rows=row.rows_read or 0,
        loaded=row.rows_loaded or 0,
        rejected=row.rows_rejected or 0,
        duplicates=row.rows_duplicate or 0,
        notes=tuple(Note(key, values) for key, values in json.loads(row.notes or "[]")),
    )


def _entry(row: Row[*tuple[Any, ...]]) -> SourceEntry:
    sheet = SourceSheet(
        path=row.path,
        sheet_no=row.sheet_no,
        sheet=row.sheet,
        sha256=row.sha256,
        sm3=row.sm3,
        size=row.size,
        table=row.input_table,
        encoding=row.encoding,
        header_row=row.header_row,
        settings=tuple((key, value) for key, value in json.loads(row.settings)),
    )
    retraction = None
    if row.event_seq is not None:
        reason = json.loads(row.retraction).get("reason")
        retraction = Retraction(row.event_seq, row.retracted_at, row.retracted_by, reason)
    return SourceEntry(
        row.id, sheet, _report(row), row.delivery_id, row.operator, row.at, retraction
    )
