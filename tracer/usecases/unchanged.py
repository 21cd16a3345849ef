"""Whether what was read of a file is what its digest was made of."""

from tracer.errors import UsageError
from tracer.ingest.digests import digest_file
from tracer.usecases.filestate import FileState
from tracer.usecases.jobs import Job

__all__ = ["ReadAgain", "check_unchanged", "digest_again", "has_changed"]


class ReadAgain(Exception):  # noqa: N818 - a signal to the caller, not a fault
    """The file was touched while it was read, and holds what it held before."""


def check_unchanged(job: Job, *, is_last: bool) -> None:
    """Make sure, after a file was read, that it is what it was before.

    Where the file system says that nothing happened, it is believed, unless the file was written
    so shortly before that another change may not show.

    Parameters
    ----------
    is_last : bool
        It has been read twice already.

    Raises
    ------
    UsageError
        `file_changed` if it is another, or gone.
    ReadAgain
        If it was touched and holds the same: it may have held something else in between.
        Somebody who writes the same file anew begins by emptying it.
    """
    state = _state(job)
    assert job.state is not None
    if job.state.is_same(state) and not job.state.is_fresh:
        return
    if digest_again(job) != job.sha256:
        raise UsageError("file_changed", path=job.shown)
    if job.state.is_same(state):
        return
    if not is_last:
        raise ReadAgain
    if not job.state.has_same_content_marks(state):
        raise UsageError("file_changed", path=job.shown)


def has_changed(job: Job) -> bool:
    """Tell whether a file that could not be read to its end is no longer what it was."""
    if job.state is None or job.digests is None:
        return False
    try:
        return not job.state.is_same(_state(job)) and digest_again(job) != job.sha256
    except UsageError as fault:
        return fault.key == "file_changed"


def digest_again(job: Job) -> str:
    """Digest a file as it is now.

    Raises
    ------
    UsageError
        If it cannot be read.
    """
    try:
        return digest_file(job.file).sha256
    except OSError as fault:
        detail = fault.strerror or ""
        raise UsageError("unreadable_file", path=job.shown, detail=detail) from fault


def _state(job: Job) -> FileState:
    try:
        return FileState.of(job.file)
    except OSError as fault:
        raise UsageError("file_changed", path=job.shown) from fault
