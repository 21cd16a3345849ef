"""Loading measured: contracts, logs in their encodings, memory, and that every row is told."""

import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tracer import open_case

from .generate_logs import BAD_KINDS
from .measuring import Result, Run, measure, run_process
from .stage import Log, Stage

__all__ = ["contracts", "logs", "memory_limit_mb"]

memory_limit_mb = 2048
_TRACER = (sys.executable, "-m", "tracer", "--quiet", "--db")
_OTHER = (sys.executable, "-m", "tests.benchmarks.baselines")
_REASONS = {
    "bad_time": {"bad_time", "no_such_time"},
    "short_row": {"wrong_width"},
    "empty_party": {"blank"},
}


def contracts(stage: Stage, rows: int, runs: int) -> Iterator[Result]:
    """Contracts: validated and kept with their provenance, beside pandas, which checks nothing."""
    _, file, allocations = stage.market(rows)
    database = stage.fresh("contracts")

    def ours() -> Run:
        return run_process([*_TRACER, str(stage.fresh("contracts")), "load", str(file)])

    def theirs() -> Run:
        return run_process([*_OTHER, "contracts", str(file), str(stage.fresh("pandas"))])

    mine, other = measure(("tracer", ours), ("pandas.read_csv + to_sql", theirs), runs)
    assert other is not None
    assert _total(database, "rows_read", "rows_loaded") == (rows, rows)
    stage.fresh("pandas")
    speed = other.wall / mine.wall
    yield Result(
        work=f"load {rows:,} contracts into SQLite, as a whole process",
        bar="≥ 1× the rows/s of pandas",
        reached=speed >= 1,
        ours=mine,
        theirs=other,
        found=f"{speed:.2f}×",
        remarks=(f"{rows / mine.wall:,.0f} rows/s", f"{mine.peak_mb:,.0f} MB"),
    )
    run_process([*_TRACER, str(database), "load", str(allocations)])


def logs(stage: Stage, rows: int, small: int, runs: int) -> Iterator[Result]:
    """Logs: beside a pandas pipeline, beside a mere count, and in other encodings."""
    yield _beside_pandas(stage, stage.log(small), runs)
    log = stage.log(rows)
    mine, count = measure(
        ("tracer", lambda: _load(stage, log.plain)),
        ("DuckDB count(*)", lambda: run_process([*_OTHER, "count", str(log.plain)])),
        runs,
    )
    assert count is not None
    accounted = _account(stage.home / "log.db", log)
    ratio = mine.wall / count.wall
    yield Result(
        work=f"load {rows:,} log rows ({log.plain.stat().st_size / 1e9:.2f} GB) into SQLite",
        bar="≤ 10× DuckDB count(*)",
        reached=ratio <= 10,
        ours=mine,
        theirs=count,
        found=f"{ratio:.1f}×",
        remarks=(f"{rows / mine.wall:,.0f} rows/s", accounted),
    )
    yield Result(
        work="the same: most memory of the whole process",
        bar=f"≤ {memory_limit_mb:,} MB",
        reached=mine.peak_mb <= memory_limit_mb,
        ours=None,
        theirs=None,
        found=f"{mine.peak_mb:,.0f} MB",
    )
    yield _opened_rows(stage, log, runs)
    yield _without_ids(stage, log, runs)
    for name, file, most in (("GB18030", log.gb18030, 1.5), ("Parquet", log.parquet, 1.0)):
        yield _other_form(stage, log, (name, file, most), runs)


def _load(stage: Stage, file: Path) -> Run:
    return run_process([*_TRACER, str(stage.fresh("log")), "load", str(file)])


def _without_ids(stage: Stage, log: Log, runs: int) -> Result:
    """The same rows without message ids: equal rows are separate messages, none a duplicate."""
    file = stage.log_without_ids(log)
    mine, count = measure(
        ("tracer", lambda: _load(stage, file)),
        ("DuckDB count(*)", lambda: run_process([*_OTHER, "count", str(file)])),
        runs,
    )
    assert count is not None
    planted = replace(log.planted, duplicates=[])
    accounted = _account(stage.home / "log.db", replace(log, planted=planted))
    ratio = mine.wall / count.wall
    return Result(
        work=f"load {log.rows:,} log rows without message ids",
        bar="≤ 7× DuckDB count(*)",
        reached=ratio <= 7,
        ours=mine,
        theirs=count,
        found=f"{ratio:.1f}×",
        remarks=(f"{log.rows / mine.wall:,.0f} rows/s", accounted),
    )


def _beside_pandas(stage: Stage, log: Log, runs: int) -> Result:
    mine, other = measure(
        ("tracer", lambda: _load(stage, log.plain)),
        (
            "pandas: str checks, groupby, executemany",
            lambda: run_process([*_OTHER, "log", str(log.plain), str(stage.fresh("pandas"))]),
        ),
        runs,
    )
    assert other is not None
    _account(stage.home / "log.db", log)
    stage.fresh("pandas")
    speed = other.wall / mine.wall
    return Result(
        work=f"load {log.rows:,} log rows",
        bar="≥ 5× a pandas pipeline",
        reached=speed >= 5,
        ours=mine,
        theirs=other,
        found=f"{speed:.1f}×",
    )


def _opened_rows(stage: Stage, log: Log, runs: int) -> Result:
    database = stage.home / "log.db"
    with sqlite3.connect(database) as connection:
        number, upstream, downstream = connection.execute(
            "SELECT number, u.raw, d.raw FROM routing r JOIN spellings u ON u.id = r.upstream_id"
            " JOIN spellings d ON d.id = r.downstream_id WHERE r.id = 77"
        ).fetchone()
    command = [*_TRACER, str(database), "rows", number, upstream, downstream, "--format", "json"]
    mine, other = measure(
        ("tracer rows", lambda: run_process(command)),
        ("grep -c", lambda: run_process(["grep", "-c", number, str(log.plain)])),
        runs,
    )
    assert other is not None
    return Result(
        work="open a hop of that log down to its rows, digest checked, as a whole process",
        bar="a few seconds (≤ 10 s)",
        reached=mine.wall <= 10,
        ours=mine,
        theirs=other,
        found=f"{mine.wall:.1f} s",
    )


def _other_form(stage: Stage, log: Log, form: tuple[str, Path, float], runs: int) -> Result:
    name, file, most = form
    other, mine = measure(
        ("tracer, UTF-8 CSV", lambda: _load(stage, log.plain)),
        (f"tracer, {name}", lambda: _load(stage, file)),
        runs,
    )
    assert mine is not None
    accounted = _account(stage.home / "log.db", log, columnar=name == "Parquet")
    ratio = mine.wall / other.wall
    return Result(
        work=f"the same log as {name}",
        bar=f"≤ {most:g}× the UTF-8 CSV",
        reached=ratio <= most,
        ours=mine,
        theirs=other,
        found=f"{ratio:.2f}×",
        remarks=(f"{mine.peak_mb:,.0f} MB", accounted),
    )


def _total(database: Path, *columns: str) -> tuple[int, ...]:
    with sqlite3.connect(database) as connection:
        names = ", ".join(f"sum({column})" for column in columns)
        found: tuple[int, ...] = connection.execute(f"SELECT {names} FROM source_totals").fetchone()
    return found


def _account(database: Path, log: Log, *, columnar: bool = False) -> str:
    """Check that every planted row was found at its line, and that nothing is lost."""
    planted = dict(log.planted.bad)
    shift = 1 if columnar else 0  # records are counted from 1, lines with their header
    if columnar:
        planted["short_row"] = []
    wanted = {kind: {line - shift for line in planted[kind]} for kind in BAD_KINDS}
    duplicates = len(log.planted.duplicates)
    bad = sum(map(len, wanted.values()))
    found = _total(database, "rows_read", "rows_loaded", "rows_rejected", "rows_duplicate")
    assert found == (log.rows, log.rows - bad - duplicates, bad, duplicates), found
    with open_case(database) as case:
        rejects = case.rejects()
    lines = [reject.diagnostic.row for reject in rejects]
    assert lines == sorted(set().union(*wanted.values()))
    for kind, reasons in _REASONS.items():
        told = {r.diagnostic.reason for r in rejects if r.diagnostic.row in wanted[kind]}
        assert told <= reasons, (kind, told)
    summed = sqlite3.connect(database).execute("SELECT sum(rows_summed) FROM routing").fetchone()
    assert summed == (found[1],)
    return f"all {bad:,} planted bad rows at their lines, {duplicates:,} duplicates"
