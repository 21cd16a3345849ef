"""Rejected rows: kept in the database and beyond it in files beside it, and read from both."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from tracer.errors import UsageError
from tracer.ingest.reading import OpenSheet
from tracer.ingest.rejectfiles import find_reject_fault, read_reject_file, write_reject_file
from tracer.model.diagnostic import Diagnostic, Note
from tracer.model.load import RejectedRow
from tracer.model.rejectfile import RejectFile
from tracer.store import sources as store
from tracer.store.engine import file_of
from tracer.store.rejects import Keep, read_rejects, reject_files

__all__ = ["Rejects", "list_rejects", "reject_faults", "reject_keeper", "rejects_folder"]


@dataclass(frozen=True)
class Rejects:
    """The rejected rows, and what is amiss with files in which some of them stand.

    Parameters
    ----------
    rows : Iterator of RejectedRow
        By source and row; those of a file that is amiss are missing.
    faults : tuple of Note
        A file that is missing or is not what was written, one entry each.
    """

    rows: Iterator[RejectedRow]
    faults: tuple[Note, ...]


def rejects_folder(database: str | None) -> Path | None:
    """Say where the files of rejected rows of a database lie: beside its file.

    Parameters
    ----------
    database : str or None
        Path of an SQLite file; None, blank or `:memory:` for a database without one.

    Examples
    --------
    >>> rejects_folder("case/tracer.db").as_posix(), rejects_folder(":memory:")
    ('case/tracer.db.rejects', None)
    """
    if not database or database == ":memory:":
        return None
    return Path(f"{database}.rejects")


def reject_keeper(folder: Path | None, sheet: OpenSheet) -> Keep | None:
    """Give what keeps the rejected rows of a sheet that the database does not.

    None where there is no folder (a dry run, a database in memory): all stay in the database.
    """
    if folder is None:
        return None

    def keep(rows: Iterator[Diagnostic]) -> RejectFile:
        return write_reject_file(folder, sheet.sha256, sheet.sheet_no, rows)

    return keep


def reject_faults(
    conn: Connection, folder: Path | None, source: int | None = None
) -> tuple[Note, ...]:
    """Tell which files of rejected rows are missing or are not what was written."""
    found = (find_reject_fault(folder, file) for _, file in reject_files(conn, source))
    return tuple(fault for fault in found if fault is not None)


def list_rejects(conn: Connection, source: int | None = None) -> Rejects:
    """Give the rejected rows of one source, or of all that count.

    Raises
    ------
    UsageError
        If there is no such source: "no rejects" would be a false answer.
    """
    entries = store.list_sources(conn)
    if source is not None and all(entry.id != source for entry in entries):
        raise UsageError("no_such_source", source=source)
    folder = _folder_of(conn)
    wanted = {entry.id for entry in entries if entry.retraction is None or entry.id == source}
    faults: dict[RejectFile, Note] = {}
    for number, file in reject_files(conn, source):
        if number in wanted and (fault := find_reject_fault(folder, file)):
            faults[file] = fault

    def open_file(file: RejectFile) -> Iterable[Diagnostic]:
        if file in faults or folder is None:
            return ()
        return read_reject_file(folder / file.name)

    return Rejects(read_rejects(conn, source, open_file), tuple(faults.values()))


def _folder_of(conn: Connection) -> Path | None:
    is_file = conn.dialect.name == "sqlite"
    return rejects_folder(file_of(conn.engine) if is_file else "tracer")
