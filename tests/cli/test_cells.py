import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.cli.cells import fold_pieces, pad, visible, width, wrap

HOSTILE = "\x1b]0;pwned\x07甲\r\nA\u202eB\t\x9b31m\ud800"


def test_nothing_a_name_holds_steers_the_terminal() -> None:
    shown = visible(HOSTILE)
    assert shown == "\\x1b]0;pwned\\x07甲⏎A\\u202eB \\x9b31m\\ud800"
    assert visible(shown) == shown


@given(st.text())
def test_what_is_shown_has_no_control_characters(text: str) -> None:
    assert not set(visible(text)) & {"\x1b", "\n", "\r", "\u202e", "\u200b"}


@pytest.mark.parametrize(
    ("text", "cells"), [("", 0), ("abc", 3), ("合同", 4), ("（A）", 5), ("█", 1), ("é", 1)]
)
def test_width_counts_cells(text: str, cells: int) -> None:
    assert width(text) == cells
    assert width(pad(text, 12)) == 12
    assert pad(text, 12, right=True).endswith(text)


def test_a_text_wider_than_its_column_is_left_whole() -> None:
    assert pad("武汉某公司", 4) == "武汉某公司"


def test_chinese_breaks_anywhere_but_not_before_closing_punctuation() -> None:
    assert wrap("甲乙丙丁，戊（己）", 8) == ["甲乙丙", "丁，戊", "（己）"]


def test_english_breaks_at_blanks() -> None:
    assert wrap("the number is handed down", 10) == ["the number", "is handed", "down"]


def test_paragraphs_stay_apart_and_long_words_stay_whole() -> None:
    assert wrap("ab\n" + "x" * 9, 4) == ["ab", "x" * 9]


@given(st.text(alphabet="甲乙，。（）ab \n", max_size=60), st.integers(6, 30))
def test_wrapping_loses_nothing(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text(alphabet="甲乙丙", max_size=40), st.integers(2, 30))
def test_chinese_fills_lines_to_the_edge(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert all(width(line) <= cells for line in lines)
    assert all(width(line) > cells - 2 for line in lines[:-1])


def test_pieces_go_on_one_line_where_nothing_limits_it() -> None:
    assert fold_pieces(["a", "b", "c"], "> ", "  ", None) == ["> a · b · c"]


def test_pieces_fold_at_the_edge() -> None:
    assert fold_pieces(["aaa", "bbb", "ccc"], "> ", "  ", 11) == ["> aaa · bbb", "  ccc"]
    assert fold_pieces(["a" * 20, "b"], "> ", "  ", 11) == ["> " + "a" * 20, "  b"]
    assert fold_pieces([], "> ", "  ", 11) == []
