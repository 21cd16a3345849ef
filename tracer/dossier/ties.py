"""How parties are tied together beside contracts and traffic: declared, and found on record.

Found are shared legal representatives, addresses, phones and accounts; a person that is one party's
representative and stands in a declared relation to another; and one third party or person to which
several are related. A tie is a lead: equal names need not be one person.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from tracer.model.party import fold_name
from tracer.model.partyfile import PartyFile
from tracer.model.period import ALL_DAYS, Period
from tracer.model.source import RecordRef

__all__ = ["Tie", "TieEnd", "find_ties"]

_NOT_DIGITS: Final = re.compile(r"\D")
_FEWEST_DIGITS: Final = 7


@dataclass(frozen=True, slots=True, order=True)
class TieEnd:
    """How one party is tied to what is shared.

    Parameters
    ----------
    how : str
        `representative`, `address`, `phone`, `account`, or the kind of relation as printed.
    """

    party: str
    how: str
    ref: RecordRef = field(compare=False)
    share: str | None = None
    term: Period = field(default=ALL_DAYS, compare=False)


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie between two or more parties.

    Parameters
    ----------
    kind : {"declared", "person", "address", "phone", "account"}
        A relation on record between two of the parties; or what they share. `person` is a person
        or a third party.
    label : str
        What they share, as printed; the kind of relation of a declared one.
    ends : tuple of TieEnd
        By party; of a declared tie, both parties with the same record.
    """

    kind: str
    label: str
    ends: tuple[TieEnd, ...]

    @property
    def parties(self) -> tuple[str, ...]:
        """Those tied, sorted, each once."""
        return tuple(sorted({end.party for end in self.ends}))

    @property
    def refs(self) -> tuple[RecordRef, ...]:
        """The records it rests on, by id."""
        found = {end.ref.record_id: end.ref for end in self.ends}
        return tuple(found[key] for key in sorted(found))


def find_ties(files: Mapping[str, PartyFile]) -> tuple[Tie, ...]:
    """Find what ties some parties together, by (kind, parties, label).

    Parameters
    ----------
    files : Mapping of str to PartyFile
        Of these parties, by canonical name.
    """
    found = [
        *_declared(files),
        *_shared("person", files, _persons, fold_name),
        *_shared("address", files, _addresses, fold_name),
        *_shared("phone", files, _phones, _digits),
        *_shared("account", files, _accounts, fold_name),
    ]
    return tuple(sorted(found, key=lambda tie: (tie.kind, tie.parties, tie.label)))


def _declared(files: Mapping[str, PartyFile]) -> Iterable[Tie]:
    seen = set()
    for file in files.values():
        for each in file.relations:
            key = each.ref.record_id
            if key in seen or not {each.party_a, each.party_b} <= files.keys():
                continue
            seen.add(key)
            ends = (
                TieEnd(party, each.kind, each.ref, each.share, each.term)
                for party in (each.party_a, each.party_b)
            )
            yield Tie("declared", each.kind, tuple(ends))


_Named = Iterable[tuple[str, TieEnd]]


def _shared(
    kind: str,
    files: Mapping[str, PartyFile],
    named: Callable[[PartyFile, Mapping[str, PartyFile]], _Named],
    fold: Callable[[str], str],
) -> Iterable[Tie]:
    """Find what stands in the files of two or more."""
    ends: dict[str, dict[tuple[str, str, str], TieEnd]] = defaultdict(dict)
    labels: dict[str, list[str]] = defaultdict(list)
    for file in files.values():
        for label, end in named(file, files):
            key = fold(label)
            if key:
                ends[key][end.party, end.how, end.ref.record_id] = end
                labels[key].append(label)
    for key, told in ends.items():
        if len({party for party, _, _ in told}) > 1:
            listed = (told[place] for place in sorted(told))
            yield Tie(kind, min(labels[key], key=lambda label: (len(label), label)), tuple(listed))


def _persons(file: PartyFile, files: Mapping[str, PartyFile]) -> _Named:
    for entry in file.entries:
        if entry.representative:
            yield entry.representative, TieEnd(file.name, "representative", entry.ref)
    for each in file.relations:
        other = each.party_b if each.party_a == file.name else each.party_a
        if other not in files:
            yield other, TieEnd(file.name, each.kind, each.ref, each.share, each.term)


def _addresses(file: PartyFile, _: Mapping[str, PartyFile]) -> _Named:
    for entry in file.entries:
        if entry.address:
            yield entry.address, TieEnd(file.name, "address", entry.ref)


def _phones(file: PartyFile, _: Mapping[str, PartyFile]) -> _Named:
    for entry in file.entries:
        if entry.phone:
            yield entry.phone, TieEnd(file.name, "phone", entry.ref)


def _accounts(file: PartyFile, _: Mapping[str, PartyFile]) -> _Named:
    for each in file.accounts:
        if each.party == file.name:
            label = f"{each.platform} {each.account}"
            yield label, TieEnd(file.name, "account", each.ref, None, each.term)


def _digits(phone: str) -> str:
    digits = _NOT_DIGITS.sub("", phone)
    return digits if len(digits) >= _FEWEST_DIGITS else ""
