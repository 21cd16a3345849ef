"""Columns: many values at once, where a value that repeats is said, and changed, once."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from threading import Lock
from typing import Any, TypeAlias

__all__ = [
    "Arrow",
    "Coded",
    "Column",
    "Same",
    "Vocabulary",
    "distinct_values",
    "each_value",
    "map_column",
    "slice_column",
]


@dataclass(frozen=True, slots=True)
class Same:
    """A column that holds one value in every row."""

    value: Any


@dataclass(frozen=True, slots=True)
class Arrow:
    """A column whose values hardly repeat, as an Arrow array: some never become Python's.

    Parameters
    ----------
    values : pyarrow.Array
        Texts or whole numbers, null for none.
    """

    values: Any


class Vocabulary(list[Any]):
    """Values that columns refer to by place; more may be added at its end, none is ever changed.

    One column after the other may refer to it, and what is made of its values is made once.
    """

    def __init__(self, values: Iterable[Any] = ()) -> None:
        super().__init__(values)
        self._made: dict[Callable[[Any], Any], Vocabulary] = {}
        self._making = Lock()

    def changed(self, change: Callable[[Any], Any]) -> "Vocabulary":
        """Give what a function makes of the values; it must be the same object to be known again.

        Examples
        --------
        >>> words = Vocabulary(["甲", "乙公司"])
        >>> words.changed(len), words.changed(len) is words.changed(len)
        ([1, 3], True)
        """
        with self._making:  # of a thread that reads and one that writes, each may be the first
            made = self._made.setdefault(change, Vocabulary())
            made.extend(map(change, self[len(made) :]))
        return made


@dataclass(frozen=True, slots=True)
class Coded:
    """A column whose rows say which of some values they hold.

    Parameters
    ----------
    values : Vocabulary
        What may stand in a row, None too; not every one of them must.
    codes : array of int
        For each row, the place of its value.
    """

    values: Vocabulary
    codes: "array[int]"

    @classmethod
    def of(cls, values: Iterable[Any], codes: Iterable[int]) -> "Coded":
        """Make a column of values and codes at hand."""
        return cls(Vocabulary(values), array("i", codes))


Column: TypeAlias = Sequence[Any] | Coded | Same | Arrow


def map_column(column: Column, change: Callable[[Any], Any]) -> Column:
    """Change every value of a column, one that is said once only once.

    Examples
    --------
    >>> map_column(Coded.of(("甲", "乙公司"), (1, 0)), len).values, map_column(["甲"], len)
    ([1, 3], [1])
    """
    if isinstance(column, Same):
        return Same(change(column.value))
    if isinstance(column, Coded):
        return Coded(column.values.changed(change), column.codes)
    return list(map(change, _values(column)))


def each_value(column: Column, count: int) -> Iterable[Any]:
    """Give the value of every row.

    Examples
    --------
    >>> list(each_value(Coded.of(("甲", "乙"), (1, 0)), 2)), list(each_value(Same("甲"), 2))
    (['乙', '甲'], ['甲', '甲'])
    """
    if isinstance(column, Same):
        return repeat(column.value, count)
    if isinstance(column, Coded):
        return map(column.values.__getitem__, column.codes)
    return _values(column)


def distinct_values(column: Column) -> Iterable[Any]:
    """Give the values that stand in the rows of a column; some may come more than once.

    Examples
    --------
    >>> sorted(distinct_values(Coded.of(("甲", "乙", "丙"), (0, 2, 0))))
    ['丙', '甲']
    """
    if isinstance(column, Same):
        return (column.value,)
    if isinstance(column, Coded):
        return map(column.values.__getitem__, set(column.codes))
    if isinstance(column, Arrow):
        return _values(Arrow(column.values.unique()))
    return column


def slice_column(column: Column, start: int, stop: int) -> Column:
    """Take some rows of a column.

    Examples
    --------
    >>> slice_column(["甲", "乙", "丙"], 1, 3), slice_column(Same("甲"), 1, 3)
    (['乙', '丙'], Same(value='甲'))
    """
    if isinstance(column, Same):
        return column
    if isinstance(column, Coded):
        return Coded(column.values, column.codes[start:stop])
    if isinstance(column, Arrow):
        return Arrow(column.values[start:stop])
    return column[start:stop]


def _values(column: Sequence[Any] | Arrow) -> Sequence[Any]:
    if not isinstance(column, Arrow):
        return column
    values: list[Any] = column.values.to_pylist()
    return values
