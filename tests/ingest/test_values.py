from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.ingest.values import (
    OPEN_END,
    CellError,
    is_blank,
    parse_boolean,
    parse_date,
    parse_datetime,
    parse_end,
    parse_integer,
    parse_party,
    parse_uscc,
)
from tracer.messages import is_key


def reason_of(parse: Callable[[str], object], text: str) -> str | None:
    """Say why a parser refuses a text; None where it reads it."""
    try:
        parse(text)
    except CellError as error:
        return error.reason
    return None


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2023-07-01",
        "2023/7/1",
        "2023.7.1",
        "2023.07.01",
        "20230701",
        "2023年7月1日",
        "2023年07月01日",
        "2023 年 7 月 1 日",
        "2023年7月1",
        "２０２３－０７－０１",
        "２０２３／７／１",
        " 2023-07-01\n",
        "2023-07-01 00:00:00",
        "2023-07-01T23:59:59",
        "2023-07-01T08:00:00+08:00",
        "2023-06-30T16:00:00Z",
        "2023-06-30 20:00:00+00:00",
        "2023/7/1 9:05",
        "20230701093000",
        "2307010930",
    ],
)
def test_every_form_of_a_date_is_the_same_day(text: str) -> None:
    assert parse_date(text) == date(2023, 7, 1)


def test_the_zone_of_the_case_decides_the_day() -> None:
    assert parse_date("2023-06-30T20:00:00Z", "Asia/Shanghai") == date(2023, 7, 1)
    assert parse_date("2023-06-30T20:00:00Z", "Europe/London") == date(2023, 6, 30)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2023-06-31", "no_such_date"),
        ("2023年6月31日", "no_such_date"),
        ("20230631", "no_such_date"),
        ("2023-02-29", "no_such_date"),
        ("20230-07-01", "no_such_date"),
        ("0000-01-01", "no_such_date"),
        ("0023-07-01", "no_such_date"),
        ("2023-13-01", "no_such_date"),
        ("2023-7/1", "bad_date"),
        ("2023-07", "bad_date"),
        ("7月1日", "bad_date"),
        ("01/07/2023 ", "no_such_date"),
        ("去年", "bad_date"),
        ("45108", "excel_serial"),
        ("45108.5", "excel_serial"),
        ("2.0230701E+07", "scientific"),
        ("长期", "bad_date"),
        ("#N/A", "error_cell"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(CellError) as refused:
        parse_date(text)
    assert refused.value.reason == reason
    assert refused.value.values["text"] == text


@pytest.mark.parametrize("text", ["", "  ", "-", "—", "——", "/", "无", "N/A", "　"])
def test_blank_cells_and_signs_for_them_say_nothing(text: str) -> None:
    assert is_blank(text)
    assert parse_date(text) is None
    assert parse_integer(text) is None
    assert parse_uscc(text) is None
    assert parse_datetime(text) is None


@pytest.mark.parametrize("text", ["长期", "至今", " 长期 ", "永久有效", "9999-12-31"])
def test_an_open_end_is_stated_not_blank(text: str) -> None:
    assert parse_end(text) == OPEN_END
    assert parse_end("") is None
    assert parse_end("2023年12月31日") == date(2023, 12, 31)


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"]))
def test_dates_come_back_as_written(day: date, form: str) -> None:
    assert parse_date(day.strftime(form)) == day
    assert parse_end(day.strftime(form)) == day


@given(DAYS)
def test_dates_without_leading_zeros_come_back(day: date) -> None:
    assert parse_date(f"{day.year}年{day.month}月{day.day}日") == day
    assert parse_date(f"{day.year}/{day.month}/{day.day}") == day


@given(st.text(max_size=20))
def test_a_date_is_read_or_refused_never_anything_else(text: str) -> None:
    for parse in (parse_date, parse_end, parse_datetime, parse_integer, parse_uscc, parse_party):
        reason = reason_of(parse, text)
        assert reason is None or is_key(f"reason.{reason}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-07-05 09:30:00", "2023-07-05T09:30:00"),
        ("2023/7/5 9:30", "2023-07-05T09:30:00"),
        ("2023年7月5日 9时30分", "2023-07-05T09:30:00"),
        ("2307050930", "2023-07-05T09:30:00"),
        ("20230705093000", "2023-07-05T09:30:00"),
        ("2023-07-05T01:30:00Z", "2023-07-05T09:30:00"),
        ("2023-07-05T09:30:00+08:00", "2023-07-05T09:30:00"),
        ("2023-07-05", "2023-07-05T00:00:00"),
        ("2023-07-05 24:00", "2023-07-06T00:00:00"),
    ],
)
def test_times_are_local_in_the_zone_of_the_case(text: str, expected: str) -> None:
    found = parse_datetime(text)
    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2023-06-31 09:30:00", "no_such_time"),
        ("2023-07-05 25:00:00", "no_such_time"),
        ("昨天", "bad_time"),
        ("45112.4", "excel_serial"),
        ("2.0230705E+13", "scientific"),
    ],
)
def test_what_is_no_time_is_refused(text: str, reason: str) -> None:
    with pytest.raises(CellError) as refused:
        parse_datetime(text)
    assert refused.value.reason == reason


@given(st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2090-01-01")))
def test_times_come_back_to_the_second(moment: datetime) -> None:
    whole = moment.replace(microsecond=0)
    assert parse_datetime(whole.isoformat(sep=" ")) == whole
    utc = whole - timedelta(hours=8)
    assert parse_datetime(utc.isoformat() + "Z", "Etc/GMT-8") == whole


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("1,234", 1234), ("１２", 12), ("12.0", 12), ("12 条", 12), ("-3", -3), ("0", 0)],
)
def test_whole_numbers(text: str, number: int) -> None:
    assert parse_integer(text) == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [("1,23", "bad_integer"), ("1.5", "bad_integer"), ("十", "bad_integer"), ("1E3", "scientific")],
)
def test_no_whole_number(text: str, reason: str) -> None:
    with pytest.raises(CellError) as refused:
        parse_integer(text)
    assert refused.value.reason == reason


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_come_back_with_and_without_separators(number: int) -> None:
    assert parse_integer(str(number)) == parse_integer(f"{number:,}") == number


@pytest.mark.parametrize(
    "text", ["是", "Y", "true", "TRUE", "√", "1", "自动续期", "到期自动顺延一年"]
)
def test_yes(text: str) -> None:
    assert parse_boolean(text) is True


@pytest.mark.parametrize("text", ["否", "N", "FALSE", "×", "0", "不续期", "到期不自动续约", "无"])
def test_no(text: str) -> None:
    assert parse_boolean(text) is False


def test_neither_yes_nor_no() -> None:
    assert parse_boolean(" ") is None
    with pytest.raises(CellError, match="bad_boolean"):
        parse_boolean("另行商定")


def test_a_credit_code_is_checked_and_the_right_digit_named() -> None:
    assert parse_uscc("91110000600037341L") == "91110000600037341L"
    assert parse_uscc("９１１１００００６０００３７３４１ｌ") == "91110000600037341L"
    with pytest.raises(CellError) as refused:
        parse_uscc("911100006000373411")
    assert refused.value.reason == "uscc_check_digit"
    assert refused.value.values["expected"] == "L"


@pytest.mark.parametrize("text", ["123", "420100000012345", "91110000600037341I", "某公司"])
def test_what_is_no_credit_code(text: str) -> None:
    with pytest.raises(CellError) as refused:
        parse_uscc(text)
    assert refused.value.reason == "bad_uscc"


def test_party_names_are_trimmed_and_kept_as_written() -> None:
    assert parse_party(" 武汉某信息　科技公司（总部）\n") == "武汉某信息 科技公司（总部）"
    assert parse_party("Ａ公司") == "Ａ公司"


def test_a_name_is_refused_that_no_index_would_take() -> None:
    assert parse_party("甲" * 500) == "甲" * 500
    for text in ("甲" * 501, "\ufdfa" * 40):  # the latter folds to 15 characters each
        with pytest.raises(CellError) as caught:
            parse_party(text)
        assert (caught.value.reason, caught.value.values["most"]) == ("name_too_long", 500)


@pytest.mark.parametrize("text", ["", "-", "……", "（）", "不详", "未知", "无"])
def test_a_name_of_signs_only_is_none(text: str) -> None:
    assert parse_party(text) is None


def test_a_party_given_by_its_code_is_checked() -> None:
    assert parse_party("91110000600037341l") == "91110000600037341L"
    with pytest.raises(CellError, match="uscc_check_digit"):
        parse_party("911100006000373411")
