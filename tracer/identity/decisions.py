"""Making decisions on parties, and carrying them from one database to another.

A decision is written as the parameters of an event: the parties concerned, each by the keys it
is known by (`model.decision`), the name, the reason. On its way to another database it keeps names
and credit codes only; who they are there, that database says.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tracer.errors import UsageError
from tracer.model.decision import DECIDING, Unit, standing, units_of
from tracer.model.event import Event
from tracer.model.party import Party, fold_party

__all__ = [
    "DECISIONS_SCHEMA",
    "CarriedDecision",
    "carry",
    "check_name",
    "decision_params",
    "later_decisions",
    "read_carried",
    "unit_of",
    "with_codes",
]

DECISIONS_SCHEMA: Final = "tracer.decisions/1"
_LONGEST: Final = 200


def unit_of(party: Party) -> Unit:
    """Say what a party, as the papers alone tell it, is known by.

    Its code alone is no key of its own: it may be stated for others too.

    Examples
    --------
    >>> sorted(unit_of(Party("甲 公司", "91990000FAKE00084J")).keys)
    ['甲公司', '甲公司(91990000FAKE00084J)']
    """
    keys = {fold_party(party.name)}
    folded = fold_party(party.name)
    if party.uscc and folded != party.uscc and not folded.endswith(f"({party.uscc})"):
        keys.add(f"{folded}({party.uscc})")
    return Unit(party.name, frozenset(keys), uscc=party.uscc)


def check_name(name: str) -> str:
    """Check a name that somebody gives to a party, and trim it.

    Raises
    ------
    UsageError
        If it is blank, too long, or no single line of visible characters.
    """
    trimmed = name.strip()
    if not trimmed or len(trimmed) > _LONGEST or not trimmed.isprintable():
        raise UsageError("party_name", name=name.strip()[:_LONGEST])
    return trimmed


def decision_params(
    units: Iterable[Unit], name: str | None, reason: str, *, party: str | None = None
) -> dict[str, object]:
    """Write a decision as the parameters of its event.

    Parameters
    ----------
    units : iterable of Unit
        The parties it joins, takes out or names.
    name : str or None
        What they are called from now on; None where each gets its own name back.
    party : str or None
        What the party concerned was called.
    """
    params: dict[str, object] = {
        "units": [
            {"name": unit.name, "uscc": unit.uscc, "keys": sorted(unit.keys)} for unit in units
        ],
        "reason": reason,
    }
    if name is not None:
        params["name"] = name
    if party is not None:
        params["party"] = party
    return params


def later_decisions(events: Iterable[Event], of: Event) -> tuple[Event, ...]:
    """Give the standing decisions made after one on the same parties: they rest on it."""
    keys = _keys(of)
    return tuple(
        event
        for event in standing(events)
        if event.seq > of.seq and event.action in DECIDING and keys & _keys(event)
    )


def _keys(event: Event) -> frozenset[str]:
    return frozenset[str]().union(*(unit.keys for unit in units_of(event)))


@dataclass(frozen=True, slots=True)
class CarriedDecision:
    """A decision on its way to another database.

    Parameters
    ----------
    action : {"merge", "rename", "split"}
    parties : tuple of (str, str or None)
        Name and credit code of each.
    name : str or None
        As of `decision_params`.
    operator, at : str
        Who decided it, and when.
    """

    action: str
    parties: tuple[tuple[str, str | None], ...]
    name: str | None
    reason: str
    operator: str
    at: str


def carry(events: Iterable[Event]) -> str:
    """Write the standing decisions as `tracer.decisions/1`, in their order."""
    listed = [
        {
            "action": event.action,
            "parties": [{"name": unit.name, "uscc": unit.uscc} for unit in units_of(event)],
            "name": event.params.get("name"),
            "reason": event.params.get("reason"),
            "by": event.operator,
            "at": event.at,
        }
        for event in standing(events)
        if event.action in DECIDING
    ]
    document = {"schema": DECISIONS_SCHEMA, "decisions": listed}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def read_carried(content: str, path: str) -> tuple[CarriedDecision, ...]:
    """Read decisions that `carry` wrote.

    Raises
    ------
    UsageError
        If it is not such a file.
    """
    try:
        document = json.loads(content)
        if document["schema"] != DECISIONS_SCHEMA:
            raise UsageError("decisions_file", path=path)
        return tuple(_carried(each) for each in document["decisions"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError("decisions_file", path=path) from error


def _carried(said: dict[str, Any]) -> CarriedDecision:
    action, name = said["action"], said["name"]
    parties = tuple((_text(each["name"]), _optional(each["uscc"])) for each in said["parties"])
    if action not in DECIDING or not parties or (name is None) != (action == "split"):
        raise ValueError(action)
    texts = (_text(said[key]) for key in ("reason", "by", "at"))
    return CarriedDecision(action, parties, _optional(name), *texts)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _optional(value: object) -> str | None:
    return None if value is None else _text(value)


def with_codes(units: Sequence[Unit], owned: Collection[str]) -> tuple[Unit, ...]:
    """Add to units the codes that stand for them alone: papers may state nothing else.

    Parameters
    ----------
    owned : collection of str
        Codes of which every name they are stated for is among the units.
    """
    return tuple(
        Unit(unit.name, unit.keys | {unit.uscc}, unit.given, unit.uscc)
        if unit.uscc in owned and unit.uscc is not None
        else unit
        for unit in units
    )
