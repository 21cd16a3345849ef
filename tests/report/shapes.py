"""Traces of every shape a page must bear, made by the engine from records alone."""

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from tracer.graph.result import Trace
from tracer.graph.trace import build_trace
from tracer.model.evidence import Allocation, Contract, Evidence, Incident, RoutingTotal
from tracer.model.period import ALL_DAYS, Period
from tracer.model.segment import Segment
from tracer.model.source import RecordRef

__all__ = ["Papers", "broad", "cyclic", "dense", "long_chain", "name_of", "tree"]

_YEAR = Period(date(2023, 1, 1), date(2023, 12, 31))
_CITIES = ("广东", "武汉", "北京", "安徽", "成都", "上海", "杭州", "重庆", "无锡", "天津")
_TRADES = ("信息科技", "网络技术", "云通信", "数据服务", "广告传媒", "商贸", "电子商务")


def name_of(index: int) -> str:
    """Give the name of a company that is none."""
    city = _CITIES[index % len(_CITIES)]
    return f"{city}某{_TRADES[index % len(_TRADES)]}有限公司{index:05d}"


class Papers:
    """Gathers records row by row; a trace is then built from them, and from nothing else."""

    def __init__(self, number: str = "10687415") -> None:
        self.number = number
        self.allocations: list[Allocation] = []
        self.contracts: list[Contract] = []
        self.routing: list[RoutingTotal] = []
        self.incidents: list[Incident] = []
        self._row = 1

    def _ref(self, table: str, path: str) -> RecordRef:
        self._row += 1
        return RecordRef(table, "ab" * 32, path, 0, None, self._row, self._row)

    def allocate(self, holder: str, segment: str | None = None) -> "Papers":
        named = Segment(segment or self.number)
        ref = self._ref("allocations", "分配表.csv")
        self.allocations.append(Allocation(ref, named, holder, _YEAR))
        return self

    def contract(self, upper: str, lower: str, segment: str | None = None) -> "Papers":
        ref = self._ref("contracts", "合同台账.csv")
        number = f"HT-{ref.row:05d}"
        named = (Segment(segment or self.number),)
        price = 30_000 + ref.row % 40 * 1000
        self.contracts.append(Contract(ref, number, upper, lower, named, _YEAR, unit_price=price))
        return self

    def log(
        self, upper: str, lower: str, messages: int, *, number: str | None = None, days: int = 1
    ) -> "Papers":
        for index in range(days):
            ref = self._ref("routing", "路由.csv")
            day = date(2023, 7, 3) + timedelta(days=index)
            routed = number or self.number + "01"
            self.routing.append(RoutingTotal(ref, upper, lower, routed, day, upper, 1, messages))
        return self

    def complain(
        self, day: date, *, victim: str | None = None, loss: int | None = None
    ) -> "Papers":
        ref = self._ref("incidents", "报案登记.csv")
        number = self.number + "01"
        case = f"报案-{ref.row}"
        self.incidents.append(Incident(ref, number, day, f"{day}T10:00", victim, case, loss))
        return self

    def trace(self) -> Trace:
        evidence = Evidence(
            self.number,
            tuple(self.allocations),
            tuple(self.contracts),
            tuple(self.routing),
            incidents=tuple(self.incidents),
        )
        return build_trace(evidence, ALL_DAYS, max_chains=1000)


def long_chain(layers: int) -> Trace:
    """Give one chain of so many layers, each hop with a contract and a log."""
    papers = Papers().allocate(name_of(0))
    for index in range(layers):
        upper, lower = name_of(index), name_of(index + 1)
        papers.contract(upper, lower).log(upper, lower, 6525)
    return papers.trace()


def tree(parties: int, branches: int, *, logs: bool = False, number: str = "10687415") -> Trace:
    """Give a tree: every party hands the number to so many others."""
    papers = Papers(number).allocate(name_of(0))
    for index in range(1, parties):
        upper, lower = name_of((index - 1) // branches), name_of(index)
        papers.contract(upper, lower)
        if logs and index % 3 == 0:
            papers.log(upper, lower, 1000 + index)
    return papers.trace()


def broad() -> Trace:
    """Give sixty parties: one holder, nine below it, fifty below those."""
    papers = Papers().allocate(name_of(0))
    for index in range(1, 60):
        upper = name_of(0 if index < 10 else 1 + (index - 10) % 9)
        papers.contract(upper, name_of(index))
        if index % 4 == 0:
            papers.log(upper, name_of(index), 1000 + index)
    return papers.trace()


def dense(parties: int = 400, hops: int = 1200, seed: int = 7) -> Trace:
    """Give a code everyone hands to everyone, in five layers, with hops across and back."""
    chance = random.Random(seed)
    papers = Papers().allocate(name_of(0))
    for index in range(1, parties):
        papers.contract(name_of(chance.randrange(max(1, index // 4))), name_of(index))
    for upper, lower in _pairs(chance, range(1, parties), hops - parties):
        papers.log(name_of(upper), name_of(lower), chance.randrange(50, 5000))
    return papers.trace()


def _pairs(chance: random.Random, among: Sequence[int], count: int) -> Iterable[tuple[int, int]]:
    for _ in range(count):
        upper, lower = chance.sample(among, 2)
        if chance.random() < 0.9 and upper > lower:
            upper, lower = lower, upper
        yield upper, lower


def cyclic() -> Trace:
    """Give a code that comes back: to the layer above, to the holder, and in a ring of its own."""
    papers = Papers().allocate(name_of(0))
    for index in range(5):
        papers.contract(name_of(index), name_of(index + 1))
        papers.log(name_of(index), name_of(index + 1), 900, days=3)
    papers.contract(name_of(4), name_of(2)).log(name_of(4), name_of(2), 40)
    papers.contract(name_of(5), name_of(0))
    papers.log(name_of(3), name_of(1), 25).log(name_of(2), name_of(3), 7)
    papers.contract(name_of(2), name_of(6)).contract(name_of(6), name_of(3))
    # nobody is on record above these three
    ring = (name_of(11), name_of(12), name_of(13))
    for upper, lower in zip(ring, (*ring[1:], ring[0]), strict=True):
        papers.log(upper, lower, 60)
    papers.complain(date(2023, 7, 4), victim="v1", loss=3_000_000_000)
    papers.complain(date(2023, 7, 5), victim="v2")
    return papers.trace()
