"""The factor sheet as a paper: what its cards say."""

import json
import re

from tests.dossier.written import CHAIN, DIAMOND, factors_in
from tracer.cli.output import plain
from tracer.cli.papers import paper_lines
from tracer.model.case import CaseInfo
from tracer.report.factor_json import factors_json
from tracer.report.factor_paper import factor_paper
from tracer.report.html.paper_page import render_paper
from tracer.report.wording import say

APART = (
    CHAIN.replace("10687415", "10684500")
    .replace("甲", "子").replace("乙", "丑").replace("丙", "寅").replace("v1", "v9")
    .replace("messages: 100", "messages: 3000")
)  # fmt: skip


def cards(*written: str) -> dict[str, str]:
    return {name.en: value.zh for name, value in factor_paper(factors_in(*written)).answer}


def test_who_carried_most_is_named() -> None:
    assert cards(CHAIN)["Most messages carried"] == "乙、丙：107 条"
    assert cards(CHAIN, APART)["Most messages carried"] == "丑、寅：3,007 条"
    assert cards(CHAIN.partition("routing:")[0])["Most messages carried"] == "无"


def test_the_total_is_that_of_the_case_and_of_no_one_party() -> None:
    told = cards(CHAIN, APART)["Total of these codes"]
    assert told == "涉诈短信 4 条，受害人 2 人，损失 23.00 元（每条只计一次）"
    assert not any(p.reach.by_traffic.victims == 2 for p in factors_in(CHAIN, APART).parties)
    both_kinds = cards(DIAMOND)["Total of these codes"]
    assert both_kinds == "涉诈短信 3 条，受害人 2 人，损失 17.00 元（每条只计一次）"
    beside = CHAIN.replace(
        "number: 106874150101, received: 2023-07-09", "number: 106874159999, received: 2023-07-09"
    )
    assert cards(beside)["Total of these codes"].startswith(
        "涉诈短信 2 条，受害人 1 人，损失 11.50"
    )


def test_json_has_the_total_with_its_records() -> None:
    case = json.loads(factors_json(factors_in(CHAIN, DIAMOND.replace("10687415", "10684500"))))[
        "case"
    ]
    assert (case["incidents"], case["victims"], case["loss"]) == (len(case["records"]), 2, "28.50")


def test_words_are_those_of_a_trace() -> None:
    assert say("dossier.role.intermediary").zh == say("page.role.intermediary").zh
    for key in ("dossier.head.rebuttal", "audit.head.rebuttal"):
        assert say(key).zh == say("page.field.rebuttal").zh


def test_one_heading_where_section_and_first_table_say_the_same() -> None:
    paper = factor_paper(factors_in(CHAIN))
    told = {s.heading.zh: [t.heading.zh for t in s.tables if s.is_named(t)] for s in paper.sections}
    assert told["一、行为"] == ["各码号中的位置"]
    assert told["三、过错线索"] == ["线索明细"]
    lines = plain(paper_lines(paper, "zh", None)).splitlines()
    assert lines.count("一、行为") == 1
    assert "行为" not in {line.strip() for line in lines}
    page = render_paper(paper, CaseInfo(), "zh").decode()
    assert "<h3>" in page
    assert not re.search(r"<h3>(<span[^>]*>)?行为<", page)
