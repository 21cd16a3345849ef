"""Loading: folders, files and workbooks into the database, one transaction a file."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from tracer.errors import TracerError, UsageError
from tracer.ingest.casetoml import CaseFile, FileSettings, read_case_file
from tracer.ingest.folders import find_case_file, find_files
from tracer.ingest.masking import Masker
from tracer.ingest.reading import OpenSheet, open_file
from tracer.ingest.traffic import LaneSettings, LogLane
from tracer.model.case import DEFAULT_TIMEZONE, CaseInfo
from tracer.model.load import SourceReport
from tracer.store.case import case_info
from tracer.store.engine import begin_writing
from tracer.store.events import append_event
from tracer.store.register import read_accounts
from tracer.store.sources import add_delivery, delivery_exists, find_source
from tracer.usecases.secret import case_key, key_file
from tracer.usecases.sheets import ROUTING, SheetLoader, repeated, skipped

__all__ = ["Clock", "LoadOptions", "LoadReport", "Progress", "load_paths"]

Clock = Callable[[], datetime]
Progress = Callable[[str, int, int], None]
"""Called with the file at work, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What the person who loads says; it goes before `case.toml`.

    Parameters
    ----------
    adds_to : int or None
        An earlier delivery these files belong to, so that their messages add up with its.
    dry_run : bool
        Read and report, keep nothing.
    keep_recipients : bool
        Keep victims' and recipients' numbers in clear; recorded in the log.
    operator : str
        Who loads.
    """

    encoding: str | None = None
    party_a: str | None = None
    reported_by: str | None = None
    timezone: str | None = None
    adds_to: int | None = None
    dry_run: bool = False
    keep_recipients: bool = False
    operator: str = ""

    def file_settings(self) -> FileSettings:
        """Say the same of every file."""
        return FileSettings(
            party_a=self.party_a,
            reporter=self.reported_by,
            encoding=self.encoding,
            keep_recipients=self.keep_recipients,
        )


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of every file.

    Parameters
    ----------
    files : tuple of SourceReport
        One per sheet, in the order of the files given.
    unusable : tuple of TracerError
        Files, and sheets of workbooks, that could not be used; nothing of them is kept.
    delivery : int or None
        What the load is known as; None when nothing new came in.
    """

    files: tuple[SourceReport, ...] = ()
    unusable: tuple[TracerError, ...] = ()
    delivery: int | None = None

    @property
    def rows(self) -> int:
        """Rows read."""
        return sum(each.rows for each in self.files)

    @property
    def loaded(self) -> int:
        """Rows that became records."""
        return sum(each.loaded for each in self.files)

    @property
    def rejected(self) -> int:
        """Rows kept as rejected."""
        return sum(each.rejected for each in self.files)

    @property
    def duplicates(self) -> int:
        """Rows on record before."""
        return sum(each.duplicates for each in self.files)


@dataclass(slots=True)
class _Job:
    """One file: what was opened, and what became of it."""

    file: Path
    shown: str
    sheets: list[OpenSheet] = field(default_factory=list)
    reports: tuple[SourceReport, ...] = ()
    error: TracerError | None = None

    @property
    def faults(self) -> tuple[TracerError, ...]:
        refused = (sheet.fault for sheet in self.sheets)
        return tuple(fault for fault in (self.error, *refused) if fault is not None)

    @property
    def has_routing(self) -> bool:
        return any(s.header is not None and s.header.table == ROUTING for s in self.sheets)


def load_paths(
    engine: Engine,
    paths: Sequence[Path],
    options: LoadOptions,
    *,
    now: Clock,
    progress: Progress | None = None,
) -> LoadReport:
    """Load everything under some paths.

    Papers go before logs, so that accounts are known whatever the order of the files. A file is
    there whole or not at all. Bytes that are on record change nothing.

    Parameters
    ----------
    engine : Engine
        A database whose schema is there.
    paths : sequence of pathlib.Path
        Folders, files, workbooks.
    options : LoadOptions
        What is said about them.
    now : callable
        Tells the time, with its zone.
    progress : callable, optional
        Told of every file.

    Raises
    ------
    UsageError
        If a path does not exist, `case.toml` cannot be used, or what is asked for contradicts
        what is on record. A file that cannot be used is reported, and stops nothing else.
    """
    case_file = find_case_file(paths)
    case = CaseFile(Path()) if case_file is None else read_case_file(case_file)
    jobs = [_open(file, shown, case, options) for file, shown in find_files(paths)]
    # papers first: a log's accounts resolve through them
    queue = sorted(jobs, key=lambda job: job.has_routing)
    with _transactions(engine, dry_run=options.dry_run) as transaction:
        with transaction() as conn:
            zone = _settle_case(conn, case, options, now)
            masker = Masker(_key(engine, options), options.keep_recipients)
        keeper = _Keeper(options, now)
        with LogLane((), LaneSettings(timezone=zone), masker) as lane:
            for done, job in enumerate(queue):
                if progress is not None:
                    progress(job.shown, done, len(queue))
                if job.error is not None:
                    continue
                try:
                    with transaction() as conn:
                        job.reports = keeper.keep(conn, job, masker, lane, _root(paths, job.file))
                except TracerError as error:
                    lane.rollback()
                    job.error = error
                    keeper.forget()
                except BaseException:
                    lane.rollback()
                    raise
                else:
                    lane.commit()
                    keeper.settle()
    if progress is not None:
        progress("", len(queue), len(queue))
    return LoadReport(
        files=tuple(report for job in jobs for report in job.reports),
        unusable=tuple(fault for job in jobs for fault in job.faults),
        delivery=None if options.dry_run else keeper.delivery,
    )


class _Keeper:
    """Keeps files under one delivery, begun with the first that brings anything new."""

    def __init__(self, options: LoadOptions, now: Clock) -> None:
        self._options = options
        self._now = now
        self._fresh: int | None = None
        self.delivery: int | None = None

    def keep(
        self, conn: Connection, job: _Job, masker: Masker, lane: LogLane, root: Path
    ) -> tuple[SourceReport, ...]:
        """Keep one file's sheets and say so in the custody log."""
        reports: dict[int, SourceReport] = {}
        new: list[int] = []
        for i, sheet in _in_lane_order(job.sheets):
            if sheet.fault is not None:
                continue
            if sheet.header is None:
                reports[i] = skipped(sheet)
                continue
            known = find_source(conn, sheet.sha256, sheet.sheet_no)
            if known is not None:
                reports[i] = repeated(sheet, known.report.rows)
                continue
            if sheet.header.table == ROUTING:
                lane.know(read_accounts(conn))
            loader = SheetLoader(conn, masker, lane, self._delivery_for(conn), root)
            reports[i] = loader.load(sheet)
            new.append(i)
        if new:
            entries = [_entry(job.sheets[i], reports[i]) for i in sorted(new)]
            params: dict[str, object] = {
                "path": job.shown,
                "sha256": job.sheets[new[0]].sha256,
                "sm3": job.sheets[new[0]].sm3,
                "delivery": self._fresh or self.delivery,
                "sheets": entries,
            }
            if self._options.keep_recipients:
                params["keep_recipients"] = True
            append_event(conn, "load", params, self._options.operator, _stamp(self._now))
        return tuple(reports[i] for i in sorted(reports))

    def _delivery_for(self, conn: Connection) -> int:
        if self.delivery is None and self._fresh is None:
            self._fresh = self._options.adds_to or add_delivery(
                conn, self._options.operator, _stamp(self._now)
            )
        delivery = self.delivery or self._fresh
        assert delivery is not None
        return delivery

    def settle(self) -> None:
        """Let the delivery stand: the file's transaction is through."""
        self.delivery, self._fresh = self.delivery or self._fresh, None

    def forget(self) -> None:
        """Take back a delivery begun with a file whose transaction failed."""
        self._fresh = None


def _open(file: Path, shown: str, case: CaseFile, options: LoadOptions) -> _Job:
    job = _Job(file, shown)
    said = options.file_settings()
    try:
        job.sheets = open_file(file, shown, lambda sheet: case.settings_for(file, sheet, said))
    except TracerError as error:
        job.error = error
    return job


def _in_lane_order(sheets: Sequence[OpenSheet]) -> list[tuple[int, OpenSheet]]:
    """Put a workbook's papers before its logs."""
    return sorted(
        enumerate(sheets),
        key=lambda item: item[1].header is not None and item[1].header.table == ROUTING,
    )


def _settle_case(conn: Connection, case: CaseFile, options: LoadOptions, now: Clock) -> str:
    """Record number, name and zone of the case where they are new; give the zone.

    Days already on record were counted in the case's zone, so another one is refused.
    """
    if options.adds_to is not None and not delivery_exists(conn, options.adds_to):
        raise UsageError("no_such_delivery", delivery=options.adds_to)
    current = case_info(conn)
    stated = options.timezone or case.timezone
    has_sources = delivery_exists(conn, 1)
    if stated and has_sources and stated != current.timezone:
        raise UsageError("other_timezone", stated=stated, timezone=current.timezone)
    wanted = CaseInfo(
        number=case.number or current.number,
        name=case.name or current.name,
        timezone=stated or current.timezone or DEFAULT_TIMEZONE,
    )
    if wanted != current:
        params = {"number": wanted.number, "name": wanted.name, "timezone": wanted.timezone}
        append_event(conn, "case", params, options.operator, _stamp(now))
    return wanted.timezone


def _entry(sheet: OpenSheet, report: SourceReport) -> dict[str, object]:
    return {
        "sheet": report.sheet,
        "table": report.table,
        "encoding": report.encoding,
        "rows": report.rows,
        "loaded": report.loaded,
        "rejected": report.rejected,
        "duplicates": report.duplicates,
        "settings": dict(sheet.settings.stated),
    }


def _stamp(now: Clock) -> str:
    return now().isoformat(timespec="seconds")


def _key(engine: Engine, options: LoadOptions) -> bytes:
    if options.dry_run:
        return case_key(None)
    is_file = engine.dialect.name == "sqlite"
    return case_key(key_file(engine.url.database if is_file else "tracer"))


def _root(paths: Sequence[Path], file: Path) -> Path:
    """Give the folder that was handed in, or the one a single file lies in."""
    folders = [path for path in paths if path.is_dir()]
    resolved = file.resolve()
    inside = [f for f in folders if resolved.is_relative_to(f.resolve())]
    return inside[0] if inside else file.parent


@contextmanager
def _transactions(
    engine: Engine, *, dry_run: bool
) -> Iterator[Callable[[], AbstractContextManager[Connection]]]:
    """Give a way to begin a transaction; of a dry run nothing stays."""
    if not dry_run:
        yield lambda: begin_writing(engine)
        return

    with engine.connect() as conn:
        outer = conn.begin()

        @contextmanager
        def savepoint() -> Iterator[Connection]:
            with conn.begin_nested():
                yield conn

        try:
            yield savepoint
        finally:
            outer.rollback()
