"""Allocation rows read back: one `Allocation` per segment that overlaps the number."""

from typing import Final

from sqlalchemy import select

from tracer.model.evidence import Allocation
from tracer.model.period import Period
from tracer.model.segment import Segment
from tracer.store.asking import Answer, Question, as_day
from tracer.store.contract_statements import overlaps
from tracer.store.identities import Identities
from tracer.store.places import Places, counts
from tracer.store.record_tables import allocation_segments, allocations

__all__ = ["ALLOCATIONS_OF_NUMBER", "assemble_allocations"]

ALLOCATIONS_OF_NUMBER: Final = Question(
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


def assemble_allocations(rows: Answer, names: Identities, places: Places) -> tuple[Allocation, ...]:
    """Make allocations of the rows, by (segment, holder, place)."""
    made: list[Allocation] = []
    for source_id, row, part, paper, page, holder, uscc, *said in rows:
        authority, certificate_no, purpose, region, first, last, source_ref, *segment = said
        made.append(
            Allocation(
                ref=places.ref("allocations", source_id, row, part),
                segment=Segment(*segment),
                holder=names.party_of(holder, uscc),
                term=Period(as_day(first), as_day(last)),
                authority=authority,
                certificate_no=certificate_no,
                purpose=purpose,
                region=region,
                source_ref=source_ref,
                document=places.document(paper, page),
            )
        )
    if len(made) > 1:
        made.sort(key=lambda a: (a.segment.prefix, a.holder, a.ref.record_id, a.ref.path))
    return tuple(made)
