"""What an engine of the log lane is: it reads, judges and sums one sheet after the other.

DuckDB in this process and Spark are engines. Reading differs; rows loaded, rows rejected (with
line and reason), duplicates and totals are equal.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from tracer.ingest.accountbook import AccountBook
from tracer.ingest.headers import HeaderMatch
from tracer.ingest.logblocks import Show
from tracer.ingest.masking import Masker
from tracer.ingest.reading import OpenSheet
from tracer.model.diagnostic import Diagnostic
from tracer.model.load import TOTALS_COLUMNS

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "LaneEngine",
    "RowsRead",
    "SheetOutcome",
    "SheetTask",
    "UnknownAccount",
    "Walk",
    "totals_schema",
]

Item = TypeVar("Item")

RowsRead = Callable[[int, int], None]
"""Told now and then how many rows and how many bytes of the sheet have been read."""


def totals_schema() -> "pa.Schema":
    """Give the Arrow schema of the record batches by which totals reach the store.

    Examples
    --------
    >>> totals_schema().field("day").type
    DataType(date32[day])
    """
    import pyarrow as pa

    types = {
        "dictionary": pa.dictionary(pa.int32(), pa.string()),
        "string": pa.string(),
        "date32": pa.date32(),
        "int64": pa.int64(),
    }
    return pa.schema([(name, types[kind]) for name, kind in TOTALS_COLUMNS.items()])


class Walk(Generic[Item]):
    """Things that can be walked again and again, without being in memory."""

    def __init__(self, start: Callable[[], Iterator[Item]]) -> None:
        self._start = start

    def __iter__(self) -> Iterator[Item]:
        return self._start()


@dataclass(frozen=True)
class SheetTask:
    """One sheet to be read.

    Parameters
    ----------
    sheet, header : OpenSheet, HeaderMatch
        What is read; its header matches `routing`. `sheet.shape` is what a profile says.
    book : AccountBook
        Accounts on record.
    zone : zoneinfo.ZoneInfo
        Zone the calendar days are counted in.
    reporter : str or None
        Whose log it is where no cell says.
    masker, show : Masker, callable
        Mask people; write the raw text of a rejected row.
    told : callable or None
        Told how far reading has come.
    """

    sheet: OpenSheet
    header: HeaderMatch
    book: AccountBook
    zone: ZoneInfo
    reporter: str | None
    masker: Masker
    show: Show
    told: RowsRead | None = None


@dataclass(frozen=True, slots=True)
class UnknownAccount:
    """An account that resolved to nobody, with the rows and messages under it.

    `upstream` is the platform that keeps it; for a connector, the owner of the log.
    """

    upstream: str
    account: str
    rows: int
    messages: int


@dataclass(frozen=True)
class SheetOutcome:
    """What became of one sheet: read = loaded + rejected + duplicates.

    Parameters
    ----------
    read, loaded, rejected, duplicates : int
        Rows that are not blank; rows summed; rows at fault; rows that repeat an earlier one.
    totals : Walk
        Record batches with the columns `model.load.TOTALS_COLUMNS`, in their order.
    rejects : Walk
        The rejected rows, as `Diagnostic`, in order of row.
    unknown : tuple of UnknownAccount
        By upstream and account.
    """

    read: int
    loaded: int
    rejected: int
    duplicates: int
    totals: "Walk[pa.RecordBatch]"
    rejects: Walk[Diagnostic]
    unknown: tuple[UnknownAccount, ...] = ()


class LaneEngine(Protocol):
    """Reads sheets, and remembers them so that rows of a later one that repeat them are told."""

    def read(self, task: SheetTask) -> SheetOutcome:
        """Read one sheet; the outcome can be walked until the next `read` or `close`."""

    def forget(self) -> None:
        """Forget the sheet read last; its outcome can still be walked."""

    def close(self) -> None:
        """Throw away what was remembered."""
