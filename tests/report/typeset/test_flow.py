"""Slugs on pages: kept together, heads repeated, nothing lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracer.report.diagram.shapes import Frame, Group, Inset, Shape, Solid, Words
from tracer.report.geometry import Rect
from tracer.report.typeset.blocks import SMALL, cards, facts, heading, paragraph
from tracer.report.typeset.flow import Leaf, Part, Slug, flow, leaf_of, moved
from tracer.report.typeset.pages import Letterhead, set_pages, set_poster
from tracer.report.typeset.tables import columns, table

LEAF = Leaf(200.0, 140.0, Rect(10.0, 20.0, 180.0, 100.0))


def slug(
    text: str, height: float = 30.0, *, keeps: bool = False, head: tuple[Slug, ...] = ()
) -> Slug:
    return Slug(height, (Words(text, (0.0, 8.0), 8.0),), keeps, head)


def said(pages: list[list[Shape]]) -> list[list[str]]:
    return [[shape.text for shape in page if isinstance(shape, Words)] for page in pages]


def test_a_page_is_filled_and_then_the_next() -> None:
    pages = flow(Part(LEAF, tuple(slug(str(n)) for n in range(5))))
    assert said(pages) == [["0", "1", "2"], ["3", "4"]]
    first = pages[1][0]
    assert isinstance(first, Words)
    assert first.at == (10.0, 28.0), "it begins where the body of the page does"


def test_what_keeps_moves_on_with_the_next() -> None:
    pages = flow(Part(LEAF, (slug("a"), slug("b"), slug("c", keeps=True), slug("d"))))
    assert said(pages) == [["a", "b"], ["c", "d"]]


def test_what_is_longer_than_a_page_is_set_all_the_same() -> None:
    kept = tuple(slug(str(n), keeps=True) for n in range(7))
    assert said(flow(Part(LEAF, kept))) == [["0", "1", "2"], ["3", "4", "5"], ["6"]]
    assert said(flow(Part(LEAF, (slug("a"), slug("big", 500.0), slug("b"))))) == [
        ["a"],
        ["big"],
        ["b"],
    ]


def test_a_head_comes_again_on_every_page() -> None:
    head = (slug("head", 10.0, keeps=True),)
    rows = tuple(slug(str(n), head=head) for n in range(4))
    assert said(flow(Part(LEAF, (*head, *rows)))) == [
        ["head", "0", "1", "2"],
        ["head", "3"],
    ]


def test_no_white_stands_at_the_top_of_a_page() -> None:
    pages = flow(Part(LEAF, (slug("a", 90.0), Slug(15.0), slug("b"))))
    (word,) = pages[1]
    assert isinstance(word, Words)
    assert word.at[1] == 28.0


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(1, 60), st.booleans()), max_size=25))
def test_every_slug_is_set_once_in_order_and_within_its_page(
    drawn: list[tuple[float, bool]],
) -> None:
    slugs = tuple(slug(str(n), height, keeps=keeps) for n, (height, keeps) in enumerate(drawn))
    pages = flow(Part(LEAF, slugs))
    assert [text for page in said(pages) for text in page] == [str(n) for n in range(len(drawn))]
    for page in pages:
        for shape in page:
            assert isinstance(shape, Words)
            height = drawn[int(shape.text)][0]
            assert shape.at[1] - 8.0 + height <= 120.0 + 0.05 or shape is page[0]


def test_every_shape_moves() -> None:
    inset = Inset(Rect(0, 0, 4, 4), Rect(0, 0, 2, 2), ())
    assert moved(inset, 1, 2) == Inset(Rect(1, 2, 4, 4), Rect(0, 0, 2, 2), ())
    assert moved(Frame(Rect(0, 0, 1, 1)), 1, 2) == Frame(Rect(1, 2, 1, 1))
    assert moved(Solid(((0, 0), (1, 1)), "#000000"), 1, 2) == Solid(((1, 2), (2, 3)), "#000000")
    with pytest.raises(TypeError):
        moved(Group("box", "P1", ()), 1, 2)


def test_lines_of_a_paragraph_are_not_orphaned() -> None:
    lines = paragraph("码" * 100, 20 * SMALL, size=SMALL)
    assert [line.keeps for line in lines] == [True, False, False, True, False]
    assert [line.keeps for line in paragraph("码", 100.0)] == [False]
    assert all(line.keeps for line in heading("证据", 100.0))


def test_lead_words_stand_beside_the_first_line() -> None:
    first, *others = paragraph("码号" * 30, 200.0, indent=26.0, lead="F1")
    words = [shape for shape in first.shapes if isinstance(shape, Words)]
    assert [(each.text, each.at[0]) for each in words][1] == ("F1", 0.0)
    assert all(len(line.shapes) == 1 for line in others)


def test_facts_set_names_beside_values_in_full() -> None:
    slugs = facts([("案件", "甲" * 60), ("期间", "")], 200.0, SMALL)
    words = [shape for each in slugs for shape in each.shapes if isinstance(shape, Words)]
    assert "".join(word.text for word in words if set(word.text) == {"甲"}) == "甲" * 60
    assert {word.text for word in words if word.at[0] == 0.0} == {"案件", "期间"}


def test_cards_of_an_answer_are_of_one_height_and_hold_every_word() -> None:
    rests = [("深圳市汇讯达信息科技有限公司", "3 条"), ("乙公司", "")]
    (asks, says, adds) = ("经手主体", rests, ["最深至第 2 层"])
    slug_ = cards([(asks, says, adds), ("缺失记录", [], [])], 240.0)
    frames = [shape for shape in slug_.shapes if isinstance(shape, Frame)]
    assert len({frame.rect.height for frame in frames}) == 1
    words = [shape for shape in slug_.shapes if isinstance(shape, Words)]
    told = "".join(word.text for word in words)
    assert "深圳市汇讯达信息科技有限公司3 条乙公司" in told, "each answer over what it rests on"
    assert all(word.at[1] < slug_.height for word in words)
    assert all(word.size >= SMALL for word in words)


def test_a_table_repeats_its_head_and_sets_figures_to_the_right() -> None:
    rows = [(f"E{n:03d}", "甲公司", f"{n:,}") for n in range(40)]
    slugs = table(["编号", "主体", "条数"], rows, 180.0, figures=frozenset({2}))
    pages = flow(Part(LEAF, tuple(slugs)))
    for page in said(pages):
        assert page[:3] == ["编号", "主体", "条数"]
        assert len(page) > 3
    assert len(said(pages)[-1]) > 6, "the last row is not left alone"
    anchors = {
        shape.anchor
        for page in pages
        for shape in page
        if isinstance(shape, Words) and shape.text.isdigit()
    }
    assert anchors == {"end"}
    assert table(["a"], [], 100.0) == []


def test_a_row_taller_than_a_page_goes_on_on_the_next() -> None:
    pages = flow(Part(leaf_of("a4"), tuple(table(["a", "b"], [("甲" * 4000, "乙")], 400.0))))
    assert len(pages) > 1
    text = "".join(word for page in said(pages) for word in page)
    assert text.count("甲") == 4000


@given(st.lists(st.text("甲乙AB1 -", max_size=30), min_size=3, max_size=3))
def test_columns_fill_the_width(cells: list[str]) -> None:
    assert sum(columns(["a", "b", "c"], [cells], 300.0)) == pytest.approx(300.0)


def test_pages_are_numbered_and_carry_digest_case_and_figure() -> None:
    leaf = leaf_of("a4")
    figure = Part(leaf_of("a4", is_wide=True), (slug("fig"),), "图", "图1")
    parts = [Part(leaf, tuple(slug(str(n), 400.0) for n in range(3)), "码号", "", (figure,))]
    pages = set_pages(parts, Letterhead("案", "摘要 abc", "线索"), "zh")
    drawn = [page.drawing for page in pages]
    texts = [[shape.text for shape in page.shapes if isinstance(shape, Words)] for page in drawn]
    assert [page.width > page.height for page in drawn] == [False, True, False, False]
    assert [page.entry for page in pages] == ["码号", "图1 · 图", "", ""]
    for number, listed in enumerate(texts, start=1):
        assert f"第 {number} 页，共 4 页" in listed
        assert "摘要 abc" in listed
        assert "线索" in listed
    assert "图1 · 案" in texts[1]


def test_a_name_the_head_has_no_room_for_is_cut_with_a_mark() -> None:
    pages = set_pages([Part(LEAF, (slug("a"),), "名" * 90)], Letterhead("", "", ""), "en")
    names = [
        s.text for s in pages[0].drawing.shapes if isinstance(s, Words) and s.text.startswith("名")
    ]
    assert names[0].endswith("…")


def test_a_poster_is_as_long_as_what_stands_on_it() -> None:
    drawing = set_poster([slug("a", 300.0), slug("b", 900.0)], 400.0)
    assert (drawing.width, drawing.height) == (448.0, 1248.0)
    assert [shape.text for shape in drawing.shapes if isinstance(shape, Words)] == ["a", "b"]
