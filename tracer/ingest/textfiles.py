"""Text tables: encodings, physical lines, and records of delimited text, strictly.

A line that cannot be decoded, a quote that is never closed, costs the line it stands in and no
other: the next physical line is read as if nothing had been.
"""

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from tracer.ingest.compression import open_bytes
from tracer.ingest.utf8 import is_utf8_stream

__all__ = [
    "Broken",
    "Record",
    "detect_encoding",
    "find_codec",
    "presume_encoding",
    "read_lines",
    "read_records",
]

_CHUNK = 1 << 20
_LONGEST_RECORD: Final = 1000
"""Physical lines one record may take before its quote counts as never closed."""
_NUL_SHARE = 0.02
_SAMPLE = 1 << 16
_BEGINNING: Final = 1 << 22
_CELL_LIMIT = 1 << 24


@dataclass(frozen=True, slots=True)
class Record:
    """Cells of one record; it begins at line `row` and ends at line `last_row`."""

    row: int
    last_row: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that is no record: its text, and the key of the reason."""

    row: int
    raw: str
    reason: str


def find_codec(name: str) -> str | None:
    """Give the canonical name of a text encoding, None if there is no such encoding.

    Examples
    --------
    >>> find_codec("GBK"), find_codec("UTF8"), find_codec("rot13"), find_codec("klingon")
    ('gbk', 'utf-8', None, None)
    """
    try:
        found = codecs.lookup(name)
        "".encode(found.name)
    except (LookupError, ValueError):
        return None
    return found.name


def detect_encoding(file: Path) -> str:
    """Tell the encoding of a text file: UTF-8 if it is, UTF-16 if it looks it, else GB18030.

    A file that is neither wholly UTF-8 nor wholly GB18030 is read as the one in which more of
    its lines make sense.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    with open_bytes(file) as stream:
        head = stream.read(_SAMPLE)
    if head.startswith(codecs.BOM_UTF8):
        # some programs put the mark of UTF-8 before text that is GB18030
        is_utf8 = _decodes(file, "utf-8") or _has_more_utf8(file)
        return "utf-8-sig" if is_utf8 else "gb18030"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if guess := _guess_utf16(head):
        return guess
    if _decodes(file, "utf-8"):
        return "utf-8"
    if _decodes(file, "gb18030") and not _has_more_utf8(file):
        return "gb18030"
    return "utf-8" if _has_more_utf8(file) else "gb18030"


def presume_encoding(file: Path) -> str | None:
    """Tell the encoding of a text file by its beginning; None if that does not tell.

    It is what `detect_encoding` says of the file if every line of it can be decoded. Whoever
    finds one that cannot has to ask there.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    with open_bytes(file) as stream:
        head = stream.read(_BEGINNING)
    lines = head[: head.rfind(b"\n") + 1]
    if head.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    if not lines or b"\0" in lines or len(head) - len(lines) > _CHUNK:
        return None
    found = (codec for codec in ("utf-8", "gb18030") if _is_valid(lines, codec))
    return next(found, None)


def _guess_utf16(head: bytes) -> str | None:
    """Tell UTF-16 without a mark by where the NUL bytes of its ASCII characters stand."""
    if len(head) < 2:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > even * 4 and odd >= len(head) // 2 * _NUL_SHARE:
        return "utf-16-le"
    if even > odd * 4 and even >= len(head) // 2 * _NUL_SHARE:
        return "utf-16-be"
    return None


def _decodes(file: Path, encoding: str) -> bool:
    if encoding == "utf-8":
        with open_bytes(file) as stream:
            return is_utf8_stream(stream)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with open_bytes(file) as stream:
        try:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _has_more_utf8(file: Path) -> bool:
    utf8 = gb18030 = 0
    with open_bytes(file) as stream:
        for line in stream:
            if not line.isascii():
                utf8 += _is_valid(line, "utf-8")
                gb18030 += _is_valid(line, "gb18030")
    return utf8 > gb18030


def _is_valid(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def read_lines(file: Path, encoding: str) -> Iterator[str | bytes]:
    r"""Yield the physical lines of a file with their ends; bytes where a line cannot be decoded.

    A line ends at `\n`, `\r\n` or `\r`. A line with a NUL in it counts as not decodable.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    codec = codecs.lookup(encoding).name
    with open_bytes(file) as stream:
        if codec.startswith("utf-16"):
            yield from _wide_lines(stream, codec)
            return
        carry = b""
        first = True
        while chunk := stream.read(_CHUNK):
            block = carry + chunk
            cut = block.rfind(b"\n") + 1 or block.rfind(b"\r", 0, len(block) - 1) + 1
            block, carry = block[:cut], block[cut:]
            if block:
                yield from _block_lines(_without_mark(block) if first else block, encoding)
                first = False
        if carry:
            yield from _block_lines(_without_mark(carry) if first else carry, encoding)


def _without_mark(block: bytes) -> bytes:
    return block.removeprefix(codecs.BOM_UTF8)


def _block_lines(block: bytes, encoding: str) -> Iterator[str | bytes]:
    codec = "utf-8" if encoding == "utf-8-sig" else encoding
    try:
        text = block.decode(codec)
    except (UnicodeDecodeError, ValueError):
        text = "\0"
    if "\0" not in text:
        yield from io.StringIO(text, newline="")
        return
    for line in block.splitlines(keepends=True):
        try:
            decoded = line.decode(codec)
        except (UnicodeDecodeError, ValueError):
            yield line
        else:
            yield line if "\0" in decoded else decoded


def _wide_lines(stream: BinaryIO, codec: str) -> Iterator[str | bytes]:
    """Read UTF-16: lone halves of a character are kept through decoding, then found again."""
    content = stream.read(_CHUNK)
    if codec == "utf-16":
        codec = "utf-16-be" if content.startswith(codecs.BOM_UTF16_BE) else "utf-16-le"
    decoder = codecs.getincrementaldecoder(codec)("surrogatepass")
    odd, carry, first = b"", "", True
    while content:
        content = odd + content
        even = len(content) & ~1
        odd = content[even:]
        carry += decoder.decode(content[:even])
        content = stream.read(_CHUNK)
        if not content:
            carry += decoder.decode(b"", final=True)
        if first and carry:
            carry, first = carry.removeprefix("\ufeff"), False
        if content:
            cut = carry.rfind("\n") + 1 or carry.rfind("\r", 0, len(carry) - 1) + 1
            text, carry = carry[:cut], carry[cut:]
            yield from (_checked_line(line) for line in io.StringIO(text, newline=""))
    last = list(io.StringIO(carry, newline=""))
    yield from (_checked_line(line) for line in last[:-1])
    if last or odd:
        yield _checked_line(last[-1] if last else "", odd)


def _checked_line(line: str, odd: bytes = b"") -> str | bytes:
    """Give a line that cannot be decoded as bytes; `odd` is half a character at its end."""
    if odd or "\0" in line or any("\ud800" <= char <= "\udfff" for char in line):
        return line.encode("utf-8", "surrogatepass") + odd
    return line


class _Feed:
    """Hands physical lines to `csv.reader` and remembers those of the record at hand."""

    def __init__(self, lines: Iterable[str | bytes]) -> None:
        self._lines = iter(lines)
        self._again: deque[str | bytes] = deque()
        self.taken: list[str | bytes] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _LONGEST_RECORD:
            raise StopIteration
        line = self._again.popleft() if self._again else next(self._lines)
        self.taken.append(line)
        return line if isinstance(line, str) else "\n"

    def give_back(self) -> None:
        """Put back all lines of the record but its first."""
        self._again.extendleft(reversed(self.taken[1:]))


def read_records(
    lines: Iterable[str | bytes],
    delimiter: str,
    *,
    encoding: str = "utf-8",
    first_line: int = 1,
    width: int | None = None,
) -> Iterator[Record | Broken]:
    r"""Read delimited text; blank lines are no records.

    Parameters
    ----------
    lines : iterable of (str or bytes)
        As `read_lines` yields them.
    encoding : str
        What undecodable lines are shown in, as far as it goes.
    first_line : int
        Number of the first of them.
    width : int or None
        Cells a record is known to have. A record of another width that takes several lines,
        one of which would do alone, is a quote gone astray, and costs its first line only.

    Examples
    --------
    >>> [r.cells for r in read_records(['a,"b\n', 'c"\n', "\n", "d,e"], ",")]
    [['a', 'b\nc'], ['d', 'e']]
    """
    csv.field_size_limit(_CELL_LIMIT)
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    row = first_line
    while True:
        taken: list[str | bytes] = []
        feed.taken = taken
        cells: list[str] | None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = None
        if len(taken) == 1:
            yield from _one_line(row, taken[0], cells, encoding)
            row += 1
        elif cells is not None and _is_whole(cells, taken, delimiter, width):
            if not _is_empty(cells):
                yield Record(row, row + len(taken) - 1, cells)
            row += len(taken)
        else:
            feed.give_back()
            yield Broken(row, _shown(taken[0], encoding), "unclosed_quote")
            row += 1


def _is_whole(
    cells: list[str], taken: list[str | bytes], delimiter: str, width: int | None
) -> bool:
    """Tell whether lines joined by quotes are one record, and no quote gone astray."""
    lines = [line for line in taken if isinstance(line, str)]
    if len(lines) < len(taken):
        return False
    if width is None or len(cells) == width:
        return True
    return not any(_fits(line, delimiter, width) for line in lines[1:])


def _fits(line: str, delimiter: str, width: int) -> bool:
    """Tell whether a line would do as a record alone: its quotes in pairs, its cells as many."""
    if line.count('"') % 2:
        return False
    try:
        cells = next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return False
    return len(cells) == width


def _one_line(
    row: int, line: str | bytes, cells: list[str] | None, encoding: str
) -> Iterator[Record | Broken]:
    if isinstance(line, bytes):
        yield Broken(row, _shown(line, encoding), "undecodable")
    elif cells is None:
        yield Broken(row, _shown(line, encoding), "bad_quoting")
    elif not _is_empty(cells):
        yield Record(row, row, cells)


def _is_empty(cells: list[str]) -> bool:
    return not any(cell and not cell.isspace() for cell in cells)


def _shown(line: str | bytes, encoding: str) -> str:
    if isinstance(line, bytes):
        codec = "utf-8" if encoding.startswith("utf") else encoding
        line = line.decode(codec, "backslashreplace").replace("\0", "\\x00")
    return line.rstrip("\r\n")
