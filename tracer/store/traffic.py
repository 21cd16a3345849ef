"""Totals of the log lane: written per source, read back, and what a delivery covers again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, func, select

from tracer.model.diagnostic import Note
from tracer.model.evidence import RoutingTotal
from tracer.model.load import RoutingRow
from tracer.store.identities import Identities
from tracer.store.places import Places, counts
from tracer.store.record_tables import routing
from tracer.store.spellings import SpellingBook
from tracer.store.tables import retractions, source_files, source_sheets, spellings
from tracer.store.writing import batches, hold_write_lock, insert_rows, next_number

__all__ = [
    "ROUTING_OF_NUMBER",
    "ROUTING_OF_SHORTER",
    "ROUTING_TO_PARTIES",
    "CoveredAgain",
    "add_routing",
    "assemble_routing",
    "covered_again",
]

_COLUMNS = (
    "id",
    "source_id",
    "delivery_id",
    "row",
    "last_row",
    "part",
    "upstream_id",
    "downstream_id",
    "number",
    "day",
    "reporter_id",
    "account",
    "messages",
    "blocked",
    "parts",
    "unit",
    "rows_summed",
    "first_at",
    "last_at",
)


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
ROUTING_OF_SHORTER: Final = _reading(routing.c.number.in_(bindparam("prefixes", expanding=True)))
ROUTING_TO_PARTIES: Final = _reading(routing.c.downstream_id.in_(bindparam("ids", expanding=True)))


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


def add_routing(conn: Connection, source_id: int, delivery: int, rows: Iterable[RoutingRow]) -> int:
    """Write the totals of one source. Returns how many."""
    hold_write_lock(conn)
    names = SpellingBook(conn, source_id)
    first = next_number(conn, routing)
    number = first
    for batch in batches(rows):
        names.learn(name for row in batch for name in _names(row))
        written = []
        for row in batch:
            where = (number, source_id, delivery, row.first_row, row.last_row, row.part)
            hop = (names[row.upstream], names[row.downstream], row.number, row.day)
            reporter = None if row.reporter is None else names[row.reporter]
            counts = (row.messages, row.blocked, row.parts, row.unit, row.rows)
            times = (row.first_at, row.last_at)
            written.append((*where, *hop, reporter, row.account, *counts, *times))
            number += 1
        insert_rows(conn, routing, _COLUMNS, written)
    names.close()
    return number - first


def _names(row: RoutingRow) -> tuple[str, ...]:
    ends = (row.upstream, row.downstream)
    return ends if row.reporter is None else (*ends, row.reporter)


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


def covered_again(conn: Connection, source_id: int) -> tuple[CoveredAgain, ...]:
    """Tell what of a source's hops, numbers and days other deliveries have handed in already.

    Names are compared folded; a name and a credit code are not taken for one party here.
    """
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
        .where(new.c.source_id == source_id)
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
