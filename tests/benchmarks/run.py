"""What things cost beside a named baseline, measured side by side on one machine.

Prints a table of medians and ratios; never fails by timing. Sizes are fixed, data have fixed
seeds. `python tests/benchmarks/run.py --rows 1000000` measures larger files.
"""

import argparse
import csv
import itertools
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import networkx as nx
import pandas as pd
from sqlalchemy import create_engine

from tracer import open_case
from tracer.graph.trace import build_trace
from tracer.model.evidence import Allocation, Contract, Evidence
from tracer.model.period import ALL_DAYS
from tracer.model.segment import Segment
from tracer.model.source import RecordRef

RUNS = 3
DAYS = [date(2023, 1, 1) + timedelta(days=n) for n in range(365)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=100_000)
    rows = options.parse_args().rows
    print(f"Python {sys.version.split()[0]}, median of {RUNS} runs, files of {rows:,} rows")
    print(f"{'work':<44}{'tracer':>10}{'baseline':>10}{'ratio':>8}  baseline")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        report("load contracts, validated", *load_contracts(home, rows), "pandas read_csv + to_sql")
        report("load a routing log, validated and summed", *load_log(home, rows), "DuckDB count(*)")
        report("trace a code, warm", *trace_code(home), "networkx all_simple_paths, first 100")
        report("trace, cold process", *cold(home), "python -c 'import sqlalchemy'")
    report("20 layers of 3, first 100 chains", *diamond(20), "networkx, first 100 paths")


def report(work: str, ours: float, theirs: float, baseline: str) -> None:
    print(f"{work:<44}{ours:>9.3f}s{theirs:>9.3f}s{ours / theirs:>7.1f}x  {baseline}", flush=True)


def median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def load_contracts(home: Path, rows: int) -> tuple[float, float]:
    dice = random.Random(1)
    file = home / "contracts.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["合同编号", "上游", "下游", "号段", "生效日期", "终止日期"])
        for n in range(rows):
            upstream, downstream = dice.sample(range(5000), 2)
            code = f"1069{dice.randrange(5000):04d}"
            row = [f"HT-{n}", f"公司{upstream:04d}", f"公司{downstream:04d}", code]
            table.writerow([*row, dice.choice(DAYS[:100]), dice.choice(DAYS[200:])])
    count = itertools.count()

    def ours() -> None:
        with open_case(home / f"contracts-{next(count)}.db") as case:
            assert case.load([file]).loaded == rows

    def theirs() -> None:
        engine = create_engine(f"sqlite:///{home / f'pandas-{next(count)}.db'}")
        pd.read_csv(file, dtype=str).to_sql("contracts", engine, chunksize=100_000)
        engine.dispose()

    return median(ours), median(theirs)


def load_log(home: Path, rows: int) -> tuple[float, float]:
    dice = random.Random(2)
    file = home / "routing.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["发送时间", "源号码", "上游", "下游", "消息ID"])
        for n in range(rows):
            upstream, downstream = dice.sample(range(200), 2)
            at = f"{dice.choice(DAYS)} {dice.randrange(24):02d}:{dice.randrange(60):02d}:00"
            number = f"1069{dice.randrange(500):04d}{dice.randrange(20):02d}"
            table.writerow([at, number, f"公司{upstream:04d}", f"公司{downstream:04d}", f"M{n}"])
    count = itertools.count()

    def ours() -> None:
        with open_case(home / f"routing-{next(count)}.db") as case:
            assert case.load([file]).loaded == rows

    query = f"select count(*) from read_csv('{file}', all_varchar = true)"
    return median(ours), median(lambda: duckdb.execute(query).fetchall())


def trace_code(home: Path) -> tuple[float, float]:
    with open_case(home / "contracts-0.db") as case:
        trace = case.trace("10690001", max_chains=100)
        graph = nx.DiGraph(trace.graph)
        pairs = [(a, b) for a in graph for b in graph if a != b]
        return (
            median(lambda: case.trace("10690001", max_chains=100)),
            median(lambda: first_paths(graph, pairs)),
        )


def first_paths(graph: "nx.DiGraph[str]", pairs: list[tuple[str, str]]) -> list[list[str]]:
    found: Iterator[list[str]] = itertools.chain.from_iterable(
        nx.all_simple_paths(graph, a, b) for a, b in pairs
    )
    return list(itertools.islice(found, 100))


def cold(home: Path) -> tuple[float, float]:
    database = str(home / "contracts-0.db")
    ours = [sys.executable, "-m", "tracer", "--db", database, "trace", "10690001"]
    theirs = [sys.executable, "-c", "import sqlalchemy"]

    def run(command: list[str]) -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    return median(lambda: run(ours)), median(lambda: run(theirs))


def diamond(layers: int) -> tuple[float, float]:
    names = [["H"], *([f"{n:02d}-{i}" for i in range(3)] for n in range(layers))]
    segment = (Segment("10690001"),)
    pairs = [pair for a, b in itertools.pairwise(names) for pair in itertools.product(a, b)]

    def ref(table: str, row: int) -> RecordRef:
        return RecordRef(table, "ab" * 32, f"{table}.csv", 0, None, row, row)

    evidence = Evidence(
        "10690001",
        allocations=(Allocation(ref("allocations", 2), segment[0], "H", ALL_DAYS),),
        contracts=tuple(
            Contract(ref("contracts", row), f"HT-{row}", *pair, segment, ALL_DAYS)
            for row, pair in enumerate(pairs, 2)
        ),
    )
    graph = nx.DiGraph(pairs)
    last = [("H", name) for name in names[-1]]

    def ours() -> None:
        trace = build_trace(evidence, ALL_DAYS, max_chains=100)
        assert trace.truncated
        assert trace.parties[-1].layer == layers

    return median(ours), median(lambda: first_paths(graph, last))


if __name__ == "__main__":
    main()
