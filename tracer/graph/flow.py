"""Flow: what each party forwarded, received, originated and withheld, number by number.

A message received on a day leaves that day or the next (midnight). Days are matched over all
days on record, so that a window cuts no message in two; what falls outside it is not counted.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracer.graph.traffic import HopTraffic, Pair

__all__ = ["DayFlow", "Ledger", "Matching", "UnitLedger", "keep_ledgers", "match_days"]

_Account = tuple[str, str, str]
"""Party, number, unit."""


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
    """A party's flow under one number on one day.

    Parameters
    ----------
    originated : int
        Forwarded and matched with nothing received.
    incomparable : int
        Forwarded, with messages received that day or the day before in another unit: nothing
        can be said of where these came from.
    withheld : int
        Received and matched with nothing forwarded, nor passed on in another unit.
    """

    forwarded: int = 0
    received: int = 0
    originated: int = 0
    incomparable: int = 0
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class UnitLedger:
    """What a party forwarded and received in one unit, by day, and what matching leaves over."""

    forwarded: dict[int, int]
    received: dict[int, int]
    matching: Matching


@dataclass(frozen=True, slots=True)
class Ledger:
    """All a party forwarded and received under one number; units are never matched together.

    Parameters
    ----------
    units : dict of str to UnitLedger
        By unit, over all days on record.
    """

    units: dict[str, UnitLedger]

    def days(self) -> Iterator[tuple[int, DayFlow]]:
        """Yield the flow day by day.

        Nothing counts as withheld where the party forwarded nothing on record under the number:
        the log above it is then simply not on record.
        """
        is_logged_above = any(each.forwarded for each in self.units.values())
        days = {d for each in self.units.values() for d in (*each.forwarded, *each.received)}
        for day in sorted(days):
            originated = incomparable = withheld = 0
            for unit, each in self.units.items():
                begun = each.matching.originated.get(day, 0)
                if begun and not self._is_comparable(unit, day):
                    incomparable += begun
                else:
                    originated += begun
                kept = each.matching.surplus.get(day, 0)
                if is_logged_above and not self._elsewhere(unit, "forwarded", (day, day + 1)):
                    withheld += kept
            yield (
                day,
                DayFlow(
                    forwarded=sum(each.forwarded.get(day, 0) for each in self.units.values()),
                    received=sum(each.received.get(day, 0) for each in self.units.values()),
                    originated=originated,
                    incomparable=incomparable,
                    withheld=withheld,
                ),
            )

    def origins(self) -> Iterator[tuple[int, str, int]]:
        """Yield day, unit and messages of what was originated, the incomparable left out."""
        for unit, each in self.units.items():
            for day, messages in each.matching.originated.items():
                if self._is_comparable(unit, day):
                    yield day, unit, messages

    def _is_comparable(self, unit: str, day: int) -> bool:
        """Tell whether nothing was received in another unit that may have been forwarded then."""
        return not self._elsewhere(unit, "received", (day - 1, day))

    def _elsewhere(self, unit: str, direction: str, days: tuple[int, int]) -> bool:
        """Tell whether other units have anything in that direction on these days."""
        return any(
            day in getattr(each, direction)
            for other, each in self.units.items()
            if other != unit
            for day in days
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
    forwarded: dict[_Account, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    received: dict[_Account, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for (upstream, downstream), points in traffic.items():
        for (number, day), here in points.items():
            if here.messages:
                forwarded[downstream, number, here.unit][day] += here.messages
                received[upstream, number, here.unit][day] += here.messages
    ledgers: dict[str, dict[str, Ledger]] = defaultdict(dict)
    for account in sorted(forwarded.keys() | received.keys()):
        party, number, unit = account
        out, come = dict(forwarded.get(account, {})), dict(received.get(account, {}))
        ledger = ledgers[party].setdefault(number, Ledger({}))
        ledger.units[unit] = UnitLedger(out, come, match_days(out, come))
    return dict(ledgers)
