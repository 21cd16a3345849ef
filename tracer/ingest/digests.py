"""Digests of a file's bytes: SHA-256 always, SM3 beside it."""

import hashlib
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tracer.ingest.sm3 import SM3

__all__ = ["FileDigests", "digest_file", "new_sm3"]

_CHUNK = 1 << 20


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
