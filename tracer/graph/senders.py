"""Final senders: who has messages of its own, and on what that rests."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tracer.graph.flow import Ledger
from tracer.graph.renumbering import find_renumberings
from tracer.graph.result import Sender
from tracer.graph.traffic import HopTraffic, Pair, Point
from tracer.model.evidence import Contract, Evidence

__all__ = ["OwnTraffic", "name_senders"]


@dataclass(frozen=True, slots=True)
class OwnTraffic:
    """Messages a party originated at points where no hop onward is evidenced."""

    party: str
    points: dict[Point, int]

    @property
    def messages(self) -> int:
        """Over all points."""
        return sum(self.points.values())


def name_senders(
    evidence: Evidence,
    own: Iterable[OwnTraffic],
    traffic: Mapping[Pair, HopTraffic],
    ledgers: Mapping[str, Mapping[str, Ledger]],
) -> tuple[Sender, ...]:
    """Name the final senders, most messages first, each with the strongest basis that fits.

    Parameters
    ----------
    evidence : Evidence
        For kinds of parties and of contracts.
    own : iterable of OwnTraffic
        Parties with messages of their own.
    traffic : Mapping
        Hop traffic, for whose log shows what.
    ledgers : Mapping
        By party and number; those of shorter numbers too.
    """
    incoming: dict[str, list[Contract]] = {}
    for contract in evidence.contracts:
        incoming.setdefault(contract.downstream, []).append(contract)
    upstreams: dict[str, list[HopTraffic]] = {}
    for (_, downstream), points in traffic.items():
        upstreams.setdefault(downstream, []).append(points)

    def basis(entry: OwnTraffic) -> str:
        party = evidence.parties.get(entry.party)
        if (party and party.is_declared_sender) or _every(
            entry, lambda point: _is_end_customer(incoming.get(entry.party, ()), point)
        ):
            return "declared"
        if _every(entry, lambda point: _is_in_own_log(entry.party, upstreams[entry.party], point)):
            return "own_log"
        if _is_renumbered(entry, ledgers[entry.party]):
            return "possible_renumbering"
        return "last_on_record"

    senders = [Sender(e.party, e.messages, basis(e)) for e in own if e.messages]
    return tuple(sorted(senders, key=lambda s: (-s.messages, s.name)))


def _every(entry: OwnTraffic, holds: Callable[[Point], bool]) -> bool:
    return all(holds(point) for point in entry.points)


def _is_end_customer(contracts: Iterable[Contract], point: Point) -> bool:
    """Tell whether the party holds by a contract of kind end_customer_service there."""
    number, day = point
    return any(c.is_end_customer_service and c.covers(number, day) for c in contracts)


def _is_in_own_log(party: str, upstreams: Iterable[HopTraffic], point: Point) -> bool:
    """Tell whether all the party forwarded there stands in logs it handed in itself."""
    here = [points[point] for points in upstreams if point in points]
    return all(traffic.reported.get(party, 0) == traffic.messages for traffic in here)


def _is_renumbered(entry: OwnTraffic, ledgers: Mapping[str, Ledger]) -> bool:
    """Tell whether a platform may have made all these messages of others it received (TR308)."""
    changed = {(each.number, each.day, each.unit) for each in find_renumberings(ledgers)}
    return all(
        (number, day, unit) in changed
        for number, day in entry.points
        for unit, each in ledgers[number].units.items()
        if each.matching.originated.get(day, 0)
    )
