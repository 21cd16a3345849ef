"""Contract rows read back: names resolved, rows of one contract put side by side.

One contract is one number between the same two parties, in however many rows and files. Its rows
are kept; a row that states no term takes the one another row states, and rows that differ in
term, price or sublease clause are marked.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, or_, select

from tracer.model.diagnostic import Note
from tracer.model.evidence import Contract, ContractLead
from tracer.model.period import Period
from tracer.model.segment import Segment
from tracer.store.among import among
from tracer.store.identities import Identities
from tracer.store.places import Places, counts
from tracer.store.record_tables import contract_segments, contracts

__all__ = [
    "ALL_CONTRACTS_UNSEGMENTED",
    "CONTRACTS_BETWEEN_PARTIES",
    "CONTRACTS_OF_NUMBER",
    "CONTRACTS_TO_PARTIES",
    "CONTRACTS_UNSEGMENTED",
    "ContractKey",
    "assemble_contracts",
    "assemble_leads",
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
        among(prefix, "prefixes"),
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
CONTRACTS_UNSEGMENTED: Final = _reading(
    contracts.c.segment_count == 0, among(contracts.c.upstream_id, "ids")
)
ALL_CONTRACTS_UNSEGMENTED: Final = _reading(contracts.c.segment_count == 0)
CONTRACTS_BETWEEN_PARTIES: Final = _reading(
    contracts.c.segment_count > 0,
    among(contracts.c.downstream_id, "downstreams"),
    among(contracts.c.upstream_id, "upstreams"),
)
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
_OF_SEVERAL_ROWS: Final = (
    select(contracts.c.contract_key)
    .where(among(contracts.c.contract_key, "keys"))
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
    among(contracts.c.contract_key, "keys"),
    # Looking every pair of number and upstream up would be thousands of look-ups where one does:
    # `+ 0` keeps the planner from it. The index holds both, so the other rows are not touched.
    among(contracts.c.upstream_id + 0, "upstreams"),
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
    said = _what_is_said(conn, ((row[8], row[9]) for row in rows), names.names)
    made: list[Contract] = []
    notes: list[Note] = []
    end, count = 0, len(rows)
    while end < count:
        begin, first_line = end, rows[end]
        end += 1
        while end < count and rows[end][0] == first_line[0]:
            end += 1
        source_id, row, part, document_id, page, contract_key, up, down, *codes = first_line[3:13]
        first, last, start_stated, end_stated, contract_no, *details = first_line[13:]
        ref = places.ref("contracts", source_id, row, part)
        upstream, downstream = names.party_of(up, codes[0]), names.party_of(down, codes[1])
        if upstream == downstream:
            values = {"record": ref.record_id, "party": upstream}
            notes.append(Note("same_party_both_ends", values))
            continue
        # A row that names no segment is one line without any.
        lines = rows[begin:end] if first_line[1] is not None else ()
        segments = tuple([Segment(line[1], line[2]) for line in lines])
        terms = [(Period(first, last), start_stated, end_stated)]
        conflicting = False
        if whole := said.get((contract_key, names.names[up], names.names[down])):
            conflicting = _conflicts(whole, price=details[4], clause=details[6])
            if not segments and whole.names_segment and not conflicting:
                continue  # another row of this contract names the segments: nothing is missing
            if whole.terms and not (start_stated or end_stated):
                terms = sorted(whole.terms, key=lambda term: (*term[0].bounds(), *term[1:]))
        document = None if document_id is None else places.document(document_id, page)
        for term in terms:
            hop = (ref, contract_no, upstream, downstream, segments, *term)
            fields: tuple[Any, ...] = (*hop, *details, conflicting, document)
            made.append(Contract(*fields))
    made.sort(key=_order)
    return tuple(made), tuple(notes)


def assemble_leads(
    conn: Connection, rows: Sequence[Row[*tuple[Any, ...]]], names: Identities, places: Places
) -> tuple[ContractLead, ...]:
    """Make leads of the rows of `CONTRACTS_TO_PARTIES`, those `assemble_contracts` would give.

    Returns
    -------
    tuple of ContractLead
        As many per row as there are contracts of it, by (contract number, place).
    """
    # Only rows that leave something open depend on what others say of the same contract.
    silent = [(row[11], row[4]) for row in rows if not (row[8] and (row[9] or row[10]))]
    said = _what_is_said(conn, silent, names.names) if silent else {}
    known, party_of, ref_of = names.names, names.party_of, places.ref
    is_told = bool(names.ambiguous)
    made: list[ContractLead] = []
    for row in rows:
        source_id, place, part, contract_no, up, down, up_uscc, down_uscc, segments = row[:9]
        upstream = party_of(up, up_uscc) if is_told else known[up]
        downstream = party_of(down, down_uscc) if is_told else known[down]
        if upstream == downstream:
            continue
        times = 1
        if not segments or not (row[9] or row[10]):
            whole = said.get((row[11], known[up], known[down]))
            if whole is not None:
                conflicting = _conflicts(whole, price=row[12], clause=row[13])
                if not segments and whole.names_segment and not conflicting:
                    continue
                if not (row[9] or row[10]):
                    times = len(whole.terms) or 1
        ref = ref_of("contracts", source_id, place, part)
        lead = ContractLead(ref, contract_no, upstream, downstream, segments > 0)
        made.extend([lead] * times)
    made.sort(key=_lead_order)
    return tuple(made)


def _lead_order(lead: ContractLead) -> tuple[object, ...]:
    ref = lead.ref
    return (lead.contract_no, ref.digest, ref.sheet_no, ref.row, ref.part, ref.path)


def _what_is_said(
    conn: Connection, rows: Iterable[tuple[str, int]], names: Mapping[int, str]
) -> dict[ContractKey, _Said]:
    """Put together what the rows of each contract with several say, in scope or not.

    `rows` gives the key and the upstream of the contracts that are asked for.
    """
    said: dict[ContractKey, _Said] = defaultdict(_Said)
    keys: dict[str, set[int]] = defaultdict(set)
    for key, upstream_id in rows:
        keys[key].add(upstream_id)
    if not keys:
        return said
    several = conn.execute(_OF_SEVERAL_ROWS, {"keys": sorted(keys)}).scalars().all()
    if not several:
        return said
    wanted = {names[number] for key in several for number in keys[key]}
    upstreams = [number for number, name in names.items() if name in wanted]
    for row in conn.execute(_OF_ONE_CONTRACT, {"keys": several, "upstreams": upstreams}).all():
        if row.downstream_id in names:
            contract = (row.contract_key, names[row.upstream_id], names[row.downstream_id])
            _add(said[contract], row)
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
