"""The codes a party is on record in."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Column, Connection, Select, Table, select

from tracer.store.among import among
from tracer.store.codes import Code, codes_on_record
from tracer.store.places import counts
from tracer.store.record_tables import (
    allocation_segments,
    allocations,
    contract_segments,
    contracts,
    opening_segments,
    openings,
    routing,
)
from tracer.store.references import spelled

__all__ = ["codes_of_parties"]


def _segments(
    segments: Table, key: str, owner: Table, *ends: Column[Any]
) -> tuple[Select[Any], ...]:
    joined = select(segments.c.prefix).distinct().join(owner, owner.c.id == segments.c[key])
    return tuple(joined.where(counts(owner), among(end, "ids")) for end in ends)


_NAMED: Final = (
    *_segments(allocation_segments, "allocation_id", allocations, allocations.c.holder_id),
    *_segments(
        contract_segments,
        "contract_id",
        contracts,
        contracts.c.upstream_id,
        contracts.c.downstream_id,
    ),
    *_segments(opening_segments, "opening_id", openings, openings.c.carrier_id, openings.c.user_id),
)
_ROUTED: Final = tuple(
    select(routing.c.number).distinct().where(counts(routing), among(end, "ids"))
    for end in (routing.c.upstream_id, routing.c.downstream_id)
)


def codes_of_parties(
    conn: Connection, names: Collection[str], known: Sequence[Code] | None = None
) -> tuple[Code, ...]:
    """Find the codes in which a record names one of some parties, in order.

    Parameters
    ----------
    names : collection of str
        Canonical names.
    known : sequence of Code, optional
        The codes on record, where they are known already.
    """
    if not names:
        return ()
    ids, _ = spelled(conn, names, None)
    scope = {"ids": sorted(ids)}
    segments, numbers = (
        sorted({row[0] for statement in asked for row in conn.execute(statement, scope)})
        for asked in (_NAMED, _ROUTED)
    )
    if not segments and not numbers:
        return ()
    return tuple(
        code
        for code in (codes_on_record(conn) if known is None else known)
        if _is_at_or_under(code, segments)
        or _any_begins(segments, code)
        or _any_begins(numbers, code)
        or (code.is_exact and _has(numbers, code.digits))
    )


def _is_at_or_under(code: Code, digits: Sequence[str]) -> bool:
    """Tell whether a code begins with some of the digits, in order."""
    heads: Iterable[str] = (code.digits[:length] for length in range(1, len(code.digits) + 1))
    return any(_has(digits, head) for head in heads)


def _has(digits: Sequence[str], wanted: str) -> bool:
    place = bisect_left(digits, wanted)
    return place < len(digits) and digits[place] == wanted


def _any_begins(digits: Sequence[str], code: Code) -> bool:
    """Tell whether some of the digits, in order, begin with a code."""
    place = bisect_left(digits, code.digits)
    return not code.is_exact and place < len(digits) and digits[place].startswith(code.digits)
