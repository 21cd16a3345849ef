"""Codebooks: texts that say the same have the same key, and every text is read once.

Blocks bring the same texts again and again, so Arrow looks them up (`TextMemory`); only a text
never met before costs a step in Python.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

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

    def __init__(self, width: int, read: "Callable[[pa.Array], Sequence[Ints]]") -> None:
        import numpy as np
        import pyarrow as pa

        self._read = read
        self._texts = pa.array([], pa.string())
        self._numbers: Ints = np.zeros((width, 0), dtype=np.int32)

    def numbers(self, texts: "pa.Array") -> "Ints":
        """Give the numbers of different texts, a column each."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        found = pc.index_in(texts, value_set=self._texts)
        places = found.fill_null(-1).to_numpy(zero_copy_only=False)
        if found.null_count:
            places = places.copy()
            fresh = np.flatnonzero(places < 0)
            places[fresh] = np.arange(len(self._texts), len(self._texts) + len(fresh))
            new = texts.take(pa.array(fresh))
            read = np.array(self._read(new), dtype=np.int32).reshape(len(self._numbers), len(new))
            self._numbers = np.concatenate([self._numbers, read], axis=1)
            self._texts = pa.concat_arrays([self._texts, new])
        numbers: Ints = self._numbers[:, places]
        return numbers


def measured(known: "Ints", values: Sequence[Any], measure: Callable[[Any], int]) -> "Ints":
    """Measure the values that came since."""
    import numpy as np

    fresh = [measure(value) for value in values[len(known) :]]
    return np.concatenate([known, np.array(fresh, dtype=np.int32)]) if fresh else known
