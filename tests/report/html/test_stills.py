"""The vector pictures of a page: the same sheets as an exhibit's, their index, their captions."""

import xml.etree.ElementTree as ET
from dataclasses import replace

from tests.report.trees import broad_tree
from tracer.graph.result import Trace
from tracer.messages import LANGUAGES
from tracer.model.case import CaseInfo
from tracer.report.diagram.sheets import ON_PAGE, cut_sheets
from tracer.report.html.stills import index_of, make_stills
from tracer.report.projection import build_view
from tracer.report.scene import build_scene
from tracer.report.wording import same


def test_a_picture_that_fits_is_one_still_without_a_caption(
    hangzhou: Trace, case: CaseInfo
) -> None:
    view = build_view(hangzhou, (), case)
    scene = build_scene(view)
    (still,) = make_stills(scene, same("t"), cut_sheets(scene))
    assert still.caption is None
    assert index_of(view, scene, cut_sheets(scene)) is None
    for lang in LANGUAGES:
        ET.fromstring(still.svg[lang])


def test_a_large_one_begins_with_the_map_of_its_sheets_and_its_parties_are_listed() -> None:
    view = build_view(broad_tree(40), (), CaseInfo())
    scene = build_scene(view)
    cut = cut_sheets(scene)
    key_map, *stills = make_stills(scene, same("t"), cut)
    assert len(stills) == len(cut)
    assert key_map.caption is not None
    assert str(len(cut)) in key_map.caption.zh
    index = index_of(view, scene, cut)
    assert index is not None
    places = {row[0].zh: row[2].zh for _, row in index.rows}
    assert {box for box, _ in index.rows} == {node.id for node in view.drawn()}
    for box, _ in index.rows:
        assert f'data-box="{box}"' in key_map.svg["zh"], "what is filtered leaves the map, too"
    assert set(places) == {node.name for node in view.drawn()}
    for node in view.drawn():
        number = int(places[node.name].partition("-")[0])
        assert f'data-box="{node.id}"' in stills[number - 1].svg["zh"]
    assert f"1／{len(cut)}" in (stills[0].caption or same("")).zh
    assert "编号→张-格" in (stills[0].caption or same("")).zh


def test_one_too_large_is_an_outline() -> None:
    scene = build_scene(build_view(broad_tree(30), (), CaseInfo()))
    (outline,) = make_stills(scene, same("t"), cut_sheets(scene, replace(ON_PAGE, most=2)))
    assert "全图轮廓" in (outline.caption or same("")).zh
