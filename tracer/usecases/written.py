"""Files that are written whole or not at all."""

from collections.abc import Iterable
from pathlib import Path

__all__ = ["draft_of", "write_whole"]


def draft_of(out: Path) -> Path:
    """Name the file beside another in which it is written until it is whole."""
    return out.with_name(out.name + ".part")


def write_whole(out: Path, pieces: Iterable[bytes]) -> None:
    """Write a file that is there whole or not at all.

    Parameters
    ----------
    out : pathlib.Path
        The file; what was there stays until all is written.
    pieces : iterable of bytes
        Its content.
    """
    beside = draft_of(out)
    try:
        with beside.open("wb") as file:
            for piece in pieces:
                file.write(piece)
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
