"""Statements that read names: how they are spelled, their credit codes, what the register says."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, exists, or_, select

from tracer.store.among import among
from tracer.store.asking import Question
from tracer.store.places import counts
from tracer.store.record_tables import parties
from tracer.store.tables import source_spellings, source_usccs, spellings

__all__ = ["CODED", "CODED_FOR", "REGISTERED", "SPELLED", "SPELLED_BY_NUMBER"]

_other = spellings.alias("other")


def _spelled(condition: ColumnElement[bool]) -> Select[Any]:
    """Read spellings, and whether more than them is on record: of most names, nothing is.

    Beside the spelling: whether a source that uses it counts, whether a code or a row of the
    parties table goes with it, and whether the name is spelled in other ways too.
    """
    return select(
        spellings.c.id,
        spellings.c.raw,
        spellings.c.folded,
        exists()
        .where(source_spellings.c.spelling_id == spellings.c.id)
        .where(counts(source_spellings)),
        or_(
            exists().where(parties.c.name_id == spellings.c.id),
            exists().where(source_usccs.c.spelling_id == spellings.c.id),
        ),
        exists().where(_other.c.folded == spellings.c.folded).where(_other.c.id != spellings.c.id),
    ).where(condition)


SPELLED: Final = _spelled(among(spellings.c.folded, "folded"))
SPELLED_BY_NUMBER: Final = Question(_spelled(among(spellings.c.id, "ids")))
# First the codes stated for these names, then, over each code, every name it is stated for.
_stated = source_usccs.alias("stated")
_stated_name = spellings.alias("stated_name")
CODED_FOR: Final = (
    select(source_usccs.c.uscc, spellings.c.folded)
    .join(spellings, source_usccs.c.spelling_id == spellings.c.id)
    .where(counts(source_usccs))
)
# Two questions in one: as one condition with OR, PostgreSQL would walk both tables.
CODED: Final = CODED_FOR.where(among(source_usccs.c.uscc, "codes")).union(
    CODED_FOR.where(
        source_usccs.c.uscc.in_(
            select(_stated.c.uscc)
            .join(_stated_name, _stated.c.spelling_id == _stated_name.c.id)
            .where(among(_stated_name.c.folded, "folded"))
            .where(counts(_stated))
        )
    )
)
REGISTERED: Final = (
    select(spellings.c.folded, spellings.c.raw, parties.c.kind, parties.c.status, parties.c.role)
    .join(parties, parties.c.name_id == spellings.c.id)
    .where(among(spellings.c.folded, "folded"))
    .where(counts(parties))
)
