"""Verifying that a database is what it was recorded to be."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, distinct, func, select

from tracer.errors import UsageError
from tracer.model.diagnostic import Note
from tracer.store.engine import HEAD, schema_version, shown
from tracer.store.events import verify_events
from tracer.store.places import counts
from tracer.store.record_tables import RECORD_TABLES, routing
from tracer.store.sources import SourceEntry, list_sources
from tracer.store.tables import rejected_rows, source_files, source_sheets, source_totals
from tracer.store.upgrade import schema_differences

__all__ = ["check"]


def check(engine: Engine, folder: Path | None = None) -> tuple[Note, ...]:
    """Verify a database: schema, references, counts, custody log, source files still there.

    Parameters
    ----------
    engine : Engine
        From `plain_engine` or `open_engine`.
    folder : Path, optional
        Where relative paths of source files begin. A file that is no longer there is nothing
        amiss; without a folder only absolute paths are looked up.

    Returns
    -------
    tuple of Note
        What is amiss, one entry each; empty when all is well.

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
        return (
            *(Note("db_schema", {"difference": line}) for line in schema_differences(conn)),
            *_check_references(conn),
            *_check_counts(conn),
            *_check_events(conn),
            *_check_files(conn, folder),
        )


def _check_references(conn: Connection) -> Iterator[Note]:
    """Ask SQLite whether its pages and references hold; a server enforces them always."""
    if conn.dialect.name != "sqlite":
        return
    for (line,) in conn.exec_driver_sql("PRAGMA integrity_check"):
        if line != "ok":
            yield Note("db_integrity", {"detail": line})
    for table, row, target, _ in conn.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Note("db_reference", {"table": table, "row": row or 0, "target": target})


def _check_counts(conn: Connection) -> Iterator[Note]:
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
    for entry in list_sources(conn):
        if entry.id not in finished:
            yield Note("db_unfinished", {"source": entry.id, "path": entry.sheet.path})
            continue
        table = entry.sheet.table
        found = (loaded.get((table, entry.id), 0), rejected.get(entry.id, 0))
        yield from _compare(entry, *found)
    strays = loaded.keys() - {(entry.sheet.table, entry.id) for entry in list_sources(conn)}
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


def _check_events(conn: Connection) -> Iterator[Note]:
    broken = verify_events(conn)
    if broken is not None:
        yield Note("db_event_chain", {"event": broken})


def _check_files(conn: Connection, folder: Path | None) -> Iterator[Note]:
    wanted = (
        select(source_files.c.path, source_files.c.sha256)
        .join(source_sheets, source_sheets.c.file_id == source_files.c.id)
        .distinct()
        .order_by(source_files.c.path, source_files.c.sha256)
    )
    for path, digest in conn.execute(wanted.where(counts(source_sheets, "id"))):
        file = Path(path) if folder is None else folder / path
        if file.is_absolute() and file.is_file() and _digest(file) != digest:
            yield Note("db_file_changed", {"path": path, "digest": digest})


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
