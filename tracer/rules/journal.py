"""Routing totals by party, number and day: the records that findings about a party's flow name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tracer.model.evidence import RoutingTotal
from tracer.model.source import RecordRef

__all__ = ["Journal"]

_Entry = tuple[str, str, int]
"""Party, number, day."""


class Journal:
    """Routing totals by the ends of their hop, those of stopped messages left out.

    Parameters
    ----------
    routing : iterable of RoutingTotal
        Of all days on record.
    """

    def __init__(self, routing: Iterable[RoutingTotal]) -> None:
        self._received: dict[_Entry, list[RecordRef]] = defaultdict(list)
        self._forwarded: dict[_Entry, list[RecordRef]] = defaultdict(list)
        self._logged: set[tuple[str, int]] = set()
        for total in routing:
            self._logged.add((total.downstream, total.day.toordinal()))
            if total.messages:
                day = total.day.toordinal()
                self._received[total.upstream, total.number, day].append(total.ref)
                self._forwarded[total.downstream, total.number, day].append(total.ref)

    def has_log_above(self, party: str, day: int) -> bool:
        """Tell whether some log shows what the party sent up on a day, under whatever number."""
        return (party, day) in self._logged

    def of_origin(self, party: str, number: str, day: int) -> Iterator[RecordRef]:
        """Give the totals that show what a party originated under a number on a day.

        What it forwarded that day, and what it had received by then, that day and the day before.
        """
        yield from self._forwarded.get((party, number, day), ())
        for then in (day - 1, day):
            yield from self._received.get((party, number, then), ())

    def of_surplus(self, party: str, number: str, day: int) -> Iterator[RecordRef]:
        """Give the totals that show what a party received on a day and did not pass on.

        What it received that day, and what it forwarded that day and the next.
        """
        yield from self._received.get((party, number, day), ())
        for then in (day, day + 1):
            yield from self._forwarded.get((party, number, then), ())
