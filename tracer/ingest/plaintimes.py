"""Times in the commonest form of a log, read by columns of bytes.

`2023-07-01 10:00:05` fills most logs. Its day goes through the reader of single cells once;
hour, minute and second, which no reader can take differently, are added as numbers. Every other
form is left to `moments`.
"""

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["plain_times", "text_bytes"]

_WIDTH: Final = 19
_DIGITS: Final = (0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18)
_TEN: Final = 10
_CENTURIES: Final = (19, 21)


def text_bytes(texts: "pa.Array") -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """Give the offsets and the bytes of a column of text without nulls.

    Examples
    --------
    >>> import pyarrow as pa
    >>> offsets, content = text_bytes(pa.array(["ab", "c"]))
    >>> offsets.tolist(), bytes(content)
    ([0, 2, 3], b'abc')
    """
    import numpy as np

    _, places, content = texts.buffers()
    offsets = np.frombuffer(places, np.int32, len(texts) + 1, texts.offset * 4)
    if content is None:
        return offsets, np.zeros(0, dtype=np.uint8)
    return offsets, np.frombuffer(content, np.uint8)


def plain_times(
    texts: "pa.Array",
) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """Find the times written `YYYY-MM-DD hh:mm:ss` (or with `/`, `.`; or with `T`).

    Parameters
    ----------
    texts : pyarrow.Array of string
        Times as written, without nulls.

    Returns
    -------
    places : numpy.ndarray
        Where they stand.
    days : numpy.ndarray
        Year, month and day as one number, 20230701; whether there is such a day is not looked at.
    past : numpy.ndarray
        Microseconds since midnight, less than a day.

    Examples
    --------
    >>> import pyarrow as pa
    >>> _, days, past = plain_times(pa.array(["2023-07-01 10:00:05", "2023年7月1日"]))
    >>> days.tolist(), past.tolist()
    ([20230701], [36005000000])
    """
    import numpy as np

    offsets, content = text_bytes(texts)
    places = np.flatnonzero(np.diff(offsets) == _WIDTH)
    if len(places) == len(texts):
        whole = content[offsets[0] : offsets[-1]].reshape(-1, _WIDTH)
        columns = np.ascontiguousarray(whole.T)
    else:
        starts = offsets[:-1][places].astype(np.int64)
        columns = np.stack([content[starts + place] for place in range(_WIDTH)])
    is_plain = (columns[4] == columns[7]) & (columns[13] == ord(":")) & (columns[16] == ord(":"))
    is_plain &= (columns[4] == ord("-")) | (columns[4] == ord("/")) | (columns[4] == ord("."))
    is_plain &= (columns[10] == ord(" ")) | (columns[10] == ord("T"))
    digits = {place: columns[place] - np.uint8(ord("0")) for place in _DIGITS}
    for digit in digits.values():
        is_plain &= digit < _TEN

    def pair(first: int) -> Any:
        return digits[first] * np.uint8(_TEN) + digits[first + 1]

    century, hour, minute, second = pair(0), pair(11), pair(14), pair(17)
    is_plain &= (century >= _CENTURIES[0]) & (century <= _CENTURIES[1])
    is_plain &= (hour < 24) & (minute < 60) & (second < 60)
    days = (
        century.astype(np.int32) * 1_000_000
        + pair(2).astype(np.int32) * 10_000
        + pair(5).astype(np.int32) * 100
        + pair(8)
    )
    past = hour.astype(np.int64) * 3600 + minute.astype(np.int32) * 60 + second
    past *= 1_000_000
    if is_plain.all():
        return places, days, past
    return places[is_plain], days[is_plain], past[is_plain]
