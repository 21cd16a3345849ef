"""A hop opened down to the rows of the source files it rests on."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tracer.errors import TracerError
from tracer.model.evidence import Contract
from tracer.model.load import SourceSheet
from tracer.model.period import Period

__all__ = ["HopRows", "HopTotal", "OpenedSource", "RawHopRow", "RowSums", "SourceState"]

SourceState = Literal["read", "missing", "changed", "unreadable"]


@dataclass(frozen=True, slots=True)
class HopTotal:
    """A routing total of the hop, names as the log writes them.

    Parameters
    ----------
    source_id : int
        The source it was summed from.
    record : str
        Its stable name.
    row, last_row : int
        First and last of the rows summed.
    part : str
        Which hop of a row it is (`model.load.RoutingRow`).
    upstream, downstream, reporter, account : str
        As the log writes them; blank for none.
    messages, blocked : int
        Accepted and stopped messages.
    rows : int
        Rows summed.
    """

    source_id: int
    record: str
    row: int
    last_row: int
    part: str
    upstream: str
    downstream: str
    number: str
    day: date
    reporter: str
    account: str
    delivery: int
    messages: int
    blocked: int
    parts: int | None
    unit: str
    rows: int


@dataclass(frozen=True, slots=True)
class RowSums:
    """How many rows were found, and what they add up to; repeated ones do not count."""

    rows: int = 0
    messages: int = 0
    blocked: int = 0
    duplicates: int = 0


@dataclass(frozen=True, slots=True)
class RawHopRow:
    """One row of a source file.

    Parameters
    ----------
    row : int
        Physical row.
    cells : tuple of (str, str)
        Header as printed, and the cell with people masked.
    total : HopTotal
        The total it belongs to.
    messages, blocked : int
        Its accepted and stopped messages.
    is_duplicate : bool
        Whether it repeats an earlier row of the load, and so was not summed.
    """

    row: int
    cells: tuple[tuple[str, str], ...]
    total: HopTotal
    messages: int
    blocked: int
    is_duplicate: bool


@dataclass(frozen=True, slots=True)
class OpenedSource:
    """What one source has of the hop.

    Parameters
    ----------
    id : int
        Number of the source.
    sheet : SourceSheet
        What was loaded.
    state : {"read", "missing", "changed", "unreadable"}
        What became of the file since.
    totals : tuple of HopTotal
        Those that rest on it.
    found_sha256 : str or None
        Digest of the file that lies there now.
    fault : TracerError or None
        Why it cannot be read.
    sums : tuple of RowSums
        By total, what its rows add up to; empty unless it was read.
    rows : tuple of RawHopRow
        In order; perhaps not all of them (`HopRows.left_out`).
    """

    id: int
    sheet: SourceSheet
    state: SourceState
    totals: tuple[HopTotal, ...]
    found_sha256: str | None = None
    fault: TracerError | None = None
    sums: tuple[RowSums, ...] = ()
    rows: tuple[RawHopRow, ...] = ()

    @property
    def unproven(self) -> tuple[HopTotal, ...]:
        """The totals that its rows, as far as they could be read, do not add up to."""
        if not self.sums:
            return self.totals
        return tuple(
            total
            for total, found in zip(self.totals, self.sums, strict=True)
            if (total.rows, total.messages, total.blocked)
            != (found.rows, found.messages, found.blocked)
        )


@dataclass(frozen=True, slots=True)
class HopRows:
    """A hop, its sources and their rows, and the contracts it rests on.

    Parameters
    ----------
    number, window : str, Period
        What was asked for.
    upstream, downstream : str
        Canonical names.
    sources : tuple of OpenedSource
        In the order in which they were loaded.
    contracts : tuple of Contract
        Those in force on a day of the window that overlap the number.
    left_out : int
        Rows found and not listed, because there are more than asked for.
    """

    number: str
    window: Period
    upstream: str
    downstream: str
    sources: tuple[OpenedSource, ...]
    contracts: tuple[Contract, ...]
    left_out: int = 0
