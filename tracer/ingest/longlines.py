"""Lines no table has: whoever reads a text keeps a line in memory, several times over."""

from pathlib import Path
from typing import Final

from tracer.ingest.compression import open_bytes

__all__ = ["find_long_line"]

_CHUNK: Final = 1 << 20
_LONGEST: Final = 1 << 24
_MOST_RATIO: Final = 1 << 11
"""Bytes that one packed byte may become; a smaller file holds no long line, packed or not."""


def find_long_line(file: Path) -> int | None:
    """Find a line longer than any table has: 16 MiB.

    Returns
    -------
    int or None
        Where it begins, in bytes; None where there is none.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    if file.stat().st_size <= _LONGEST // _MOST_RATIO:
        return None
    begun = at = 0
    with open_bytes(file) as stream:
        while chunk := stream.read(_CHUNK):
            end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
            at += len(chunk)
            if end >= 0:
                begun = at - len(chunk) + end + 1
            elif at - begun > _LONGEST:
                return begun
    return None
