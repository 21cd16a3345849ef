"""Decisions on who is who: merges, splits and names, as the custody log tells them.

A party of the papers is known by its keys: its name folded (`model.party.fold_party`), the name
with its credit code where papers state one, and the code alone where it stands for that party. A
decision names keys, never rows, so papers that come later fall under it, and another database can
take it over. The state is what the standing events come to, in their order; without any, nothing
is decided.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tracer.model.event import Event
from tracer.model.party import fold_party

__all__ = [
    "DECIDING",
    "NOTHING_DECIDED",
    "DecidedParty",
    "Decisions",
    "Unit",
    "replay",
    "standing",
    "units_of",
]

DECIDING: Final = ("merge", "rename", "split")
"""Actions of the events that decide who is who; `undo` takes one back."""

_WITH_CODE: Final = re.compile(r"(.+)\(([0-9A-Z]{18})\)")


@dataclass(frozen=True, slots=True)
class Unit:
    """One party as the papers alone tell it.

    Parameters
    ----------
    name : str
        What it was called when it was decided on.
    keys : frozenset of str
        What it is known by.
    given : str or None
        The name somebody decided it shall have.
    uscc : str or None
        Its credit code then, where there was exactly one.
    """

    name: str
    keys: frozenset[str]
    given: str | None = None
    uscc: str | None = None

    @property
    def called(self) -> str:
        """Its name when it stands alone."""
        return self.given or self.name


@dataclass(frozen=True, slots=True)
class DecidedParty:
    """One party by decision: several of the papers, or one under a name of its own.

    Parameters
    ----------
    name : str
        Canonical name.
    units : tuple of Unit
        In the order in which they were joined.
    events : tuple of int
        Numbers of the events that made it so.
    """

    name: str
    units: tuple[Unit, ...]
    events: tuple[int, ...]

    @property
    def keys(self) -> frozenset[str]:
        """What it is known by."""
        return frozenset[str]().union(*(unit.keys for unit in self.units))

    @property
    def folded(self) -> frozenset[str]:
        """Folded names and codes under which its records may stand."""
        return frozenset(part for key in self.keys for part in _parts(key))


def _parts(key: str) -> Iterable[str]:
    told = _WITH_CODE.fullmatch(key)
    return told.groups() if told else (key,)


@dataclass(frozen=True)
class Decisions:
    """All that is decided.

    Parameters
    ----------
    parties : tuple of DecidedParty
        No key is of two of them; sorted by name.
    """

    parties: tuple[DecidedParty, ...] = ()
    by_key: Mapping[str, DecidedParty] = field(init=False, compare=False)
    by_name: Mapping[str, DecidedParty] = field(init=False, compare=False)
    beside: Mapping[str, frozenset[str]] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        keys = {key: party for party in self.parties for key in party.keys}
        names = {fold_party(party.name): party for party in self.parties}
        object.__setattr__(self, "by_key", keys)
        object.__setattr__(self, "by_name", names)
        beside: dict[str, frozenset[str]] = defaultdict(frozenset)
        for party in self.parties:
            for part in party.folded:
                beside[part] |= party.folded
        object.__setattr__(self, "beside", dict(beside))

    def __bool__(self) -> bool:
        return bool(self.parties)

    def of(self, name: str) -> DecidedParty | None:
        """Give what is decided of the party the papers alone call so."""
        return self.by_key.get(fold_party(name))

    def called(self, name: str) -> str:
        """Give the canonical name of the party the papers alone call so."""
        found = self.of(name)
        return name if found is None else found.name


NOTHING_DECIDED: Final = Decisions()


def standing(events: Iterable[Event]) -> list[Event]:
    """Leave out what was taken back, and the taking back."""
    listed = list(events)
    undone = {event.params.get("event") for event in listed if event.action == "undo"}
    return [event for event in listed if event.action != "undo" and event.seq not in undone]


def units_of(event: Event) -> tuple[Unit, ...]:
    """Give the parties a decision names."""
    told: Any = event.params.get("units")
    return tuple(
        Unit(each["name"], frozenset(each["keys"]), uscc=each.get("uscc")) for each in told or ()
    )


def replay(events: Iterable[Event]) -> Decisions:
    """Work out what some events come to.

    Parameters
    ----------
    events : iterable of Event
        Merges, splits, names and what takes them back, in order; others are passed over.
    """
    parties: list[DecidedParty] = []
    for event in standing(events):
        if event.action in DECIDING:
            parties = _decide(parties, event)
    return Decisions(tuple(sorted(parties, key=lambda party: party.name)))


def _decide(parties: list[DecidedParty], event: Event) -> list[DecidedParty]:
    named = units_of(event)
    keys = frozenset[str]().union(*(unit.keys for unit in named))
    touched = [party for party in parties if party.keys & keys]
    others = [party for party in parties if not party.keys & keys]
    events = tuple(sorted({event.seq, *(seq for party in touched for seq in party.events)}))
    known = [unit for party in touched for unit in party.units]
    name = str(event.params.get("name") or "")
    if event.action == "merge":
        return [*others, DecidedParty(name, _joined(known, named), events)]
    if event.action == "rename":
        units = _joined(known, named)
        if len(units) == 1:
            units = (Unit(units[0].name, units[0].keys, name, units[0].uscc),)
        return [*others, DecidedParty(name, units, events)]
    for party in touched:
        stay = tuple(unit for unit in party.units if not unit.keys & keys)
        leave = tuple(unit for unit in party.units if unit.keys & keys)
        if len(stay) > 1:
            others.append(DecidedParty(party.name, stay, events))
        alone = leave if len(stay) > 1 else (*leave, *stay)
        others += [DecidedParty(unit.given, (unit,), events) for unit in alone if unit.given]
    return others


def _joined(known: Sequence[Unit], named: Sequence[Unit]) -> tuple[Unit, ...]:
    """Put units together, those of which a key is the same as one."""
    units: list[Unit] = []
    for unit in (*known, *named):
        same = [each for each in units if each.keys & unit.keys]
        if not same:
            units.append(unit)
            continue
        keys = unit.keys.union(*(each.keys for each in same))
        first = same[0]
        given = first.given or unit.given
        whole = Unit(first.name, keys, given, first.uscc or unit.uscc)
        units[units.index(first)] = whole
        for each in same[1:]:
            units.remove(each)
    return tuple(units)
