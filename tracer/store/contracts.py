"""Contract rows read back: names resolved, rows of one contract put side by side.

One contract is one number between the same two parties, in however many rows and files. Its rows
are kept; a row that states no term takes the one another row states, and rows that differ in
term, price or sublease clause are marked.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, or_, select

from tracer.model.diagnostic import Note
from tracer.model.evidence import Contract
from tracer.model.period import Period
from tracer.model.segment import Segment
from tracer.store.identities import Identities
from tracer.store.places import Places, counts
from tracer.store.record_tables import contract_segments, contracts
from tracer.store.writing import batches

__all__ = [
    "CONTRACTS_OF_NUMBER",
    "CONTRACTS_TO_PARTIES",
    "CONTRACTS_UNSEGMENTED",
    "ContractKey",
    "assemble_contracts",
    "overlaps",
]

ContractKey = tuple[str, str, str]
"""Folded number, upstream, downstream: what one contract is told by."""
_Term = tuple[Period, bool, bool]


def overlaps(prefix: ColumnElement[str]) -> ColumnElement[bool]:
    """Make the condition that a segment overlaps the number: two look-ups in the index.

    Parameters: `prefixes`, the number's own proper prefixes; `number` and `beyond`, the range
    of the number and all its extensions.
    """
    return or_(
        prefix.in_(bindparam("prefixes", expanding=True)),
        (prefix >= bindparam("number")) & (prefix < bindparam("beyond")),
    )


def _reading(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            # `assemble_contracts` takes them by place; from `title` on they stand as in `Contract`.
            contracts.c.id,
            contract_segments.c.prefix,
            contract_segments.c.stated,
            contracts.c.source_id,
            contracts.c.row,
            contracts.c.part,
            contracts.c.document_id,
            contracts.c.page,
            contracts.c.contract_key,
            contracts.c.upstream_id,
            contracts.c.downstream_id,
            contracts.c.upstream_uscc,
            contracts.c.downstream_uscc,
            contracts.c.term_first,
            contracts.c.term_last,
            contracts.c.start_stated,
            contracts.c.end_stated,
            contracts.c.contract_no,
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
        .outerjoin(contract_segments, contract_segments.c.contract_id == contracts.c.id)
        .where(*conditions, counts(contracts))
        .order_by(contracts.c.id, contract_segments.c.prefix)
    )


_named = contract_segments.alias("named")

CONTRACTS_OF_NUMBER: Final = _reading(
    contracts.c.id.in_(select(_named.c.contract_id).where(overlaps(_named.c.prefix)))
)
CONTRACTS_TO_PARTIES: Final = _reading(
    contracts.c.downstream_id.in_(bindparam("ids", expanding=True))
)
CONTRACTS_UNSEGMENTED: Final = _reading(
    contracts.c.segment_count == 0,
    contracts.c.upstream_id.in_(bindparam("ids", expanding=True)),
)
_OF_SEVERAL_ROWS: Final = (
    select(contracts.c.contract_key)
    .where(contracts.c.contract_key.in_(bindparam("keys", expanding=True)))
    .group_by(contracts.c.contract_key)
    .having(func.count() > 1)
)
_OF_ONE_CONTRACT: Final = select(
    contracts.c.contract_key,
    contracts.c.upstream_id,
    contracts.c.downstream_id,
    contracts.c.segment_count,
    contracts.c.term_first,
    contracts.c.term_last,
    contracts.c.start_stated,
    contracts.c.end_stated,
    contracts.c.unit_price,
    contracts.c.sublease_clause,
).where(
    contracts.c.contract_key.in_(bindparam("keys", expanding=True)),
    # Looking every pair of number and upstream up would be thousands of look-ups where one does:
    # `+ 0` keeps the planner from it. The index holds both, so the other rows are not touched.
    (contracts.c.upstream_id + 0).in_(bindparam("upstreams", expanding=True)),
    counts(contracts),
)


@dataclass(slots=True)
class _Said:
    """What the rows of one contract say, put together."""

    terms: set[_Term] = field(default_factory=set)
    prices: set[int] = field(default_factory=set)
    clauses: set[str] = field(default_factory=set)
    names_segment: bool = False


def assemble_contracts(
    conn: Connection, rows: Sequence[Row[*tuple[Any, ...]]], names: Identities, places: Places
) -> tuple[tuple[Contract, ...], tuple[Note, ...]]:
    """Make contracts of the rows that one of the statements above gives.

    Parameters
    ----------
    rows : sequence of Row
        One per segment, those of one contract row together.
    names : Identities
        Who the parties of the rows are.
    places : Places
        Where the rows stand.

    Returns
    -------
    tuple
        The contracts, by (contract number, place, term), and notes on rows left out because
        both ends turned out to be one party.
    """
    said = _what_is_said(conn, rows, names.names)
    made: list[Contract] = []
    notes: list[Note] = []
    for _, group in groupby(rows, key=itemgetter(0)):
        lines = list(group)
        source_id, row, part, document_id, page, contract_key, up, down, *codes = lines[0][3:13]
        first, last, start_stated, end_stated, contract_no, *details = lines[0][13:]
        ref = places.ref("contracts", source_id, row, part)
        upstream, downstream = names.party_of(up, codes[0]), names.party_of(down, codes[1])
        if upstream == downstream:
            values = {"record": ref.record_id, "party": upstream}
            notes.append(Note("same_party_both_ends", values))
            continue
        segments = tuple(Segment(line[1], line[2]) for line in lines if line[1] is not None)
        terms = [(Period(first, last), start_stated, end_stated)]
        conflicting = False
        if whole := said.get((contract_key, names.names[up], names.names[down])):
            conflicting = _conflicts(whole, price=details[4], clause=details[6])
            if not segments and whole.names_segment and not conflicting:
                continue  # another row of this contract names the segments: nothing is missing
            if whole.terms and not (start_stated or end_stated):
                terms = sorted(whole.terms, key=lambda term: (*term[0].bounds(), *term[1:]))
        document = places.document(document_id, page)
        for term in terms:
            hop = (ref, contract_no, upstream, downstream, segments, *term)
            fields: tuple[Any, ...] = (*hop, *details, conflicting, document)
            made.append(Contract(*fields))
    made.sort(key=_order)
    return tuple(made), tuple(notes)


def _what_is_said(
    conn: Connection, rows: Iterable[Row[*tuple[Any, ...]]], names: Mapping[int, str]
) -> dict[ContractKey, _Said]:
    """Put together what the rows of each contract with several say, in scope or not."""
    said: dict[ContractKey, _Said] = defaultdict(_Said)
    keys: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        keys[row[8]].add(names[row[9]])
    for batch in batches(sorted(keys)):
        several = conn.execute(_OF_SEVERAL_ROWS, {"keys": batch}).scalars().all()
        if not several:
            continue
        wanted = {name for key in several for name in keys[key]}
        upstreams = [number for number, name in names.items() if name in wanted]
        scope = {"keys": several, "upstreams": upstreams}
        for row in conn.execute(_OF_ONE_CONTRACT, scope).all():
            if row.downstream_id in names:
                key = (row.contract_key, names[row.upstream_id], names[row.downstream_id])
                _add(said[key], row)
    return said


def _add(whole: _Said, row: Row[*tuple[Any, ...]]) -> None:
    if row.start_stated or row.end_stated:
        term = (Period(row.term_first, row.term_last), row.start_stated, row.end_stated)
        whole.terms.add(term)
    if row.unit_price is not None:
        whole.prices.add(row.unit_price)
    if row.sublease_clause is not None:
        whole.clauses.add(row.sublease_clause)
    whole.names_segment = whole.names_segment or row.segment_count > 0


def _conflicts(whole: _Said, price: int | None, clause: str | None) -> bool:
    """Tell whether another row of the contract differs from one with this price and clause."""
    return (
        len(whole.terms) > 1
        or (price is not None and len(whole.prices) > 1)
        or (clause is not None and len(whole.clauses) > 1)
    )


def _order(contract: Contract) -> tuple[object, ...]:
    ref = contract.ref
    place = (ref.digest, ref.sheet_no, ref.row, ref.part, ref.path)
    return (contract.contract_no, *place, *contract.term.bounds())
