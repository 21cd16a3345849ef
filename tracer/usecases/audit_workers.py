"""An audit shared out to several processes: no code needs what another comes to."""

import signal
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from tracer.errors import UsageError
from tracer.store.engine import is_shared, open_engine, shown
from tracer.store.state import last_event
from tracer.usecases.audit_part import AuditPart, AuditTerms, CodeAuditor
from tracer.usecases.portfolio import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import ProcessPoolExecutor

    from tracer.store.codes import Code

__all__ = ["Workers", "audit_in_workers", "worth_dealing"]

CODES_DEALT = 50
"""Codes a worker looks at, at most, before it hands in what they come to."""

_LEAST_DEALT = 2
_SHARES_LEFT = 4
"""Shares that each worker is still to find, so that none is at work long after the others."""


@dataclass(frozen=True, slots=True)
class Workers:
    """Processes that may be started.

    Parameters
    ----------
    database : str
        What opens the database of the audit again (`store.engine.open_engine`).
    count : int
        How many; each needs memory of its own, for what is on record beside contracts and logs.
    """

    database: str
    count: int


@dataclass(frozen=True, slots=True)
class _Job:
    """What a worker is told, once."""

    database: str
    state: str | None
    terms: AuditTerms


def worth_dealing(conn: Connection, workers: Workers, codes: int) -> int:
    """Give the number of workers worth starting: one where only this process sees the database."""
    return min(workers.count, codes // CODES_DEALT) if is_shared(conn.engine) else 1


def audit_in_workers(
    conn: Connection,
    database: str,
    count: int,
    codes: "Sequence[Code]",
    terms: AuditTerms,
    progress: Progress | None,
) -> AuditPart:
    """Audit codes in several processes; the same answer as `CodeAuditor.audit`.

    Parameters
    ----------
    conn : Connection
        Its transaction tells the state that every worker must find too.
    database, count
        See `Workers`.
    codes : sequence of Code
        In order.
    progress : callable, optional
        Told after every share of codes.

    Raises
    ------
    UsageError
        If a worker finds another state, or is lost.
    """
    from concurrent.futures.process import BrokenProcessPool

    job = _Job(database, last_event(conn), terms)
    part = AuditPart()
    done = 0
    if progress:
        progress(done, len(codes))
    with _pool(count) as pool:
        shares = list(_deal(codes, count))
        with _uninterrupted():
            handed = deque(pool.submit(_audit_share, job, share) for share in shares)
        try:
            for share in shares:
                part.add(handed.popleft().result())  # and is not kept beside the sum
                done += len(share)
                if progress:
                    progress(done, len(codes))
        except BrokenProcessPool as error:
            raise UsageError("audit_worker_lost", database=shown(conn.engine)) from error
    return part


def _deal(codes: "Sequence[Code]", count: int) -> "Iterator[tuple[Code, ...]]":
    """Cut codes into shares, in order: the fewer are left, the smaller, as codes differ much."""
    place = 0
    while place < len(codes):
        fair = (len(codes) - place) // (_SHARES_LEFT * count)
        size = max(_LEAST_DEALT, min(CODES_DEALT, fair))
        yield tuple(codes[place : place + size])
        place += size


@contextmanager
def _pool(count: int) -> "Iterator[ProcessPoolExecutor]":
    """Start workers, and end them at once if the body is broken off."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), _begin_worker)
    try:
        yield pool
    except BaseException:
        for child in set(multiprocessing.active_children()) - others:
            child.terminate()
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


@contextmanager
def _uninterrupted() -> "Iterator[None]":
    """Start workers that Ctrl-C does not reach, not even before `_begin_worker`."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin_worker() -> None:
    """Leave Ctrl-C to the program that started the worker, and end whenever that does."""
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    import multiprocessing
    import os

    parent = multiprocessing.parent_process()
    if parent is not None:
        with suppress(OSError):
            parent.join()
        os._exit(1)


def _audit_share(job: _Job, codes: "Sequence[Code]") -> AuditPart:
    return _auditor(job).audit(codes)


@lru_cache(maxsize=1)
def _auditor(job: _Job) -> CodeAuditor:
    """Open the database in a worker: its one transaction, begun by the look at the state."""
    engine = open_engine(job.database, create=False)
    conn = engine.connect()
    if last_event(conn) != job.state:
        raise UsageError("audit_outdated", database=shown(engine))
    return CodeAuditor(conn, job.terms)
