"""What things cost beside a named baseline, measured side by side on one machine.

Prints medians and ratios; never fails by timing, only by a wrong result. Files are made from
fixed seeds and kept under `bench-out/`.

    python -m tests.benchmarks.run                 about five minutes on two processors
    python -m tests.benchmarks.run --full --docs   the sizes of the bars; writes docs/benchmarks.md
    python -m tests.benchmarks.run --only traces   one part of it
"""

import argparse
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from . import loads, pages, traces
from .bench_page import machine, table_line, write_page
from .browsing import can_browse
from .measuring import Result
from .stage import Stage

__all__ = ["main"]

ROOT = Path(__file__).parents[2]
_FULL = 1_000_000
PARTS = ("contracts", "logs", "traces", "pages")


def main() -> None:
    """Measure what the words of the command line say."""
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    words.add_argument(
        "--rows", type=int, default=100_000, help="contracts; ten times as many logs"
    )
    words.add_argument("--runs", type=int, default=3)
    words.add_argument("--full", action="store_true", help="a million contracts, ten million logs")
    words.add_argument("--only", choices=PARTS, action="append")
    words.add_argument("--docs", action="store_true", help="write docs/benchmarks.md")
    words.add_argument("--out", type=Path, default=ROOT / "bench-out")
    said = words.parse_args()
    rows = _FULL if said.full else said.rows
    stage = Stage(said.out)
    before = os.getloadavg()[0]
    print(machine(), flush=True)
    results: list[Result] = []
    for part in said.only or PARTS:
        for result in _PARTS[part](stage, rows, said.runs):
            print(table_line(result), flush=True)
            results.append(result)
    if said.docs:
        how = (
            f"{rows:,} contracts, {rows * 10:,} log rows, median of {said.runs} runs; load average"
            f" of the machine {before:.1f} before, {os.getloadavg()[0]:.1f} after"
        )
        write_page(ROOT / "docs" / "benchmarks.md", results, how)


def _logs(stage: Stage, rows: int, runs: int) -> Iterator[Result]:
    return loads.logs(stage, rows * 10, min(rows * 10, 1_000_000), runs)


def _traces(stage: Stage, rows: int, runs: int) -> Iterator[Result]:
    sizes = [size for size in (10_000, 100_000, 1_000_000) if size < rows]
    yield from traces.growth(stage, [*sizes, rows], runs)
    market, *_ = stage.market(rows)
    database = stage.home / f"traces-{rows}.db"
    yield from traces.of_codes(database, market, runs)
    yield from traces.cold(database, market, runs)
    yield traces.diamond(20, runs)
    yield traces.portfolio(database, market, runs)
    yield traces.audit(database, market, runs)


def _pages(_stage: Stage, _rows: int, runs: int) -> Iterator[Result]:
    yield pages.page(400, 1.0, runs)
    yield pages.page(20_000, 5.0, 1)
    if can_browse():
        for parties in (100, 1_000, 20_000):
            yield pages.seen(parties)
    else:
        print("no Chromium with selenium: pages are not opened", flush=True)


_PARTS: dict[str, Callable[[Stage, int, int], Iterator[Result]]] = {
    "contracts": loads.contracts,
    "logs": _logs,
    "traces": _traces,
    "pages": _pages,
}

if __name__ == "__main__":
    main()
