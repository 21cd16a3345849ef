"""The files of one load: opened, put in order, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tracer.errors import TracerError, UsageError
from tracer.ingest.casetoml import CaseFile, FileSettings
from tracer.ingest.digests import ComingDigests
from tracer.ingest.folders import find_files, is_log_or_dump
from tracer.ingest.reading import OpenSheet, open_file
from tracer.model.diagnostic import Note
from tracer.model.load import SourceReport
from tracer.usecases.filestate import FileState
from tracer.usecases.progress import ProgressTeller

__all__ = ["LARGE", "ROUTING", "Job", "find_jobs", "open_job", "queue", "unused_rules"]

ROUTING = "routing"
LARGE: Final = 1 << 25
"""Bytes of a file whose digests, and whose rows to be written, take more than a moment."""


@dataclass(slots=True)
class Job:
    """One file: what was opened, and what became of it.

    Parameters
    ----------
    file, shown : pathlib.Path, str
        The file, and its path as it is shown.
    root : pathlib.Path
        The folder handed in that it lies in, else its own folder.
    size : int
        Bytes, as found before anything was read.
    state : FileState or None
        What the file system said before the first byte was read.
    digests : ComingDigests or None
        Of its bytes, once it is open.
    may_presume : bool
        Whether the encoding of a large log may be told by its beginning.
    """

    file: Path
    shown: str
    root: Path
    size: int = 0
    state: FileState | None = None
    digests: ComingDigests | None = None
    may_presume: bool = True
    sheets: list[OpenSheet] = field(default_factory=list)
    reports: tuple[SourceReport, ...] = ()
    error: TracerError | None = None
    refused: tuple[TracerError, ...] = ()

    @property
    def sha256(self) -> str | None:
        """Give the digest of the bytes, which may have to be waited for; None if unopened."""
        return None if self.digests is None else self.digests.sha256

    @property
    def is_large_log(self) -> bool:
        """Tell whether it is a log that is read while its digests are made."""
        return self.size >= LARGE and self.has_routing

    @property
    def faults(self) -> tuple[TracerError, ...]:
        """Why the file, or some sheets of it, could not be used."""
        return self.refused if self.error is None else (self.error, *self.refused)

    @property
    def has_routing(self) -> bool:
        """Tell whether a log is among its sheets."""
        return any(is_routing(sheet) for sheet in self.sheets)

    def in_order(self) -> list[tuple[int, OpenSheet]]:
        """Give the sheets with their places, papers before logs."""
        return sorted(enumerate(self.sheets), key=lambda item: is_routing(item[1]))

    def close(self) -> None:
        """Let go of what was opened: a workbook is held in memory as a whole."""
        self.sheets = []


def is_routing(sheet: OpenSheet) -> bool:
    """Tell whether a sheet is a log."""
    return sheet.header is not None and sheet.header.table == ROUTING


def find_jobs(paths: Sequence[Path], case: CaseFile, said: FileSettings) -> list[Job]:
    """Find the files under some paths; none is opened yet.

    Where a profile is `said` of all of them, logs and dumps of a folder are wanted, too.

    Raises
    ------
    UsageError
        If a path does not exist, or a folder holds no table.
    """

    def takes(file: Path) -> bool:
        return case.takes(file) or (said.profile is not None and is_log_or_dump(file))

    jobs = []
    for file, shown in find_files(paths, takes):
        job = Job(file, shown, _root(paths, file))
        try:
            job.size = FileState.of(file).size
        except OSError as fault:
            job.error = _unreadable(job, fault)
        jobs.append(job)
    return jobs


def open_job(job: Job, case: CaseFile, said: FileSettings) -> None:
    """Open a file: its sheets, the header of each, its digests. An error stays with the job.

    The digests of a large log are not waited for (`Job.is_large_log`).
    """
    if job.error is not None:
        return
    digests = ComingDigests(job.file, job.shown)
    try:
        job.state = FileState.of(job.file)
        if job.size < LARGE:
            digests.begin()
        job.sheets = open_file(
            job.file,
            job.shown,
            lambda sheet: case.settings_for(job.file, sheet, said),
            digests,
            may_presume=job.may_presume and job.size >= LARGE,
        )
        job.digests = digests
        if not job.is_large_log:
            digests.settled()
    except TracerError as error:
        job.error = error
    except OSError as fault:
        job.error = _unreadable(job, fault)
    else:
        job.refused = tuple(sheet.fault for sheet in job.sheets if sheet.fault is not None)


def queue(
    jobs: Sequence[Job], case: CaseFile, said: FileSettings, teller: ProgressTeller
) -> list[Job]:
    """Open every file; give those that could be opened, papers before logs.

    A log's accounts resolve through the papers, whatever the order of the files.
    """
    for job in jobs:
        teller.look_at(job.shown)
        open_job(job, case, said)
    return sorted((job for job in jobs if job.error is None), key=lambda job: job.has_routing)


def unused_rules(case: CaseFile, jobs: Sequence[Job]) -> tuple[Note, ...]:
    """Remark on the globs of `case.toml` that match no file: probably misspelt.

    One that matches a file which lies there and is not loaded this time is well spelt.
    """
    given = [job.file for job in jobs]
    if not case.unused_rules(given):
        return ()
    there = [*given, *sorted(path for path in case.folder.rglob("*") if path.is_file())]
    unused = case.unused_rules(there)
    return tuple(Note("rule_unused", {"match": match}) for match in dict.fromkeys(unused))


def _unreadable(job: Job, fault: OSError) -> UsageError:
    return UsageError("unreadable_file", path=job.shown, detail=fault.strerror or "")


def _root(paths: Sequence[Path], file: Path) -> Path:
    """Give the folder that was handed in, or the one a single file lies in."""
    resolved = file.resolve()
    inside = (path for path in paths if path.is_dir() and resolved.is_relative_to(path.resolve()))
    return next(inside, file.parent)
