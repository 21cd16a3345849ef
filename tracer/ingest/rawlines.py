"""Lines of a large text file that hold a certain text, found without reading the others.

Bytes are searched, line ends before a hit are counted, and only lines with a hit are decoded:
a log of a gigabyte takes a second or two.
"""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tracer.ingest.blocks import is_plainly_quoted
from tracer.ingest.compression import open_bytes

if TYPE_CHECKING:
    import numpy as np

__all__ = ["FoundLine", "NotByLines", "find_lines"]

_CHUNK: Final = 1 << 24
_CODECS: Final = frozenset({"utf-8", "gbk", "gb18030", "gb2312", "big5", "utf-16-le", "utf-16-be"})
"""Encodings in which digits and line ends are never part of another character."""


class NotByLines(Exception):  # noqa: N818 - a signal between two readers, not a fault
    """A record may take several lines here, so lines cannot be looked at one by one."""


class FoundLine(NamedTuple):
    """A physical line: its number (the first line of the file is 1) and what it says."""

    line: int
    text: str | bytes


def find_lines(
    file: Path, needle: str, *, encoding: str, delimiter: str, first: int, last: int
) -> Iterator[FoundLine]:
    """Find the lines from `first` to `last` that hold a text of ASCII digits.

    Parameters
    ----------
    file : pathlib.Path
        Plain or compressed text.
    needle : str
        What is looked for.
    encoding, delimiter : str
        As found when the file was opened.
    first, last : int
        Physical lines, both inclusive.

    Raises
    ------
    NotByLines
        If a line need not be a record of its own; what was given before is then void.
    """
    codec = _codec(file, encoding)
    end, wanted = "\n".encode(codec), needle.encode(codec)
    line = 1
    for chunk in _chunks(file, end):
        ends = _line_ends(chunk, codec) if wanted in chunk else None
        count = _count_lines(chunk, codec) if ends is None else len(ends)
        if line + count > first:
            _check(chunk, codec, delimiter)
            for place in () if ends is None else _hits(chunk, wanted, ends):
                if first <= line + place <= last:
                    assert ends is not None
                    yield FoundLine(line + place, _decoded(chunk, ends, place, codec))
        line += count
        if line > last:
            return


def _codec(file: Path, encoding: str) -> str:
    name = codecs.lookup(encoding).name
    if name == "utf-8-sig":
        return "utf-8"
    if name == "utf-16":
        with open_bytes(file) as stream:
            return "utf-16-be" if stream.read(2) == codecs.BOM_UTF16_BE else "utf-16-le"
    if name not in _CODECS:
        raise NotByLines
    return name


def _chunks(file: Path, end: bytes) -> Iterator[bytes]:
    """Cut a file at line ends; the last line may have none."""
    unit, carry = len(end), b""
    with open_bytes(file) as stream:
        while fresh := stream.read(_CHUNK):
            content = carry + fresh
            cut = content.rfind(end)
            while cut > 0 and cut % unit:
                cut = content.rfind(end, 0, cut + unit - 1)
            if cut < 0:
                carry = content
                continue
            yield content[: cut + unit]
            carry = content[cut + unit :]
    if carry:
        yield carry + end


def _units(chunk: bytes, codec: str) -> "np.ndarray[Any, Any]":
    import numpy as np

    kind = {"utf-16-le": "<u2", "utf-16-be": ">u2"}.get(codec, "u1")
    return np.frombuffer(chunk[: len(chunk) - len(chunk) % np.dtype(kind).itemsize], dtype=kind)


def _count_lines(chunk: bytes, codec: str) -> int:
    import numpy as np

    return int(np.count_nonzero(_units(chunk, codec) == ord("\n")))


def _line_ends(chunk: bytes, codec: str) -> "np.ndarray[Any, Any]":
    """Give the place after each line, in bytes."""
    import numpy as np

    unit = 2 if codec.startswith("utf-16") else 1
    return (np.flatnonzero(_units(chunk, codec) == ord("\n")) + 1) * unit


def _check(chunk: bytes, codec: str, delimiter: str) -> None:
    returned, quote = "\r".encode(codec), '"'.encode(codec)
    if returned in chunk and chunk.count(returned) != chunk.count("\r\n".encode(codec)):
        raise NotByLines
    if quote in chunk:
        text = chunk.decode(codec, errors="replace").encode() if codec != "utf-8" else chunk
        if not is_plainly_quoted(text, delimiter):
            raise NotByLines


def _hits(chunk: bytes, wanted: bytes, ends: "np.ndarray[Any, Any]") -> Iterator[int]:
    """Give the places of the lines, from 0, with the text in them."""
    start = chunk.find(wanted)
    while start >= 0:
        place = int(ends.searchsorted(start, side="right"))
        yield place
        start = chunk.find(wanted, int(ends[place]))


def _decoded(chunk: bytes, ends: "np.ndarray[Any, Any]", place: int, codec: str) -> str | bytes:
    raw = chunk[int(ends[place - 1]) if place else 0 : int(ends[place])]
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        return raw
    return raw if "\0" in text else text.removeprefix("\ufeff")
