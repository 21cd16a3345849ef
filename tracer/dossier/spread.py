"""Price spreads: what a party's onward price is above its incoming one, times its messages.

A spread is worked out point by point (number, day): the lowest price of the onward contracts in
force there, less the highest price of the incoming ones, times the messages of the onward hop. All
three err to the party's advantage, so the sum is a lower bound. None is made where a contract in
force states no price, where one that names no segment states another, or where messages went to an
upstream without a contract. What a carrier charges for access is a price in like any. A holder
without one bought from nobody: its price in is zero, and what it owes the state for the number is
not in these records.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tracer.graph.hops import HopRecords
from tracer.graph.traffic import Pair, Point
from tracer.model.evidence import Contract
from tracer.model.source import RecordRef

__all__ = ["NO_PRICE", "SpreadLine", "spread_lines"]

NO_PRICE: Final = ("no_price_in", "no_price_out")
"""Bases of lines of which no amount is made."""


@dataclass(frozen=True, slots=True)
class SpreadLine:
    """Messages a party passed on to one upstream's price and one downstream's, of one code.

    Parameters
    ----------
    downstream : str
        Whom the onward hop leads to, and who pays the price out.
    basis : {"contracts", "holder", "no_price_in", "no_price_out"}
        `holder` has no price in; of the last two no amount is made.
    price_in, price_out : int or None
        Millionths of a yuan per message.
    messages : int
        On the onward hop, at the points where these prices hold.
    unit : {"messages", "parts"}
        What they count.
    incoming, onward : tuple of str
        Contract numbers.
    records : tuple of RecordRef
        Contracts and routing totals it rests on.
    """

    code: str
    downstream: str
    basis: str
    price_in: int | None
    price_out: int | None
    messages: int
    unit: str
    first_day: date
    last_day: date
    incoming: tuple[str, ...]
    onward: tuple[str, ...]
    records: tuple[RecordRef, ...]

    @property
    def spread(self) -> int | None:
        """Millionths of a yuan per message; None where a price is missing."""
        if self.basis in NO_PRICE or self.price_out is None:
            return None
        return self.price_out - (self.price_in or 0)

    @property
    def amount(self) -> int | None:
        """Millionths of a yuan: spread × messages."""
        return None if self.spread is None else self.spread * self.messages


@dataclass(frozen=True, slots=True)
class _Prices:
    """The prices that hold for a party at one point of an onward hop, and their contracts."""

    basis: str
    price_in: int | None
    price_out: int | None
    incoming: tuple[Contract, ...]
    onward: tuple[Contract, ...]


def spread_lines(
    code: str,
    onward: Iterable[HopRecords],
    above: Sequence[HopRecords],
    holds: Callable[[Point], bool],
    unsegmented: Mapping[Pair, Iterable[Contract]],
) -> Iterator[SpreadLine]:
    """Work out the spreads of one party in one code, hop by hop.

    Parameters
    ----------
    code : str
        The code.
    onward, above : of HopRecords
        The hops from the party, and those to it.
    holds : callable
        Tells whether the party is the holder at a point.
    unsegmented : Mapping of Pair to iterable of Contract
        Contracts that name no segment: on days on which one states a price, it may be the price.
    """
    repriced = {
        pair: [c.term.bounds() for c in contracts if c.unit_price is not None]
        for pair, contracts in unsegmented.items()
    }

    def is_repriced(pair: Pair, day: int) -> bool:
        return any(first <= day <= last for first, last in repriced.get(pair, ()))

    for here in onward:
        groups: dict[tuple[_Prices, str], list[Point]] = defaultdict(list)
        for point, traffic in here.points.items():
            if traffic.messages:
                prices = _prices_at(here, above, point, holds, is_repriced)
                groups[prices, traffic.unit].append(point)
        lines = [
            _line(code, here, prices, unit, points) for (prices, unit), points in groups.items()
        ]
        yield from sorted(lines, key=_line_order)


def _line_order(line: SpreadLine) -> tuple[object, ...]:
    ins, outs = (-1 if each is None else each for each in (line.price_in, line.price_out))
    return (outs, ins, line.basis, line.unit, line.onward, line.incoming, line.first_day)


def _prices_at(
    here: HopRecords,
    above: Sequence[HopRecords],
    point: Point,
    holds: Callable[[Point], bool],
    is_repriced: Callable[[Pair, int], bool],
) -> _Prices:
    _, day = point
    covering = [[c for c in records.contracts if c.covers(*point)] for records in above]
    incoming = tuple(c for found in covering for c in found)
    onward = tuple(c for c in here.contracts if c.covers(*point))
    ins, outs = _prices_of(incoming), _prices_of(onward)
    is_unpapered = any(
        not found and point in records.points and records.points[point].messages
        for records, found in zip(above, covering, strict=True)
    )
    if not onward or None in outs or is_repriced(here.pair, day):
        basis = "no_price_out"
    elif (
        is_unpapered
        or None in ins
        or not (ins or holds(point))
        or any(is_repriced(records.pair, day) for records in above)
    ):
        basis = "no_price_in"
    else:
        basis = "contracts" if ins else "holder"
    priced_in, priced_out = ([p for p in prices if p is not None] for prices in (ins, outs))
    return _Prices(
        basis, max(priced_in, default=None), min(priced_out, default=None), incoming, onward
    )


def _prices_of(contracts: Iterable[Contract]) -> list[int | None]:
    """Give the prices of some contracts; of one whose rows all are silent, None."""
    stated: dict[tuple[str, str, str], list[int | None]] = {}
    for each in contracts:
        prices = stated.setdefault((each.upstream, each.downstream, each.contract_no), [])
        if each.unit_price is not None:
            prices.append(each.unit_price)
    return [price for prices in stated.values() for price in (prices or [None])]


def _line(
    code: str, here: HopRecords, prices: _Prices, unit: str, points: list[Point]
) -> SpreadLine:
    days = [day for _, day in points]
    refs = {c.ref.record_id: c.ref for c in (*prices.incoming, *prices.onward)}
    counted = set(points)
    for total in here.routing:
        if total.messages and (total.number, total.day.toordinal()) in counted:
            refs[total.ref.record_id] = total.ref
    return SpreadLine(
        code=code,
        downstream=here.pair[1],
        basis=prices.basis,
        price_in=prices.price_in,
        price_out=prices.price_out,
        messages=sum(here.points[point].messages for point in points),
        unit=unit,
        first_day=date.fromordinal(min(days)),
        last_day=date.fromordinal(max(days)),
        incoming=_numbers(prices.incoming),
        onward=_numbers(prices.onward),
        records=_sorted_refs(refs),
    )


def _numbers(contracts: Iterable[Contract]) -> tuple[str, ...]:
    return tuple(sorted({contract.contract_no for contract in contracts}))


def _sorted_refs(refs: Mapping[str, RecordRef]) -> tuple[RecordRef, ...]:
    return tuple(refs[key] for key in sorted(refs))
