"""Ranges of a text file that begin and end at line ends, each to be read on its own.

Where a range begins is found here, on the machine that plans; which physical line it begins with
is known once the ranges before it have been read and their lines counted.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, Final

__all__ = ["FileRange", "OtherFile", "copy_range", "cut_file", "line_end", "plain_codec"]

_STEP: Final = 1 << 16
_COPY: Final = 1 << 22
_EDGE: Final = 64


class OtherFile(Exception):  # noqa: N818 - a signal from a task, not a fault
    """At this path lies another file than the one that was cut."""


@dataclass(frozen=True, slots=True)
class FileRange:
    """A run of whole lines of a file.

    Parameters
    ----------
    start, end : int
        Its bytes, `end` not among them.
    size : int
        Length of the whole file.
    edge : bytes
        The bytes it begins with.
    """

    start: int
    end: int
    size: int
    edge: bytes


def plain_codec(file: Path, encoding: str) -> str:
    """Name an encoding by what its bytes are, whether or not the file begins with a mark."""
    name = codecs.lookup(encoding).name
    if name == "utf-8-sig":
        return "utf-8"
    if name == "utf-16":
        with file.open("rb") as stream:
            return "utf-16-be" if stream.read(2) == codecs.BOM_UTF16_BE else "utf-16-le"
    return name


def line_end(codec: str) -> bytes:
    r"""Give the bytes of a line end.

    Examples
    --------
    >>> line_end("gb18030"), line_end("utf-16-be")
    (b'\n', b'\x00\n')
    """
    return "\n".encode(codec)


def cut_file(file: Path, codec: str, *, skipped: int, span: int) -> list[FileRange]:
    """Cut what follows the first lines of a file into ranges.

    Parameters
    ----------
    file : pathlib.Path
        A text file.
    codec : str
        Its encoding, as `plain_codec` names it.
    skipped : int
        How many lines at its beginning are in no range.
    span : int
        Bytes of a range, but for the line that is whole in it.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    end = line_end(codec)
    size = file.stat().st_size
    with file.open("rb") as stream:
        start = 0
        for _ in range(skipped):
            start = _after_line(stream, start, size, end)
        cuts = [start]
        while cuts[-1] < size:
            aimed = cuts[-1] + max(span - span % len(end), len(end))
            cuts.append(_after_line(stream, aimed - len(end), size, end) if aimed < size else size)
        return [
            FileRange(start, stop, size, _peek(stream, start, min(_EDGE, stop - start)))
            for start, stop in pairwise(cuts)
        ]


def _after_line(stream: BinaryIO, place: int, size: int, end: bytes) -> int:
    """Find where the line ends in which the character at `place` stands; `size` if it does not."""
    unit = len(end)
    while place < size:
        piece = _peek(stream, place, _STEP)
        found = piece.find(end)
        while found >= 0 and found % unit:
            found = piece.find(end, found + 1)
        if found >= 0:
            return place + found + unit
        place += len(piece)
    return size


def _peek(stream: BinaryIO, place: int, count: int) -> bytes:
    stream.seek(place)
    return stream.read(count)


def copy_range(file: Path, part: FileRange, codec: str, target: BinaryIO) -> int:
    """Copy a range, and count its line ends.

    Raises
    ------
    OSError
        If the file cannot be read.
    OtherFile
        If the file is not the one that was cut.
    """
    import numpy as np

    lines = 0
    kind = np.dtype({1: "u1", 2: "<u2"}[len(line_end(codec))])
    wanted = int.from_bytes(line_end(codec), "little")
    if file.stat().st_size != part.size:
        raise OtherFile
    for piece in _pieces(file, part):
        target.write(piece)
        whole = piece[: len(piece) - len(piece) % kind.itemsize]
        lines += int(np.count_nonzero(np.frombuffer(whole, dtype=kind) == wanted))
    return lines


def _pieces(file: Path, part: FileRange) -> Iterator[bytes]:
    with file.open("rb") as stream:
        if _peek(stream, part.start, len(part.edge)) != part.edge:
            raise OtherFile
        stream.seek(part.start)
        left = part.end - part.start
        while left:
            piece = stream.read(min(_COPY, left))
            if not piece:
                raise OtherFile
            left -= len(piece)
            yield piece
