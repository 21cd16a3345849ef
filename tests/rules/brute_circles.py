"""The rule on circles, TR207, read point by point."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, permutations

from .brute_case import BruteCase, Found, Reading

__all__ = ["READINGS"]


def tr207(case: BruteCase) -> Iterator[Found]:
    at: dict[tuple[str, ...], set[tuple[str, int]]] = defaultdict(set)
    for point, hops in case.scope.hops.items():
        ways = {hop for hop in hops if not case.is_access(hop[0])}
        for cycle in _cycles(frozenset(ways)):
            at[cycle].add(point)
    for cycle, points in at.items():
        rows = {
            c.contract_no
            for hop in pairwise((*cycle, cycle[0]))
            for point in points
            for c in case.scope.contracts_at(hop, point)
        }
        yield Found(
            "TR207",
            tuple(sorted(cycle)),
            tuple(sorted(rows)),
            sentence="TR207",
            **case.span(day for _, day in points),
        )


@lru_cache(maxsize=5000)
def _cycles(hops: frozenset[tuple[str, str]]) -> frozenset[tuple[str, ...]]:
    """Give every sequence of parties each of which hands on to the next, and the last to the first.

    The first by name comes first.
    """
    parties = sorted({end for hop in hops for end in hop})
    return frozenset(
        walk
        for count in range(2, len(parties) + 1)
        for walk in permutations(parties, count)
        if walk[0] == min(walk) and set(pairwise((*walk, walk[0]))) <= hops
    )


READINGS: dict[str, Reading] = {"TR207": tr207}
