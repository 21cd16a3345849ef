"""Records of the paper lane: written per source, raw cells beside the typed values."""

import json
from collections.abc import Callable, Iterable
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from tracer.model.paper import AllocationRow, ContractRow, OpeningRow, PaperRow
from tracer.store.case import case_info
from tracer.store.documents import DocumentShelf
from tracer.store.layouts import LAYOUTS, Layout
from tracer.store.spellings import SpellingBook
from tracer.store.writing import batches, hold_write_lock, insert_rows, next_number

__all__ = ["add_records"]

_PLACE = (
    "id",
    "source_id",
    "row",
    "part",
    "raw",
    "document_id",
    "page",
    "obtained_from",
    "obtained_on",
)
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def add_records(
    conn: Connection,
    source_id: int,
    rows: Iterable[PaperRow],
    find_document: Callable[[str], int] | None = None,
) -> int:
    """Write the records read from one source. Returns how many.

    Parameters
    ----------
    source_id : int
        From `sources.add_source`.
    rows : Iterable
        Taken a few thousand at a time.
    find_document : callable, optional
        Given the path by which a row names its document, records it and returns its number;
        see `documents.DocumentShelf` for what holds without it.
    """
    hold_write_lock(conn)
    writer = _Writer(conn, source_id, DocumentShelf(conn, find_document))
    for batch in batches(rows):
        for kind, same in groupby(batch, key=type):
            writer.write(LAYOUTS[kind], list(same))
    writer.names.close()
    return writer.count


class _Writer:
    """Writes records of one source, table by table."""

    def __init__(self, conn: Connection, source_id: int, documents: DocumentShelf) -> None:
        self._conn = conn
        self._source_id = source_id
        self._documents = documents
        self._zone = ZoneInfo(case_info(conn).timezone)
        self._next: dict[str, int] = {}
        self.names = SpellingBook(conn, source_id)
        self.count = 0

    def write(self, layout: Layout, records: list[PaperRow]) -> None:
        """Write records of one table."""
        parties = [layout.parties(record) for record in records]
        self.names.learn(name for named in parties for name, _ in named if name is not None)
        for named in parties:
            for name, code in named:
                if name is not None and code is not None:
                    self.names.note_code(name, code)
        first = self._first_number(layout, len(records))
        name_columns = tuple(f"{name}_id" for name in layout.names)
        insert_rows(
            self._conn,
            layout.table,
            (*_PLACE, *name_columns, *layout.columns),
            [
                (
                    *self._place(first + place, record),
                    *[None if name is None else self.names[name] for name, _ in named],
                    *layout.values(record, self._zone),
                )
                for place, (record, named) in enumerate(zip(records, parties, strict=True))
            ],
        )
        self._write_segments(layout, first, records)
        self.count += len(records)

    def _first_number(self, layout: Layout, count: int) -> int:
        table = layout.table
        if table.name not in self._next:
            self._next[table.name] = next_number(self._conn, table)
        first = self._next[table.name]
        self._next[table.name] += count
        return first

    def _place(self, number: int, record: PaperRow) -> tuple[object, ...]:
        place = record.provenance
        return (
            number,
            self._source_id,
            place.ref.row,
            place.ref.part,
            _ENCODE(place.raw),
            self._documents.number(place.document),
            place.page,
            place.obtained_from,
            place.obtained_on,
        )

    def _write_segments(self, layout: Layout, first: int, records: list[PaperRow]) -> None:
        if layout.segments is None:
            return
        owner = layout.segments.c[0].name
        rows = [
            (number, segment.prefix, segment.stated)
            for number, record in enumerate(records, start=first)
            if isinstance(record, AllocationRow | ContractRow | OpeningRow)
            for segment in record.segments
        ]
        insert_rows(self._conn, layout.segments, (owner, "prefix", "stated"), rows)
