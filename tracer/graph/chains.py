"""The chain list: walks from a root that repeat no party and cannot be continued, lazily."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from tracer.graph.reach import HopRegions, Reach
from tracer.graph.regions import EMPTY, Region, Regions
from tracer.graph.result import Chain
from tracer.graph.scope import Scope
from tracer.graph.traffic import HopTraffic, Pair
from tracer.model.party import Party

__all__ = ["STEP_BUDGET", "Walk", "exceeds", "fingerprint", "list_chains"]

STEP_BUDGET = 5_000_000
"""Ways onward that may be looked at, and parties that may be listed, before the list is cut."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A party sequence that is a chain at some points.

    Parameters
    ----------
    parties : tuple of str
        Two or more.
    where : Region
        The points at which it ends there: its last party has no hop onward, or all of its
        onward hops lead back into the walk.
    terminal, cycle : bool
        The former happens; the latter.
    continued : bool
        Elsewhere it goes on, so that it is a proper prefix of another chain.
    """

    parties: tuple[str, ...]
    where: Region
    terminal: bool
    cycle: bool
    continued: bool


class _Walker:
    """Walks down from roots, in lexicographic order of the parties, within a budget of steps."""

    def __init__(self, algebra: Regions, hops: HopRegions, budget: int) -> None:
        self._algebra = algebra
        self._onward = hops.onward
        self._any_onward: dict[str, Region] = {}
        self.budget = budget

    def walk(self, roots: Mapping[str, Region]) -> Iterator[Walk]:
        """Yield every chain; `budget` is below zero when it ran out and some may be missing.

        A walk is only ever extended where all of its hops hold together, and every such walk is
        the beginning of some chain: no step is wasted, however many there are.
        """
        algebra = self._algebra
        for root in sorted(roots):
            path, visited = [root], {root}
            stack = [iter(self._ways(path, visited, roots[root]))]
            while stack:
                step = next(stack[-1], None)
                if step is None:
                    stack.pop()
                    visited.discard(path.pop())
                    continue
                party, region = step
                path.append(party)
                visited.add(party)
                ways = self._ways(path, visited, region)
                if self.budget < 0:
                    return
                stack.append(iter(ways))
                ends = self._ends(party, visited, region) if ways else region
                if ends:
                    back = algebra.meet(ends, self._onward_of(party))
                    terminal = not back or bool(algebra.less(ends, back))
                    self.budget -= len(path)
                    yield Walk(tuple(path), ends, terminal, bool(back), bool(ways))

    def _ways(self, path: list[str], visited: set[str], region: Region) -> list[tuple[str, Region]]:
        """Give the ways a walk goes on, and where it does."""
        onward = self._onward.get(path[-1], ())
        self.budget -= len(onward)
        meet = self._algebra.meet
        return [
            (downstream, both)
            for downstream, where in onward
            if downstream not in visited and (both := meet(region, where))
        ]

    def _ends(self, party: str, visited: set[str], region: Region) -> Region:
        """Give the points at which a walk does not go on."""
        onward = self._onward[party]
        if visited.isdisjoint(downstream for downstream, _ in onward):
            return self._algebra.less(region, self._onward_of(party))
        free = (where for downstream, where in onward if downstream not in visited)
        return self._algebra.less(region, self._algebra.cover(free))

    def _onward_of(self, party: str) -> Region:
        """Give the points at which a party has any hop onward."""
        if party not in self._any_onward:
            ways = self._onward.get(party, ())
            self._any_onward[party] = self._algebra.cover(where for _, where in ways)
        return self._any_onward[party]


def list_chains(
    scope: Scope,
    hops: HopRegions,
    reach: Reach,
    traffic: Mapping[Pair, HopTraffic],
    parties: Mapping[str, Party],
    max_chains: int,
    *,
    budget: int = STEP_BUDGET,
) -> tuple[tuple[Chain, ...], bool]:
    """List the chains of a trace, at most so many.

    Parameters
    ----------
    scope, hops, reach
        Of the trace.
    traffic : Mapping of Pair to HopTraffic
        By hop, its messages in the scope.
    parties : Mapping of str to Party
        For the fingerprints.
    max_chains : int
        How many to list.
    budget : int
        Steps after which the list is cut whatever `max_chains` says: what it takes in memory and
        time is bounded by it, not by the number of chains there are.

    Returns
    -------
    chains : tuple of Chain
    truncated : bool
        There are, or may be, more.
    """
    algebra = scope.regions
    walker = _Walker(algebra, hops, budget)
    chains: list[Chain] = []
    for walk in walker.walk(_roots(algebra, reach)):
        if len(chains) == max_chains:
            return tuple(chains), True
        root = walk.parties[0]
        starts = [kind for kind in sorted(reach.starts) if root in reach.starts[kind]]
        if len(starts) > 1:
            starts = [k for k in starts if algebra.meet(reach.starts[k][root], walk.where)]
        days = algebra.days(walk.where)
        period = scope.axis.period(days)
        last_hop = traffic.get((walk.parties[-2], walk.parties[-1]), {})
        chains.append(
            Chain(
                parties=walk.parties,
                starts=tuple(starts),
                ends=(("cycle",) if walk.cycle else ()) + (("terminal",) if walk.terminal else ()),
                messages=sum(
                    here.messages
                    for point, here in last_hop.items()
                    if here.messages and scope.has(walk.where, *point)
                ),
                maximal=not walk.continued,
                first_day=period.first,
                last_day=period.last,
                fingerprint=fingerprint(walk.parties, parties),
                unbroken=scope.axis.is_unbroken(days),
            )
        )
    return tuple(chains), walker.budget < 0


def exceeds(scope: Scope, hops: HopRegions, reach: Reach, max_chains: int) -> bool:
    """Tell whether `list_chains` would be cut, without listing."""
    roots = _roots(scope.regions, reach)
    most = _most_walks(hops, roots)
    if most is not None and most <= max_chains and 2 * most * most <= STEP_BUDGET:
        return False
    walker = _Walker(scope.regions, hops, STEP_BUDGET)
    found = sum(1 for _ in islice(walker.walk(roots), max_chains + 1))
    return found > max_chains or walker.budget < 0


def _most_walks(hops: HopRegions, roots: Iterable[str]) -> int | None:
    """Count the walks from the roots as if all hops held everywhere; None where they go round."""
    waiting: dict[str, int] = defaultdict(int)
    for ways in hops.onward.values():
        for downstream, _ in ways:
            waiting[downstream] += 1
    leading: dict[str, int] = defaultdict(int)  # walks from a root that end at the party
    agenda = [party for party in hops.onward if party not in waiting]
    start = frozenset(roots)
    passed = walks = 0
    while agenda:
        party = agenda.pop()
        for downstream, _ in hops.onward.get(party, ()):
            passed += 1
            come = leading[party] + (party in start)
            leading[downstream] += come
            walks += come
            waiting[downstream] -= 1
            if not waiting[downstream]:
                agenda.append(downstream)
    return walks if passed == sum(len(ways) for ways in hops.onward.values()) else None


def _roots(algebra: Regions, reach: Reach) -> dict[str, Region]:
    roots: dict[str, Region] = {}
    for parties in reach.starts.values():
        for party, region in parties.items():
            roots[party] = algebra.join(roots.get(party, EMPTY), region)
    return roots


def fingerprint(chain: tuple[str, ...], parties: Mapping[str, Party]) -> str:
    """Hash a chain's party identifiers: USCC where known, else canonical name, joined by `,`.

    Examples
    --------
    >>> fingerprint(("1101172974420810001", "1101172974420830004"), {})[:16]
    'c0c951afca257c5b'
    """
    identifiers = (parties[name].identifier if name in parties else name for name in chain)
    return hashlib.sha256(",".join(identifiers).encode()).hexdigest()
