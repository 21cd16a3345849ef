"""Verifying that a database is what it was recorded to be."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, distinct, exists, func, select

from tracer.errors import UsageError
from tracer.model.diagnostic import Note
from tracer.store.custody import compare_custody
from tracer.store.engine import HEAD, schema_version, shown
from tracer.store.events import verify_events
from tracer.store.places import counts
from tracer.store.record_tables import RECORD_TABLES, metadata, routing
from tracer.store.rejects import reject_files
from tracer.store.sources import SourceEntry, list_sources
from tracer.store.tables import (
    corrections,
    events,
    rejected_rows,
    source_files,
    source_sheets,
    source_totals,
)
from tracer.store.upgrade import schema_differences

__all__ = ["Soundness", "check"]


@dataclass(frozen=True, slots=True)
class Soundness:
    """What a check found.

    Parameters
    ----------
    faults : tuple of Note
        What is amiss, one entry each; empty when all is well.
    remarks : tuple of Note
        What could not be checked.
    """

    faults: tuple[Note, ...] = ()
    remarks: tuple[Note, ...] = ()


def check(engine: Engine, folder: Path | None = None) -> Soundness:
    """Verify a database: schema, references, counts, custody log, source files still there.

    Parameters
    ----------
    engine : Engine
        From `plain_engine` or `open_engine`.
    folder : Path, optional
        Where relative paths of source files begin. A file that is no longer there is nothing
        amiss; without a folder only absolute paths are looked up.

    Raises
    ------
    UsageError
        If there is no schema of this program, or not the newest, so that nothing can be told.
    """
    version = schema_version(engine)
    if version != HEAD:
        key = "db_no_schema" if version is None else "db_outdated"
        raise UsageError(key, database=shown(engine), version=version, head=HEAD)
    with engine.connect() as conn:
        sources = list_sources(conn)
        changed, gone = _compare_files(conn, folder)
        faults = (
            *(Note("db_schema", {"difference": line}) for line in schema_differences(conn)),
            *_check_references(conn),
            *_check_counts(conn, sources),
            *_check_totals(conn),
            *_check_events(conn, sources),
            *changed,
        )
    return Soundness(faults, (Note("db_files_gone", {"count": gone}),) if gone else ())


def _check_references(conn: Connection) -> Iterator[Note]:
    """See whether references hold, and in SQLite its pages.

    A server enforces references, unless its administrator has it look away for a while.
    """
    if conn.dialect.name != "sqlite":
        for table in sorted(metadata.tables.values(), key=attrgetter("name")):
            yield from _check_references_of(conn, table)
        return
    for (line,) in conn.exec_driver_sql("PRAGMA integrity_check"):
        if line != "ok":
            yield Note("db_integrity", {"detail": line})
    for table, row, target, _ in conn.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Note("db_reference", {"table": table, "row": row or 0, "target": target})


def _check_references_of(conn: Connection, table: Table) -> Iterator[Note]:
    number = next(iter(table.primary_key))
    for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
        target = key.column.table.alias("target")
        there = exists().where(target.c[key.column.name] == key.parent)
        broken = select(number).where(key.parent.is_not(None), ~there).order_by(number)
        for row in conn.execute(broken).scalars():
            values = {"table": table.name, "row": row, "target": key.column.table.name}
            yield Note("db_reference", values)


def _check_counts(conn: Connection, sources: Sequence[SourceEntry]) -> Iterator[Note]:
    finished = set(conn.execute(select(source_totals.c.source_id)).scalars())
    loaded = {
        (name, source): int(count)  # a sum is a decimal in PostgreSQL
        for name in RECORD_TABLES
        for source, count in conn.execute(_loaded_rows(name))
    }
    rejected_count = select(rejected_rows.c.source_id, func.count()).group_by(
        rejected_rows.c.source_id
    )
    rejected: dict[int, int] = dict(conn.execute(rejected_count).all())
    for source, file in reject_files(conn):
        rejected[source] = rejected.get(source, 0) + file.rows
    for entry in sources:
        if entry.id not in finished:
            yield Note("db_unfinished", {"source": entry.id, "path": entry.sheet.path})
            continue
        table = entry.sheet.table
        found = (loaded.get((table, entry.id), 0), rejected.get(entry.id, 0))
        yield from _compare(entry, *found)
    corrected = set(conn.execute(select(corrections.c.source_id)).scalars())
    known = {(entry.sheet.table, entry.id) for entry in sources}
    strays = {key for key in loaded.keys() - known if key[1] not in corrected}
    for name, source in sorted(strays):
        yield Note("db_stray_rows", {"source": source, "table": name})


def _loaded_rows(name: str) -> Select[*tuple[Any, ...]]:
    """Count, by source, the rows of the papers that its records were read from."""
    table = RECORD_TABLES[name]
    rows = func.sum(table.c.rows_summed) if table is routing else func.count(distinct(table.c.row))
    return select(table.c.source_id, rows).group_by(table.c.source_id)


def _compare(entry: SourceEntry, loaded: int, rejected: int) -> Iterator[Note]:
    report = entry.report
    where: dict[str, str | int] = {"source": entry.id, "path": entry.sheet.path}
    for what, recorded, found in (
        ("loaded", report.loaded, loaded),
        ("rejected", report.rejected, rejected),
        ("rows", report.rows, report.loaded + report.rejected + report.duplicates),
    ):
        if recorded != found:
            yield Note(f"db_count_{what}", {**where, "recorded": recorded, "found": found})


def _check_totals(conn: Connection) -> Iterator[Note]:
    """Look for totals of one source that name the same first row and part.

    No index forbids them: it would cost more than the rows.
    """
    place = (routing.c.source_id, routing.c.row, routing.c.part)
    twice = select(*place).group_by(*place).having(func.count() > 1).subquery()
    per_source = (
        select(twice.c.source_id, func.count())
        .group_by(twice.c.source_id)
        .order_by(twice.c.source_id)
    )
    for source, count in conn.execute(per_source):
        yield Note("db_totals_twice", {"source": source, "count": count})


def _check_events(conn: Connection, sources: Sequence[SourceEntry]) -> Iterator[Note]:
    broken = verify_events(conn)
    if broken is not None:
        yield Note("db_event_chain", {"event": broken})
    else:  # what a broken log tells is worth nothing
        yield from compare_custody(conn, sources)
        yield from _check_corrections(conn)


def _check_corrections(conn: Connection) -> Iterator[Note]:
    """See whether every record put in another's place was put there by an event, and vice versa."""
    made = select(corrections.c.source_id, corrections.c.event_seq, events.c.action).join(
        events, corrections.c.event_seq == events.c.seq
    )
    told = set()
    for source, event, action in conn.execute(made.order_by(corrections.c.source_id)):
        told.add(event)
        if action not in ("correct", "undo"):
            yield Note("db_correction_untold", {"source": source, "event": event})
    said = select(events.c.seq).where(events.c.action == "correct").order_by(events.c.seq)
    for event in conn.execute(said).scalars():
        if event not in told:
            yield Note("db_event_correction", {"event": event})


def _compare_files(conn: Connection, folder: Path | None) -> tuple[list[Note], int]:
    """Digest the source files that are there; count those that are gone.

    Where a path held several files one after the other, it can only hold one of them now.
    """
    wanted = (
        select(source_files.c.path, source_files.c.sha256)
        .join(source_sheets, source_sheets.c.file_id == source_files.c.id)
        .where(counts(source_sheets, "id"))
        .distinct()
    )
    changed: list[Note] = []
    gone = 0
    recorded = sorted(conn.execute(wanted).all())  # a server would sort by its own language
    for path, rows in groupby(recorded, key=attrgetter("path")):
        digests = [row.sha256 for row in rows]
        file = Path(path) if folder is None else folder / path
        found = _digest(file) if file.is_absolute() or folder is not None else None
        if found is None:
            gone += len(digests)
        elif found in digests:
            gone += len(digests) - 1
        else:
            changed += [Note("db_file_changed", {"path": path, "digest": each}) for each in digests]
    return changed, gone


def _digest(file: Path) -> str | None:
    """Digest a file; None if it is not there, or cannot be read."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
