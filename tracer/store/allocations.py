"""Allocation rows read back: one `Allocation` per segment that overlaps the number."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Row, select

from tracer.model.evidence import Allocation
from tracer.model.period import Period
from tracer.model.segment import Segment
from tracer.store.contracts import overlaps
from tracer.store.identities import Identities
from tracer.store.places import Places, counts
from tracer.store.record_tables import allocation_segments, allocations

__all__ = ["ALLOCATIONS_OF_NUMBER", "assemble_allocations"]

ALLOCATIONS_OF_NUMBER: Final = (
    select(
        allocations.c.source_id,
        allocations.c.row,
        allocations.c.part,
        allocations.c.document_id,
        allocations.c.page,
        allocations.c.holder_id,
        allocations.c.holder_uscc,
        allocations.c.authority,
        allocations.c.certificate_no,
        allocations.c.purpose,
        allocations.c.region,
        allocations.c.term_first,
        allocations.c.term_last,
        allocations.c.source_ref,
        allocation_segments.c.prefix,
        allocation_segments.c.stated,
    )
    .join(allocation_segments, allocation_segments.c.allocation_id == allocations.c.id)
    .where(overlaps(allocation_segments.c.prefix), counts(allocations))
)


def assemble_allocations(
    rows: Sequence[Row[*tuple[Any, ...]]], names: Identities, places: Places
) -> tuple[Allocation, ...]:
    """Make allocations of the rows, by (segment, holder, place)."""
    made = [
        Allocation(
            ref=places.ref("allocations", row.source_id, row.row, row.part),
            segment=Segment(row.prefix, row.stated),
            holder=names.party_of(row.holder_id, row.holder_uscc),
            term=Period(row.term_first, row.term_last),
            authority=row.authority,
            certificate_no=row.certificate_no,
            purpose=row.purpose,
            region=row.region,
            source_ref=row.source_ref,
            document=places.document(row.document_id, row.page),
        )
        for row in rows
    ]
    made.sort(key=lambda a: (a.segment.prefix, a.holder, a.ref.record_id, a.ref.path))
    return tuple(made)
