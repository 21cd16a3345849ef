"""Where a dry run works when there is no database yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["trial_database"]


@contextmanager
def trial_database(target: str, *, dry_run: bool) -> Iterator[str]:
    """Give the database to work on: a passing one where a dry run would have to make it.

    Parameters
    ----------
    target : str
        Path or URL, as the user says.
    dry_run : bool
        Nothing may stay behind, not even an empty file.
    """
    if not dry_run or "://" in target or Path(target).exists():
        yield target
        return
    from tracer.usecases.workfolder import work_folder

    with work_folder() as folder:
        yield str(folder / "trial.db")
