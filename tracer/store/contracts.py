"""Contract rows read back: names resolved, rows of one contract put side by side.

One contract is one number between the same two parties, in however many rows and files. Its rows
are kept; a row that states no term takes the one another row states, and rows that differ in
term, price or sublease clause are marked.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Row, func, select

from tracer.model.diagnostic import Note
from tracer.model.evidence import Contract, ContractLead
from tracer.model.period import Period
from tracer.model.segment import Segment
from tracer.store.among import among
from tracer.store.asking import as_day
from tracer.store.contract_statements import CLAUSE, PRICE, SIGNED
from tracer.store.identities import Identities
from tracer.store.places import Places, counts
from tracer.store.record_tables import contracts

if TYPE_CHECKING:
    from datetime import date

__all__ = ["ContractKey", "assemble_contracts", "assemble_leads"]

ContractKey = tuple[str, str, str]
"""Folded number, upstream, downstream: what one contract is told by."""
_Term = tuple[Period, bool, bool]


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
    conn: Connection, rows: Sequence[Sequence[Any]], names: Identities, places: Places
) -> tuple[tuple[Contract, ...], tuple[Note, ...]]:
    """Make contracts of the rows that one of `contract_statements` gives.

    Parameters
    ----------
    rows : sequence
        One per segment, those of one contract row together; as SQLAlchemy or the driver gives them.
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
    several = {(row[8], row[9]) for row in rows if row[8] is not None}
    said = _what_is_said(conn, several, names.names) if several else {}
    known, party_of, ref_of = names.names, names.party_of, places.ref
    is_told = bool(names.ambiguous)
    made: list[Contract] = []
    notes: list[Note] = []
    day_of = _DayOf()
    term_of = _TermOf(day_of)
    for line, segments in _with_segments(rows):
        source_id, row, part, paper, page, key, up, down, up_uscc, down_uscc = line[3:13]
        first, last, is_start_stated, is_end_stated, contract_no, *details = line[13:]
        ref = ref_of("contracts", source_id, row, part)
        upstream = party_of(up, up_uscc) if is_told else known[up]
        downstream = party_of(down, down_uscc) if is_told else known[down]
        if upstream == downstream:
            values = {"record": ref.record_id, "party": upstream}
            notes.append(Note("same_party_both_ends", values))
            continue
        term = (term_of[first, last], bool(is_start_stated), bool(is_end_stated))
        terms: Sequence[_Term] = (term,)
        conflicting = False
        if key is not None and (whole := said.get((key, known[up], known[down]))):
            conflicting = _conflicts(whole, price=details[PRICE], clause=details[CLAUSE])
            if not segments and whole.names_segment and not conflicting:
                continue  # another row of this contract names the segments: nothing is missing
            if whole.terms and not (is_start_stated or is_end_stated):
                terms = sorted(whole.terms, key=lambda term: (*term[0].bounds(), *term[1:]))
        details[SIGNED] = day_of[details[SIGNED]]
        document = None if paper is None else places.document(paper, page)
        for stated in terms:
            hop = (ref, contract_no, upstream, downstream, segments, *stated)
            made.append(Contract._make((*hop, *details, conflicting, document)))
    _sort(made)
    return tuple(made), tuple(notes)


class _DayOf(dict[Any, "date | None"]):
    """Days as a driver gives them, made once: contracts are many, their days few."""

    def __missing__(self, given: "str | date | None") -> "date | None":
        return self.setdefault(given, as_day(given))


class _TermOf(dict[Any, Period]):
    """Terms by first and last day as a driver gives them; as few."""

    def __init__(self, day_of: _DayOf) -> None:
        self._day_of = day_of

    def __missing__(self, ends: tuple[Any, Any]) -> Period:
        first, last = ends
        return self.setdefault(ends, Period(self._day_of[first], self._day_of[last]))


def _with_segments(
    rows: Sequence[Sequence[Any]],
) -> Iterator[tuple[Sequence[Any], tuple[Segment, ...]]]:
    """Give each contract row once, with the segments of all of its lines."""
    segment_of = _SegmentOf()
    if len(set(map(itemgetter(0), rows))) == len(rows):  # as mostly
        yield from zip(rows, map(segment_of.__getitem__, map(itemgetter(1, 2), rows)), strict=True)
        return
    for _, lines in groupby(rows, key=itemgetter(0)):
        line, *others = lines
        spelled = (segment_of[each[1], each[2]] for each in (line, *others))
        yield line, tuple(chain.from_iterable(spelled))


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
    _sort(made)
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


def _sort(records: list[Contract] | list[ContractLead]) -> None:
    """Sort by (contract number, place); numbers mostly tell contracts apart."""
    if len({record.contract_no for record in records}) == len(records):
        records.sort(key=attrgetter("contract_no"))
    else:
        records.sort(key=_order)


def _order(record: Contract | ContractLead) -> tuple[object, ...]:
    _, digest, path, sheet_no, _, row, _, part = record.ref
    # Those of one row stand in order of their terms already, and stay so.
    return (record.contract_no, digest, sheet_no, row, part, path)
