"""Messages day by day, as the trace counts them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tracer.graph.result import Trace
from tracer.report.traffic import DayFigure, daily_traffic

FIRST = date(2023, 7, 3)


def test_days_of_a_hop_are_those_of_its_traffic(new_trace: Any) -> None:
    builder = new_trace().allocate("甲").contract("HT-1", "甲", "乙")
    trace = builder.log("甲", "乙", 7, first=FIRST, days=2).log("乙", "丙", 4, days=1).build()
    daily = daily_traffic(trace)
    assert daily["hop", "甲", "乙"] == (
        DayFigure(FIRST, 4, 4),
        DayFigure(FIRST + timedelta(days=1), 3, 3),
    )
    assert daily["hop", "乙", "丙"] == (DayFigure(FIRST, 4, 0),), "no contract covers it"


def test_days_on_which_all_was_stopped_are_kept(new_trace: Any) -> None:
    trace: Trace = new_trace().allocate("甲").log("甲", "乙", 7, days=2).build()
    (hop,) = trace.hops
    silent = hop._replace(traffic=hop.traffic[:1])
    daily = daily_traffic(replace(trace, hops=(silent,)))
    assert [figure.messages for figure in daily["hop", "甲", "乙"]] == [4, 0]


def test_access_counts_the_larger_log_and_never_the_sum(messy: Trace) -> None:
    (access,) = messy.access
    other = access.routing[0]._replace(reporter="广东某科技公司", messages=900)
    doubled = replace(access, routing=(*access.routing, other))
    daily = daily_traffic(replace(messy, access=(doubled,)))
    assert [f.messages for f in daily["access", access.carrier, access.party]] == [900]


def test_of_stopped_traffic_only_the_days_are_known(messy: Trace) -> None:
    daily = daily_traffic(messy)
    assert daily["blocked", "北京某科技公司", "天津某贸易公司"] == (
        DayFigure(date(2023, 7, 9), 0, 0),
    )
