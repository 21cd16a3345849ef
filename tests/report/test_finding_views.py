"""Findings placed among exhibits and boxes, and what is told of them."""

from typing import Any

import pytest

from tests.report.leads import leads_in
from tracer.graph.result import Trace
from tracer.model.case import CaseInfo
from tracer.model.finding import Finding
from tracer.model.source import RecordRef
from tracer.report.details import describe
from tracer.report.finding_items import by_rule, describe_findings, put_in_words
from tracer.report.projection import build_view
from tracer.report.scene import build_scene
from tracer.report.wording import Said
from tracer.rules.base import make_finding


def about(upstream: str, downstream: str, **said: Any) -> Finding:
    values = {"upstream": upstream, "downstream": downstream}
    return make_finding("TR201", hops=[(upstream, downstream)], values=values, **said)


@pytest.fixture
def chain(new_trace: Any) -> Trace:
    """Make 甲 → 乙 → 丙, two contracts and a log on the second hop, and a carrier above."""
    builder = new_trace().allocate("甲").contract("HT-1", "甲", "乙")
    builder.contract("HT-2", "乙", "丙").contract("HT-3", "乙", "丙").log("乙", "丙", 10)
    trace: Trace = builder.chain("甲", "乙", "丙").build()
    return trace


def test_a_finding_marks_the_exhibits_it_rests_on_and_no_other(
    chain: Trace, case: CaseInfo
) -> None:
    below = next(hop for hop in chain.hops if hop.upstream == "乙")
    above = next(hop for hop in chain.hops if hop.upstream == "甲")
    finding = about(
        "乙", "丙", contracts=[below.contracts[0], *above.contracts], refs=[below.routing[0].ref]
    )
    view = build_view(chain, [finding], case)
    (found,) = view.findings
    titles = {item.no: item.title or item.kind for item in view.evidence}
    assert [titles[no] for no in found.evidence] == ["HT-1", "HT-2", "routing"]
    assert [titles[no] for no in found.boxes] == ["HT-2", "routing"]
    assert found.others == ()
    marked = {box.id for box in build_scene(view).boxes if "lead" in box.looks}
    assert marked == set(found.boxes)


def test_a_finding_that_rests_on_no_exhibit_of_its_hop_marks_all_of_it(
    chain: Trace, case: CaseInfo
) -> None:
    check = RecordRef("checks", "ab" * 32, "审核.csv", 0, None, 4, 4)
    view = build_view(chain, [about("乙", "丙", refs=[check])], case)
    (found,) = view.findings
    hop = next(hop for hop in view.hops if hop.upstream == "乙")
    assert (found.evidence, found.boxes) == ((), hop.evidence)
    assert [(place.path, place.first_row) for place in found.others] == [("审核.csv", 4)]
    assert "审核.csv" in {source.path for source in view.sources}, "it is an input of the page"


def test_a_finding_about_a_hop_that_is_not_drawn_marks_its_parties(
    messy: Trace, case: CaseInfo
) -> None:
    carrier = "中国移动通信集团广东有限公司"
    view = build_view(messy, [about(carrier, "广东某科技公司")], case)
    ids = {node.name: node.id for node in view.parties}
    assert view.findings[0].boxes == (ids["广东某科技公司"],)


def test_where_hops_are_one_box_each_the_hop_bears_the_mark(new_trace: Any, case: CaseInfo) -> None:
    builder = new_trace().allocate("甲")
    for index in range(160):
        builder.contract(f"HT-{index}", "甲", f"乙{index}")
    trace = builder.build()
    view = build_view(trace, [about("甲", "乙7")], case)
    assert view.plain
    hop = next(hop for hop in view.hops if hop.downstream == "乙7")
    assert view.findings[0].boxes == (hop.id,)
    items = {item.id: item for item in describe(view)}
    assert items[hop.id].findings == ("F1",)


def test_parties_and_exhibits_lead_to_the_findings_about_them(chain: Trace, case: CaseInfo) -> None:
    below = next(hop for hop in chain.hops if hop.upstream == "乙")
    view = build_view(chain, [about("乙", "丙", contracts=below.contracts[:1])], case)
    items = {item.title.zh: (item.findings, item.cited) for item in describe(view)}
    assert items["甲"] == items["E004 HT-3"] == ((), ())
    assert items["乙"] == items["丙"] == items["E003 HT-2"] == (("F1",), ())


def test_an_exhibit_a_finding_only_rests_on_is_not_what_it_is_about(
    chain: Trace, case: CaseInfo
) -> None:
    papers = [contract for hop in chain.hops for contract in hop.contracts]
    view = build_view(chain, [about("乙", "丙", contracts=papers)], case)
    items = {item.title.zh: (item.findings, item.cited) for item in describe(view)}
    assert items["E002 HT-1"] == ((), ("F1",))
    assert items["E003 HT-2"] == (("F1",), ())
    assert items["甲"] == ((), ())


def test_boxes_bear_the_codes_of_several_rules(chain: Trace, case: CaseInfo) -> None:
    from dataclasses import replace

    lead = about("乙", "丙")
    codes = ("TR201", "TR201", "TR202", "TR204", "TR301")
    view = build_view(chain, [replace(lead, rule=code) for code in codes], case)
    lines = {
        lang: {box.lines[lang][-1].text for box in build_scene(view).boxes if "lead" in box.looks}
        for lang in ("zh", "en")
    }
    assert lines["zh"] == {"※ TR201、TR202 等 4 类"}
    assert lines["en"] == {"※ TR201, TR202 and 2 more"}


def test_everything_is_told_of_a_finding(messy: Trace, case: CaseInfo) -> None:
    view = build_view(messy, leads_in(messy), case)
    told = put_in_words(view)
    items = describe_findings(view, told)
    assert [item.id for item in items] == [each.id for each in view.findings]
    for item, words in zip(items, told, strict=True):
        labels = [fact.label.zh for fact in item.facts]
        assert labels[:2] == ["记录所载", "可以推翻的材料"]
        assert all(clause.brief.zh and clause.citation.zh for clause in words.clauses)
        assert item.facts[0].value == words.sentence
        assert isinstance(item.citation, Said)
        for said in (words.sentence.zh, words.rebuttal.zh, "线索不是认定"):
            assert said in item.citation.zh
    (group,) = by_rule(told)
    assert group.found == told
    assert by_rule(()) == ()
    alone = items[-1]
    assert [fact.value.zh for fact in alone.facts][-1] == "主体.csv 第 3 行"


def test_places_beyond_a_few_are_counted(chain: Trace, case: CaseInfo) -> None:
    refs = [RecordRef("checks", "ab" * 32, "审核.csv", 0, None, row, row) for row in range(10, 18)]
    (words,) = put_in_words(build_view(chain, [about("乙", "丙", refs=refs)], case))
    assert words.others is not None
    assert words.others.zh.endswith("第 15 行 等 8 处")
    assert words.others.en.endswith("row 15 and 2 more")
