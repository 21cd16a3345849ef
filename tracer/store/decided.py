"""Putting what was decided on parties over what the papers alone tell of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from tracer.model.decision import Decisions
from tracer.model.party import Party

__all__ = ["decide", "folded_beside", "folded_of"]


def folded_of(decisions: Decisions, folded: str) -> Collection[str]:
    """Give the folded names under which records of the party of a (canonical) name may stand.

    A name that somebody made up leads to the names of the papers; any other is also itself.
    """
    party = decisions.by_name.get(folded)
    if party is None:
        return (folded,)
    return party.folded if folded not in party.keys else party.folded | {folded}


def folded_beside(decisions: Decisions, folded: Collection[str]) -> set[str]:
    """Give the further names of all decided parties that some folded names may belong to."""
    beside = decisions.beside
    return {each for name in folded for each in beside.get(name, ())}.difference(folded)


def decide(
    decisions: Decisions,
    names: Mapping[int, str],
    parties: Mapping[str, Party],
    ambiguous: Collection[str],
) -> tuple[dict[int, str], dict[str, Party], dict[str, str]]:
    """Put parties under the names decided for them.

    Parameters
    ----------
    names, parties, ambiguous
        As in `identities.Identities`, by the papers alone.

    Returns
    -------
    tuple
        Names by spelling, parties by name, and what parties told by their codes are called.
    """
    called = {name: decisions.called(name) for name in parties}
    units: dict[str, list[Party]] = defaultdict(list)
    for name, party in parties.items():
        units[called[name]].append(party)
    whole = {name: _whole(name, units[name], decisions) for name in sorted(units)}
    told = {
        name: called[name] for name in parties for bare in ambiguous if name.startswith(f"{bare}（")
    }
    return {number: decisions.called(name) for number, name in names.items()}, whole, told


def _whole(name: str, units: list[Party], decisions: Decisions) -> Party:
    """Make one party of those that are one by decision; what they say apart is said once."""
    decided = next((found for unit in units if (found := decisions.of(unit.name))), None)
    if decided is None:
        return units[0]
    codes = {unit.uscc for unit in units if unit.uscc}
    return units[0]._replace(
        name=name,
        uscc=min(codes) if len(codes) == 1 else None,
        kind=min((unit.kind for unit in units if unit.kind), default=None),
        status=min((unit.status for unit in units if unit.status), default=None),
        role=min((unit.role for unit in units if unit.role), default=None),
        spellings=tuple(sorted({each for unit in units for each in unit.spellings})),
        decided=decided.events,
    )
