"""The chain list: walks from a root that repeat no party and cannot be continued, lazily."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracer.graph.cells import Situations
from tracer.graph.reach import HopMasks, Reach
from tracer.graph.result import Chain
from tracer.graph.traffic import Pair
from tracer.model.party import Party

__all__ = ["Walk", "fingerprint", "list_chains", "walk_chains"]


@dataclass(frozen=True, slots=True)
class Walk:
    """A party sequence that is a chain in some situations.

    Parameters
    ----------
    parties : tuple of str
        Two or more.
    terminal, cycle : int
        The situations in which it ends there because its last party has no hop onward, or
        because all of its onward hops lead back into the walk.
    continued : bool
        Elsewhere it goes on, so that it is a proper prefix of another chain.
    """

    parties: tuple[str, ...]
    terminal: int
    cycle: int
    continued: bool


def walk_chains(masks: HopMasks, roots: Mapping[str, int]) -> Iterator[Walk]:
    """Yield every chain, in lexicographic order of its parties.

    A walk is only ever extended into situations in which all of its hops hold together, and
    every such walk is the beginning of some chain: no step is wasted, however many there are.

    Parameters
    ----------
    masks : HopMasks
        Hops and where they hold.
    roots : Mapping of str to int
        By party, the situations in which chains start there.
    """
    any_onward = {
        party: _union(mask for _, mask in onward) for party, onward in masks.onward.items()
    }
    for root in sorted(roots):
        path = [root]
        stack = [_branches(masks, path, roots[root])[0]]
        while stack:
            step = next(stack[-1], None)
            if step is None:
                stack.pop()
                path.pop()
                continue
            party, mask = step
            path.append(party)
            branches, continued = _branches(masks, path, mask)
            stack.append(branches)
            if ends := mask & ~continued:
                back = any_onward.get(party, 0)
                yield Walk(tuple(path), ends & ~back, ends & back, bool(continued))


def _branches(masks: HopMasks, path: list[str], mask: int) -> tuple[Iterator[tuple[str, int]], int]:
    """Give the ways a walk goes on, and the situations in which it goes on at all."""
    visited = set(path)
    ways = [
        (downstream, both)
        for downstream, where in masks.onward.get(path[-1], ())
        if downstream not in visited and (both := mask & where)
    ]
    return iter(ways), _union(both for _, both in ways)


def list_chains(
    situations: Situations,
    masks: HopMasks,
    reach: Reach,
    messages: Mapping[Pair, Mapping[int, int]],
    parties: Mapping[str, Party],
    max_chains: int,
) -> tuple[tuple[Chain, ...], bool]:
    """List the chains of a trace, at most so many.

    Parameters
    ----------
    situations, masks, reach
        Of the scope.
    messages : Mapping
        By hop, by position of the situation, its messages there.
    parties : Mapping of str to Party
        For the fingerprints.
    max_chains : int
        How many to list.

    Returns
    -------
    chains : tuple of Chain
    truncated : bool
        There are more.
    """
    roots = {p: reach.root_mask(p) for kind in reach.starts.values() for p in kind}
    chains: list[Chain] = []
    for walk in walk_chains(masks, roots):
        if len(chains) == max_chains:
            return tuple(chains), True
        where = walk.terminal | walk.cycle
        first, last = situations.open_ended(where)
        last_hop = messages.get((walk.parties[-2], walk.parties[-1]), {})
        chains.append(
            Chain(
                parties=walk.parties,
                starts=tuple(
                    kind
                    for kind in sorted(reach.starts)
                    if reach.starts[kind].get(walk.parties[0], 0) & where
                ),
                ends=(("cycle",) if walk.cycle else ()) + (("terminal",) if walk.terminal else ()),
                messages=sum(count for i, count in last_hop.items() if where >> i & 1),
                maximal=not walk.continued,
                first_day=first,
                last_day=last,
                fingerprint=fingerprint(walk.parties, parties),
                unbroken=situations.is_unbroken(where),
            )
        )
    return tuple(chains), False


def fingerprint(chain: tuple[str, ...], parties: Mapping[str, Party]) -> str:
    """Hash a chain's party identifiers: USCC where known, else canonical name, joined by `,`.

    Examples
    --------
    >>> fingerprint(("1101172974420810001", "1101172974420830004"), {})[:16]
    'c0c951afca257c5b'
    """
    identifiers = (parties[name].identifier if name in parties else name for name in chain)
    return hashlib.sha256(",".join(identifiers).encode()).hexdigest()


def _union(masks: Iterator[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union
