"""TR502: a party's onward price lies above the highest price at which it holds.

Flags
-----
One finding per hop P→Q with a point (number, day) that has messages and at which the lowest price
of the contracts of P→Q that cover it lies above the highest price of P's incoming contracts that
cover it. Points at which such a contract on either side states no price are left out; a supplement
without one leaves the price as it is. So are days on which a contract of either side that names no
segment is in force and states a price: it may be the price of these numbers. A price of nothing is
none: it stands for one not filled in.

Why
---
What was earned by passing a number on bears on civil liability and on what a public-interest suit
may claim: 反电信网络诈骗法 46(2), 47.

Evidence
--------
Those contracts, the routing totals at those points, and the payments from Q to P on record. Amount:
the difference × messages over those points, a lower bound of what was earned; payments are shown
beside it, never added. Days and messages: those of the points.

Limits
------
Prices are of contracts, not of what was billed; costs, refunds, minimum volumes and taxes are not
seen. What a carrier charges for access counts on neither side. Messages that a log counts in billed
parts only are left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tracer.graph.traffic import Pair, Point
from tracer.model.evidence import Contract
from tracer.model.finding import Finding
from tracer.model.money import grouped_yuan
from tracer.rules.base import Rule, make_finding
from tracer.rules.inspection import Inspection, join_segments
from tracer.rules.pointwise import span_of_days

__all__ = ["RULE"]


@dataclass(slots=True)
class _Spread:
    """Points at which the onward price is higher, and what they add up to."""

    points: dict[Point, int] = field(default_factory=dict)
    contracts: dict[str, Contract] = field(default_factory=dict)
    amount: int = 0


class _PriceList:
    """Contracts looked up by what they cover."""

    def __init__(self, contracts: Iterable[Contract], unsegmented: Iterable[Contract]) -> None:
        self._repriced = [c.term.bounds() for c in unsegmented if c.unit_price]
        self._by_prefix: dict[str, list[Contract]] = defaultdict(list)
        for contract in contracts:
            if contract.unit_price or not contract.amends:
                for segment in contract.segments:
                    self._by_prefix[segment.prefix].append(contract)
        self._by_number: dict[str, list[Contract]] = {}

    def at(self, number: str, day: int) -> list[tuple[int, Contract]]:
        """Give prices and contracts of a point, nothing where not all prices are known."""
        if any(first <= day <= last for first, last in self._repriced):
            return []
        if number not in self._by_number:
            self._by_number[number] = [
                contract
                for length in range(1, len(number) + 1)
                for contract in self._by_prefix.get(number[:length], ())
            ]
        found = [c for c in self._by_number[number] if c.covers(number, day)]
        priced = [(c.unit_price, c) for c in found if c.unit_price]
        return priced if len(priced) == len(found) else []


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    incoming: dict[str, _PriceList] = {}
    blank = case.particulars.unsegmented
    for pair in case.carrying:
        if not any(c.unit_price for c in case.records[pair].contracts):
            continue
        party = pair[0]
        if party not in incoming:
            above = case.holdings.upstreams.get(party, ())
            incoming[party] = _PriceList(
                (contract for each in above for contract in case.records[each, party].contracts),
                (contract for each in above for contract in blank.get((each, party), ())),
            )
        found = _spread(case, pair, incoming[party])
        if found.amount:
            yield _finding(case, pair, found)


def _spread(case: Inspection, pair: Pair, incoming: _PriceList) -> _Spread:
    onward = _PriceList(case.records[pair].contracts, case.particulars.unsegmented.get(pair, ()))
    found = _Spread()
    for (number, day), here in case.records[pair].points.items():
        if not here.messages or here.unit != "messages":
            continue
        sold, bought = onward.at(number, day), incoming.at(number, day)
        if not sold or not bought:
            continue
        margin = min(price for price, _ in sold) - max(price for price, _ in bought)
        if margin > 0:
            found.points[number, day] = here.messages
            found.amount += margin * here.messages
            found.contracts.update((c.ref.record_id, c) for _, c in (*sold, *bought))
    return found


def _finding(case: Inspection, pair: Pair, found: _Spread) -> Finding:
    upstream, downstream = pair
    payments = [
        payment
        for payment in case.particulars.payments.get((downstream, upstream), ())
        if payment.period.overlaps(case.window)
    ]
    contracts = found.contracts.values()
    return make_finding(
        RULE.code,
        hops=[pair],
        contracts=contracts,
        refs=[*case.routing_refs(pair, found.points), *(payment.ref for payment in payments)],
        segment=join_segments(number for number, _ in found.points),
        span=span_of_days({day for _, day in found.points}),
        messages=sum(found.points.values()),
        amount=found.amount,
        sentence="TR502.paid" if payments else "TR502",
        values={
            "upstream": upstream,
            "downstream": downstream,
            "above": tuple(sorted({c.upstream for c in contracts if c.downstream == upstream})),
            "payments": len(payments),
            "paid": grouped_yuan(sum(payment.amount for payment in payments)),
        },
    )


RULE = Rule(
    code="TR502",
    name="price-spread",
    clauses=("fraud-46-2", "fraud-47", "telecom-28-3"),
    check=check,
)
