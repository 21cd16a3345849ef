"""Records of the paper lane: written per source, raw cells beside the typed values."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table

from tracer.model.columns import Coded, Column, Same, Vocabulary, each_value, map_column
from tracer.model.paper import AllocationRow, ContractRow, OpeningRow, PaperRow
from tracer.model.paper_columns import PaperColumns, raw_text
from tracer.model.segment import Segment
from tracer.store.bulk import BulkWriter, bulk_writer
from tracer.store.case import case_info
from tracer.store.documents import DocumentShelf
from tracer.store.layouts import LAYOUTS, Layout
from tracer.store.numbering import NumberBook
from tracer.store.record_tables import RECORD_TABLES
from tracer.store.spellings import SpellingBook
from tracer.store.writing import BATCH, hold_write_lock, insert_rows, next_number

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


def add_records(
    conn: Connection,
    source_id: int,
    rows: Iterable[PaperRow | PaperColumns],
    find_document: Callable[[str], int] | None = None,
    scratch: Path | None = None,
) -> int:
    """Write the records read from one source. Returns how many.

    Parameters
    ----------
    source_id : int
        From `sources.add_source`.
    rows : Iterable
        Records, one by one or many as columns; taken a few thousand at a time.
    find_document : callable, optional
        Given the path by which a row names its document, records it and returns its number;
        see `documents.DocumentShelf` for what holds without it.
    scratch : pathlib.Path or None
        Folder with room for what is on its way.
    """
    hold_write_lock(conn)
    with ExitStack() as tables:
        shelf = DocumentShelf(conn, find_document)
        writer = _Writer(conn, source_id, shelf, tables, scratch)
        batch: list[PaperRow] = []
        for row in rows:
            if isinstance(row, PaperColumns):
                writer.write_rows(batch)
                writer.write_columns(row)
                batch = []
                continue
            batch.append(row)
            if len(batch) >= BATCH:
                writer.write_rows(batch)
                batch = []
        writer.write_rows(batch)
        writer.names.close()
    return writer.count


class _Writer:
    """Writes records of one source, table by table."""

    def __init__(
        self,
        conn: Connection,
        source_id: int,
        documents: DocumentShelf,
        tables: ExitStack,
        scratch: Path | None,
    ) -> None:
        self._conn = conn
        self._source_id = source_id
        self._documents = documents
        self._zone = ZoneInfo(case_info(conn).timezone)
        self._next: dict[str, int] = {}
        self._tables = tables
        self._scratch = scratch
        self._writers: dict[str, BulkWriter] = {}
        self._books: dict[int, NumberBook] = {}
        self.names = SpellingBook(conn, source_id)
        self.count = 0

    def write_rows(self, records: list[PaperRow]) -> None:
        """Write records given one by one."""
        for kind, same in groupby(records, key=type):
            self._write(LAYOUTS[kind], list(same))

    def _write(self, layout: Layout, records: list[PaperRow]) -> None:
        parties = [layout.parties(record) for record in records]
        self.names.learn(name for named in parties for name, _ in named if name is not None)
        for named in parties:
            for name, code in named:
                if name is not None and code is not None:
                    self.names.note_code(name, code)
        first = self._first_number(layout, len(records))
        self._bulk(layout.table, first).expect(len(records))
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
            raw_text(place.raw),
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
        self._bulk(layout.segments, first).expect(len(rows))
        insert_rows(self._conn, layout.segments, (owner, "prefix", "stated"), rows)

    def write_columns(self, records: PaperColumns) -> None:
        """Write records given as columns."""
        layout, fields = LAYOUTS[records.record], records.fields
        names = self._numbered([fields[name] for name in layout.names], self._learn_names)
        (papers,) = self._numbered([fields["document"]], self._learn_papers)
        for name, code in layout.names.items():
            if code is not None:
                for party, uscc in _pairs(fields[name], fields[code], records.count):
                    self.names.note_code(party, uscc)
        first = self._first_number(layout, records.count)
        parties = tuple(f"{name}_id" for name in layout.names)
        columns: dict[str, Column] = {
            "id": range(first, first + records.count),
            "source_id": Same(self._source_id),
            "row": records.rows,
            "part": Same(""),
            "raw": records.raw,
            "document_id": papers,
            **{name: fields[name] for name in ("page", "obtained_from", "obtained_on")},
            **dict(zip(parties, names, strict=True)),
            **layout.columns_of(records, self._zone),
        }
        self._bulk(layout.table, first).write(columns, records.count, written_before=parties)
        if layout.segments is not None:
            self._write_segment_columns(layout.segments, first, fields["segments"], records.count)
        self.count += records.count

    def _learn_names(self, names: list[str]) -> list[int]:
        self.names.learn(names)
        return [self.names[name] for name in names]

    def _learn_papers(self, paths: list[str]) -> list[int]:
        return [number for path in paths if (number := self._documents.number(path)) is not None]

    def _numbered(
        self, columns: list[Column], learn: Callable[[list[str]], list[int]]
    ) -> list[Column]:
        """Put numbers in place of texts, those new first that come first: by row, then column."""
        books = [self._number_book(column) for column in columns]
        fresh = [
            (row, place, text)
            for place, (book, column) in enumerate(zip(books, columns, strict=True))
            for row, text in book.missing(column)
        ]
        fresh.sort(key=itemgetter(0, 1))
        texts = list(dict.fromkeys(text for _, _, text in fresh))
        found = dict(zip(texts, learn(texts), strict=True))
        for book in books:
            book.add(found)
        return [book.numbers(column) for book, column in zip(books, columns, strict=True)]

    def _number_book(self, column: Column) -> NumberBook:
        if not isinstance(column, Coded):
            return NumberBook()
        # the column is kept by the book, so its vocabulary cannot give way to another
        return self._books.setdefault(id(column.values), NumberBook(column.values))

    def _write_segment_columns(self, table: Table, first: int, column: Column, count: int) -> None:
        owner = table.c[0].name
        written: dict[str, Column]
        if isinstance(column, Coded) and not _several(column.values):
            written = {
                owner: range(first, first + count),
                "prefix": map_column(column, _first_prefix),
                "stated": map_column(column, _first_stated),
            }
        else:
            rows = [
                (number, segment)
                for number, named in enumerate(each_value(column, count), start=first)
                for segment in named
            ]
            count = len(rows)
            written = {
                owner: [number for number, _ in rows],
                "prefix": [segment.prefix for _, segment in rows],
                "stated": [segment.stated for _, segment in rows],
            }
        if count:
            self._bulk(table, first).write(written, count, written_before=(owner,))

    def _bulk(self, table: Table, first: int) -> BulkWriter:
        if table.name not in self._writers:
            # rows of few and short columns are as fast without
            scratch = self._scratch if table.name in RECORD_TABLES else None
            bulk = bulk_writer(self._conn, table, first - 1, scratch=scratch)
            self._writers[table.name] = self._tables.enter_context(bulk)
        return self._writers[table.name]


def _several(segments: Vocabulary) -> bool:
    """Tell whether any cell names none or several segments; one that is none says nothing."""
    return False in segments.changed(_is_one)


def _is_one(named: tuple[Segment, ...] | None) -> bool:
    return named is None or len(named) == 1


def _first_prefix(named: tuple[Segment, ...]) -> str | None:
    return named[0].prefix if named else None


def _first_stated(named: tuple[Segment, ...]) -> str | None:
    return named[0].stated if named else None


def _pairs(parties: Column, codes: Column, count: int) -> Iterable[tuple[str, str]]:
    """Give the parties for which a credit code is stated, with it."""
    if codes == Same(None):
        return ()
    pairs = set(zip(each_value(parties, count), each_value(codes, count), strict=False))
    return ((party, code) for party, code in pairs if party is not None and code is not None)
