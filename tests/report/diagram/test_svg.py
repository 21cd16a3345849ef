"""Vector pictures: well-formed, complete, cut to paper without cutting boxes."""

import xml.etree.ElementTree as ET
from datetime import date
from typing import Any

import pytest

from tests.report.leads import leads_in
from tracer.graph.result import Trace
from tracer.messages import LANGUAGES, Language
from tracer.model.case import CaseInfo
from tracer.report.diagram.sheets import MOST_SHEETS, Sheet, cut_sheets
from tracer.report.diagram.svg import write_svg
from tracer.report.projection import build_view
from tracer.report.scene import Scene, build_scene

NS = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert(1)</script>&\"'"


def scene_of(trace: Trace, case: CaseInfo) -> Scene:
    return build_scene(build_view(trace, leads_in(trace), case))


def points_of(scene: Scene, sheet: Sheet) -> float:
    return sheet.paper[0] / sheet.window.width * scene.smallest_text


@pytest.fixture
def long_chain(new_trace: Any) -> Trace:
    builder = new_trace().allocate("第00家公司")
    for index in range(14):
        up, down = f"第{index:02d}家公司", f"第{index + 1:02d}家公司"
        builder.contract(f"HT-{index:02d}", up, down).log(up, down, 9, first=date(2023, 8, 1))
    built: Trace = builder.build()
    return built


@pytest.mark.parametrize("name", ["hangzhou", "messy", "one_hop"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_svg_is_well_formed_and_says_every_line(
    name: str, lang: Language, request: pytest.FixtureRequest, case: CaseInfo
) -> None:
    scene = scene_of(request.getfixturevalue(name), case)
    root = ET.fromstring(write_svg(scene, lang, title="t"))
    said = [element.text for element in root.iter(f"{NS}text")]
    for box in scene.boxes:
        for line in box.lines[lang]:
            assert line.text in said
    assert len(list(root.iter(f"{NS}path"))) >= len(scene.marks)
    assert len(list(root.iter(f"{NS}polygon"))) == sum(1 for mark in scene.marks if mark.tip) + sum(
        1 for box in scene.boxes if "lead" in box.looks
    )


def test_lines_are_told_apart_without_colour(messy: Trace, case: CaseInfo) -> None:
    root = ET.fromstring(write_svg(scene_of(messy, case), "zh", title="t"))
    dashes = {path.get("stroke-dasharray") for path in root.iter(f"{NS}path")}
    assert dashes == {None, "6 4", "2 4"}


def test_hostile_names_are_text(new_trace: Any, case: CaseInfo) -> None:
    builder = new_trace().allocate(HOSTILE).contract("<b>", HOSTILE, "乙\u202e\x07公司")
    svg = write_svg(scene_of(builder.build(), case), "zh", title=HOSTILE)
    root = ET.fromstring(svg)
    assert not list(root.iter(f"{NS}script"))
    assert "<script" not in svg
    assert "‹U+202E›" in svg


def test_no_style_and_no_reference(messy: Trace, case: CaseInfo) -> None:
    svg = write_svg(scene_of(messy, case), "en", title="t")
    assert "style=" not in svg
    assert "url(" not in svg
    assert "href" not in svg


def test_five_parties_fit_one_sheet_at_eight_points(hangzhou: Trace, case: CaseInfo) -> None:
    scene = scene_of(hangzhou, case)
    (sheet,) = cut_sheets(scene)
    assert 8 <= points_of(scene, sheet) <= 9
    assert sheet.paper[0] <= 520
    assert sheet.paper[1] <= 700


@pytest.mark.parametrize("name", ["long_chain", "messy"])
def test_large_pictures_are_cut_into_readable_sheets(
    name: str, request: pytest.FixtureRequest, case: CaseInfo
) -> None:
    scene = scene_of(request.getfixturevalue(name), case)
    glance, *sheets = cut_sheets(scene)
    assert (glance.window.width, glance.window.height) == (scene.width, scene.height)
    assert len(sheets) > 1
    for sheet in sheets:
        assert points_of(scene, sheet) >= 7.95
        assert sheet.paper[0] <= 520.5
        assert sheet.paper[1] <= 700.5
    for box in scene.boxes:
        rect = box.rect
        assert any(
            w.x <= rect.x
            and rect.x + rect.width <= w.x + w.width
            and w.y <= rect.y
            and rect.y + rect.height <= w.y + w.height
            for w in (sheet.window for sheet in sheets)
        ), box.id


def test_cut_lines_carry_the_same_connector_on_both_sheets(
    long_chain: Trace, case: CaseInfo
) -> None:
    scene = scene_of(long_chain, case)
    _, first, second, *_ = cut_sheets(scene)
    leaving = [joint for joint in first.joints if joint in second.joints]
    assert len(leaving) == 2
    svg = write_svg(scene, "zh", title="t", sheet=first)
    for joint in leaving:
        assert f">{joint.label}</text>" in svg
        at = joint.at
        assert first.window.y < at[1] < first.window.y + first.window.height
        assert second.window.y < at[1] < second.window.y + second.window.height


def test_sheets_draw_only_what_they_show(long_chain: Trace, case: CaseInfo) -> None:
    scene = scene_of(long_chain, case)
    _, first, *_, last = cut_sheets(scene)
    assert "第14家公司" not in write_svg(scene, "zh", title="t", sheet=first)
    assert "第14家公司" in write_svg(scene, "zh", title="t", sheet=last)


def test_a_picture_too_large_for_paper_is_shown_at_a_glance_only(
    new_trace: Any, case: CaseInfo
) -> None:
    builder = new_trace().allocate("公司0")
    for index in range(1, 400):
        builder.contract(f"HT-{index}", f"公司{(index - 1) // 4}", f"公司{index}")
    scene = scene_of(builder.build(), case)
    (glance,) = cut_sheets(scene)
    assert (glance.row, glance.column) == (0, 0)
    assert len(cut_sheets(scene)) <= MOST_SHEETS
