"""Layouts: nothing overlaps, lines lead down, back edges stay outside, the same every time."""

import os
import subprocess
import sys
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tracer.report.geometry import Box, Direction, Layout, Loop, Rect, Route, Wire, path_of
from tracer.report.layout import BOX_GAP, arrange
from tracer.report.ordering import count_crossings, order_ranks, settle

WIDTHS = st.integers(20, 300)


@st.composite
def pictures(
    draw: st.DrawFn,
) -> tuple[list[Box], list[Wire], list[Loop]]:
    count = draw(st.integers(1, 14))
    ranks, zones, heights = st.integers(0, 6), st.integers(0, 1), st.integers(20, 90)
    boxes = [
        Box(f"b{i}", draw(WIDTHS), draw(heights), draw(ranks), draw(zones)) for i in range(count)
    ]
    pairs = [(a, b) for a in boxes for b in boxes if a.rank < b.rank]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=20, unique=True)) if pairs else []
    wires = [Wire(f"w{i}", a.id, b.id) for i, (a, b) in enumerate(chosen)]
    back = [(a, b) for a in boxes for b in boxes if a.rank >= b.rank and a is not b]
    looped = draw(st.lists(st.sampled_from(back), max_size=4)) if back else []
    loops = [
        Loop(f"l{i}", draw(WIDTHS), 50, a.id, b.id, f"u{i}", f"d{i}")
        for i, (a, b) in enumerate(looped)
    ]
    return boxes, wires, loops


def overlap(a: Rect, b: Rect) -> bool:
    return (
        a.x + a.width > b.x + 0.2
        and b.x + b.width > a.x + 0.2
        and a.y + a.height > b.y + 0.2
        and b.y + b.height > a.y + 0.2
    )


@settings(max_examples=tries(150))
@given(pictures(), st.sampled_from(["down", "right"]))
def test_boxes_never_overlap_and_stay_inside(
    picture: tuple[list[Box], list[Wire], list[Loop]], direction: Direction
) -> None:
    layout = arrange(*picture, direction=direction)
    for a, b in combinations(layout.rects.values(), 2):
        assert not overlap(a, b)
    for rect in layout.rects.values():
        assert rect.x >= -0.1
        assert rect.y >= -0.1
        assert rect.x + rect.width <= layout.width + 0.2
        assert rect.y + rect.height <= layout.height + 0.2


@settings(max_examples=tries(100))
@given(pictures())
def test_lines_run_down_from_box_to_box(
    picture: tuple[list[Box], list[Wire], list[Loop]],
) -> None:
    boxes, wires, loops = picture
    layout = arrange(boxes, wires, loops)
    for wire in wires:
        points = layout.routes[wire.id].points
        assert all(a[1] <= b[1] + 0.1 for a, b in pairwise(points))
        tail, head = layout.rects[wire.tail], layout.rects[wire.head]
        assert points[0][1] == pytest.approx(tail.y + tail.height, abs=0.2)
        assert points[-1][1] == pytest.approx(head.y, abs=0.2)
        assert tail.x <= points[0][0] <= tail.x + tail.width
        assert head.x <= points[-1][0] <= head.x + head.width


@settings(max_examples=tries(100))
@given(pictures())
def test_back_edges_keep_to_the_lane(picture: tuple[list[Box], list[Wire], list[Loop]]) -> None:
    boxes, wires, loops = picture
    layout = arrange(boxes, wires, loops)
    edge = max(layout.rects[box.id].x + layout.rects[box.id].width for box in boxes)
    for loop in loops:
        assert layout.rects[loop.id].x > edge
        up, down = layout.routes[loop.up].points, layout.routes[loop.down].points
        assert max(x for x, _ in up) > edge
        assert down[-1][1] == pytest.approx(layout.rects[loop.head].y, abs=0.2)


@settings(max_examples=tries(60))
@given(pictures())
def test_zones_stand_apart(picture: tuple[list[Box], list[Wire], list[Loop]]) -> None:
    layout = arrange(picture[0], picture[1])
    if len(layout.zones) == 2:
        assert layout.zones[0][1] < layout.zones[1][0]


@settings(max_examples=30)
@given(pictures())
def test_left_right_is_top_down_with_axes_exchanged(
    picture: tuple[list[Box], list[Wire], list[Loop]],
) -> None:
    boxes, wires, loops = picture
    turned = arrange(
        [Box(b.id, b.height, b.width, b.rank, b.zone) for b in boxes],
        wires,
        [Loop(x.id, x.height, x.width, x.tail, x.head, x.up, x.down) for x in loops],
        "right",
    )
    upright = arrange(boxes, wires, loops, gap=BOX_GAP["right"])
    assert (turned.width, turned.height) == (upright.height, upright.width)
    for name, rect in upright.rects.items():
        other = turned.rects[name]
        assert (other.x, other.y) == (rect.y, rect.x)


def _chain(count: int) -> Layout:
    boxes = [Box("p0", 120, 40, 0)]
    wires = []
    for i in range(count):
        boxes += [Box(f"c{i}", 180, 60, 2 * i + 1), Box(f"r{i}", 180, 60, 2 * i + 1)]
        boxes.append(Box(f"p{i + 1}", 120 + 10 * i, 40, 2 * i + 2))
        for kind in "cr":
            wires.append(Wire(f"{kind}{i}u", f"p{i}", f"{kind}{i}"))
            wires.append(Wire(f"{kind}{i}d", f"{kind}{i}", f"p{i + 1}"))
    return arrange(boxes, wires)


def test_a_chain_stands_straight() -> None:
    layout = _chain(4)
    centres = {layout.rects[f"p{i}"].centre[0] for i in range(5)}
    assert max(centres) - min(centres) <= 0.2


def test_a_tree_has_no_crossing() -> None:
    boxes = [Box("root", 100, 30, 0)]
    wires = []
    for i in range(4):
        boxes.append(Box(f"n{i}", 100, 30, 1))
        wires.append(Wire(f"w{i}", "root", f"n{i}"))
    # leaves handed in an order that would cross everywhere
    for j in range(12):
        boxes.append(Box(f"leaf{j}", 60, 30, 2))
        wires.append(Wire(f"x{j}", f"n{j % 4}", f"leaf{j}"))
    layout = arrange(boxes, wires)
    order = sorted(range(12), key=lambda j: layout.rects[f"leaf{j}"].x)
    parents = [j % 4 for j in order]
    assert sorted(parents, key=parents.index) == parents


def test_crossings_are_counted() -> None:
    below = {"a": ["z", "y"], "b": ["x"], "c": ["x", "y"]}
    assert count_crossings([["a", "b", "c"], ["x", "y", "z"]], below) == 5


def test_ordering_prefers_fewer_crossings() -> None:
    below = {"a": ["z"], "b": ["y"], "c": ["x"]}
    above = {"x": ["c"], "y": ["b"], "z": ["a"]}
    ranks = [["a", "b", "c"], ["x", "y", "z"]]
    ordered = order_ranks(ranks, below, above, dict.fromkeys("abcxyz", 0))
    assert count_crossings(ordered, below) == 0


def test_settling_keeps_order_and_distance() -> None:
    widths = {"a": 10.0, "b": 20.0, "c": 10.0}
    places = settle(
        ["a", "b", "c"], {"a": 5, "b": 0, "c": 40}, widths, 4, dict.fromkeys("abc", 1.0)
    )
    assert places["b"] - places["a"] >= 19 - 1e-9
    assert places["c"] == 40


def test_paths_are_curves_between_ranks_and_square_in_the_lane() -> None:
    assert path_of(Route(((0, 0), (0, 30)))) == "M0 0L0 30"
    assert path_of(Route(((0, 0), (30, 8))), "right") == "M0 0C15 0 15 8 30 8"
    assert "Q" in path_of(Route(((0, 0), (0, 9), (9, 9)), square=True))


def test_the_same_under_any_hash_seed() -> None:
    code = (
        "from tracer.report.geometry import Box, Wire, Loop\n"
        "from tracer.report.layout import arrange\n"
        "b=[Box(f'b{i}',50+i,30,i%5,i%2) for i in range(20)]\n"
        "w=[Wire(f'w{i}-{j}',f'b{i}',f'b{j}') for i in range(20) for j in range(20)"
        " if i%5<j%5 and (i*j)%3==1]\n"
        "print(arrange(b,w,[Loop('l',40,20,'b4','b0','u','d')]))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(said) == 1


@pytest.mark.slow
def test_a_thousand_boxes_are_laid_out_quickly() -> None:
    from time import perf_counter

    boxes = [Box(f"b{i}", 60, 30, i.bit_length()) for i in range(1, 1024)]
    wires = [Wire(f"w{i}", f"b{i // 2}", f"b{i}") for i in range(2, 1024)]
    start = perf_counter()
    layout = arrange(boxes, wires)
    assert perf_counter() - start < 5
    assert len(layout.rects) == 1023
