"""Statements that read contracts, in the order of columns that `contracts` takes them apart by."""

from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    case,
    exists,
    literal_column,
    or_,
    select,
)

from tracer.store.among import among
from tracer.store.asking import Question
from tracer.store.places import counts
from tracer.store.record_tables import contract_segments, contracts

__all__ = [
    "ALL_CONTRACTS_UNSEGMENTED",
    "ALL_SUPPLEMENTS",
    "CLAUSE",
    "CONTRACTS_BETWEEN_PARTIES",
    "CONTRACTS_OF_IDS",
    "CONTRACTS_OF_NUMBER",
    "CONTRACTS_TO_PARTIES",
    "CONTRACTS_UNSEGMENTED",
    "PRICE",
    "SIGNED",
    "STATED",
    "SUPPLEMENTS_BETWEEN_PARTIES",
    "UNSEGMENTED",
    "overlaps",
]


def overlaps(prefix: ColumnElement[str]) -> ColumnElement[bool]:
    """Make the condition that a segment overlaps the number: two look-ups in the index.

    Parameters: `prefixes`, the number's own proper prefixes; `number` and `beyond`, the range
    of the number and all its extensions.
    """
    return or_(among(prefix, "prefixes"), _extends(prefix))


def _extends(prefix: ColumnElement[str]) -> ColumnElement[bool]:
    return (prefix >= bindparam("number")) & (prefix < bindparam("beyond"))


_another = contracts.alias("another")

STATED: Final = (
    contracts.c.upstream_id,
    contracts.c.downstream_id,
    contracts.c.upstream_uscc,
    contracts.c.downstream_uscc,
    contracts.c.term_first,
    contracts.c.term_last,
    contracts.c.start_stated,
    contracts.c.end_stated,
    contracts.c.contract_no,
)
"""Who let to whom, for which term, under what number: read in this order by every statement."""

# `assemble_contracts` takes the columns by place; from `title` on they stand as in `Contract`.
_WHERE_IT_STANDS: Final = (
    contracts.c.id,
    contract_segments.c.prefix,
    contract_segments.c.stated,
    contracts.c.source_id,
    contracts.c.row,
    contracts.c.part,
    contracts.c.document_id,
    contracts.c.page,
    case(  # the key where another row, perhaps of the same contract, has it too
        (
            exists()
            .where(_another.c.contract_key == contracts.c.contract_key)
            .where(_another.c.id != contracts.c.id),
            contracts.c.contract_key,
        )
    ).label("shared_key"),
    *STATED,
)
_DETAILS: Final = (
    contracts.c.title,
    contracts.c.kind,
    contracts.c.right_granted,
    contracts.c.signed_on,
    contracts.c.unit_price,
    contracts.c.unit_price_raw,
    contracts.c.sublease_clause,
    contracts.c.approval_no,
    contracts.c.amends,
    contracts.c.region,
    contracts.c.purpose,
    contracts.c.source_ref,
)
SIGNED: Final = _DETAILS.index(contracts.c.signed_on)
PRICE: Final = _DETAILS.index(contracts.c.unit_price)
CLAUSE: Final = _DETAILS.index(contracts.c.sublease_clause)


def _reading(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(*_WHERE_IT_STANDS, *_DETAILS)
        .outerjoin(contract_segments, contract_segments.c.contract_id == contracts.c.id)
        .where(*conditions, counts(contracts))
        .order_by(contracts.c.id, contract_segments.c.prefix)
    )


_named = contract_segments.alias("named")
_shorter = contract_segments.alias("shorter")

# Either condition on its own, not `overlaps`: SQLite would look each contract up in what is found
# so far, to give it once.
_of_number = contracts.c.id.in_(
    select(_named.c.contract_id)
    .where(_extends(_named.c.prefix))
    .union_all(select(_shorter.c.contract_id).where(among(_shorter.c.prefix, "prefixes")))
)

CONTRACTS_OF_NUMBER: Final = Question(_reading(_of_number))
CONTRACTS_OF_IDS: Final = _reading(among(contracts.c.id, "ids"))
# A parameter instead of 0 would be planned anew with every look: may the index be used?
UNSEGMENTED: Final = contracts.c.segment_count == literal_column("0")
CONTRACTS_UNSEGMENTED: Final = _reading(
    UNSEGMENTED,
    among(contracts.c.downstream_id, "ids"),
)
# Not `UNSEGMENTED` itself: SQLite would walk all contracts in their order, and no index.
ALL_CONTRACTS_UNSEGMENTED: Final = _reading(
    contracts.c.id.in_(select(_another.c.id).where(_another.c.segment_count == literal_column("0")))
)
CONTRACTS_BETWEEN_PARTIES: Final = _reading(
    contracts.c.segment_count > 0,
    among(contracts.c.downstream_id, "downstreams"),
    among(contracts.c.upstream_id, "upstreams"),
)
_ALLOWING_SUPPLEMENTS: Final = (
    contracts.c.segment_count > 0,
    contracts.c.amends.is_not(None),
    contracts.c.sublease_clause.in_(
        [literal_column("'allowed'"), literal_column("'with_consent'")]
    ),
)
SUPPLEMENTS_BETWEEN_PARTIES: Final = _reading(
    *_ALLOWING_SUPPLEMENTS,
    among(contracts.c.downstream_id, "downstreams"),
    among(contracts.c.upstream_id, "upstreams"),
)
ALL_SUPPLEMENTS: Final = _reading(*_ALLOWING_SUPPLEMENTS)
CONTRACTS_TO_PARTIES: Final = select(  # as `assemble_leads` takes them; there may be very many
    contracts.c.source_id,
    contracts.c.row,
    contracts.c.part,
    contracts.c.contract_no,
    contracts.c.upstream_id,
    contracts.c.downstream_id,
    contracts.c.upstream_uscc,
    contracts.c.downstream_uscc,
    contracts.c.segment_count,
    contracts.c.start_stated,
    contracts.c.end_stated,
    contracts.c.contract_key,
    contracts.c.unit_price,
    contracts.c.sublease_clause,
).where(among(contracts.c.downstream_id, "ids"), counts(contracts))
