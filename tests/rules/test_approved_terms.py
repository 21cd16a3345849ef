"""What counts as another area or purpose, and above all what does not."""

import pytest

from tracer.rules.approved_terms import is_beyond_purpose, is_beyond_region
from tracer.rules.stated import fold_stated, stated_items


@pytest.mark.parametrize(
    ("agreed", "approved"),
    [
        ("浙江", "浙江省"),
        ("浙江省杭州市", "浙江"),
        ("广西壮族自治区", "广西"),
        ("江苏", "全国"),
        ("全国范围", "全国"),
        ("浙江、江苏", "江苏省；浙江省；上海"),
        ("杭州", "浙江"),  # no province named: cannot be told
        ("华东", "浙江"),
        ("浙江", "华东地区"),
        ("浙江", "除江苏外"),
        ("江苏", "江苏省以外"),
        ("浙江、别处", "江苏"),
        ("浙江", "无"),
        (None, "浙江"),
        ("浙江", None),
    ],
)
def test_areas_within_what_was_approved(agreed: str | None, approved: str | None) -> None:
    assert not is_beyond_region(agreed, approved)


@pytest.mark.parametrize(
    ("agreed", "approved"),
    [("江苏", "浙江"), ("全国", "浙江"), ("浙江,江苏", "浙江"), ("内蒙古自治区", "宁夏、北京市")],
)
def test_areas_beyond_what_was_approved(agreed: str, approved: str) -> None:
    assert is_beyond_region(agreed, approved)


@pytest.mark.parametrize(
    ("agreed", "approved"),
    [
        ("验证码", "验证码"),
        ("行业短信", "行业短信（验证码）"),
        ("行业短信（验证码）", "行业短信"),
        ("通知、验证码", "验证码；通知"),
        ("OTP", "otp"),
        ("—", "验证码"),
        ("验证码", "不详"),
        (None, "验证码"),
        ("验证码", None),
    ],
)
def test_purposes_within_what_was_approved(agreed: str | None, approved: str | None) -> None:
    assert not is_beyond_purpose(agreed, approved)


@pytest.mark.parametrize(
    ("agreed", "approved"),
    [("营销", "验证码"), ("验证码、营销", "验证码"), ("营销", "通知；验证码")],
)
def test_purposes_beyond_what_was_approved(agreed: str, approved: str) -> None:
    assert is_beyond_purpose(agreed, approved)


@pytest.mark.parametrize("cell", [None, "", "  ", "无", "N/A", "-", "／", "不详", "（）"])
def test_words_that_state_nothing(cell: str | None) -> None:
    assert fold_stated(cell) == ""
    assert stated_items(cell) == ()
