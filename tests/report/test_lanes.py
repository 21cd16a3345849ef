"""The lane: boxes stacked, tracks apart, lines that end where they should."""

from itertools import combinations, pairwise

from tracer.report.geometry import Box, Layout, Loop, Wire
from tracer.report.lanes import TRACK
from tracer.report.layout import RANK_GAP, arrange

BOXES = [Box(f"p{i}", 120, 40, i) for i in range(5)]
WIRES = [Wire(f"w{i}", f"p{i}", f"p{i + 1}") for i in range(4)]


def laid(*pairs: tuple[int, int]) -> Layout:
    loops = [
        Loop(f"l{n}", 150, 60, f"p{a}", f"p{b}", f"u{n}", f"d{n}") for n, (a, b) in enumerate(pairs)
    ]
    return arrange(BOXES, WIRES, loops)


def test_boxes_of_one_pair_are_stacked() -> None:
    layout = laid((4, 1), (4, 1), (4, 1))
    rects = [layout.rects[f"l{n}"] for n in range(3)]
    assert len({rect.x for rect in rects}) == 1
    for upper, lower in combinations(sorted(rects, key=lambda rect: rect.y), 2):
        assert upper.y + upper.height < lower.y


def test_a_box_stands_half_way_between_its_parties() -> None:
    layout = laid((4, 0))
    middle = layout.rects["l0"].centre[1]
    between = (layout.rects["p0"].y + layout.rects["p4"].y + 40) / 2
    assert abs(middle - between) < 1


def test_no_two_lines_meet_on_a_track() -> None:
    layout = laid((4, 1), (4, 1), (3, 0), (2, 2), (1, 0))
    upright = [
        (a[0], min(a[1], b[1]), max(a[1], b[1]))
        for name, route in layout.routes.items()
        if name[0] in "ud"
        for a, b in pairwise(route.points)
        if a[0] == b[0] and a[0] > 120
    ]
    assert len(upright) == 10
    for (x1, top1, end1), (x2, top2, end2) in combinations(upright, 2):
        assert x1 != x2 or end1 + TRACK <= top2 or end2 + TRACK <= top1


def test_tracks_are_used_again_where_they_are_free() -> None:
    layout = laid((1, 0), (4, 3))
    assert min(layout.rects[name].x for name in ("l0", "l1")) < 120 + 24 + 4 * TRACK


def test_ranks_make_room_for_the_lines_that_cross_between_them() -> None:
    plain, looped = laid(), laid((3, 1), (3, 2))
    gap = looped.ranks[4][0] - looped.ranks[3][1]
    assert gap == RANK_GAP + 2 * TRACK
    assert plain.ranks[4][0] - plain.ranks[3][1] == RANK_GAP


def test_lines_run_through_no_party() -> None:
    layout = laid((4, 1), (3, 0), (2, 2))
    for name, route in layout.routes.items():
        if name[0] not in "ud":
            continue
        for (x1, y1), (x2, y2) in pairwise(route.points):
            for party in BOXES:
                rect = layout.rects[party.id]
                crosses = (
                    min(x1, x2) < rect.x + rect.width
                    and max(x1, x2) > rect.x
                    and min(y1, y2) < rect.y + rect.height
                    and max(y1, y2) > rect.y
                )
                assert not crosses, (name, party.id)


def test_a_hop_to_the_same_rank_goes_round_too() -> None:
    layout = laid((2, 2))
    up, down = layout.routes["u0"].points, layout.routes["d0"].points
    assert up[0][1] > layout.rects["p2"].y
    assert down[-1][1] == layout.rects["p2"].y
    assert all(y >= 0 for _, y in (*up, *down))


def test_a_loop_to_the_first_rank_stays_in_the_picture() -> None:
    layout = laid((1, 0), (2, 0), (3, 0))
    for route in layout.routes.values():
        assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in route.points)
