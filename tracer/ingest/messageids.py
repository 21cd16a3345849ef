"""Message ids of a log: trimmed, null where there is none, and hashed to find repetitions."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from tracer.ingest.logcells import is_no_message_id
from tracer.ingest.plaintimes import text_bytes
from tracer.ingest.values import CellError

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["MessageIds", "hash_texts"]

_LONGEST_NO_ID: Final = 4
"""No sign for "no message id" is longer, but for a spreadsheet's errors, which begin with #."""

_BEYOND_ASCII: Final = 0x80
_LOST_DIGITS: Final = r"^\d(?:\.\d+)?E\+\d+(?:/|$)"
"""A long id as a spreadsheet writes it, perhaps with the number of a part: different ids become
one, and messages would be taken for repetitions."""
Refused = list[tuple[int, CellError]]


class MessageIds:
    """Codes the message ids of a sheet.

    Parameters
    ----------
    reshape : callable or None
        What a profile makes of an id.
    """

    def __init__(self, reshape: Callable[[str], str] | None) -> None:
        self._reshape = reshape

    def encode(self, texts: "pa.Array | None", count: int) -> "tuple[pa.Array, pa.Array, Refused]":
        """Give the ids, their hashes (both null where there is none), and what is refused.

        Examples
        --------
        >>> import pyarrow as pa
        >>> ids, hashes, _ = MessageIds(None).encode(pa.array([" a1", "a1", "-"]), 3)
        >>> ids.to_pylist(), hashes[0] == hashes[1], hashes[2].as_py()
        (['a1', 'a1', None], True, None)
        """
        import pyarrow as pa

        refused: Refused = []
        if texts is None and self._reshape is None:
            return pa.nulls(count, pa.string()), pa.nulls(count, pa.int64()), refused
        if texts is None:
            texts = pa.array([""] * count, pa.string())
        if self._reshape is not None:
            texts = self._reshaped(texts, refused)
        ids = _blank_to_null(_whole(_trimmed(texts), refused))
        hashes = pa.array(hash_texts(ids))
        if ids.null_count:
            hashes = pa.compute.if_else(ids.is_valid(), hashes, None)
        return ids, hashes, refused

    def _reshaped(self, texts: "pa.Array", refused: Refused) -> "pa.Array":
        import pyarrow as pa

        assert self._reshape is not None
        written = []
        for place, text in enumerate(texts.to_pylist()):
            try:
                written.append(self._reshape(text))
            except CellError as error:
                refused.append((place, error))
                written.append("")
        return pa.array(written, pa.string())


def _trimmed(texts: "pa.Array") -> "pa.Array":
    import pyarrow.compute as pc

    offsets, content = text_bytes(texts)
    used = content[offsets[0] : offsets[-1]]
    if len(used) == 0 or (used.min() > ord(" ") and used.max() < _BEYOND_ASCII):
        return texts
    return pc.utf8_trim_whitespace(texts)


def _whole(ids: "pa.Array", refused: Refused) -> "pa.Array":
    """Turn down ids whose last digits a spreadsheet has dropped."""
    import pyarrow as pa
    import pyarrow.compute as pc

    offsets, content = text_bytes(ids)
    if not (content[offsets[0] : offsets[-1]] == ord("+")).any():
        return ids
    lost = pc.match_substring_regex(ids, _LOST_DIGITS)
    for place in pc.indices_nonzero(lost).to_pylist():
        refused.append((place, CellError("scientific", ids[place].as_py())))
    return pc.if_else(lost, pa.scalar("", pa.string()), ids)


def _blank_to_null(ids: "pa.Array") -> "pa.Array":
    """Make null of the ids that say there is none."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    offsets, content = text_bytes(ids)
    lengths = np.diff(offsets)
    doubtful = lengths <= _LONGEST_NO_ID
    if not pc.all(pc.string_is_ascii(ids)).as_py():
        doubtful = pc.utf8_length(ids).to_numpy(zero_copy_only=False) <= _LONGEST_NO_ID
    starts = offsets[:-1][~doubtful]
    doubtful[~doubtful] = content[starts] == ord("#")
    if not doubtful.any():
        return ids
    places = pa.array(doubtful)
    none = [text for text in ids.filter(places).unique().to_pylist() if is_no_message_id(text)]
    if not none:
        return ids
    return pc.if_else(pc.is_in(ids, pa.array(none, pa.string())), None, ids)


def hash_texts(texts: "pa.Array") -> "np.ndarray[Any, np.dtype[np.int64]]":
    """Hash a column of text, equal texts alike; of nulls anything.

    Examples
    --------
    >>> import pyarrow as pa
    >>> a, b, c = hash_texts(pa.array(["3550b803-1", "3550b803-1", "3550b803-2"]))
    >>> bool(a == b), bool(a == c)
    (True, False)
    """
    import polars as pl

    hashes = pl.Series(texts).hash().to_numpy()
    return hashes.view("int64")
