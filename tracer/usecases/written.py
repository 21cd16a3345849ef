"""Files that are written whole or not at all."""

from collections.abc import Iterable
from pathlib import Path

__all__ = ["draft_of", "write_below", "write_whole"]


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


def write_below(folder: Path, place: str, content: bytes) -> None:
    """Write a file of a folder that is itself put in its place when it is whole.

    Parameters
    ----------
    place : str
        Where it stands in the folder, with `/`; folders on the way are made.
    """
    file = folder / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
