"""What ends a whole load, and not one file of it: no room, no database, no patience."""

import errno
from collections.abc import Iterator
from typing import Final

from tracer.errors import TracerError, UsageError

__all__ = ["as_stop"]

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_NO_ROOM_WORDS: Final = (
    "no space left on device",
    "disk quota exceeded",
    "max_temp_directory_size",
)
"""How the engines of the log lane put it, whose classes of errors are not known here."""
_BROKEN_OFF: Final = "Query interrupted"
"""All that DuckDB says after a Ctrl-C."""
_STOPS: Final = frozenset({"db_busy", "db_lost", "disk_full"})
_PLACES: Final = frozenset({"scratch_full", "unwritable"})
"""Errors that name what could not be written."""


def as_stop(
    error: BaseException, *, file: str, kept: int, database: str
) -> TracerError | KeyboardInterrupt | None:
    """Tell whether an error concerns more than the file at hand.

    Parameters
    ----------
    error : BaseException
        What keeping a file ended with.
    file : str
        That file, as it is shown; nothing of it is kept.
    kept : int
        Files of the load kept before it.
    database : str
        What is written to, as it is shown.

    Returns
    -------
    TracerError, KeyboardInterrupt or None
        What to end the load with; None where other files may still do.
    """
    where: object = database
    chain = list(_chain(error))
    # a connection that is broken off with Ctrl-C looks lost
    if any(isinstance(each, KeyboardInterrupt) or str(each) == _BROKEN_OFF for each in chain):
        return KeyboardInterrupt()
    for each in chain:
        if isinstance(each, TracerError) and each.key in _PLACES:
            where = each.values.get("path", where)
        if isinstance(each, TracerError) and each.key in _STOPS:
            return each
        if _is_no_room(each):
            where = getattr(each, "filename", None) or where
            return UsageError("disk_full", where=where, path=file, kept=kept)
    return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Walk from an error to what it was raised from."""
    at: BaseException | None = error
    seen: set[int] = set()
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or at.__context__


def _is_no_room(error: BaseException) -> bool:
    if isinstance(error, TracerError):
        return error.key == "db_full"
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return True
    said = str(error).casefold()
    return any(words in said for words in _NO_ROOM_WORDS)
