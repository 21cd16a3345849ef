"""Where a length is cut: the cheapest way there is, found by trying every one."""

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tracer.report.diagram.partition import _parts

_AIR = 10.0
_SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(5, 25)), min_size=1, max_size=4)


@settings(max_examples=60)
@given(_SPANS, st.integers(25, 60))
def test_no_way_to_cut_is_cheaper(starts: list[tuple[int, int]], room: int) -> None:
    spans = [(float(start * 5), float(start * 5 + 3 * length)) for start, length in starts]
    extent = (min(spans)[0] - _AIR, max(high for _, high in spans) + _AIR)
    edges = {edge for low, high in spans for edge in (low - _AIR, high + _AIR)}
    inner = sorted(edge for edge in edges if extent[0] < edge < extent[1])
    found = _parts(spans, extent, float(room), ())
    assert [low for low, _ in found[1:]] == [high for _, high in found[:-1]]
    assert (found[0][0], found[-1][1]) == extent
    ways = (
        list(pairwise((extent[0], *cuts, extent[1])))
        for count in range(len(inner) + 1)
        for cuts in combinations(inner, count)
    )
    least = min(_cost(spans, way, room) for way in ways if _may_stand(way, inner, room))
    assert _cost(spans, found, room) <= least + 1e-6


def _may_stand(way: list[tuple[float, float]], inner: list[float], room: float) -> bool:
    """Only a part no edge lies in may be longer than the room."""
    return all(
        high - low <= room or not any(low < edge < high for edge in inner) for low, high in way
    )


def _cost(spans: list[tuple[float, float]], way: list[tuple[float, float]], room: float) -> float:
    """Four for a part, one for a box in the way of a cut, a thousand for each unit of excess."""
    total = 0.0
    for low, high in way:
        inside = [span for span in spans if low <= sum(span) / 2 < high]
        reach = max([high, *(each[1] for each in inside)]) - min(
            [low, *(each[0] for each in inside)]
        )
        total += 4 + 1000 * max(reach - room, 0.0)
    return total + sum(low < cut < high for low, high in spans for _, cut in way[:-1])
