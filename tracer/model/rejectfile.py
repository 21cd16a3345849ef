"""The file beside the database in which a source's rejected rows go on."""

from dataclasses import dataclass

__all__ = ["RejectFile"]


@dataclass(frozen=True, slots=True)
class RejectFile:
    """A file of rejected rows, as it was written.

    Parameters
    ----------
    name : str
        Its name within the folder of rejected rows, so that the database can be moved with it.
    sha256 : str
        Digest of its bytes, hex.
    size, rows : int
        Bytes, and rejected rows in it.
    """

    name: str
    sha256: str
    size: int
    rows: int
