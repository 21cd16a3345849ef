"""Codes shared out to several processes: none needs what another comes to."""

import signal
from collections import deque
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

from sqlalchemy import Connection

from tracer.errors import UsageError
from tracer.store.engine import is_shared, open_engine, shown
from tracer.store.state import last_event

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import ProcessPoolExecutor
    from threading import Barrier

    from tracer.store.codes import Code

__all__ = ["Progress", "Task", "Worker", "Workers", "share_out", "worth_dealing"]

Progress = Callable[[int, int], None]
"""Called with how many codes are done, and how many there are."""

Part = TypeVar("Part")
Made_co = TypeVar("Made_co", covariant=True)

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


class Worker(Protocol[Made_co]):
    """Looks at codes of one database, one share after the other."""

    def look_at(self, codes: "Sequence[Code]") -> Made_co:
        """Give what some codes come to, in order."""

    def hand_in(self) -> Made_co:
        """Give what is summed up over all its codes, at the end; the less travels before."""


class Task(Protocol[Made_co]):
    """What workers are to do with codes: compared by value, and small, as it travels."""

    def begin(self, conn: Connection) -> Worker[Made_co]:
        """Make a worker that looks at the codes of a database, within one transaction."""


@dataclass(frozen=True, slots=True)
class _Job:
    """What a worker is told, once."""

    database: str
    state: str | None
    task: Task[object]


def worth_dealing(conn: Connection, workers: Workers, codes: int) -> int:
    """Give the number of workers worth starting: one where only this process sees the database."""
    return min(workers.count, codes // CODES_DEALT) if is_shared(conn.engine) else 1


def share_out(
    conn: Connection,
    database: str,
    count: int,
    codes: "Sequence[Code]",
    task: Task[Part],
    progress: Progress | None,
) -> "Iterator[Part]":
    """Look at codes in several processes.

    Parameters
    ----------
    conn : Connection
        Its transaction tells the state that every worker must find too.
    database, count
        See `Workers`.
    codes : sequence of Code
        In order.
    task : Task
        What to do with them.
    progress : callable, optional
        Told after every share of codes.

    Yields
    ------
    Part
        What the shares come to, in order of the codes; then what each worker hands in.

    Raises
    ------
    UsageError
        If a worker finds another state, or is lost.
    """
    from concurrent.futures.process import BrokenProcessPool

    job = _Job(database, last_event(conn), task)
    done = 0
    if progress:
        progress(done, len(codes))
    with _pool(count) as pool:
        shares = list(_deal(codes, count))
        with _uninterrupted():
            handed = deque(pool.submit(_look_at, job, share) for share in shares)
            handed.extend(pool.submit(_hand_in, job) for _ in range(count))
        try:
            for share in shares:
                yield handed.popleft().result()  # type: ignore[misc]  # of the task it was given
                done += len(share)
                if progress:
                    progress(done, len(codes))
            while handed:
                yield handed.popleft().result()  # type: ignore[misc]
        except BrokenProcessPool as error:
            raise UsageError("audit_worker_lost", database=shown(conn.engine)) from error


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
    context = multiprocessing.get_context("spawn")
    all_done = (context.Barrier(count),)
    pool = ProcessPoolExecutor(count, context, _begin_worker, all_done)
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


class _Here:
    """What a worker's process keeps."""

    all_done: ClassVar["Barrier"]


def _begin_worker(all_done: "Barrier") -> None:
    """Leave Ctrl-C to the program that started the worker, and end whenever that does."""
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _Here.all_done = all_done


def _end_with_parent() -> None:
    import multiprocessing
    import os

    parent = multiprocessing.parent_process()
    if parent is not None:
        with suppress(OSError):
            parent.join()
        os._exit(1)


def _look_at(job: _Job, codes: "Sequence[Code]") -> object:
    return _worker(job).look_at(codes)


def _hand_in(job: _Job) -> object:
    """Hand in once: each waits until all do, so that none is asked twice."""
    from threading import BrokenBarrierError

    try:
        worker = _worker(job)
    except BaseException:
        _Here.all_done.abort()  # one that came to no share before; nobody is to wait for it
        raise
    with suppress(BrokenBarrierError):  # another failed, and says why itself
        _Here.all_done.wait()
    return worker.hand_in()


@lru_cache(maxsize=1)
def _worker(job: _Job) -> Worker[object]:
    """Open the database in a worker: its one transaction, begun by the look at the state."""
    engine = open_engine(job.database, create=False)
    conn = engine.connect()
    if last_event(conn) != job.state:
        raise UsageError("audit_outdated", database=shown(engine))
    return job.task.begin(conn)
