"""Loading: folders, files and workbooks into the database, one transaction a file."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from tracer.errors import TracerError, UsageError
from tracer.ingest.casetoml import CaseFile, FileSettings, read_case_file
from tracer.ingest.folders import find_case_file
from tracer.ingest.masking import Masker
from tracer.ingest.traffic import LaneSettings, LogLane
from tracer.model.case import DEFAULT_TIMEZONE, CaseInfo
from tracer.model.diagnostic import Note
from tracer.model.load import SourceReport
from tracer.store.case import case_info
from tracer.store.engine import begin_writing, shown
from tracer.store.events import append_event
from tracer.store.journal import fold_log
from tracer.store.sources import delivery_exists
from tracer.usecases.database import home_of
from tracer.usecases.jobs import Job, find_jobs, open_job, queue, unused_rules
from tracer.usecases.keeping import Keeper, Transactions
from tracer.usecases.progress import Progress, ProgressTeller, Told
from tracer.usecases.rejects import rejects_folder
from tracer.usecases.secret import case_key, key_file
from tracer.usecases.stopping import as_stop
from tracer.usecases.unchanged import has_changed
from tracer.usecases.workfolder import work_folder

__all__ = ["Clock", "LoadOptions", "LoadReport", "Progress", "Told", "load_paths"]

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What the person who loads says; it goes before `case.toml`.

    Parameters
    ----------
    profile : str or None
        Name or file of the profile that turns a gateway's log into routing.
    adds_to : int or None
        An earlier delivery these files belong to, so that their messages add up with its.
    dry_run : bool
        Read and report, keep nothing.
    keep_recipients : bool
        Keep victims' and recipients' numbers in clear; recorded in the log.
    operator : str
        Who loads.
    engine : str
        What reads logs: `duckdb`, `spark`, `spark://host:port`.
    scratch : pathlib.Path or None
        Folder for what is needed while logs are read; None: the system's for temporary files.
    """

    encoding: str | None = None
    profile: str | None = None
    party_a: str | None = None
    reported_by: str | None = None
    timezone: str | None = None
    adds_to: int | None = None
    dry_run: bool = False
    keep_recipients: bool = False
    operator: str = ""
    engine: str = "duckdb"
    scratch: Path | None = None

    def file_settings(self) -> FileSettings:
        """Say the same of every file."""
        return FileSettings(
            party_a=self.party_a,
            reporter=self.reported_by,
            encoding=self.encoding,
            profile=self.profile,
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
    notes : tuple of Note
        On the load as a whole.
    """

    files: tuple[SourceReport, ...] = ()
    unusable: tuple[TracerError, ...] = ()
    delivery: int | None = None
    notes: tuple[Note, ...] = ()

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


def load_paths(
    engine: Engine,
    paths: Sequence[Path],
    options: LoadOptions,
    *,
    now: Clock,
    progress: Told | None = None,
) -> LoadReport:
    """Load everything under some paths.

    Papers go before logs, so that accounts are known whatever the order of the files. A file is
    there whole or not at all. Bytes that are on record change nothing, so a load that was cut
    off is completed by the same command.

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
        Told how far the load has come.

    Raises
    ------
    UsageError
        If a path does not exist, `case.toml` cannot be used, what is asked for contradicts what
        is on record, the disk is full or the database lost. A file that cannot be used is
        reported, and stops nothing else.
    """
    case_file = find_case_file(paths)
    case = CaseFile(Path()) if case_file is None else read_case_file(case_file)
    jobs = find_jobs(paths, case, options.file_settings())
    teller = ProgressTeller(progress, sum(job.size for job in jobs))
    try:
        delivery = _load_jobs(engine, jobs, case, options, now, teller)
    except Exception as error:
        # what ends a load may befall it before its first file, or while it tidies up
        stop = as_stop(error, file=jobs[0].shown, kept=0, database=shown(engine))
        if stop is None or stop is error:
            raise
        raise stop from error
    fold_log(engine)
    teller.close()
    return LoadReport(
        files=tuple(report for job in jobs for report in job.reports),
        unusable=tuple(fault for job in jobs for fault in job.faults),
        delivery=None if options.dry_run else delivery,
        notes=unused_rules(case, jobs),
    )


def _load_jobs(
    engine: Engine,
    jobs: list[Job],
    case: CaseFile,
    options: LoadOptions,
    now: Clock,
    teller: ProgressTeller,
) -> int | None:
    """Load files one after the other; give the delivery they came in with."""
    said = options.file_settings()
    home = None if options.dry_run else home_of(engine)
    with (
        _transactions(engine, dry_run=options.dry_run) as transactions,
        work_folder(options.scratch) as scratch,
    ):
        with transactions.write(False) as conn:
            zone = _settle_case(conn, case, options, now)
        masker = Masker(case_key(key_file(home)), options.keep_recipients)
        settings = LaneSettings(timezone=zone, engine=options.engine, scratch=scratch)
        with LogLane((), settings, masker) as lane:
            keeper = Keeper(
                transactions,
                masker,
                lane,
                operator=options.operator,
                now=now,
                adds_to=options.adds_to,
                keep_recipients=options.keep_recipients,
                rejects=rejects_folder(home),
                scratch=scratch,
                teller=teller,
            )
            ready = queue(jobs, case, said, teller)

            def reopen(job: Job) -> None:
                open_job(job, case, said)

            keeper.take_up(jobs, reopen)
            for place, job in enumerate(ready):
                teller.begin(job.shown, job.size)
                try:
                    if job.error is None:
                        keeper.load(job, reopen)
                except BaseException as error:  # noqa: BLE001 - judged, and raised if need be
                    kept = sum(each.error is None for each in ready[:place])
                    _judge(error, job, kept=kept, database=shown(engine))
                job.close()
                teller.done()
    return keeper.delivery


def _judge(error: BaseException, job: Job, *, kept: int, database: str) -> None:
    """Let an error stay with its file, or end the load with it.

    Raises
    ------
    BaseException
        What concerns more than this file.
    """
    stop = as_stop(error, file=job.shown, kept=kept, database=database)
    if stop is not None:
        raise stop from error
    if isinstance(error, Exception) and has_changed(job):
        job.error = UsageError("file_changed", path=job.shown)
    elif isinstance(error, TracerError):
        job.error = error
    else:
        raise error


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
        stamp = now().isoformat(timespec="seconds")
        append_event(conn, "case", params, options.operator, stamp)
    return wanted.timezone


@contextmanager
def _transactions(engine: Engine, *, dry_run: bool) -> Iterator[Transactions]:
    """Give ways to begin a transaction; of a dry run nothing stays."""
    if not dry_run:

        @contextmanager
        def look() -> Iterator[Connection]:
            with engine.connect() as conn:
                yield conn

        yield Transactions(lambda much: begin_writing(engine, much=much), look)
        return

    with begin_writing(engine, keep=False) as conn:

        @contextmanager
        def savepoint() -> Iterator[Connection]:
            with conn.begin_nested():
                yield conn

        yield Transactions(lambda _much: savepoint(), savepoint)
