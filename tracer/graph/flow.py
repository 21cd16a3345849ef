"""Flow: what each party forwarded, received, originated and withheld, number by number.

A message received on a day leaves that day or the next (midnight). Days are matched over all
days on record, so that a window cuts no message in two; what falls outside it is not counted.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracer.graph.traffic import HopTraffic, Pair

__all__ = ["DayFlow", "Ledger", "Matching", "keep_ledgers", "match_days"]


@dataclass(frozen=True, slots=True)
class Matching:
    """Forwarded matched with received, day by day.

    Parameters
    ----------
    originated : dict of int to int
        By day, what was forwarded and matched with nothing received; days with none are absent.
    surplus : dict of int to int
        By day, what was received and matched neither that day nor the next; ditto.
    """

    originated: dict[int, int]
    surplus: dict[int, int]


@dataclass(frozen=True, slots=True)
class DayFlow:
    """A party's flow under one number on one day, in messages."""

    forwarded: int = 0
    received: int = 0
    originated: int = 0
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """All a party forwarded and received under one number, by day.

    Parameters
    ----------
    forwarded, received : dict of int to int
        Messages by day number, over all days on record.
    unit : str or None
        The unit they count; None when units are mixed, and nothing can be matched.
    matching : Matching
        What matching them leaves over, whether or not any was forwarded.
    """

    forwarded: dict[int, int]
    received: dict[int, int]
    unit: str | None
    matching: Matching

    def days(self) -> Iterator[tuple[int, DayFlow]]:
        """Yield the flow day by day.

        Nothing counts as withheld where the party forwarded nothing on record under the number:
        the log above it is then simply not on record.
        """
        withheld = self.matching.surplus if self.forwarded else {}
        for day in sorted(self.forwarded.keys() | self.received.keys()):
            yield (
                day,
                DayFlow(
                    forwarded=self.forwarded.get(day, 0),
                    received=self.received.get(day, 0),
                    originated=self.matching.originated.get(day, 0),
                    withheld=withheld.get(day, 0),
                ),
            )


def match_days(forwarded: Mapping[int, int], received: Mapping[int, int]) -> Matching:
    """Match what was forwarded with what was received that day or the day before.

    Examples
    --------
    >>> match_days({1: 4, 2: 5}, {1: 6, 2: 1})
    Matching(originated={2: 2}, surplus={})
    """
    originated: dict[int, int] = {}
    surplus: dict[int, int] = {}
    left_day, left = 0, 0

    def close(day: int, count: int) -> None:
        if count:
            surplus[day] = count

    for day in sorted(forwarded.keys() | received.keys()):
        if left_day != day - 1:
            close(left_day, left)
            left = 0
        out = forwarded.get(day, 0)
        from_yesterday = min(out, left)
        close(left_day, left - from_yesterday)
        out -= from_yesterday
        come = received.get(day, 0)
        from_today = min(out, come)
        left_day, left = day, come - from_today
        if out > from_today:
            originated[day] = out - from_today
    close(left_day, left)
    return Matching(originated, surplus)


def keep_ledgers(traffic: Mapping[Pair, HopTraffic]) -> dict[str, dict[str, Ledger]]:
    """Open a ledger for every party and number with accepted messages on record.

    Returns
    -------
    dict of str to dict of str to Ledger
        By party, by number.
    """
    forwarded: dict[tuple[str, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    received: dict[tuple[str, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    units: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (upstream, downstream), points in traffic.items():
        for (number, day), here in points.items():
            if here.messages:
                forwarded[downstream, number][day] += here.messages
                received[upstream, number][day] += here.messages
                units[downstream, number].add(here.unit)
                units[upstream, number].add(here.unit)
    ledgers: dict[str, dict[str, Ledger]] = defaultdict(dict)
    for party, number in sorted(units):
        out, come = forwarded.get((party, number), {}), received.get((party, number), {})
        counted = units[party, number]
        if len(counted) == 1:
            ledger = Ledger(dict(out), dict(come), next(iter(counted)), match_days(out, come))
        else:
            ledger = Ledger(dict(out), dict(come), None, Matching(dict(out), {}))
        ledgers[party][number] = ledger
    return dict(ledgers)
