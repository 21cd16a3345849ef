"""The numbers of a scope as a tree: segments under shorter segments, routed numbers at the leaves.

A node stands for the numbers under it that are under no longer node. Nodes are numbered so that
those under a node come right after it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tracer.model.segment import MAX_DIGITS

__all__ = ["NumberTree", "plant"]


@dataclass(frozen=True, slots=True)
class NumberTree:
    """Segments and routed numbers, each below the longest segment that covers it.

    Parameters
    ----------
    digits : sequence of str
        Of each node; 0 is the scope itself.
    parent : sequence of int
        Of each node, -1 for the scope.
    end : sequence of int
        Of each node, the last node under it, or itself.
    segments, routed : dict of str to int
        Nodes by their digits: segments, and exact numbers.
    hollow : tuple of int
        Segments of which every number is routed or under a longer segment, in order.
    """

    digits: Sequence[str]
    parent: Sequence[int]
    end: Sequence[int]
    segments: dict[str, int]
    routed: dict[str, int]
    hollow: tuple[int, ...]

    def find(self, number: str) -> int:
        """Give the node an exact number of the scope belongs to."""
        node = self.routed.get(number)
        return self.covering(number) if node is None else node

    def covering(self, digits: str) -> int:
        """Give the longest segment that covers these digits, which begin as the scope does."""
        while (node := self.segments.get(digits)) is None:
            digits = digits[:-1]
        return node

    def children(self, node: int) -> list[int]:
        """Give the nodes right below a node."""
        found = []
        below = node + 1
        while below <= self.end[node]:
            found.append(below)
            below = self.end[below] + 1
        return found

    def path(self, node: int) -> list[int]:
        """Give a node and those above it."""
        found = []
        while node >= 0:
            found.append(node)
            node = self.parent[node]
        return found


def plant(top: str, segments: Iterable[str], routed: Iterable[str]) -> NumberTree:
    """Make the tree of a scope.

    Parameters
    ----------
    top : str
        Digits the scope begins with.
    segments, routed : iterable of str
        Segments and exact numbers; all begin as the scope does.

    Examples
    --------
    >>> tree = plant("1069", ["106901", "10690"], ["106901"])
    >>> tree.digits, tree.parent
    (('1069', '10690', '106901', '106901'), (-1, 0, 1, 2))
    """
    is_exact = {(digits, False) for digits in segments} | {(number, True) for number in routed}
    keys = sorted(is_exact | {(top, False)})
    parent: list[int] = []
    end = list(range(len(keys)))
    above: list[int] = []
    for node, (digits, exact) in enumerate(keys):
        while above and not digits.startswith(keys[above[-1]][0]):
            end[above.pop()] = node - 1
        parent.append(above[-1] if above else -1)
        if not exact:
            above.append(node)
    for node in above:
        end[node] = len(keys) - 1
    by_segment = {digits: node for node, (digits, exact) in enumerate(keys) if not exact}
    by_number = {digits: node for node, (digits, exact) in enumerate(keys) if exact}
    return NumberTree(
        tuple(digits for digits, _ in keys),
        tuple(parent),
        tuple(end),
        by_segment,
        by_number,
        tuple(
            node for digits, node in by_segment.items() if _is_hollow(digits, by_segment, by_number)
        ),
    )


def _is_hollow(digits: str, segments: Collection[str], routed: Collection[str]) -> bool:
    """Tell whether no number of a segment is free: neither routed nor under a longer segment."""
    if digits not in routed:
        return False
    return len(digits) == MAX_DIGITS or all(
        longer in segments or _is_hollow(longer, segments, routed)
        for longer in (digits + digit for digit in "0123456789")
    )
