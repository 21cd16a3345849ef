"""What stands beside the records of a trace: names as the papers have them."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from tracer.model.mark import NO_MARKS, Marks
from tracer.store.among import among
from tracer.store.identities import Identities
from tracer.store.places import Places
from tracer.store.references import Rows
from tracer.store.tables import spellings

__all__ = ["read_marks"]

_ENDS: Final = ("holder", "upstream", "downstream", "reporter")
_RAW: Final = select(spellings.c.id, spellings.c.raw).where(among(spellings.c.id, "ids"))


def read_marks(
    conn: Connection, lists: Iterable[tuple[str, Rows]], names: Identities, places: Places
) -> Marks:
    """Read what stands beside some records.

    Parameters
    ----------
    lists : iterable of (str, Rows)
        Input table, and rows of it.
    names, places
        Who their parties are, and where they stand.
    """
    if not names.decisions:
        return NO_MARKS
    decided = {name: party.decided for name, party in names.parties.items() if party.decided}
    numbers = sorted(number for number, name in names.names.items() if name in decided)
    raw: dict[int, str] = dict(conn.execute(_RAW, {"ids": numbers}).all())
    printed: dict[str, tuple[tuple[str, str], ...]] = {}
    for table, rows in lists:
        for row in rows:
            ends = tuple(_printed(row, raw, names))
            if ends:
                ref = places.ref(table, row.source_id, row.row, row.part)
                printed[ref.record_id] = ends
    return Marks({record: printed[record] for record in sorted(printed)}, decided)


def _printed(
    row: Row[*tuple[Any, ...]], raw: dict[int, str], names: Identities
) -> Iterator[tuple[str, str]]:
    for end in _ENDS:
        number = getattr(row, f"{end}_id", None)
        if number in raw and raw[number] != names.names[number]:
            yield end, raw[number]
