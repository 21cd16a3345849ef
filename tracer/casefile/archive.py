"""A package as one zip file: packed so that equal folders give equal bytes, taken out with care.

A zip file that comes from elsewhere may name places outside the folder, links, the same place
twice, or unfold to more than any disk holds. It is refused as a whole, by name, before or while
the first such entry is met; nothing is ever written outside the folder.
"""

import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from tracer.casefile.places import folded_place, is_safe_place
from tracer.errors import IntegrityError

__all__ = ["MOST_BYTES", "MOST_ENTRIES", "is_archive", "pack_folder", "unpack_archive"]

MOST_ENTRIES: Final = 200_000
MOST_BYTES: Final = 1 << 38
"""What a package may unfold to: 256 GiB. It must fit the disk, too."""
_MOST_RATIO: Final = 500
"""Bytes that one packed byte may become; tables of figures reach some 30."""
_SMALL: Final = 1 << 20
_CHUNK: Final = 1 << 20
_ENTRY: Final = b"PK\x03\x04"
_END: Final = b"PK\x05\x06"
_LAST: Final = 22
"""Bytes of the record a zip file ends with, when it bears no comment."""
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_FILE_MODE: Final = (stat.S_IFREG | 0o644) << 16


def is_archive(path: Path) -> bool:
    """Tell whether a file is a zip file."""
    return path.is_file() and zipfile.is_zipfile(path)


def pack_folder(folder: Path, out: IO[bytes]) -> None:
    """Pack a folder with all that is in it, its own name in front.

    Neither the time nor the order in which files were made shows.
    """
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for file in sorted(each for each in folder.rglob("*") if each.is_file()):
            place = f"{folder.name}/{file.relative_to(folder).as_posix()}"
            entry = zipfile.ZipInfo(place, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = _UNIX, _FILE_MODE
            entry.file_size = file.stat().st_size
            with file.open("rb") as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target, _CHUNK)


def unpack_archive(file: Path, folder: Path) -> Path:
    """Take a package out of a zip file.

    Returns
    -------
    pathlib.Path
        The one folder it holds.

    Raises
    ------
    IntegrityError
        If the file is damaged, or does what no package does.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            entries = _checked(archive, file, folder)
            for entry in entries:
                _take_out(archive, entry, folder, file)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error) as fault:
        raise IntegrityError("package_zip_damaged", path=file.as_posix()) from fault
    tops = {entry.filename.partition("/")[0] for entry in entries}
    if len(tops) != 1:
        raise IntegrityError("package_zip_tops", path=file.as_posix(), count=len(tops))
    return folder / tops.pop()


def _checked(archive: zipfile.ZipFile, file: Path, folder: Path) -> list[zipfile.ZipInfo]:
    """Look at what a zip file says of itself, before anything is taken out."""
    entries = archive.infolist()
    if _has_more(archive, file):
        raise IntegrityError("package_zip_more", path=file.as_posix())
    if len(entries) > MOST_ENTRIES:
        raise IntegrityError("package_zip_many", path=file.as_posix(), most=MOST_ENTRIES)
    total = sum(entry.file_size for entry in entries)
    if total > min(MOST_BYTES, shutil.disk_usage(folder).free):
        raise IntegrityError("package_zip_large", path=file.as_posix(), size=total)
    seen: set[str] = set()
    for fault, entry in _faults(entries, seen):
        key = f"package_zip_{fault}"
        raise IntegrityError(key, path=file.as_posix(), entry=entry)
    return [entry for entry in entries if not entry.is_dir()]


def _has_more(archive: zipfile.ZipFile, file: Path) -> bool:
    """Tell whether a zip file holds bytes before, behind or beside its entries: nobody packs them.

    They are under no digest of the package.
    """
    with file.open("rb") as stream:
        begins = stream.read(len(_ENTRY)) == _ENTRY
        stream.seek(-_LAST, 2)
        ends = stream.read(len(_END)) == _END
    return bool(archive.comment) or not begins or not ends


def _faults(entries: list[zipfile.ZipInfo], seen: set[str]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        # the name before the standard library cut and turned it round
        name = entry.orig_filename
        shown = repr(name)
        if not is_safe_place(name.removesuffix("/") if entry.is_dir() else name):
            yield "outside", shown
        elif stat.S_ISLNK(entry.external_attr >> 16):
            yield "link", shown
        elif entry.flag_bits & 0x1:
            yield "locked", shown
        elif entry.file_size > max(_SMALL, entry.compress_size * _MOST_RATIO):
            yield "bomb", shown
        elif folded_place(name) in seen:
            yield "twice", shown
        seen.add(folded_place(name))


def _take_out(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, file: Path) -> None:
    """Write one file; it may not be longer than its entry says."""
    target = folder / entry.filename
    target.parent.mkdir(parents=True, exist_ok=True)
    left = entry.file_size
    with archive.open(entry) as source, target.open("xb") as out:
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                shown = repr(entry.filename)
                raise IntegrityError("package_zip_bomb", path=file.as_posix(), entry=shown)
            out.write(chunk)
