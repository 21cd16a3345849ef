"""Scenes: readable at the opening zoom, whole, and honest about layers."""

from itertools import combinations, pairwise
from typing import Any

import pytest

from tracer.graph.result import Trace
from tracer.model.case import CaseInfo
from tracer.report.geometry import Direction
from tracer.report.projection import build_view
from tracer.report.scene import LINE_HEIGHT, Scene, build_scene
from tracer.report.textfit import measure

from .leads import leads_in


def scene_of(trace: Trace, case: CaseInfo, direction: Direction | None = None) -> Scene:
    return build_scene(build_view(trace, leads_in(trace), case), direction)


@pytest.mark.parametrize("name", ["hangzhou", "messy", "one_hop"])
@pytest.mark.parametrize("direction", ["down", "right"])
def test_boxes_hold_their_text_and_do_not_overlap(
    name: str, direction: Direction, request: pytest.FixtureRequest, case: CaseInfo
) -> None:
    scene = scene_of(request.getfixturevalue(name), case, direction)
    for box in scene.boxes:
        for lines in box.lines.values():
            assert sum(line.size * LINE_HEIGHT for line in lines) <= box.rect.height
            assert all(measure(line.text) * line.size <= box.rect.width for line in lines)
    for a, b in combinations([box.rect for box in scene.boxes], 2):
        apart_x = a.x + a.width <= b.x or b.x + b.width <= a.x
        assert apart_x or a.y + a.height <= b.y or b.y + b.height <= a.y


def test_chain_runs_down_and_is_readable_on_an_ordinary_screen(
    hangzhou: Trace, case: CaseInfo
) -> None:
    scene = scene_of(hangzhou, case)
    assert scene.direction == "down"
    scale = min(1058 / scene.width, 730 / scene.height)
    assert scale * scene.smallest_text >= 11


def test_bands_follow_the_layers_without_touching(hangzhou: Trace, case: CaseInfo) -> None:
    scene = scene_of(hangzhou, case)
    assert [band.layer for band in scene.bands] == [0, 1, 2, 3, 4]
    for upper, lower in pairwise(scene.bands):
        assert upper.rect.y + upper.rect.height < lower.rect.y


def test_parties_stand_in_the_band_of_their_layer(messy: Trace, case: CaseInfo) -> None:
    view = build_view(messy, leads_in(messy), case)
    scene = build_scene(view, "down")
    rects = {box.id: box.rect for box in scene.boxes}
    bands = {band.layer: band.rect for band in scene.bands}
    for node in view.drawn():
        rect = rects[node.id]
        if node.layer is None:
            # beside the bands, which are for those whose layer is known
            assert all(rect.x > band.x + band.width for band in bands.values())
        else:
            band = bands[node.layer]
            assert band.x <= rect.x
            assert rect.x + rect.width <= band.x + band.width
            assert band.y <= rect.y
            assert rect.y + rect.height <= band.y + band.height


def test_no_holder_no_bands(new_trace: Any, case: CaseInfo) -> None:
    builder = new_trace().log("甲公司", "乙公司", 3)
    builder.unallocated.append("甲公司")
    scene = scene_of(builder.build(), case)
    assert scene.bands == ()
    assert "unallocated" in {box.kind for box in scene.boxes}


def test_broad_tree_runs_to_the_right(new_trace: Any, case: CaseInfo) -> None:
    builder = new_trace().allocate("甲公司")
    for index in range(12):
        builder.contract(f"HT-{index:02d}", "甲公司", f"下游某公司{index:02d}")
    assert scene_of(builder.build(), case).direction == "right"


def test_back_edges_stand_outside_the_picture(messy: Trace, case: CaseInfo) -> None:
    view = build_view(messy, leads_in(messy), case)
    scene = build_scene(view, "down")
    in_lane = {no for hop in view.hops if hop.back for no in hop.evidence}
    rects = {box.id: box.rect for box in scene.boxes}
    edge = max(r.x + r.width for name, r in rects.items() if name not in in_lane)
    assert in_lane
    assert all(rects[name].x > edge for name in in_lane)
    assert any("未流向更深一层" in caption.text.zh for caption in scene.captions)


def test_status_is_said_in_words_too(messy: Trace, case: CaseInfo) -> None:
    words = {
        line.text for box in scene_of(messy, case).boxes for line in box.lines["zh"] if box.kind
    }
    assert "未见路由记录" in words
    assert "上游日志 · 未见对应合同" in words
    assert "上游日志 · 合同印证" in words
    assert "上游日志 · 合同仅覆盖 300 条" in words
    assert "断档：记录未见" in words
    assert "未见分配：无持有人" in words


def test_long_names_are_wrapped_or_cut(new_trace: Any, case: CaseInfo) -> None:
    builder = new_trace().allocate("某" * 300)
    scene = scene_of(builder.contract("X" * 300, "某" * 300, "乙").build(), case)
    assert all(box.rect.width < 260 for box in scene.boxes)
    assert scene.width < 500
