"""Records put right: a corrected one is written in the place of the one on record.

Nothing is changed in place. The corrected record stands in a sheet of its own, of the same file and
row, so that it bears the name of the record; `corrections` says in whose place it stands. What it
does not say otherwise is taken over column by column, masked people among it.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, and_, exists, or_, select

from tracer.model.load import SourceSheet
from tracer.model.paper import AllocationRow, ContractRow, OpeningRow, PaperRow
from tracer.model.source import record_id
from tracer.store.case import case_info
from tracer.store.documents import DocumentShelf
from tracer.store.layouts import LAYOUTS, Layout
from tracer.store.places import counts
from tracer.store.record_tables import RECORD_TABLES
from tracer.store.spellings import SpellingBook
from tracer.store.tables import (
    corrections,
    retractions,
    source_files,
    source_sheets,
    unstated,
)
from tracer.store.writing import insert_rows, next_number

__all__ = ["StoredRecord", "find_record", "record_counts", "replace_record"]

_NAME: Final = re.compile(r"([a-z]+):([0-9a-f]{16})(?:/(\d+))?:(\d+)(?:\.(.+))?")
_BY_TABLE: Final = {layout.table.name: layout for layout in LAYOUTS.values()}
_SHEET: Final = ("file_id", "sheet_no", "sheet", "input_table", "encoding", "header_row",
                 "settings", "delivery_id")  # fmt: skip


@dataclass(frozen=True)
class StoredRecord:
    """A record of the papers as it counts now.

    Parameters
    ----------
    name : str
        Its stable name.
    table : str
        Input table.
    values : Mapping
        Its columns.
    raw : tuple of (str, str)
        Header and text of its cells, as the paper has them.
    source : SourceSheet
        The sheet it was read from.
    root : int
        Number of that source.
    """

    name: str
    table: str
    values: Mapping[str, Any]
    raw: tuple[tuple[str, str], ...]
    source: SourceSheet
    root: int


def find_record(conn: Connection, name: str) -> StoredRecord | None:
    """Find the record of a stable name that counts; None if there is none.

    Logs have no such records: their totals are of many rows.
    """
    told = _NAME.fullmatch(name.strip())
    if told is None or told[1] not in _BY_TABLE:
        return None
    table = RECORD_TABLES[told[1]]
    wanted = (
        select(table, source_files, source_sheets)
        .join(source_sheets, table.c.source_id == source_sheets.c.id)
        .join(source_files, source_sheets.c.file_id == source_files.c.id)
        .where(
            source_files.c.sha256.like(f"{told[2]}%"),
            source_sheets.c.sheet_no == int(told[3] or 0),
            source_sheets.c.input_table == told[1],
            table.c.row == int(told[4]),
            table.c.part == (told[5] or ""),
            counts(table),
        )
    )
    found = conn.execute(wanted).mappings().first()
    if found is None:
        return None
    values = {column.name: found[column] for column in table.columns}
    files, sheets = source_files.c, source_sheets.c
    source = SourceSheet(
        path=found[files.path],
        sheet_no=found[sheets.sheet_no],
        sheet=found[sheets.sheet],
        sha256=found[files.sha256],
        sm3=found[files.sm3],
        size=found[files.size],
        table=told[1],
        encoding=found[sheets.encoding],
        header_row=found[sheets.header_row],
        settings=tuple((key, value) for key, value in json.loads(found[sheets.settings])),
    )
    root = select(corrections.c.root_id).where(corrections.c.source_id == values["source_id"])
    name = record_id(told[1], source.sha256, source.sheet_no, values["row"], values["part"])
    raw = tuple((title, text) for title, text in json.loads(values["raw"]))
    first = conn.execute(root).scalar()
    return StoredRecord(name, told[1], values, raw, source, first or values["source_id"])


def record_counts(conn: Connection, name: str) -> bool:
    """Tell whether a record or routing total of a stable name is on record and counts."""
    told = _NAME.fullmatch(name)
    if told is None or told[1] not in RECORD_TABLES:
        return False
    table = RECORD_TABLES[told[1]]
    there = (
        select(table.c.id)
        .join(source_sheets, table.c.source_id == source_sheets.c.id)
        .join(source_files, source_sheets.c.file_id == source_files.c.id)
        .where(
            source_files.c.sha256.like(f"{told[2]}%"),
            source_sheets.c.sheet_no == int(told[3] or 0),
            source_sheets.c.input_table == told[1],
            table.c.row == int(told[4]),
            table.c.part == (told[5] or ""),
            counts(table),
        )
        .limit(1)
    )
    return conn.execute(there).first() is not None


def replace_record(
    conn: Connection, record: StoredRecord, read: PaperRow, reread: PaperRow, event: int
) -> int:
    """Write a record in the place of one that counts.

    Parameters
    ----------
    record : StoredRecord
        The one that counts.
    read, reread : PaperRow
        What its cells said so far, and what they say now: only what differs is written anew.
    event : int
        The event that says who did it and why.

    Returns
    -------
    int
        Number of the sheet it stands in.
    """
    layout = _BY_TABLE[record.table]
    sheet = _new_sheet(conn, record)
    changed = _changes(conn, layout, read, reread)
    book = SpellingBook(conn, sheet)
    named: list[tuple[str, str | None]] = [
        (name, code) for name, code in layout.parties(reread) if name is not None
    ]
    book.learn(name for name, _ in named)
    for name, code in named:
        book.note_code(name, code)
    for attribute in layout.names:
        before, after = getattr(read, attribute), getattr(reread, attribute)
        if before != after:
            changed[f"{attribute}_id"] = book.find(after)
    book.close()
    number = next_number(conn, layout.table)
    values = {**record.values, **changed, "id": number, "source_id": sheet}
    insert_rows(conn, layout.table, tuple(values), [tuple(values.values())])
    _copy_segments(conn, layout, record, reread if _segments(read) != _segments(reread) else None,
                   number)  # fmt: skip
    old = record.values
    place = (sheet, old["source_id"], old["row"], old["part"], record.root, event)
    columns = ("source_id", "of_source_id", "row", "part", "root_id", "event_seq")
    insert_rows(conn, corrections, columns, [place])
    _unstate(conn, layout, record, event)
    return sheet


def _new_sheet(conn: Connection, record: StoredRecord) -> int:
    told = conn.execute(
        select(*(source_sheets.c[name] for name in _SHEET)).where(source_sheets.c.id == record.root)
    ).one()
    number = next_number(conn, source_sheets)
    insert_rows(conn, source_sheets, ("id", *_SHEET), [(number, *told)])
    return number


def _changes(
    conn: Connection, layout: Layout, read: PaperRow, reread: PaperRow
) -> dict[str, object]:
    zone = ZoneInfo(case_info(conn).timezone)
    before, after = layout.values(read, zone), layout.values(reread, zone)
    changed: dict[str, object] = {
        name: new
        for name, old, new in zip(layout.columns, before, after, strict=True)
        if old != new
    }
    one, other = read.provenance, reread.provenance
    for name in ("page", "obtained_from", "obtained_on"):
        if getattr(one, name) != getattr(other, name):
            changed[name] = getattr(other, name)
    if one.document != other.document:
        changed["document_id"] = DocumentShelf(conn).number(other.document)
    return changed


def _segments(record: PaperRow) -> tuple[Any, ...]:
    return record.segments if isinstance(record, AllocationRow | ContractRow | OpeningRow) else ()


def _copy_segments(
    conn: Connection, layout: Layout, record: StoredRecord, reread: PaperRow | None, number: int
) -> None:
    if layout.segments is None:
        return
    owner = layout.segments.c[0]
    columns = (owner.name, "prefix", "stated")
    if reread is not None:
        rows = [(number, each.prefix, each.stated) for each in _segments(reread)]
    else:
        known = select(layout.segments.c.prefix, layout.segments.c.stated).where(
            owner == record.values["id"]
        )
        rows = [(number, prefix, stated) for prefix, stated in conn.execute(known)]
    insert_rows(conn, layout.segments, columns, rows)


def _unstate(conn: Connection, layout: Layout, record: StoredRecord, event: int) -> None:
    """Take back names and codes that the sheet stated with this record only."""
    source = record.values["source_id"]
    if source != record.root:  # a sheet of one record: with it, all that it states is gone
        insert_rows(conn, retractions, ("source_id", "event_seq"), [(source, event)])
        return
    gone = set()
    for name, code in layout.names.items():
        spelling = record.values[f"{name}_id"]
        if spelling is None:
            continue
        if not _is_stated(conn, layout, source, spelling, None):
            gone.add((source, spelling, "", event))
        uscc = record.values[code] if code else None
        if uscc and not _is_stated(conn, layout, source, spelling, uscc):
            gone.add((source, spelling, uscc.upper(), event))
    known = {
        tuple(row)
        for row in conn.execute(
            select(unstated.c.spelling_id, unstated.c.uscc).where(unstated.c.source_id == source)
        )
    }
    rows = sorted(row for row in gone if (row[1], row[2]) not in known)
    insert_rows(conn, unstated, ("source_id", "spelling_id", "uscc", "event_seq"), rows)


def _is_stated(
    conn: Connection, layout: Layout, source: int, spelling: int, uscc: str | None
) -> bool:
    table: Table = layout.table
    ends = []
    for name, code in layout.names.items():
        is_named = table.c[f"{name}_id"] == spelling
        if uscc is None:
            ends.append(is_named)
        elif code is not None:
            ends.append(and_(is_named, table.c[code] == uscc))
    there = select(exists().where(table.c.source_id == source, or_(*ends), counts(table)))
    return bool(conn.execute(there).scalar())
