"""A hop opened down to its raw rows in the source files."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from tracer.errors import NothingOnRecord, TracerError
from tracer.ingest.accountbook import AccountBook
from tracer.ingest.masking import Masker
from tracer.ingest.opensheet import OpenSheet
from tracer.ingest.paper import column_maskers, mask_cells
from tracer.ingest.rawrows import FoundRow, WantedTotal, find_rows
from tracer.ingest.reopening import find_file, reopen_sheet, sha256_of
from tracer.model.evidence import Contract
from tracer.model.period import Period
from tracer.model.rawhop import HopRows, HopTotal, OpenedSource, RawHopRow, RowSums
from tracer.store.case import case_info
from tracer.store.evidence import fetch_evidence
from tracer.store.rawhops import fetch_hop_totals
from tracer.store.register import accounts_at
from tracer.store.sources import SourceEntry, list_sources
from tracer.usecases.named import find_party
from tracer.usecases.repeats import SourceRows, mark_repeats

__all__ = ["open_hop"]


def open_hop(
    conn: Connection,
    number: str,
    ends: tuple[str, str],
    window: Period,
    folder: Path,
    *,
    by_name: bool = False,
    limit: int | None = None,
) -> HopRows:
    """Open a hop down to the rows its totals were summed from.

    Parameters
    ----------
    number : str
        A number, a code or any prefix.
    ends : tuple of (str, str)
        Upstream and downstream, by any spelling or credit code.
    window : Period
        The days asked for.
    folder : pathlib.Path
        Where relative paths of source files begin.
    by_name : bool
        Look for a file by its mere name in that folder, too.
    limit : int, optional
        List at most so many rows; all of them are counted.

    Returns
    -------
    HopRows
        A file that is missing or is not what was loaded is named, and the totals that rest on it
        are given all the same.

    Raises
    ------
    NothingOnRecord
        If one of the parties, or the hop, is not on record.
    """
    (upstream, above), (downstream, below) = (find_party(conn, each) for each in ends)
    totals = fetch_hop_totals(conn, number, above, below, window)
    contracts = _contracts(conn, number, (upstream, downstream), window)
    if not totals and not contracts:
        names = {"upstream": upstream, "downstream": downstream}
        raise NothingOnRecord("hop_nothing", number=number, **names)
    opener = _Opener(conn, folder, by_name=by_name, listed=limit)
    opened = [
        opener.open(source, tuple(group))
        for source, group in groupby(totals, key=attrgetter("source_id"))
    ]
    marked = mark_repeats([each.found for each in opened])
    if any(found.is_short for found in marked):
        # Rows that repeat others may have stood in for rows that were not found.
        opened = [
            opener.read_every(each) if found.is_short else each
            for each, found in zip(opened, marked, strict=True)
        ]
        marked = mark_repeats([each.found for each in opened])
    sources, left = [], limit
    for each, found in zip(opened, marked, strict=True):
        sources.append(each.told(found.rows, left))
        left = None if left is None else left - len(sources[-1].rows)
    count = sum(len(found.rows) for found in marked)
    return HopRows(
        number=number,
        window=window,
        upstream=upstream,
        downstream=downstream,
        sources=tuple(sources),
        contracts=contracts,
        left_out=count - sum(len(each.rows) for each in sources),
    )


def _contracts(
    conn: Connection, number: str, hop: tuple[str, str], window: Period
) -> tuple[Contract, ...]:
    found = [
        each
        for each in fetch_evidence(conn, number).contracts
        if (each.upstream, each.downstream) == hop and each.term.overlaps(window)
    ]
    return tuple(sorted(found, key=attrgetter("ref")))


@dataclass(frozen=True)
class _Opened:
    """A source of the hop, its file opened if that could be done."""

    source: OpenedSource
    found: SourceRows
    sheet: OpenSheet | None
    masker: Masker

    def told(self, rows: Sequence[FoundRow], limit: int | None) -> OpenedSource:
        """Say what its rows add up to, and list the first of them."""
        if self.sheet is None:
            return self.source
        header = self.sheet.header
        assert header is not None
        maskers = column_maskers(header, self.masker)
        listed = []
        for row in islice(rows, limit):
            cells = mask_cells(row.cells, header, maskers, self.masker)
            listed.append(
                RawHopRow(
                    row=row.row,
                    cells=tuple(zip(header.printed, cells, strict=True)),
                    total=self.source.totals[row.total],
                    messages=row.messages,
                    blocked=row.blocked,
                    is_duplicate=row.repeats,
                )
            )
        sums = _sums(rows, len(self.source.totals))
        return replace(self.source, sums=sums, rows=tuple(listed))


def _sums(rows: Sequence[FoundRow], totals: int) -> tuple[RowSums, ...]:
    counts = [[0, 0, 0, 0] for _ in range(totals)]
    for row in rows:
        count = counts[row.total]
        if row.repeats:
            count[3] += 1
        else:
            count[0] += 1
            count[1] += row.messages
            count[2] += row.blocked
    return tuple(RowSums(*count) for count in counts)


class _Opener:
    """Opens the sources of a hop, one after the other."""

    def __init__(
        self, conn: Connection, folder: Path, *, by_name: bool, listed: int | None
    ) -> None:
        self._conn, self._folder, self._by_name = conn, folder, by_name
        self._listed = listed
        self._zone = ZoneInfo(case_info(conn).timezone)
        self._entries: Mapping[int, SourceEntry] = {each.id: each for each in list_sources(conn)}
        # What is shown is masked and nothing is hashed, so any key will do.
        self._masker = Masker(secrets.token_bytes(), keep=False)

    def open(self, number: int, totals: tuple[HopTotal, ...]) -> _Opened:
        """Read what a source has of the hop."""
        entry = self._entries[number]
        source, sheet = self._reopen(OpenedSource(number, entry.sheet, "missing", totals))
        blank = _Opened(source, SourceRows(entry.delivery, totals, ()), sheet, self._masker)
        return blank if sheet is None else self._read(blank, sheet, every=False)

    def read_every(self, opened: _Opened) -> _Opened:
        """Read a source again, every row of it."""
        return opened if opened.sheet is None else self._read(opened, opened.sheet, every=True)

    def _read(self, opened: _Opened, sheet: OpenSheet, *, every: bool) -> _Opened:
        source = opened.source
        wanted = [_wanted(each) for each in source.totals]
        try:
            book = AccountBook(accounts_at(self._conn, source.id))
            rows = find_rows(sheet, wanted, book, self._zone, listed=self._listed, every=every)
        except TracerError as fault:
            source = replace(source, state="unreadable", fault=fault)
            return replace(opened, source=source, sheet=None)
        return replace(opened, found=replace(opened.found, rows=tuple(rows)))

    def _reopen(self, source: OpenedSource) -> tuple[OpenedSource, OpenSheet | None]:
        file = find_file(source.sheet.path, self._folder, by_name=self._by_name)
        if file is None:
            return source, None
        try:
            digest = sha256_of(file)
            if digest != source.sheet.sha256:
                return replace(source, state="changed", found_sha256=digest), None
            sheet = reopen_sheet(file, source.sheet)
        except TracerError as fault:
            return replace(source, state="unreadable", fault=fault), None
        return replace(source, state="read", found_sha256=digest), sheet


def _wanted(total: HopTotal) -> WantedTotal:
    return WantedTotal(
        upstream=total.upstream,
        downstream=total.downstream,
        number=total.number,
        day=total.day.toordinal(),
        reporter=total.reporter,
        account=total.account,
        part=total.part,
        rows=total.rows,
        first_row=total.row,
        last_row=total.last_row,
    )
