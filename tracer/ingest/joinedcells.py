"""Cells of several columns as one text a row, so that what repeats in a log is coded at once.

Which number went over which hop repeats a thousand times: looked up as one text it costs a
fraction of what its cells cost one by one.
"""

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pyarrow as pa

__all__ = ["CellLayout", "JoinedCells", "join_columns"]

_MOST_SLOTS: Final = 1 << 22
_MOST_COMBINED: Final = 1 << 62


@dataclass(frozen=True, slots=True)
class CellLayout:
    """How cells are joined.

    Parameters
    ----------
    names : tuple of str
        The columns, in the order of the cells.
    separator : str
        Between the cells, and in none of them.
    """

    names: tuple[str, ...]
    separator: str

    def split(self, texts: "pa.Array") -> dict[str, tuple[str, ...]]:
        """Give the cells of some texts by column.

        Examples
        --------
        >>> import pyarrow as pa
        >>> CellLayout(("a", "b"), ",").split(pa.array(["1,甲", "2,"]))
        {'a': ('1', '2'), 'b': ('甲', '')}
        """
        if not self.names:
            return {}
        cells = [text.split(self.separator) for text in texts.to_pylist()]
        columns = zip(*cells, strict=True) if cells else [()] * len(self.names)
        return dict(zip(self.names, columns, strict=True))


@dataclass(frozen=True)
class JoinedCells:
    """The cells of some columns of every row, joined.

    Parameters
    ----------
    layout : CellLayout
        Which, and how.
    texts : pyarrow.DictionaryArray
        A text a row; equal where all cells are.
    """

    layout: CellLayout
    texts: "pa.DictionaryArray"

    def filter(self, keep: "pa.Array") -> "JoinedCells":
        """Keep some of the rows."""
        return replace(self, texts=self.texts.filter(keep))


def join_columns(columns: "Mapping[str, pa.Array]", rows: int) -> JoinedCells:
    r"""Join columns, text or dictionaries of text, without nulls.

    Examples
    --------
    >>> import pyarrow as pa
    >>> join_columns({"a": pa.array(["1", "1"]), "b": pa.array(["", "乙"])}, 2).texts.to_pylist()
    ['1\x00', '1\x00乙']
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    coded = [_as_dictionary(column) for column in columns.values()]
    combined, slots = np.zeros(rows, dtype=np.int64), 1
    places = [item.indices.to_numpy(zero_copy_only=False) for item in coded]
    for place, item in zip(places, coded, strict=True):
        choices = max(len(item.dictionary), 1)
        if slots * choices > _MOST_COMBINED:
            combined, slots = _dense(combined, slots)
        combined = combined * np.int64(choices) + place
        slots *= choices
    combined, slots = _dense(combined, slots)
    example = np.zeros(slots if rows else 0, dtype=np.int64)
    example[combined] = np.arange(rows)
    cells = [
        item.dictionary.take(pa.array(place[example]))
        for item, place in zip(coded, places, strict=True)
    ]
    separator = _separator(cells)
    if cells:
        texts = pc.binary_join_element_wise(*cells, separator)
    else:
        texts = pa.array([""] * len(example), pa.string())
    indices = pa.array(combined.astype(np.int32))
    layout = CellLayout(tuple(columns), separator)
    return JoinedCells(layout, pa.DictionaryArray.from_arrays(indices, texts))


def _separator(cells: "Sequence[pa.Array]") -> str:
    """Give the first character that is in no cell: nearly always NUL."""
    import pyarrow.compute as pc

    return next(
        character
        for character in map(chr, count())
        if not any(pc.any(pc.match_substring(each, character)).as_py() for each in cells)
    )


def _as_dictionary(column: "pa.Array") -> Any:
    import pyarrow as pa

    return column if isinstance(column, pa.DictionaryArray) else column.dictionary_encode()


def _dense(numbers: "np.ndarray[Any, Any]", slots: int) -> "tuple[np.ndarray[Any, Any], int]":
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
