"""The log lane's engine in this process: blocks of a file to DuckDB, totals out of it.

A sheet is read in blocks (`logblocks`), its texts become keys (`coding`), and the expression
(`expression`) judges the rows, drops duplicates and sums, but for plain logs, which are summed in
memory (`plainsums`). Rows are kept in a scratch database that spills to disk; only the totals
leave it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tracer.ingest.ahead import read_ahead
from tracer.ingest.blocks import BLOCK_BYTES, Irregular
from tracer.ingest.codetables import Numbering
from tracer.ingest.coding import SheetCoder
from tracer.ingest.duckdb_ids import IdFile, find_often_seen
from tracer.ingest.duckdb_parts import join_kept, join_rows
from tracer.ingest.duckdb_totals import name_sums, walk_totals
from tracer.ingest.engines import SheetOutcome, SheetTask, UnknownAccount, Walk
from tracer.ingest.logblocks import COLUMNS, LogBlock, read_by_rows, read_in_blocks
from tracer.ingest.logfaults import RejectedTuple, diagnose, raw_texts, unread_rows
from tracer.ingest.parquetblocks import is_columnar, read_parquet_blocks
from tracer.ingest.plainsums import HeldParts, PlainSums, sum_plainly
from tracer.ingest.scratch import RAW_COLUMNS, Scratch

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["DuckDBEngine"]

_REJECTED: Final = (
    "SELECT row, raw, fault, instead, NULL AS place, NULL AS details"
    " FROM faulty JOIN raw_texts USING (row)"
    " UNION ALL SELECT row, raw, NULL, reason, place, details FROM unread ORDER BY row"
)


class DuckDBEngine:
    """Reads sheets with DuckDB (a `LaneEngine`).

    Parameters
    ----------
    scratch : pathlib.Path or None
        Where the scratch database lies; None: the system's folder for temporary files.
    memory : str
        What DuckDB may hold in memory before it spills.
    block_bytes : int
        Bytes of a text file read at a time.
    """

    def __init__(self, scratch: Path | None, memory: str, block_bytes: int = BLOCK_BYTES) -> None:
        self._place, self._memory, self._block_bytes = scratch, memory, block_bytes
        self._numbering = Numbering()
        self._sheet = 0
        self._ids: dict[int, IdFile] = {}
        self._is_pending = False
        self._scratch: Scratch | None = None

    def read(self, task: SheetTask) -> SheetOutcome:
        """Read one sheet; the outcome can be walked until the next `read` or `close`."""
        if self._scratch is None:
            self._scratch = Scratch(self._place, self._memory)
        if self._is_pending:
            self._scratch.keep()
        self._is_pending = False
        try:
            if task.sheet.delimiter is not None:
                try:
                    blocks = read_in_blocks(task.sheet, task.header, task.show, self._block_bytes)
                    return self._read(self._scratch, task, blocks)
                except Irregular:
                    self.forget()
            if is_columnar(task.sheet, task.header):
                blocks = read_parquet_blocks(task.sheet, task.header)
            else:
                blocks = read_by_rows(task.sheet, task.header, task.show)
            return self._read(self._scratch, task, blocks)
        except BaseException:
            self.forget()
            raise

    def forget(self) -> None:
        """Forget the sheet read last; its outcome can still be walked."""
        self._is_pending = False
        if (ids := self._ids.pop(self._sheet, None)) is not None:
            ids.remove()
        if self._scratch is not None:
            self._scratch.forget()

    def close(self) -> None:
        """Throw the scratch database away."""
        for ids in self._ids.values():
            ids.remove()
        self._ids = {}
        if self._scratch is not None:
            self._scratch.close()
            self._scratch = None

    def _read(self, scratch: Scratch, task: SheetTask, blocks: Iterable[LogBlock]) -> SheetOutcome:
        self._sheet += 1
        scratch.begin()
        columns = [name for name in task.header.columns if name in COLUMNS]
        coder = SheetCoder(
            self._sheet,
            columns,
            task.book,
            task.zone,
            task.reporter,
            self._numbering,
            task.sheet.shape,
        )
        has_ids = coder.has_ids
        if has_ids:
            self._ids[self._sheet] = IdFile(scratch.folder / f"ids-{self._sheet}.arrow")
        parts = HeldParts(scratch)
        read = 0
        with closing(read_ahead(iter(blocks))) as ahead:  # parsing leaves Python alone
            for block in ahead:
                read += len(block.rows) + len(block.rejects)
                scratch.add("unread", unread_rows(block.rejects))
                if len(block.rows):
                    self._add(scratch, task, coder, block, parts)
                if task.told is not None:
                    task.told(read, block.bytes_read)
        tables = coder.mappings()
        for name, table in tables.items():
            scratch.insert(name, table)
        self._judge(scratch, coder, parts)
        sums = None if parts.held is None else sum_plainly(parts.held, tables, coder.unit)
        if sums is None:
            parts.hand_over()
            scratch.sum()
        self._is_pending = has_ids
        return self._outcome(scratch, task, coder, read, sums)

    def _add(
        self,
        scratch: Scratch,
        task: SheetTask,
        coder: SheetCoder,
        block: LogBlock,
        parts: HeldParts,
    ) -> None:
        coded = coder.encode(block)
        suspect = coded.column("suspect").to_numpy()
        if suspect.any():
            scratch.insert("raw", coded.filter(coded.column("suspect")).select(RAW_COLUMNS))
            scratch.add("raw_texts", raw_texts(block, suspect, task.header, task.show))
        if coder.has_ids:
            with scratch.disk():
                self._ids[self._sheet].add(coded)
        else:
            parts.add(join_rows(coded, ~suspect))

    def _judge(self, scratch: Scratch, coder: SheetCoder, parts: HeldParts) -> None:
        """Find the rows at fault and the duplicates; the others become parts."""
        if scratch.count("count(*) FROM raw"):
            scratch.find_rejected()
        if coder.has_ids:
            ids = self._ids[self._sheet]
            with scratch.disk():
                ids.close()
            for sheet, found in find_often_seen(self._ids):
                scratch.insert("suspect_ids", _with_sheet(sheet, found))
            scratch.find_repeats(self._sheet)
            repeats = scratch.table("SELECT row FROM repeats ORDER BY row").column("row").to_numpy()
            for joined in join_kept(ids, repeats):
                parts.add(joined)
        left = scratch.left_of_raw()
        if left is not None:
            parts.add(left)

    def _outcome(
        self,
        scratch: Scratch,
        task: SheetTask,
        coder: SheetCoder,
        read: int,
        sums: PlainSums | None,
    ) -> SheetOutcome:
        sheet = self._sheet

        def walk(things: Callable[[], Iterator[Any]]) -> Iterator[Any]:
            if self._sheet != sheet or self._scratch is None:
                raise RuntimeError("the lane has read on, or is closed")
            return things()

        unknown: tuple[UnknownAccount, ...] = ()
        if sums is None:
            unknown = tuple(UnknownAccount(*found) for found in scratch.unknown_accounts())
            loaded = scratch.count("sum(rows) FROM sums JOIN ends USING (ends) WHERE part = ''")
            named = name_sums(scratch, coder.unit)
            totals = Walk(lambda: walk(lambda: walk_totals(scratch, named)))
        else:
            loaded = sums.rows
            totals = Walk(lambda: walk(lambda: read_ahead(sums.batches())))
        rejected = scratch.count("count(*) FROM faulty") + scratch.count("count(*) FROM unread")
        return SheetOutcome(
            read=read,
            loaded=loaded,
            rejected=rejected,
            duplicates=scratch.count("count(*) FROM repeats"),
            totals=totals,
            rejects=Walk(
                lambda: walk(
                    lambda: diagnose(_rejected(scratch), coder.faults, task.header, task.masker)
                )
            ),
            unknown=unknown,
        )


def _rejected(scratch: Scratch) -> Iterator[RejectedTuple]:
    for batch in scratch.batches(_REJECTED):
        columns = [column.to_pylist() for column in batch.columns]
        yield from zip(*columns, strict=True)


def _with_sheet(sheet: int, found: "pa.RecordBatch") -> "pa.Table":
    import pyarrow as pa

    rows = pa.table(found).select(["message_id", *RAW_COLUMNS])
    return rows.append_column("sheet", pa.repeat(pa.scalar(sheet, pa.int32()), found.num_rows))
