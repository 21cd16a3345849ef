"""Numbers in place of texts, for whole columns."""

from typing import TYPE_CHECKING, Any

from tracer.model.columns import Arrow, Coded, Column, Same, Vocabulary, each_value

if TYPE_CHECKING:
    import numpy as np

__all__ = ["NumberBook"]

_UNKNOWN = -1


class NumberBook:
    """The numbers of the texts of a column, as far as they are known.

    Parameters
    ----------
    words : Vocabulary
        The texts that columns refer to, None among them; it may grow.
    """

    def __init__(self, words: Vocabulary | None = None) -> None:
        self._words = words if words is not None else Vocabulary()
        self._known: dict[str, int] = {}
        self._found: np.ndarray[Any, Any] | None = None
        self._fresh: list[int] = []

    def missing(self, column: Column) -> list[tuple[int, str]]:
        """Give the texts of a column whose number is not known, each with the row it comes first.

        Examples
        --------
        >>> NumberBook().missing(["甲", None, "乙", "甲"])
        [(0, '甲'), (2, '乙')]
        """
        if isinstance(column, Same):
            return [] if column.value is None else [(0, column.value)]
        if not isinstance(column, Coded):
            firsts: dict[str, int] = {}
            for row, text in enumerate(each_value(column, 0)):
                if text is not None:
                    firsts.setdefault(text, row)
            return [(row, text) for text, row in firsts.items()]
        import numpy as np

        found = self._grown()
        codes = np.frombuffer(column.codes, dtype="i")
        rows = np.full(len(found), _UNKNOWN, dtype=np.int64)
        rows[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)  # the first row is written last
        self._fresh = np.flatnonzero((rows != _UNKNOWN) & (found == _UNKNOWN)).tolist()
        named = zip(rows[self._fresh].tolist(), self._fresh, strict=True)
        words = self._words
        return [(row, words[code]) for row, code in named if words[code] is not None]

    def _grown(self) -> "np.ndarray[Any, Any]":
        """Give what is known of every word there is by now."""
        import numpy as np

        before = 0 if self._found is None else len(self._found)
        grown = np.full(len(self._words), _UNKNOWN, dtype=np.int64)
        if self._found is not None:
            grown[:before] = self._found
        self._found = grown
        return grown

    def add(self, numbers: dict[str, int]) -> None:
        """Take note of the numbers of the texts that were missing."""
        self._known = numbers
        if self._found is not None:
            for code in self._fresh:
                if self._words[code] is not None:
                    self._found[code] = numbers[self._words[code]]

    def numbers(self, column: Column) -> Column:
        """Put the numbers in place of the texts of a column."""
        if isinstance(column, Same):
            return column if column.value is None else Same(self._known[column.value])
        if not isinstance(column, Coded):
            return [None if text is None else self._known[text] for text in each_value(column, 0)]
        import numpy as np
        import pyarrow as pa

        assert self._found is not None
        found = self._found[np.frombuffer(column.codes, dtype="i")]
        return Arrow(pa.array(found, mask=found == _UNKNOWN))
