"""Records looked up by the digits of their segments: thousands of contracts, few that overlap."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Generic, TypeVar

from tracer.model.evidence import Contract

__all__ = ["BySegment", "pieces_of"]

T = TypeVar("T")


class BySegment(Generic[T]):
    """Records by segment.

    Parameters
    ----------
    entries : iterable of (str, record)
        A record stands once for every segment of it.

    Examples
    --------
    >>> by_segment = BySegment([("10690001", "a"), ("1069000102", "b"), ("10690002", "c")])
    >>> by_segment.covering("1069000101"), by_segment.under("10690001")
    ([('10690001', 'a')], [('1069000102', 'b')])
    """

    def __init__(self, entries: Iterable[tuple[str, T]] = ()) -> None:
        self._by_prefix: dict[str, list[tuple[str, T]]] = defaultdict(list)
        for entry in entries:
            self._by_prefix[entry[0]].append(entry)

    @cached_property
    def _prefixes(self) -> list[str]:
        return sorted(self._by_prefix)

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(prefix) for prefix in self._by_prefix})

    def covering(self, segment: str) -> list[tuple[str, T]]:
        """Give those that hold all of a segment: of the same digits, or fewer."""
        found: list[tuple[str, T]] = []
        for length in self._lengths:
            if length > len(segment):
                break
            found += self._by_prefix.get(segment[:length], ())
        return found

    def under(self, segment: str) -> list[tuple[str, T]]:
        """Give those that hold only part of a segment: of more digits."""
        found: list[tuple[str, T]] = []
        if not self._lengths or self._lengths[-1] <= len(segment):
            return found
        place = bisect_left(self._prefixes, segment)
        while place < len(self._prefixes) and self._prefixes[place].startswith(segment):
            if self._prefixes[place] != segment:
                found.extend(self._by_prefix[self._prefixes[place]])
            place += 1
        return found

    def overlapping(self, segment: str) -> list[tuple[str, T]]:
        """Give those that hold some number of a segment."""
        return [*self.covering(segment), *self.under(segment)]

    def groups(self) -> Iterator[tuple[str, list[T]]]:
        """Give those of the very same segment together, in order of the segments."""
        for prefix in self._prefixes:
            yield prefix, [record for _, record in self._by_prefix[prefix]]


def pieces_of(contract: Contract, number: str, least: int = 0) -> list[str]:
    """Give the segments of a contract, cut to the numbers that begin with some digits; sorted.

    Parameters
    ----------
    number : str
        Digits the scope begins with.
    least : int
        Segments of fewer digits are left out.
    """
    if len(contract.segments) == 1:  # as mostly
        prefix = contract.segments[0].prefix
        if len(prefix) >= least and prefix.startswith(number):
            return [prefix]
    prefixes = [s.prefix for s in contract.segments if len(s.prefix) >= least]
    found = {p if p.startswith(number) else number for p in prefixes if _is_overlap(p, number)}
    return sorted(found)


def _is_overlap(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
