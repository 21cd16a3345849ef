"""Cells found in the bytes of whole lines: no copy is made of a cell before it is asked for.

Only where the lines hold no quotation mark: there a cell is what stands between two delimiters.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from tracer.ingest.joinedcells import CellLayout, JoinedCells

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Ints = np.ndarray[Any, Any]

__all__ = ["LineCells", "TooLong"]

_LINE_FEED: Final = ord("\n")
_RETURN: Final = ord("\r")
_WORD: Final = 8
_LONGEST: Final = 512
"""Bytes of a row that are put side by side to be compared."""


class TooLong(Exception):  # noqa: N818 - a signal between two readers, not a fault
    """Cells are longer than is worth the while here."""


class LineCells:
    r"""The cells of lines that have the right width.

    Parameters
    ----------
    text : bytes or bytearray
        Whole lines in UTF-8, each with a line feed at its end; without quotation marks and NUL.
    delimiter : str
        Between cells, one byte.
    width : int
        Cells in a line, two at least.

    Attributes
    ----------
    lines : int
        How many lines there are.
    wrong : numpy.ndarray
        Those that have another width, counted from 0.

    Examples
    --------
    >>> cells = LineCells("1,甲,x\n2,乙\n3,甲,z\n".encode(), ",", 3)
    >>> cells.lines, cells.wrong.tolist(), cells.texts(0).to_pylist()
    (3, [1], ['1', '3'])
    """

    def __init__(self, text: bytes | bytearray, delimiter: str, width: int) -> None:
        import numpy as np

        content = np.frombuffer(text, dtype=np.uint8)
        self._marks = np.flatnonzero((content == ord(delimiter)) | (content == _LINE_FEED))
        last = np.flatnonzero(content[self._marks] == _LINE_FEED)
        is_right = np.diff(last, prepend=-1) == width
        self.lines = len(last)
        self.wrong = np.flatnonzero(~is_right)
        starts = np.zeros(len(last), dtype=np.int64)
        starts[1:] = self._marks[last[:-1]] + 1
        self._starts = starts[is_right]
        self._first = last[is_right] - (width - 1)
        self._width = width
        self._delimiter = delimiter
        self._has_returns = b"\r" in text
        # windows of so many bytes are looked through, the last of them beyond the text
        self._content = np.concatenate([content, np.zeros(_LONGEST, dtype=np.uint8)])

    def __len__(self) -> int:
        return len(self._starts)

    def _span(self, first: int, last: int) -> "tuple[Ints, Ints]":
        """Give where the cells of neighbouring columns begin and end."""
        starts = self._marks[self._first + (first - 1)] + 1 if first else self._starts
        ends = self._marks[self._first + last]
        if self._has_returns and last == self._width - 1:
            ends = ends - (self._content[ends - 1] == _RETURN)
        return starts, ends

    def _windows(self, starts: "Ints", width: int) -> "Ints":
        """Give so many bytes from each start on, a row each."""
        import numpy as np

        content = self._content
        shape = (len(content) - width + 1,)
        windows: Any = np.ndarray(shape, np.dtype((np.void, width)), content, strides=(1,))
        found: Ints = windows[starts].view(np.uint8).reshape(-1, width)
        return found

    def texts(self, column: int) -> "pa.StringArray":
        """Give the texts of a column."""
        import numpy as np
        import pyarrow as pa

        starts, ends = self._span(column, column)
        lengths = ends - starts
        longest = int(lengths.max(initial=0))
        offsets = np.zeros(len(starts) + 1, dtype=np.int32)
        np.cumsum(lengths, out=offsets[1:])
        if longest * len(starts) <= max(4 * int(offsets[-1]), 1) and 0 < longest <= _LONGEST:
            content = self._windows(starts, longest)
            if int(lengths.min()) < longest:
                content = content[np.arange(longest) < lengths[:, None]]
        else:
            places = np.arange(offsets[-1]) + np.repeat(starts - offsets[:-1], lengths)
            content = self._content[places]
        buffers = [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(content))]
        return pa.StringArray.from_buffers(len(starts), *buffers[1:])

    def joined(self, columns: dict[str, int]) -> JoinedCells:
        """Join the cells of some columns, named, in their order in the line.

        Raises
        ------
        TooLong
            If a row's are.
        """
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        places = sorted(columns.values())
        names = tuple(sorted(columns, key=columns.__getitem__))
        spans = list(self._spans(places))
        widths = [_words(int((ends - starts).max(initial=0))) for starts, ends in spans]
        if sum(widths) * _WORD > _LONGEST:
            raise TooLong
        rows = np.empty((len(self), max(sum(widths), 1)), dtype=np.uint64)
        if not sum(widths):
            rows[:] = 0
        column = 0
        for (starts, ends), width in zip(spans, widths, strict=True):
            if width:
                part = rows[:, column : column + width]
                part[:] = self._windows(starts, width * _WORD).view(np.uint64)
                part &= _masks(width)[ends - starts]
                column += width
        size = rows.shape[1] * _WORD
        whole = pa.Array.from_buffers(pa.binary(size), len(rows), [None, pa.py_buffer(rows)])
        coded = whole.dictionary_encode()
        distinct = coded.dictionary.cast(pa.binary()).cast(pa.string())
        texts = pc.replace_substring(distinct, "\0", "")  # what fills up a row's last word
        layout = CellLayout(names, self._delimiter)
        return JoinedCells(layout, pa.DictionaryArray.from_arrays(coded.indices, texts))

    def _spans(self, places: Sequence[int]) -> "Iterator[tuple[Ints, Ints]]":
        """Give the spans of columns, neighbours together; a delimiter ends all but the last."""
        first = 0
        for number, place in enumerate(places):
            is_last = number == len(places) - 1
            if is_last or places[number + 1] != place + 1:
                starts, ends = self._span(places[first], place)
                yield starts, ends if is_last else ends + 1
                first = number + 1


def _words(length: int) -> int:
    return -(-length // _WORD)


def _masks(width: int) -> "Ints":
    """Give, by length of a text, what keeps its bytes in so many words and blots out others."""
    import numpy as np

    size = width * _WORD
    kept = np.arange(size) < np.arange(size + 1)[:, None]
    return (kept * np.uint8(0xFF)).view(np.uint64)
