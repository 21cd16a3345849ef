"""What stands beside the records of a trace: names as printed, corrections."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from tracer.model.mark import NO_MARKS, Marks
from tracer.store.among import among
from tracer.store.decisions import read_said
from tracer.store.identities import Identities
from tracer.store.places import Places
from tracer.store.references import Rows
from tracer.store.tables import spellings

__all__ = ["read_marks"]

_ENDS: Final = ("holder", "upstream", "downstream", "reporter")
_RAW: Final = select(spellings.c.id, spellings.c.raw).where(among(spellings.c.id, "ids"))


def read_marks(
    conn: Connection, lists: Sequence[tuple[str, Rows]], names: Identities, places: Places
) -> Marks:
    """Read what stands beside some records; of most cases, nothing does.

    Parameters
    ----------
    lists : sequence of (str, Rows)
        Input table, and rows of it.
    names, places
        Who their parties are, and where they stand.
    """
    said = read_said(conn)
    if not (names.decisions or said.corrections):
        return NO_MARKS
    here = {
        places.ref(table, row.source_id, row.row, row.part).record_id: row
        for table, rows in lists
        for row in rows
    }
    decided = {name: party.decided for name, party in names.parties.items() if party.decided}
    return Marks(
        printed=dict(_printed(conn, here, names, decided)) if decided else {},
        decided=decided,
        corrections={each: said.corrections[each] for each in said.corrections if each in here},
    )


def _printed(
    conn: Connection,
    here: dict[str, Row[*tuple[Any, ...]]],
    names: Identities,
    decided: Iterable[str],
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Give the names in each record that are not the canonical ones of decided parties."""
    known = set(decided)
    numbers = sorted(number for number, name in names.names.items() if name in known)
    raw: dict[int, str] = dict(conn.execute(_RAW, {"ids": numbers}).all())
    for record in sorted(here):
        row = here[record]
        ends = ((end, getattr(row, f"{end}_id", None)) for end in _ENDS)
        told = tuple(
            (end, raw[number])
            for end, number in ends
            if number in raw and raw[number] != names.names[number]
        )
        if told:
            yield record, told
