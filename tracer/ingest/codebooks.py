"""Codebooks: texts that say the same have the same key, and every text is read once.

Blocks bring the same texts again and again, so Polars looks them up (`TextMemory`); only a text
never met before costs a step in Python.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

    Ints = np.ndarray[Any, np.dtype[np.int32]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]

__all__ = ["Codebook", "TextMemory", "measured"]

Value = TypeVar("Value", bound=Hashable)


class Codebook(Generic[Value]):
    """Gives texts that say the same the same key.

    Parameters
    ----------
    read : callable
        Reads the texts of one row.
    first : int
        The first key.
    is_odd : callable
        Tells the values that want a second look.
    """

    def __init__(
        self, read: Callable[..., Value], first: int, is_odd: Callable[[Value], bool]
    ) -> None:
        import numpy as np

        self._read, self._is_odd = read, is_odd
        self._by_text: dict[tuple[str, ...], int] = {}
        self._by_value: dict[Value, int] = {}
        self.first = first
        self.values: list[Value] = []
        self._odd: Flags = np.zeros(0, dtype=np.bool_)

    def keys(self, texts: Sequence[tuple[str, ...]]) -> "Ints":
        """Give the key of each of these rows of texts; new ones are read."""
        import numpy as np

        known = map(self._by_text.get, texts)
        keys = [
            self._learn(row) if key is None else key for key, row in zip(known, texts, strict=True)
        ]
        return np.array(keys, dtype=np.int32)

    def _learn(self, texts: tuple[str, ...]) -> int:
        key = self._by_text.get(texts)
        if key is None:
            value = self._read(*texts)
            key = self._by_value.setdefault(value, self.first + len(self.values))
            if key == self.first + len(self.values):
                self.values.append(value)
            self._by_text[texts] = key
        return key

    def odd(self, keys: "Ints") -> "Flags | None":
        """Tell the rows whose values want a second look; None if no value does."""
        flags = self.flags()
        return flags[keys - self.first] if flags.any() else None

    def flags(self) -> "Flags":
        """Tell the values that want a second look."""
        import numpy as np

        fresh = [self._is_odd(value) for value in self.values[len(self._odd) :]]
        if fresh:
            self._odd = np.concatenate([self._odd, np.array(fresh, dtype=np.bool_)])
        return self._odd

    def numbered(self) -> list[tuple[int, Value]]:
        """Give every key with what it stands for."""
        return list(enumerate(self.values, start=self.first))


class TextMemory:
    """Remembers the numbers read from texts, so that each text is read once.

    Parameters
    ----------
    width : int
        How many numbers are read from a text.
    read : callable
        Reads texts: a row of numbers for each of them, as columns.
    """

    def __init__(self, width: int, read: "Callable[[list[str]], Sequence[Ints]]") -> None:
        import numpy as np
        import polars as pl

        self._read = read
        self._kind = pl.Categorical(pl.Categories.random())
        self._held = pl.Series([], dtype=self._kind)  # without it Polars forgets the texts
        self._known = 0
        self._numbers: Ints = np.zeros((0, width), dtype=np.int32)

    def numbers(self, texts: "pl.Series") -> "Ints":
        """Give the numbers of texts, row by row: a column each."""
        import numpy as np

        if not len(texts):
            return self._numbers[:0].T
        codes = texts.cast(self._kind).to_physical().to_numpy()
        if int(codes.max()) >= self._known:
            fresh = np.flatnonzero(codes >= self._known)
            new, first = np.unique(codes[fresh], return_index=True)
            order = np.argsort(first)  # texts are read as they appear
            said = self._read(texts.gather(fresh[first[order]]).to_list())
            self._learn(new[order], said)
        # all numbers of a text lie side by side: one look into memory fetches them
        numbers: Ints = self._numbers.take(codes.astype(np.intp), axis=0).T
        return numbers

    def _learn(self, codes: "np.ndarray[Any, Any]", said: "Sequence[Ints]") -> None:
        import numpy as np

        self._known = int(codes.max()) + 1
        room, width = self._numbers.shape
        if self._known > room:
            grown = np.zeros((2 * self._known, width), dtype=np.int32)
            grown[:room] = self._numbers
            self._numbers = grown
        self._numbers[codes] = np.array(said, dtype=np.int32).reshape(width, len(codes)).T


def measured(known: "Ints", values: Sequence[Any], measure: Callable[[Any], int]) -> "Ints":
    """Measure the values that came since."""
    import numpy as np

    fresh = [measure(value) for value in values[len(known) :]]
    return np.concatenate([known, np.array(fresh, dtype=np.int32)]) if fresh else known
