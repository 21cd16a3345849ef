"""A hop's raw rows: which rows of a log its routing totals were summed from.

The log is read again by the very readers that loaded it, but only the lines that may concern the
hop: those that hold its number, between the first and the last row of its totals. What is found
must add up to the totals; where it does not, more is read, and in the end every row.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any, Final
from zoneinfo import ZoneInfo

from tracer.ingest.accountbook import AccountBook
from tracer.ingest.codetables import Numbering
from tracer.ingest.coding import BOOKS, SheetCoder
from tracer.ingest.headers import HeaderMatch
from tracer.ingest.logcells import Fault
from tracer.ingest.loghops import Ends, HopRun
from tracer.ingest.opensheet import OpenSheet
from tracer.ingest.rawlines import NotByLines, find_lines
from tracer.ingest.rawparquet import find_records
from tracer.ingest.rows import RawRow
from tracer.ingest.textfiles import Record, read_records
from tracer.model.party import fold_name
from tracer.model.segment import MAX_DIGITS

__all__ = ["FoundRow", "TotalKey", "WantedTotal", "find_rows"]

_SHORTER: Final = (8, 5)
"""Digits of a number looked for where the log splits it over columns or spells it otherwise."""

TotalKey = tuple[str, str, str, int, str, str, str]
"""Upstream, downstream, number, day, reporter, account, part: what a log is summed by."""


@dataclass(frozen=True, slots=True)
class WantedTotal:
    """A routing total whose rows are looked for.

    Parameters
    ----------
    upstream, downstream, reporter : str
        Names as the log writes them; a blank reporter is the unnamed one.
    number : str
        With everything appended.
    day : int
        Its ordinal.
    account, part : str
        Account (or connector), blank if none; part of the row.
    rows, first_row, last_row : int
        How many rows were summed, the first and the last of them.
    """

    upstream: str
    downstream: str
    number: str
    day: int
    reporter: str
    account: str
    part: str
    rows: int
    first_row: int
    last_row: int

    @property
    def key(self) -> TotalKey:
        """What a row must say to belong to it."""
        ends = (self.upstream, self.downstream)
        return (*ends, self.number, self.day, self.reporter, self.account, self.part)


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row that belongs to a total.

    Parameters
    ----------
    row : int
        Physical row.
    cells : tuple of str
        As they stand in the file.
    total : int
        Position of the total among those asked for.
    messages, blocked : int
        Accepted and stopped messages of the row.
    identity : tuple or None
        What two rows share that repeat each other; None without a message id.
    repeats : bool
        Whether it repeats an earlier row of the sheet, and so was not summed.
    """

    row: int
    cells: tuple[str, ...]
    total: int
    messages: int
    blocked: int
    identity: tuple[object, ...] | None
    repeats: bool = False


def find_rows(
    sheet: OpenSheet,
    wanted: Sequence[WantedTotal],
    book: AccountBook,
    zone: ZoneInfo,
    *,
    listed: int | None = None,
    every: bool = False,
) -> list[FoundRow]:
    """Find the rows that some totals of a sheet were summed from, in order.

    Parameters
    ----------
    sheet : OpenSheet
        The log, opened as it was when it was loaded.
    wanted : sequence of WantedTotal
        The totals; not empty.
    book : AccountBook
        The accounts that were on record when it was loaded.
    zone : zoneinfo.ZoneInfo
        Zone the calendar days are counted in.
    listed : int, optional
        Give the cells of so many rows only.
    every : bool
        Read every row between the first and the last, without looking for likely ones.

    Returns
    -------
    list of FoundRow
        Rows that repeat an earlier one of the sheet are among them, and marked. Rows that repeat
        one of another sheet are not told here.
    """
    assert sheet.header is not None
    judge = _Judge(sheet, sheet.header, wanted, book, zone)
    first = min(total.first_row for total in wanted)
    last = max(total.last_row for total in wanted)
    best: list[FoundRow] = []
    looks = [] if every else list(_looks(sheet, sheet.header, wanted, first, last))
    looks.append(lambda: _all_rows(sheet, first, last))
    for look in looks:
        found: list[FoundRow] = []
        try:
            for row in look():
                for each in judge.judge(row):
                    is_listed = listed is None or len(found) < listed
                    found.append(each if is_listed else replace(each, cells=()))
        except NotByLines:
            continue
        found = _mark_repeats(found)
        if _adds_up(found, wanted):
            return found
        best = found
    return best


def _adds_up(found: Sequence[FoundRow], wanted: Sequence[WantedTotal]) -> bool:
    """Tell whether no row of any total is missing; more there may be, if they repeat others."""
    counts = [0] * len(wanted)
    for each in found:
        counts[each.total] += not each.repeats
    return all(count >= total.rows for count, total in zip(counts, wanted, strict=True))


def _mark_repeats(found: Sequence[FoundRow]) -> list[FoundRow]:
    seen: dict[tuple[object, ...], int] = {}
    marked = []
    for each in found:
        first = each.row if each.identity is None else seen.setdefault(each.identity, each.row)
        marked.append(each if first == each.row else replace(each, repeats=True))
    return marked


def _looks(
    sheet: OpenSheet, header: HeaderMatch, wanted: Sequence[WantedTotal], first: int, last: int
) -> Iterator[Callable[[], Iterator[RawRow]]]:
    """Give ways to read likely rows, the narrowest first."""
    shared = _shared([total.number for total in wanted])
    needles = dict.fromkeys([shared, *(shared[:length] for length in _SHORTER)])
    if sheet.delimiter is not None and sheet.encoding is not None:
        for needle in needles:
            yield lambda needle=needle: _lines(sheet, header, needle, first, last)  # type: ignore[misc]
    elif sheet.encoding is None and not sheet.sheet_no and "number" in header.columns:
        place = header.columns.index("number")
        for needle in needles:
            yield lambda needle=needle: find_records(  # type: ignore[misc]
                sheet.file, place, needle, first, last, width=len(header.printed)
            )


def _shared(numbers: Sequence[str]) -> str:
    lowest, highest = min(numbers), max(numbers)
    pairs = zip(lowest, highest, strict=False)
    return lowest[: sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))]


def _lines(
    sheet: OpenSheet, header: HeaderMatch, needle: str, first: int, last: int
) -> Iterator[RawRow]:
    assert sheet.encoding is not None
    assert sheet.delimiter is not None
    places = {"encoding": sheet.encoding, "delimiter": sheet.delimiter}
    width = len(header.printed)
    for line, text in find_lines(sheet.file, needle, **places, first=first, last=last):
        for record in read_records([text], sheet.delimiter, first_line=line, width=width):
            if isinstance(record, Record) and len(record.cells) == width:
                yield RawRow(line, tuple(record.cells))


def _all_rows(sheet: OpenSheet, first: int, last: int) -> Iterator[RawRow]:
    for row in sheet.rows():
        if row.row > last:
            return
        if row.row >= first and isinstance(row, RawRow):
            yield row


class _Judge:
    """Says to which of the totals a row belongs."""

    def __init__(
        self,
        sheet: OpenSheet,
        header: HeaderMatch,
        wanted: Sequence[WantedTotal],
        book: AccountBook,
        zone: ZoneInfo,
    ) -> None:
        self._places = {name: place for place, name in enumerate(header.columns) if name}
        self._coder = SheetCoder(
            1, self._places, book, zone, sheet.settings.reporter, Numbering(), sheet.shape
        )
        self._totals: Mapping[TotalKey, int] = {
            total.key: place for place, total in enumerate(wanted)
        }

    def judge(self, row: RawRow) -> Iterator[FoundRow]:
        """Give the row once per total it belongs to: none, one, or both hops of a gateway."""
        said = {name: self._said(name, row.cells) for name in BOOKS if name != "hops"}
        if any(isinstance(value, Fault) for value in said.values()):
            return
        moment, amount = said["moments"], said["amounts"]
        run = next(
            each for each in self._said("hops", row.cells) if each.first <= moment.day <= each.last
        )
        if run.fault:
            return
        number = said["sources"] + run.appends
        if len(number + run.above_appends) > MAX_DIGITS:
            return
        totals = []
        for ends, full in ((run.ends, number), (run.above, number + run.above_appends)):
            if ends is not None:
                hop = (ends.upstream, ends.downstream, full, moment.day)
                key = (*hop, said["reporters"], ends.account, ends.part)
                totals += [self._totals[key]] if key in self._totals else []
        if not totals:
            return
        identifier = self._coder.message_id(self._cell("message_id", row.cells))
        if isinstance(identifier, Fault):
            return
        identity = None
        if identifier is not None:
            whose = (identifier, fold_name(said["reporters"]), number, run.above_appends)
            identity = (*whose, *_hop(run), moment.at, moment.day)
        is_blocked = bool(said["statuses"])
        for total in totals:
            yield FoundRow(
                row=row.row,
                cells=row.cells,
                total=total,
                messages=0 if is_blocked else amount.messages,
                blocked=amount.messages if is_blocked else 0,
                identity=identity,
            )

    def _said(self, book: str, cells: tuple[str, ...]) -> Any:
        return self._coder.said(book, tuple(self._cell(name, cells) for name in BOOKS[book]))

    def _cell(self, name: str, cells: tuple[str, ...]) -> str:
        place = self._places.get(name)
        return "" if place is None else cells[place]


def _hop(run: HopRun) -> tuple[str, ...]:
    """Both hops of a row are its identity: one over another connector repeats nothing."""
    pairs: list[Ends] = [ends for ends in (run.ends, run.above) if ends is not None]
    return tuple(fold_name(name) for ends in pairs for name in (ends.upstream, ends.downstream))
