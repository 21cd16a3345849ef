"""Pages measured: how long one is made."""

from collections.abc import Iterator

from tracer.graph.result import Trace
from tracer.graph.trace import build_trace
from tracer.model.case import CaseInfo
from tracer.model.evidence import Allocation, Contract, Evidence
from tracer.model.period import ALL_DAYS
from tracer.model.segment import Segment
from tracer.model.source import RecordRef
from tracer.report.html.page import render_page

from .measuring import Result, in_process, measure

__all__ = ["pages"]

_SIZES = ((800, 1.0), (20_000, 5.0))
_BRANCHES = 6


def pages(runs: int) -> Iterator[Result]:
    """Make pages of trees of parties; the trace is given."""
    for parties, most in _SIZES:
        trace = _tree(parties)
        size = 0

        def make(trace: Trace = trace) -> None:
            nonlocal size
            size = len(render_page([trace], CaseInfo(), "zh"))

        mine, _ = measure(("tracer", in_process(make)), None, runs)
        yield Result(
            work=f"a page of {parties:,} parties, made",
            bar=f"≤ {most:g} s",
            reached=mine.wall <= most,
            ours=mine,
            theirs=None,
            found=f"{mine.wall:.2f} s",
            remarks=(f"{size / 1e6:.1f} MB",),
        )


def _tree(parties: int) -> Trace:
    def ref(table: str, row: int) -> RecordRef:
        return RecordRef(table, "ab" * 32, f"{table}.csv", 0, None, row, row)

    segment = Segment("10690001")
    contracts = tuple(
        Contract(
            ref("contracts", n + 1),
            f"HT-{n}",
            f"公司{(n - 1) // _BRANCHES:05d}",
            f"公司{n:05d}",
            (segment,),
            ALL_DAYS,
        )
        for n in range(1, parties)
    )
    holder = Allocation(ref("allocations", 2), segment, "公司00000", ALL_DAYS)
    return build_trace(Evidence("10690001", (holder,), contracts), ALL_DAYS, max_chains=1000)
