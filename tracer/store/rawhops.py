"""The routing totals of one hop as they stand in the database, names as the logs write them."""

from typing import Final

from sqlalchemy import Connection, bindparam, select

from tracer.model.party import fold_party
from tracer.model.period import Period
from tracer.model.rawhop import HopTotal
from tracer.model.source import record_id
from tracer.store.identities import Identities, identify_names
from tracer.store.places import counts
from tracer.store.record_tables import routing
from tracer.store.tables import source_files, source_sheets, spellings
from tracer.store.writing import batches

__all__ = ["fetch_hop_totals", "name_party"]


_upstream = spellings.alias("upstream")
_downstream = spellings.alias("downstream")
_reporter = spellings.alias("reporter")
_TOTALS: Final = (
    select(
        routing.c.source_id,
        source_files.c.sha256,
        source_sheets.c.sheet_no,
        routing.c.row,
        routing.c.last_row,
        routing.c.part,
        routing.c.upstream_id,
        _upstream.c.raw.label("upstream"),
        _downstream.c.raw.label("downstream"),
        routing.c.number,
        routing.c.day,
        _reporter.c.raw.label("reporter"),
        routing.c.account,
        routing.c.delivery_id,
        routing.c.messages,
        routing.c.blocked,
        routing.c.parts,
        routing.c.unit,
        routing.c.rows_summed,
    )
    .join(source_sheets, routing.c.source_id == source_sheets.c.id)
    .join(source_files, source_sheets.c.file_id == source_files.c.id)
    .join(_upstream, routing.c.upstream_id == _upstream.c.id)
    .join(_downstream, routing.c.downstream_id == _downstream.c.id)
    .outerjoin(_reporter, routing.c.reporter_id == _reporter.c.id)
    .where(
        routing.c.number >= bindparam("number"),
        routing.c.number < bindparam("beyond"),
        routing.c.downstream_id.in_(bindparam("below", expanding=True)),
        counts(routing),
    )
)


def name_party(conn: Connection, text: str) -> tuple[str, frozenset[int]] | None:
    """Find a party by any spelling of its name, or by its credit code.

    Returns
    -------
    tuple or None
        Its canonical name and the numbers of its spellings; None if nothing is on record of it.
    """
    found = identify_names(conn, [text])
    name = _chosen(found, text)
    if name is None:
        return None
    return name, frozenset(number for number, told in found.names.items() if told == name)


def _chosen(found: Identities, text: str) -> str | None:
    known = sorted(found.parties.values(), key=lambda party: party.name)
    if not found.names:
        return None
    folded = fold_party(text)
    for party in known:
        if folded in {fold_party(party.name), *(fold_party(each) for each in party.spellings)}:
            return party.name
    return next((party.name for party in known if party.uscc == folded), known[0].name)


def fetch_hop_totals(
    conn: Connection,
    number: str,
    upstream: frozenset[int],
    downstream: frozenset[int],
    window: Period,
) -> tuple[HopTotal, ...]:
    """Fetch the totals of a hop: numbers that begin with `number`, days of a window.

    Parameters
    ----------
    upstream, downstream : frozenset of int
        Numbers of the spellings of both ends (`name_party`).

    Returns
    -------
    tuple of HopTotal
        By source, number, day, first row.
    """
    made: list[HopTotal] = []
    for below in batches(sorted(downstream)):
        scope = {"number": number, "beyond": number + ":", "below": below}
        for row in conn.execute(_TOTALS, scope):
            if row.upstream_id in upstream and window.contains(row.day):
                record = record_id("routing", row.sha256, row.sheet_no, row.row, row.part)
                made.append(
                    HopTotal(
                        source_id=row.source_id,
                        record=record,
                        row=row.row,
                        last_row=row.last_row,
                        part=row.part,
                        upstream=row.upstream,
                        downstream=row.downstream,
                        number=row.number,
                        day=row.day,
                        reporter=row.reporter or "",
                        account=row.account or "",
                        delivery=row.delivery_id,
                        messages=row.messages,
                        blocked=row.blocked,
                        parts=row.parts,
                        unit=row.unit,
                        rows=row.rows_summed,
                    )
                )
    made.sort(key=lambda total: (total.source_id, total.number, total.day, total.row, total.part))
    return tuple(made)
