"""Cells of several columns as one text a row, so that what repeats in a log is coded at once.

Which number went over which hop repeats a thousand times: looked up as one text it costs a
fraction of what its cells cost one by one.
"""

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import polars as pl
    import pyarrow as pa

__all__ = ["CellLayout", "JoinedCells", "join_columns", "join_texts"]


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

    def split(self, texts: "Iterable[str]") -> dict[str, tuple[str, ...]]:
        """Give the cells of some texts by column.

        Examples
        --------
        >>> CellLayout(("a", "b"), ",").split(["1,甲", "2,"])
        {'a': ('1', '2'), 'b': ('甲', '')}
        """
        if not self.names:
            return {}
        cells = [text.split(self.separator) for text in texts]
        columns = zip(*cells, strict=True) if cells else [()] * len(self.names)
        return dict(zip(self.names, columns, strict=True))


@dataclass(frozen=True)
class JoinedCells:
    """The cells of some columns of every row, joined.

    Parameters
    ----------
    layout : CellLayout
        Which, and how.
    texts : polars.Series
        A text a row; equal where all cells are.
    """

    layout: CellLayout
    texts: "pl.Series"

    def filter(self, keep: "pl.Series") -> "JoinedCells":
        """Keep some of the rows."""
        return replace(self, texts=self.texts.filter(keep))


def join_columns(
    columns: "Mapping[str, pl.Series]", rows: int, separator: str | None = None
) -> JoinedCells:
    r"""Join columns of text without nulls.

    Parameters
    ----------
    columns : dict of str to polars.Series
        By name.
    rows : int
        How many each has, also where there is no column.
    separator : str or None
        A character that is in no cell; None: one is looked for.

    Examples
    --------
    >>> import polars as pl
    >>> columns = {"a": pl.Series(["1", "1"]), "b": pl.Series(["", "乙"])}
    >>> join_columns(columns, 2).texts.to_list()
    ['1\x00', '1\x00乙']
    """
    import polars as pl

    cells = list(columns.values())
    if separator is None:
        separator = _separator(cells)
    if not cells:
        texts = pl.repeat("", rows, eager=True)
    elif len(cells) == 1:
        texts = cells[0]
    else:
        texts = pl.select(pl.concat_str(cells, separator=separator)).to_series()
    return JoinedCells(CellLayout(tuple(columns), separator), texts)


def join_texts(columns: "Mapping[str, pa.Array]", rows: int) -> JoinedCells:
    """Join columns of Arrow's, text or dictionaries of text, without nulls; as `join_columns`."""
    import polars as pl
    import pyarrow as pa

    return join_columns(
        {name: pl.Series(column.cast(pa.string())) for name, column in columns.items()}, rows
    )


def _separator(cells: "list[pl.Series]") -> str:
    """Give the first character that is in no cell: nearly always NUL."""
    return next(
        character
        for character in map(chr, count())
        if not any(each.str.contains(character, literal=True).any() for each in cells)
    )
