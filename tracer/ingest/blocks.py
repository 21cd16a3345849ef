"""Text tables in blocks: millions of lines as columns, each row with its physical line.

A block ends at a line's end, is decoded strictly and parsed by Arrow. What Arrow and `csv` would
read differently (a record of several lines, a quote gone astray, a lone carriage return) is
`Irregular`: the file is then read line by line as any other table.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tracer.ingest.textfiles import Broken, Record, read_records

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["BLOCK_BYTES", "Irregular", "TextBlock", "read_blocks"]

BLOCK_BYTES: Final = 1 << 25

_CODECS: Final = frozenset({"utf-8", "gbk", "gb18030", "gb2312", "big5", "utf-16-le", "utf-16-be"})
"""Encodings in which the unit of a line end is never part of another character."""


class Irregular(Exception):  # noqa: N818 - a signal between two readers, not a fault
    """The file cannot be read in blocks."""


@dataclass(frozen=True)
class TextBlock:
    """A run of whole lines.

    Parameters
    ----------
    first_line : int
        Physical number of its first line.
    text : bytes
        UTF-8; every line ends with a line feed. Lines that cannot be decoded are empty here.
    delimiter : str
        Between cells.
    table : pyarrow.Table
        The columns asked for, all text; a row per line that is a record of the right width.
    lines : numpy.ndarray
        Physical line of each row.
    odd : dict
        By physical line: lines of another width, and those that cannot be decoded.
    """

    first_line: int
    text: bytes
    delimiter: str
    table: "pa.Table"
    lines: "np.ndarray[Any, Any]"
    odd: dict[int, Record | Broken] = field(default_factory=dict)

    def record(self, line: int) -> Record | Broken | None:
        """Read one physical line again, all of its cells; None if all of them are blank."""
        ends = self._ends
        place = line - self.first_line
        start = int(ends[place - 1]) + 1 if place else 0
        content = self.text[start : int(ends[place])].decode()
        return next(read_records([content], self.delimiter, first_line=line), None)

    @cached_property
    def _ends(self) -> "np.ndarray[Any, Any]":
        import numpy as np

        return np.flatnonzero(np.frombuffer(self.text, dtype=np.uint8) == ord("\n"))


def read_blocks(
    file: Path,
    *,
    encoding: str,
    delimiter: str,
    header_row: int,
    width: int,
    wanted: dict[str, int],
    block_bytes: int = BLOCK_BYTES,
) -> Iterator[TextBlock]:
    """Read the lines below the header of a text table.

    Parameters
    ----------
    file : pathlib.Path
        The table.
    encoding, delimiter : str
        As found when it was opened.
    header_row : int
        Physical line of the header.
    width : int
        Cells in a record.
    wanted : dict
        Name and position of the columns to keep.
    block_bytes : int
        Bytes read at a time.

    Raises
    ------
    Irregular
        If the file must be read line by line; blocks given before stand.
    """
    codec = _codec(file, encoding)
    line = 1
    for chunk in _chunks(file, codec, block_bytes):
        text, broken = _decode(chunk, codec, line)
        if _has_lone_return(text):
            raise Irregular
        count = _count_lines(text)
        first = line
        line += count
        if line - 1 <= header_row:
            continue
        if first <= header_row:
            text, first = _skip_lines(text, header_row + 1 - first), header_row + 1
            broken = {place: content for place, content in broken.items() if place > header_row}
        if text:
            yield _parse(text, first, broken, delimiter, width, wanted)


def _chunks(file: Path, codec: str, size: int) -> Iterator[bytes]:
    """Cut the file at line ends; the mark at its beginning is dropped."""
    end = "\n".encode(codec)
    unit = len(end)
    with file.open("rb") as stream:
        carry = _without_mark(stream.read(4), unit)
        while fresh := stream.read(size):
            cut = _last_end(fresh, end, unit, len(carry) % unit)
            if cut:
                yield carry + fresh[:cut]
                carry = fresh[cut:]
            else:
                carry += fresh
    if carry:
        yield carry


def _without_mark(head: bytes, unit: int) -> bytes:
    if unit == 1:
        return head.removeprefix(codecs.BOM_UTF8)
    return head.removeprefix(codecs.BOM_UTF16_LE).removeprefix(codecs.BOM_UTF16_BE)


def _codec(file: Path, encoding: str) -> str:
    name = codecs.lookup(encoding).name
    if name == "utf-8-sig":
        return "utf-8"
    if name == "utf-16":
        with file.open("rb") as stream:
            return "utf-16-be" if stream.read(2) == codecs.BOM_UTF16_BE else "utf-16-le"
    if name not in _CODECS:
        raise Irregular
    return name


def _last_end(fresh: bytes, end: bytes, unit: int, shift: int) -> int:
    """Find where the last whole line ends; 0 if none does."""
    cut = fresh.rfind(end)
    while cut > 0 and (cut + shift) % unit:
        cut = fresh.rfind(end, 0, cut + unit - 1)
    return cut + unit if cut >= 0 and (cut + shift) % unit == 0 else 0


def _decode(chunk: bytes, codec: str, line: int) -> tuple[bytes, dict[int, Broken]]:
    """Turn a chunk into UTF-8; lines that cannot be decoded become empty and are told apart."""
    try:
        text = _to_utf8(chunk, codec)
    except UnicodeDecodeError:
        text = b"\0"
    broken: dict[int, Broken] = {}
    if b"\0" in text:
        text, broken = _decode_lines(chunk, codec, line)
    return (text if text.endswith(b"\n") else text + b"\n"), broken


def _to_utf8(chunk: bytes, codec: str) -> bytes:
    if codec != "utf-8":
        return chunk.decode(codec).encode()
    if not _is_utf8(chunk):
        chunk.decode()
    return chunk


def _is_utf8(chunk: bytes) -> bool:
    """Check with Arrow, which is ten times as fast as decoding."""
    import numpy as np
    import pyarrow as pa

    offsets = pa.py_buffer(np.array([0, len(chunk)], dtype=np.int64))
    whole = pa.Array.from_buffers(pa.large_binary(), 1, [None, offsets, pa.py_buffer(chunk)])
    try:
        whole.cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def _decode_lines(chunk: bytes, codec: str, line: int) -> tuple[bytes, dict[int, Broken]]:
    if codec.startswith("utf-16") or _has_lone_return(chunk):
        raise Irregular
    good: list[bytes] = []
    broken: dict[int, Broken] = {}
    for number, raw in enumerate(chunk.split(b"\n"), start=line):
        try:
            text = raw.decode(codec).encode()
        except UnicodeDecodeError:
            text = b"\0"
        if b"\0" in text:
            for found in read_records([raw], ",", encoding=codec, first_line=number):
                assert isinstance(found, Broken)
                broken[number] = found
            text = b""
        good.append(text)
    return b"\n".join(good), broken


def _has_lone_return(text: bytes) -> bool:
    return b"\r" in text and text.count(b"\r") != text.count(b"\r\n")


def _count_lines(text: bytes) -> int:
    """Count line feeds; ten times as fast as `bytes.count` where they are many."""
    import numpy as np

    return int(np.count_nonzero(np.frombuffer(text, dtype=np.uint8) == ord("\n")))


def _skip_lines(text: bytes, count: int) -> bytes:
    place = 0
    for _ in range(count):
        place = text.index(b"\n", place) + 1
    return text[place:]


def _parse(
    text: bytes,
    first: int,
    broken: dict[int, Broken],
    delimiter: str,
    width: int,
    wanted: dict[str, int],
) -> TextBlock:
    import numpy as np
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    count = _count_lines(text)
    if text.startswith(codecs.BOM_UTF8):  # Arrow would drop it, wherever the block stands
        raise Irregular
    if b'"' in text and not _is_plainly_quoted(text, delimiter):
        raise Irregular
    wrong: list[int] = []

    def skip(row: Any) -> str:
        wrong.append(row.number - 1)
        return "skip"

    names = [f"c{position}" for position in range(width)]
    kept = [names[position] for position in wanted.values()]
    table = arrow_csv.read_csv(
        pa.BufferReader(text),
        read_options=arrow_csv.ReadOptions(
            use_threads=False, block_size=len(text) + 1, column_names=names
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=delimiter, ignore_empty_lines=False, invalid_row_handler=skip
        ),
        convert_options=arrow_csv.ConvertOptions(
            include_columns=kept,
            column_types=dict.fromkeys(kept, pa.string()),
            check_utf8=False,
            strings_can_be_null=False,
        ),
    )
    if table.num_rows + len(wrong) != count:
        raise Irregular
    is_row = np.ones(count, dtype=bool)
    is_row[wrong] = False
    lines = np.flatnonzero(is_row) + first
    block = TextBlock(first, text, delimiter, table.rename_columns(list(wanted)), lines)
    for place in wrong:
        if record := block.record(first + place):
            block.odd[first + place] = record
    block.odd.update(broken)
    return block


def _is_plainly_quoted(text: bytes, delimiter: str) -> bool:
    """Tell whether every line is, quotes and all, a record of its own."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    ends = np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == ord("\n")) + 1
    offsets = pa.py_buffer(np.concatenate([[0], ends]).astype(np.int64))
    lines = pa.Array.from_buffers(pa.large_string(), len(ends), [None, offsets, pa.py_buffer(text)])
    mark = re.escape(delimiter)
    cell = rf'(?:"(?:[^"\n]|"")*"|[^"{mark}\r\n][^{mark}\r\n]*|)'
    return bool(pc.all(pc.match_substring_regex(lines, rf"^{cell}(?:{mark}{cell})*\r?\n$")).as_py())
