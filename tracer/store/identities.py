"""Who is who: names as the papers spell them become parties.

Two names are one party when they are equal folded. A party field that holds a credit code is the
party on record with that code, if exactly one has it, else the code itself is its name. A name for
which two codes are on record may be two companies: a record that states a code then speaks of
`name（code）`, one that does not of the bare name, and none of these are joined. Nothing else is
joined either, and what does not agree is said in a note. Only sources that count are asked.

What somebody decided (`model.decision`) comes last: parties told so far are put under the name
decided for their keys, and whoever asks for one of a decided party is given all of it.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import Connection

from tracer.model.decision import Decisions
from tracer.model.diagnostic import Note
from tracer.model.party import Party, fold_name, fold_party, is_uscc
from tracer.store.decided import decide, folded_beside, folded_of
from tracer.store.decisions import read_decisions
from tracer.store.name_statements import (
    CODED,
    CODED_FOR,
    REGISTERED,
    SPELLED,
    SPELLED_BY_NUMBER,
)
from tracer.store.tables import source_usccs

__all__ = ["Identities", "holders_of", "identify", "identify_names", "is_qualified"]

_QUALIFIED: Final = re.compile(r"(.+)（([0-9A-Z]{18})）")


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
    bare : Mapping of int to str
        By number of a spelling of one of these, its name without a code.
    told : Mapping of str to str
        By name with code, as which such a party is told from another, its canonical name.
    decisions : Decisions or None
        What was decided on parties; None where nobody looked yet.
    plain : Mapping of int to str
        As `names`, those of parties of whom nothing is on record or decided but how their names
        are spelled: who these are rests on nothing else, whoever is asked for beside them.
    """

    names: Mapping[int, str]
    parties: Mapping[str, Party]
    notes: tuple[Note, ...]
    ambiguous: frozenset[str] = frozenset()
    bare: Mapping[int, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    decisions: Decisions | None = None
    plain: Mapping[int, str] = field(default_factory=dict)

    def with_others(self, others: "Identities") -> "Identities":
        """Know who these spellings stand for, and those of other parties too."""
        return Identities(
            {**self.names, **others.names},
            {**self.parties, **others.parties},
            (*self.notes, *others.notes),
            self.ambiguous | others.ambiguous,
            {**self.bare, **others.bare},
            {**self.told, **others.told},
            self.decisions,
        )

    def party_of(self, spelling_id: int, uscc: str | None) -> str:
        """Name the party a record speaks of, by the name and the code it states."""
        bare = self.bare.get(spelling_id) if uscc else None
        if bare is None or uscc is None:
            return self.names[spelling_id]
        told = _qualified(bare, uscc)
        return self.told.get(told, told)

    def may_mean(self, spelling_id: int, parties: Collection[str]) -> bool:
        """Tell whether a spelling may stand for one of some parties, by whatever code."""
        if self.names[spelling_id] in parties:
            return True
        bare = self.bare.get(spelling_id)
        if bare is None:
            return False
        begins = f"{bare}（"
        decided = (name for told, name in self.told.items() if told.startswith(begins))
        return any(party.startswith(begins) for party in parties) or any(
            name in parties for name in decided
        )


def identify(
    conn: Connection, spelling_ids: Collection[int], decisions: Decisions | None = None
) -> Identities:
    """Find the parties that these spellings stand for.

    `decisions` are what is decided on parties, where it was read already or is on trial.
    """
    decided = read_decisions(conn) if decisions is None else decisions
    if not spelling_ids:
        return Identities({}, {}, (), decisions=decided)
    asked = {"ids": sorted(set(spelling_ids))}
    rows: Sequence[Sequence[Any]] = SPELLED_BY_NUMBER.ask(conn, asked)
    if others := sorted({row[2] for row in rows if row[5]}):  # most names are spelled in one way
        one_way = [row for row in rows if not row[5]]
        rows = [*one_way, *conn.execute(SPELLED, {"folded": others})]
    return _told(conn, {row[2] for row in rows}, rows, decided)


def identify_names(
    conn: Connection, names: Iterable[str], decisions: Decisions | None = None
) -> Identities:
    """Find the parties of these (canonical) names."""
    decided = read_decisions(conn) if decisions is None else decisions
    folded: set[str] = set()
    for name in names:
        told = _QUALIFIED.fullmatch(name)
        folded.update(
            each
            for part in (told.groups() if told else (name,))
            for each in folded_of(decided, fold_party(part))
        )
    if not folded:
        return Identities({}, {}, (), decisions=decided)
    rows = conn.execute(SPELLED, {"folded": sorted(folded)}).all()
    return _told(conn, folded, rows, decided)


def _told(
    conn: Connection,
    folded: set[str],
    rows: Sequence[Sequence[Any]],
    decisions: Decisions,
) -> Identities:
    """Say who some folded names are by the papers, then by what was decided."""
    if not decisions:
        return replace(_identities(conn, folded, rows, decisions), decisions=decisions)
    if beside := folded_beside(decisions, folded):
        more = conn.execute(SPELLED, {"folded": sorted(beside)}).all()
        folded, rows = folded | beside, (*rows, *more)
    found = _identities(conn, folded, rows, decisions)
    names, parties, told = decide(decisions, found.names, found.parties, found.ambiguous)
    return replace(
        found,
        names=names,
        parties=parties,
        ambiguous=frozenset(decisions.called(name) for name in found.ambiguous),
        told=told,
        decisions=decisions,
        plain={},
    )


def _identities(
    conn: Connection,
    folded: set[str],
    rows: Sequence[Sequence[Any]],
    decisions: Decisions,
) -> Identities:
    """Say who some folded names are, of which all spellings are given."""
    described = {row[2] for row in rows if row[4]}
    described.update(filter(is_uscc, folded))
    plain: dict[str, str] = {}  # how a name is spelled: mostly in one way
    spelled: dict[str, list[str]] = {}  # those spelled in several
    numbers: dict[int, str] = {}
    for number, raw, name, is_counted, _, _ in rows:
        if is_counted and name not in described:
            numbers[number] = name
            if name in plain:
                spelled.setdefault(name, [plain[name]]).append(raw)
            else:
                plain[name] = raw
    for name in folded - described - plain.keys():  # only retracted sources spell it
        plain[name] = name
        spelled[name] = []
    for name, raws in spelled.items():
        plain[name] = min(raws, key=_shortest_first, default=name)
    names = {number: plain[name] for number, name in numbers.items()}
    found = {
        canonical: Party(canonical, spellings=(canonical,)) for canonical in sorted(plain.values())
    }
    for name, raws in spelled.items():
        found[plain[name]] = Party(plain[name], spellings=tuple(sorted(raws)))
    if not described:
        return Identities(names, found, (), plain=names)
    told = _Register(conn, described, decisions).identities()
    return Identities(
        {**names, **told.names},
        dict(sorted({**told.parties, **found}.items())),
        told.notes,
        told.ambiguous,
        told.bare,
        plain=names,
    )


def _shortest_first(raw: str) -> tuple[int, str]:
    return len(raw), raw


def holders_of(conn: Connection, uscc: str) -> frozenset[str]:
    """Give the folded names for which a credit code is on record."""
    wanted = CODED_FOR.where(source_usccs.c.uscc == uscc)
    return frozenset(name for _, name in conn.execute(wanted) if name != uscc)


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

    def __init__(self, conn: Connection, folded: set[str], decisions: Decisions) -> None:
        self._conn = conn
        self._decisions = decisions
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
        codes = sorted(name for name in folded if is_uscc(name))
        scope = {"folded": sorted(folded), "codes": codes}
        for uscc, name in self._conn.execute(CODED, scope):
            if name != uscc:
                self._holders[uscc].add(name)
                self._codes[name].add(uscc)

    def _read_names(self) -> None:
        codes = {code for name in self._asked for code in self._codes.get(name, ())}
        others = {name for code in codes for name in self._holders[code]}
        scope = {"folded": sorted({*self._asked, *codes, *others})}
        for number, raw, name, is_counted, _, _ in self._conn.execute(SPELLED, scope):
            if is_counted:
                self._spelled[name].append((number, raw))
        for row in self._conn.execute(REGISTERED, scope):
            self._registered[row.folded].append(row.raw)
            for stated in ("kind", "status", "role"):
                said: str | None = getattr(row, stated)
                if said and said.strip():
                    self._said[row.folded].setdefault(stated, set()).add(said)

    def _canonical(self, identity: str) -> str:
        if is_uscc(identity):
            holders = self._holders.get(identity, ())
            if len(holders) != 1:
                return identity
            return _qualified(self._canonical(next(iter(holders))), identity)
        raws = self._registered.get(identity) or [raw for _, raw in self._spelled[identity]]
        return min(raws, key=_shortest_first, default=identity)

    def identities(self) -> Identities:
        """Say who they are."""
        names: dict[int, str] = {}
        found: dict[str, Party] = {}
        notes: list[Note] = []
        ambiguous: set[str] = set()
        bare: dict[int, str] = {}
        for identity in self._asked:
            canonical = self._canonical(identity)
            for alias in (identity, *self._codes.get(identity, ())):
                if self._identity(alias) == identity:
                    names.update((number, canonical) for number, _ in self._spelled[alias])
            found[canonical] = self._party(identity, canonical)
            if not is_uscc(identity) and len(self._codes.get(identity, ())) > 1:
                ambiguous.add(canonical)
                bare.update((number, canonical) for number, _ in self._spelled[identity])
                for code in self._codes[identity]:
                    told = _qualified(canonical, code)
                    found[told] = found[canonical]._replace(name=told, uscc=code)
            notes.extend(self._notes(identity, canonical))
        unique = {(note.key, tuple(sorted(note.values.items()))): note for note in notes}
        return Identities(
            names,
            dict(sorted(found.items())),
            tuple(unique[key] for key in sorted(unique)),
            frozenset(ambiguous),
            bare,
        )

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

    def _are_several(self, names: Iterable[str]) -> bool:
        """Tell whether nobody decided that these names are all of one party."""
        return len({self._decisions.called(name) for name in names}) > 1

    def _notes(self, identity: str, canonical: str) -> Iterable[Note]:
        codes = self._codes_of(identity)
        for holder in self._holders.get(identity, ()) if is_uscc(identity) else ():
            if len(self._codes[holder]) > 1:
                yield from self._notes(holder, self._canonical(holder))
        if len(codes) > 1 and self._are_several(_qualified(canonical, code) for code in codes):
            yield Note("name_two_usccs", {"name": canonical, "usccs": "、".join(codes)})
        for code in codes:
            holders = sorted(self._canonical(name) for name in self._holders.get(code, ()))
            if len(holders) > 1 and self._are_several(holders):
                yield Note("uscc_two_names", {"uscc": code, "names": "、".join(holders)})
        for stated, said in sorted(self._said.get(identity, {}).items()):
            if len({fold_name(text).casefold() for text in said}) > 1:
                values = {"name": canonical, "values": "、".join(sorted(said))}
                yield Note(f"party_{stated}_differs", values)
