"""The results as a table on the terminal and as `docs/benchmarks.md`."""

import os
import platform
import sqlite3
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from .measuring import Result, Side

__all__ = ["machine", "table_line", "write_page"]

_PACKAGES = ("duckdb", "ibis-framework", "networkx", "pandas", "polars", "pyarrow", "sqlalchemy")
_MARKS = {True: "reached", False: "**missed**", None: "—"}


def machine() -> str:
    """Say on what, and with what, was measured."""
    processor = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        processor = names[0].partition(": ")[2] if names else processor
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return (
        f"{platform.system()} {platform.machine()}, {processor}, {os.cpu_count()} processors,"
        f" {pages:.0f} GiB; Python {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}, {packages}"
    )


def table_line(result: Result) -> str:
    """Write one result for the terminal."""
    beside = "" if result.theirs is None else f" beside {_time(result.theirs)} {result.theirs.name}"
    ours = "" if result.ours is None else f"  [{_time(result.ours)}{beside}]"
    remarks = [*result.remarks, *_processor_time(result)]
    more = f"  ({'; '.join(remarks)})" if remarks else ""
    mark = _MARKS[result.reached].replace("*", "").upper() if result.reached is False else ""
    return f"{result.work}: {result.found}, bar {result.bar} {mark}{ours}{more}".replace("  ", " ")


def _processor_time(result: Result) -> list[str]:
    """Tell the time of a processor, which a busy machine disturbs less than the clock's."""
    if result.ours is None:
        return []
    beside = "" if result.theirs is None else f" beside {_seconds(result.theirs.user)}"
    return [f"by processor time {_seconds(result.ours.user)}{beside}"]


def _time(side: Side) -> str:
    return _seconds(side.wall)


def _seconds(seconds: float) -> str:
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.1f} s"


def write_page(file: Path, results: Sequence[Result], how: str) -> None:
    """Write `docs/benchmarks.md`."""
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`; figures are of one machine and one day, so trust ratios more",
        "than seconds. Data are made by the generators in `tests/benchmarks/`, from fixed seeds:",
        "contracts that hand down codes in chains of up to twenty, and hop logs of which one row",
        "in a thousand is bad in one of four ways and one in two thousand repeats another. Every",
        "load that is measured is also checked: rows read = loaded + rejected + duplicates, and",
        "each planted row found at its line. The bars are meant for the full sizes.",
        "[speed.md](speed.md) says what the time is spent on.",
        "",
        f"Measured with: {how}",
        "",
        f"On: {machine()}",
        "",
        "| work | bar | found | | tracer | beside | remarks |",
        "|---|---|---|---|---|---|---|",
    ]
    for each in results:
        ours = "" if each.ours is None else _time(each.ours)
        remarks = [*each.remarks, *_processor_time(each)]
        theirs = "" if each.theirs is None else f"{each.theirs.name}: {_time(each.theirs)}"
        cells = (each.work, each.bar, each.found, _MARKS[each.reached], ours, theirs)
        lines.append(f"| {' | '.join(cells)} | {'; '.join(remarks)} |")
    missed = [each.work for each in results if each.reached is False]
    lines += ["", "What is missed: " + ("; ".join(missed) if missed else "nothing") + ".", ""]
    lines += [
        "`load` is measured as a whole process, imports and all: its median wall time, and the",
        "most memory of any run. The baselines run in turn with it, on the same files.",
        "",
        "    make bench                        # small sizes, about five minutes",
        "    make bench BENCH_FLAGS=--full     # the sizes of the bars; 5 GB under bench-out/",
        "    make bench BENCH_FLAGS='--full --docs'   # and this page written anew",
        "",
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
