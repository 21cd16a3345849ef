from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.ingest.amounts import PRICE_UNITS, parse_amount, parse_price, read_price_unit
from tracer.ingest.values import CellError
from tracer.messages import is_key
from tracer.model.money import format_yuan


@pytest.mark.parametrize(
    ("text", "micros"),
    [
        ("170000", 170_000_000_000),
        ("170,000.00", 170_000_000_000),
        ("17万元", 170_000_000_000),
        ("17 万", 170_000_000_000),
        ("¥170,000", 170_000_000_000),
        ("￥１７０，０００", 170_000_000_000),
        ("人民币170000元整", 170_000_000_000),
        ("RMB 170000", 170_000_000_000),
        ("0.000001元", 1),
        (".5", 500_000),
        ("50分", 500_000),
        ("5角", 500_000),
    ],
)
def test_sums_of_money(text: str, micros: int) -> None:
    assert parse_amount(text) == micros


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("约17万元", "bad_money"),
        ("壹万元", "bad_money"),
        ("1,70", "bad_money"),
        ("$100", "bad_money"),
        ("-5", "negative"),
        ("0.0000001", "too_fine"),
        ("1.7E+05", "scientific"),
        ("#DIV/0!", "error_cell"),
    ],
)
def test_what_is_no_sum(text: str, reason: str) -> None:
    with pytest.raises(CellError) as refused:
        parse_amount(text)
    assert refused.value.reason == reason


def test_the_unit_of_a_header_counts_and_must_not_contradict_the_cell() -> None:
    assert parse_amount("3", "万元") == 30_000_000_000
    assert parse_amount("3万元", "万元") == 30_000_000_000
    assert parse_amount("3元", "人民币元") == 3_000_000
    assert parse_amount("3", "含税") == 3_000_000
    with pytest.raises(CellError, match="unit_conflict"):
        parse_amount("3元", "万元")
    with pytest.raises(CellError, match="unknown_unit"):
        parse_amount("3", "美元")


@given(st.decimals(0, 10**12, places=6, allow_nan=False, allow_infinity=False))
def test_money_comes_back_exactly(yuan: Decimal) -> None:
    micros = parse_amount(f"{yuan:f}")
    assert micros is not None
    assert Decimal(format_yuan(micros)) == yuan
    assert parse_amount(f"{yuan:,f}") == micros
    assert parse_amount(f"¥{format_yuan(micros)}元") == micros


@pytest.mark.parametrize(
    ("text", "header", "micros", "raw", "stated"),
    [
        ("0.035", None, 35_000, "0.035", False),
        ("0.035", "元/条", 35_000, "0.035 元/条", True),
        ("3.5", "分/条", 35_000, "3.5 分/条", True),
        ("35", "厘/条", 35_000, "35 厘/条", True),
        ("3.5分/条", None, 35_000, "3.5分/条", True),
        ("3.5分/条", "分/条", 35_000, "3.5分/条", True),
        ("3.5分", None, 35_000, "3.5分", True),
        ("¥0.035/条", None, 35_000, "¥0.035/条", True),
        ("35元/千条", None, 35_000, "35元/千条", True),
        ("0.035", "含税", 35_000, "0.035", False),
        ("３.５", "分/条", 35_000, "３.５ 分/条", True),
    ],
)
def test_prices(text: str, header: str | None, micros: int, raw: str, stated: bool) -> None:
    price = parse_price(text, header, None)
    assert price is not None
    assert (price.micros, price.raw, price.stated) == (micros, raw, stated)


def test_a_unit_said_by_case_toml_serves_only_where_none_is_printed() -> None:
    default = parse_price("3.5", None, "分/条")
    printed = parse_price("3.5", "厘/条", "分/条")
    assert default is not None
    assert printed is not None
    assert (default.micros, default.stated, printed.micros) == (35_000, True, 3_500)


@pytest.mark.parametrize(
    ("text", "header", "reason"),
    [
        ("3.5分/条", "元/条", "unit_conflict"),
        ("500元/月", None, "unknown_unit"),
        ("500", "元/月", "unknown_unit"),
        ("面议", None, "bad_money"),
        ("3.5左右", None, "bad_money"),
        ("-1", None, "negative"),
        ("0.0001", "厘/条", "too_fine"),
    ],
)
def test_prices_refused(text: str, header: str | None, reason: str) -> None:
    with pytest.raises(CellError) as refused:
        parse_price(text, header, None)
    assert refused.value.reason == reason


def test_a_blank_price_is_none() -> None:
    assert parse_price(" - ", "元/条", None) is None
    assert read_price_unit(None) is None


@given(st.integers(0, 10**9), st.sampled_from(["元/条", "分/条", "厘/条"]))
def test_prices_come_back_whatever_their_unit(micros: int, unit: str) -> None:
    amount = Decimal(micros) / 1_000_000 / PRICE_UNITS[unit]
    price = parse_price(f"{amount:f}", unit, None)
    assert price is not None
    assert price.micros == micros
    assert parse_price(f"{amount:f}{unit}", None, None) is not None


def reason_of(parse: Callable[[], object]) -> str | None:
    """Say why a parser refuses a text; None where it reads it."""
    try:
        parse()
    except CellError as error:
        return error.reason
    return None


@given(st.text(max_size=12), st.none() | st.text(max_size=6))
def test_money_is_read_or_refused_never_anything_else(text: str, unit: str | None) -> None:
    for parse in (lambda: parse_amount(text, unit), lambda: parse_price(text, unit, None)):
        reason = reason_of(parse)
        assert reason is None or is_key(f"reason.{reason}")
