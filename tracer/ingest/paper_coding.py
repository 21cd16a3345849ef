"""Columns of a paper table coded: every distinct text of a column is read once, not once a row."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tracer.ingest.cells import Cells, RowFault
from tracer.ingest.paper import is_total_line
from tracer.ingest.paper_plans import Reading
from tracer.ingest.rows import RawRow
from tracer.model.columns import Coded, Column, Vocabulary
from tracer.model.paper_columns import raw_text

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["CodedColumn", "ColumnBook"]

_REMEMBERED: Final = 1 << 18
"""Distinct texts a column is remembered by; beyond them it is learnt anew."""
_MANY: Final = 0.5
"""Where so large a part of the rows holds a text of its own, looking texts up does not pay."""

# What cannot be blank, an error, a line of sums or in need of escaping: five characters or more
# (no sign for a blank is as long), no white space, and no letter that a word for a sum has.
_HARMLESS: Final = r"\A[^\x00-\x20\x7f-\x{a0}\p{Z}\"\\#＃﹟]{5,}\z"
_HINT: Final = r"[计計和Ａ-ｚ]|(?i:t.*a.*l)"


@dataclass(frozen=True)
class CodedColumn:
    """One column of a block, coded.

    Parameters
    ----------
    texts : Vocabulary or None
        Distinct texts; None where each row has a text of its own.
    codes : numpy.ndarray or None
        For each row, the place of its text.
    blank, doubtful : numpy.ndarray or None
        For each row, whether its cell is blank, and whether only the row path can judge it; None
        where it is so in no row.
    pieces : pyarrow.Array
        For each row, its share of the raw cells, null where blank.
    values : dict
        By attribute, the value of each of `texts`, or of each row.
    """

    texts: Vocabulary | None
    codes: "np.ndarray[Any, Any] | None"
    blank: "np.ndarray[Any, Any] | None"
    doubtful: "np.ndarray[Any, Any] | None"
    pieces: "pa.Array"
    values: dict[str, Vocabulary]

    def columns(self, keep: "np.ndarray[Any, Any] | None") -> dict[str, Column]:
        """Give the values of each attribute in some rows, or in all."""
        if self.codes is None:
            if keep is None:
                return dict(self.values)
            places = keep.tolist()
            return {name: [each[place] for place in places] for name, each in self.values.items()}
        kept = self.codes if keep is None else self.codes[keep]
        codes = array("i", kept.astype("i").tobytes())
        return {name: Coded(values, codes) for name, values in self.values.items()}


@dataclass(frozen=True, slots=True)
class _Read:
    """What some texts of a column come to: flags, shares of the raw cells, values."""

    blank: "np.ndarray[Any, Any]"
    doubtful: "np.ndarray[Any, Any]"
    pieces: "pa.Array"
    values: dict[str, list[Any]]


class _Everywhere:
    """The cells of a row all of which read alike: a reading takes the one it is about."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __getitem__(self, _place: int) -> str:
        return self._text


class ColumnBook:
    """Remembers what the texts of one column come to.

    Parameters
    ----------
    cells : Cells
        Reads cells of the sheet; used for nothing else meanwhile.
    title : str
        Header in the raw cells.
    printed : str or None
        Text that, standing here, may be the header once more.
    mask : callable or None
        Masks the raw text.
    readings : tuple of Reading
        What the column is read as; none for one that nobody knows.
    """

    def __init__(
        self,
        cells: Cells,
        title: str,
        printed: str | None,
        mask: Callable[[str], str] | None,
        readings: tuple[Reading, ...],
    ) -> None:
        self._cells = cells
        self._title = title
        self._printed = printed
        self._mask = mask
        self._readings = readings
        self._names = [name for reading in readings for name in reading.attributes]
        plain = readings[0].plain if len(readings) == 1 else None
        self._plain = None if mask is not None else plain
        self._forget()

    def _forget(self) -> None:
        import numpy as np
        import pyarrow as pa

        self._known = pa.array([], pa.string())
        self._texts = Vocabulary()
        self._values = {name: Vocabulary() for name in self._names}
        self._blank = self._doubtful = np.zeros(0, dtype=bool)
        self._pieces = pa.array([], pa.string())

    def code(self, cells: "pa.Array") -> CodedColumn:
        """Code the cells of a block."""
        coded = cells.dictionary_encode()
        is_own = self._plain is not None and self._plain.is_own
        if is_own and len(coded.dictionary) > _MANY * len(cells):
            found = self._read(cells)
            values = {name: Vocabulary(each) for name, each in found.values.items()}
            flags = (_flag(found.blank), _flag(found.doubtful))
            return CodedColumn(None, None, *flags, found.pieces, values)
        codes = self._places(coded.dictionary)[coded.indices.to_numpy(zero_copy_only=False)]
        flags = (_flag(self._blank[codes]), _flag(self._doubtful[codes]))
        return CodedColumn(self._texts, codes, *flags, self._pieces.take(codes), self._values)

    def _places(self, texts: "pa.Array") -> "np.ndarray[Any, Any]":
        """Find texts among those remembered, having learnt the others."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        if len(self._texts) > _REMEMBERED:
            self._forget()
        found = pc.index_in(texts, value_set=self._known)
        if not found.null_count:
            return np.asarray(found)
        is_new = pc.is_null(found)
        fresh = texts.filter(is_new)
        read = self._read(fresh)
        first = len(self._texts)
        self._known = pa.concat_arrays([self._known, fresh])
        self._texts.extend(fresh.to_pylist())
        self._blank = np.concatenate([self._blank, read.blank])
        self._doubtful = np.concatenate([self._doubtful, read.doubtful])
        self._pieces = pa.concat_arrays([self._pieces, read.pieces])
        for name, values in read.values.items():
            self._values[name].extend(values)
        places: np.ndarray[Any, Any] = np.array(pc.fill_null(found, 0))
        places[np.asarray(is_new)] = np.arange(first, first + len(fresh))
        return places

    def _read(self, texts: "pa.Array") -> _Read:
        """Read texts: those that are plainly what they should be all at once."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        words = texts.to_pylist()
        blank, doubtful = np.zeros((2, len(words)), dtype=bool)
        values = {name: [None] * len(words) for name in self._names}
        is_odd = np.ones(len(words), dtype=bool)
        pieces = pa.nulls(len(words), pa.string())
        if self._plain is not None:
            is_plain = self._tell_plain(texts)
            is_odd = ~np.asarray(is_plain)
            make = self._plain.make
            values = {name: words if make is None else list(map(make, words)) for name in values}
            start = raw_text(((self._title, ""),))[1:-3]
            joined = pc.binary_join_element_wise(start, texts, '"]', "")
            pieces = pc.if_else(is_plain, joined, None)
        odd = np.flatnonzero(is_odd).tolist()
        if not odd:
            return _Read(blank, doubtful, pieces, values)
        values = {name: list(each) for name, each in values.items()}
        told = []
        for place in odd:
            blank[place], doubtful[place], piece, read = self._learn(words[place])
            told.append(piece)
            for name, value in zip(self._names, read, strict=True):
                values[name][place] = value
        mine = pa.array(told, pa.string())
        pieces = mine if len(odd) == len(words) else pc.replace_with_mask(pieces, is_odd, mine)
        return _Read(blank, doubtful, pieces, values)

    def _tell_plain(self, texts: "pa.Array") -> "pa.Array":
        import pyarrow.compute as pc

        assert self._plain is not None
        is_plain = pc.match_substring_regex(texts, _HARMLESS)
        is_plain = pc.and_not(is_plain, pc.match_substring_regex(texts, _HINT))
        if self._plain.form is not None:
            is_plain = pc.and_(is_plain, pc.match_substring_regex(texts, self._plain.form))
        if self._plain.most is not None:
            is_short = pc.less_equal(pc.utf8_length(texts), self._plain.most)
            is_plain = pc.and_(is_plain, is_short)
        if self._printed is not None:
            is_plain = pc.and_not(is_plain, pc.equal(texts, self._printed))
        return is_plain

    def _learn(self, text: str) -> tuple[bool, bool, str | None, list[Any]]:
        """Read a text as the row path would."""
        is_blank = not text or text.isspace()
        may_be_header = self._printed is not None and " ".join(text.split()) == self._printed
        doubtful = not is_blank and (may_be_header or is_total_line(text))
        self._cells.turn_to(RawRow(0, _Everywhere(text)))  # type: ignore[arg-type]
        values: list[Any] = []
        for reading in self._readings:
            count = len(reading.attributes)
            try:
                value = reading.read(self._cells)
            except RowFault:
                value, doubtful = None, True
            doubtful = doubtful or (reading.required and value is None)
            values.extend([value] * count if count == 1 or value is None else value)
        shown = text if self._mask is None or is_blank else self._mask(text)
        piece = None if is_blank else raw_text(((self._title, shown),))[1:-1]
        return is_blank, doubtful, piece, values


def _flag(flags: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any] | None":
    return flags if flags.any() else None
