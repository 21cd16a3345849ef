"""Rows: a layer where there is one, steps below a root elsewhere; hops told from the top."""

from typing import Any

import pytest

from tracer.graph.result import Trace
from tracer.report.rows import depths_of, hop_order, starts_of


@pytest.fixture
def below_a_gap(new_trace: Any) -> Trace:
    builder = new_trace().allocate("甲公司").contract("HT-1", "甲公司", "乙公司")
    builder.log("丙公司", "丁公司", 5).log("丁公司", "戊公司", 5).log("丁公司", "乙公司", 1)
    built: Trace = builder.gap("丙公司").build()
    return built


def test_layers_are_rows(hangzhou: Trace) -> None:
    depths = depths_of(hangzhou)
    assert [depths[node.name] for node in hangzhou.parties] == [0, 1, 2, 3, 4]


def test_below_a_gap_rows_count_from_its_party(below_a_gap: Trace) -> None:
    depths = depths_of(below_a_gap)
    assert (depths["丙公司"], depths["丁公司"], depths["戊公司"]) == (1, 2, 3)


def test_without_a_holder_rows_start_at_the_top(new_trace: Any) -> None:
    builder = new_trace().log("甲公司", "乙公司", 1)
    builder.unallocated.append("甲公司")
    assert depths_of(builder.build()) == {"甲公司": 0, "乙公司": 1}


def test_a_cycle_of_its_own_gets_rows(new_trace: Any) -> None:
    builder = new_trace().allocate("持有人")
    builder.log("子公司", "丑公司", 1).log("丑公司", "寅公司", 1).log("寅公司", "子公司", 1)
    depths = depths_of(builder.build())
    assert sorted(depths.values()) == [0, 1, 2, 3]


def test_every_party_has_a_row(messy: Trace) -> None:
    assert set(depths_of(messy)) == {node.name for node in messy.parties}


def test_starts_come_from_roots_chains_and_gaps(messy: Trace) -> None:
    starts = starts_of(messy)
    assert starts["上海某云通信公司"] == {"gap"}
    assert starts["重庆某传媒公司"] == {"unallocated"}
    assert starts["广东某科技公司"] == {"holder"}


def test_hops_are_told_down_the_layers_then_below_gaps(below_a_gap: Trace) -> None:
    order = hop_order(below_a_gap, depths_of(below_a_gap))
    pairs = sorted(((hop.upstream, hop.downstream) for hop in below_a_gap.hops),
                   key=lambda pair: order(*pair))  # fmt: skip
    assert pairs == [
        ("甲公司", "乙公司"),
        ("丙公司", "丁公司"),
        ("丁公司", "乙公司"),
        ("丁公司", "戊公司"),
    ]
