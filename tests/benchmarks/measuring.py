"""Taking times side by side: each piece of work in turn with what it is compared to."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Result", "Run", "Side", "in_process", "measure", "run_process"]

_CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True)
class Run:
    """One run: seconds on the clock, seconds of a processor in user mode, peak memory."""

    wall: float
    user: float = 0.0
    peak_mb: float = 0.0


@dataclass(frozen=True)
class Side:
    """Something measured: what it is called and its runs."""

    name: str
    runs: tuple[Run, ...]

    @property
    def wall(self) -> float:
        """Median of the seconds on the clock."""
        return statistics.median(run.wall for run in self.runs)

    @property
    def user(self) -> float:
        """Median of the seconds of a processor."""
        return statistics.median(run.user for run in self.runs)

    @property
    def peak_mb(self) -> float:
        """Most memory any run took."""
        return max(run.peak_mb for run in self.runs)


@dataclass(frozen=True)
class Result:
    """A row of the table.

    Parameters
    ----------
    work : str
        What was done.
    bar : str
        What is to be reached.
    reached : bool or None
        Whether it was; None where nothing is to be reached.
    ours, theirs : Side or None
        What was measured, and the baseline.
    found : str
        The figure that stands beside the bar.
    remarks : tuple of str
        Further figures.
    """

    work: str
    bar: str
    reached: bool | None
    ours: Side | None
    theirs: Side | None
    found: str
    remarks: tuple[str, ...] = field(default=())


def measure(
    ours: tuple[str, Callable[[], Run]],
    theirs: tuple[str, Callable[[], Run]] | None,
    runs: int,
) -> tuple[Side, Side | None]:
    """Run both in turn, so that a noisy minute meets both."""
    taken: tuple[list[Run], list[Run]] = ([], [])
    for _ in range(runs):
        taken[0].append(ours[1]())
        if theirs is not None:
            taken[1].append(theirs[1]())
    other = None if theirs is None else Side(theirs[0], tuple(taken[1]))
    return Side(ours[0], tuple(taken[0])), other


def in_process(work: Callable[[], object]) -> Callable[[], Run]:
    """Time a call in this process."""

    def run() -> Run:
        start, user = time.perf_counter(), time.process_time()
        work()
        return Run(time.perf_counter() - start, time.process_time() - user)

    return run


def run_process(command: Sequence[str]) -> Run:
    """Run a whole process to its end: start, imports and all.

    Raises
    ------
    RuntimeError
        If it fails, with what it said.
    """
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "stderr"
        wrapped = [sys.executable, "-I", "-S", str(_CHILD), str(said), *command]
        told = subprocess.run(wrapped, check=True, stdout=subprocess.PIPE)
        status, wall, user, peak = json.loads(told.stdout)
        if status:
            message = f"{' '.join(command)}: {said.read_text(errors='replace')[-2000:]}"
            raise RuntimeError(message)
    return Run(wall, user, peak)
