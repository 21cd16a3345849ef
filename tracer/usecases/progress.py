"""How far a load has come."""

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Progress", "ProgressTeller", "Told"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load has come.

    Parameters
    ----------
    file : str
        The file at work, as it is shown; blank when all is done.
    bytes_done, bytes_total : int
        Of all files together, done and to be done. Of tables read row by row the bytes are
        estimated from the rows.
    rows : int
        Rows read so far, of all files together.
    """

    file: str
    bytes_done: int
    bytes_total: int
    rows: int


Told = Callable[[Progress], None]


class ProgressTeller:
    """Adds up what single files report.

    Parameters
    ----------
    told : callable or None
        Gets the sums; None: nobody asks.
    total : int
        Bytes of all files.
    """

    def __init__(self, told: Told | None, total: int) -> None:
        self._told = told
        self._total = total
        self._file = ""
        self._bytes_before = 0
        self._rows_before = 0
        self._rows = 0
        self._size = 0

    def look_at(self, file: str) -> None:
        """Say which file is being opened; none of its rows is read yet."""
        self._file = file
        self.tell(0, 0)

    def begin(self, file: str, size: int) -> None:
        """Turn to a file of so many bytes."""
        self._file, self._size, self._rows = file, size, 0
        self.tell(0, 0)

    def tell(self, rows: int, read: int) -> None:
        """Say how many rows and bytes of the file at hand have been read."""
        self._rows = rows
        if self._told is not None:
            done = self._bytes_before + min(read, self._size)
            self._told(Progress(self._file, done, self._total, self._rows_before + rows))

    def done(self) -> None:
        """Count the file at hand as done, whatever became of it."""
        self._bytes_before += self._size
        self._rows_before += self._rows
        self._size = self._rows = 0

    def close(self) -> None:
        """Say that all is done."""
        self._file = ""
        self._bytes_before = self._total
        self.tell(0, 0)
