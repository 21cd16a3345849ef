"""Text is measured, wrapped without orphans, and shown with nothing hidden in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.report.textfit import measure, printable, wrap

HAN = st.text(st.sampled_from("深圳市汇讯达信息科技有限公司（）、，广州"), min_size=2, max_size=40)
NAMES = st.text(st.sampled_from("某科技有限公司（）：，A1 b-."), max_size=60)


def test_chinese_is_wider_than_latin() -> None:
    assert measure("码号") == 2.0
    assert measure("10687415") < 5.0
    assert measure("e\u0301") == measure("e")


@pytest.mark.parametrize("width", [6, 9, 12, 13.5])
def test_company_name_leaves_no_orphan(width: float) -> None:
    lines = wrap("深圳市汇讯达信息科技有限公司", width)
    assert "".join(lines) == "深圳市汇讯达信息科技有限公司"
    assert min(len(line) for line in lines) > 1
    assert max(measure(line) for line in lines) <= width


@given(HAN)
def test_no_line_of_one_character(name: str) -> None:
    lines = wrap(name, 10, lines=20)
    if len(lines) > 1:
        assert all(len(line) > 1 for line in lines)


@given(NAMES, st.sampled_from([5.0, 8.0, 13.5]))
def test_wrapping_keeps_every_character_and_the_width(name: str, width: float) -> None:
    lines = wrap(name, width, lines=200)
    assert "".join("".join(lines).split()) == "".join(name.split())
    assert all(measure(line) <= width + 1.0 for line in lines)


def test_closing_marks_do_not_start_a_line() -> None:
    for width in range(5, 12):
        for line in wrap("前海某某数据互联（深圳）、服务，集团（总部）公司", width, lines=20):
            assert line[0] not in "）、，"
            assert not line.endswith("（")


def test_numbers_and_words_stay_whole() -> None:
    lines = wrap("合同 HT-2023-0001 号段 10687415", 12, lines=5)
    assert any("HT-2023-0001" in line for line in lines)
    assert any("10687415" in line for line in lines)


def test_a_long_name_is_cut_and_marked() -> None:
    lines = wrap("某" * 500, 12)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert measure(lines[-1]) <= 12


def test_blank_text_is_one_empty_line() -> None:
    assert wrap("", 10) == ("",)
    assert wrap(" \n ", 10) == ("",)


def test_marks_that_could_disguise_a_name_are_shown() -> None:
    assert printable("甲\u202e公司\u200b") == "甲‹U+202E›公司‹U+200B›"
    assert printable("a\x00b\ud800") == "a‹U+0000›b‹U+D800›"
    assert printable("甲\n乙\t丙") == "甲 乙 丙"
    assert printable("广东某科技公司 &<>\"'") == "广东某科技公司 &<>\"'"
