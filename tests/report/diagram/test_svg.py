"""Vector pictures: well-formed, complete, cut to paper without cutting boxes."""

import xml.etree.ElementTree as ET
from datetime import date
from typing import Any

import pytest

from tests.report.leads import leads_in
from tests.report.shapes import broad
from tracer.graph.result import Trace
from tracer.messages import LANGUAGES, Language
from tracer.model.case import CaseInfo
from tracer.report.diagram.shapes import INK, Drawing, Inset, Solid, Words
from tracer.report.diagram.sheets import Sheet, cut_sheets
from tracer.report.diagram.svg import svg_of, write_svg
from tracer.report.geometry import Rect
from tracer.report.projection import build_view
from tracer.report.scene import Scene, build_parts, build_scene

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


def test_what_a_page_may_filter_is_named(messy: Trace, case: CaseInfo) -> None:
    scene = scene_of(messy, case)
    root = ET.fromstring(write_svg(scene, "zh", title="t"))
    groups = list(root.iter(f"{NS}g"))
    named = {key: [g.get(key) for g in groups if g.get(key)] for key in ("data-box", "data-ends")}
    assert sorted(map(str, named["data-box"])) == sorted(box.id for box in scene.boxes)
    assert set(named["data-ends"]) == {f"{mark.tail} {mark.head}" for mark in scene.marks}
    backs = [g for g in groups if g.get("data-back") is not None]
    assert {g.get("data-ends") for g in backs} == {
        f"{mark.tail} {mark.head}" for mark in scene.marks if mark.back
    }
    assert [g.get("data-layer") for g in groups if g.get("data-layer")] == [
        str(band.layer) for band in scene.bands
    ]
    assert len([g for g in groups if g.get("data-about")]) == len(scene.captions)


def test_a_font_of_one_weight_is_outlined_where_it_should_be_bold() -> None:
    words = (Words("甲", (1, 2), 10.0, bold=True), Words("乙", (1, 2), 10.0, turned=True))
    drawing = Drawing(20, 20, Rect(0, 0, 20, 20), words)
    svg = svg_of(drawing, "t", is_one_weight=True)
    assert "font-weight" not in svg
    bold, turned = ET.fromstring(svg).iter(f"{NS}text")
    assert (bold.get("stroke"), bold.get("stroke-width")) == (INK, "0.32")
    assert (turned.get("stroke"), turned.get("transform")) == (None, "rotate(-90 1 2)")
    assert 'font-weight="700"' in svg_of(drawing, "t")


def test_an_inset_is_a_picture_in_the_picture() -> None:
    inset = Inset(Rect(5, 6, 10, 20), Rect(0, 0, 100, 200), (Solid(((0, 0), (9, 0), (9, 9)), INK),))
    root = ET.fromstring(svg_of(Drawing(20, 30, Rect(0, 0, 20, 30), (inset,)), "t"))
    (inner,) = root.findall(f"{NS}svg")
    assert inner.get("viewBox") == "0 0 100 200"
    assert [inner.get(key) for key in ("x", "y", "width", "height")] == ["5", "6", "10", "20"]
    assert inset.scale == 0.1


def test_sheets_draw_only_what_they_show(long_chain: Trace, case: CaseInfo) -> None:
    scene = scene_of(long_chain, case)
    first, *_, last = cut_sheets(scene)
    assert "第14家公司" not in write_svg(scene, "zh", title="t", sheet=first)
    assert "第14家公司" in write_svg(scene, "zh", title="t", sheet=last)


def test_a_fold_and_its_line_are_told_apart_from_boxes_and_contracts(case: CaseInfo) -> None:
    picture = build_parts(build_view(broad(), (), case))
    svg = write_svg(picture.opening, "zh", title="图")
    folds = [box for box in picture.opening.boxes if box.kind == "fold"]
    assert folds
    assert svg.count("▸ 已收起") == len(folds)
    assert svg.count('stroke-dasharray="12 3 2 3"') == len(folds)
