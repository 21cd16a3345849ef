"""Hops and access hops put together from their records."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from datetime import date
from typing import Final, NamedTuple

from tracer.graph.regions import Region
from tracer.graph.result import AccessHop, BlockedPair, Hop, Traffic
from tracer.graph.scope import Scope
from tracer.graph.traffic import UNITS, HopTraffic, Pair, PointTraffic
from tracer.model.evidence import Contract, RoutingTotal

__all__ = [
    "HopRecords",
    "access_hop",
    "blocked_pair",
    "chain_hop",
    "chain_hops",
    "gather_records",
]

Ends = tuple[date | None, date | None]
_NO_TRAFFIC: Final[HopTraffic] = {}
_ON_PAPER_ONLY: Final = ("contract_only", "none", 0, 0, 0, None, UNITS[0])
"""What stands in a `Hop` between its parties and its contracts where it has no messages."""


class HopRecords(NamedTuple):
    """The records of one (upstream, downstream) as far as they lie in the scope.

    Parameters
    ----------
    contracts : tuple of Contract
        Those that cover some point of the scope.
    routing : tuple of RoutingTotal
        Those on days of the window, stopped messages included.
    points : dict of Point to PointTraffic
        Their sums.
    """

    pair: Pair
    contracts: tuple[Contract, ...]
    routing: tuple[RoutingTotal, ...]
    points: HopTraffic

    def covers(self, number: str, day: int) -> bool:
        """Tell whether a contract covers the number on that day."""
        return any(contract.covers(number, day) for contract in self.contracts)

    @property
    def messages(self) -> int:
        """Over all points of the scope."""
        return sum(here.messages for here in self.points.values())

    @property
    def messages_covered(self) -> int:
        """Those under a contract of the same hop."""
        return sum(here.messages for point, here in self.points.items() if self.covers(*point))

    @property
    def blocked(self) -> int:
        """Messages the platform stopped."""
        return sum(here.blocked for here in self.points.values())


def gather_records(
    scope: Scope,
    routing: Iterable[RoutingTotal],
    traffic: Mapping[Pair, HopTraffic],
    only: Set[Pair] | None = None,
) -> dict[Pair, HopRecords]:
    """Sort the records of a scope by the hop they speak of.

    Parameters
    ----------
    scope : Scope
        Knows the contracts.
    routing : iterable of RoutingTotal
        Those of the evidence, of all days.
    traffic : Mapping of Pair to HopTraffic
        Their sums.
    only : set of Pair, optional
        Hops to leave it at.
    """
    window = scope.window
    first, last = window.bounds()
    totals: dict[Pair, list[RoutingTotal]] = defaultdict(list)
    for total in routing:
        if window.contains(total.day) and (total.messages or total.blocked):
            totals[total.upstream, total.downstream].append(total)
    pairs: Iterable[Pair] = scope.hops  # in order
    if only is not None:
        pairs = sorted(pair for pair in only if pair in scope.hops or pair in totals)
    elif not totals.keys() <= scope.hops.keys():  # all that one of them passed on was stopped
        pairs = sorted(totals.keys() | scope.hops.keys())
    found: dict[Pair, HopRecords] = {}
    for pair in pairs:
        contracts = _contracts(scope, pair)
        if pair not in traffic:  # as most hops of most traces
            found[pair] = HopRecords(pair, contracts, (), _NO_TRAFFIC)
            continue
        points = {point: here for point, here in traffic[pair].items() if first <= point[1] <= last}
        routed = tuple(sorted(totals.get(pair, ()), key=_total_order))
        found[pair] = HopRecords(pair, contracts, routed, points)
    return found


def _contracts(scope: Scope, pair: Pair) -> tuple[Contract, ...]:
    signed = scope.papers.get(pair, ())
    return tuple(signed if len(signed) < 2 else sorted(signed, key=_contract_order))


def _total_order(total: RoutingTotal) -> str:
    return total.ref.record_id


def _contract_order(contract: Contract) -> tuple[str, str, tuple[int, int]]:
    return contract.contract_no, contract.ref.record_id, contract.term.bounds()


def chain_hops(
    scope: Scope, hops: Mapping[Pair, Region], records: Mapping[Pair, HopRecords]
) -> tuple[Hop, ...]:
    """Describe hops, in their order.

    Parameters
    ----------
    scope : Scope
        Knows the contracts.
    hops : Mapping of Pair to Region
        Which, and where they are evidenced.
    records : Mapping of Pair to HopRecords
        At least those of hops with traffic.
    """
    days_of, ends_of = scope.regions.days, scope.axis.ends
    made: list[Hop] = []
    for pair, region in hops.items():
        ends = ends_of(days_of(region))
        if pair in records:
            made.append(chain_hop(records[pair], ends))
        else:  # most hops of most traces
            signed = _contracts(scope, pair)
            made.append(Hop._make((*pair, *_ON_PAPER_ONLY, signed, (), *ends, ())))
    return tuple(made)


def chain_hop(records: HopRecords, ends: Ends) -> Hop:
    """Describe a hop; `ends` are its first and last day in the scope, None where open."""
    first, last = ends
    if not records.routing and not records.points:
        return Hop._make((*records.pair, *_ON_PAPER_ONLY, records.contracts, (), first, last, ()))
    messages, covered = records.messages, records.messages_covered
    counted = [here for here in records.points.values() if here.messages]
    return Hop(
        upstream=records.pair[0],
        downstream=records.pair[1],
        status=_status(messages, covered),
        attested=_attested(records.pair, {r.reporter for r in records.routing if r.messages}),
        messages=messages,
        messages_covered=covered,
        blocked=records.blocked,
        parts=_parts(counted),
        unit="parts" if counted and all(here.unit == "parts" for here in counted) else "messages",
        contracts=records.contracts,
        routing=records.routing,
        first_day=first,
        last_day=last,
        traffic=tuple(_traffic(records)),
    )


def access_hop(records: HopRecords, ends: Ends) -> AccessHop:
    """Describe the access a carrier above the chain gives."""
    return AccessHop(
        carrier=records.pair[0],
        party=records.pair[1],
        messages=records.messages,
        messages_covered=records.messages_covered,
        contracts=records.contracts,
        routing=records.routing,
        first_day=ends[0],
        last_day=ends[1],
    )


def blocked_pair(records: HopRecords) -> BlockedPair:
    """Describe stopped traffic between parties with no hop evidenced."""
    return BlockedPair(*records.pair, records.blocked, records.routing)


def _status(messages: int, covered: int) -> str:
    if not messages:
        return "contract_only"
    if not covered:
        return "routing_only"
    return "corroborated" if covered == messages else "partly_covered"


def _attested(pair: Pair, reporters: set[str | None]) -> str:
    upstream, downstream = pair
    tests: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("both", lambda: {upstream, downstream} <= reporters),
        ("upstream", lambda: upstream in reporters),
        ("downstream", lambda: downstream in reporters),
        ("third_party", lambda: bool(reporters - {None})),
        ("unattributed", lambda: bool(reporters)),
    )
    return next((name for name, holds in tests if holds()), "none")


def _parts(counted: Iterable[PointTraffic]) -> int | None:
    stated = [here.parts for here in counted if here.parts is not None]
    return sum(stated) if stated else None


def _traffic(records: HopRecords) -> Iterable[Traffic]:
    for (number, day), here in sorted(records.points.items(), key=lambda item: item[0][::-1]):
        if here.messages:
            yield Traffic(number, date.fromordinal(day), here.messages, records.covers(number, day))
