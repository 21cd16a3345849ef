"""Text tables in blocks: millions of lines as columns, each row with its physical line.

A block ends at a line's end, is decoded strictly and cut by `linecells`, or parsed by Arrow where
something is quoted or nothing is asked for joined. What Arrow and `csv` would read
differently (a record of several lines, a quote gone astray, a lone carriage return) is
`Irregular`: the file is then read line by line as any other table.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tracer.ingest.compression import open_bytes
from tracer.ingest.joinedcells import JoinedCells, join_texts
from tracer.ingest.linecells import cut_lines
from tracer.ingest.lineplaces import LinePlaces
from tracer.ingest.textfiles import Broken, Record, read_records
from tracer.ingest.utf8 import is_utf8

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["BLOCK_BYTES", "Irregular", "TextBlock", "is_plainly_quoted", "read_blocks"]

Bytes = bytes | bytearray

BLOCK_BYTES: Final = 1 << 23
"""So much that what repeats is met again in every block, so little that memory is used again."""

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
    places : LinePlaces
        Where the lines are.
    delimiter : str
        Between cells.
    table : pyarrow.Table
        The columns asked for, all text; a row per line that is a record of the right width.
    lines : numpy.ndarray
        Physical line of each row.
    joined : tuple of JoinedCells
        The columns asked for to be joined, as they were grouped.
    odd : dict
        By physical line: lines of another width, and those that cannot be decoded.
    bytes_read : int
        How much of the file has been read at its end; 0 of a compressed file.
    """

    first_line: int
    text: Bytes
    places: LinePlaces
    delimiter: str
    table: "pa.Table"
    lines: "np.ndarray[Any, Any]"
    joined: tuple[JoinedCells, ...] = ()
    odd: dict[int, Record | Broken] = field(default_factory=dict)
    bytes_read: int = 0

    def record(self, line: int) -> Record | Broken | None:
        """Read one physical line again, all of its cells; None if all of them are blank."""
        start, end = self.places.span(line - self.first_line)
        content = self.text[start:end].decode()
        return next(read_records([content], self.delimiter, first_line=line), None)


def read_blocks(
    file: Path,
    *,
    encoding: str,
    delimiter: str,
    header_row: int,
    width: int,
    wanted: dict[str, int],
    joined: Sequence[frozenset[str]] = (),
    block_bytes: int = BLOCK_BYTES,
) -> Iterator[TextBlock]:
    """Read the lines below the header of a text table, compressed or not.

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
    joined : sequence of frozenset of str
        Groups of them to give joined, which is cheaper where they repeat together.
    block_bytes : int
        Bytes read at a time.

    Raises
    ------
    Irregular
        If the file must be read line by line; blocks given before stand.
    """
    layout = _Layout(delimiter, width, wanted, tuple(joined))
    line = 1
    for codec, chunk, bytes_read in _chunks(file, encoding, block_bytes):
        text, broken = _decode(chunk, codec, line)
        if _has_lone_return(text):
            raise Irregular
        places = LinePlaces(text)
        first = line
        line += len(places)
        if line - 1 <= header_row:
            continue
        if first <= header_row:
            text, first = text[places.span(header_row - first)[1] + 1 :], header_row + 1
            places = LinePlaces(text)
            broken = {place: content for place, content in broken.items() if place > header_row}
        if text:
            yield _parse(text, places, first, broken, layout, bytes_read)


def _chunks(file: Path, encoding: str, size: int) -> Iterator[tuple[str, Bytes, int]]:
    """Cut the file at line ends, and tell its codec; the mark at its beginning is dropped."""
    name = codecs.lookup(encoding).name
    if name != "utf-16" and name not in {*_CODECS, "utf-8-sig"}:
        raise Irregular
    with open_bytes(file) as stream:
        is_plain = isinstance(getattr(stream, "raw", None), FileIO)
        head = stream.read(4)
        position = len(head)
        codec = _codec(name, head)
        end = "\n".encode(codec)
        unit = len(end)
        carry: Bytes = _without_mark(head, unit)
        known = 0
        while True:
            chunk = bytearray(len(carry) + size)
            chunk[: len(carry)] = carry
            with memoryview(chunk) as view:
                count = stream.readinto(view[len(carry) :])  # type: ignore[attr-defined]
            position += count
            del chunk[len(carry) + count :]
            if not count:
                break
            cut = _last_end(chunk, end, unit, known)
            carry = chunk[cut:]
            known = len(carry)
            if cut:
                del chunk[cut:]
                yield codec, chunk, position if is_plain else 0
    if carry:
        yield codec, carry, position if is_plain else 0


def _without_mark(head: bytes, unit: int) -> bytes:
    if unit == 1:
        return head.removeprefix(codecs.BOM_UTF8)
    return head.removeprefix(codecs.BOM_UTF16_LE).removeprefix(codecs.BOM_UTF16_BE)


def _codec(name: str, head: bytes) -> str:
    if name == "utf-8-sig":
        return "utf-8"
    if name == "utf-16":
        return "utf-16-be" if head.startswith(codecs.BOM_UTF16_BE) else "utf-16-le"
    return name


def _last_end(chunk: Bytes, end: bytes, unit: int, known: int) -> int:
    """Find where the last whole line ends; 0 if none does in what follows the `known` bytes."""
    first = max(0, known - unit + 1)
    cut = chunk.rfind(end, first)
    while cut >= 0 and cut % unit:
        cut = chunk.rfind(end, first, cut + unit - 1)
    return cut + unit if cut >= 0 else 0


def _decode(chunk: Bytes, codec: str, line: int) -> tuple[Bytes, dict[int, Broken]]:
    """Turn a chunk into UTF-8; lines that cannot be decoded become empty and are told apart."""
    try:
        text: Bytes = _to_utf8(chunk, codec)
    except UnicodeDecodeError:
        text = b"\0"
    broken: dict[int, Broken] = {}
    if b"\0" in text:
        text, broken = _decode_lines(chunk, codec, line)
    return (text if text.endswith(b"\n") else text + b"\n"), broken


def _to_utf8(chunk: Bytes, codec: str) -> Bytes:
    if codec != "utf-8":
        return chunk.decode(codec).encode()
    if not is_utf8(chunk):
        chunk.decode()
    return chunk


def _decode_lines(chunk: Bytes, codec: str, line: int) -> tuple[bytes, dict[int, Broken]]:
    if codec.startswith("utf-16") or _has_lone_return(chunk):
        raise Irregular
    good: list[bytes] = []
    broken: dict[int, Broken] = {}
    for number, raw in enumerate(bytes(chunk).split(b"\n"), start=line):
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


def _has_lone_return(text: Bytes) -> bool:
    return b"\r" in text and text.count(b"\r") != text.count(b"\r\n")


def _line_ends(text: Bytes) -> "np.ndarray[Any, Any]":
    import numpy as np

    return np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == ord("\n"))


@dataclass(frozen=True, slots=True)
class _Layout:
    """What `read_blocks` was told of the lines."""

    delimiter: str
    width: int
    wanted: dict[str, int]
    joined: tuple[frozenset[str], ...]

    def groups(self) -> list[dict[str, int]]:
        """Give names and positions of the columns of each group that are wanted."""
        return [
            {name: place for name, place in self.wanted.items() if name in group}
            for group in self.joined
        ]

    def single(self) -> dict[str, int]:
        """Give names and positions of the columns in no group."""
        grouped = frozenset().union(*self.joined)
        return {name: place for name, place in self.wanted.items() if name not in grouped}


def _parse(
    text: Bytes,
    places: LinePlaces,
    first: int,
    broken: dict[int, Broken],
    layout: _Layout,
    bytes_read: int,
) -> TextBlock:
    import numpy as np

    if text.startswith(codecs.BOM_UTF8):  # Arrow would drop it, wherever the block stands
        raise Irregular
    is_quoted = b'"' in text
    if is_quoted and not is_plainly_quoted(text, layout.delimiter):
        raise Irregular
    parsed = None if is_quoted else _cut(text, places, layout)
    table, joined, wrong = _parse_by_arrow(text, layout) if parsed is None else parsed
    if table.num_rows + len(wrong) != len(places):
        raise Irregular
    lines = np.arange(first, first + len(places))
    if len(wrong):
        lines = np.delete(lines, wrong)
    block = TextBlock(
        first, text, places, layout.delimiter, table, lines, joined, bytes_read=bytes_read
    )
    for place in wrong:
        if record := block.record(first + place):
            block.odd[first + place] = record
    block.odd.update(broken)
    return block


_Parsed = tuple["pa.Table", tuple[JoinedCells, ...], list[int]]
"""Columns by name, columns joined, and the lines of another width, counted from 0."""


def _cut(text: Bytes, places: LinePlaces, layout: _Layout) -> _Parsed | None:
    """Parse lines without quotation marks; None if that is better left to Arrow."""
    import pyarrow as pa

    single = layout.single()
    if not layout.joined or not single or layout.width == 1 or len(layout.delimiter.encode()) > 1:
        return None
    wanted = tuple(layout.wanted.values())
    cells = cut_lines(text, places, layout.delimiter, layout.width, wanted)
    if cells is None:
        return None
    joined = tuple(map(cells.joined, layout.groups()))
    table = pa.table({name: cells.texts(place) for name, place in single.items()})
    return table, joined, cells.wrong


def _parse_by_arrow(text: Bytes, layout: _Layout) -> _Parsed:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    wrong: list[int] = []

    def skip(row: Any) -> str:
        wrong.append(row.number - 1)
        return "skip"

    names = [f"c{position}" for position in range(layout.width)]
    wanted = [names[position] for position in layout.wanted.values()]
    table = arrow_csv.read_csv(
        pa.BufferReader(text),
        read_options=arrow_csv.ReadOptions(
            use_threads=False, block_size=len(text) + 1, column_names=names
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=layout.delimiter, ignore_empty_lines=False, invalid_row_handler=skip
        ),
        convert_options=arrow_csv.ConvertOptions(
            include_columns=wanted,
            column_types=dict.fromkeys(wanted, pa.string()),
            check_utf8=False,
            strings_can_be_null=False,
        ),
    )
    table = table.rename_columns(list(layout.wanted))
    joined = tuple(
        join_texts({name: table[name].combine_chunks() for name in group}, table.num_rows)
        for group in layout.groups()
    )
    return table.select(list(layout.single())), joined, wrong


def is_plainly_quoted(text: Bytes, delimiter: str) -> bool:
    """Tell whether every line is, quotes and all, a record of its own."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    ends = _line_ends(text) + 1
    offsets = pa.py_buffer(np.concatenate([[0], ends]).astype(np.int64))
    lines = pa.Array.from_buffers(pa.large_string(), len(ends), [None, offsets, pa.py_buffer(text)])
    mark = re.escape(delimiter)
    cell = rf'(?:"(?:[^"\n]|"")*"|[^"{mark}\r\n][^{mark}\r\n]*|)'
    return bool(pc.all(pc.match_substring_regex(lines, rf"^{cell}(?:{mark}{cell})*\r?\n$")).as_py())
