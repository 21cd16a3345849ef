"""Files that were loaded, opened once more as they were opened then."""

import hashlib
from dataclasses import replace
from pathlib import Path

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.compression import reading_error
from tracer.ingest.digests import FileDigests
from tracer.ingest.opensheet import OpenSheet
from tracer.ingest.reading import open_file
from tracer.model.load import SourceSheet

__all__ = ["find_file", "recorded_settings", "reopen_sheet", "sha256_of"]


def find_file(path: str, folder: Path, *, by_name: bool = False) -> Path | None:
    """Find a file that was loaded; None if it is not there any more.

    Parameters
    ----------
    path : str
        As it was given when it was loaded.
    folder : pathlib.Path
        Where relative paths begin.
    by_name : bool
        Look for its mere name in the folder, too.
    """
    candidates = [folder / path]
    if by_name:
        candidates.append(folder / Path(path).name)
    return next((file for file in candidates if file.is_file()), None)


def sha256_of(file: Path) -> str:
    """Hash a file.

    Raises
    ------
    UsageError
        If it cannot be read.
    """
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as fault:
        raise reading_error(file.as_posix(), fault) from fault


def recorded_settings(source: SourceSheet) -> FileSettings:
    """Say of a file what was said of it when it was loaded; a text file's encoding is known now.

    Examples
    --------
    >>> said = FileSettings(party_a="upstream", columns={"编号": "contract_no"}, sheet="一")
    >>> source = SourceSheet("a.xlsx", 1, "一", "", "", 0, "contracts", None, 1, said.stated)
    >>> recorded_settings(source) == said
    True
    """
    settings = replace(FileSettings.restored(source.settings), sheet=source.sheet)
    return settings if source.encoding is None else replace(settings, encoding=source.encoding)


def reopen_sheet(file: Path, source: SourceSheet) -> OpenSheet:
    """Open a sheet that was loaded; its bytes are known to be the same.

    Raises
    ------
    UsageError
        If it cannot be opened, or no longer shows the table it was.
    """
    digests = FileDigests(source.sha256, source.sm3, source.size)
    settings = recorded_settings(source)

    def ask(name: str | None) -> FileSettings:
        if settings.profile is not None:  # it opens the file as a whole, and finds its tables
            return replace(settings, sheet=name)
        return settings if name == source.sheet else FileSettings(timezone=settings.timezone)

    for sheet in open_file(file, source.path, ask, digests):
        if sheet.sheet_no == source.sheet_no:
            if sheet.fault is not None:
                raise sheet.fault
            if sheet.header is not None and sheet.header.table == source.table:
                return sheet
    raise UsageError("source_unlike", path=source.path, table=source.table)
