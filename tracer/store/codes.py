"""The codes on record: scopes that between them hold every record that names a number.

A code is a longest stretch of numbers somebody is allocated: an allocated segment that is under
no other. Where nobody is, it is the shortest segment or number on record. A segment shorter than
a code says something of each code under it, and needs none of its own; a routed number or an
incident that is shorter than a code is in none of them, so it is a scope of its own: that one
number, without what begins with it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from typing import Final

from sqlalchemy import Column, ColumnElement, Connection, Table, exists, select

from tracer.store.places import counts, something_is_withdrawn
from tracer.store.record_tables import (
    allocation_segments,
    allocations,
    contract_segments,
    contracts,
    incidents,
    opening_segments,
    openings,
    routing,
)

__all__ = ["Code", "codes_on_record"]


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """One scope of a portfolio.

    Parameters
    ----------
    digits : str
        What its numbers begin with.
    is_exact : bool
        Only this one number is meant, since what begins with it belongs to other codes.
    """

    digits: str
    is_exact: bool = False


def codes_on_record(conn: Connection) -> tuple[Code, ...]:
    """Find the codes that between them hold every record that names a number, in order."""
    is_retracted = something_is_withdrawn(conn)

    def digits(asked: _Asked) -> Iterator[str]:
        column, is_counted = asked
        statement = select(column).distinct().order_by(column)
        if is_retracted:  # else the index alone has the answer
            statement = statement.where(is_counted)
        return iter(conn.execute(statement).scalars().all())

    allocated = _shortest(digits(_ALLOCATED))
    segments = merge(digits(_CONTRACTED), digits(_OPENED))
    numbers = _each(merge(digits(_ROUTED), digits(_REPORTED)))
    free = list(_outside(allocated, _each(segments)))
    single = list(_outside(allocated, numbers))
    bases = _shortest(
        merge(*([d for d in found if not _is_above(allocated, d)] for found in (free, single)))
    )
    exact = [Code(number, is_exact=True) for number in single if _is_above(allocated, number)]
    return tuple(sorted([*map(Code, allocated), *map(Code, bases), *exact]))


_Asked = tuple[Column[str], ColumnElement[bool]]
"""A column of digits, and the condition that the source of its row is not retracted."""


def _segments_of(segments: Table, owner: Table, key: str) -> _Asked:
    is_counted = exists().where(owner.c.id == segments.c[key], counts(owner))
    return segments.c.prefix, is_counted


def _numbers_of(table: Table) -> _Asked:
    return table.c.number, counts(table)


_ALLOCATED: Final = _segments_of(allocation_segments, allocations, "allocation_id")
_CONTRACTED: Final = _segments_of(contract_segments, contracts, "contract_id")
_OPENED: Final = _segments_of(opening_segments, openings, "opening_id")
_ROUTED: Final = _numbers_of(routing)
_REPORTED: Final = _numbers_of(incidents)


def _shortest(digits: Iterable[str]) -> list[str]:
    """Leave out what begins with another; they come in order.

    Examples
    --------
    >>> _shortest(["106", "1069", "107", "107"])
    ['106', '107']
    """
    kept: list[str] = []
    for each in digits:
        if not kept or not each.startswith(kept[-1]):
            kept.append(each)
    return kept


def _each(digits: Iterable[str]) -> Iterator[str]:
    """Pass each once; they come in order."""
    last = None
    for each in digits:
        if each != last:
            yield each
        last = each


def _outside(codes: list[str], digits: Iterable[str]) -> Iterator[str]:
    """Pass what begins with no code; both come in order."""
    place = 0
    for each in digits:
        while place < len(codes) and codes[place] <= each:
            place += 1
        if not place or not each.startswith(codes[place - 1]):
            yield each


def _is_above(codes: list[str], digits: str) -> bool:
    """Tell whether some code, in order, begins with these digits."""
    place = bisect_left(codes, digits)
    return place < len(codes) and codes[place].startswith(digits)
