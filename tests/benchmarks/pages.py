"""Pages measured: how long one is made, and how it moves in a browser."""

from tracer.graph.result import Trace
from tracer.graph.trace import build_trace
from tracer.model.case import CaseInfo
from tracer.model.evidence import Allocation, Contract, Evidence
from tracer.model.period import ALL_DAYS
from tracer.model.segment import Segment
from tracer.model.source import RecordRef
from tracer.report.html.page import render_page
from tracer.rules.examined import ExaminedTrace
from tracer.usecases.memory import no_collection

from .browsing import browse
from .measuring import Result, in_process, measure

__all__ = ["page", "seen"]

_BRANCHES = 6


def page(parties: int, most: float, runs: int) -> Result:
    """Make the page of a tree of parties; the trace is given."""
    trace, size = _tree(parties), 0

    def make() -> None:
        nonlocal size
        with no_collection():
            size = len(render_page([ExaminedTrace(trace, ())], CaseInfo(), "zh"))

    mine, _ = measure(("tracer", in_process(make)), None, runs)
    return Result(
        work=f"a page of {parties:,} parties, made",
        bar=f"≤ {most:g} s",
        reached=mine.wall <= most,
        ours=mine,
        theirs=None,
        found=f"{mine.wall:.2f} s",
        remarks=(f"{size / 1e6:.1f} MB",),
    )


def seen(parties: int) -> Result:
    """Open the page of a tree of parties in a browser."""
    with no_collection():
        made = render_page([ExaminedTrace(_tree(parties), ())], CaseInfo(), "zh")
    return browse(f"a page of {parties:,} parties, in Chromium", made)


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
