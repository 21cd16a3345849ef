"""What an open case remembers from trace to trace for as long as nothing is recorded.

The same parties and sheets are met in trace after trace. Remembered are sheets, and the parties
of whom nothing is on record but how their names are spelled: who these are rests on nothing else,
whoever is asked for beside them.
"""

from collections.abc import Set
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from tracer.model.decision import NOTHING_DECIDED
from tracer.model.party import Party
from tracer.store.identities import Identities, identify
from tracer.store.places import Sheet
from tracer.store.state import State

__all__ = ["Memory", "Remembered"]

MOST_SPELLINGS = 200_000
"""Spellings beyond which those remembered so far are let go."""


@dataclass(slots=True)
class Remembered:
    """What is remembered of one state of a case.

    Parameters
    ----------
    state : State
        Which one.
    parties : dict of int to (str, Party, tuple of int)
        By number of a spelling, name and party whose it is, and the numbers of all spellings
        of that party.
    sheets : dict of int to Sheet
        By number.
    """

    state: State
    parties: dict[int, tuple[str, Party, tuple[int, ...]]] = field(default_factory=dict)
    sheets: dict[int, Sheet] = field(default_factory=dict)

    def identify(self, conn: Connection, spelling_ids: Set[int]) -> Identities:
        """Do what `identities.identify` does, in a case in which nothing was decided on parties."""
        known = self._known(spelling_ids)
        others = spelling_ids - known.names.keys()
        if not others:
            return known
        found = identify(conn, others, NOTHING_DECIDED)
        self._keep(found)
        if not known.names:
            return found
        parties = {**found.parties, **known.parties}
        return replace(
            found,
            names={**known.names, **found.names},
            parties={name: parties[name] for name in sorted(parties)},
        )

    def _known(self, spelling_ids: Set[int]) -> Identities:
        parties = self.parties
        found: dict[str, Party] = {}
        names: dict[int, str] = {}
        for number in spelling_ids:
            whose = parties.get(number)
            if whose is not None:
                name, party, numbers = whose
                found[name] = party
                for each in numbers:
                    names[each] = name
        in_order = {name: found[name] for name in sorted(found)}
        return Identities(names, in_order, (), decisions=NOTHING_DECIDED)

    def _keep(self, found: Identities) -> None:
        if len(self.parties) > MOST_SPELLINGS:
            self.parties.clear()
        numbers: dict[str, list[int]] = {}
        for number, name in found.plain.items():
            numbers.setdefault(name, []).append(number)
        for name, spelled in numbers.items():
            whose = (name, found.parties[name], tuple(spelled))
            for number in spelled:
                self.parties[number] = whose


class Memory:
    """What is remembered of a case, of one state at a time."""

    def __init__(self) -> None:
        self._of = Remembered(None)

    def of(self, state: State) -> Remembered:
        """Give what is remembered of a state; of any other, all is forgotten.

        A look-up under way in an older state keeps what it was given, which nobody else sees.
        """
        found = self._of
        if found.state != state:
            found = self._of = Remembered(state)
        return found
