"""Folds: every party in one place, every hop counted once, at most so many boxes."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tracer.graph.result import Trace
from tracer.model.case import CaseInfo
from tracer.report.folding import MOST_DRAWN, divide, entire, fold
from tracer.report.folds import Part
from tracer.report.projection import build_view
from tracer.report.view import GraphView

from .leads import leads_in
from .shapes import Papers, broad, cyclic, dense, long_chain, name_of, tree

CASE = CaseInfo()
SMALL = 40


def view_of(trace: Trace, *, led: bool = False) -> GraphView:
    return build_view(trace, leads_in(trace) if led else (), CASE)


@st.composite
def webs(draw: st.DrawFn) -> Trace:
    """Give trees with hops across and back, of parties some of whom no holder reaches."""
    count = draw(st.integers(2, 70))
    spread = draw(st.sampled_from([1, 2, 5, 70]))
    papers = Papers().allocate(name_of(0))
    for index in range(1, count):
        if draw(st.integers(0, 9)) == 0:
            continue
        papers.contract(name_of((index - 1) // spread), name_of(index))
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    for upper, lower in draw(st.lists(ends, max_size=12)):
        if upper != lower:
            papers.log(name_of(upper), name_of(lower), draw(st.integers(1, 99)))
    return papers.trace()


def check(view: GraphView, parts: tuple[Part, ...]) -> None:
    everyone = {node.name for node in view.drawn()}
    at_home = Counter(name for part in parts for name in part.names)
    assert at_home == Counter(everyone)
    assert [part.id for part in parts] == [f"S{index}" for index in range(len(parts))]
    hops = {hop.id: hop for hop in view.hops}
    for part in parts:
        folded = Counter(name for each in part.folds for name in each.parties)
        assert not [name for name, times in folded.items() if times > 1]
        shown = set(part.drawn)
        assert not shown & set(folded)
        assert len(shown) + len(folded) + part.elsewhere[0] == len(everyone)
        counted = part.crossing + sum(each.hops for each in part.folds) + part.elsewhere[1]
        back = sum(
            1 for hop in hops.values() if hop.back and {hop.upstream, hop.downstream} <= shown
        )
        assert len(part.hops) + counted + (back if part.bare else 0) == len(hops)


@settings(max_examples=tries(60))
@given(webs(), st.sampled_from([SMALL, 60, 800]))
def test_every_party_is_at_home_once_and_every_hop_counted(trace: Trace, most: int) -> None:
    view = view_of(trace)
    check(view, divide(view, most))


@settings(max_examples=tries(60))
@given(webs())
def test_a_fold_counts_what_it_hides(trace: Trace) -> None:
    view = view_of(trace, led=True)
    kinds = {item.no: item.kind for item in view.evidence}
    nodes = {node.name: node for node in view.drawn()}
    for part in divide(view, SMALL):
        for each in part.folds:
            inside = set(each.parties)
            whole = inside | {each.above}
            within = [
                hop for hop in view.hops if hop.upstream in whole and hop.downstream in inside
            ]
            touching = [hop for hop in view.hops if inside & {hop.upstream, hop.downstream}]
            assert each.hops == len(within)
            assert each.others == len(touching) - len(within)
            exhibits = Counter(kinds[no] for hop in within for no in hop.evidence)
            assert (each.contracts, each.routing) == (exhibits["contract"], exhibits["routing"])
            statuses = Counter(hop.status for hop in within)
            assert (each.without_contract, each.partly, each.without_routing) == (
                statuses["routing_only"],
                statuses["partly_covered"],
                statuses["contract_only"],
            )
            entering = [hop for hop in touching if hop.upstream not in inside]
            assert sum(count for _, count in each.passed) == sum(hop.messages for hop in entering)
            senders = [name for name in inside if "sender" in nodes[name].roles]
            assert (each.senders, each.sent) == (
                len(senders),
                sum(nodes[name].own for name in senders),
            )
            layers = (nodes[name].layer for name in inside)
            known = [layer for layer in layers if layer is not None]
            assert each.layers == ((min(known), max(known)) if known else None)
            assert each.gaps == sum(1 for gap in view.gaps if gap.party in inside)


@settings(max_examples=30)
@given(webs())
def test_a_party_says_how_many_of_its_hops_are_not_drawn(trace: Trace) -> None:
    view = view_of(trace)
    for part in divide(view, SMALL):
        drawn = {hop.id for hop in part.hops}
        for name in part.drawn:
            mine = [h for h in view.hops if name in {h.upstream, h.downstream}]
            lines = sum(1 for hop in mine if hop.id in drawn)
            lines += sum(tie.hops for tie in part.ties if name in {tie.upper, tie.lower})
            stems = {each.id for each in part.folds if each.above == name}
            # a stem stands for more than the hops of the party it hangs from
            deeper = sum(tie.hops for tie in part.ties if tie.lower in stems and tie.upper == name)
            direct = sum(
                1
                for hop in mine
                for each in part.folds
                if each.id in stems and hop.downstream in each.parties
            )
            assert lines - deeper + direct + part.unseen.get(name, 0) == len(mine)


@settings(max_examples=40)
@given(webs())
def test_a_line_to_a_fold_stands_for_all_hops_between_the_two(trace: Trace) -> None:
    view = view_of(trace)
    depth = {node.name: node.depth for node in view.drawn()}
    for part in divide(view, 16):
        place = {name: name for name in part.drawn}
        rows = {name: depth[name] for name in part.drawn}
        for each in part.folds:
            place |= dict.fromkeys(each.parties, each.id)
            rows[each.id] = each.depth
        stems = {(each.above, each.id): each.hops for each in part.folds if each.above}
        found = Counter(
            (place[hop.upstream], place[hop.downstream])
            for hop in view.hops
            if hop.upstream in place and hop.downstream in place
        )
        folds = {each.id for each in part.folds}
        across = {
            pair: count
            for pair, count in found.items()
            if folds & set(pair) and pair not in stems and rows[pair[0]] < rows[pair[1]]
        }
        drawn = {(tie.upper, tie.lower): tie.hops for tie in part.ties if tie.hops}
        assert drawn == stems | across
        undrawn = {
            pair: count
            for pair, count in found.items()
            if folds & set(pair) and pair[0] != pair[1] and pair not in drawn
        }
        assert part.crossing == sum(across.values()) + sum(undrawn.values())


@settings(max_examples=40)
@given(webs())
def test_no_part_holds_more_boxes_than_allowed(trace: Trace) -> None:
    view = view_of(trace)
    for part in divide(view, SMALL, SMALL):
        assert boxes_of(view, part) <= SMALL


def boxes_of(view: GraphView, part: Part) -> int:
    boxes = len(part.drawn) + len(part.folds)
    boxes += sum(1 for gap in view.gaps if gap.party in set(part.drawn))
    if not part.bare:
        boxes += sum(1 if view.plain else len(hop.evidence) for hop in part.hops)
    return boxes


@settings(max_examples=20)
@given(webs())
def test_the_whole_is_one_part_that_hides_nothing(trace: Trace) -> None:
    view = view_of(trace)
    part = entire(view)
    check(view, (part,))
    assert part.hops == view.hops
    assert not part.folds
    assert not part.unseen


@pytest.mark.parametrize(
    ("trace", "is_folded", "is_whole"),
    [
        (long_chain(8), False, False),
        (cyclic(), False, False),
        (broad(), True, True),
        (dense(), True, True),
        (tree(1000, 6), True, False),
        (tree(1500, 1499), True, False),
        (tree(1200, 1), True, False),
    ],
    ids=["chain", "cyclic", "broad", "dense", "tree", "star", "long"],
)
def test_shapes(trace: Trace, is_folded: bool, is_whole: bool) -> None:
    view = view_of(trace)
    made = fold(view)
    check(view, made.parts)
    assert (len(made.parts) > 1) == is_folded
    assert all(boxes_of(view, part) <= MOST_DRAWN for part in made.parts)
    assert (made.wide is not None) == is_folded
    if made.wide:
        assert boxes_of(view, made.wide) <= MOST_DRAWN
        assert len(made.wide.drawn) > len(made.parts[0].drawn)
        assert (not made.wide.folds) == is_whole
        known = {part.id for part in made.parts}
        assert all(each.opens in known for each in made.wide.folds)
