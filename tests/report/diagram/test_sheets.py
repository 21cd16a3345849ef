"""Large pictures on several sheets: nothing lost, nothing twice, every cut line found again."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.trees import broad_tree
from tracer.model.case import CaseInfo
from tracer.report.diagram.joints import End, name_joints
from tracer.report.diagram.keymap import draw_key_map, places_of
from tracer.report.diagram.partition import Tile
from tracer.report.diagram.shapes import Group, Words
from tracer.report.diagram.sheets import Room, Sheet, cut_sheets, square_of
from tracer.report.diagram.svg import write_svg
from tracer.report.geometry import Direction, Rect
from tracer.report.projection import build_view
from tracer.report.scene import Scene, build_scene

Sheets = tuple[Sheet, ...]
WIDE = Room(730.0, 480.0, 0.0)
UPRIGHT = Room(505.0, 728.0, 300.0)


def scene_of(
    parties: int = 60, direction: Direction | None = None, *, circles: bool = False
) -> Scene:
    return build_scene(build_view(broad_tree(parties, circles=circles), (), CaseInfo()), direction)


CASES = [
    (scene, cut_sheets(scene, room))
    for scene, room in (
        (scene_of(), WIDE),
        (scene_of(direction="right"), UPRIGHT),
        (scene_of(circles=True), UPRIGHT),
    )
]
FIRST, SHEETS = CASES[0]
every_case = pytest.mark.parametrize(("scene", "sheets"), CASES, ids=["down", "right", "circles"])


def holds(outer: Rect, inner: Rect) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.x + inner.width <= outer.x + outer.width + 0.11
        and inner.y + inner.height <= outer.y + outer.height + 0.11
    )


def overlap(one: Rect, two: Rect) -> float:
    across = min(one.x + one.width, two.x + two.width) - max(one.x, two.x)
    down = min(one.y + one.height, two.y + two.height) - max(one.y, two.y)
    return min(across, down)


@every_case
def test_every_box_is_whole_on_one_sheet_and_on_no_other(scene: Scene, sheets: Sheets) -> None:
    assert len(sheets) > 1
    assert [sheet.number for sheet in sheets] == list(range(1, len(sheets) + 1))
    homes = Counter(box for sheet in sheets for box in sheet.homes)
    assert homes == {box.id: 1 for box in scene.boxes}
    rects = {box.id: box.rect for box in scene.boxes}
    for sheet in sheets:
        assert sheet.homes, "no sheet is without a box"
        assert all(holds(sheet.inside, rects[box]) for box in sheet.homes)
    for index, sheet in enumerate(sheets):
        assert all(overlap(sheet.tile, other.tile) <= 0.11 for other in sheets[index + 1 :])


@every_case
def test_no_text_is_below_eight_points_and_every_sheet_fits(scene: Scene, sheets: Sheets) -> None:
    room = WIDE if scene is FIRST else UPRIGHT
    for sheet in sheets:
        scale = sheet.paper[0] / sheet.window.width
        assert scale * scene.smallest_text >= 7.99
        assert sheet.paper[0] <= room.width + 0.05
        assert sheet.paper[1] <= room.height + 0.05


@every_case
def test_both_ends_of_a_cut_name_each_other(scene: Scene, sheets: Sheets) -> None:
    ends: dict[int, list[End]] = {}
    for sheet in sheets:
        for end in sheet.ends:
            assert end.tile == sheet.number - 1
            ends.setdefault(end.number, []).append(end)
    assert sorted(ends) == list(range(1, len(ends) + 1))
    for pair in ends.values():
        leaves, comes = sorted(pair, key=lambda end: not end.leaves)
        assert (leaves.leaves, comes.leaves) == (True, False)
        assert leaves.mark is comes.mark
        assert leaves.other == (comes.tile, comes.at)
        assert comes.other == (leaves.tile, leaves.at)
    for sheet in sheets:
        assert Counter(end for tag in sheet.tags for end in tag.ends) == Counter(sheet.ends)
        for tag in sheet.tags:
            assert holds(sheet.inside, Rect(*tag.at, 0.0, 0.0))
            if len(tag.ends) == 1:
                (end,) = tag.ends
                target = sheets[end.other[0]]
                arrow = "→" if end.leaves else "←"
                where = f"{target.number}-{square_of(target, end.other[1])}"
                assert tag.text == f"{end.number}{arrow}{where}"


@every_case
def test_the_ends_of_a_line_lead_from_its_first_box_to_its_last(
    scene: Scene, sheets: Sheets
) -> None:
    home = {box: sheet.number - 1 for sheet in sheets for box in sheet.homes}
    steps: dict[str, list[tuple[int, int]]] = {mark.id: [] for mark in scene.marks}
    for sheet in sheets:
        for end in sheet.ends:
            if end.leaves:
                steps[end.mark.id].append((end.tile, end.other[0]))
    for mark in scene.marks:
        balance = Counter(start for start, _ in steps[mark.id])
        balance.subtract(stop for _, stop in steps[mark.id])
        wanted = Counter({home[mark.tail]: 1})
        wanted.subtract([home[mark.head]])
        assert {k: v for k, v in balance.items() if v} == {k: v for k, v in wanted.items() if v}


@every_case
def test_tags_of_a_side_do_not_cover_each_other(scene: Scene, sheets: Sheets) -> None:
    for sheet in sheets:
        for side in ("left", "right", "top", "bottom"):
            is_level = side in {"top", "bottom"}
            at = sorted(tag.at[not is_level] for tag in sheet.tags if tag.side == side)
            assert all(b - a >= 13.9 for a, b in pairwise(at))


@settings(max_examples=8)
@given(
    scene=st.sampled_from([scene for scene, _ in CASES]),
    width=st.floats(400, 1100),
    height=st.floats(400, 1100),
)
def test_any_paper_will_do(scene: Scene, width: float, height: float) -> None:
    sheets = cut_sheets(scene, Room(width, height, 0.0))
    if len(sheets) > 1:
        test_every_box_is_whole_on_one_sheet_and_on_no_other(scene, sheets)
        test_both_ends_of_a_cut_name_each_other(scene, sheets)
        test_the_ends_of_a_line_lead_from_its_first_box_to_its_last(scene, sheets)


def test_many_lines_that_leave_one_side_share_tags() -> None:
    assert all(len(tag.ends) == 1 for sheet in SHEETS for tag in sheet.tags), "there is room"
    ends = [end for sheet in SHEETS for end in sheet.ends]
    slim = [
        Tile(sheet.tile, Rect(sheet.tile.x, sheet.tile.y, 20.0, 20.0), sheet.homes)
        for sheet in SHEETS
    ]
    tags = name_joints(ends, slim, lambda tile, _: f"{tile + 1}-A1")
    shared = [tag for tag in tags if len(tag.ends) > 1]
    assert shared
    assert Counter(end for tag in tags for end in tag.ends) == Counter(ends)
    for tag in shared:
        targets = {(end.other[0], end.leaves) for end in tag.ends}
        assert len(targets) == 1
        assert tag.text.endswith(str(tag.ends[0].other[0] + 1))


def test_a_sheet_draws_its_boxes_its_layers_and_its_tags() -> None:
    scene, sheets = FIRST, SHEETS
    for sheet in (sheets[1], sheets[-1]):
        svg = write_svg(scene, "zh", title="t", sheet=sheet)
        for box in scene.boxes:
            assert (f'data-box="{box.id}"' in svg) == (box.id in sheet.homes)
        for tag in sheet.tags:
            assert f">{tag.text}</text>" in svg
        for band in scene.bands:
            inside = (
                band.rect.y < sheet.tile.y + sheet.tile.height
                and sheet.tile.y < band.rect.y + band.rect.height
            )
            assert (f">{band.label.zh}</text>" in svg) == inside, "a layer is named on every sheet"


def test_the_key_map_shows_boxes_without_words_and_sheets_by_number() -> None:
    scene, sheets = FIRST, SHEETS
    drawing = draw_key_map(scene, sheets, 500.0, 300.0)
    assert drawing.width <= 508.1
    assert drawing.height <= 308.1
    scale = drawing.width / drawing.window.width
    words = [shape for shape in drawing.shapes if isinstance(shape, Words)]
    assert [shape.text for shape in words] == [str(sheet.number) for sheet in sheets]
    assert all(shape.size * scale >= 8 for shape in words)
    groups = [shape for shape in drawing.shapes if isinstance(shape, Group)]
    assert [group.name for group in groups] == [box.id for box in scene.boxes]
    assert len(drawing.shapes) == len(scene.boxes) + 3 * len(sheets)


def test_places_name_the_sheet_and_square_of_every_box() -> None:
    scene, sheets = FIRST, SHEETS
    places = places_of(scene, sheets)
    assert set(places) == {box.id for box in scene.boxes}
    for box in scene.boxes:
        number, _, square = places[box.id].partition("-")
        sheet = sheets[int(number) - 1]
        assert box.id in sheet.homes
        across, down = sheet.squares
        assert ord(square[0]) - ord("A") < across
        assert 1 <= int(square[1:]) <= down


def test_more_sheets_than_anyone_would_print_are_none() -> None:
    most = len(SHEETS)
    assert len(cut_sheets(FIRST, replace(WIDE, most=most))) == most
    assert cut_sheets(FIRST, replace(WIDE, most=most - 1)) == ()
