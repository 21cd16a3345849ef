"""The key that victims' and recipients' digests are made with."""

import contextlib
import glob
import os
import secrets
import tempfile
from pathlib import Path
from time import time

from tracer.errors import UsageError

__all__ = ["case_key", "key_file"]

_KEY_BYTES = 32
_DRAFT = ".new"
_HOUR = 3600.0


def key_file(database: str | None) -> Path | None:
    """Say where the key of a database lies: beside its file.

    Parameters
    ----------
    database : str or None
        Path of an SQLite file; None, blank or `:memory:` for a database without one.

    Returns
    -------
    pathlib.Path or None
        None for a database in memory.

    Examples
    --------
    >>> key_file("case/tracer.db").as_posix(), key_file(":memory:")
    ('case/tracer.db.key', None)
    """
    if not database or database == ":memory:":
        return None
    return Path(f"{database}.key")


def case_key(file: Path | None) -> bytes:
    """Read the key, or make one at first use, for its owner's eyes only.

    Without it the digests in the database tell nobody whose number they were made from. The file
    is there whole or not at all, and on the disk before anything is made with it; of two loads
    that begin together one makes it and both use it.

    Raises
    ------
    UsageError
        If the file holds no key.
    """
    if file is None:
        return secrets.token_bytes(_KEY_BYTES)
    if not file.exists():
        _make_key(file)
    try:
        key = bytes.fromhex(file.read_text("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise UsageError("bad_key_file", path=file.as_posix())
    return key


def _make_key(file: Path) -> None:
    """Write a key beside the place of the file and put it there, if nobody was faster."""
    handle, name = tempfile.mkstemp(prefix=f"{file.name}.", suffix=_DRAFT, dir=file.parent)
    draft = Path(name)  # mkstemp lets nobody but its owner read it
    try:
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_bytes(_KEY_BYTES).hex() + "\n")
            out.flush()
            os.fsync(out.fileno())
        try:
            file.hardlink_to(draft)
        except FileExistsError:
            return
        except OSError:  # a file system without links: the place was free a moment ago
            draft.rename(file)
        _sync_folder(file.parent)
    finally:
        draft.unlink(missing_ok=True)
        _remove_drafts(file)


def _remove_drafts(file: Path) -> None:
    """Remove what a process that was killed while it made a key left behind."""
    for draft in file.parent.glob(f"{glob.escape(file.name)}.*{_DRAFT}"):
        with contextlib.suppress(OSError):
            if draft.stat().st_mtime < time() - _HOUR:
                draft.unlink()


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there, and need not be
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
