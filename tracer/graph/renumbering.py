"""Renumbering: messages a party received under one number and may have sent on under another.

A platform may add digits to a number, or take some off. Where it does, its logs show messages that
went no further, and about as many that came from nowhere. The basis `possible_renumbering` of a
final sender and the rule TR308 are this one computation.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracer.graph.flow import Ledger, keep_ledgers
from tracer.graph.traffic import sum_traffic
from tracer.model.evidence import Evidence
from tracer.model.segment import MIN_DIGITS

__all__ = ["Renumbering", "find_renumberings", "is_renumbering", "with_shorter_numbers"]


@dataclass(frozen=True, slots=True, order=True)
class Renumbering:
    """What a party originated on one day under one number, and received under a related one.

    Parameters
    ----------
    number : str
        The number it originated messages under.
    received_as : str
        The number under which it received about as many more than it forwarded; one of the two
        is a proper prefix of the other.
    day : int
        Proleptic day number.
    unit : str
        What the logs count in; never compared with another.
    messages : int
        Originated under `number` that day, in that unit.
    surplus : int
        Received under `received_as` that day and not forwarded under it, that day or the next.
    """

    number: str
    received_as: str
    day: int
    unit: str
    messages: int
    surplus: int


def is_renumbering(originated: int, surplus: int) -> bool:
    """Tell whether a party originated about as many messages as it did not pass on (TR308).

    "About as many" is within 10 % of the larger figure.

    Examples
    --------
    >>> is_renumbering(100, 90), is_renumbering(100, 89), is_renumbering(0, 0)
    (True, False, False)
    """
    if originated <= 0 or surplus <= 0:
        return False
    return 10 * abs(originated - surplus) <= max(originated, surplus)


def find_renumberings(ledgers: Mapping[str, Ledger]) -> tuple[Renumbering, ...]:
    """Find where a platform may have changed numbers.

    Parameters
    ----------
    ledgers : Mapping of str to Ledger
        Of one party, by number, of all days on record.

    Returns
    -------
    tuple of Renumbering
        Sorted.
    """
    found: list[Renumbering] = []
    for longer in ledgers:
        for length in range(MIN_DIGITS, len(longer)):
            shorter = longer[:length]
            if shorter in ledgers:
                found.extend(_changed(longer, shorter, ledgers))
                found.extend(_changed(shorter, longer, ledgers))
    return tuple(sorted(found))


def _changed(number: str, received_as: str, ledgers: Mapping[str, Ledger]) -> Iterator[Renumbering]:
    received = ledgers[received_as].units
    for unit, each in ledgers[number].units.items():
        surplus = received[unit].matching.surplus if unit in received else {}
        for day, originated in each.matching.originated.items() if surplus else ():
            if is_renumbering(originated, kept := surplus.get(day, 0)):
                yield Renumbering(number, received_as, day, unit, originated, kept)


def with_shorter_numbers(
    evidence: Evidence, ledgers: Mapping[str, Mapping[str, Ledger]]
) -> dict[str, dict[str, Ledger]]:
    """Add the ledgers of numbers the one asked for may have been made from."""
    merged = {party: dict(by_number) for party, by_number in ledgers.items()}
    for party, by_number in keep_ledgers(sum_traffic(evidence.shorter_routing)).items():
        merged.setdefault(party, {}).update(by_number)
    return merged
