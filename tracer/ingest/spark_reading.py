"""A log becomes pieces in the scratch folder: read by Spark's tasks, or here where it must be.

Plain delimited text is cut into ranges, and every range is a task. What is compressed, has
records of several lines, or is no text at all is read on the machine that asks, by the readers
of every engine, and handed to Spark as one piece.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Final

from tracer.errors import UsageError
from tracer.ingest.blocks import BLOCK_BYTES, Irregular
from tracer.ingest.compression import reading_error, tell_compression
from tracer.ingest.digests import FileDigests
from tracer.ingest.engines import RowsRead, SheetTask
from tracer.ingest.logblocks import COLUMNS, LogBlock, read_by_rows, read_in_blocks
from tracer.ingest.spark_files import make_folders, piece_file
from tracer.ingest.spark_ranges import FileRange, cut_file, line_end, plain_codec
from tracer.ingest.spark_session import SparkHost
from tracer.ingest.spark_tasks import PieceDone, SheetPlan, code_piece, read_range

__all__ = ["SPAN_BYTES", "PieceReader", "SheetPieces"]

SPAN_BYTES: Final = 1 << 26
"""Bytes of a range: what one task reads, and holds."""

_ASK_SECONDS: Final = 0.2
_WORKER_SECONDS: Final = 60
_SHOW_SECONDS: Final = 90
_WIDEST_UNIT: Final = 2

_TROUBLES: Final = {
    "unseen_file": "spark_unseen_file",
    "other_file": "spark_other_file",
    "unseen_scratch": "spark_unseen_scratch",
}


@dataclass(frozen=True)
class SheetPieces:
    """One sheet, read.

    Parameters
    ----------
    plan : SheetPlan
        How it was read.
    read : int
        Rows that are not blank.
    lines_before : dict of int to int
        Physical lines before those of each piece.
    """

    plan: SheetPlan
    read: int
    lines_before: dict[int, int]


class PieceReader:
    """Reads the sheets of one load.

    Parameters
    ----------
    host : SparkHost
        Where tasks run.
    scratch : pathlib.Path
        A folder that every host sees under this path.
    span, block_bytes : int
        Bytes of a range, and bytes parsed at a time.
    """

    def __init__(
        self, host: SparkHost, scratch: Path, span: int = SPAN_BYTES, block_bytes: int = BLOCK_BYTES
    ) -> None:
        self._host, self._scratch = host, scratch
        self._span, self._block_bytes = span, block_bytes
        self._pieces = 0
        self._sheets = 0

    def read(self, task: SheetTask) -> SheetPieces:
        """Read one sheet.

        Raises
        ------
        UsageError
            If it cannot be read to its end, or not on every host.
        """
        task.sheet.confirm()
        self._sheets += 1
        plan = self._plan(task)
        try:
            if (codec := _codec_of_lines(task)) is not None:
                make_folders(plan.folder)
                plan = replace(plan, sheet=replace(plan.sheet, encoding=codec))
                if found := self._read_ranges(plan, task):
                    return found
                shutil.rmtree(plan.folder)
            return self._read_here(plan, task)
        except BaseException:
            shutil.rmtree(plan.folder, ignore_errors=True)
            raise

    def _plan(self, task: SheetTask) -> SheetPlan:
        return SheetPlan(
            folder=self._scratch / f"sheet-{self._sheets:06d}",
            number=self._sheets,
            sheet=replace(
                task.sheet,
                digests=FileDigests("", "", 0),  # no task asks for them
                file=task.sheet.file.absolute(),
                reader=None,
                header=None,
                notes=(),
            ),
            columns=tuple(name for name in task.header.columns if name in COLUMNS),
            header=task.header,
            book=task.book,
            zone=task.zone,
            reporter=task.reporter,
            masker=task.masker,
            show=task.show,
            block_bytes=self._block_bytes,
        )

    def _read_ranges(self, plan: SheetPlan, task: SheetTask) -> SheetPieces | None:
        """Read ranges as tasks; None if the file must be read line by line."""
        assert plan.sheet.encoding is not None
        try:
            ranges = cut_file(
                plan.sheet.file,
                plan.sheet.encoding,
                skipped=task.header.header_row,
                span=self._span,
            )
        except OSError as fault:
            raise reading_error(task.sheet.path, fault) from fault
        first = self._pieces + 1
        self._pieces += len(ranges)
        done = self._run(plan, list(enumerate(ranges, start=first)), task.told)
        if any(item.trouble == "irregular" for item in done):
            return None
        for item in done:
            self._refuse(item, task)
        self._await_files(plan, done)
        lines = accumulate((item.lines for item in done), initial=task.header.header_row)
        before = {item.piece: count for item, count in zip(done, lines, strict=False)}
        return SheetPieces(plan, sum(item.read for item in done), before)

    def _await_files(self, plan: SheetPlan, done: list[PieceDone]) -> None:
        """Wait until what workers wrote shows here: a network folder may take its time.

        Spark reads the files it finds, and would miss the others without a word.
        """
        until = time.monotonic() + _SHOW_SECONDS
        wanted = {
            piece_file(plan.folder, name, item.piece): item for item in done for name in item.files
        }
        while late := wanted.keys() - set(plan.folder.glob("*/*.parquet")):
            if time.monotonic() > until:
                host = wanted[min(late)].host
                raise UsageError("spark_unseen_scratch", path=str(self._scratch), host=host)
            time.sleep(_ASK_SECONDS)

    def _refuse(self, done: PieceDone, task: SheetTask) -> None:
        if done.trouble is None:
            return
        place = str(self._scratch if done.trouble == "unseen_scratch" else task.sheet.file)
        if done.trouble == "unseen_file" and not self._host.is_cluster:
            raise UsageError("unreadable_file", path=task.sheet.path, detail=done.detail)
        raise UsageError(_TROUBLES[done.trouble], path=place, host=done.host, detail=done.detail)

    def _run(
        self, plan: SheetPlan, pieces: list[tuple[int, FileRange]], told: RowsRead | None
    ) -> list[PieceDone]:
        if not pieces:
            return []
        context = self._host.context
        rows, size = context.accumulator(0), context.accumulator(0)

        def read(item: tuple[int, FileRange]) -> PieceDone:
            done = read_range(plan, *item)
            rows.add(done.read)
            size.add(item[1].end - item[1].start)
            return done

        job = context.parallelize(pieces, len(pieces)).map(read)
        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(job.collect)
            try:
                self._wait(future, lambda: told(rows.value, size.value) if told else None)
            except BaseException:
                context.cancelAllJobs()
                raise
        return sorted(future.result(), key=lambda item: item.piece)

    def _wait(self, future: "Future[list[PieceDone]]", tell: Callable[[], None]) -> None:
        """Wait for the tasks, and tell how far they are; give up where no worker takes them."""
        until = time.monotonic() + _WORKER_SECONDS
        while True:
            try:
                future.result(timeout=_ASK_SECONDS)
            except NotYet:
                if self._host.workers():
                    until = time.monotonic() + _WORKER_SECONDS
                elif time.monotonic() > until:
                    raise UsageError(
                        "spark_no_workers", master=self._host.master, seconds=_WORKER_SECONDS
                    ) from None
                tell()
            else:
                return tell()

    def _read_here(self, plan: SheetPlan, task: SheetTask) -> SheetPieces:
        self._pieces += 1
        done = self._code_blocks(plan, task)
        if done is None:
            make_folders(plan.folder)
            blocks = read_by_rows(task.sheet, task.header, task.show)
            done = code_piece(plan, self._pieces, _readable(blocks, task))
        return SheetPieces(plan, done.read, {self._pieces: 0})

    def _code_blocks(self, plan: SheetPlan, task: SheetTask) -> PieceDone | None:
        if task.sheet.delimiter is None:
            return None
        make_folders(plan.folder)
        blocks = read_in_blocks(task.sheet, task.header, task.show, self._block_bytes)
        try:
            return code_piece(plan, self._pieces, _readable(blocks, task))
        except Irregular:
            shutil.rmtree(plan.folder)
            return None


def _readable(blocks: Iterator[LogBlock], task: SheetTask) -> Iterator[LogBlock]:
    """Tell what cannot be read from what cannot be written."""
    read = 0
    while True:
        try:
            block = next(blocks)
        except StopIteration:
            return
        except OSError as fault:
            raise reading_error(task.sheet.path, fault) from fault
        yield block
        read += len(block.rows) + len(block.rejects)
        if task.told:
            task.told(read, 0)


def _codec_of_lines(task: SheetTask) -> str | None:
    """Name the encoding of a text file that can be cut at its line ends; None for other files."""
    sheet = task.sheet
    if sheet.delimiter is None or sheet.encoding is None:
        return None
    try:
        with sheet.file.open("rb") as stream:
            if tell_compression(stream.read(4)):
                return None
        codec = plain_codec(sheet.file, sheet.encoding)
    except OSError as fault:
        raise reading_error(sheet.path, fault) from fault
    return codec if len(line_end(codec)) <= _WIDEST_UNIT else None
