"""The chains of a trace as a tree of prefixes.

Never from the hops: two hops that follow one another on paper but never at one point are no
chain, and a tree made of hops would draw them as one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tracer.graph.result import Chain, Hop, Trace

__all__ = ["Branch", "grow"]

_ROOT_ORDER = ("holder", "gap", "unallocated")


@dataclass(eq=False)
class Branch:
    """One party at one place of the tree; the way down to it is a beginning of a chain.

    Parameters
    ----------
    party : str
        Canonical name.
    above : Branch or None
        None for a root.
    chain : Chain or None
        The chain that ends here, if one does.
    back : tuple of str
        Where a chain that ends here in a cycle goes back to: parties above.
    below : list of Branch
        Sorted by name.
    same_as : Branch or None
        Drawn earlier, with all the same below it: this one refers to it.
    number : int
        What others refer to it by; 0 when none does.
    """

    party: str
    above: "Branch | None" = None
    chain: Chain | None = None
    back: tuple[str, ...] = ()
    below: list["Branch"] = field(default_factory=list)
    same_as: "Branch | None" = None
    number: int = 0

    @property
    def is_last(self) -> bool:
        """Whether nothing is drawn beside it further down."""
        return self.above is None or self.above.below[-1] is self


def grow(trace: Trace) -> tuple[Branch, ...]:
    """Make the tree of a trace's chains.

    Roots come holders first, then gaps, then unallocated ones; a holder, or any root, without a
    chain is a root with nothing below it. Where all that follows a party is equal to what was
    drawn before, it is referred to.

    Parameters
    ----------
    trace : Trace
        Its chains, roots and hops.

    Returns
    -------
    tuple of Branch
        The roots.
    """
    made: list[Branch] = []
    roots: dict[str, Branch] = {}
    for chain in sorted(trace.chains, key=lambda each: each.parties):
        _add(chain, roots, made)
    for traced in trace.parties:
        if (traced.layer == 0 or traced.name in trace.roots) and traced.name not in roots:
            roots[traced.name] = Branch(traced.name)
    _find_cycles(made, trace.hops)
    ordered = sorted(roots.values(), key=lambda root: (_rank(trace, root.party), root.party))
    _refer(ordered, made)
    return tuple(ordered)


def _rank(trace: Trace, party: str) -> int:
    starts = trace.roots.get(party, ())
    return min((_ROOT_ORDER.index(start) for start in starts), default=0)


def _add(chain: Chain, roots: dict[str, Branch], made: list[Branch]) -> None:
    """Add one chain; the list being sorted, it can only grow the last branch of each level."""
    first = chain.parties[0]
    if first not in roots:
        roots[first] = Branch(first)
        made.append(roots[first])
    at = roots[first]
    for party in chain.parties[1:]:
        if not at.below or at.below[-1].party != party:
            at.below.append(Branch(party, at))
            made.append(at.below[-1])
        at = at.below[-1]
    at.chain = chain


def _find_cycles(made: Sequence[Branch], hops: Sequence[Hop]) -> None:
    onward: dict[str, list[Hop]] = {}
    for hop in hops:
        onward.setdefault(hop.upstream, []).append(hop)
    for branch in made:
        if branch.chain is not None and "cycle" in branch.chain.ends:
            passed = set(branch.chain.parties)
            branch.back = tuple(
                hop.downstream
                for hop in onward.get(branch.party, ())
                if hop.downstream in passed and _meet(hop, branch.chain)
            )


def _meet(hop: Hop, chain: Chain) -> bool:
    """Tell whether hop and chain share a day."""
    starts_late = hop.first_day and chain.last_day and chain.last_day < hop.first_day
    ends_early = hop.last_day and chain.first_day and hop.last_day < chain.first_day
    return not (starts_late or ends_early)


def _refer(roots: Sequence[Branch], made: Sequence[Branch]) -> None:
    """Find branches with equal trees below them; let later ones refer to the first."""
    shapes: dict[object, int] = {}
    shape_of: dict[int, int] = {}
    for branch in reversed(made):  # what is below was made later, so is met earlier
        ends = branch.chain.ends if branch.chain is not None else ()
        below = tuple(shape_of[id(each)] for each in branch.below)
        key = (branch.party, ends, branch.back, below)
        shape_of[id(branch)] = shapes.setdefault(key, len(shapes))
    drawn: dict[int, Branch] = {}
    count = 0
    ahead = list(reversed(roots))
    while ahead:  # as drawn: a branch, then all below it
        branch = ahead.pop()
        if not branch.below:
            continue
        first = drawn.setdefault(shape_of[id(branch)], branch)
        if first is not branch:
            branch.same_as = first
            if not first.number:
                first.number = -1
            continue
        ahead.extend(reversed(branch.below))
    ahead = list(reversed(roots))
    while ahead:
        branch = ahead.pop()
        if branch.number:
            count += 1
            branch.number = count
        if branch.same_as is None:
            ahead.extend(reversed(branch.below))
