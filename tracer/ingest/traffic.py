"""The log lane: routing logs of any size become totals per hop, number and day.

What reads, judges and sums is an engine (`engines`): DuckDB in this process, or Spark. The lane
hands it one sheet after the other, keeps count, and says what was found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self
from zoneinfo import ZoneInfo

from tracer.ingest.accountbook import AccountBook
from tracer.ingest.blocks import BLOCK_BYTES
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.compression import reading_error
from tracer.ingest.engines import LaneEngine, RowsRead, SheetTask, UnknownAccount, Walk
from tracer.ingest.logfaults import shower
from tracer.ingest.masking import Masker
from tracer.ingest.reading import OpenSheet
from tracer.model.case import DEFAULT_TIMEZONE, Account
from tracer.model.diagnostic import Diagnostic, Note

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["LaneSettings", "LogLane", "RoutingResult", "Walk"]

_NAMED_ACCOUNTS: Final = 5
_SPARK: Final = "spark"


@dataclass(frozen=True, slots=True)
class LaneSettings:
    """How a lane works.

    Parameters
    ----------
    timezone : str
        Zone the calendar days are counted in.
    engine : str
        `duckdb`; `spark` for Spark in this machine, or the address of its master,
        `spark://host:port`.
    scratch : pathlib.Path or None
        Where what does not fit in memory lies; None: the system's folder for temporary files.
    memory : str
        What DuckDB may hold in memory before it spills.
    block_bytes : int
        Bytes of a text file DuckDB's reader reads at a time.
    """

    timezone: str = DEFAULT_TIMEZONE
    engine: str = "duckdb"
    scratch: Path | None = None
    memory: str = "1300MB"
    block_bytes: int = BLOCK_BYTES


@dataclass(frozen=True)
class RoutingResult:
    """What became of one log: read = rows summed + rejected + duplicates.

    `totals` and `rejected` can be walked any number of times until the lane reads its next sheet
    or is closed.

    Parameters
    ----------
    totals : Walk
        Record batches with the columns `model.load.TOTALS_COLUMNS`, sorted as stated there.
    rejected : Walk
        The rejected rows, as `Diagnostic`, in order of row.
    read, duplicates : int
        Rows that are not blank, and those that repeat an earlier row of the same load.
    loaded : int
        Rows summed.
    notes : tuple of Note
        `unknown_accounts` where accounts resolve to nobody.
    """

    totals: "Walk[pa.RecordBatch]"
    rejected: Walk[Diagnostic]
    read: int
    loaded: int
    duplicates: int
    notes: tuple[Note, ...] = ()


class LogLane:
    """Reads the routing logs of one load command, one sheet after the other.

    A row that repeats a row of an earlier sheet is a duplicate, so the lane remembers what it
    has read. When the transaction that was to keep a sheet's totals fails, `rollback` makes the
    lane forget that sheet; `commit`, the next `read` and leaving the lane keep it.

    Parameters
    ----------
    accounts : sequence of Account
        Accounts on record.
    settings : LaneSettings
        Zone, engine and resources.
    masker : Masker
        Masks people in what is said of rejected rows.

    Examples
    --------
    >>> with LogLane((), LaneSettings(), Masker(b"key", keep=False)) as lane:  # doctest: +SKIP
    ...     result = lane.read(sheet, sheet.settings)
    ...     totals = list(result.totals)
    ...     lane.commit()
    """

    def __init__(self, accounts: Sequence[Account], settings: LaneSettings, masker: Masker) -> None:
        self._book = AccountBook(accounts)
        self._settings = settings
        self._masker = masker
        self._engine: LaneEngine | None = None
        self._is_pending = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def know(self, accounts: Sequence[Account]) -> None:
        """Use these accounts from the next `read` on, instead of those known before."""
        self._book = AccountBook(accounts)

    def close(self) -> None:
        """Throw away what the lane remembers; results can no longer be walked."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def commit(self) -> None:
        """Keep what the last `read` read: later rows that repeat it are duplicates."""
        self._is_pending = False

    def rollback(self) -> None:
        """Forget what the last `read` read; its result can still be walked."""
        if self._is_pending and self._engine is not None:
            self._engine.forget()
        self._is_pending = False

    def read(
        self, sheet: OpenSheet, settings: FileSettings, told: RowsRead | None = None
    ) -> RoutingResult:
        """Read one log.

        Parameters
        ----------
        sheet : OpenSheet
            A sheet whose header matches `routing`.
        settings : FileSettings
            What is said of it; `reporter` counts where no cell says whose log it is.
        told : callable or None
            Told how far reading has come, about once per block: rows and bytes so far.

        Raises
        ------
        UsageError
            If the file cannot be read to its end, or there is no room for what must be
            remembered; the lane then forgets the sheet.
        """
        header = sheet.header
        if header is None or header.table != "routing":
            raise ValueError(sheet.path)
        if self._engine is None:
            self._engine = _start(self._settings)
        self._is_pending = False
        try:
            outcome = self._engine.read(
                SheetTask(
                    sheet=sheet,
                    header=header,
                    book=self._book,
                    zone=ZoneInfo(self._settings.timezone),
                    reporter=settings.reporter,
                    masker=self._masker,
                    show=shower(header, self._masker),
                    told=told,
                )
            )
        except OSError as fault:
            raise reading_error(sheet.path, fault) from fault
        if outcome.read != outcome.loaded + outcome.rejected + outcome.duplicates:
            self._engine.forget()
            raise AssertionError(outcome)
        self._is_pending = True
        return RoutingResult(
            totals=outcome.totals,
            rejected=outcome.rejects,
            read=outcome.read,
            loaded=outcome.loaded,
            duplicates=outcome.duplicates,
            notes=_notes(outcome.unknown),
        )


def _start(settings: LaneSettings) -> LaneEngine:
    if settings.engine == "duckdb":
        from tracer.ingest.duckdb_engine import DuckDBEngine

        return DuckDBEngine(settings.scratch, settings.memory, settings.block_bytes)
    if settings.engine.partition(":")[0] == _SPARK:
        from tracer.ingest.spark_engine import SparkEngine

        master = "local[*]" if settings.engine == _SPARK else settings.engine
        return SparkEngine(master, settings.scratch)
    raise ValueError(settings.engine)


def _notes(unknown: Sequence[UnknownAccount]) -> tuple[Note, ...]:
    if not unknown:
        return ()
    examples = [f"{item.account}（{item.upstream}）" for item in unknown]
    values: dict[str, str | int] = {
        "accounts": len(unknown),
        "rows": sum(item.rows for item in unknown),
        "messages": sum(item.messages for item in unknown),
        "examples": "、".join(examples[:_NAMED_ACCOUNTS]),
    }
    return (Note("unknown_accounts", values),)
