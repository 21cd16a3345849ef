"""Allocations looked up by digits, and the segments of a contract that are held against them."""

from collections.abc import Iterable, Iterator

from tracer.model.evidence import Allocation, Contract
from tracer.rules.classes import code_of
from tracer.rules.lookup import BySegment, pieces_of

__all__ = ["Allocations", "coded_pieces"]


class Allocations:
    """Some allocations, of whatever days.

    Parameters
    ----------
    records : iterable of Allocation
        In any order.
    """

    def __init__(self, records: Iterable[Allocation]) -> None:
        self._records = BySegment((record.segment.prefix, record) for record in records)
        self._covering: dict[str, list[Allocation]] = {}

    def covering(self, digits: str) -> list[Allocation]:
        """Give those that cover a number, or every number of a segment."""
        if digits not in self._covering:  # many contracts name the same few
            self._covering[digits] = [each for _, each in self._records.covering(digits)]
        return self._covering[digits]

    def overlapping(self, segment: str) -> list[Allocation]:
        """Give those that cover some number of a segment."""
        return [allocation for _, allocation in self._records.overlapping(segment)]

    def by_segment(self) -> Iterator[tuple[str, list[Allocation]]]:
        """Give those of the very same segment together, in order of the segments."""
        return self._records.groups()


def coded_pieces(contract: Contract, number: str) -> list[str]:
    """Give the segments of a contract that are no shorter than a code, cut to a scope; sorted.

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
    >>> coded_pieces(Contract(ref, "HT", "A", "B", segments, ALL_DAYS), "1069000102")
    ['1069000102']
    >>> coded_pieces(Contract(ref, "HT", "A", "B", segments, ALL_DAYS), "1069")
    ['1069', '10690001', '1069000102']
    """
    return pieces_of(contract, number, len(code_of(number)))
