"""Parties of several numbers: each with its own layer under each of them."""

from typing import Any

from tracer.model.case import CaseInfo
from tracer.report.projection import build_views
from tracer.report.shared import shared_parties
from tracer.rules.examined import ExaminedTrace

from .shapes import Papers

CASE = CaseInfo()


def views_of(*papers: Papers) -> Any:
    return build_views([ExaminedTrace(each.trace(), ()) for each in papers], CASE)


def test_a_party_has_a_layer_for_each_number() -> None:
    one = Papers("10687415").allocate("甲").contract("甲", "乙").contract("乙", "丙")
    two = Papers("10684500").allocate("丁").contract("丁", "丙").log("戊", "丙", 5)
    views = views_of(one, two)
    shared = shared_parties(views)
    assert [party.name.zh for party in shared] == ["丙"]
    [party] = shared
    first, second = party.standings
    assert first is not None
    assert second is not None
    assert first.says.zh.startswith("第 2 层")
    assert second.says.zh.startswith("第 1 层")
    for standing, view in zip((first, second), views, strict=True):
        assert {node.id: node.name for node in view.parties}[standing.box] == "丙"


def test_those_under_most_numbers_come_first_and_strangers_not_at_all() -> None:
    one = Papers("10687415").allocate("甲").contract("甲", "乙").contract("甲", "己")
    two = Papers("10684500").allocate("甲").contract("甲", "丙")
    three = Papers("10681111").allocate("甲").contract("甲", "乙")
    shared = shared_parties(views_of(one, two, three))
    assert [(party.name.zh, party.codes) for party in shared] == [("甲", 3), ("乙", 2)]
    assert shared[1].standings[1] is None


def test_of_one_number_nothing_is_shared() -> None:
    assert shared_parties(views_of(Papers().allocate("甲").contract("甲", "乙"))) == ()
