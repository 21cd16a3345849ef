"""Allocations looked up by digits, and the segments of a contract that are held against them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

from tracer.model.evidence import Allocation, Contract
from tracer.rules.classes import code_of

__all__ = ["Allocations", "pieces_of"]


class Allocations:
    """Some allocations, of whatever days.

    Parameters
    ----------
    records : iterable of Allocation
        In any order.
    """

    def __init__(self, records: Iterable[Allocation]) -> None:
        self._by_prefix: dict[str, list[Allocation]] = defaultdict(list)
        for record in records:
            self._by_prefix[record.segment.prefix].append(record)
        self._prefixes = sorted(self._by_prefix)
        self._lengths = sorted({len(prefix) for prefix in self._prefixes})

    def covering(self, digits: str) -> list[Allocation]:
        """Give those that cover a number, or every number of a segment."""
        found = self._by_prefix
        lengths = (length for length in self._lengths if length <= len(digits))
        return [a for length in lengths for a in found.get(digits[:length], ())]

    def overlapping(self, segment: str) -> list[Allocation]:
        """Give those that cover some number of a segment."""
        found = self.covering(segment)
        place = bisect_left(self._prefixes, segment)
        while place < len(self._prefixes) and self._prefixes[place].startswith(segment):
            if self._prefixes[place] != segment:
                found.extend(self._by_prefix[self._prefixes[place]])
            place += 1
        return found

    def by_segment(self) -> Iterator[tuple[str, list[Allocation]]]:
        """Give those of the very same segment together, in order of the segments."""
        return ((prefix, self._by_prefix[prefix]) for prefix in self._prefixes)


def pieces_of(contract: Contract, number: str) -> list[str]:
    """Give the segments of a contract, cut to the numbers that begin with some digits.

    A segment shorter than an allocated code is left out where the scope is a code or part of one:
    it is shorthand for codes the contract does not tell (`1069`), and says of none that it is let.

    Parameters
    ----------
    number : str
        Digits the scope begins with.

    Examples
    --------
    >>> from tracer.model.period import ALL_DAYS
    >>> from tracer.model.segment import Segment
    >>> from tracer.model.source import RecordRef
    >>> ref = RecordRef("contracts", "ab" * 32, "contracts.csv", 0, None, 2, 2)
    >>> segments = tuple(map(Segment, ("1069", "10690001", "1069000102")))
    >>> pieces_of(Contract(ref, "HT", "A", "B", segments, ALL_DAYS), "1069000102")
    ['1069000102']
    >>> pieces_of(Contract(ref, "HT", "A", "B", segments, ALL_DAYS), "1069")
    ['1069', '10690001', '1069000102']
    """
    least = len(code_of(number))
    found = {
        max(segment.prefix, number, key=len)
        for segment in contract.segments
        if len(segment.prefix) >= least and segment.overlaps(number)
    }
    return sorted(found)
