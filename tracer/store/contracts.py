"""Contract rows read back: names resolved, rows of one contract put side by side.

One contract is one number between the same two parties, in however many rows and files. Its rows
are kept; a row that states no term takes the one another row states, and rows that differ in
term, price or sublease clause are marked.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
)

from tracer.model.diagnostic import Note
from tracer.model.evidence import Contract, ContractLead
from tracer.model.period import Period
from tracer.model.segment import Segment
from tracer.store.among import among
from tracer.store.identities import Identities
from tracer.store.places import Places, counts
from tracer.store.record_tables import contract_segments, contracts

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "ALL_CONTRACTS_UNSEGMENTED",
    "ALL_SUPPLEMENTS",
    "BARE_CONTRACTS_OF_NUMBER",
    "CONTRACTS_BETWEEN_PARTIES",
    "CONTRACTS_OF_IDS",
    "CONTRACTS_OF_NUMBER",
    "CONTRACTS_TO_PARTIES",
    "CONTRACTS_UNSEGMENTED",
    "SUPPLEMENTS_BETWEEN_PARTIES",
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


_another = contracts.alias("another")

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
    contracts.c.contract_key,
    exists()  # another row of perhaps the same contract
    .where(_another.c.contract_key == contracts.c.contract_key)
    .where(_another.c.id != contracts.c.id),
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
_COLUMNS: Final = len(_WHERE_IT_STANDS) + len(_DETAILS)
_PRICE: Final = _DETAILS.index(contracts.c.unit_price)
_CLAUSE: Final = _DETAILS.index(contracts.c.sublease_clause)


def _reading(*conditions: ColumnElement[bool], bare: bool = False) -> Select[*tuple[Any, ...]]:
    """Read contracts; bare ones without the particulars that no figure of a trace depends on."""
    details = [null(), contracts.c.kind] if bare else _DETAILS
    return (
        select(*_WHERE_IT_STANDS, *details)
        .outerjoin(contract_segments, contract_segments.c.contract_id == contracts.c.id)
        .where(*conditions, counts(contracts))
        .order_by(contracts.c.id, contract_segments.c.prefix)
    )


_named = contract_segments.alias("named")

_of_number = contracts.c.id.in_(select(_named.c.contract_id).where(overlaps(_named.c.prefix)))

CONTRACTS_OF_NUMBER: Final = _reading(_of_number)
BARE_CONTRACTS_OF_NUMBER: Final = _reading(_of_number, bare=True)
CONTRACTS_OF_IDS: Final = _reading(among(contracts.c.id, "ids"))
CONTRACTS_UNSEGMENTED: Final = _reading(
    # A parameter instead of 0 would be planned anew with every look: may the index be used?
    contracts.c.segment_count == literal_column("0"),
    among(contracts.c.downstream_id, "ids"),
)
ALL_CONTRACTS_UNSEGMENTED: Final = _reading(contracts.c.segment_count == literal_column("0"))
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
    several = {(row[8], row[10]) for row in rows if row[9]}
    said = _what_is_said(conn, several, names.names) if several else {}
    unread = (None,) * (_COLUMNS - len(rows[0])) if rows else ()  # particulars of bare ones
    known, party_of, ref_of = names.names, names.party_of, places.ref
    is_told = bool(names.ambiguous)
    made: list[Contract] = []
    notes: list[Note] = []
    segment_of = _SegmentOf()
    terms_of: dict[tuple[date | None, date | None], Period] = {}
    for _, lines in groupby(rows, key=itemgetter(0)):
        line, *others = lines
        segments = segment_of[line[1:3]]
        if others:
            segments = tuple(chain.from_iterable(segment_of[each[1:3]] for each in (line, *others)))
        _, _, _, source_id, row, part, paper, page, key, _, up, down, *rest = line
        up_uscc, down_uscc, first, last, start_stated, end_stated, contract_no, *details = rest
        ref = ref_of("contracts", source_id, row, part)
        upstream = party_of(up, up_uscc) if is_told else known[up]
        downstream = party_of(down, down_uscc) if is_told else known[down]
        if upstream == downstream:
            values = {"record": ref.record_id, "party": upstream}
            notes.append(Note("same_party_both_ends", values))
            continue
        days = (first, last)
        term = terms_of.get(days) or terms_of.setdefault(days, Period(*days))
        terms: list[_Term] = [(term, start_stated, end_stated)]
        conflicting = False
        if said and (whole := said.get((key, known[up], known[down]))):
            price, clause = (None, None) if unread else (details[_PRICE], details[_CLAUSE])
            conflicting = _conflicts(whole, price=price, clause=clause)
            if not segments and whole.names_segment and not conflicting:
                continue  # another row of this contract names the segments: nothing is missing
            if whole.terms and not (start_stated or end_stated):
                terms = sorted(whole.terms, key=lambda term: (*term[0].bounds(), *term[1:]))
        document = None if paper is None else places.document(paper, page)
        for stated in terms:
            hop = (ref, contract_no, upstream, downstream, segments, *stated)
            made.append(Contract._make((*hop, *details, *unread, conflicting, document)))
    made.sort(key=_order)
    return tuple(made), tuple(notes)


class _SegmentOf(dict[tuple[str | None, str], tuple[Segment, ...]]):
    """The segment that a line of a contract row spells, made once: most lines name one of few."""

    def __missing__(self, spelled: tuple[str | None, str]) -> tuple[Segment, ...]:
        prefix, stated = spelled
        # A row that names no segment is one line without any.
        made = () if prefix is None else (Segment(prefix, stated),)
        return self.setdefault(spelled, made)


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
    several = _of_several_rows(conn, silent) if silent else set()
    said = _what_is_said(conn, several, names.names) if several else {}
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
    made.sort(key=_order)
    return tuple(made)


def _of_several_rows(conn: Connection, asked: Collection[tuple[str, int]]) -> set[tuple[str, int]]:
    """Leave out contracts (key and upstream) of which there is one row only."""
    keys = {"keys": sorted({key for key, _ in asked})}
    several = set(conn.execute(_OF_SEVERAL_ROWS, keys).scalars())
    return {contract for contract in asked if contract[0] in several}


def _what_is_said(
    conn: Connection, several: Collection[tuple[str, int]], names: Mapping[int, str]
) -> dict[ContractKey, _Said]:
    """Put together what the rows of each contract say, in scope or not.

    `several` gives the key and the upstream of those that have more than one.
    """
    said: dict[ContractKey, _Said] = defaultdict(_Said)
    keys = sorted({key for key, _ in several})
    wanted = {names[number] for _, number in several}
    upstreams = [number for number, name in names.items() if name in wanted]
    for row in conn.execute(_OF_ONE_CONTRACT, {"keys": keys, "upstreams": upstreams}).all():
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


def _order(record: Contract | ContractLead) -> tuple[object, ...]:
    _, digest, path, sheet_no, _, row, _, part = record.ref
    # Those of one row stand in order of their terms already, and stay so.
    return (record.contract_no, digest, sheet_no, row, part, path)
