"""Contracts and allocations of a made-up market, from a fixed seed.

A code is handed down a tree of parties: most contracts add a party, some lead to one that
already has the code (two ways to it), a few lead back up. A million rows have 5,000 codes, the
largest of 13,609 contracts, the median of about 124, in chains of up to twenty.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from statistics import NormalDist
from typing import Any, Final

import numpy as np

__all__ = ["LARGE_CODES", "Market"]

LARGE_CODES: Final = (13_609, 1_287, 124)
"""Contracts of codes there certainly are in a market of a million."""

_PLACE_LETTERS: Final = (
    "杭州宁波温州嘉兴湖州绍兴金华衢州台州丽水南京苏州无锡常州南通扬州镇江泰州徐州盐城"
    "合肥芜湖福州厦门泉州南昌赣州济南青岛烟台郑州洛阳武汉宜昌长沙株洲广州深圳珠海佛山"
)
_TAIL_LETTERS: Final = (
    "通达信联数科云讯智联网络信息传媒互动融通众联速达易通海纳博雅天成恒信创想万联百汇"
    "聚合飞信领航启航卓越同创合众优讯锐捷迅联中讯华博鸿运景明新宇长风"
)
_PLACES: Final = tuple(map("".join, zip(*[iter(_PLACE_LETTERS)] * 2, strict=True)))
_STEMS: Final = tuple("云华信达通联智数博宏远泰瑞安盛鼎恒昌科创天海金星汇丰利源讯捷佳惠诚正嘉")
_TAILS: Final = tuple(map("".join, zip(*[iter(_TAIL_LETTERS)] * 2, strict=True)))
_HEADER: Final = (
    *("合同编号", "上游", "下游", "号段", "签订日期", "生效日期", "终止日期"),
    *("结算价(元/条)", "转租条款", "合同类型"),
)
_CLAUSES: Final = ("禁止", "允许", "经同意", "未约定")
_EPOCH: Final = date(2020, 1, 1)


def party_name(number: int) -> str:
    """Name a party; the first 50,400 have names of seven characters."""
    stem, place = divmod(number, len(_PLACES))
    tail, stem = divmod(stem, len(_STEMS))
    round_, tail = divmod(tail, len(_TAILS))
    suffix = str(round_) if round_ else ""
    return f"{_PLACES[place]}{_STEMS[stem]}{_TAILS[tail]}{suffix}公司"


@dataclass(frozen=True)
class Market:
    """Who handed which code to whom, for a number of contracts.

    Parameters
    ----------
    contracts : int
        How many; parties are a twentieth, codes a two-hundredth of them.
    seed : int
        Equal seeds give equal files.
    """

    contracts: int
    seed: int = 20230701

    @property
    def parties(self) -> int:
        """How many parties there are."""
        return max(40, self.contracts // 20)

    @property
    def codes(self) -> int:
        """How many codes there are."""
        return max(4, self.contracts // 200)

    @cached_property
    def names(self) -> list[str]:
        """The parties' names."""
        return [party_name(number) for number in range(self.parties)]

    @cached_property
    def sizes(self) -> list[int]:
        """Contracts per code: most are small, a few very large."""
        bell = NormalDist()
        quantiles = [bell.inv_cdf((n + 0.5) / self.codes) for n in range(self.codes)]
        sizes = [max(1, round(124 * 2.718281828 ** (0.96 * place))) for place in quantiles]
        largest = max(sizes[-1], LARGE_CODES[0] * self.contracts // 1_000_000)
        sizes[-1] = largest
        if self.codes > 100:
            sizes[-30], sizes[self.codes // 2] = LARGE_CODES[1:]
        kept = {self.codes - 1, self.codes - 30, self.codes // 2}
        step = 1 if sum(sizes) < self.contracts else -1
        places = [n for n in range(self.codes) if n not in kept]
        while missing := self.contracts - sum(sizes):
            for place in places[: abs(missing)]:
                sizes[place] = max(1, sizes[place] + step)
        return sizes

    @staticmethod
    def code(number: int) -> str:
        """Name a code."""
        return f"1069{number * 7919 % 1_000_000:06d}"

    def code_of_size(self, size: int) -> str:
        """Name the code whose number of contracts comes nearest."""
        place = min(range(self.codes), key=lambda n: (abs(self.sizes[n] - size), n))
        return self.code(place)

    def number_in(self, code: str) -> str:
        """Give a number of 18 digits under a code, of a segment handed down furthest."""
        place = next(n for n in range(self.codes) if self.code(n) == code)
        hops = self._hops_of(place, self.sizes[place])
        _, segment = max((depth, segment) for _, _, segment, depth in hops)
        return segment.ljust(18, "1")

    def holders(self) -> Iterator[tuple[str, str]]:
        """Give code and holder."""
        for number in range(self.codes):
            yield self.code(number), self.names[self._first_party(number)]

    def _first_party(self, number: int) -> int:
        return number * 7919 % self.parties

    def hops(self) -> Iterator[tuple[int, int, str, int]]:
        """Give upstream, downstream, segment and depth of every contract, code by code."""
        for number, size in enumerate(self.sizes):
            yield from self._hops_of(number, size)

    def _hops_of(self, number: int, size: int) -> Iterator[tuple[int, int, str, int]]:
        dice = np.random.default_rng((self.seed, number))
        parents = np.floor(np.arange(size) * dice.random(size) ** 1.15).astype(int)
        kinds = dice.random(size)
        digits = dice.integers(0, 100, size)
        stride = 2 * int(dice.integers(1, self.parties // 2)) + 1
        while np.gcd(stride, self.parties) != 1:
            stride += 2
        first = self._first_party(number)
        held = [(first, self.code(number), 0)]  # node 0 is the holder, node n+1 contract n
        for place in range(size):
            upstream, segment, depth = held[int(parents[place])]
            downstream, kind = (first + (place + 1) * stride) % self.parties, kinds[place]
            if depth >= 20:
                upstream, segment, depth = held[0]
            if kind < 0.02:
                other = held[int(digits[place]) % len(held)]
                if other[2] > depth and other[0] != upstream:
                    downstream = other[0]
            elif kind < 0.021 and depth > 2:
                downstream = held[0][0]
            if downstream == upstream:
                downstream = (downstream + 1) % self.parties
            if kind > 0.7 and len(segment) < 16:
                segment = f"{segment}{int(digits[place]):02d}"
            held.append((downstream, segment, depth + 1))
            yield upstream, downstream, segment, depth + 1

    def write_contracts(self, file: Path) -> None:
        """Write the contracts, as CSV in the order of their numbers."""
        with file.open("w", encoding="utf-8", newline="") as out:
            table = csv.writer(out, lineterminator="\n")
            table.writerow(_HEADER)
            terms = _Terms(self.contracts, self.seed)
            for number, (upstream, downstream, segment, depth) in enumerate(self.hops()):
                ends = (self.names[upstream], self.names[downstream], segment)
                table.writerow((f"HT-{number:07d}", *ends, *terms.cells(number, depth)))

    def write_allocations(self, file: Path) -> None:
        """Write who was allocated each code."""
        with file.open("w", encoding="utf-8", newline="") as out:
            table = csv.writer(out, lineterminator="\n")
            table.writerow(["号段", "持有人", "分配机关", "证书编号", "生效日期", "失效日期"])
            for number, (code, holder) in enumerate(self.holders()):
                certificate = f"号[2019]{number:05d}"
                table.writerow([code, holder, "工业和信息化部", certificate, "2019-01-01", "长期"])


class _Terms:
    """Dates, prices and clauses of the contracts."""

    def __init__(self, contracts: int, seed: int) -> None:
        dice = np.random.default_rng((seed, contracts))
        self._days = [(_EPOCH + timedelta(days=n)).isoformat() for n in range(3000)]
        self._starts: Any = dice.integers(0, 1000, contracts).tolist()
        self._years: Any = dice.integers(1, 5, contracts).tolist()
        self._prices: Any = dice.integers(0, 20, contracts).tolist()
        self._clauses: Any = dice.integers(0, 4, contracts).tolist()

    def cells(self, number: int, depth: int) -> tuple[str, ...]:
        start, years = self._starts[number], self._years[number]
        signed, first = self._days[max(0, start - 7)], self._days[start]
        last = self._days[start + 365 * years - 1] if years < 4 else "长期"
        price = f"0.{250 + 12 * depth + self._prices[number]:04d}"
        return signed, first, last, price, _CLAUSES[self._clauses[number]], "码号使用合同"
