"""Traces measured: one number, large codes, growth, a cold process, diamonds, all codes."""

import itertools
import sqlite3
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import networkx as nx

from tracer import Case, open_case
from tracer.graph.trace import build_trace
from tracer.model.evidence import Allocation, Contract, Evidence
from tracer.model.period import ALL_DAYS
from tracer.model.segment import Segment
from tracer.model.source import RecordRef
from tracer.rules.audited import AuditFilter
from tracer.rules.registry import ALL_RULES
from tracer.usecases.audit import audit_codes
from tracer.usecases.portfolio import scan_portfolio
from tracer.usecases.workers import Workers

from .generate_contracts import LARGE_CODES, Market
from .measuring import Result, in_process, measure, run_process
from .stage import Stage

__all__ = ["audit", "cold", "diamond", "growth", "of_codes", "portfolio"]

_BARS = {13_609: 0.5, 1_287: 0.05}
_MOST_PATHS = 20_000
_LARGEST_FOR_NETWORKX = 2_000

_EDGES = (
    "CREATE TEMP TABLE e AS SELECT s.prefix, u.raw AS above, d.raw AS below,"
    " coalesce(c.term_first, '0000') AS first, coalesce(c.term_last, '9999') AS last"
    " FROM contract_segments s JOIN contracts c ON c.id = s.contract_id"
    " JOIN spellings u ON u.id = c.upstream_id JOIN spellings d ON d.id = c.downstream_id"
    " WHERE s.prefix >= :code AND s.prefix < :code || ':'"
)
_WALK = (
    "WITH RECURSIVE walk(path, party, prefix, first, last) AS ("
    " SELECT above || '/' || below, below, prefix, first, last FROM e WHERE above = :holder"
    " UNION ALL SELECT path || '/' || e.below, e.below,"
    " CASE WHEN length(e.prefix) > length(walk.prefix) THEN e.prefix ELSE walk.prefix END,"
    " max(e.first, walk.first), min(e.last, walk.last) FROM walk JOIN e ON e.above = walk.party"
    " WHERE instr(walk.path, e.below) = 0 AND max(e.first, walk.first) <= min(e.last, walk.last)"
    " AND (e.prefix LIKE walk.prefix || '%' OR walk.prefix LIKE e.prefix || '%'))"
    " SELECT count(*) FROM walk"
)


def of_codes(database: Path, market: Market, runs: int) -> Iterator[Result]:
    """One number, and codes of several sizes, beside SQLite and networkx."""
    code = market.code_of_size(124)
    with open_case(database) as case:
        number = market.number_in(code)
        yield _warm(case, database, market, (f"one number ({number})", number, 0.002), runs)
        for size in sorted(
            {min(market.sizes, key=lambda n: abs(n - size)) for size in LARGE_CODES}
        ):
            code = market.code_of_size(size)
            wanted = (f"a code of {size:,} contracts", code, _BARS.get(size))
            yield _warm(case, database, market, wanted, runs)
            if size <= _LARGEST_FOR_NETWORKX:
                yield _beside_networkx(case, market, code, size, runs)


def _warm(
    case: Case,
    database: Path,
    market: Market,
    wanted: tuple[str, str, float | None],
    runs: int,
) -> Result:
    name, number, most = wanted
    holder = next(holder for code, holder in market.holders() if number.startswith(code))

    prefixes = ", ".join(f"'{number[:length]}'" for length in range(3, len(number)))

    def walk() -> None:
        connection = sqlite3.connect(database)
        connection.execute(f"{_EDGES} OR s.prefix IN ({prefixes})", {"code": number})
        connection.execute("CREATE INDEX temp.by_above ON e (above)")
        connection.execute(_WALK, {"holder": holder}).fetchone()
        connection.close()

    case.trace(number, max_chains=100)
    mine, other = measure(
        ("tracer, look-up included", in_process(lambda: case.trace(number, max_chains=100))),
        ("SQLite recursive CTE (chains only)", in_process(walk)),
        runs,
    )
    bar = "—" if most is None else f"≤ {most * 1000:g} ms"
    return Result(
        work=f"trace {name}, warm, {market.contracts:,} contracts",
        bar=bar,
        reached=None if most is None else mine.wall <= most,
        ours=mine,
        theirs=other,
        found=f"{mine.wall * 1000:.2f} ms",
    )


def _beside_networkx(case: Case, market: Market, code: str, size: int, runs: int) -> Result:
    trace = case.trace(code, max_chains=0)
    graph = nx.DiGraph(trace.graph)
    holder = next(holder for known, holder in market.holders() if known == code)
    leaves = {node for node in graph if not graph.out_degree(node)}

    def theirs() -> None:
        paths = nx.all_simple_paths(graph, holder, leaves)
        list(itertools.islice(paths, _MOST_PATHS))

    mine, other = measure(
        (
            "tracer, first 20,000 chains",
            in_process(lambda: case.trace(code, max_chains=_MOST_PATHS)),
        ),
        ("networkx all_simple_paths, graph given, no days or segments", in_process(theirs)),
        runs,
    )
    assert other is not None
    return Result(
        work=f"chains of a code of {size:,} contracts",
        bar="—",
        reached=None,
        ours=mine,
        theirs=other,
        found=f"{mine.wall / other.wall:.2f}×",
    )


def growth(stage: Stage, sizes: list[int], runs: int) -> Iterator[Result]:
    """The same look-up in databases of growing size."""
    for size in sizes:
        market, contracts, allocations = stage.market(size)
        database = stage.home / f"traces-{size}.db"
        if not database.exists():
            with open_case(stage.fresh(f"draft-{size}")) as case:
                case.load([allocations, contracts])
            draft = stage.home / f"draft-{size}.db"
            draft.rename(database)
        code = market.code_of_size(124)
        number = market.number_in(code)
        with open_case(database) as case:
            case.trace(number)
            mine, _ = measure(
                ("tracer", in_process(partial(case.trace, number))), None, max(runs, 5)
            )
            whole, _ = measure(
                ("tracer", in_process(partial(case.trace, code))), None, max(runs, 5)
            )
        yield Result(
            work=f"trace one number among {size:,} contracts, warm",
            bar="≤ 2 ms",
            reached=mine.wall <= 0.002,
            ours=mine,
            theirs=None,
            found=f"{mine.wall * 1000:.2f} ms",
            remarks=(f"its whole code of 124: {whole.wall * 1000:.1f} ms",),
        )


def cold(database: Path, market: Market, runs: int) -> Iterator[Result]:
    """Whole processes, from start to end."""
    number = market.number_in(market.code_of_size(1_287))
    tracer = [sys.executable, "-m", "tracer", "--db", str(database)]
    bare = [sys.executable, "-c", "import sqlalchemy, networkx"]
    for work, words, most in (
        ("`tracer trace` of a number as a whole process", ["trace", number], 0.5),
        ("`tracer --help` as a whole process", ["--help"], 0.2),
    ):
        command = [*tracer, *words]
        mine, other = measure(
            ("tracer", lambda command=command: run_process(command)),  # type: ignore[misc]
            ("python -c 'import sqlalchemy, networkx'", lambda: run_process(bare)),
            max(runs, 5),
        )
        yield Result(
            work=work,
            bar=f"≤ {most} s",
            reached=mine.wall <= most,
            ours=mine,
            theirs=other,
            found=f"{mine.wall:.2f} s",
            remarks=(f"{mine.peak_mb:,.0f} MB",),
        )


def diamond(layers: int, runs: int) -> Result:
    """Layers of three parties, each of which hands on to all of the next."""
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

    def ours() -> None:
        trace = build_trace(evidence, ALL_DAYS, max_chains=100)
        assert trace.truncated
        assert len(trace.chains) == 100
        assert trace.parties[-1].layer == layers

    def theirs() -> None:
        paths = nx.all_simple_paths(graph, "H", names[-1])
        assert len(list(itertools.islice(paths, 100))) == 100

    mine, other = measure(
        ("tracer, all hops and layers, 100 chains", in_process(ours)),
        ("networkx all_simple_paths, 100 paths", in_process(theirs)),
        runs,
    )
    return Result(
        work=f"{layers} layers of 3: 3^{layers} chains, in process",
        bar="≤ 0.2 s",
        reached=mine.wall <= 0.2,
        ours=mine,
        theirs=other,
        found=f"{mine.wall * 1000:.1f} ms",
    )


def portfolio(database: Path, market: Market, runs: int) -> Result:
    """All codes of a market, for their figures; shared out to two processes, as the bar allows."""
    work = f"all {market.codes:,} codes of {market.contracts:,} contracts, two processes"
    workers = Workers(str(database), 2)
    with open_case(database) as case:

        def scan() -> None:
            with case._engine.connect() as connection:
                traced = scan_portfolio(connection, ALL_DAYS, workers=workers)
                assert sum(1 for _ in traced) >= market.codes

        mine, _ = measure(("tracer", in_process(scan)), None, runs)
    return Result(work, "≤ 20 s", mine.wall <= 20, mine, None, f"{mine.wall:.1f} s")


def audit(database: Path, market: Market, runs: int) -> Result:
    """All codes with all rules, registers and extensions, beside their figures alone.

    Both shared out to two processes, as the bar allows.
    """
    workers = Workers(str(database), 2)
    with open_case(database) as case:

        def rules() -> None:
            with case._engine.connect() as connection:
                found = audit_codes(
                    connection, ALL_DAYS, AuditFilter(), keep_findings=False, workers=workers
                )
            assert len(found.codes) >= market.codes
            assert found.finding_count > 0

        def figures() -> None:
            with case._engine.connect() as connection:
                traced = scan_portfolio(connection, ALL_DAYS, workers=workers)
                assert sum(1 for _ in traced) >= market.codes

        mine, other = measure(
            ("tracer", in_process(rules)),
            ("the portfolio scan, without rules", in_process(figures)),
            runs,
        )
    return Result(
        f"audit of all {market.codes:,} codes of {market.contracts:,} contracts,"
        f" {len(ALL_RULES)} rules, two processes",
        "≤ 30 s",
        mine.wall <= 30,
        mine,
        other,
        f"{mine.wall:.1f} s",
    )
