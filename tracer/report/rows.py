"""Rows of a picture: which party stands in which, and in what order hops are told."""

from collections import deque
from collections.abc import Callable, Mapping

from tracer.graph.result import Trace

__all__ = ["HopOrder", "depths_of", "hop_order", "starts_of"]

HopOrder = Callable[[str, str], tuple[bool, int, int, str, str]]
"""Sort key of a hop by its ends."""


def starts_of(trace: Trace) -> dict[str, frozenset[str]]:
    """How chains start at each root; also told by the chains where roots are not listed."""
    starts: dict[str, set[str]] = {name: set(kinds) for name, kinds in trace.roots.items()}
    for chain in trace.chains:
        starts.setdefault(chain.parties[0], set()).update(chain.starts)
    for gap in trace.gaps:
        starts.setdefault(gap.party, set()).add("gap")
    return {name: frozenset(kinds) for name, kinds in starts.items()}


def depths_of(trace: Trace) -> dict[str, int]:
    """Row of every party: its layer, or for those without, steps below the root it hangs from."""
    depths = {node.name: node.layer for node in trace.parties if node.layer is not None}
    top = 1 if depths else 0
    onward: dict[str, list[str]] = {}
    for hop in trace.hops:
        onward.setdefault(hop.upstream, []).append(hop.downstream)
    rest = sorted(node.name for node in trace.parties if node.layer is None)
    reached = {name for hop in trace.hops for name in (hop.downstream,)}
    roots = starts_of(trace)
    queue = deque(name for name in rest if name in roots or name not in reached)
    found = dict.fromkeys(queue, top)
    while True:
        while queue:
            name = queue.popleft()
            for below in onward.get(name, ()):
                if below not in depths and below not in found:
                    found[below] = found[name] + 1
                    queue.append(below)
        # what only layered parties or a cycle lead to still wants a row
        left = next((name for name in rest if name not in found), None)
        if left is None:
            return depths | found
        found[left] = top
        queue.append(left)


def hop_order(trace: Trace, depths: Mapping[str, int]) -> HopOrder:
    """Give the key that sorts hops down the layers, those below a gap after the others.

    Parameters
    ----------
    trace : Trace
        Says which parties have a layer.
    depths : Mapping
        Row of every party.
    """
    unlayered = {node.name for node in trace.parties if node.layer is None}

    def key(upstream: str, downstream: str) -> tuple[bool, int, int, str, str]:
        below = depths.get(upstream, 0), depths.get(downstream, 0)
        return (upstream in unlayered, *below, upstream, downstream)

    return key
