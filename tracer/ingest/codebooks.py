"""Codebooks: texts that say the same have the same key, and every text is read once.

Blocks bring the same texts again and again, so Arrow and numpy look them up; only a text (or a
combination of texts) never met before costs a step in Python.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Ints = np.ndarray[Any, np.dtype[np.int32]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]

__all__ = ["Codebook"]

Value = TypeVar("Value", bound=Hashable)

_MOST_SLOTS: Final = 1 << 22
_MOST_COMBINED: Final = 1 << 62


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
        self._combinations: _Combinations | None = None

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

    def encode(self, columns: Sequence["pa.Array | None"], count: int) -> "Ints":
        """Give the key of every row; a column that is not there counts as blank.

        Parameters
        ----------
        columns : sequence of pyarrow.Array or None
            Text or dictionaries of text, without nulls; the same are there every time.
        count : int
            Rows.
        """
        import numpy as np
        import pyarrow as pa

        filled = [_as_dictionary(column) for column in columns if column is not None]
        if not filled or not count:
            blank = self.keys([("",) * len(columns)])[0] if count else 0
            return np.full(count, blank, dtype=np.int32)
        places = [item.indices.to_numpy(zero_copy_only=False) for item in filled]
        combined, slots = places[0], len(filled[0].dictionary)
        for place, item in zip(places[1:], filled[1:], strict=True):
            choices = len(item.dictionary)
            if slots * choices > _MOST_COMBINED:
                combined, slots = _dense(combined, slots)
            combined = combined * np.int64(choices) + place
            slots *= choices
        combined, slots = _dense(combined, slots)
        example = np.zeros(slots, dtype=np.int64)
        example[combined] = np.arange(count)
        if self._combinations is None:
            self._combinations = _Combinations(len(filled))

        def read(fresh: Any) -> "Ints":
            texts = iter(
                item.dictionary.take(pa.array(place[example[fresh]])).to_pylist()
                for item, place in zip(filled, places, strict=True)
            )
            blanks = [""] * len(fresh)
            rows = [blanks if column is None else next(texts) for column in columns]
            return self.keys(list(zip(*rows, strict=True)))

        picked = [place[example] for place in places]
        found = self._combinations.keys([item.dictionary for item in filled], picked, read)
        spread: Ints = found[combined]
        return spread

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


class _Combinations:
    """Remembers the keys of combinations of texts, one text from each of some columns."""

    def __init__(self, columns: int) -> None:
        import numpy as np

        self._texts = [_Texts() for _ in range(columns)]
        self._pairs = [_Pairs() for _ in range(columns - 1)]
        self._keys: Ints = np.zeros(0, dtype=np.int32)

    def keys(
        self,
        dictionaries: Sequence["pa.Array"],
        places: "Sequence[np.ndarray[Any, Any]]",
        read: Callable[[Any], "Ints"],
    ) -> "Ints":
        """Give the keys of different combinations; `read` gives those of the ones never met.

        Parameters
        ----------
        dictionaries, places : sequence
            The texts of each column, and the text of each combination among them.
        read : callable
            Called with the numbers, among `places`, of those never met.
        """
        import numpy as np

        ids: Any = None
        for number, (texts, dictionary, place) in enumerate(
            zip(self._texts, dictionaries, places, strict=True)
        ):
            of_column = texts.ids(dictionary)[place]
            ids = of_column if ids is None else self._pairs[number - 1].ids(ids, of_column)
        most = int(ids.max(initial=-1)) + 1
        if most > len(self._keys):
            more = np.full(max(most, 2 * len(self._keys)) - len(self._keys), -1, dtype=np.int32)
            self._keys = np.concatenate([self._keys, more])
        keys: Ints = self._keys[ids]
        fresh = np.flatnonzero(keys < 0)
        if len(fresh):
            keys[fresh] = self._keys[ids[fresh]] = read(fresh)
        return keys


class _Texts:
    """Numbers texts in the order in which they are met."""

    def __init__(self) -> None:
        import pyarrow as pa

        self._known = pa.array([], pa.string())

    def ids(self, texts: "pa.Array") -> Any:
        """Give each of different texts its number."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        found = pc.index_in(texts, value_set=self._known)
        ids: Any = found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
        if found.null_count:
            fresh = np.flatnonzero(ids < 0)
            ids[fresh] = np.arange(len(self._known), len(self._known) + len(fresh))
            self._known = pa.concat_arrays([self._known, texts.take(pa.array(fresh))])
        return ids


class _Pairs:
    """Numbers pairs of numbers in the order in which they are met."""

    def __init__(self) -> None:
        import numpy as np

        self._pairs: Any = np.zeros(0, dtype=np.int64)
        self._ids: Any = np.zeros(0, dtype=np.int64)

    def ids(self, one: Any, other: Any) -> Any:
        """Give each of different pairs its number; both of a pair are below 2^31."""
        import numpy as np

        pairs = (one << 31) | other
        places = np.searchsorted(self._pairs, pairs)
        places[places == len(self._pairs)] = 0
        ids = np.full(len(pairs), -1, dtype=np.int64)
        if len(self._pairs):
            is_known = self._pairs[places] == pairs
            ids[is_known] = self._ids[places[is_known]]
        fresh = np.flatnonzero(ids < 0)
        if len(fresh):
            # Combinations of three may share a pair.
            new, where = np.unique(pairs[fresh], return_inverse=True)
            numbers = np.arange(len(self._pairs), len(self._pairs) + len(new))
            ids[fresh] = numbers[where]
            spots = np.searchsorted(self._pairs, new)
            self._pairs = np.insert(self._pairs, spots, new)
            self._ids = np.insert(self._ids, spots, numbers)
        return ids


def _as_dictionary(column: "pa.Array") -> Any:
    import pyarrow as pa

    return column if isinstance(column, pa.DictionaryArray) else column.dictionary_encode()


def _dense(numbers: Any, slots: int) -> tuple[Any, int]:
    """Renumber so that every number occurs; `slots` is more than the largest."""
    import numpy as np
    import pyarrow as pa

    if slots > min(_MOST_SLOTS, 4 * len(numbers)):
        coded = pa.array(numbers).dictionary_encode()
        return coded.indices.to_numpy(zero_copy_only=False), len(coded.dictionary)
    seen = np.zeros(slots, dtype=np.bool_)
    seen[numbers] = True
    if seen.all():
        return numbers, slots
    rank = np.cumsum(seen, dtype=np.int32) - 1
    return rank[numbers], int(rank[-1]) + 1
