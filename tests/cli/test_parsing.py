from datetime import date

import pytest

from tracer.cli import parsing
from tracer.errors import UsageError
from tracer.model.period import ALL_DAYS, Period

FIFTH = date(2023, 7, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2023-07-05", "2023-7-5", "2023/7/5", "2023.7.5", "20230705", "2023年7月5日",
        " 2023 年 7 月 5 日 ", "２０２３－０７－０５",
    ],
)  # fmt: skip
def test_days_as_papers_write_them(text: str) -> None:
    assert parsing.read_day("--on", text) == FIFTH


@pytest.mark.parametrize(
    "text",
    ["", "2023", "2023-07", "2023-07/05", "2023-02-30", "20230732", "05.07.2023", "0000-1-1"],
)
def test_other_texts_are_no_days(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parsing.read_day("--on", text)
    assert caught.value.key == "bad_day"
    assert "--on" in caught.value.message("en")


def test_windows() -> None:
    assert parsing.read_window(None, None, None) == ALL_DAYS
    assert parsing.read_window("2023-07-05", None, None) == Period(FIFTH, None)
    assert parsing.read_window("2023-07-05", "2023-07-05", None) == Period(FIFTH, FIFTH)
    assert parsing.read_window(None, None, "2023年7月5日") == Period(FIFTH, FIFTH)


@pytest.mark.parametrize(
    ("first", "last", "only", "key"),
    [
        ("2023-07-05", None, "2023-07-05", "on_and_from"),
        (None, "2023-07-05", "2023-07-05", "on_and_from"),
        ("2023-07-06", "2023-07-05", None, "window_reversed"),
    ],
)
def test_windows_that_make_no_sense(
    first: str | None, last: str | None, only: str | None, key: str
) -> None:
    with pytest.raises(UsageError) as caught:
        parsing.read_window(first, last, only)
    assert caught.value.key == key


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("10687415", "10687415"), ("１０６８", "1068"), ("10687415*", "10687415"),
        ("106 874 15", "10687415"), ("+8610687415", "10687415"),
        ("1068741500-1068741599", "10687415"),
    ],
)  # fmt: skip
def test_numbers(text: str, digits: str) -> None:
    assert parsing.read_number(text) == digits


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "number_spelling"),
        ("abc", "number_spelling"),
        ("106、107", "number_spelling"),
        ("1068、1069", "number_spelling"),
        ("1.0687E+19", "number_spelling"),
        ("10", "number_length"),
        ("1" * 21, "number_length"),
    ],
)
def test_texts_that_are_no_number(text: str, key: str) -> None:
    with pytest.raises(UsageError) as caught:
        parsing.read_number(text)
    assert caught.value.key == key


def test_counts_and_choices() -> None:
    assert parsing.read_count("--max-chains", "１２") == 12
    assert parsing.read_choice("--format", " JSON ", ("table", "json")) == "json"
    for bad in ("0", "-1", "", "1.5", "many", "二"):
        with pytest.raises(UsageError):
            parsing.read_count("--max-chains", bad)
    with pytest.raises(UsageError) as caught:
        parsing.read_choice("--format", "xml", ("table", "json"))
    assert "table | json" in caught.value.message("zh")


def test_encodings_and_zones() -> None:
    assert parsing.read_encoding(None) is None
    assert parsing.read_encoding("GB18030") == "GB18030"
    assert parsing.read_zone(None) is None
    assert parsing.read_zone("Asia/Shanghai") == "Asia/Shanghai"
    for bad in ("gb9999", "base64", ""):
        with pytest.raises(UsageError) as caught:
            parsing.read_encoding(bad)
        assert caught.value.key == "bad_encoding"
    for bad in ("Mars/Base", "../etc/passwd", "Asia"):
        with pytest.raises(UsageError) as caught:
            parsing.read_zone(bad)
        assert caught.value.key == "unknown_timezone"
