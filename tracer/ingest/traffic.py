"""The log lane: routing logs of any size become totals per hop, number and day.

A sheet is read in blocks (`logblocks`), its texts become keys (`coding`), and one Ibis
expression (`expression`), run by DuckDB in this process, judges the rows, drops duplicates and
sums. Rows are kept in a scratch database that spills to disk; only the totals leave it.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Generic, Self, TypeVar
from zoneinfo import ZoneInfo

from tracer.errors import UsageError
from tracer.ingest.accountbook import AccountBook
from tracer.ingest.blocks import BLOCK_BYTES, Irregular
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.coding import Numbering, SheetCoder
from tracer.ingest.headers import HeaderMatch
from tracer.ingest.logblocks import COLUMNS, LogBlock, Show, read_by_rows, read_in_blocks
from tracer.ingest.logcells import Fault
from tracer.ingest.masking import Masker
from tracer.ingest.moments import iso_time
from tracer.ingest.paper import column_maskers, is_total_line, mask_cells
from tracer.ingest.reading import OpenSheet
from tracer.ingest.rows import join_cells
from tracer.ingest.scratch import Scratch
from tracer.model.case import DEFAULT_TIMEZONE, Account
from tracer.model.diagnostic import Diagnostic, Note
from tracer.model.load import RoutingRow

__all__ = ["LaneSettings", "LogLane", "RoutingResult", "Walk"]

Item = TypeVar("Item")

_NAMED_ACCOUNTS: Final = 5


@dataclass(frozen=True, slots=True)
class LaneSettings:
    """How a lane works.

    Parameters
    ----------
    timezone : str
        Zone the calendar days are counted in.
    scratch : pathlib.Path or None
        Where the scratch database lies; None: the system's folder for temporary files.
    memory : str
        What DuckDB may hold in memory before it spills.
    block_bytes : int
        Bytes of a text file read at a time.
    """

    timezone: str = DEFAULT_TIMEZONE
    scratch: Path | None = None
    memory: str = "768MB"
    block_bytes: int = BLOCK_BYTES


class Walk(Generic[Item]):
    """Things that can be walked again and again, without being in memory."""

    def __init__(self, start: Callable[[], Iterator[Item]]) -> None:
        self._start = start

    def __iter__(self) -> Iterator[Item]:
        return self._start()


@dataclass(frozen=True)
class RoutingResult:
    """What became of one log: read = rows summed + rejected + duplicates.

    `rows` and `rejected` can be walked any number of times until the lane reads its next sheet
    or is closed.

    Parameters
    ----------
    rows : Walk
        The totals, as `RoutingRow`, sorted by upstream, downstream, number, day, reporter,
        account; one unit per log.
    rejected : Walk
        The rejected rows, as `Diagnostic`, in order of row.
    read, duplicates : int
        Rows that are not blank, and those that repeat an earlier row of the same load.
    loaded : int
        Rows summed.
    notes : tuple of Note
        `unknown_accounts` where accounts resolve to nobody.
    """

    rows: Walk[RoutingRow]
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
        Zone and resources.
    masker : Masker
        Masks people in what is said of rejected rows.

    Examples
    --------
    >>> with LogLane((), LaneSettings(), Masker(b"key", keep=False)) as lane:  # doctest: +SKIP
    ...     result = lane.read(sheet, sheet.settings)
    ...     totals = list(result.rows)
    ...     lane.commit()
    """

    def __init__(self, accounts: Sequence[Account], settings: LaneSettings, masker: Masker) -> None:
        self._book = AccountBook(accounts)
        self._settings = settings
        self._masker = masker
        self._numbering = Numbering()
        self._sheet = 0
        self._is_pending = False
        self._scratch: Scratch | None = None

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
        """Throw the lane's scratch database away; results can no longer be walked."""
        self._sheet += 1
        if self._scratch is not None:
            self._scratch.close()
            self._scratch = None

    def commit(self) -> None:
        """Keep what the last `read` read: later rows that repeat it are duplicates."""
        self._is_pending = False

    def rollback(self) -> None:
        """Forget what the last `read` read; its result can still be walked."""
        if self._is_pending and self._scratch is not None:
            self._scratch.forget()
        self._is_pending = False

    def read(self, sheet: OpenSheet, settings: FileSettings) -> RoutingResult:
        """Read one log.

        Parameters
        ----------
        sheet : OpenSheet
            A sheet whose header matches `routing`.
        settings : FileSettings
            What is said of it; `reporter` counts where no cell says whose log it is.

        Raises
        ------
        UsageError
            If the file cannot be read to its end; the lane then forgets it.
        """
        header = sheet.header
        if header is None or header.table != "routing":
            raise ValueError(sheet.path)
        if self._scratch is None:
            self._scratch = Scratch(self._settings.scratch, self._settings.memory)
        show = _shower(header, self._masker)
        try:
            if sheet.delimiter is not None:
                try:
                    blocks = read_in_blocks(sheet, header, show, self._settings.block_bytes)
                    return self._read(self._scratch, header, settings, show, blocks)
                except Irregular:
                    self._scratch.forget()
            blocks = read_by_rows(sheet, header, show)
            return self._read(self._scratch, header, settings, show, blocks)
        except OSError as fault:
            self._scratch.forget()
            raise UsageError(
                "unreadable_file", path=sheet.path, detail=fault.strerror or ""
            ) from fault
        except BaseException:
            self._scratch.forget()
            raise

    def _read(
        self,
        scratch: Scratch,
        header: HeaderMatch,
        settings: FileSettings,
        show: Show,
        blocks: Iterable[LogBlock],
    ) -> RoutingResult:
        self._sheet += 1
        scratch.turn_to(self._sheet, self._numbering.first)
        columns = [name for name in header.columns if name in COLUMNS]
        coder = SheetCoder(
            self._sheet,
            columns,
            self._book,
            ZoneInfo(self._settings.timezone),
            settings.reporter,
            self._numbering,
        )
        read = 0
        for block in blocks:
            read += len(block.rows) + len(block.rejects)
            scratch.add_unread(_unread(block.rejects))
            if len(block.rows):
                coded = coder.encode(block.columns, block.rows)
                scratch.add_rows(coded)
                scratch.add_texts(_raw_texts(block, coded["suspect"], header, show))
        scratch.add_mappings(coder.mappings())
        has_ids = "message_id" in columns
        scratch.judge(has_ids=has_ids)
        result = self._result(scratch, coder, header, read)
        if has_ids:
            self._is_pending = True
        else:
            scratch.forget()
        return result

    def _result(
        self, scratch: Scratch, coder: SheetCoder, header: HeaderMatch, read: int
    ) -> RoutingResult:
        loaded = scratch.count("sum(rows) FROM totals")
        rejected = scratch.count("count(*) FROM faulty") + scratch.count("count(*) FROM unread")
        duplicates = scratch.count("count(*) FROM repeats")
        if read != loaded + rejected + duplicates:
            raise AssertionError((read, loaded, rejected, duplicates))
        printed = {
            name: text for name, text in zip(header.columns, header.printed, strict=True) if name
        }
        maskers = dict(zip(header.columns, column_maskers(header, self._masker), strict=True))
        sheet = self._sheet

        def walk(rows: Callable[[], Iterator[Any]]) -> Iterator[Any]:
            if self._sheet != sheet:
                raise RuntimeError("the lane has read on, or is closed")
            return rows()

        return RoutingResult(
            rows=Walk(lambda: walk(lambda: _routing_rows(scratch.totals(), coder.unit))),
            rejected=Walk(
                lambda: walk(
                    lambda: _diagnostics(scratch.rejected(), coder.faults, printed, maskers)
                )
            ),
            read=read,
            loaded=loaded,
            duplicates=duplicates,
            notes=_notes(scratch.unknown_accounts()),
        )


def _shower(header: HeaderMatch, masker: Masker) -> Show:
    """Choose how a rejected row is shown: people masked, content replaced by its length."""
    maskers = column_maskers(header, masker)
    return lambda cells: join_cells(mask_cells(cells, header, maskers, masker))


def _unread(rejects: Iterable[Diagnostic]) -> list[tuple[int, str, str, str | None, str]]:
    return [
        (item.row, item.raw, item.reason, item.column, json.dumps(dict(item.values)))
        for item in rejects
    ]


def _raw_texts(
    block: LogBlock, suspect: Any, header: HeaderMatch, show: Show
) -> list[tuple[int, str, str | None]]:
    """Keep the raw text of the rows that may be at fault, while it is at hand."""
    import numpy as np

    kept = []
    for place in np.flatnonzero(suspect.to_numpy()).tolist():
        cells = block.cells(place)
        kept.append((int(block.rows[place]), show(cells), _reason_instead(cells, header)))
    return kept


def _reason_instead(cells: tuple[str, ...], header: HeaderMatch) -> str | None:
    """Name a line that is no log row at all, which says more than its first bad cell."""
    if tuple(" ".join(cell.split()) for cell in cells) == header.printed:
        return "repeated_header"
    return "total_line" if any(map(is_total_line, cells)) else None


def _routing_rows(totals: Iterable[tuple[Any, ...]], unit: str) -> Iterator[RoutingRow]:
    for upstream, downstream, number, day, reporter, account, *counts in totals:
        messages, blocked, parts, rows, first_row, last_row, first_at, last_at, _ = counts
        yield RoutingRow(
            upstream=upstream,
            downstream=downstream,
            number=number,
            day=date.fromordinal(day),
            reporter=reporter or None,
            account=account or None,
            messages=messages,
            blocked=blocked,
            parts=parts,
            unit=unit,
            rows=rows,
            first_row=first_row,
            last_row=last_row,
            first_at=iso_time(first_at),
            last_at=iso_time(last_at),
        )


def _diagnostics(
    rejected: Iterable[tuple[Any, ...]],
    faults: Sequence[Fault],
    printed: dict[str, str],
    maskers: Mapping[str | None, Callable[[str], str] | None],
) -> Iterator[Diagnostic]:
    for row, raw, number, instead, place, details in rejected:
        if number is None:
            yield Diagnostic(row, place, raw, instead, json.loads(details))
        elif instead is not None:
            yield Diagnostic(row, None, raw, instead)
        else:
            fault = faults[number]
            mask = maskers.get(fault.column)
            values = {"text": mask(fault.text) if mask else fault.text}
            column = printed.get(fault.column)
            yield Diagnostic(row, column, raw, fault.reason, {**values, **dict(fault.more)})


def _notes(unknown: Sequence[tuple[Any, ...]]) -> tuple[Note, ...]:
    if not unknown:
        return ()
    examples = [f"{account}（{upstream}）" for upstream, account, _, _ in unknown]
    values = {
        "accounts": len(unknown),
        "rows": sum(rows for _, _, rows, _ in unknown),
        "messages": sum(messages for _, _, _, messages in unknown),
        "examples": "、".join(examples[:_NAMED_ACCOUNTS]),
    }
    return (Note("unknown_accounts", values),)
