"""How far a long work has come, on stderr while it runs."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tracer.cli.cells import visible
from tracer.cli.settings import Settings

if TYPE_CHECKING:
    from tracer.usecases.progress import Progress

__all__ = ["count_progress", "load_progress"]

_NAME_CELLS = 40


@contextmanager
def load_progress(settings: Settings) -> Iterator[Callable[["Progress"], None] | None]:
    """Show a bar while the body runs, if stderr is a terminal and not --quiet.

    One bar for all files: the file at hand, bytes done of all, rows a second, time left.

    Yields
    ------
    Callable or None
        To be told how far the load has come.
    """
    if settings.quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[pace]}", markup=False),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(settings.text("cli.load.reading"), total=None, pace="")

        def tell(at: "Progress") -> None:
            spent = bar.tasks[task].elapsed or 0
            pace = round(at.rows / spent) if spent else 0
            bar.update(
                task,
                description=_shortened(visible(at.file)),
                completed=at.bytes_done,
                total=at.bytes_total,
                pace=settings.text("cli.load.pace", rows=f"{pace:,}") if at.rows else "",
            )

        yield tell


@contextmanager
def count_progress(settings: Settings, key: str) -> Iterator[Callable[[int, int], None] | None]:
    """Show a bar while the body runs, if stderr is a terminal and not --quiet.

    Parameters
    ----------
    key : str
        Of the text that says what is being done.

    Yields
    ------
    Callable or None
        To be told how many are done, and how many there are.
    """
    if settings.quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(settings.text(key), total=None)
        yield lambda done, count: bar.update(task, completed=done, total=count)


def _shortened(name: str) -> str:
    """Keep the end of a long path: it tells files apart."""
    return name if len(name) <= _NAME_CELLS else "…" + name[1 - _NAME_CELLS :]
