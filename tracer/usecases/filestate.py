"""Whether a file stayed what it was while it was read."""

import os
from dataclasses import dataclass
from pathlib import Path
from time import time_ns
from typing import Final, Self

__all__ = ["FileState"]

_FRESH_NS: Final = 3_000_000_000
"""Two changes this close together may bear one time stamp: FAT counts in steps of 2 seconds."""


@dataclass(frozen=True, slots=True)
class FileState:
    """What the file system says of a file at one moment.

    Parameters
    ----------
    size, mtime_ns, ctime_ns : int
        Bytes; when content and entry were changed last.
    device, inode : int
        Which file it is: a file put in its place is another.
    seen_ns : int
        When this was looked up.
    """

    size: int
    mtime_ns: int
    ctime_ns: int
    device: int
    inode: int
    seen_ns: int

    @classmethod
    def of(cls, file: Path) -> Self:
        """Look a file up.

        Raises
        ------
        OSError
            If it is not there.
        """
        seen = time_ns()
        found = os.stat(file)  # noqa: PTH116 - the place tests put their own file system
        return cls(
            found.st_size,
            found.st_mtime_ns,
            found.st_ctime_ns,
            found.st_dev,
            found.st_ino,
            seen,
        )

    def is_same(self, later: "FileState") -> bool:
        """Tell whether nothing at all was done to the file in between.

        Examples
        --------
        >>> state = FileState(7, 1, 1, 1, 1, seen_ns=9_000_000_000)
        >>> state.is_same(FileState(7, 1, 1, 1, 1, seen_ns=9_999_999_999))
        True
        >>> state.is_same(FileState(7, 1, 2, 1, 1, seen_ns=9_999_999_999))
        False
        """
        return self.entry == later.entry

    def has_same_content_marks(self, later: "FileState") -> bool:
        """Tell whether size and time of the last change are the same.

        The rest may differ without anyone having written: some network file systems number
        files anew at every look, and a change of rights alters the entry.
        """
        return (self.size, self.mtime_ns) == (later.size, later.mtime_ns)

    @property
    def is_fresh(self) -> bool:
        """Tell whether it was changed so shortly before that another change may not show.

        Git calls such a file racily clean. A change that seems to lie ahead counts: clocks of
        file servers differ.

        Examples
        --------
        >>> FileState(7, 6_500_000_000, 1, 1, 1, seen_ns=9_000_000_000).is_fresh
        True
        >>> FileState(7, 5_000_000_000, 1, 1, 1, seen_ns=9_000_000_000).is_fresh
        False
        """
        return max(self.mtime_ns, self.ctime_ns) > self.seen_ns - _FRESH_NS

    @property
    def entry(self) -> tuple[int, ...]:
        """What tells one state from another."""
        return (self.size, self.mtime_ns, self.ctime_ns, self.device, self.inode)
