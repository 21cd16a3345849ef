"""The chain list: walks from a root that repeat no party and cannot be continued, lazily."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from tracer.graph.reach import HopRegions, Reach
from tracer.graph.regions import EMPTY, Region, Regions
from tracer.graph.result import Chain
from tracer.graph.scope import Scope
from tracer.graph.traffic import HopTraffic, Pair
from tracer.model.party import Party

__all__ = ["STEP_BUDGET", "exceeds", "fingerprint", "list_chains"]

STEP_BUDGET = 5_000_000
"""Ways onward that may be looked at, and parties that may be listed, before the list is cut."""


MOST_STEPS_AROUND = 10_000
"""Steps of walks round cycles that are counted before all walks are walked instead."""


_Step = tuple[str, Region, bool, bool]
"""A walk on its way: all of its hops hold together, so it begins some chain.

Its last party; where all of its hops hold; whether there is a party it has not passed and a point
at which it goes on to it; whether its last party has a hop, at whatever point, back into it.
"""


class _Walker:
    """Walks down from roots, in lexicographic order of the parties, within a budget of steps.

    Attributes
    ----------
    path : list of str
        The parties of the walk that was yielded last.
    budget : int
        Below zero when it ran out and some walks may be missing.
    """

    def __init__(self, algebra: Regions, hops: HopRegions, reach: Reach, budget: int) -> None:
        self._algebra = algebra
        self._hops = hops
        self._reach = reach
        self._visited: set[str] = set()
        self.path: list[str] = []
        self.budget = budget

    def walk(self, roots: Mapping[str, Region]) -> Iterator[_Step]:
        """Yield every walk of one hop or more.

        A walk is only ever extended where all of its hops hold together, and every such walk is
        the beginning of some chain: no step is wasted, however many there are.
        """
        meet, path, visited = self._algebra.meet, self.path, self._visited
        onward_of = self._hops.onward
        agenda = [(root, roots[root], 0) for root in sorted(roots, reverse=True)]
        while agenda:
            party, region, passed = agenda.pop()
            while len(path) > passed:
                visited.discard(path.pop())
            path.append(party)
            visited.add(party)
            onward = onward_of.get(party, ())
            self.budget -= len(onward)
            ahead = len(agenda)
            turns_back = False
            for downstream, where in reversed(onward):  # the last that is added goes first
                if downstream in visited:
                    turns_back = True
                elif both := meet(region, where):
                    agenda.append((downstream, both, passed + 1))
            if passed:
                if self.budget < 0:
                    return
                yield party, region, len(agenda) > ahead, turns_back

    def ends(self, step: _Step) -> Region:
        """Give the points at which the walk of this step, just yielded, does not go on."""
        _, region, goes_on, _ = step
        return self._algebra.less(region, self._further(step)) if goes_on else region

    def kinds_of_end(self, step: _Step, ends: Region) -> tuple[str, ...]:
        """Tell how it ends there: at no hop onward, or at hops all of which lead back into it."""
        party, _, _, turns_back = step
        if not turns_back:
            return ("terminal",)
        back = self._algebra.meet(ends, self._reach.onward[party])
        if not back:
            return ("terminal",)
        return ("cycle", "terminal") if self._algebra.is_beyond(ends, back) else ("cycle",)

    def _further(self, step: _Step) -> Region:
        """Give the points at which the last party has a hop to one that was not passed."""
        party, _, _, turns_back = step
        if not turns_back:
            return self._reach.onward[party]
        ways = self._hops.onward[party]
        return self._algebra.cover([where for name, where in ways if name not in self._visited])


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
    algebra, axis = scope.regions, scope.axis
    walker = _Walker(algebra, hops, reach, budget)
    starts, identifiers = reach.kinds_of_root, _Identifiers(parties)
    chains: list[Chain] = []
    for step in walker.walk(_roots(algebra, reach)):
        ends = walker.ends(step)
        if not ends:
            continue
        walker.budget -= len(walker.path)
        if len(chains) == max_chains:
            return tuple(chains), True
        walked = tuple(walker.path)
        last_hop = traffic.get((walked[-2], walked[-1])) if traffic else None
        messages = _messages(scope, last_hop, ends) if last_hop else 0
        days = algebra.days(ends)
        kinds = starts[walked[0]]
        if len(kinds) > 1:
            kinds = _kinds_there(algebra, reach, walked[0], ends)
        first, last = axis.ends(days)
        ended = walker.kinds_of_end(step, ends)
        named = _hash(map(identifiers.__getitem__, walked))
        unbroken = axis.is_unbroken(days)
        _, _, goes_on, _ = step
        found = (walked, kinds, ended, messages, not goes_on, first, last, named, unbroken)
        chains.append(Chain._make(found))
    return tuple(chains), walker.budget < 0


def _messages(scope: Scope, last_hop: HopTraffic, ends: Region) -> int:
    """Add up the messages of a chain: those of its last hop, at the points at which it is one."""
    return sum(
        here.messages
        for point, here in last_hop.items()
        if here.messages and scope.has(ends, *point)
    )


def _kinds_there(algebra: Regions, reach: Reach, root: str, where: Region) -> tuple[str, ...]:
    """Tell how a chain starts at a root that is one in several ways, at some points."""
    kinds = reach.kinds_of_root[root]
    return tuple(kind for kind in kinds if algebra.meet(reach.starts[kind][root], where))


def exceeds(scope: Scope, hops: HopRegions, reach: Reach, max_chains: int) -> bool:
    """Tell whether `list_chains` would be cut, without listing."""
    if _least_chains(hops) > max_chains:
        return True
    roots = _roots(scope.regions, reach)
    most = _most_walks(hops, reach.around_cycles, roots)
    if most is not None and most <= max_chains and 3 * most * most <= STEP_BUDGET:
        return False
    return _walks_exceed(scope.regions, hops, reach, roots, max_chains)


def _walks_exceed(
    algebra: Regions,
    hops: HopRegions,
    reach: Reach,
    roots: Mapping[str, Region],
    max_chains: int,
) -> bool:
    """Tell whether `_Walker` would come to more chains, or to its budget: without their names."""
    onward_of, around, budget, found = hops.onward, reach.around_cycles, STEP_BUDGET, 0
    nowhere: frozenset[str] = frozenset()
    agenda = [(root, roots[root], 1, nowhere) for root in roots]
    while agenda:
        party, region, length, passed = agenda.pop()
        if party in around:  # no other can be met again
            passed |= {party}
        ways = every_way = onward_of.get(party, ())
        budget -= len(every_way)
        if passed:
            ways = tuple([way for way in every_way if way[0] not in passed])
        goes_on = False
        for downstream, both in algebra.meet_each(region, ways):
            goes_on = True
            if downstream in onward_of:
                agenda.append((downstream, both, length + 1, passed))
            else:  # the last of a chain
                found += 1
                budget -= length + 1
        if length > 1:
            further = EMPTY
            if goes_on:
                is_free = len(ways) == len(every_way)
                further = reach.onward[party] if is_free else algebra.cover([w for _, w in ways])
            if not goes_on or algebra.is_beyond(region, further):
                found += 1
                budget -= length
        if found > max_chains or budget < 0:
            return True
    return budget < 0


def _least_chains(hops: HopRegions) -> int:
    """Count the hops to parties that hand on to nobody: each is the last of some chain."""
    onward = hops.onward
    return sum(downstream not in onward for _, downstream in hops.hops)


def _most_walks(hops: HopRegions, around: Collection[str], roots: Collection[str]) -> int | None:
    """Count the walks from the roots that repeat no party, as if all hops held everywhere.

    Parameters
    ----------
    around : collection of str
        Parties on cycles, and on ways from one cycle to another: no way leads out and in again.

    Returns
    -------
    int or None
        None where too many ways lead round.
    """
    onward = hops.onward
    waiting = Counter(downstream for _, downstream in hops.hops)
    leading = Counter(dict.fromkeys(roots, 1))  # walks that end at the party, a root's own start
    agenda = [party for party in onward if party not in waiting]
    inside = sum(downstream in around for party in around for downstream, _ in onward[party])
    entering = sum(waiting[party] for party in around) - inside
    walks = 0
    while agenda or (around and not entering):
        if not agenda:  # all that leads to the cycles is counted
            entering = -1
            if (round_ := _walks_around(hops, around, leading)) is None:
                return None
            agenda += around
            walks += sum(round_.values())
            leading.update(round_)
        party = agenda.pop()
        is_around = party in around
        for downstream, _ in onward.get(party, ()):
            if downstream in around:
                if is_around:
                    continue
                entering -= 1
            leading[downstream] += leading[party]
            walks += leading[party]
            waiting[downstream] -= 1
            if not waiting[downstream] and downstream not in around:
                agenda.append(downstream)
    return walks


def _walks_around(
    hops: HopRegions, around: Collection[str], leading: Mapping[str, int]
) -> Counter[str] | None:
    """Count, by their last party, the walks on from some parties among themselves."""
    onward = {
        party: [downstream for downstream, _ in hops.onward[party] if downstream in around]
        for party in around
    }
    found: Counter[str] = Counter()
    steps = 0
    for first in around:
        if not leading[first]:
            continue
        path, ways = [first], [iter(onward[first])]
        while path:
            following = next(ways[-1], None)
            if following is None:
                path.pop()
                ways.pop()
            elif following not in path:
                steps += 1
                if steps > MOST_STEPS_AROUND:
                    return None
                found[following] += leading[first]
                path.append(following)
                ways.append(iter(onward[following]))
    return found


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
    identifiers = _Identifiers(parties)
    return _hash([identifiers[name] for name in chain])


def _hash(identifiers: Iterable[str]) -> str:
    return hashlib.sha256(",".join(identifiers).encode()).hexdigest()


class _Identifiers(dict[str, str]):
    """What fingerprints name parties by: the chains of a trace pass the same ones many times."""

    def __init__(self, parties: Mapping[str, Party]) -> None:
        self._parties = parties

    def __missing__(self, name: str) -> str:
        party = self._parties.get(name)
        return self.setdefault(name, name if party is None else party.identifier)
