"""Which classes of codes the openings on record cover."""

from sqlalchemy import Connection, exists, func, select

from tracer.store.places import counts
from tracer.store.record_tables import opening_segments, openings

__all__ = ["opened_classes"]

_CLASS_DIGITS = 4


def opened_classes(conn: Connection) -> frozenset[str]:
    """Give the first four digits of every opened segment on record."""
    is_counted = exists().where(openings.c.id == opening_segments.c.opening_id, counts(openings))
    group = func.substr(opening_segments.c.prefix, 1, _CLASS_DIGITS)
    return frozenset(conn.execute(select(group).distinct().where(is_counted)).scalars())
