"""How far a load has come, on stderr while it runs."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tracer.cli.cells import visible
from tracer.cli.settings import Settings

__all__ = ["load_progress"]


@contextmanager
def load_progress(settings: Settings) -> Iterator[Callable[[str, int, int], None] | None]:
    """Show a bar while the body runs, if stderr is a terminal and not --quiet.

    Yields
    ------
    Callable or None
        To be told the file at hand, how many are done, and how many there are.
    """
    if settings.quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(settings.text("cli.load.reading"), total=None)

        def tell(name: str, done: int, total: int) -> None:
            bar.update(task, description=visible(name), completed=done, total=total)

        yield tell
