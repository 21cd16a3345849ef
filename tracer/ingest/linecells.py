"""Cells of lines that hold no quotation mark: there a cell is what stands between two delimiters.

Polars cuts such lines, and is lenient: it fills up a line that is too short and cuts off what is
too much. Which lines those are is counted here.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from tracer.ingest.joinedcells import JoinedCells, join_columns

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    import pyarrow as pa

    from tracer.ingest.lineplaces import LinePlaces

    Flags = np.ndarray[Any, np.dtype[np.bool_]]

__all__ = ["LineCells", "cut_lines"]

_LINE_FEED: Final = ord("\n")
_DOUBTFUL: Final = 50
"""One line in so many may be looked at by itself; of more, the cells of all are counted."""


class LineCells:
    """The cells of lines, some columns of them; see `cut_lines`.

    Attributes
    ----------
    wrong : list of int
        Lines of another width, counted from 0; they have no cells.
    """

    def __init__(
        self, frame: "pl.DataFrame", names: Mapping[int, str], wrong: list[int], separator: str
    ) -> None:
        self._frame, self._names, self._separator = frame, names, separator
        self.wrong = wrong

    def __len__(self) -> int:
        return self._frame.height

    def texts(self, column: int) -> "pa.StringArray":
        """Give the texts of a column."""
        import pyarrow as pa

        found = self._frame.get_column(self._names[column]).to_arrow()
        return found.cast(pa.string())

    def joined(self, columns: Mapping[str, int]) -> JoinedCells:
        """Join the cells of some columns, named, in their order in the line."""
        places = sorted(columns.items(), key=lambda item: item[1])
        texts = {name: self._frame.get_column(self._names[place]) for name, place in places}
        return join_columns(texts, len(self), self._separator)


def cut_lines(
    text: bytes | bytearray,
    places: "LinePlaces",
    delimiter: str,
    width: int,
    wanted: Sequence[int],
) -> LineCells | None:
    r"""Cut lines into cells; None if that is better left to another reader.

    Parameters
    ----------
    text : bytes or bytearray
        Whole lines in UTF-8, each with a line feed at its end, perhaps a carriage return before
        it; without quotation marks and NUL, no mark of byte order at the beginning.
    places : LinePlaces
        Where they are.
    delimiter : str
        Between cells, one byte.
    width : int
        Cells in a line, two at least.
    wanted : sequence of int
        Columns whose cells will be asked for, counted from 0.

    Examples
    --------
    >>> from tracer.ingest.lineplaces import LinePlaces
    >>> text = "1,甲,x\n2,乙\n3,甲,z\n".encode()
    >>> cells = cut_lines(text, LinePlaces(text), ",", 3, [0])
    >>> cells.wrong, cells.texts(0).to_pylist()
    ([1], ['1', '3'])
    """
    import polars as pl

    names = {place: f"column_{place + 1}" for place in range(width)}
    try:
        frame = pl.read_csv(
            bytes(text),
            has_header=False,
            separator=delimiter,
            quote_char=None,
            schema=dict.fromkeys(names.values(), pl.String),
            columns=[names[place] for place in sorted({*wanted, width - 1})],
            empty_string_is_null=False,
            extra_columns="ignore",
            missing_columns="raise",  # it goes by the first line, and would cut all others
        )
    except pl.exceptions.PolarsError:
        return None
    if frame.height != len(places):
        return None
    wrong = _wrong_lines(text, places, delimiter, width, frame.get_column(names[width - 1]))
    if wrong is not None:
        frame = frame.filter(pl.Series(~wrong))
    found = [] if wrong is None else wrong.nonzero()[0].tolist()
    return LineCells(frame, names, found, delimiter)


def _wrong_lines(
    text: bytes | bytearray, places: "LinePlaces", delimiter: str, width: int, last: "pl.Series"
) -> "Flags | None":
    """Tell the lines of another width; None if there are none.

    A line whose last cell is not blank is not too short, so that of such lines it is enough to
    count all delimiters.
    """
    import numpy as np

    content = np.frombuffer(text, dtype=np.uint8)
    mark = ord(delimiter)
    left = int(np.count_nonzero(content == mark)) - (width - 1) * len(places)
    doubtful = (last == "").arg_true().to_list()
    if not left and not doubtful:
        return None
    wrong = np.zeros(len(places), dtype=np.bool_)
    if len(doubtful) * _DOUBTFUL <= len(places):
        for line in doubtful:
            more = text.count(delimiter.encode(), *places.span(line)) - (width - 1)
            wrong[line] = more != 0
            left -= more
        if not left:
            return wrong if wrong.any() else None
    ends = np.flatnonzero(content == _LINE_FEED)
    marks = np.flatnonzero(content == mark)
    wrong = np.diff(np.searchsorted(marks, ends), prepend=0) != width - 1
    return wrong if wrong.any() else None
