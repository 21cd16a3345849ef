"""The view of a trace: frozen in golden files, and right where it matters."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from tracer.graph.result import Trace
from tracer.model.case import CaseInfo
from tracer.model.evidence import Document
from tracer.model.period import Period
from tracer.report.exhibits import Numbering
from tracer.report.projection import build_view, build_views, is_back
from tracer.report.view import PLAIN_ABOVE, GraphView
from tracer.rules.examined import ExaminedTrace

from .leads import leads_in


@pytest.fixture
def view_of(case: CaseInfo) -> Callable[[Trace], GraphView]:
    return lambda trace: build_view(trace, leads_in(trace), case)


@pytest.mark.parametrize("name", ["hangzhou", "messy", "one_hop"])
def test_view_is_as_frozen(
    name: str,
    request: pytest.FixtureRequest,
    golden: Callable[[str, str], None],
    view_of: Callable[[Trace], GraphView],
) -> None:
    view = view_of(request.getfixturevalue(name))
    frozen = {key: value for key, value in asdict(view).items() if key != "marks" or view.marks}
    text = json.dumps(_named(frozen), ensure_ascii=False, indent=1, default=str)
    golden(f"{name}.view.json", text + "\n")


def _named(value: Any) -> Any:
    """Write records that are named tuples by their fields, as those that are not."""
    if isinstance(value, dict):
        return {key: _named(each) for key, each in value.items()}
    if hasattr(value, "_asdict"):
        return _named(value._asdict())
    return [_named(each) for each in value] if isinstance(value, list | tuple) else value


def test_chain_of_five(hangzhou: Trace, view_of: Callable[[Trace], GraphView]) -> None:
    view = view_of(hangzhou)
    assert [(node.layer, node.roles) for node in view.parties] == [
        (0, ("holder",)),
        (1, ("intermediary",)),
        (2, ("intermediary",)),
        (3, ("intermediary",)),
        (4, ("sender",)),
    ]
    kinds = [(item.no, item.kind) for item in view.evidence]
    assert kinds[0] == ("E001", "allocation")
    assert [kind for _, kind in kinds[1:]] == ["contract", "routing"] * 4
    assert view.headline.corroborated == view.headline.hops == 4
    assert view.headline.senders == (("原河北某网络科技公司", 6525, "last_on_record"),)
    assert not view.plain


def test_links_lead_from_party_over_box_to_party(
    hangzhou: Trace, view_of: Callable[[Trace], GraphView]
) -> None:
    view = view_of(hangzhou)
    ids = {node.name: node.id for node in view.parties}
    for item in view.items("hop"):
        mine = [link for link in view.links if item.no in (link.tail, link.head)]
        assert [(link.tail, link.head, link.arrow) for link in mine] == [
            (ids[item.upstream or ""], item.no, False),
            (item.no, ids[item.downstream], True),
        ]
        assert {link.style for link in mine} == {item.kind}
    assert len({link.id for link in view.links}) == len(view.links)


def test_rows_of_one_contract_are_one_exhibit(
    new_trace: Any, view_of: Callable[[Trace], GraphView]
) -> None:
    builder = new_trace().allocate("甲公司")
    builder.contract("HT-1", "甲公司", "乙公司", segment="10687415")
    builder.contract("HT-1", "甲公司", "乙公司", segment="1068741502", conflicting=True)
    builder.contract("HT-1", "甲公司", "丙公司")
    view = view_of(builder.build())
    contracts = [item for item in view.evidence if item.kind == "contract"]
    assert [(item.title, item.downstream, len(item.lines)) for item in contracts] == [
        ("HT-1", "丙公司", 1),
        ("HT-1", "乙公司", 2),
    ]
    assert contracts[1].segments == ("10687415", "1068741502")
    assert contracts[1].conflicting


def test_routing_of_a_hop_is_one_exhibit_with_a_line_per_file_and_reporter(
    new_trace: Any, view_of: Callable[[Trace], GraphView]
) -> None:
    builder = new_trace().allocate("甲公司")
    builder.log("甲公司", "乙公司", 100, reporter="甲公司", days=3)
    builder.log("甲公司", "乙公司", 90, reporter="乙公司", days=2)
    builder.log("甲公司", "乙公司", 5, reporter=None, number="1068741577", days=1)
    view = view_of(builder.build())
    (item,) = [item for item in view.evidence if item.kind == "routing"]
    assert item.messages == 100
    assert item.reporters == ("乙公司", "甲公司", None)
    assert item.numbers == 2
    assert [(line.reporter, line.messages, line.rows) for line in item.lines] == [
        ("乙公司", 90, 20),
        ("甲公司", 100, 30),
        (None, 5, 10),
    ]
    assert item.lines[1].place.last_row > item.lines[1].place.first_row
    assert item.term == Period(date(2023, 7, 3), date(2023, 7, 5))


def test_messy_case_keeps_everything_apart(
    messy: Trace, view_of: Callable[[Trace], GraphView]
) -> None:
    view = view_of(messy)
    roles = {node.name: node.roles for node in view.parties}
    assert roles["中国移动通信集团广东有限公司"] == ("carrier",)
    assert "gap" in roles["上海某云通信公司"]
    assert "unallocated" in roles["重庆某传媒公司"]
    assert "unresolved" in roles["安徽某信息公司"]
    assert {(gap.kind, gap.party) for gap in view.gaps} == {
        ("gap", "上海某云通信公司"),
        ("unallocated", "重庆某传媒公司"),
    }
    assert [item.scope for item in view.evidence[-3:]] == ["access", "unsegmented", "blocked"]
    assert "中国移动通信集团广东有限公司" not in {node.name for node in view.drawn()}
    assert view.headline.truncated
    gap = next(gap for gap in view.gaps if gap.kind == "gap")
    assert [lead.why for lead in gap.leads] == ["no_segment", "other_days"]
    assert gap.holders == ("广东某科技公司", "无锡某网络公司")


def test_back_edges_are_those_to_no_deeper_layer(
    messy: Trace, view_of: Callable[[Trace], GraphView]
) -> None:
    view = view_of(messy)
    layers = {node.name: node.layer for node in view.parties}
    for hop in view.hops:
        upper, lower = layers[hop.upstream], layers[hop.downstream]
        if upper is not None and lower is not None:
            assert hop.back == is_back(upper, lower) == (lower <= upper)
    assert view.headline.back == 4


def test_parties_below_a_gap_have_rows_but_no_layer(
    messy: Trace, view_of: Callable[[Trace], GraphView]
) -> None:
    nodes = {node.name: node for node in view_of(messy).parties}
    assert (nodes["上海某云通信公司"].layer, nodes["上海某云通信公司"].depth) == (None, 1)
    assert (nodes["成都某广告公司"].layer, nodes["成都某广告公司"].depth) == (None, 2)


def test_cycle_no_root_leads_to_still_has_rows(
    new_trace: Any, view_of: Callable[[Trace], GraphView]
) -> None:
    builder = new_trace().log("甲公司", "乙公司", 3).log("乙公司", "甲公司", 4)
    view = view_of(builder.build())
    assert [(node.name, node.depth) for node in view.parties] == [("乙公司", 0), ("甲公司", 1)]
    assert view.headline.deepest is None


def test_one_contract_has_one_number_in_all_views(case: CaseInfo, new_trace: Any) -> None:
    def trace(number: str) -> Trace:
        builder = new_trace(number=number).allocate(f"持有{number}").log("乙公司", "丙公司", 5)
        built: Trace = builder.contract("HT-7", "乙公司", "丙公司", segment=number).build()
        return built

    first, second = build_views(
        [ExaminedTrace(trace("10687415"), ()), ExaminedTrace(trace("10684500"), ())], case
    )
    numbers = [
        {(item.kind, item.title): item.no for item in view.evidence} for view in (first, second)
    ]
    assert numbers[0]["contract", "HT-7"] == numbers[1]["contract", "HT-7"]
    assert numbers[0]["routing", ""] != numbers[1]["routing", ""]


def test_numbers_go_on_past_999() -> None:
    numbering = Numbering()
    last = [numbering.number(str(index)) for index in range(1001)][-1]
    assert last == "E1001"


def test_many_records_give_plain_edges(
    new_trace: Any, view_of: Callable[[Trace], GraphView]
) -> None:
    builder = new_trace().allocate("甲公司")
    for index in range(PLAIN_ABOVE + 1):
        builder.contract(f"HT-{index:03d}", "甲公司", f"公司{index % 7}")
    builder.log("甲公司", "公司3", 11)
    view = view_of(builder.build())
    assert view.plain
    styles = {link.style for link in view.links}
    assert styles == {"contract", "both"}
    assert len(view.links) == 2 * len(view.hops) == 14
    assert len(view.items("hop")) == PLAIN_ABOVE + 2


def test_digest_depends_on_sources_alone(
    hangzhou: Trace, one_hop: Trace, view_of: Callable[[Trace], GraphView]
) -> None:
    view = view_of(hangzhou)
    assert view.digest == view_of(hangzhou).digest != view_of(one_hop).digest
    assert [source.path for source in view.sources] == sorted(s.path for s in view.sources)


def test_scanned_paper_is_carried(hangzhou: Trace, view_of: Callable[[Trace], GraphView]) -> None:
    item = next(item for item in view_of(hangzhou).evidence if item.kind == "contract")
    assert item.lines[0].place.document == Document("扫描件/HT-2023-001.pdf", "ab" * 32, "1")
    assert item.lines[0].place.source_ref == "证据卷二第15页"


def test_trace_without_hops(new_trace: Any, view_of: Callable[[Trace], GraphView]) -> None:
    view = view_of(new_trace().allocate("甲公司").build())
    assert (view.headline.hops, view.headline.parties, view.headline.deepest) == (0, 1, 0)
    assert view.links == ()
