"""The times of a log, coded: minutes are read, once each; seconds are counted in columns.

The commonest form is taken apart by `plaintimes`, all others by `moments`.
"""

from typing import TYPE_CHECKING, Any

from tracer.ingest.codebooks import Codebook, TextMemory, measured
from tracer.ingest.logcells import Fault
from tracer.ingest.moments import Moment, split_seconds
from tracer.ingest.plaintimes import plain_times

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Ints = np.ndarray[Any, np.dtype[np.int32]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]

__all__ = ["TimeCoder"]


class TimeCoder:
    """Codes the column `sent_at`.

    Parameters
    ----------
    book : Codebook
        Reads a time.
    is_rewritten : bool
        Whether a profile writes times anew before they are read; they then stay whole.
    """

    def __init__(self, book: Codebook[Moment | Fault], *, is_rewritten: bool) -> None:
        import numpy as np

        self._book = book
        self._is_rewritten = is_rewritten
        self._memory = TextMemory(1, self._read_times)
        self._bad: Ints = np.zeros(0, dtype=np.int32)

    def encode(self, texts: "pa.Array | None", count: int) -> "tuple[Ints, Any, Flags]":
        """Give keys, microseconds after the moment, and which cannot be read.

        Parameters
        ----------
        texts : pyarrow.Array or None
            Times as written, without nulls; None where the log has no such column.
        count : int
            How many rows.
        """
        import numpy as np
        import pyarrow as pa

        keys = np.zeros(count, dtype=np.int32)
        past = np.zeros(count, dtype=np.int64)
        if texts is None:
            keys[:] = self._book.keys([("",)])
        elif self._is_rewritten:
            keys = self._keys_of_times(texts)
        else:
            left = self._encode_plain(texts, keys, past)
            if len(left):
                rest = texts if len(left) == count else texts.take(pa.array(left))
                keys[left], past[left] = self._encode_split(rest)
        self._bad = measured(self._bad, self._book.values, lambda value: isinstance(value, Fault))
        if not self._bad.any():
            return keys, past, np.zeros(count, dtype=np.bool_)
        return keys, past, self._bad[keys - self._book.first] > 0

    def _keys_of_times(self, texts: "pa.Array") -> "Ints":
        import polars as pl

        found = pl.Series(texts)
        keys: Ints = self._memory.numbers(found)[0]
        return keys

    def _read_times(self, texts: list[str]) -> "list[Ints]":
        return [self._book.keys([(text,) for text in texts])]

    def _encode_plain(self, texts: "pa.Array", keys: "Ints", past: Any) -> Any:
        """Code the times in the commonest form; give the places that are left."""
        import numpy as np

        places, days, since = plain_times(texts)
        if not len(places):
            return np.arange(len(texts))
        lowest = int(days.min())
        seen = np.zeros(int(days.max()) - lowest + 1, dtype=np.bool_)
        seen[days - lowest] = True
        dates = np.flatnonzero(seen)
        written = [f"{date:08d}" for date in (dates + lowest).tolist()]
        texts_of = [(f"{date[:4]}-{date[4:6]}-{date[6:]} 00:00:00",) for date in written]
        table = np.zeros(len(seen), dtype=np.int32)
        table[dates] = self._book.keys(texts_of)
        found = table[days - lowest]
        odd = self._book.odd(found)  # a day that is none is said of the cell as written
        if odd is not None and odd.any():
            places, found, since = places[~odd], found[~odd], since[~odd]
        elif len(places) == len(texts):
            keys[:], past[:] = found, since
            return places[:0]
        keys[places], past[places] = found, since
        is_left = np.ones(len(texts), dtype=np.bool_)
        is_left[places] = False
        return np.flatnonzero(is_left)

    def _encode_split(self, texts: "pa.Array") -> "tuple[Ints, Any]":
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        trimmed = pc.utf8_trim_whitespace(texts)
        heads, past_column, split = split_seconds(trimmed)
        keys = self._keys_of_times(heads)
        past = np.array(past_column.to_numpy(zero_copy_only=False), dtype=np.int64)
        # A minute that cannot be read, or in which a clock jumps, is read again with its seconds.
        odd = self._book.odd(keys)
        again = np.flatnonzero(
            split.to_numpy(zero_copy_only=False) & (False if odd is None else odd)
        )
        if len(again):
            keys[again] = self._keys_of_times(trimmed.take(pa.array(again)))
            past[again] = 0
        return keys, past
