"""Compressed text files: gzip and zstd are read through; the digest is the file's own."""

from pathlib import Path
from typing import BinaryIO, Final, Literal, cast

__all__ = ["Compression", "open_bytes", "tell_compression"]

Compression = Literal["gzip", "zstd"]

_MAGIC: Final[dict[bytes, Compression]] = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}


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
        If it cannot be read, or what it holds is no valid gzip or zstd (also later, on `read`).
    """
    with file.open("rb") as stream:
        kind = tell_compression(stream.read(4))
    if kind is None:
        return file.open("rb")
    if kind == "gzip":
        import gzip

        return cast("BinaryIO", gzip.open(file, "rb"))
    import pyarrow as pa

    return cast("BinaryIO", pa.CompressedInputStream(pa.OSFile(str(file)), "zstd"))
