"""Where a load keeps what it works on: a folder of its own, gone when it is.

A process that was killed leaves its folder behind. It held the folder's lock as long as it lived,
so whoever can take the lock knows that nobody works there any more.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time
from typing import BinaryIO, Final

__all__ = ["work_folder"]

_READY: Final = "tracer-work-"
_NEW: Final = "tracer-new-"
_LOCK: Final = "lock"
_HOUR: Final = 3600.0


@contextmanager
def work_folder(base: Path | None = None) -> Iterator[Path]:
    """Make a folder to work in while the body runs; remove those that dead processes left.

    Parameters
    ----------
    base : pathlib.Path or None
        Where it is made; None: the system's folder for temporary files.
    """
    place = base or Path(tempfile.gettempdir())
    _remove_stale(place)
    new = Path(tempfile.mkdtemp(prefix=_NEW, dir=place))
    lock = _take(new)
    # it gets the name others look for only once it is locked
    folder = new.rename(new.with_name(_READY + new.name.removeprefix(_NEW)))
    try:
        yield folder
    finally:
        if lock is not None:
            lock.close()
        shutil.rmtree(folder, ignore_errors=True)


def _remove_stale(place: Path) -> None:
    """Remove folders of the same user where nobody works; what resists is left for next time."""
    for folder in sorted(place.glob(f"{_READY}*")):
        with contextlib.suppress(OSError):
            lock = _take(folder) if _is_ours(folder) else None
            if lock is not None:
                shutil.rmtree(folder, ignore_errors=True)
                lock.close()
    for folder in sorted(place.glob(f"{_NEW}*")):
        with contextlib.suppress(OSError):
            if _is_ours(folder) and folder.stat().st_mtime < time() - _HOUR:
                shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    if folder.is_symlink() or not folder.is_dir():
        return False
    return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()


def _take(folder: Path) -> BinaryIO | None:
    """Take the lock of a folder; None if somebody has it."""
    file = folder / _LOCK
    try:
        import fcntl
    except ImportError:  # Windows: what somebody has open cannot be removed
        file.unlink(missing_ok=True)
        return file.open("ab")
    lock = file.open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return None
    return lock
