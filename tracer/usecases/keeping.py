"""Keeping the files of one load: each in one transaction, all under one delivery."""

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from tracer.errors import TracerError, UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.masking import Masker
from tracer.ingest.opensheet import Misjudged
from tracer.ingest.reading import OpenSheet
from tracer.ingest.traffic import LogLane, RoutingResult
from tracer.model.load import SourceReport
from tracer.store.events import append_event, read_events
from tracer.store.register import read_accounts
from tracer.store.sources import add_delivery, find_source, has_file_of_size, list_sources
from tracer.usecases.jobs import LARGE, Job, is_routing
from tracer.usecases.progress import ProgressTeller
from tracer.usecases.sheets import SheetLoader, event_entry, repeated, skipped
from tracer.usecases.unchanged import ReadAgain, check_unchanged, digest_again

__all__ = ["Keeper", "Transactions"]

Clock = Callable[[], datetime]
_Key = tuple[str, int]
"""Digest of a file, and number of the sheet in it."""
_Look = Callable[[], AbstractContextManager[Connection]]
_Write = Callable[[bool], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class Transactions:
    """How to begin a transaction that writes, told whether much; and one that only looks."""

    write: _Write
    look: _Look


class Keeper:
    """Keeps files under one delivery, begun with the first that brings anything new.

    A load that was cut off is completed by the same command: files that are on record already
    are left alone, and the others join the delivery they would have been in. A delivery is the
    one to go on with when it was begun by a command that named the same files, and all that is
    on record of it is among them, byte for byte.

    Parameters
    ----------
    transactions : Transactions
        On the database.
    masker, lane : Masker, LogLane
        Mask people; read logs.
    operator, now : str, callable
        For the custody log.
    adds_to : int or None
        An earlier delivery that was named outright.
    keep_recipients : bool
        Recorded with every file.
    rejects : pathlib.Path or None
        Folder of the files for rejected rows that the database does not hold.
    scratch : pathlib.Path
        Folder with room for what is on its way to the database.
    teller : ProgressTeller
        Told how far reading has come.
    """

    def __init__(
        self,
        transactions: Transactions,
        masker: Masker,
        lane: LogLane,
        *,
        operator: str,
        now: Clock,
        adds_to: int | None,
        keep_recipients: bool,
        rejects: Path | None,
        scratch: Path,
        teller: ProgressTeller,
    ) -> None:
        self._transactions = transactions
        self._masker = masker
        self._lane = lane
        self._operator = operator
        self._now = now
        self._joined = adds_to
        self._keep_recipients = keep_recipients
        self._rejects = rejects
        self._scratch = scratch
        self._teller = teller
        self._given = ""
        self._fresh: int | None = None
        self.delivery: int | None = None

    def go_on(self, given: str, delivery: int | None) -> None:
        """Go on with a command of which is known what it named, and the delivery it joined.

        Parameters
        ----------
        given : str
            The word for the files it named, as the custody log has it.
        delivery : int or None
            None if it began one of its own.
        """
        self._given, self._joined = given, delivery

    def take_up(self, jobs: Sequence[Job], reopen: Callable[[Job], None]) -> None:
        """See whether these files complete a load that was cut off; if so, go on with it.

        Rows that repeat rows of the same load are duplicates, so logs of it that are on record
        are read once more, for the lane to know them.

        Parameters
        ----------
        jobs : sequence of Job
            Every file given, those that could not be opened too.
        reopen : callable
            Opens a file again.
        """
        self._given = _digest_of_paths(jobs)
        with self._transactions.look() as conn:
            known = self._resumed(conn, jobs)
            accounts = read_accounts(conn)
        self._lane.know(accounts)
        if not known:
            return
        logs = {
            _key(sheet): (job, sheet) for job in jobs for sheet in job.sheets if is_routing(sheet)
        }
        if logs.keys() <= known.keys():
            return
        for key, report in known.items():
            if key in logs and _has_ids(logs[key][1]):
                self._recall(*logs[key], report, reopen)

    def _recall(
        self, job: Job, sheet: OpenSheet, report: SourceReport, reopen: Callable[[Job], None]
    ) -> None:
        """Let the lane know the rows of a log that is on record."""
        self._teller.look_at(job.shown)
        if sheet.is_presumed:  # reading must not end in the middle
            job.may_presume = False
            reopen(job)
            if job.error is not None:
                raise job.error
            (sheet,) = (each for each in job.sheets if each.sheet_no == sheet.sheet_no)
        result = self._lane.read(sheet, sheet.settings)
        if digest_again(job) != job.sha256:
            raise UsageError("file_changed", path=job.shown)
        if (result.loaded, result.duplicates) == (report.loaded, report.duplicates):
            self._lane.commit()
        else:
            # some of its rows repeated those of a log withdrawn since, and count nowhere now
            self._lane.rollback()

    def _resumed(self, conn: Connection, jobs: Sequence[Job]) -> dict[_Key, SourceReport]:
        """Give what is on record of the delivery gone on with, in the order it came in.

        Nothing if a new delivery begins.
        """
        if self._joined is not None:
            return {}
        begun = (
            event.params.get("delivery")
            for event in reversed(read_events(conn))
            if event.action == "load" and event.params.get("given") == self._given
        )
        delivery = next(begun, None)
        standing = {
            (entry.sheet.sha256, entry.sheet.sheet_no): entry.report
            for entry in list_sources(conn)
            if delivery is not None and entry.delivery == delivery and entry.retraction is None
        }
        if not standing:
            return {}
        there = {_settled(job) for job in jobs}
        if not {sha256 for sha256, _ in standing} <= there:
            return {}
        assert isinstance(delivery, int)
        self._joined = delivery
        return standing

    def load(self, job: Job, reopen: Callable[[Job], None]) -> None:
        """Keep one file, or nothing of it.

        Raises
        ------
        UsageError
            `file_changed` if it is not what it was when its digest was made; what reading and
            writing it may raise besides.
        """
        try:
            self._attempt(job, is_last=False)
        except Misjudged:
            self._forget()
            job.may_presume = False
            reopen(job)
            if job.error is None:
                self.load(job, reopen)
            return
        except ReadAgain:
            self._forget()
            job.may_presume = False
            reopen(job)
            if job.error is not None:
                return
            try:
                self._attempt(job, is_last=True)
            except BaseException:
                self._forget()
                raise
        except BaseException:
            self._forget()
            raise
        self._lane.commit()
        self.delivery, self._fresh = self.delivery or self._fresh, None

    def _forget(self) -> None:
        """Take back what was begun with a file whose transaction failed."""
        self._fresh = None
        self._lane.rollback()

    def _attempt(self, job: Job, *, is_last: bool) -> None:
        ahead = self._read_ahead(job)
        with self._transactions.write(job.size >= LARGE) as conn:
            reports, new = self._keep(conn, job, ahead)
            if new:
                check_unchanged(job, is_last=is_last)
        job.reports = reports

    def _read_ahead(self, job: Job) -> dict[int, RoutingResult]:
        """Read a log before the transaction begins: others can write as long as it takes."""
        fresh = [i for i, sheet in enumerate(job.sheets) if sheet.header is not None]
        if len(fresh) != 1 or not is_routing(job.sheets[fresh[0]]):
            return {}
        sheet = job.sheets[fresh[0]]
        assert job.digests is not None
        assert job.state is not None
        with self._transactions.look() as conn:
            if has_file_of_size(conn, job.state.size):  # else none on record has its bytes
                job.digests.settled()
                if find_source(conn, sheet.sha256, sheet.sheet_no) is not None:
                    return {}
            accounts = read_accounts(conn)
        self._lane.know(accounts)
        job.digests.begin()
        result = self._lane.read(sheet, sheet.settings, self._teller.tell)
        job.digests.settled()
        return {fresh[0]: result}

    def _keep(
        self, conn: Connection, job: Job, ahead: dict[int, RoutingResult]
    ) -> tuple[tuple[SourceReport, ...], bool]:
        """Keep one file's sheets and say so in the custody log."""
        reports: dict[int, SourceReport] = {}
        entries: dict[int, dict[str, object]] = {}
        for i, sheet in job.in_order():
            if sheet.fault is not None:
                continue
            if sheet.header is None:
                reports[i] = skipped(sheet)
                continue
            known = find_source(conn, sheet.sha256, sheet.sheet_no)
            if known is not None:
                _check_joined(conn, sheet, known.id)
                reports[i] = repeated(sheet, known.report.rows)
                continue
            if is_routing(sheet) and i not in ahead:
                self._lane.know(read_accounts(conn))
            loader = SheetLoader(
                conn,
                self._masker,
                self._lane,
                self._delivery_for(conn),
                job.root,
                self._rejects,
                self._scratch,
                self._teller.tell,
            )
            reports[i], source = loader.load(sheet, ahead.get(i))
            entries[i] = event_entry(conn, sheet, reports[i], source)
        if entries:
            self._record(conn, job, [entries[i] for i in sorted(entries)])
        return tuple(reports[i] for i in sorted(reports)), bool(entries)

    def _record(self, conn: Connection, job: Job, entries: list[dict[str, object]]) -> None:
        params: dict[str, object] = {
            "path": job.shown,
            "sha256": job.sheets[0].sha256,
            "sm3": job.sheets[0].sm3,
            "delivery": self._delivery_for(conn),
            "given": self._given,
            "sheets": entries,
        }
        if self._keep_recipients:
            params["keep_recipients"] = True
        append_event(conn, "load", params, self._operator, self._stamp())

    def _delivery_for(self, conn: Connection) -> int:
        if self.delivery is not None:
            return self.delivery
        if self._fresh is None:
            self._fresh = self._joined or add_delivery(conn, self._operator, self._stamp())
        return self._fresh

    def _stamp(self) -> str:
        return self._now().isoformat(timespec="seconds")


def _check_joined(conn: Connection, sheet: OpenSheet, source: int) -> None:
    """Make sure that a log on record was joined to the same table as now."""
    joined = {name: sha for name, sha in sheet.settings.rests_on.items() if name != "profile"}
    if not joined:
        return
    entry = next(each for each in list_sources(conn) if each.id == source)
    recorded = FileSettings.restored(entry.sheet.settings).rests_on
    for name, digest in sorted(joined.items()):
        if recorded.get(name, digest) != digest:
            raise UsageError("rests_on_changed", path=sheet.path, file=name)


def _digest_of_paths(jobs: Sequence[Job]) -> str:
    """Tell by one word which files a command named."""
    shown = json.dumps(sorted(job.shown for job in jobs), ensure_ascii=False)
    return hashlib.sha256(shown.encode("utf-8", "surrogateescape")).hexdigest()


def _settled(job: Job) -> str | None:
    """Give the digest of a file; what keeps it from being made stays with the job."""
    try:
        return job.sha256
    except TracerError as error:
        job.error, job.sheets = error, []
        return None


def _key(sheet: OpenSheet) -> _Key:
    return sheet.sha256, sheet.sheet_no


def _has_ids(sheet: OpenSheet) -> bool:
    """Tell whether rows of a log may be told to repeat others."""
    return sheet.header is not None and "message_id" in sheet.header.columns
