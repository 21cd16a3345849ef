"""Hops over time: terms and bars on one axis, and the same in words."""

import re
from datetime import date, timedelta
from typing import Any

from tracer.graph.result import Trace
from tracer.model.case import CaseInfo
from tracer.model.period import Period
from tracer.report.html import timeline
from tracer.report.html.timeline import Timeline, make_timeline
from tracer.report.projection import build_view
from tracer.report.traffic import daily_traffic


def timeline_of(trace: Trace) -> Timeline:
    made = make_timeline(build_view(trace, (), CaseInfo()), daily_traffic(trace))
    assert made is not None
    return made


def looks(made: Timeline, place: int = 0) -> dict[str, str]:
    return {shape.look: shape.path for shape in made.strips[place].shapes}


def heights(path: str) -> list[float]:
    return [-float(found) for found in re.findall(r"v(-[0-9.]+)", path)]


def test_a_strip_for_every_hop_on_one_axis(hangzhou: Trace) -> None:
    made = timeline_of(hangzhou)
    assert made.strips[0].numbers == ("E002", "E003")
    assert len(made.strips) == len(hangzhou.hops)
    assert (made.first, made.last) == (date(2023, 1, 1), date(2023, 12, 31))
    assert made.bin_days == 2
    assert {"term", "covered"} == set(looks(made))
    assert looks(made)["term"] == "M0 2H480"
    assert looks(made, 3)["term"].startswith(
        f"M{(date(2023, 4, 1) - made.first).days / 365 * 480:.1f}"
    )


def test_bars_add_up_and_share_one_scale(new_trace: Any) -> None:
    builder = new_trace().allocate("甲").contract("HT-1", "甲", "乙").contract("HT-2", "乙", "丙")
    trace = builder.log("甲", "乙", 100, days=1).log("乙", "丙", 50, days=1).build()
    made = timeline_of(trace)
    assert made.most == 100
    (high,), (low,) = heights(looks(made)["covered"]), heights(looks(made, 1)["covered"])
    assert abs(high - 2 * low) < 0.2


def test_messages_under_no_contract_are_hollow_and_said(new_trace: Any) -> None:
    trace = new_trace().allocate("甲").log("甲", "乙", 9, days=1).build()
    made = timeline_of(trace)
    assert set(looks(made)) == {"bare"}
    assert made.strips[0].said.zh.startswith("未见对应合同；")
    assert "其中 1 日有未见合同覆盖的短信" in made.strips[0].said.zh
    assert "on 1 of these days some are under no contract" in made.strips[0].said.en


def test_few_messages_are_seen_beside_many(new_trace: Any) -> None:
    builder = new_trace().allocate("甲").log("甲", "乙", 1_000_000, days=1)
    made = timeline_of(builder.log("乙", "丙", 1, days=1).build())
    assert heights(looks(made, 1)["bare"]) == [1.5]


def test_a_hop_without_a_log_says_so(one_hop: Trace) -> None:
    made = timeline_of(one_hop)
    assert made.strips[0].total.zh == "未见路由记录"
    assert "未见短信" in made.strips[0].said.zh
    assert made.strips[0].id == "E002"


def test_a_term_far_ahead_does_not_press_the_traffic(new_trace: Any) -> None:
    term = Period(date(2000, 1, 1), date(9999, 12, 31))
    trace = new_trace().allocate("甲").contract("HT-1", "甲", "乙", term).log("甲", "乙", 9).build()
    made = timeline_of(trace)
    assert made.last - made.first <= timedelta(days=802)
    assert looks(made)["term"] == "M0 2H480"
    silent = timeline_of(new_trace().allocate("甲").contract("HT-1", "甲", "乙", term).build())
    assert silent.last - silent.first <= timedelta(days=3653)


def test_no_day_on_record_no_timeline(new_trace: Any) -> None:
    trace = new_trace().contract("HT-1", "甲", "乙", Period()).build()
    view = build_view(trace, (), CaseInfo())
    assert make_timeline(view, daily_traffic(trace)) is None


def test_many_hops_are_cut_and_counted(new_trace: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(timeline, "MOST_STRIPS", 2)
    builder = new_trace().allocate("甲")
    for name in "乙丙丁":
        builder.log("甲", name, 3, days=1)
    made = timeline_of(builder.build())
    assert (len(made.strips), made.left_out) == (2, 1)


def test_ticks_are_few_and_within(hangzhou: Trace) -> None:
    made = timeline_of(hangzhou)
    assert [name for _, name in made.ticks] == ["2023-01", "2023-04", "2023-07", "2023-10"]
    assert all(0 <= x < made.width for x, _ in made.ticks)
