"""A case made again from its files: what the custody log tells is done once more, in its order.

Every load, withdrawal and the rest is done as it was, by the same operator at the same time, and
is entered in the log of the new database. When all was as the log says, the new log is the old
one, digest by digest: each entry holds what became of the rows of a file.
"""

import glob
import posixpath
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

from tracer.errors import IntegrityError, NothingOnRecord, UsageError
from tracer.ingest.casetoml import CaseFile, FileRule, FileSettings
from tracer.ingest.digests import digest_file
from tracer.ingest.masking import Masker
from tracer.ingest.traffic import LaneSettings, LogLane
from tracer.model.event import Event
from tracer.store.case import case_info
from tracer.store.documents import add_document
from tracer.store.engine import begin_writing
from tracer.store.events import append_event, read_events
from tracer.store.journal import fold_log
from tracer.store.sources import delivery_exists
from tracer.usecases.correcting import correct
from tracer.usecases.database import home_of
from tracer.usecases.jobs import Job, open_job
from tracer.usecases.keeping import Keeper, Transactions
from tracer.usecases.progress import ProgressTeller, Told
from tracer.usecases.rejects import rejects_folder
from tracer.usecases.secret import case_key, key_file
from tracer.usecases.sources import retract
from tracer.usecases.undo import undo
from tracer.usecases.workfolder import work_folder

__all__ = ["Placed", "replay_events"]

Placed = Mapping[tuple[str, str | None], Path]
"""Where the files are now, by the path of each on record and the SHA-256 of its bytes."""
_SAID: Final = frozenset({"case", "export", "merge", "rename", "split", "verify"})
"""What changes nothing but the log, or is read from it."""


def replay_events(
    engine: Engine,
    events: Sequence[Event],
    placed: Placed,
    root: Path,
    *,
    progress: Told | None = None,
) -> int | None:
    """Do again what a custody log tells.

    Parameters
    ----------
    engine : Engine
        An empty database whose schema is there.
    events : sequence of Event
        The log.
    placed : Mapping
        The files it speaks of.
    root : pathlib.Path
        Folder they lie in; documents are looked for nowhere else.
    progress : callable, optional
        Told how far the loads have come.

    Returns
    -------
    int or None
        The first entry that came out differently; None if all are as they were.

    Raises
    ------
    IntegrityError
        If a file is not there, or an entry is of a kind this version does not know.
    """
    loads = [event for event in events if event.action == "load"]
    teller = ProgressTeller(
        progress, sum(_file_of(event, placed).stat().st_size for event in loads)
    )
    clock = _Clock()
    with ExitStack() as stack, work_folder() as scratch:
        commands: dict[tuple[object, object], _Command] = {}
        for event in events:
            clock.at = datetime.fromisoformat(event.at)
            try:
                if event.action != "load":
                    _do_again(engine, event, placed, clock)
                    continue
                key = (event.params.get("delivery"), event.params.get("given"))
                if key not in commands:
                    commands[key] = _Command(engine, event, clock, stack, scratch, teller)
                commands[key].load(event, placed, root)
            except (KeyError, TypeError, ValueError, AttributeError) as fault:
                # a log that holds link by link may yet have been written by anybody
                raise IntegrityError("replay_entry", entry=event.seq) from fault
            except (UsageError, NothingOnRecord) as fault:
                raise IntegrityError("replay_refused", entry=event.seq, detail=fault) from fault
    fold_log(engine)
    teller.close()
    with engine.connect() as conn:
        made = read_events(conn)
    pairs = zip_longest(events, made)
    return next((n for n, (old, new) in enumerate(pairs, start=1) if old != new), None)


def _do_again(engine: Engine, event: Event, placed: Placed, clock: Callable[[], datetime]) -> None:
    """Do again what was no load.

    Raises
    ------
    IntegrityError
        If it is of a kind this version does not know.
    """
    said: Mapping[str, Any] = event.params
    if event.action == "retract":
        retract(engine, said["source"], said["reason"], event.operator, clock)
    elif event.action == "correct":
        correct(engine, said["record"], said["printed"], said["now"], said["reason"],
                event.operator, clock)  # fmt: skip
    elif event.action == "undo":
        undo(engine, said["event"], said["reason"], event.operator, clock)
    elif event.action in _SAID or event.action == "note":
        with begin_writing(engine) as conn:
            if paper := said.get("document"):
                digests = digest_file(_file(placed, paper["path"], paper["sha256"], event.seq))
                add_document(conn, paper["path"], digests.sha256, digests.sm3, digests.size)
            append_event(conn, event.action, said, event.operator, event.at)
    else:
        raise IntegrityError("replay_unknown", entry=event.seq, action=event.action)


class _Clock:
    """Tells the time at which what is done again was done."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


class _Command:
    """One load command of the log: its files share a delivery and know each other's rows."""

    def __init__(
        self,
        engine: Engine,
        first: Event,
        clock: Callable[[], datetime],
        stack: ExitStack,
        scratch: Path,
        teller: ProgressTeller,
    ) -> None:
        home = home_of(engine)
        keeps = bool(first.params.get("keep_recipients"))
        delivery = first.params.get("delivery")
        with engine.connect() as conn:
            self._zone = case_info(conn).timezone
            joins = isinstance(delivery, int) and delivery_exists(conn, delivery)
        masker = Masker(case_key(key_file(home)), keeps)
        settings = LaneSettings(timezone=self._zone, engine="duckdb", scratch=scratch)
        self._teller = teller
        self._keeper = Keeper(
            Transactions(lambda much: begin_writing(engine, much=much), engine.connect),
            masker,
            stack.enter_context(LogLane((), settings, masker)),
            operator=first.operator,
            now=clock,
            adds_to=None,
            keep_recipients=keeps,
            rejects=rejects_folder(home),
            scratch=scratch,
            teller=teller,
        )
        given = first.params.get("given")
        self._keeper.go_on(str(given), delivery if joins and isinstance(delivery, int) else None)

    def load(self, event: Event, placed: Placed, root: Path) -> None:
        """Load one file again.

        Raises
        ------
        IntegrityError
            If it cannot be read any more.
        """
        file = _file_of(event, placed)
        path = str(event.params["path"])
        case = CaseFile(root, timezone=self._zone, rules=_rules(event, file, root, placed))
        job = Job(file, path, root, size=file.stat().st_size)

        def reopen(job: Job) -> None:
            open_job(job, case, FileSettings())

        self._teller.begin(path, job.size)
        reopen(job)
        if job.error is None:
            self._keeper.load(job, reopen)
        if job.error is not None:
            raise IntegrityError("replay_unreadable", path=path, detail=job.error)
        job.close()
        self._teller.done()


def _file_of(event: Event, placed: Placed) -> Path:
    return _file(placed, str(event.params["path"]), str(event.params["sha256"]), event.seq)


def _file(placed: Placed, path: str, sha256: str, entry: int) -> Path:
    file = placed.get((path, sha256))
    if file is None:
        raise IntegrityError("replay_missing", path=path, entry=entry)
    return file


def _rules(event: Event, file: Path, root: Path, placed: Placed) -> tuple[FileRule, ...]:
    """Say of each sheet of a file what was said of it; the last rule goes first."""
    match = glob.escape(file.resolve().relative_to(root.resolve()).as_posix())
    sheets: Any = event.params["sheets"]
    rules = []
    for sheet in sheets:
        settings = FileSettings.restored(tuple(sheet["settings"].items()))
        if settings.profile is not None:  # it opens the file as a whole, and finds its tables
            at = placed.get((settings.profile, settings.rests_on.get("profile")))
            said = FileSettings(
                profile=settings.profile, profile_at=None if at is None else str(at)
            )
            rules.append(FileRule(match, said))
            settings = settings.overlaid(said)
        rules.append(FileRule(match, settings.overlaid(FileSettings(sheet=sheet["sheet"]))))
    return tuple(rules)


def beside(event: Event) -> tuple[tuple[str, str], ...]:
    """Name what a file was read with, its own profile and the table joined to it, by path.

    Returns
    -------
    tuple of (str, str)
        Path, as the file's own is written, and SHA-256.
    """
    folder = posixpath.dirname(str(event.params["path"]))
    found = set()
    sheets: Any = event.params["sheets"]
    for sheet in sheets:
        settings = FileSettings.restored(tuple(sheet["settings"].items()))
        for name, digest in settings.rests_on.items():
            if name != "profile":
                found.add((posixpath.normpath(posixpath.join(folder, name)), digest))
            elif settings.profile is not None and settings.profile.endswith(".toml"):
                found.add((settings.profile, digest))
    return tuple(sorted(found))
