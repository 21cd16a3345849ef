"""Words: complete in both languages, careful about what a paper leaves open."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tracer.graph.result import Trace
from tracer.messages.page import TEXTS
from tracer.model.case import CaseInfo
from tracer.model.period import ALL_DAYS, Period
from tracer.report.answer import Card, answer
from tracer.report.captions import box_lines
from tracer.report.details import Citation, Item, describe
from tracer.report.projection import build_view
from tracer.report.wording import Said, join, messages, same, say, segments, term, term_of, window

JUDGEMENTS = ("违法", "非法", "违规", "illegal", "unlawful", "guilty")


@pytest.fixture
def cards_of(case: CaseInfo) -> Callable[[Trace], dict[str, Card]]:
    names = ("holder", "hands", "sender", "missing")
    return lambda trace: dict(zip(names, answer(build_view(trace, (), case)), strict=True))


def words(card: Card) -> str:
    said = [part.text.zh + (part.under.zh if part.under else "") for part in card.says]
    return " ".join([*said, *(add.zh for add in card.adds)])


def test_every_text_has_both_languages_and_the_same_placeholders() -> None:
    import re

    for key, (zh, en) in TEXTS.items():
        assert zh, key
        assert en, key
        allowed = {"count", "rest", "name"}
        holes = [set(re.findall(r"{(\w+)}", words)) for words in (zh, en)]
        assert holes[0] - allowed == holes[1] - allowed, key


def test_texts_pass_no_judgement() -> None:
    for zh, en in TEXTS.values():
        assert not any(word in zh or word in en.lower() for word in JUDGEMENTS)


def test_terms_say_what_is_not_stated() -> None:
    day = date(2023, 7, 1)
    assert term(Period(day, None), end_stated=False).zh == "2023-07-01 至 终止未载明"
    assert term(Period(None, day), start_stated=False).zh == "起始未载明 至 2023-07-01"
    assert term(Period(day, None)).zh == "2023-07-01 至 长期"
    assert term(Period(day, day)).zh == "2023-07-01"
    assert window(ALL_DAYS).zh == "全部日期"
    assert window(Period(day, None)).en == "2023-07-01 – open"
    assert window(Period(day, day)) == same("2023-07-01")


def test_small_words() -> None:
    assert messages(6525).zh == "6,525 条"
    assert messages(3, "parts").zh == "3 条（计费条数）"
    assert segments(("1", "2", "3"), 2).zh == "1、2 等3段"
    assert segments(("1",), 2) == same("1")
    assert join([same("甲"), same("乙")]) == Said("甲、乙", "甲, 乙")
    assert say("page.layer", layer=Said("甲", "a")).en == "Layer a"


def test_braces_in_names_are_left_alone() -> None:
    assert say("page.last_on_paper", names="{no}").zh == "合同止于：{no}"


def test_terms_that_differ_are_not_merged(new_trace: Any, case: CaseInfo) -> None:
    builder = new_trace().allocate("甲公司")
    builder.contract("HT-1", "甲公司", "乙公司", Period(date(2023, 1, 1), date(2023, 6, 30)))
    builder.contract("HT-1", "甲公司", "乙公司", Period(date(2023, 3, 1), date(2023, 12, 31)))
    view = build_view(builder.build(), (), case)
    item = view.items("hop")[0]
    assert term_of(item).zh == "期限记载不一，见详情"
    assert "期限记载不一，见详情" in [line.text for line in box_lines(item)["zh"]]


def test_prices_that_differ_are_not_merged(new_trace: Any, case: CaseInfo) -> None:
    builder = new_trace().allocate("甲公司")
    for price in ("0.03元/条", "0.04元/条"):
        builder.contract("HT-1", "甲公司", "乙公司", unit_price_raw=price)
    item = build_view(builder.build(), (), case).items("hop")[0]
    assert item.prices == ("0.03元/条", "0.04元/条")
    assert "10687415 · 单价不一" in [line.text for line in box_lines(item)["zh"]]


def test_answer_of_the_chain(hangzhou: Trace, cards_of: Callable[[Trace], dict[str, Card]]) -> None:
    cards = cards_of(hangzhou)
    assert words(cards["holder"]).startswith("广东某科技公司E001 10687415")
    assert "5 家主体 4 个环节" in words(cards["hands"])
    assert "原河北某网络科技公司6,525 条 · 记录止于此" in words(cards["sender"])
    assert not any(card.warns for card in cards.values())


def test_answer_of_the_messy_case(
    messy: Trace, cards_of: Callable[[Trace], dict[str, Card]]
) -> None:
    cards = cards_of(messy)
    assert cards["missing"].warns
    for part in ("断档 1 处", "未见分配 1 处", "4 个环节未见对应合同", "仅列出前 3 条"):
        assert part in words(cards["missing"])
    assert "来源不明：50 条（安徽某信息公司）" in words(cards["sender"])
    assert "另有 3 家层级不明" in words(cards["hands"])


def test_answer_without_traffic_names_no_sender(
    one_hop: Trace, cards_of: Callable[[Trace], dict[str, Card]]
) -> None:
    cards = cards_of(one_hop)
    assert words(cards["sender"]) == "记录未显示发送方 合同止于：宁波某商贸公司"
    assert "1 个环节未见路由记录" in words(cards["missing"])


def test_answer_without_holder(
    new_trace: Any, cards_of: Callable[[Trace], dict[str, Card]]
) -> None:
    builder = new_trace().log("甲公司", "乙公司", 3)
    builder.unallocated.append("甲公司")
    cards = cards_of(builder.build())
    assert words(cards["holder"]) == "未见分配记录"
    assert "未见持有人，层级无从起算" in words(cards["hands"])


def test_many_holders_are_counted(
    new_trace: Any, cards_of: Callable[[Trace], dict[str, Card]]
) -> None:
    builder = new_trace("106")
    for index in range(9):
        builder.allocate(f"持有人{index}", f"1068741{index}")
    said = cards_of(builder.build())["holder"].says
    assert len(said) == 3
    assert said[-1].text.zh == "持有人2 等 7 家"


def facts_of(item: Item) -> dict[str, str]:
    found = {fact.label.zh: fact.value.zh for fact in item.facts}
    for block in item.blocks:
        found |= {fact.label.zh: fact.value.zh for fact in block.facts}
    return found


def test_details_of_a_contract(hangzhou: Trace, case: CaseInfo) -> None:
    items = {item.id: item for item in describe(build_view(hangzhou, (), case))}
    facts = facts_of(items["E002"])
    assert facts["合同编号"] == "HT-2023-001"
    assert facts["号段（原文）"] == "10687415"
    assert facts["单价"] == "0.030元/条"
    assert facts["转租条款"] == "禁止"
    assert (facts["文件"], facts["工作表"], facts["行"]) == ("合同台账.xlsx", "合同", "3")
    assert facts["卷宗页码"] == "证据卷二第15页"
    assert len(facts["文件 SHA-256"]) == 64
    assert facts["扫描件"] == "扫描件/HT-2023-001.pdf"
    assert facts["扫描件 SHA-256"] == "ab" * 32
    assert facts["记录编号"].startswith("contracts:")
    citation = items["E002"].citation
    assert isinstance(citation, Citation)
    assert citation.said().zh.startswith(
        "E002 合同 HT-2023-001，广东某科技公司 → 武汉某信息科技公司，10687415，"
    )
    assert "第 3 行" in citation.said().zh


def test_details_of_routing_warn_against_adding_up(hangzhou: Trace, case: CaseInfo) -> None:
    items = {item.id: item for item in describe(build_view(hangzhou, (), case))}
    facts = facts_of(items["E003"])
    assert facts["条数"] == "6,525 条"
    assert facts["日志来源"] == "双方日志"
    assert "不相加" in facts["提示"]
    assert len(items["E003"].blocks) == 2


def test_details_of_a_gap_name_what_might_close_it(messy: Trace, case: CaseInfo) -> None:
    item = next(item for item in describe(build_view(messy, (), case)) if item.id == "G1")
    assert [fact.value.zh for fact in item.blocks[0].facts][:3] == [
        "广东某科技公司",
        "HT-88",
        "合同未写明号段",
    ]
    assert "P1" in item.related


def test_related_boxes_exist(messy: Trace, case: CaseInfo) -> None:
    items = describe(build_view(messy, (), case))
    known = {item.id for item in items}
    assert len(known) == len(items)
    for item in items:
        assert set(item.related) <= known
