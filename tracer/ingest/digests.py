"""Digests of a file's bytes: SHA-256 always, SM3 beside it."""

import hashlib
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Protocol

from tracer.ingest.compression import reading_error
from tracer.ingest.sm3 import SM3

__all__ = ["ComingDigests", "Digests", "FileDigests", "digest_file", "new_sm3"]

_CHUNK = 1 << 20


class Digests(Protocol):
    """The digests of a file's bytes; whoever asks for one may have to wait for it."""

    @property
    def sha256(self) -> str:
        """Give the one that tells files apart."""

    @property
    def sm3(self) -> str:
        """Give the one Chinese courts and offices ask for."""

    @property
    def size(self) -> int:
        """Give the number of bytes."""


class _Hash(Protocol):
    def update(self, data: bytes, /) -> None: ...
    def hexdigest(self) -> str: ...


@dataclass(frozen=True, slots=True)
class FileDigests:
    """What tells the bytes of a file apart: both digests in hex, and their number."""

    sha256: str
    sm3: str
    size: int


def new_sm3() -> _Hash:
    """Start an SM3 hash: OpenSSL's where it has one, else our own."""
    try:
        return hashlib.new("sm3")
    except ValueError:
        return SM3()


def digest_file(file: Path) -> FileDigests:
    """Hash a file, reading it once; SM3, by far the slower, in a thread of its own.

    Raises
    ------
    OSError
        If it cannot be read.
    """
    sha256, sm3, size = hashlib.sha256(), new_sm3(), 0
    before: Future[None] | None = None
    with ThreadPoolExecutor(1, "tracer-sm3") as beside, file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if before is not None:
                before.result()
            before = beside.submit(sm3.update, chunk)
            sha256.update(chunk)
            size += len(chunk)
    return FileDigests(sha256.hexdigest(), sm3.hexdigest(), size)


class ComingDigests:
    """Digests that a thread makes while the file is read: whoever asks for one waits for it.

    SM3 takes as long as all reading of a log, and nothing that is read depends on it.

    Parameters
    ----------
    file, shown : pathlib.Path, str
        The file, and its path as it is shown.
    """

    def __init__(self, file: Path, shown: str) -> None:
        self._file, self._shown = file, shown
        self._coming: Future[FileDigests] | None = None

    def begin(self) -> None:
        """Have them made from now on; whoever asks for one begins it, too."""
        if self._coming is None:
            self._coming = Future()
            Thread(target=self._make, args=(self._coming,), name="digests", daemon=True).start()

    def settled(self) -> FileDigests:
        """Wait for them.

        Raises
        ------
        UsageError
            If the file cannot be read.
        """
        self.begin()
        assert self._coming is not None
        try:
            return self._coming.result()
        except OSError as fault:
            raise reading_error(self._shown, fault) from fault

    @property
    def sha256(self) -> str:
        """Give the first of them; as `settled`."""
        return self.settled().sha256

    @property
    def sm3(self) -> str:
        """Give the other; as `settled`."""
        return self.settled().sm3

    @property
    def size(self) -> int:
        """Give the number of bytes they were made of; as `settled`."""
        return self.settled().size

    def _make(self, coming: "Future[FileDigests]") -> None:
        try:
            coming.set_result(digest_file(self._file))
        except BaseException as error:  # noqa: BLE001 - raised to whoever asks
            coming.set_exception(error)
