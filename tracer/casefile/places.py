"""Where the files of a case stand in a package: a path may begin anywhere, a place may not."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final

__all__ = ["folded_place", "is_safe_place", "packed_places"]

_DRIVE: Final = re.compile(r"([A-Za-z]):(.*)", re.DOTALL)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_ESCAPE: Final = re.compile(r"%(?=0[adAD])")
"""What stands for the end of a line in a manifest: readers turn it back, whoever wrote it."""
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
)
_UP: Final = "_up"
_ROOT: Final = "_root"


def packed_places(paths: Iterable[str]) -> dict[str, str]:
    r"""Give every path of a case a place below one folder.

    Folders stay what they were, so that what lies beside a file still does. No place leaves the
    folder, and no two are the same where file systems do not tell capitals or the two ways to
    compose a letter apart.

    Parameters
    ----------
    paths : iterable of str
        As they were given when they were loaded.

    Returns
    -------
    dict of str to str
        The place of each path, with `/` between folders.

    Examples
    --------
    >>> packed_places(["case/a.csv", "../b.csv", "/srv/c.csv", "C:\\case\\d.csv", "case/A.csv"])
    ... # doctest: +NORMALIZE_WHITESPACE
    {'../b.csv': '_up/b.csv', '/srv/c.csv': '_root/srv/c.csv', 'C:\\case\\d.csv':
     '_C/case/d.csv', 'case/A.csv': 'case/A.csv', 'case/a.csv': 'case/a~2.csv'}
    """
    taken: set[str] = set()
    places: dict[str, str] = {}
    for path in sorted(set(paths)):
        place = _place(path)
        stem, number = PurePosixPath(place), 2
        while folded_place(place) in taken:
            place = stem.with_name(f"{stem.stem}~{number}{stem.suffix}").as_posix()
            number += 1
        taken.add(folded_place(place))
        places[path] = place
    return places


def folded_place(place: str) -> str:
    r"""Fold a place to the form in which no two of a package may be alike.

    Examples
    --------
    >>> folded_place("Case/É.csv") == folded_place("case/E\u0301.CSV")
    True
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", place).casefold())


def is_safe_place(place: str) -> bool:
    r"""Tell whether a place stays below the folder it is taken out into, on any system.

    Examples
    --------
    >>> [is_safe_place(each) for each in ("data/a.csv", "../a", "/a", "a//b", "a\\b", "C:/a", "")]
    [True, False, False, False, False, False, False]
    """
    parts = place.split("/")
    return (
        not _CONTROL.search(place)
        and "\\" not in place
        and all(part not in {"", ".", ".."} and ":" not in part for part in parts)
    )


def _place(path: str) -> str:
    drive = _DRIVE.fullmatch(path)
    start = [] if drive is None else [f"_{drive[1]}"]
    rest = path if drive is None else drive[2]
    if drive is not None or ("\\" in rest and "/" not in rest):
        rest = rest.replace("\\", "/")
    if rest.startswith("/") and drive is None:
        start = [_ROOT]
    parts = [part for part in rest.split("/") if part not in {"", "."}]
    return "/".join([*start, *map(_part, parts)])


def _part(part: str) -> str:
    """Spell one name so that every system takes it."""
    if part == "..":
        return _UP
    name = _ESCAPE.sub("_", _CONTROL.sub("_", part)).replace("\\", "_").replace(":", "_")
    stem = name.partition(".")[0].casefold()
    return f"_{name}" if stem in _RESERVED else name
