"""Contracts of very many codes, read back in order of their segments.

A plain row, as nearly all are, names one segment, is all there is of its contract and stands in no
document: it becomes a contract as it is. Any other is read as for a trace (`store.contracts`); a
test compares all of them to what traces read.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, exists, null, select

from tracer.model.evidence import Contract
from tracer.model.period import Period
from tracer.model.segment import Segment
from tracer.model.source import RecordRef
from tracer.store.among import among
from tracer.store.asking import Answer, Question, as_day
from tracer.store.contract_statements import CONTRACTS_OF_IDS, STATED
from tracer.store.contracts import assemble_contracts
from tracer.store.identities import Identities
from tracer.store.places import Places, counts
from tracer.store.record_tables import contract_segments, contracts
from tracer.store.references import Rows

__all__ = ["ALL_DETAILS", "ScannedContracts", "assemble_scanned", "read_scanned"]

ALL_DETAILS: Final = Contract._fields[Contract._fields.index("title") : -2]
"""All that a contract states but who, what and when, and what several rows together tell."""

_SHEET: Final = RecordRef._fields.index("row")
"""How much of a place all rows of a sheet have in common."""

_SIGNED: Final = ALL_DETAILS.index("signed_on")
_another: Final = contracts.alias("another")


@lru_cache(maxsize=1 << 3)
def _in_range(details: frozenset[str]) -> Question:
    columns = {name: contracts.c["right_granted" if name == "right" else name] for name in details}
    return Question(
        select(
            contracts.c.id,
            contracts.c.segment_count,
            contracts.c.document_id,
            exists()  # another row of perhaps the same contract
            .where(_another.c.contract_key == contracts.c.contract_key)
            .where(_another.c.id != contracts.c.id),
            contract_segments.c.prefix,
            contract_segments.c.stated,
            contracts.c.source_id,
            contracts.c.row,
            contracts.c.part,
            *STATED,
            *(columns.get(name, null()) for name in ALL_DETAILS),
        )
        .select_from(contract_segments)
        .join(contracts, contracts.c.id == contract_segments.c.contract_id)
        .where(
            contract_segments.c.prefix >= bindparam("number"),
            contract_segments.c.prefix < bindparam("beyond"),
            counts(contracts),
        )
    )


_OF_SHORTER: Final = select(contract_segments.c.contract_id).where(
    among(contract_segments.c.prefix, "prefixes")
)
"""Contracts with a segment that begins before the range and covers something in it."""


class ScannedContracts(NamedTuple):
    """Contract rows of a range of digits.

    Parameters
    ----------
    plain : Answer
        As `_in_range` asks for them.
    others : sequence of Row
        As `assemble_contracts` takes them.
    """

    plain: Answer
    others: Rows


def read_scanned(
    conn: Connection, scope: Mapping[str, Any], details: Collection[str]
) -> ScannedContracts:
    """Read the contracts of a range of digits.

    Parameters
    ----------
    scope : Mapping of str to value
        `number` and `beyond`, where it begins and what comes after; `prefixes` of it.
    details : collection of str
        Those of `ALL_DETAILS` that are asked for.
    """
    rows = _in_range(frozenset(details)).ask(conn, scope)
    others = set(conn.execute(_OF_SHORTER, scope).scalars())
    others.update([row[0] for row in rows if row[1] != 1 or row[3] or row[2] is not None])
    if not others:  # as mostly
        return ScannedContracts(rows, [])
    found = conn.execute(CONTRACTS_OF_IDS, {"ids": sorted(others)}).all()
    plain = Answer([row for row in rows if row[0] not in others], rows.fields)
    return ScannedContracts(plain, found)


def assemble_scanned(
    conn: Connection,
    rows: ScannedContracts,
    details: Collection[str],
    names: Identities,
    places: Places,
) -> list[Contract]:
    """Make contracts of such rows, in the order of `assemble_contracts`; `details` as asked."""
    found, _ = assemble_contracts(conn, rows.others, names, places)
    blank: dict[str, Any] = dict.fromkeys(set(ALL_DETAILS) - set(details))
    made = [each._replace(**blank) for each in found]
    made += _plain(rows.plain, names, places)
    # Rows of one number are all among the others, whose order is kept.
    made.sort(key=_contract_no)
    return made


_contract_no: Final = itemgetter(Contract._fields.index("contract_no"))


_day: Final = lru_cache(maxsize=1 << 12)(as_day)
"""Contracts are many, the days on which they were signed few."""


def _plain(rows: Answer, names: Identities, places: Places) -> Iterator[Contract]:
    known, party_of, ref_of = names.names, names.party_of, places.ref
    is_told = bool(names.ambiguous)  # who is who may depend on the codes that a row states
    sheets: dict[int, tuple[Any, ...]] = {}
    segments: dict[str, tuple[Segment, ...]] = {}
    terms: dict[tuple[Any, Any], Period] = {}
    for row in rows:
        prefix, stated, source_id, place, part, up, down, up_uscc, down_uscc = row[4:13]
        first, last, start_stated, end_stated, contract_no, *details = row[13:]
        upstream = party_of(up, up_uscc) if is_told else known[up]
        downstream = party_of(down, down_uscc) if is_told else known[down]
        if upstream == downstream:
            continue
        if (named := segments.get(stated)) is None or named[0].prefix != prefix:
            named = segments[stated] = (Segment(prefix, stated),)
        if (term := terms.get((first, last))) is None:
            term = terms[first, last] = Period(as_day(first), as_day(last))
        details[_SIGNED] = _day(details[_SIGNED])
        if (sheet := sheets.get(source_id)) is None:
            sheet = sheets[source_id] = ref_of("contracts", source_id, place, part)[:_SHEET]
        ref = RecordRef._make((*sheet, place, place, part))
        hop = (ref, contract_no, upstream, downstream)
        said = (named, term, bool(start_stated), bool(end_stated))
        yield Contract._make((*hop, *said, *details, False, None))
