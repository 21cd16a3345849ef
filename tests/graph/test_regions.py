"""The algebra of regions against sets of single points."""

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tracer.graph.axis import DayAxis
from tracer.graph.numbers import NumberTree, plant
from tracer.graph.regions import Region, Regions
from tracer.model.period import Period, join_days

TOP = "1069"
DAYS = 4
Points = set[tuple[str, int]]

endings = st.sampled_from(("", "0", "1", "00", "01", "000", "5"))
digits = endings.map(TOP.__add__)


@st.composite
def trees(draw: st.DrawFn) -> NumberTree:
    """Few segments and routed numbers; now and then nothing is left between them."""
    segments, routed = draw(st.sets(digits, max_size=4)), draw(st.sets(digits, max_size=3))
    if draw(st.integers(0, 3)) == 3:
        full = draw(st.sampled_from((TOP, TOP + "0")))
        segments |= {full, *(full + digit for digit in "0123456789")}
        routed |= {full}
    return plant(TOP, segments, routed)


def numbers_of(tree: NumberTree) -> list[str]:
    """Numbers that stand for all there are: those of the tree, and others between them."""
    known = set(tree.digits)
    return sorted(known | {d + digit for d in known for digit in "0123456789"})


@st.composite
def regions(draw: st.DrawFn, tree: NumberTree, algebra: Regions) -> Region:
    """Boxes, less boxes, less boxes: holds at a node, not below it, but again further down."""

    def boxes() -> Region:
        nodes = st.integers(0, len(tree.digits) - 1)
        days = st.integers(1, (1 << DAYS) - 1)
        return algebra.of_boxes(draw(st.dictionaries(nodes, days, max_size=3)))

    return algebra.join(algebra.less(boxes(), boxes()), boxes())


def points(tree: NumberTree, algebra: Regions, region: Region) -> Points:
    return {
        (number, day)
        for number in numbers_of(tree)
        for day in range(DAYS)
        if algebra.at(region, tree.find(number)) >> day & 1
    }


@settings(max_examples=tries(600))
@given(st.data(), trees())
def test_operations_are_those_of_sets(data: st.DataObject, tree: NumberTree) -> None:
    algebra = Regions(tree)
    a, b = data.draw(regions(tree, algebra)), data.draw(regions(tree, algebra))
    in_a, in_b = points(tree, algebra, a), points(tree, algebra, b)
    assert points(tree, algebra, algebra.meet(a, b)) == in_a & in_b
    assert points(tree, algebra, algebra.join(a, b)) == in_a | in_b
    assert points(tree, algebra, algebra.less(a, b)) == in_a - in_b
    assert algebra.is_beyond(a, b) == bool(in_a - in_b)
    assert list(algebra.meet_each(a, [("a", a), ("b", b), ("c", {})])) == [
        (name, both) for name, both in (("a", a), ("b", algebra.meet(a, b))) if both
    ]
    for made in (a, b, algebra.meet(a, b), algebra.join(a, b), algebra.less(a, b)):
        inside = points(tree, algebra, made)
        assert bool(made) == bool(inside), "empty exactly when it has no point"
        assert list(made) == sorted(made)
        assert algebra.tidy(made) == made
        assert algebra.days(made) == sum({1 << day for _, day in inside})


@settings(max_examples=tries(300))
@given(st.data(), trees())
def test_equal_sets_are_equal_regions(data: st.DataObject, tree: NumberTree) -> None:
    algebra = Regions(tree)
    a, b = data.draw(regions(tree, algebra)), data.draw(regions(tree, algebra))
    both = algebra.meet(a, b)
    assert both == algebra.meet(b, a)
    assert algebra.join(algebra.less(a, b), both) == a
    assert algebra.less(both, a) == {}


@settings(max_examples=tries(300))
@given(st.data(), trees(), digits)
def test_touching_is_having_a_number_that_begins_so(
    data: st.DataObject, tree: NumberTree, prefix: str
) -> None:
    algebra = Regions(tree)
    region = data.draw(regions(tree, algebra))
    numbers = {prefix, *(prefix + digit for digit in "0123456789"), *numbers_of(tree)}
    begun = [n for n in numbers if n.startswith(prefix) and algebra.at(region, tree.find(n))]
    assert algebra.touches(region, prefix) == bool(begun)


@settings(max_examples=tries(300))
@given(st.data(), trees())
def test_boxes_hold_at_everything_below_them(data: st.DataObject, tree: NumberTree) -> None:
    algebra = Regions(tree)
    nodes = st.integers(0, len(tree.digits) - 1)
    boxes = data.draw(st.dictionaries(nodes, st.integers(0, (1 << DAYS) - 1), max_size=4))

    def covers(node: int, number: str) -> bool:
        exact = tree.routed.get(tree.digits[node]) == node
        return number == tree.digits[node] if exact else number.startswith(tree.digits[node])

    wanted = {
        (number, day)
        for number in numbers_of(tree)
        for day in range(DAYS)
        if any(covers(node, number) and days >> day & 1 for node, days in boxes.items())
    }
    whole = algebra.of_boxes(boxes)
    assert points(tree, algebra, whole) == wanted
    assert algebra.cover(algebra.of_boxes({node: days}) for node, days in boxes.items()) == whole


@settings(max_examples=tries(200))
@given(trees())
def test_a_number_is_found_under_the_longest_segment_that_covers_it(tree: NumberTree) -> None:
    for number in numbers_of(tree):
        node = tree.find(number)
        if number in tree.routed:
            assert node == tree.routed[number]
        else:
            covering = [s for s in tree.segments if number.startswith(s)]
            assert tree.digits[node] == max(covering, key=len)
        above = [tree.digits[n] for n in tree.path(node)]
        assert above == sorted(above, key=len, reverse=True)
        assert above[-1] == TOP


@settings(max_examples=tries(200))
@given(trees())
def test_a_segment_is_hollow_when_no_number_of_it_is_its_own(tree: NumberTree) -> None:
    numbers = numbers_of(tree)
    for prefix, node in tree.segments.items():
        assert (node in tree.hollow) == all(tree.find(number) != node for number in numbers), prefix


def test_the_longest_number_there_can_be_is_hollow_once_routed() -> None:
    longest = "1" * 20
    assert plant(TOP, [], []).hollow == ()
    assert plant(longest, [], [longest]).hollow == (0,)


def days_of(axis: DayAxis, mask: int, days: Iterable[int]) -> set[int]:
    return {day for day in days if axis.bit(day) & mask}


@settings(max_examples=tries(300))
@given(st.sets(st.integers(-2, 14), max_size=6), st.data())
def test_an_axis_tells_days_apart_where_something_begins(
    cuts: set[int], data: st.DataObject
) -> None:
    first, last = 1, 12
    axis, days = DayAxis(first, last, cuts), range(first, last + 1)
    edges = sorted({first, last + 1, *(day for day in cuts if first < day <= last)})
    low, end = sorted(data.draw(st.permutations(edges))[:2])
    span = axis.span(low, end - 1)
    assert days_of(axis, span, days) == set(range(low, end))
    assert days_of(axis, axis.whole, days) == set(days)
    mask = data.draw(st.integers(1, axis.whole))
    inside = days_of(axis, mask, days)
    assert axis.count(mask) == len(inside)
    assert axis.period(mask).bounds() == (min(inside), max(inside))
    assert axis.is_unbroken(mask) == (len(join_days((day, day) for day in inside)) == 1)


def test_an_axis_of_all_days_is_open_at_both_ends() -> None:
    first, last = Period().bounds()
    axis = DayAxis(first, last, [last + 1, first])
    assert axis.period(axis.whole) == Period()
    assert axis.whole == 1
