"""Whom a party reached: fraud messages, victims and losses, each once, by traffic and on paper."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracer.dossier.standing import Standing
from tracer.model.evidence import Incident

__all__ = ["CaseReach", "Reach", "ReachTally", "find_case_reach", "find_reach"]


@dataclass(frozen=True, slots=True)
class ReachTally:
    """Fraud messages of one kind.

    Parameters
    ----------
    messages : int
        What the party carried at points of that kind; a lower bound.
    incidents : tuple of Incident
        Each once, by (time, number, record).
    victims : int
        Victims told apart.
    loss : int
        Millionths of a yuan.
    """

    messages: int
    incidents: tuple[Incident, ...]
    victims: int
    loss: int


@dataclass(frozen=True, slots=True)
class Reach:
    """What the chains through a party reached; the two kinds are never added up.

    Parameters
    ----------
    by_traffic, by_paper : ReachTally
        On chains with traffic on every hop, and, where there is none, on chains on paper.
    victims_in_both : int
        Victims that are in both figures.
    undecided : tuple of Incident
        In neither: cycles so entangled that the search was cut.
    repeated_losses : int
        Fraud messages whose victim has another one in the same case with the same loss: it may
        be one loss written down twice. They are counted as they stand.
    """

    by_traffic: ReachTally
    by_paper: ReachTally
    victims_in_both: int
    undecided: tuple[Incident, ...]
    repeated_losses: int


@dataclass(frozen=True, slots=True)
class CaseReach:
    """The fraud messages of all codes together, each once, whatever chain carries them or none.

    Parameters
    ----------
    victims : int
        Victims told apart.
    loss : int
        Millionths of a yuan.
    """

    incidents: tuple[Incident, ...]
    victims: int
    loss: int


def find_case_reach(incidents: Iterable[Incident]) -> CaseReach:
    """Count fraud messages, victims and losses of a case; a record given twice counts once."""
    listed = _sorted(dict.fromkeys(incidents))
    loss = sum(incident.loss or 0 for incident in listed)
    return CaseReach(listed, len(_victims(listed)), loss)


def find_reach(standings: Iterable[Standing]) -> Reach:
    """Add up what a party reached over codes no two of which share a number."""
    listed = tuple(standings)
    ran = _sorted(i for each in listed for i in each.incidents.by_traffic)
    held = _sorted(i for each in listed for i in each.incidents.by_paper)
    return Reach(
        by_traffic=_tally(ran, sum(each.carried.by_traffic for each in listed)),
        by_paper=_tally(held, sum(each.carried.by_paper for each in listed)),
        victims_in_both=len(_victims(ran) & _victims(held)),
        undecided=_sorted(i for each in listed for i in each.incidents.undecided),
        repeated_losses=_repeated((*ran, *held)),
    )


def _sorted(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    return tuple(sorted(incidents, key=lambda i: (i.received_at, i.number, i.ref.record_id)))


def _victims(incidents: Iterable[Incident]) -> set[str]:
    return {incident.victim for incident in incidents if incident.victim is not None}


def _tally(incidents: tuple[Incident, ...], messages: int) -> ReachTally:
    loss = sum(incident.loss or 0 for incident in incidents)
    return ReachTally(messages, incidents, len(_victims(incidents)), loss)


def _repeated(incidents: Iterable[Incident]) -> int:
    seen: dict[tuple[str | None, str, int], int] = {}
    for each in incidents:
        if each.victim is not None and each.loss:
            key = (each.case_no, each.victim, each.loss)
            seen[key] = seen.get(key, 0) + 1
    return sum(count for count in seen.values() if count > 1)
