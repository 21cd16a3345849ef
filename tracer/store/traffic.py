"""Totals of the log lane: written per source, read back, and what a delivery covers again."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, func, select

from tracer.model.columns import Arrow, Coded, Column, Same, Vocabulary
from tracer.model.diagnostic import Note
from tracer.model.evidence import RoutingTotal
from tracer.store.among import among
from tracer.store.bulk import bulk_writer
from tracer.store.identities import Identities
from tracer.store.numbering import NumberBook
from tracer.store.places import Places, counts
from tracer.store.record_tables import routing
from tracer.store.spellings import SpellingBook
from tracer.store.tables import retractions, source_files, source_sheets, spellings
from tracer.store.writing import hold_write_lock, next_number

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "ROUTING_OF_NUMBER",
    "ROUTING_OF_SHORTER",
    "ROUTING_TO_PARTIES",
    "CoveredAgain",
    "WrittenTotals",
    "add_routing",
    "assemble_routing",
    "covered_again",
]


def _reading(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return select(
        routing.c.source_id,
        routing.c.row,
        routing.c.last_row,
        routing.c.part,
        routing.c.delivery_id,
        routing.c.upstream_id,
        routing.c.downstream_id,
        routing.c.number,
        routing.c.day,
        routing.c.reporter_id,
        routing.c.messages,
        routing.c.blocked,
        routing.c.parts,
        routing.c.unit,
        routing.c.rows_summed,
    ).where(*conditions, counts(routing))


ROUTING_OF_NUMBER: Final = _reading(
    routing.c.number >= bindparam("number"), routing.c.number < bindparam("beyond")
)
ROUTING_OF_SHORTER: Final = _reading(among(routing.c.number, "prefixes"))
ROUTING_TO_PARTIES: Final = _reading(among(routing.c.downstream_id, "ids"))


@dataclass(frozen=True, slots=True)
class WrittenTotals:
    """The totals of one source as they were written: one after the other.

    Parameters
    ----------
    first : int
        Number of the first.
    count : int
        How many.
    """

    first: int
    count: int


@dataclass(frozen=True, slots=True)
class CoveredAgain:
    """What a source brings once more that an earlier delivery has already.

    Parameters
    ----------
    source_id, path, sheet : int, str, str or None
        The earlier source.
    pairs : int
        Pairs (number, day) of the same hop that both have.
    messages : int
        Accepted messages of the earlier source under these.
    """

    source_id: int
    path: str
    sheet: str | None
    pairs: int
    messages: int


def add_routing(
    conn: Connection,
    source_id: int,
    delivery: int,
    totals: "Iterable[pa.RecordBatch]",
    scratch: Path | None = None,
) -> WrittenTotals:
    """Write the totals of one source.

    Parameters
    ----------
    source_id, delivery : int
        From `sources.add_source` and `sources.add_delivery`.
    totals : iterable of pyarrow.RecordBatch
        With the columns `model.load.TOTALS_COLUMNS`.
    scratch : pathlib.Path or None
        Folder with room for what is on its way.

    Returns
    -------
    WrittenTotals
        Where they stand.
    """
    hold_write_lock(conn)
    names = SpellingBook(conn, source_id)
    first = next_number(conn, routing)
    number = first
    parties = {end: _PartyColumn(names) for end in _PARTIES}
    with bulk_writer(conn, routing, first - 1, scratch=scratch) as writer:
        for batch in totals:
            count = batch.num_rows
            columns: dict[str, Column] = {
                "id": range(number, number + count),
                "source_id": Same(source_id),
                "delivery_id": Same(delivery),
                **{
                    column: parties[end].numbers(batch.column(end))
                    for column, end in zip(_PARTY_COLUMNS, _PARTIES, strict=True)
                },
                **{
                    column: _coded(batch.column(column).dictionary_encode())
                    for column in ("account", "part", "unit", "day")
                },
                "number": Arrow(batch.column("number")),
                **{_COUNTS[name]: _plain(batch.column(name)) for name in _COUNTS},
            }
            writer.write(columns, count, written_before=_PARTY_COLUMNS)
            number += count
    names.close()
    return WrittenTotals(first, number - first)


_PARTIES: Final = ("upstream", "downstream", "reporter")
_PARTY_COLUMNS: Final = ("upstream_id", "downstream_id", "reporter_id")
_COUNTS: Final = {
    "messages": "messages",
    "blocked": "blocked",
    "parts": "parts",
    "rows": "rows_summed",
    "first_row": "row",
    "last_row": "last_row",
    "first_at": "first_at",
    "last_at": "last_at",
}


class _PartyColumn:
    """Puts numbers in place of the names of one column, batch after batch."""

    def __init__(self, names: SpellingBook) -> None:
        self._names = names
        self._dictionary: pa.Array | None = None
        self._words = Vocabulary()
        self._book = NumberBook(self._words)

    def numbers(self, column: "pa.DictionaryArray") -> Column:
        """Give the numbers of the names; a dictionary may hold some that no row has."""
        import pyarrow.compute as pc

        if column.null_count == len(column):
            return Same(None)
        if self._dictionary is None or not column.dictionary.equals(self._dictionary):
            self._dictionary = column.dictionary
            self._words = Vocabulary([*column.dictionary.to_pylist(), None])
            self._book = NumberBook(self._words)
        codes = pc.fill_null(column.indices.cast("int32"), len(self._words) - 1).to_numpy()
        coded = Coded(self._words, array("i", codes.tobytes()))
        # in the order of the totals, not of the dictionary, which is the engine's own
        fresh = [name for _, name in sorted(self._book.missing(coded))]
        self._names.learn(fresh)
        self._book.add({name: self._names[name] for name in fresh})
        if codes.min() == codes.max():
            return Same(self._names.find(self._words[int(codes[0])]))
        return self._book.numbers(coded)


def _coded(column: "pa.DictionaryArray") -> Coded | Same:
    """Take a column of few values apart into these and the places of each."""
    import pyarrow.compute as pc

    values = column.dictionary.to_pylist()
    if column.null_count == len(column):
        return Same(None)
    codes = column.indices
    bounds = pc.min_max(codes).as_py()
    if column.null_count == 0 and bounds["min"] == bounds["max"]:
        return Same(values[bounds["min"]])
    if column.null_count:
        codes = pc.fill_null(codes, len(values))
        values.append(None)
    return Coded(Vocabulary(values), array("i", codes.cast("int32").to_numpy().tobytes()))


def _plain(column: "pa.Array") -> Column:
    """Take a column of whole numbers."""
    import pyarrow.compute as pc

    if column.null_count == len(column):
        return Same(None)
    bounds = pc.min_max(column).as_py()
    if column.null_count == 0 and bounds["min"] == bounds["max"]:
        return Same(bounds["min"])
    return Arrow(column)


def assemble_routing(
    rows: Sequence[Row[*tuple[Any, ...]]], names: Identities, places: Places
) -> tuple[tuple[RoutingTotal, ...], tuple[Note, ...]]:
    """Make totals of the rows that one of the statements above gives.

    Returns
    -------
    tuple
        The totals, by (number, day, upstream, downstream, reporter, place), and notes on rows
        left out because both ends turned out to be one party.
    """
    made: list[RoutingTotal] = []
    notes: list[Note] = []
    for row in rows:
        ref = places.ref("routing", row.source_id, row.row, row.part, row.last_row)
        upstream, downstream = names.names[row.upstream_id], names.names[row.downstream_id]
        if upstream == downstream:
            values = {"record": ref.record_id, "party": upstream}
            notes.append(Note("same_party_both_ends", values))
            continue
        made.append(
            RoutingTotal(
                ref=ref,
                upstream=upstream,
                downstream=downstream,
                number=row.number,
                day=row.day,
                reporter=None if row.reporter_id is None else names.names[row.reporter_id],
                delivery=row.delivery_id,
                messages=row.messages,
                blocked=row.blocked,
                parts=row.parts,
                unit=row.unit,
                rows=row.rows_summed,
            )
        )
    made.sort(key=_order)
    return tuple(made), tuple(notes)


def _order(total: RoutingTotal) -> tuple[object, ...]:
    ref = total.ref
    hop = (total.number, total.day, total.upstream, total.downstream, total.reporter or "")
    return (*hop, ref.digest, ref.sheet_no, ref.row, ref.part, ref.path)


def covered_again(
    conn: Connection, source_id: int, written: WrittenTotals
) -> tuple[CoveredAgain, ...]:
    """Tell what of a source's hops, numbers and days other deliveries have handed in already.

    Names are compared folded; a name and a credit code are not taken for one party here.

    Parameters
    ----------
    source_id : int
        The source.
    written : WrittenTotals
        Where its totals stand (`add_routing`).
    """
    if not _has_other_deliveries(conn, source_id):
        return ()
    new, old = routing.alias("new"), routing.alias("old")
    new_up, new_down = spellings.alias("new_up"), spellings.alias("new_down")
    old_up, old_down = spellings.alias("old_up"), spellings.alias("old_down")
    # The new source may hold a hop, number and day in several totals: each counts once.
    fresh = (
        select(
            new_up.c.folded.label("up"),
            new_down.c.folded.label("down"),
            new.c.number,
            new.c.day,
            new.c.delivery_id,
        )
        .join(new_up, new.c.upstream_id == new_up.c.id)
        .join(new_down, new.c.downstream_id == new_down.c.id)
        .where(new.c.id >= written.first, new.c.id < written.first + written.count)
        .distinct()
        .subquery("fresh")
    )
    hop = (
        select(
            old.c.source_id,
            old.c.number,
            old.c.day,
            func.sum(old.c.messages).label("messages"),
        )
        .select_from(fresh)
        .join(
            old,
            and_(
                old.c.number == fresh.c.number,
                old.c.day == fresh.c.day,
                old.c.delivery_id != fresh.c.delivery_id,
            ),
        )
        .join(old_up, and_(old.c.upstream_id == old_up.c.id, old_up.c.folded == fresh.c.up))
        .join(
            old_down,
            and_(old.c.downstream_id == old_down.c.id, old_down.c.folded == fresh.c.down),
        )
        .outerjoin(retractions, retractions.c.source_id == old.c.source_id)
        .where(retractions.c.source_id.is_(None))
        .group_by(old.c.source_id, old.c.number, old.c.day)
        .subquery("hop")
    )
    wanted = (
        select(
            hop.c.source_id,
            source_files.c.path,
            source_sheets.c.sheet,
            func.count(),
            func.sum(hop.c.messages),
        )
        .join(source_sheets, hop.c.source_id == source_sheets.c.id)
        .join(source_files, source_sheets.c.file_id == source_files.c.id)
        .group_by(hop.c.source_id, source_files.c.path, source_sheets.c.sheet)
        .order_by(hop.c.source_id)
    )
    return tuple(
        CoveredAgain(source, path, sheet, pairs, int(messages))
        for source, path, sheet, pairs, messages in conn.execute(wanted)
    )


def _has_other_deliveries(conn: Connection, source_id: int) -> bool:
    """Tell whether another load command brought a log: if none did, millions need no look."""
    mine = select(source_sheets.c.delivery_id).where(source_sheets.c.id == source_id)
    others = (
        select(source_sheets.c.id)
        .where(source_sheets.c.input_table == "routing")
        .where(source_sheets.c.delivery_id != mine.scalar_subquery())
        .where(counts(source_sheets, "id"))
        .limit(1)
    )
    return conn.execute(others).first() is not None
