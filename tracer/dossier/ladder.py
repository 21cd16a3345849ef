"""The price ladder of a trace: contract prices down the chain, layer by layer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tracer.dossier.spread import SpreadLine, spread_lines
from tracer.graph.hops import HopRecords
from tracer.graph.result import AccessHop, Hop, Trace
from tracer.graph.traffic import Pair, Point, sum_traffic
from tracer.model.evidence import Allocation, Contract

__all__ = ["Rung", "price_ladder"]


@dataclass(frozen=True, slots=True)
class Rung:
    """One hop and its prices.

    Parameters
    ----------
    layer : int or None
        Of the upstream.
    contracts : tuple of str
        Contract numbers of the hop.
    prices : tuple of int
        Different prices its contracts state, ascending; millionths of a yuan per message.
    spreads : tuple of int
        Different spreads of the upstream over its incoming price, at points with messages,
        ascending.
    messages : int
        On the hop.
    amount : int or None
        Spread times messages, where there are both; None where there are nowhere.
    unpriced : int
        Messages for which a price is missing.
    from_holder : bool
        At some point with messages the upstream is the holder, who has no price in.
    lines : tuple of SpreadLine
        How the amount was made.
    """

    layer: int | None
    upstream: str
    downstream: str
    contracts: tuple[str, ...]
    prices: tuple[int, ...]
    spreads: tuple[int, ...]
    messages: int
    amount: int | None
    unpriced: int
    from_holder: bool
    lines: tuple[SpreadLine, ...]


def price_ladder(trace: Trace) -> tuple[Rung, ...]:
    """Give the rungs of a trace, by (layer, upstream, downstream); hops without any price too.

    Nothing is given where no contract of the trace states a price.
    """
    if not any(c.unit_price is not None for hop in trace.hops for c in hop.contracts):
        return ()
    records = {
        (hop.upstream, hop.downstream): _records((hop.upstream, hop.downstream), hop)
        for hop in trace.hops
    }
    access = [_records((hop.carrier, hop.party), hop) for hop in trace.access]
    above: dict[str, list[HopRecords]] = defaultdict(list)
    for here in (*records.values(), *access):
        above[here.pair[1]].append(here)
    unsegmented: dict[Pair, list[Contract]] = defaultdict(list)
    for contract in trace.unsegmented:
        unsegmented[contract.upstream, contract.downstream].append(contract)
    layers = {party.name: party.layer for party in trace.parties}
    rungs = []
    for hop in trace.hops:
        here = records[hop.upstream, hop.downstream]
        holder = _Holding(trace.allocations, hop.upstream)
        lines = tuple(
            spread_lines(trace.number, [here], above[hop.upstream], holder.has, unsegmented)
        )
        rungs.append(_rung(hop, layers.get(hop.upstream), lines))
    rungs.sort(key=lambda r: (r.layer is None, r.layer or 0, r.upstream, r.downstream))
    return tuple(rungs)


def _records(pair: Pair, hop: Hop | AccessHop) -> HopRecords:
    return HopRecords(pair, hop.contracts, hop.routing, sum_traffic(hop.routing).get(pair, {}))


def _rung(hop: Hop, layer: int | None, lines: tuple[SpreadLine, ...]) -> Rung:
    amounts = [line.amount for line in lines if line.amount is not None]
    return Rung(
        layer=layer,
        upstream=hop.upstream,
        downstream=hop.downstream,
        contracts=hop.contract_numbers,
        prices=_each(c.unit_price for c in hop.contracts),
        spreads=_each(line.spread for line in lines),
        messages=hop.messages,
        amount=sum(amounts) if amounts else None,
        unpriced=sum(line.messages for line in lines if line.amount is None),
        from_holder=any(line.basis == "holder" for line in lines),
        lines=lines,
    )


def _each(values: Iterable[int | None]) -> tuple[int, ...]:
    return tuple(sorted({value for value in values if value is not None}))


class _Holding:
    """Tells where a party is allocated the longest segment."""

    def __init__(self, allocations: Iterable[Allocation], party: str) -> None:
        self._party = party
        self._allocations = tuple(allocations)

    def has(self, point: Point) -> bool:
        number, day = point
        fits = [
            (len(each.segment.prefix), each.holder)
            for each in self._allocations
            if each.segment.covers(number) and _holds_on(each, day)
        ]
        longest = max((length for length, _ in fits), default=0)
        return (longest, self._party) in fits


def _holds_on(allocation: Allocation, day: int) -> bool:
    first, last = allocation.term.bounds()
    return first <= day <= last
