"""Which parties are worth comparing: those that share something, never each with each.

Every party gives some keys; those under one key are a block. A block of many says little of any
two of them and would be compared at length: it is left out and counted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from tracer.identity.names import FoldedName, look_alike
from tracer.identity.portraits import Portrait

__all__ = ["Block", "block_up"]

MOST_IN_BLOCK: Final = 40
_SHORTEST_LIKE: Final = 3
"""Trade names of fewer characters are told apart by each of them."""


@dataclass(slots=True)
class Block:
    """Parties under one key, by their places, each once."""

    kind: str
    key: str
    places: list[int] = field(default_factory=list)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Give each two of them."""
        return combinations(self.places, 2)


def block_up(portraits: Sequence[Portrait]) -> tuple[list[Block], list[Block]]:
    """Put parties together that share a key.

    Returns
    -------
    tuple
        Blocks of two and more to compare, and those too large for it; by kind and key.
    """
    slips = {
        each
        for portrait in portraits
        for code in portrait.codes - portrait.valid
        for each in _without_one(code)
    }
    places: dict[tuple[str, str], list[int]] = {}
    for place, portrait in enumerate(portraits):
        for key in dict.fromkeys(_keys(portrait, slips)):
            places.setdefault(key, []).append(place)
    held = ((key, found) for key, found in places.items() if len(found) > 1)
    shared = [Block(*key, found) for key, found in sorted(held)]
    small = [block for block in shared if len(block.places) <= MOST_IN_BLOCK]
    large = [block for block in shared if len(block.places) > MOST_IN_BLOCK]
    return small, large


def _keys(portrait: Portrait, slips: set[str]) -> Iterator[tuple[str, str]]:
    """Give the keys of a party; `slips` are what the codes that cannot be right may be."""
    stated: tuple[tuple[str, Iterable[str]], ...] = (
        ("uscc", portrait.codes),
        ("former", portrait.folded | portrait.former),
        ("phone", portrait.phones),
        ("address", portrait.addresses),
        ("person", portrait.persons),
        ("account", portrait.accounts),
        ("name", portrait.looks),
    )
    for kind, keys in stated:
        for key in keys:
            yield kind, key
    if slips:
        for code in portrait.codes:
            for each in _without_one(code) & slips:
                yield "slip", each
    for name in portrait.names:
        yield "company", "|".join(("、".join(name.region), name.trade_name, name.trade))
        if not name.is_masked:
            yield from _name_keys(name)


def _name_keys(name: FoldedName) -> Iterator[tuple[str, str]]:
    trade_name = look_alike(name.trade_name)
    yield "trade", trade_name
    if len(trade_name) >= _SHORTEST_LIKE:  # only of one place and trade are they compared
        for each in _without_one(trade_name):
            for region in name.region:
                yield "like", f"{region}|{each}|{name.trade}"


def _without_one(text: str) -> set[str]:
    """Give a text, and all it becomes without one character: two that differ in one share some."""
    return {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}
