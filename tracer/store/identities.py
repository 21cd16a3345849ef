"""Who is who: names as the papers spell them become parties.

Two names are one party when they are equal folded. A party field that holds a credit code is the
party on record with that code, if exactly one has it, else the code itself is its name. A name for
which two codes are on record may be two companies: a record that states a code then speaks of
`name（code）`, one that does not of the bare name, and none of these are joined. Nothing else is
joined either, and what does not agree is said in a note. Only sources that count are asked.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection, bindparam, exists, select

from tracer.model.diagnostic import Note
from tracer.model.party import Party, fold_name
from tracer.store.places import counts
from tracer.store.record_tables import parties
from tracer.store.spellings import fold_party, is_uscc
from tracer.store.tables import source_spellings, source_usccs, spellings
from tracer.store.writing import batches

__all__ = ["Identities", "identify", "identify_names", "is_qualified"]

_QUALIFIED: Final = re.compile(r"(.+)（([0-9A-Z]{18})）")
_ASKED: Final = select(spellings.c.folded).where(
    spellings.c.id.in_(bindparam("ids", expanding=True))
)
_SPELLED: Final = select(spellings.c.id, spellings.c.raw, spellings.c.folded).where(
    spellings.c.folded.in_(bindparam("folded", expanding=True)),
    exists()
    .where(source_spellings.c.spelling_id == spellings.c.id)
    .where(counts(source_spellings)),
)
# First the codes stated for these names, then, over each code, every name it is stated for.
_stated = source_usccs.alias("stated")
_stated_name = spellings.alias("stated_name")
_CODED_FOR: Final = (
    select(source_usccs.c.uscc, spellings.c.folded)
    .join(spellings, source_usccs.c.spelling_id == spellings.c.id)
    .where(counts(source_usccs))
)
# Two questions in one: as one condition with OR, PostgreSQL would walk both tables.
_CODED: Final = _CODED_FOR.where(source_usccs.c.uscc.in_(bindparam("codes", expanding=True))).union(
    _CODED_FOR.where(
        source_usccs.c.uscc.in_(
            select(_stated.c.uscc)
            .join(_stated_name, _stated.c.spelling_id == _stated_name.c.id)
            .where(_stated_name.c.folded.in_(bindparam("folded", expanding=True)))
            .where(counts(_stated))
        )
    )
)
_REGISTERED: Final = (
    select(spellings.c.folded, spellings.c.raw, parties.c.kind, parties.c.status, parties.c.role)
    .join(parties, parties.c.name_id == spellings.c.id)
    .where(spellings.c.folded.in_(bindparam("folded", expanding=True)))
    .where(counts(parties))
)


@dataclass(frozen=True, slots=True)
class Identities:
    """The parties that some spellings stand for.

    Parameters
    ----------
    names : Mapping of int to str
        Canonical name by number of a spelling; holds every spelling of these parties.
    parties : Mapping of str to Party
        By canonical name, sorted.
    notes : tuple of Note
        What does not agree about them, sorted.
    ambiguous : frozenset of str
        Canonical names for which two codes are on record.
    """

    names: Mapping[int, str]
    parties: Mapping[str, Party]
    notes: tuple[Note, ...]
    ambiguous: frozenset[str] = frozenset()

    def party_of(self, spelling_id: int, uscc: str | None) -> str:
        """Name the party a record speaks of, by the name and the code it states."""
        name = self.names[spelling_id]
        return _qualified(name, uscc) if uscc and name in self.ambiguous else name


def identify(conn: Connection, spelling_ids: Collection[int]) -> Identities:
    """Find the parties that these spellings stand for."""
    folded: set[str] = set()
    for batch in batches(sorted(set(spelling_ids))):
        folded.update(conn.execute(_ASKED, {"ids": batch}).scalars())
    return _Register(conn, folded).identities()


def identify_names(conn: Connection, names: Iterable[str]) -> Identities:
    """Find the parties of these (canonical) names."""
    folded: set[str] = set()
    for name in names:
        told = _QUALIFIED.fullmatch(name)
        folded.update(fold_party(part) for part in (told.groups() if told else (name,)))
    return _Register(conn, folded).identities()


def is_qualified(name: str) -> bool:
    """Tell whether a canonical name may be that of a party told by its code from another.

    Examples
    --------
    >>> is_qualified("甲公司（91990000FAKE00084J）"), is_qualified("甲公司（杭州）")
    (True, False)
    """
    return _QUALIFIED.fullmatch(name) is not None


def _qualified(name: str, uscc: str) -> str:
    return f"{name}（{uscc.upper()}）"


class _Register:
    """What is on record of some folded names; works out who they are."""

    def __init__(self, conn: Connection, folded: set[str]) -> None:
        self._conn = conn
        self._holders: dict[str, set[str]] = defaultdict(set)  # by code
        self._codes: dict[str, set[str]] = defaultdict(set)  # by folded name
        self._read_codes(folded)
        holders = {name for code in folded for name in self._holders.get(code, ())}
        if holders - folded:  # whether a code stands for its name depends on the name's other codes
            self._read_codes(holders - folded)
        self._asked = sorted({self._identity(name) for name in folded})
        self._spelled: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._registered: dict[str, list[str]] = defaultdict(list)
        self._said: dict[str, dict[str, set[str]]] = defaultdict(dict)
        self._read_names()

    def _identity(self, folded: str) -> str:
        holders = self._holders.get(folded, ())
        if not is_uscc(folded) or len(holders) != 1:
            return folded
        (holder,) = holders
        return folded if len(self._codes[holder]) > 1 else holder

    def _read_codes(self, folded: Collection[str]) -> None:
        for batch in batches(sorted(folded)):
            codes = [name for name in batch if is_uscc(name)]
            for uscc, name in self._conn.execute(_CODED, {"folded": batch, "codes": codes}):
                if name != uscc:
                    self._holders[uscc].add(name)
                    self._codes[name].add(uscc)

    def _read_names(self) -> None:
        codes = {code for name in self._asked for code in self._codes.get(name, ())}
        others = {name for code in codes for name in self._holders[code]}
        for batch in batches(sorted({*self._asked, *codes, *others})):
            for number, raw, name in self._conn.execute(_SPELLED, {"folded": batch}).all():
                self._spelled[name].append((number, raw))
            for row in self._conn.execute(_REGISTERED, {"folded": batch}):
                self._registered[row.folded].append(row.raw)
                for field in ("kind", "status", "role"):
                    said: str | None = getattr(row, field)
                    if said and said.strip():
                        self._said[row.folded].setdefault(field, set()).add(said)

    def _canonical(self, identity: str) -> str:
        if is_uscc(identity):
            holders = self._holders.get(identity, ())
            if len(holders) != 1:
                return identity
            return _qualified(self._canonical(next(iter(holders))), identity)
        raws = self._registered.get(identity) or [raw for _, raw in self._spelled[identity]]
        return min(raws, key=lambda raw: (len(raw), raw), default=identity)

    def identities(self) -> Identities:
        """Say who they are."""
        names: dict[int, str] = {}
        found: dict[str, Party] = {}
        notes: list[Note] = []
        ambiguous: set[str] = set()
        for identity in self._asked:
            spelled = self._spelled.get(identity, [])
            if len(spelled) == 1 and not self._is_described(identity):
                number, raw = spelled[0]
                names[number] = raw
                found[raw] = Party(raw, spellings=(raw,))
                continue
            canonical = self._canonical(identity)
            for alias in (identity, *self._codes.get(identity, ())):
                if self._identity(alias) == identity:
                    names.update((number, canonical) for number, _ in self._spelled[alias])
            found[canonical] = self._party(identity, canonical)
            if not is_uscc(identity) and len(self._codes.get(identity, ())) > 1:
                ambiguous.add(canonical)
                for code in self._codes[identity]:
                    told = _qualified(canonical, code)
                    found[told] = replace(found[canonical], name=told, uscc=code)
            notes.extend(self._notes(identity, canonical))
        unique = {(note.key, tuple(sorted(note.values.items()))): note for note in notes}
        return Identities(
            names,
            dict(sorted(found.items())),
            tuple(unique[key] for key in sorted(unique)),
            frozenset(ambiguous),
        )

    def _is_described(self, identity: str) -> bool:
        """Tell whether more than spellings is on record of a party; of most, nothing is."""
        return identity in self._codes or identity in self._registered or is_uscc(identity)

    def _party(self, identity: str, canonical: str) -> Party:
        codes = self._codes_of(identity)
        said = self._said.get(identity, {})
        return Party(
            name=canonical,
            uscc=codes[0] if len(codes) == 1 else None,
            kind=min(said.get("kind", ()), default=None),
            spellings=tuple(sorted({raw for _, raw in self._spelled[identity]})),
            status=min(said.get("status", ()), default=None),
            role=min(said.get("role", ()), default=None),
        )

    def _codes_of(self, identity: str) -> list[str]:
        codes = self._codes.get(identity, set())
        return sorted({*codes, identity} if is_uscc(identity) else codes)

    def _notes(self, identity: str, canonical: str) -> Iterable[Note]:
        codes = self._codes_of(identity)
        for holder in self._holders.get(identity, ()) if is_uscc(identity) else ():
            if len(self._codes[holder]) > 1:
                yield from self._notes(holder, self._canonical(holder))
        if len(codes) > 1:
            yield Note("name_two_usccs", {"name": canonical, "usccs": "、".join(codes)})
        for code in codes:
            holders = sorted(self._canonical(name) for name in self._holders.get(code, ()))
            if len(holders) > 1:
                yield Note("uscc_two_names", {"uscc": code, "names": "、".join(holders)})
        for field, said in sorted(self._said.get(identity, {}).items()):
            if len({fold_name(text).casefold() for text in said}) > 1:
                values = {"name": canonical, "values": "、".join(sorted(said))}
                yield Note(f"party_{field}_differs", values)
