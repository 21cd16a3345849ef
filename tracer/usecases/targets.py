"""Where files may be written: in a folder that is there, never over what a case rests on."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection

from tracer.errors import UsageError
from tracer.store.sources import RecordedFile, recorded_files
from tracer.usecases.database import home_of
from tracer.usecases.secret import key_file
from tracer.usecases.written import draft_of

__all__ = ["check_folder", "check_targets"]


def check_folder(folder: Path) -> None:
    """Refuse a folder to write to that can be none; one that is missing will be made.

    Raises
    ------
    UsageError
        If a file is in its place.
    """
    for place in (folder, *folder.parents):
        if place.exists() and not place.is_dir():
            raise UsageError("out_no_folder", path=folder.as_posix(), folder=place.as_posix())


def check_targets(conn: Connection, targets: Iterable[Path]) -> None:
    """Refuse to write where there is no folder, or over what is part of the case.

    Part of it are the sources and documents on record, the database, and its key.

    A recorded path counts whether or not the file is still there; relative ones begin in the
    working folder, as they did when they were loaded. A file that is there counts by its bytes,
    too, for the case may have been loaded from another folder. What an earlier command wrote is
    none of these, and may be replaced.

    Parameters
    ----------
    conn : Connection
        The database.
    targets : iterable of pathlib.Path
        The files to be written.

    Raises
    ------
    UsageError
        If one of them is part of the case, is a folder, or would lie in none.
    """
    wanted = sorted(set(targets))
    if not wanted:
        return
    own = _own_files(conn)
    recorded = recorded_files(conn)
    sizes = {file.size for file in recorded}
    for target in wanted:
        _check_place(target)
        touched = {target.resolve(), draft_of(target).resolve()}
        if touched & own:
            raise UsageError("out_is_database", path=target.as_posix())
        if _is_named(touched, recorded) or _has_bytes(target, recorded, sizes):
            raise UsageError("out_is_evidence", path=target.as_posix())


def _check_place(target: Path) -> None:
    if target.is_dir():
        raise UsageError("out_is_folder", path=target.as_posix())
    if not target.parent.is_dir():
        folder = target.parent.as_posix()
        raise UsageError("out_no_folder", path=target.as_posix(), folder=folder)


def _own_files(conn: Connection) -> set[Path]:
    home = home_of(conn.engine)
    key = key_file(home)
    files = [] if key is None else [key]
    if home and conn.engine.dialect.name == "sqlite":
        files.append(Path(home))
    return {file.resolve() for file in files}


def _is_named(touched: set[Path], recorded: Iterable[RecordedFile]) -> bool:
    names = {path.name for path in touched}  # only these are looked up in the file system
    return any(
        Path(file.path).resolve() in touched
        for file in recorded
        if file.path.rpartition("/")[2] in names
    )


def _has_bytes(target: Path, recorded: Iterable[RecordedFile], sizes: set[int | None]) -> bool:
    if not target.is_file() or target.stat().st_size not in sizes:
        return False
    with target.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return any(file.sha256 == digest for file in recorded)
