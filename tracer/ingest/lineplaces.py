"""Where the lines of a text lie: counted in one pass, found again when one is asked for."""

from bisect import bisect_left
from typing import Final

__all__ = ["LinePlaces"]

_SLICE: Final = 1 << 16
_LINE_FEED: Final = 10


class LinePlaces:
    r"""Finds lines by number without remembering where each of them ends.

    Parameters
    ----------
    text : bytes or bytearray
        Whole lines, each with a line feed at its end.

    Examples
    --------
    >>> places = LinePlaces(b"ab\n\ncde\n")
    >>> len(places), places.span(0), places.span(2)
    (3, (0, 2), (4, 7))
    """

    def __init__(self, text: bytes | bytearray) -> None:
        import numpy as np

        self._bytes = np.frombuffer(text, dtype=np.uint8)
        self._counts: list[int] = []
        self._looked_at: tuple[int, list[int]] = (-1, [])
        count = 0
        for start in range(0, len(text), _SLICE):
            piece = self._bytes[start : start + _SLICE]
            count += int(np.count_nonzero(piece == _LINE_FEED))
            self._counts.append(count)

    def __len__(self) -> int:
        return self._counts[-1] if self._counts else 0

    def span(self, line: int) -> tuple[int, int]:
        """Give where a line begins and where its line feed is; lines count from 0."""
        return self._end(line - 1) + 1 if line else 0, self._end(line)

    def _end(self, line: int) -> int:
        number = bisect_left(self._counts, line + 1)
        before = self._counts[number - 1] if number else 0
        return self._ends(number)[line - before]

    def _ends(self, number: int) -> list[int]:
        """Give where the lines of a slice end; neighbours are asked for one after the other."""
        import numpy as np

        if self._looked_at[0] != number:
            start = number * _SLICE
            ends = np.flatnonzero(self._bytes[start : start + _SLICE] == _LINE_FEED) + start
            self._looked_at = number, ends.tolist()
        return self._looked_at[1]
