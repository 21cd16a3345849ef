"""Names of companies taken apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracer.identity.names import fold_company, look_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("武汉华信信息科技有限公司", "武漢華信信息科技有限公司"),
        ("武汉华信信息科技有限公司", "武汉市华信信息科技有限责任公司"),
        ("华信（北京）信息科技有限公司", "北京华信信息科技有限公司"),
        ("华信［北京］信息科技有限公司", "华信(北京市)信息科技公司"),
        ("ＨＸ Technology Co., Ltd.", "hx technology"),
        ("原河北华信网络科技公司", "河北华信网络科技公司"),
    ],
)
def test_names_of_one_company_fold_alike(one: str, other: str) -> None:
    assert fold_company(one).company == fold_company(other).company


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("武汉华信信息科技有限公司", "北京华信信息科技有限公司"),
        ("武汉华信信息科技有限公司", "武汉华讯信息科技有限公司"),
        ("武汉华信信息科技有限公司", "武汉华信广告有限公司"),
        ("甲公司", "乙公司"),
        ("中原科技有限公司", "中科技有限公司"),
    ],
)
def test_names_of_two_companies_do_not(one: str, other: str) -> None:
    assert fold_company(one).company != fold_company(other).company


def test_a_branch_is_taken_off_its_company() -> None:
    branch = fold_company("武汉华信信息科技有限公司北京分公司")
    assert branch.branch == "北京分公司"
    assert branch.company == fold_company("武汉华信信息科技有限公司").company
    assert branch.region == ("武汉",)
    bracketed = fold_company("武汉华信信息科技有限公司（北京分公司）")
    assert (bracketed.branch, bracketed.company) == (branch.branch, branch.company)


def test_something_is_left_of_a_name_of_general_words() -> None:
    assert fold_company("网络科技有限公司").trade_name
    assert fold_company("北京公司").trade_name == "北京"


def test_a_masked_name_says_so() -> None:
    assert fold_company("武汉某信息科技公司").is_masked
    assert not fold_company("武汉华信信息科技公司").is_masked


def test_look_alikes_read_alike_and_others_do_not() -> None:
    assert look_alike("未来") == look_alike("末来")
    assert look_alike("华信0l") == look_alike("华信O1".lower())
    assert look_alike("华信") != look_alike("华讯")


@settings(max_examples=50)
@given(st.text("武汉华信（）()公司有限责任北京市分某 abc.,", max_size=14))
def test_any_name_is_taken_apart(name: str) -> None:
    folded = fold_company(name)
    assert fold_company(name) == folded
    assert "(" not in folded.whole or ")" in folded.whole or folded.trade_name
