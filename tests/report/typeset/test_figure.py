"""Where a figure is set: in the text, on a page of its own, on sheets."""

import pytest

from tests.report.trees import broad_tree
from tracer.model.case import CaseInfo
from tracer.report.diagram import sheets
from tracer.report.diagram.shapes import words_of
from tracer.report.projection import build_view
from tracer.report.scene import Scene, build_scene
from tracer.report.typeset.figure import Figure, set_figure
from tracer.report.typeset.flow import leaf_of


def scene_of(parties: int) -> Scene:
    return build_scene(build_view(broad_tree(parties), (), CaseInfo()))


def figure_of(scene: Scene, taken: float) -> Figure:
    return set_figure(
        scene, "zh", "a4", name="流转图", mark="图1", taken=taken, parties={"P1": ("甲公司", None)}
    )


def said(figure: Figure) -> str:
    return "".join(word.text for slug in figure.slugs for word in words_of(slug.shapes))


def test_a_small_figure_stands_in_the_text_beside_what_is_there() -> None:
    figure = figure_of(scene_of(2), 200.0)
    assert figure.sheets == ()
    assert said(figure).endswith("图1 流转图")
    height = sum(slug.height for slug in figure.slugs)
    assert height <= leaf_of("a4").body.height - 200.0


def test_where_little_room_is_left_it_has_a_page_of_its_own() -> None:
    figure = figure_of(scene_of(2), 650.0)
    (page,) = figure.sheets
    assert page.mark == "图1"
    assert said(figure) == "图1 见下页；图后续列。"


def test_a_large_one_has_sheets_and_the_index_says_where_parties_are() -> None:
    figure = figure_of(scene_of(30), 200.0)
    assert len(figure.sheets) > 1
    assert figure.sheets[0].mark == f"图1（第 1 张，共 {len(figure.sheets)} 张）"
    assert "主体索引" in said(figure)
    assert "甲公司–" in said(figure), "no layer is said to be none"


def test_one_no_paper_holds_is_an_outline_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_SHEETS", 2)
    figure = figure_of(scene_of(30), 200.0)
    assert figure.sheets == ()
    assert "全图轮廓" in said(figure)
    assert "主体索引" not in said(figure)
