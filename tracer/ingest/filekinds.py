"""What a file is, told by its first bytes."""

from pathlib import Path
from typing import Literal

from tracer.errors import UsageError
from tracer.ingest.compression import open_bytes, tell_compression

__all__ = ["FileKind", "tell_kind"]

FileKind = Literal["workbook", "parquet", "text"]

_HEAD_BYTES = 4096
_ZIP, _OLE, _PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1"
_TAR_MARK = slice(257, 262)
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"<body")
_STRANGE = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"SQLite f")


def tell_kind(file: Path, path: str) -> FileKind:
    """Tell what a file is, whatever its name says; compressed text is the text it holds.

    Parameters
    ----------
    path : str
        The file as errors name it.

    Raises
    ------
    UsageError
        If it is empty, locked with a password, a web page, or plainly no table.
    OSError
        If it cannot be read, or is a broken archive.
    """
    with file.open("rb") as stream:
        is_packed = tell_compression(stream.read(4)) is not None
    with open_bytes(file) as stream:
        head = stream.read(_HEAD_BYTES)
    if not head:
        raise UsageError("empty_file", path=path)
    # spreadsheets, Parquet and archives of several files cannot be read as a stream
    is_many = is_packed and (head[_TAR_MARK] == b"ustar" or head.startswith((_ZIP, _OLE, _PARQUET)))
    if head.startswith(_STRANGE) or is_many or tell_compression(head):
        raise UsageError("not_a_table", path=path)
    if head.startswith(_OLE) and _LOCKED in file.read_bytes():
        raise UsageError("password", path=path)
    if head.startswith((_ZIP, _OLE)):
        return "workbook"
    if head.startswith(_PARQUET):
        return "parquet"
    narrow = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if narrow.startswith(_MARKUP):
        raise UsageError("markup_file", path=path)
    return "text"
