"""The log lane on Spark: the same expression over the same codes, on this machine or a cluster.

`spark_session` starts Spark, `spark_reading` turns a log into pieces (`spark_ranges`,
`spark_tasks`, `spark_files`), `spark_tables` puts them together, and here they are judged and
summed. Results are written sorted, and walked without Spark (`spark_results`).
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tracer.ingest.blocks import BLOCK_BYTES
from tracer.ingest.coding import SheetCoder
from tracer.ingest.engines import SheetOutcome, SheetTask, UnknownAccount, Walk
from tracer.ingest.expression import (
    Mappings,
    name_totals,
    often_seen,
    repeated_rows,
    single_rows,
    sum_rows,
    unknown_accounts,
)
from tracer.ingest.spark_files import TEXTS, UNREAD
from tracer.ingest.spark_reading import SPAN_BYTES, PieceReader, SheetPieces
from tracer.ingest.spark_results import count_loaded, rejected_frame, walk_rejected, walk_totals
from tracer.ingest.spark_session import SparkHost, explained
from tracer.ingest.spark_tables import SheetTables, count_rows
from tracer.ingest.spark_tasks import SheetPlan

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["SparkEngine"]

_ORDER: Final = (
    "number",
    "day",
    "upstream",
    "downstream",
    "reporter",
    "account",
    "part",
    "first_row",
)
_ALL: Final = "_all"


class SparkEngine:
    """Reads sheets with Spark, which is started with the first of them.

    Parameters
    ----------
    master : str
        `spark`: all cores of this machine; `spark://host:port`: a cluster.
    scratch : pathlib.Path or None
        Where coded rows and results lie; None: the system's folder for temporary files. Every
        host of a cluster must see it, and the logs, under the same path.
    host : SparkHost or None
        A session to work in, which is then not closed with the engine.
    span, block_bytes : int
        Bytes of a file that one task reads, and that are parsed at a time.

    Raises
    ------
    UsageError
        On the first `read`, if Spark cannot be had.
    """

    def __init__(
        self,
        master: str,
        scratch: Path | None = None,
        *,
        host: SparkHost | None = None,
        span: int = SPAN_BYTES,
        block_bytes: int = BLOCK_BYTES,
    ) -> None:
        self._master, self._place, self._lent = master, scratch, host
        self._span, self._block_bytes = span, block_bytes
        self._work: _Work | None = None

    def read(self, task: SheetTask) -> SheetOutcome:
        """Read one sheet; the outcome can be walked until the next `read` or `close`."""
        if self._work is None:
            self._work = _Work(self._master, self._place, self._lent, self._span, self._block_bytes)
        return self._work.read(task)

    def forget(self) -> None:
        """Forget the sheet read last; its outcome can still be walked."""
        if self._work is not None:
            self._work.forget()

    def close(self) -> None:
        """Throw away what was remembered, and stop Spark."""
        if self._work is not None:
            self._work.close()
            self._work = None


class _Work:
    """A session, a scratch folder, and the sheets remembered in it."""

    def __init__(
        self, master: str, scratch: Path | None, lent: SparkHost | None, span: int, block: int
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(
            prefix="tracer-", dir=scratch, ignore_cleanup_errors=True
        )
        self._place = Path(self._folder.name).absolute()
        self._is_lent = lent is not None
        try:
            self._host = lent or SparkHost(master, self._place)
        except BaseException:
            self._folder.cleanup()
            raise
        with explained(self._host):
            self._tables = SheetTables(self._host.session, self._place)
        self._reader = PieceReader(self._host, self._place, span, block)
        self._kept: list[Path] = []
        self._last: Path | None = None
        self._reads = 0

    @property
    def _results(self) -> Path:
        return self._place / f"results-{self._reads:06d}"

    def close(self) -> None:
        shutil.rmtree(self._results, ignore_errors=True)
        self._reads += 1
        if not self._is_lent:
            self._host.close()
        self._folder.cleanup()

    def forget(self) -> None:
        if self._last is not None:
            self._kept.remove(self._last)
            shutil.rmtree(self._last, ignore_errors=True)
            self._last = None

    def read(self, task: SheetTask) -> SheetOutcome:
        shutil.rmtree(self._results, ignore_errors=True)
        self._reads += 1
        self._last = None
        with explained(self._host):
            pieces = self._reader.read(task)
            folder, coder = pieces.plan.folder, pieces.plan.coder()
            try:
                outcome = self._judge(task, pieces, coder)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
        if coder.has_ids:
            self._last = folder
            self._kept.append(folder)
        else:
            shutil.rmtree(folder, ignore_errors=True)
        return outcome

    def _judge(self, task: SheetTask, pieces: SheetPieces, coder: SheetCoder) -> SheetOutcome:
        plan, tables, results = pieces.plan, self._tables, self._results
        tables.settle(plan.folder, pieces.lines_before)
        raw, maps = tables.bind([plan.folder], "")
        rejected = tables.write_sorted(
            rejected_frame(tables, pieces, raw, maps, coder.faults),
            ["row"],
            results / "rejected",
            most=sum(count_rows(plan.folder / name) for name in (TEXTS, UNREAD)),
        )
        repeats = self._find_repeats(plan, raw, maps) if coder.has_ids else None
        parts = single_rows(raw) if repeats is None else single_rows(raw, repeats)
        summed = sum_rows(parts, maps, has_connectors=coder.has_connectors)
        sums = tables.keep(tables.run(summed), results / "sums", "sums")
        totals = tables.run(name_totals(sums, maps))
        most = count_rows(results / "sums")
        tables.write_sorted(totals, _ORDER, results / "totals", most)
        unknown = tables.fetch(unknown_accounts(sums, maps)).to_pylist()
        turn = self._reads

        def walk(things: Callable[[], Iterator[Any]]) -> Iterator[Any]:
            if self._reads != turn:
                raise RuntimeError("the lane has read on, or is closed")
            return things()

        return SheetOutcome(
            read=pieces.read,
            loaded=count_loaded(results / "totals"),
            rejected=rejected,
            duplicates=count_rows(results / "repeats"),
            totals=Walk(lambda: walk(lambda: walk_totals(results / "totals", coder.unit))),
            rejects=Walk(
                lambda: walk(lambda: walk_rejected(results / "rejected", task.header, task.masker))
            ),
            unknown=tuple(UnknownAccount(*item.values()) for item in unknown),
        )

    def _find_repeats(self, plan: SheetPlan, raw: "ir.Table", maps: Mappings) -> "ir.Table":
        """Find the rows of a sheet that repeat an earlier one, of this sheet or another."""
        everything, all_maps = raw, maps
        if self._kept:
            everything, all_maps = self._tables.bind([*self._kept, plan.folder], _ALL)
        often = often_seen(everything)
        if self._kept:
            often = often.semi_join(raw, "message_hash")
        found = repeated_rows(everything.semi_join(often, "message_hash"), all_maps)
        current = found.filter(found.sheet == plan.number).select("row")
        return self._tables.keep(self._tables.run(current), self._results / "repeats", "repeats")
