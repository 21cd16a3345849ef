"""What stands beside the records of a trace: names as printed, corrections, comments."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, select

from tracer.model.event import Event
from tracer.model.evidence_document import Document
from tracer.model.mark import NO_MARKS, Comment, Marks
from tracer.model.party import fold_party
from tracer.store.among import among
from tracer.store.decisions import Said
from tracer.store.identities import Identities
from tracer.store.places import Places
from tracer.store.references import AnyRows, by_name
from tracer.store.tables import spellings

__all__ = ["read_marks"]

_ENDS: Final = ("holder", "upstream", "downstream", "reporter")
_RAW: Final = select(spellings.c.id, spellings.c.raw).where(among(spellings.c.id, "ids"))


def read_marks(
    conn: Connection,
    said: Said,
    lists: Sequence[tuple[str, AnyRows]],
    names: Identities,
    places: Places,
) -> Marks:
    """Read what stands beside some records; of most cases, nothing does.

    Parameters
    ----------
    said : Said
        What people said of the case.
    lists : sequence of (str, AnyRows)
        Input table, and rows of it.
    names, places
        Who their parties are, and where they stand.
    """
    if not (names.decisions or said.corrections or said.comments):
        return NO_MARKS
    here = {
        places.ref(table, row["source_id"], row["row"], row["part"]).record_id: row
        for table, rows in lists
        for row in by_name(rows)
    }
    decided = {name: party.decided for name, party in names.parties.items() if party.decided}
    return Marks(
        printed=dict(_printed(conn, here, names, decided)) if decided else {},
        decided=decided,
        corrections={each: said.corrections[each] for each in said.corrections if each in here},
        **_comments(said.comments, here, names),
    )


def _comments(
    told: Iterable[Event], here: Collection[str], names: Identities
) -> dict[str, dict[Any, tuple[Comment, ...]]]:
    """Sort comments under what they are on, as far as it is here."""
    called = {
        fold_party(each): party.name
        for party in names.parties.values()
        for each in (*party.spellings, party.name)
    }
    found: dict[str, dict[Any, tuple[Comment, ...]]] = {
        "records": {},
        "parties": {},
        "hops": {},
        "findings": {},
    }
    for event in told:
        target: Any = event.params["target"]
        kind, key = _key(target, called)
        if key is not None and (kind != "records" or key in here):
            found[kind][key] = (*found[kind].get(key, ()), _comment(event))
    return found


def _key(target: dict[str, Any], called: dict[str, str]) -> tuple[str, Any]:
    """Give what a comment is on, by canonical names; None where a party is not here."""
    if target["kind"] == "record":
        return "records", target["record"]
    if target["kind"] == "party":
        return "parties", called.get(fold_party(target["party"]))
    if target["kind"] == "hop":
        ends = tuple(called.get(fold_party(target[end])) for end in ("upstream", "downstream"))
        return "hops", None if None in ends else ends
    parties = [called.get(fold_party(each)) for each in target["parties"]]
    known = sorted({each for each in parties if each is not None})
    return "findings", None if None in parties else (target["rule"], tuple(known))


def _comment(event: Event) -> Comment:
    paper: Any = event.params.get("document")
    document = None if paper is None else Document(paper["path"], paper["sha256"], paper["page"])
    grade: Any = event.params.get("grade")
    said = str(event.params["text"])
    return Comment(event.seq, event.at, event.operator, said, grade, document)


def _printed(
    conn: Connection,
    here: dict[str, dict[str, Any]],
    names: Identities,
    decided: Iterable[str],
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Give the names in each record that are not the canonical ones of decided parties."""
    known = set(decided)
    numbers = sorted(number for number, name in names.names.items() if name in known)
    raw: dict[int, str] = dict(conn.execute(_RAW, {"ids": numbers}).all())
    for record in sorted(here):
        row = here[record]
        ends = ((end, row.get(f"{end}_id")) for end in _ENDS)
        told = tuple(
            (end, raw[number])
            for end, number in ends
            if number in raw and raw[number] != names.names[number]
        )
        if told:
            yield record, told
