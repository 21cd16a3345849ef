"""Hop logs of a made-up market, from a fixed seed, with known bad rows and duplicates.

Ten million rows are about 1.25 GB and sum to 3.3 million totals. One row in a thousand is bad in
one of four ways, one in two thousand repeats an earlier row; `Planted` says on which lines.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .generate_contracts import Market

__all__ = ["BAD_KINDS", "Planted", "write_logs", "write_without_ids"]

BAD_KINDS: Final = ("bad_time", "bad_number", "short_row", "empty_party")
HEADER: Final = ("发送时间", "源号码", "上游", "下游", "消息ID", "状态", "日志提供方")

_BLOCK: Final = 500_000
_DAYS: Final = 90
_ROUTES: Final = 38_900
_STATUSES: Final = ("DELIVRD", "UNDELIV", "REJECTD", "")
_STATUS_SHARES: Final = (0.965, 0.02, 0.01, 0.005)
_BAD_TIMES: Final = ("2023-13-05 10:00:00", "未知", "2023-02-30 08:15:00", "20230705T")
_BAD_NUMBERS: Final = ("1.06912E+11", "无", "10", "10A690001")
_FIRST_SECOND: Final = np.datetime64("2023-04-03T00:00:00", "s")


@dataclass
class Planted:
    """Physical lines (header = 1) that are no good, by kind, and those that repeat another."""

    rows: int = 0
    bad: dict[str, list[int]] = field(default_factory=lambda: {kind: [] for kind in BAD_KINDS})
    duplicates: list[int] = field(default_factory=list)

    def upto(self, rows: int) -> "Planted":
        """Give what stands in the first rows."""
        bad = {kind: [n for n in lines if n <= rows + 1] for kind, lines in self.bad.items()}
        return Planted(rows, bad, [n for n in self.duplicates if n <= rows + 1])

    @property
    def bad_lines(self) -> list[int]:
        """All lines of bad rows, in order."""
        return sorted(line for lines in self.bad.values() for line in lines)

    def save(self, file: Path) -> None:
        """Write it as JSON."""
        content = {"rows": self.rows, "bad": self.bad, "duplicates": self.duplicates}
        file.write_text(json.dumps(content), encoding="utf-8")

    @classmethod
    def load(cls, file: Path) -> "Planted":
        """Read what `save` wrote."""
        return cls(**json.loads(file.read_text(encoding="utf-8")))


def write_logs(market: Market, rows: int, folder: Path, *, seed: int = 7) -> Planted:
    """Write one log as UTF-8, GB18030 and Parquet: `log.csv`, `log_gb18030.csv`, `log.parquet`.

    Parquet has no short rows; the rows planted as such are good ones there.
    """
    planted = Planted(rows)
    header = ",".join(HEADER) + "\n"
    schema = pa.schema([(name, pa.string()) for name in HEADER])
    with (
        (folder / "log.csv").open("wb") as plain,
        (folder / "log_gb18030.csv").open("wb") as chinese,
        pq.ParquetWriter(folder / "log.parquet", schema, compression="zstd") as columnar,
    ):
        plain.write(header.encode())
        chinese.write(header.encode("gb18030"))
        for columns, text in _blocks(market, rows, seed, planted):
            plain.write(text)
            chinese.write(text.decode().encode("gb18030"))
            columnar.write_table(pa.table(columns, schema=schema))
    planted.save(folder / "log.planted.json")
    return planted


def write_without_ids(log: Path, file: Path) -> None:
    """Write a log anew without its message ids: no row of it can be told to repeat another."""
    place = HEADER.index("消息ID")
    with log.open("rb") as lines, file.open("wb") as fewer:
        for line in lines:
            cells = line.split(b",")
            # of a short row that ends here, the line's end goes too: it is put back
            ended = b"" if len(cells) != place + 1 else b"\n"
            fewer.write(b",".join(cells[:place] + cells[place + 1 :]) + ended)


def _blocks(
    market: Market, rows: int, seed: int, planted: Planted
) -> Iterator[tuple[list[pa.Array], bytes]]:
    routes = _Routes(market, seed)
    for first in range(0, rows, _BLOCK):
        count = min(_BLOCK, rows - first)
        dice = np.random.default_rng((seed, first))
        columns = _columns(routes, dice, first, count, rows)
        columns, short = _spoil(columns, dice, first, planted)
        yield columns, _lines(columns, short)


class _Routes:
    """Hops over which a number goes, taken from the contracts, each with whose log it is."""

    def __init__(self, market: Market, seed: int) -> None:
        dice = np.random.default_rng(seed)
        picked = set(dice.choice(market.contracts, min(_ROUTES, market.contracts), replace=False))
        numbers, ends = [], []
        for place, (upstream, downstream, segment, _) in enumerate(market.hops()):
            if place in picked:
                numbers.append(f"{segment}{place % 100:02d}")
                ends.append((upstream, downstream))
        self.count = len(numbers)
        names = pa.array(market.names)
        pairs = np.array(ends)
        self.numbers = pa.array(numbers)
        self.upstreams = names.take(pa.array(pairs[:, 0]))
        self.downstreams = names.take(pa.array(pairs[:, 1]))
        mine = dice.integers(0, 2, self.count)
        self.reporters = names.take(pa.array(np.where(mine == 0, pairs[:, 0], pairs[:, 1])))


def _columns(routes: _Routes, dice: Any, first: int, count: int, rows: int) -> list[pa.Array]:
    places = np.arange(first, first + count)
    seconds = places * (_DAYS * 86_400) // rows
    times = pa.array(_FIRST_SECOND + seconds.astype("timedelta64[s]"))
    route = pa.array(dice.integers(0, routes.count, count))
    ids = pa.array(places.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(18))
    statuses = pa.array(dice.choice(len(_STATUSES), count, p=_STATUS_SHARES))
    return [
        pc.strftime(times, format="%Y-%m-%d %H:%M:%S"),
        routes.numbers.take(route),
        routes.upstreams.take(route),
        routes.downstreams.take(route),
        pc.utf8_lpad(ids.cast(pa.string()), 14, "0"),
        pa.array(_STATUSES).take(statuses),
        routes.reporters.take(route),
    ]


def _spoil(
    columns: list[pa.Array], dice: Any, first: int, planted: Planted
) -> tuple[list[pa.Array], Any]:
    """Plant bad rows and duplicates in a block."""
    count = len(columns[0])
    chosen = dice.permutation(count)[: count // 1000 + count // 2000]
    bad, repeats = chosen[: count // 1000], np.sort(chosen[count // 1000 :])
    untouched = np.ones(count, dtype=bool)
    untouched[chosen] = False
    order = np.arange(count)
    for place in repeats.tolist():
        source = max(0, place - int(dice.integers(1, 50_000)))
        while not untouched[source] and source < place:
            source += 1
        if source < place:
            order[place] = source
            planted.duplicates.append(first + place + 2)
    columns = [column.take(pa.array(order)) for column in columns]
    kinds = {kind: np.sort(bad[n::4]) for n, kind in enumerate(BAD_KINDS)}
    for kind, places in kinds.items():
        planted.bad[kind] += (places + first + 2).tolist()
    columns[0] = _replaced(columns[0], kinds["bad_time"], _BAD_TIMES)
    columns[1] = _replaced(columns[1], kinds["bad_number"], _BAD_NUMBERS)
    columns[2] = _replaced(columns[2], kinds["empty_party"][::2], ("",))
    columns[3] = _replaced(columns[3], kinds["empty_party"][1::2], ("",))
    return columns, kinds["short_row"]


def _replaced(column: pa.Array, places: Any, texts: tuple[str, ...]) -> pa.Array:
    mask = np.zeros(len(column), dtype=bool)
    mask[places] = True
    fresh = pa.array([texts[n % len(texts)] for n in range(len(places))], pa.string())
    return pc.replace_with_mask(column, pa.array(mask), fresh)


def _lines(columns: list[pa.Array], short: Any) -> bytes:
    joined = pc.binary_join_element_wise(*columns, ",")
    cut = [text.rsplit(",", 1 + n % 3)[0] for n, text in enumerate(joined.take(short).to_pylist())]
    mask = np.zeros(len(joined), dtype=bool)
    mask[short] = True
    joined = pc.replace_with_mask(joined, pa.array(mask), pa.array(cut, pa.string()))
    ended = pc.binary_join_element_wise(joined, "", "\n")
    start, end = np.frombuffer(ended.buffers()[1], dtype=np.int32)[[0, len(ended)]]
    return bytes(memoryview(ended.buffers()[2])[start:end])
