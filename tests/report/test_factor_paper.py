"""The factor sheet as a paper: what its cards say."""

import json

from tests.dossier.written import CHAIN, DIAMOND, factors_in
from tracer.report.factor_json import factors_json
from tracer.report.factor_paper import factor_paper

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
