"""Compressed text files: gzip and zstd are read through; the digest is the file's own."""

import io
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Literal, cast

from tracer.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

__all__ = ["BrokenArchiveError", "Compression", "open_bytes", "reading_error", "tell_compression"]

Compression = Literal["gzip", "zstd"]

_MAGIC: Final[dict[bytes, Compression]] = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
_BUFFER: Final = 1 << 20


class BrokenArchiveError(OSError):
    """What a file holds is no valid gzip or zstd, or ends too early."""


def tell_compression(head: bytes) -> Compression | None:
    r"""Tell by its first bytes how a file is compressed; None if it is not.

    Examples
    --------
    >>> tell_compression(b"\x1f\x8b\x08\x00"), tell_compression("发送时间".encode())
    ('gzip', None)
    """
    return next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)


def open_bytes(file: Path) -> BinaryIO:
    """Open a file for reading what it holds: decompressed if it is compressed.

    The stream reads forward; only that of a plain file can be rewound.

    Raises
    ------
    OSError
        If it cannot be read.
    BrokenArchiveError
        If what it holds is no valid gzip or zstd (also later, on `read`).
    """
    with file.open("rb") as stream:
        kind = tell_compression(stream.read(4))
    if kind is None:
        return file.open("rb")
    if kind == "gzip":
        import gzip

        source = cast("BinaryIO", gzip.open(file, "rb"))  # noqa: SIM115 - the stream closes it
        return io.BufferedReader(_Unpacked(source, (zlib.error, EOFError)), _BUFFER)
    import pyarrow as pa

    source = cast("BinaryIO", pa.CompressedInputStream(pa.OSFile(str(file)), "zstd"))
    return io.BufferedReader(_Unpacked(source, (pa.ArrowException, EOFError)), _BUFFER)


def reading_error(path: str, fault: OSError) -> UsageError:
    """Say in one line why a file cannot be read: a broken archive, or the system's reason.

    Examples
    --------
    >>> reading_error("log.csv.gz", BrokenArchiveError("ends too early")).key
    'broken_archive'
    """
    if isinstance(fault, BrokenArchiveError):
        return UsageError("broken_archive", path=path, detail=str(fault))
    return UsageError("unreadable_file", path=path, detail=fault.strerror or str(fault))


class _Unpacked(io.RawIOBase):
    """A decompressing stream whose faults are all `BrokenArchiveError`."""

    def __init__(self, source: BinaryIO, faults: "tuple[type[Exception], ...]") -> None:
        self._source = source
        self._faults = faults
        self._read: Callable[[int], bytes] = source.read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer).cast("B")
        try:
            content = self._read(len(view))
        except self._faults as fault:
            raise BrokenArchiveError(_one_line(fault)) from fault
        except OSError as fault:
            if fault.errno is not None:  # the disk, not the archive
                raise
            raise BrokenArchiveError(_one_line(fault)) from fault
        view[: len(content)] = content
        return len(content)

    def close(self) -> None:
        if not self.closed:
            self._source.close()
        super().close()


def _one_line(fault: BaseException) -> str:
    return " ".join(str(fault).split())[:120] or type(fault).__name__
