"""What rows of records refer to by number: parties, source sheets, documents; many at a time."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, Row

from tracer.store.asking import Answer
from tracer.store.identities import Identities, identify, identify_names, is_qualified
from tracer.store.places import Places, Sheet

__all__ = ["AnyRows", "Rows", "by_name", "identify_too", "places_of", "spelled", "spellings_in"]

Rows = Sequence[Row[*tuple[Any, ...]]]
AnyRows = Rows | Answer
_SHEET_COLUMN: Final = frozenset({"source_id"})
_PAPER_COLUMN: Final = frozenset({"document_id"})
_PARTY_COLUMNS: Final = frozenset(
    {
        "name_id",
        "holder_id",
        "upstream_id",
        "downstream_id",
        "reporter_id",
        "carrier_id",
        "user_id",
        "payer_id",
        "payee_id",
        "party_a_id",
        "party_b_id",
        "notified_party_id",
    }
)


def identify_too(conn: Connection, ids: set[int], known: Identities | None) -> Identities:
    """Find the parties of these spellings, beside those that are known.

    What is told of a party of one name and two codes depends on who else is asked for: all of
    them are asked for anew where there is one.
    """
    decisions = None if known is None else known.decisions
    if known is None or known.ambiguous:
        return identify(conn, ids, decisions)
    others = ids - known.names.keys()
    if not others:
        return known
    found = identify(conn, others, decisions)
    return identify(conn, ids, decisions) if found.ambiguous else known.with_others(found)


def spelled(
    conn: Connection, parties: Collection[str], known: Identities | None
) -> tuple[Collection[int], Identities]:
    """Give the numbers of all spellings of some parties, and who all of these are.

    Parameters
    ----------
    parties : collection of str
        Canonical names.
    known : Identities or None
        Parties that need not be looked up again.
    """
    # Of one name and two codes there are parties that share their spellings: ask anew.
    if (
        known is None
        or known.ambiguous
        or not known.parties.keys() >= set(parties)
        or any(name[-1:] == "）" and is_qualified(name) for name in parties)
    ):
        names = identify_names(conn, parties, None if known is None else known.decisions)
        return names.names.keys(), names
    return {number for number, name in known.names.items() if name in parties}, known


def spellings_in(lists: Iterable[AnyRows]) -> set[int]:
    """Collect the numbers of all spellings that the rows refer to."""
    found: set[int | None] = set()
    for rows in lists:
        found.update(*_columns(rows, _PARTY_COLUMNS))
    return {number for number in found if number is not None}


def places_of(
    conn: Connection, lists: Iterable[AnyRows], known: dict[int, Sheet] | None = None
) -> Places:
    """Find the sheets and documents that the rows refer to; `known` as in `Places`."""
    sheets: set[int] = set()
    papers: set[int | None] = set()
    for rows in lists:
        sheets.update(*_columns(rows, _SHEET_COLUMN))
        papers.update(*_columns(rows, _PAPER_COLUMN))
    return Places(conn, sheets, papers, known)


def by_name(rows: AnyRows) -> Iterator[dict[str, Any]]:
    """Give some rows as what stands in each of their columns."""
    fields = _fields(rows)
    return (dict(zip(fields, row, strict=True)) for row in rows)


def _columns(rows: AnyRows, names: Collection[str]) -> Iterator[Iterator[Any]]:
    """Take some columns of some rows, those that they have."""
    for place, name in enumerate(_fields(rows)):
        if name in names:
            yield map(itemgetter(place), rows)


def _fields(rows: AnyRows) -> Sequence[str]:
    if not rows:
        return ()
    return rows.fields if isinstance(rows, Answer) else rows[0]._fields
