"""Which files of a folder are tables, and where its `case.toml` is."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from tracer.errors import UsageError

__all__ = ["CASE_FILE", "find_case_file", "find_files", "is_log_or_dump"]

CASE_FILE: Final = "case.toml"
_TABLE_ENDINGS = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet"})
_PACKED_TEXT = frozenset({".csv", ".tsv"})
_LOG = re.compile(r".*\.(?:log|sql)(?:[.-][\d-]+)?(?:\.(?:gz|zst))?", re.IGNORECASE | re.DOTALL)
_PACKED_ENDINGS = frozenset({".gz", ".zst"})
_LEFT_ALONE = ("~$", ".", "__MACOSX")


def find_files(
    paths: Sequence[Path], takes: Callable[[Path], bool] | None = None
) -> list[tuple[Path, str]]:
    """Find the tables under the paths given, each with its path as it will be shown.

    A folder is walked in code-point order; files of other kinds, hidden files and the lock
    files of spreadsheet programs are left alone. A file named outright is always taken.

    Parameters
    ----------
    paths : sequence of pathlib.Path
        Folders and files.
    takes : callable, optional
        Tells which other files of a folder are wanted (those there is a profile for).

    Raises
    ------
    UsageError
        If a path does not exist, or a folder holds no table at all.
    """
    found: dict[Path, tuple[Path, str]] = {}
    for path in paths:
        if path.is_dir():
            files = [f for f in _walk(path) if _is_table(f) or (takes is not None and takes(f))]
            if not files:
                raise UsageError("no_tables", path=path.as_posix())
        elif path.exists():
            files = [path] if path.name != CASE_FILE else []
        else:
            raise UsageError("no_such_path", path=path.as_posix())
        for file in files:
            found.setdefault(file.resolve(), (file, file.as_posix()))
    return list(found.values())


def _is_table(file: Path) -> bool:
    """Tell by its name whether a file of a folder is taken for a table (`log.csv.gz` is one)."""
    endings = [ending.casefold() for ending in file.suffixes]
    if not endings:
        return False
    if endings[-1] in _PACKED_ENDINGS:
        return len(endings) > 1 and endings[-2] in _PACKED_TEXT
    return endings[-1] in _TABLE_ENDINGS


def is_log_or_dump(file: Path) -> bool:
    """Tell by its name whether a file may be lines of a log, or a dump, for a profile to read.

    Examples
    --------
    >>> is_log_or_dump(Path("messages.log.2023-07-05.gz")), is_log_or_dump(Path("scan.pdf"))
    (True, False)
    """
    return _LOG.fullmatch(file.name) is not None


def find_case_file(paths: Sequence[Path]) -> Path | None:
    """Find the `case.toml` of what is to be loaded: in the folders given, or beside the files.

    Raises
    ------
    UsageError
        If there are several: one database is one case.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            files = [f for f in _walk(path) if f.name == CASE_FILE]
        else:
            beside = path.parent / CASE_FILE
            files = [beside] if beside.is_file() else []
        for file in files:
            found.setdefault(file.resolve(), file)
    if len(found) > 1:
        first, second, *_ = found.values()
        raise UsageError("two_case_files", first=first.as_posix(), second=second.as_posix())
    return next(iter(found.values()), None)


def _walk(folder: Path) -> Iterator[Path]:
    files = (path for path in folder.rglob("*") if path.is_file())
    for file in sorted(files, key=lambda f: f.relative_to(folder).as_posix()):
        if not any(part.startswith(_LEFT_ALONE) for part in file.relative_to(folder).parts):
            yield file
