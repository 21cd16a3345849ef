import pytest

from tracer.ingest.clauses import (
    parse_check_kind,
    parse_check_result,
    parse_contract_kind,
    parse_sublease,
)
from tracer.ingest.values import CellError


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("禁止", "forbidden"),
        ("禁止转租", "forbidden"),
        ("不得转租", "forbidden"),
        ("严禁转租、转售", "forbidden"),
        ("不得以任何形式转租转售码号或短信发送权限。", "forbidden"),
        ("不允许", "forbidden"),
        ("forbidden", "forbidden"),
        ("允许", "allowed"),
        ("可转租", "allowed"),
        ("允许转租、转售", "allowed"),
        ("allowed", "allowed"),
        ("经同意", "with_consent"),
        ("须经甲方书面同意", "with_consent"),
        ("未经甲方书面同意，不得转租", "with_consent"),
        ("不得转租，甲方书面同意的除外", "with_consent"),
        ("with consent", "with_consent"),
        ("未约定", "silent"),
        ("无约定", "silent"),
        ("无", "silent"),
        ("silent", "silent"),
        ("", None),
        ("/", None),
    ],
)
def test_sublease_clauses(text: str, meaning: str | None) -> None:
    assert parse_sublease(text, "转租条款") == meaning


@pytest.mark.parametrize(
    ("header", "text", "meaning"),
    [
        ("禁止转租", "是", "forbidden"),
        ("禁止转租", "有", "forbidden"),
        ("禁止转租", "否", "silent"),
        ("禁止转租", "无", "silent"),
        ("是否允许转租", "是", "allowed"),
        ("是否允许转租", "否", "forbidden"),
        ("禁止转租", "禁止", "forbidden"),
    ],
)
def test_a_header_that_asks_a_question_is_answered(header: str, text: str, meaning: str) -> None:
    assert parse_sublease(text, header) == meaning


@pytest.mark.parametrize("text", ["是", "见附件", "允许，但不得转租给个人", "同意", "按补充协议"])
def test_an_unclear_clause_is_refused_not_guessed(text: str) -> None:
    with pytest.raises(CellError, match="unclear_clause"):
        parse_sublease(text, "转租条款")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("实名核验", "identity"), ("内容审核", "content"), ("合同审核", "contract"), ("", None)],
)
def test_kinds_of_checks(text: str, kind: str | None) -> None:
    assert parse_check_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "result"),
    [("通过", "passed"), ("不通过", "failed"), ("未审核", "none"), ("NONE", "none"), ("", None)],
)
def test_results_of_checks(text: str, result: str | None) -> None:
    assert parse_check_result(text) == result


def test_other_words_are_refused_and_the_choice_named() -> None:
    with pytest.raises(CellError) as refused:
        parse_check_kind("财务审核")
    assert refused.value.reason == "unknown_choice"
    assert "实名核验" in str(refused.value.values["choices"])


def test_a_contract_with_the_last_customer_has_one_spelling() -> None:
    assert parse_contract_kind("终端客户 服务") == "end_customer_service"
    assert parse_contract_kind("end_customer_service") == "end_customer_service"
    assert parse_contract_kind("委托运营") == "委托运营"
    assert parse_contract_kind("-") is None
