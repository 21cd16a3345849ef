"""What one task does: it reads a range of a log and codes it, by the readers of every engine.

A task runs in a Python of its own, perhaps on another host, and tells in its answer what went
wrong: an error raised there would be tried again, and reach the user as Java's.
"""

import codecs
import json
import os
import socket
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final, Literal, cast
from zoneinfo import ZoneInfo

from tracer.ingest.accountbook import AccountBook
from tracer.ingest.blocks import Irregular
from tracer.ingest.coding import Numbering, SheetCoder
from tracer.ingest.headers import HeaderMatch
from tracer.ingest.logblocks import LogBlock, Show, read_in_blocks
from tracer.ingest.logcells import Fault
from tracer.ingest.logfaults import diagnose, raw_texts, unread_rows
from tracer.ingest.masking import Masker
from tracer.ingest.reading import OpenSheet
from tracer.ingest.spark_files import FaultRow, PieceFiles
from tracer.ingest.spark_ranges import FileRange, OtherFile, copy_range

__all__ = ["PieceDone", "SheetPlan", "Trouble", "code_piece", "explain_faults", "read_range"]

_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

Trouble = Literal["irregular", "unseen_file", "other_file", "unseen_scratch"]


@dataclass(frozen=True)
class SheetPlan:
    """What every task of a sheet must know.

    Parameters
    ----------
    folder : pathlib.Path
        The sheet's folder in the scratch folder.
    number : int
        Number of the sheet within the load.
    sheet : OpenSheet
        What is read, without its own reader.
    columns : tuple of str
        Canonical columns that count.
    header, book, zone, reporter, masker, show
        As in `SheetTask`.
    block_bytes : int
        Bytes read at a time.
    """

    folder: Path
    number: int
    sheet: OpenSheet
    columns: tuple[str, ...]
    header: HeaderMatch
    book: AccountBook
    zone: ZoneInfo
    reporter: str | None
    masker: Masker
    show: Show
    block_bytes: int

    def coder(self) -> SheetCoder:
        """Make a coder whose keys begin at 0."""
        return SheetCoder(
            self.number,
            self.columns,
            self.book,
            self.zone,
            self.reporter,
            Numbering(),
            self.sheet.shape,
        )


@dataclass(frozen=True)
class PieceDone:
    """What became of one piece.

    Parameters
    ----------
    piece : int
        Its number.
    lines, read : int
        Physical lines in it; rows that are not blank.
    files : tuple of str
        Tables it left rows of.
    trouble, host, detail : str
        Why it could not be read, where, and the system's reason.
    """

    piece: int
    lines: int = 0
    read: int = 0
    files: tuple[str, ...] = ()
    trouble: Trouble | None = None
    host: str = ""
    detail: str = ""


def read_range(plan: SheetPlan, piece: int, part: FileRange) -> PieceDone:
    """Read a range of a text file, and leave what it says in the folder of the sheet.

    Lines are counted from the beginning of the range.
    """
    if not os.access(plan.folder, os.W_OK):
        return _in_trouble(piece, "unseen_scratch", str(plan.folder))
    codec = plan.sheet.encoding or ""
    with _passing_file() as (place, copy):
        try:
            lines = copy_range(plan.sheet.file, part, codec, copy)
        except OtherFile:
            return _in_trouble(piece, "other_file")
        except OSError as fault:
            return _in_trouble(piece, "unseen_file", fault.strerror or str(fault))
        if _begins_with_mark(part):
            return _in_trouble(piece, "irregular")
        header = replace(plan.header, header_row=0)
        sheet = replace(plan.sheet, file=place)
        try:
            blocks = read_in_blocks(sheet, header, plan.show, plan.block_bytes)
            return replace(code_piece(plan, piece, blocks), lines=lines)
        except Irregular:
            return _in_trouble(piece, "irregular")


def _begins_with_mark(part: FileRange) -> bool:
    """Tell whether a mark stands where no file begins: it is text there."""
    return part.start > 0 and part.edge.startswith(_MARKS)


def _in_trouble(piece: int, trouble: Trouble, detail: str = "") -> PieceDone:
    return PieceDone(piece, trouble=trouble, host=socket.gethostname(), detail=detail)


@contextmanager
def _passing_file() -> Iterator[tuple[Path, BinaryIO]]:
    """Make a file that is in memory where the system can: nothing of a log is left on a disk."""
    if hasattr(os, "memfd_create"):
        with open(os.memfd_create("tracer"), "wb", buffering=0) as stream:  # noqa: PTH123
            yield Path(f"/proc/self/fd/{stream.fileno()}"), cast("BinaryIO", stream)
        return
    with tempfile.NamedTemporaryFile(prefix="tracer-", buffering=0) as named:
        yield Path(named.name), cast("BinaryIO", named)


def code_piece(plan: SheetPlan, piece: int, blocks: Iterable[LogBlock]) -> PieceDone:
    """Code blocks, and leave what they say in the folder of the sheet."""
    read = 0
    coder = plan.coder()
    files = PieceFiles(plan.folder, piece)
    try:
        for block in blocks:
            read += len(block.rows) + len(block.rejects)
            files.add_unread(unread_rows(block.rejects))
            if len(block.rows):
                coded = coder.encode(block)
                suspect = coded["suspect"].to_numpy()
                files.add("raw", coded)
                files.add_texts(raw_texts(block, suspect, plan.header, plan.show))
        for name, table in coder.mappings().items():
            files.add(name, table)
        files.add_faults(explain_faults(plan, coder.faults))
        written = files.finish()
    finally:
        files.abandon()
    return PieceDone(piece, read=read, files=written, host=socket.gethostname())


def explain_faults(plan: SheetPlan, faults: Sequence[Fault]) -> list[FaultRow]:
    """Give number, column, reason and values of faults, people masked."""
    numbered = [(0, "", number, None, None, None) for number in range(len(faults))]
    said = diagnose(numbered, faults, plan.header, plan.masker)
    return [
        (number, item.column, item.reason, json.dumps(dict(item.values)))
        for number, item in enumerate(said)
    ]
