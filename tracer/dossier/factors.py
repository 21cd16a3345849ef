"""The factors of a case side by side, party by party: what fault and share are argued from.

It is no legal conclusion, and says nothing of what form of liability applies, joint or by share.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from tracer.dossier.codecase import CodeCase
from tracer.dossier.faults import GROUPS, ONWARD, Fault, find_faults
from tracer.dossier.gain import Gain, find_gain
from tracer.dossier.reach import CaseReach, Reach, find_case_reach, find_reach
from tracer.dossier.remedy import Remedy, find_remedy
from tracer.dossier.standing import Standing, standing_in
from tracer.dossier.weights import FACTORS, Shares
from tracer.graph.traffic import Point
from tracer.model.diagnostic import Note
from tracer.model.money import MICROS_PER_YUAN
from tracer.model.particulars import Payment
from tracer.model.party import Party
from tracer.model.period import Period

__all__ = ["Factors", "PartyFactors", "collect_factors", "factors_of", "measured", "yuan"]


@dataclass(frozen=True)
class PartyFactors:
    """One party.

    Parameters
    ----------
    standings : tuple of Standing
        Its place in each code, by code.
    """

    party: Party
    standings: tuple[Standing, ...]
    gain: Gain
    faults: tuple[Fault, ...]
    reach: Reach
    remedy: Remedy

    @property
    def name(self) -> str:
        """Canonical name."""
        return self.party.name

    @property
    def messages(self) -> int:
        """What it carried; a lower bound."""
        return sum(each.carried.messages for each in self.standings)

    @property
    def own(self) -> int:
        """What it sent of its own."""
        return sum(each.own for each in self.standings)

    @property
    def hops(self) -> int:
        """Hops it handed the number on by."""
        return sum(len(each.downstreams) for each in self.standings)

    @property
    def first_day(self) -> date | None:
        """First day on which it carried messages."""
        return min(
            (s.carried.first_day for s in self.standings if s.carried.first_day), default=None
        )

    @property
    def last_day(self) -> date | None:
        """Last day on which it did."""
        return max((s.carried.last_day for s in self.standings if s.carried.last_day), default=None)

    @cached_property
    def layers(self) -> tuple[int, ...]:
        """Its layers, each once."""
        return tuple(sorted({s.layer for s in self.standings if s.layer is not None}))

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """Its roles over all codes, in their order."""
        return tuple(dict.fromkeys(role for each in self.standings for role in each.roles))

    def acts(self, group: str) -> tuple[Fault, ...]:
        """Give the findings of a group that speak of what it did, one an act."""
        return tuple(f for f in self.faults if f.group == group and f.is_actor and f.counts)

    @property
    def onward(self) -> tuple[Fault, ...]:
        """The findings of what its downstreams did; no acts of its own."""
        return tuple(f for f in self.faults if f.group == ONWARD and f.is_subject and f.counts)


@dataclass(frozen=True)
class Factors:
    """All parties of some codes.

    Parameters
    ----------
    numbers : tuple of str
        The codes, no number in two of them.
    parties : tuple of PartyFactors
        By first layer, then by name; carriers above the chains are not among them.
    carriers : tuple of str
        These carriers.
    days : Mapping of str to int
        By party, days on which it carried messages, over all codes.
    reach : CaseReach
        All fraud messages of these codes in the window, each once: the total of the case, which
        no party's figures are.
    notes : tuple of Note
        What limits the figures.
    shares : Shares or None
        By the user's own weights.
    """

    numbers: tuple[str, ...]
    window: Period
    parties: tuple[PartyFactors, ...]
    carriers: tuple[str, ...]
    days: Mapping[str, int]
    reach: CaseReach
    notes: tuple[Note, ...] = ()
    shares: Shares | None = None


def factors_of(
    codes: tuple[CodeCase, ...], name: str, payments: Iterable[Payment], window: Period
) -> PartyFactors:
    """Collect the factors of one party."""
    mine = tuple(code for code in codes if name in code.touched)
    standings = tuple(standing_in(code, name) for code in mine)
    known = [code.party(name) for code in mine]
    return PartyFactors(
        party=known[0] if known else Party(name),
        standings=standings,
        gain=find_gain(mine, name, payments, window),
        faults=find_faults(mine, name),
        reach=find_reach(standings),
        remedy=find_remedy(mine, name),
    )


def collect_factors(
    codes: tuple[CodeCase, ...],
    payments: Mapping[str, Iterable[Payment]],
    window: Period,
    notes: Iterable[Note] = (),
) -> Factors:
    """Put the factors of all parties of some codes side by side.

    Parameters
    ----------
    codes : tuple of CodeCase
        No number in two of them.
    payments : Mapping of str to iterable of Payment
        By party, the payments from or to it.
    window : Period
        Days of the scope.
    notes : iterable of Note
        What choosing the codes brought to light.
    """
    names = sorted({name for code in codes for name in code.parties})
    parties = [factors_of(codes, name, payments.get(name, ()), window) for name in names]
    parties.sort(key=lambda p: (not p.layers, p.layers, p.name))
    carriers = {carrier for code in codes for carrier, _ in code.access}
    return Factors(
        numbers=tuple(code.code for code in codes),
        window=window,
        parties=tuple(parties),
        carriers=tuple(sorted(carriers - set(names))),
        days={name: len({day for _, day in _points(codes, name)}) for name in names},
        reach=find_case_reach(
            incident
            for code in codes
            for incident in code.found.evidence.incidents
            if window.contains(incident.day)
        ),
        notes=(*notes, *_notes(codes, parties)),
    )


def measured(factors: Factors) -> dict[str, dict[str, Decimal]]:
    """Give what the records measure, by factor and party: what weights are put to.

    `gain` is in yuan; where nothing can be said of it, it is absent.
    """
    found: dict[str, dict[str, Decimal]] = {name: {} for name in FACTORS}
    for party in factors.parties:
        ran = party.reach.by_traffic
        acts = sum(len(party.acts(group)) for group in GROUPS)
        values: dict[str, int | Decimal | None] = {
            "messages": ran.messages,
            "own": party.own,
            "days": factors.days.get(party.name, 0),
            "hops": party.hops,
            "gain": None if party.gain.amount is None else yuan(party.gain.amount),
            "findings": acts,
            "onward": len(party.onward),
            "incidents": len(ran.incidents),
            "victims": ran.victims,
            "loss": yuan(ran.loss),
        }
        for name in FACTORS:
            value = values[name]
            if value is not None:
                found[name][party.name] = Decimal(value)
    return found


def yuan(micros: int) -> Decimal:
    """Turn millionths into yuan, exactly."""
    return Decimal(micros) / MICROS_PER_YUAN


def _points(codes: Iterable[CodeCase], name: str) -> Iterable[Point]:
    for code in codes:
        yield from (p for p, here in code.carried.get(name, {}).items() if here.messages)


def _notes(codes: Iterable[CodeCase], parties: Iterable[PartyFactors]) -> Iterable[Note]:
    for code in codes:
        yield from code.found.evidence.notes
        for number, day in code.cut_points:
            when = str(date.fromordinal(day))
            yield Note("incident_search_cut", {"number": number, "day": when})
    for party in parties:
        if party.reach.undecided:
            count = len(party.reach.undecided)
            yield Note("reach_undecided", {"party": party.name, "count": count})
        if party.reach.repeated_losses:
            count = party.reach.repeated_losses
            yield Note("loss_repeated", {"party": party.name, "count": count})
        if any(standing.carried.parts for standing in party.standings):
            parts = sum(standing.carried.parts for standing in party.standings)
            yield Note("carried_in_parts", {"party": party.name, "count": parts})
