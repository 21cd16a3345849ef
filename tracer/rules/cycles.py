"""Cycles of hops that hold at one point (number, day), shortest first, within a bound.

A dense group of parties has more elementary cycles than could ever be listed. Of each group
(parties that reach each other) at least one cycle is given, and at most `LISTED`; how much is
searched beyond the first of each group is bounded by `STEPS`. Whatever is cut is said.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tracer.graph.regions import EMPTY, Region, Regions
from tracer.graph.traffic import Pair

__all__ = ["LISTED", "STEPS", "Cycle", "find_cycles"]

LISTED = 100
"""Cycles given of one group."""

STEPS = 100_000
"""Ways onward looked at in one scope before no group is searched beyond its first cycle."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """One elementary cycle.

    Parameters
    ----------
    parties : tuple of str
        In the order in which the number is handed down, beginning with the first by name; the
        last hands it to the first.
    where : Region
        The points at which all of its hops are evidenced.
    is_cut : bool
        Its group has, or may have, more cycles than are given.
    """

    parties: tuple[str, ...]
    where: Region
    is_cut: bool


def find_cycles(
    algebra: Regions, hops: Mapping[Pair, Region], *, listed: int = LISTED, steps: int = STEPS
) -> Iterator[Cycle]:
    """Give the cycles of a scope, group by group, shortest first, then by their parties.

    Parameters
    ----------
    hops : Mapping of Pair to Region
        Where each is evidenced.
    listed, steps : int
        The bounds.
    """
    between = {pair: hops[pair] for group in _groups(_led_to(hops)) for pair in group}
    for group in _groups(_trimmed(algebra, between)):
        search = _Search(algebra, {pair: hops[pair] for pair in group}, steps)
        found: list[tuple[tuple[str, ...], Region]] = []
        for cycle in search.cycles():
            found.append(cycle)
            if len(found) > listed or search.steps < 0:
                break
        is_cut = len(found) > listed or search.steps < 0
        steps = max(0, search.steps)
        for parties, where in found[:listed]:
            yield Cycle(parties, where, is_cut)


def _led_to(pairs: Collection[Pair]) -> list[Pair]:
    """Leave the hops that may be on a cycle: again and again what nothing leads to goes."""
    onward: dict[str, list[str]] = defaultdict(list)
    leading: dict[str, int] = defaultdict(int)
    for upstream, downstream in pairs:
        onward[upstream].append(downstream)
        leading[downstream] += 1
    heads = [party for party in onward if party not in leading]
    while heads:
        for downstream in onward.pop(heads.pop(), ()):
            leading[downstream] -= 1
            if not leading[downstream]:
                heads.append(downstream)
    return [(upstream, downstream) for upstream in onward for downstream in onward[upstream]]


def _groups(pairs: Collection[Pair]) -> list[list[Pair]]:
    """Give the hops within each strongly connected group of parties, by its first party."""
    onward: dict[str, list[str]] = defaultdict(list)
    back: dict[str, list[str]] = defaultdict(list)
    for upstream, downstream in sorted(pairs):
        onward[upstream].append(downstream)
        back[downstream].append(upstream)
    finished: list[str] = []
    seen: set[str] = set()
    for root in sorted(onward):
        _visit(root, onward, seen, finished)
    group_of: dict[str, str] = {}
    seen = set()
    for root in reversed(finished):
        members: list[str] = []
        _visit(root, back, seen, members)
        group_of.update(dict.fromkeys(members, min(members, default="")))
    groups: dict[str, list[Pair]] = defaultdict(list)
    for upstream, downstream in sorted(pairs):
        if group_of[upstream] == group_of[downstream]:
            groups[group_of[upstream]].append((upstream, downstream))
    return [groups[first] for first in sorted(groups)]


def _visit(root: str, ways: Mapping[str, list[str]], seen: set[str], finished: list[str]) -> None:
    """Walk down from a root, noting each party when all below it are done."""
    if root in seen:
        return
    seen.add(root)
    stack = [(root, iter(ways.get(root, ())))]
    while stack:
        step = next((other for other in stack[-1][1] if other not in seen), None)
        if step is None:
            finished.append(stack.pop()[0])
        else:
            seen.add(step)
            stack.append((step, iter(ways.get(step, ()))))


def _trimmed(algebra: Regions, hops: Mapping[Pair, Region]) -> dict[Pair, Region]:
    """Leave of hops the points at which they are on a cycle, or on a way from one to another.

    Again and again what leads on from nowhere, or to nowhere, at a point goes.
    """
    kept = dict(hops)
    touching: dict[str, tuple[list[Pair], list[Pair]]] = defaultdict(lambda: ([], []))
    for pair in sorted(kept):
        touching[pair[1]][0].append(pair)
        touching[pair[0]][1].append(pair)
    agenda = dict.fromkeys(sorted(touching))
    while agenda:
        party = next(iter(agenda))
        del agenda[party]
        come, go = (algebra.cover(kept[p] for p in ways if p in kept) for ways in touching[party])
        through = algebra.meet(come, go)
        for pair in (*touching[party][0], *touching[party][1]):
            if pair in kept and (rest := algebra.meet(kept[pair], through)) != kept[pair]:
                kept[pair] = rest
                if not rest:
                    del kept[pair]
                agenda[pair[0] if pair[1] == party else pair[1]] = None
    return kept


class _Search:
    """The search of one group, by length; each cycle is met once, from its first party.

    Parameters
    ----------
    steps : int
        Counted down, below zero when it ran out; the first cycle is found whatever it is.
    """

    def __init__(self, algebra: Regions, hops: Mapping[Pair, Region], steps: int) -> None:
        self._algebra = algebra
        self._onward: dict[str, list[tuple[str, Region]]] = defaultdict(list)
        self._into: dict[str, list[tuple[str, Region]]] = defaultdict(list)
        for (upstream, downstream), region in sorted(hops.items()):
            self._onward[upstream].append((downstream, region))
            self._into[downstream].append((upstream, region))
        self.steps = steps

    def cycles(self) -> Iterator[tuple[tuple[str, ...], Region]]:
        """Yield the cycles; a walk is only followed where it may still get back in time."""
        active = {start: _WayBack(self._algebra, self._into, start) for start in self._onward}
        for length in range(2, len(self._onward) + 1):
            for start in sorted(active):
                back = active[start]
                back.reach(length - 1)
                yield from self._from(start, length, back)
                if back.is_whole and not back.is_longer:
                    del active[start]

    def _from(
        self, start: str, length: int, back: "_WayBack"
    ) -> Iterator[tuple[tuple[str, ...], Region]]:
        """Yield the cycles of just this length from their first party."""
        meet = self._algebra.meet
        path, visited = [start], {start}
        back.is_longer = False
        stack = [iter(self._onward[start])]
        regions: list[Region] = []
        while stack:
            step = next(stack[-1], None)
            if step is None:
                stack.pop()
                visited.discard(path.pop())
                if regions:
                    regions.pop()
                continue
            self.steps -= 1
            party, where = step
            if party in visited and party != start:
                continue
            met = meet(regions[-1], where) if regions else where
            if party == start:
                if len(path) == length:
                    yield tuple(path), met
                continue
            in_time = meet(met, back.within(party, length - len(path)))
            if not back.is_longer:
                back.is_longer = meet(met, back.within(party, len(self._onward))) != in_time
            if in_time:
                path.append(party)
                visited.add(party)
                regions.append(in_time)
                stack.append(iter(self._onward[party]))


class _WayBack:
    """Where each party gets back to a start, in how few hops, by parties after it by name.

    Parameters
    ----------
    into : Mapping of str to sequence of (str, Region)
        By downstream: its upstreams.
    """

    def __init__(
        self, algebra: Regions, into: Mapping[str, list[tuple[str, Region]]], start: str
    ) -> None:
        self._algebra = algebra
        self._into = into
        self._start = start
        self._reached: dict[str, list[tuple[int, Region]]] = defaultdict(list)
        self._frontier = {party: where for party, where in into[start] if party > start}
        self._hops = 1
        self._note()
        self.is_longer = False
        """Some walk was left because it could not get back in time."""

    @property
    def is_whole(self) -> bool:
        """Whether more hops would reach nothing more."""
        return not self._frontier

    def within(self, party: str, hops: int) -> Region:
        """Give the points at which a party gets back within so many hops."""
        entries = self._reached.get(party, ())
        return next((region for count, region in reversed(entries) if count <= hops), EMPTY)

    def reach(self, hops: int) -> None:
        """Look so many hops back."""
        algebra = self._algebra
        while self._hops < hops and self._frontier:
            following: dict[str, Region] = {}
            for party, region in self._frontier.items():
                for upstream, where in self._into[party]:
                    if upstream <= self._start:
                        continue
                    known = self._reached.get(upstream)
                    fresh = algebra.meet(region, where)
                    fresh = algebra.less(fresh, known[-1][1]) if known else fresh
                    if fresh:
                        following[upstream] = algebra.join(following.get(upstream, EMPTY), fresh)
            self._hops += 1
            self._frontier = following
            self._note()

    def _note(self) -> None:
        for party, region in self._frontier.items():
            entries = self._reached[party]
            whole = self._algebra.join(entries[-1][1], region) if entries else region
            entries.append((self._hops, whole))
