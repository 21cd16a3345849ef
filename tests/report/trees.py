"""Large traces made by rule, for pictures that do not fit a page."""

from datetime import date

from tests.report.conftest import TraceBuilder
from tracer.graph.result import Trace

__all__ = ["RARE", "broad_tree"]

RARE = "𬱖㛃龘喆燚䶮"
"""Characters that stand in names and in few fonts: beyond GB 2312, some beyond the basic plane."""


def broad_tree(parties: int = 60, *, circles: bool = False) -> Trace:
    """Make a tree in which every party leases to up to three others, some hops with logs.

    Parameters
    ----------
    circles : bool
        Some contracts lead back up.
    """
    builder = TraceBuilder()
    names = [_name(index) for index in range(parties)]
    builder.allocate(names[0])
    for index in range(1, parties):
        up, down = names[(index - 1) // 3 if index < 13 else index - 9], names[index]
        builder.contract(f"HT-{index:03d}", up, down)
        if index % 3:
            builder.log(up, down, 900 + index, first=date(2023, 8, 1), covered=900 + index)
    if circles:
        for index in range(parties // 2, parties, 7):
            builder.contract(f"HX-{index:03d}", names[index], names[index // 4])
    builder.send(names[-1], 900 + parties)
    return builder.build()


def _name(index: int) -> str:
    rare = RARE[index % len(RARE)] if index % 5 == 2 else ""
    return f"第{index:02d}号{rare}信息科技有限公司"
