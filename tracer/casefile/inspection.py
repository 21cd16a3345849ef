"""A package checked against itself: its files, their digests, and its custody log.

What is here shows that nothing was changed after the package was made, by anybody who did not
make its manifests anew too; against them stands the digest of the whole, which is noted
elsewhere: in the log of the database it came from, and on paper.
"""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from errno import ENOENT
from pathlib import Path
from typing import Any, Final

from tracer.casefile.bag import MANIFESTS, SM3_SUMS, TAG_MANIFESTS, package_digest
from tracer.casefile.chain import read_events
from tracer.casefile.contents import EVENTS, PAYLOAD, REPRODUCTION, Contents, read_contents
from tracer.casefile.places import is_safe_place
from tracer.casefile.sheet import README, REPRODUCTION_SHEET
from tracer.errors import IntegrityError
from tracer.ingest.digests import new_sm3
from tracer.model.diagnostic import Note
from tracer.model.event import GENESIS, Event, first_break

__all__ = ["Inspected", "files_in", "inspect_package"]

_CHUNK: Final = 1 << 20
_BAGIT: Final = "bagit.txt"


@dataclass(frozen=True)
class Inspected:
    """What a package holds, and what is amiss with it.

    Parameters
    ----------
    folder : pathlib.Path
        Where it lies.
    digest : str or None
        That of the whole; None when it has none.
    files, size : int
        Of the payload.
    contents : Contents or None
        What it says of itself, where that can be read.
    events : tuple of Event
        Its custody log.
    faults : tuple of Note
        One entry for everything that is not as it says; empty when all is.
    """

    folder: Path
    digest: str | None
    files: int
    size: int
    contents: Contents | None
    events: tuple[Event, ...]
    faults: tuple[Note, ...]


@dataclass
class _Listed:
    """A file as the manifests list it."""

    path: str
    digests: dict[str, str] = field(default_factory=dict)


def inspect_package(folder: Path, shown: str) -> Inspected:
    """Check every file of a package, and its custody log.

    Parameters
    ----------
    folder : pathlib.Path
        The BagIt folder.
    shown : str
        Path of the package as it was given.

    Raises
    ------
    IntegrityError
        If it is no BagIt folder at all.
    """
    if not (folder / _BAGIT).is_file() or not (folder / PAYLOAD).is_dir():
        raise IntegrityError("package_no_bag", path=shown)
    faults = list(_file_faults(folder))
    if not faults:  # a second opinion, by the library that others would ask
        faults += _library_faults(folder)
    payload = [file for file in (folder / PAYLOAD).rglob("*") if file.is_file()]
    contents: Contents | None = None
    events: tuple[Event, ...] = ()
    try:
        contents = read_contents(_text(folder, REPRODUCTION), shown)
        if not faults:  # else its own lists have named the file
            faults += _stated_faults(folder / PAYLOAD, contents)
        if not contents.options.is_redacted:
            events = read_events(_text(folder, EVENTS), shown)
            faults += _chain_faults(events, contents)
    except OSError as fault:
        name = Path(str(fault.filename)).name
        faults.append(Note("package_part_missing", {"file": name}))
    except IntegrityError as fault:
        file = str(fault.values.get("file", REPRODUCTION))
        faults.append(Note("package_part_unreadable", {"file": file}))
    has_digest = (folder / TAG_MANIFESTS["sha256"]).is_file()
    return Inspected(
        folder=folder,
        digest=package_digest(folder) if has_digest else None,
        files=len(payload),
        size=sum(file.stat().st_size for file in payload),
        contents=contents,
        events=events,
        faults=tuple(faults),
    )


def _text(folder: Path, place: str) -> str:
    file = folder / PAYLOAD / place
    if not file.is_file():
        raise FileNotFoundError(ENOENT, "", str(file))
    try:
        return file.read_bytes().decode()
    except UnicodeDecodeError as fault:
        raise IntegrityError("package_unreadable", path="", file=file.name) from fault


def _stated_faults(payload: Path, contents: Contents) -> Iterator[Note]:
    """Compare the payload with what the package says of it, both ways.

    Whoever changes a result and makes all lists anew is found here; whoever changes what is said
    of it, too, is found by a re-run.
    """
    stated: dict[str, str | None] = {each.place: each.sha256 for each in contents.results}
    stated |= {each.place: each.sha256 for each in contents.inputs if each.place is not None}
    there = files_in(payload)
    for place in (REPRODUCTION, REPRODUCTION_SHEET, README, EVENTS):
        there.pop(place, None)
    for place, sha256 in sorted(stated.items()):
        file = there.pop(unicodedata.normalize("NFC", place), None)
        if file is None or _digests(file, {"sha256": ""})["sha256"] != sha256:
            yield Note("package_file_unlike", {"file": f"{PAYLOAD}/{place}"})
    for place in sorted(there):
        yield Note("package_file_unstated", {"file": f"{PAYLOAD}/{place}"})


def _chain_faults(events: tuple[Event, ...], contents: Contents) -> Iterator[Note]:
    broken = first_break(events)
    if broken is not None:
        yield Note("package_log_broken", {"entry": broken})
    head = events[-1].digest if events else GENESIS
    if (len(events), head) != (contents.events, contents.head):
        yield Note("package_log_head", {"stated": contents.events, "found": len(events)})


def _file_faults(folder: Path) -> Iterator[Note]:
    """Compare manifests and files, both ways, digest by digest."""
    there = files_in(folder)
    listed: dict[str, _Listed] = {}
    for lists, is_payload in ((TAG_MANIFESTS, False), ({**MANIFESTS, "sm3": SM3_SUMS}, True)):
        for algorithm, name in lists.items():
            yield from _read_manifest(folder, name, algorithm, listed, is_payload=is_payload)
    for key, entry in sorted(listed.items()):
        file = there.pop(key, None)
        if file is None:
            yield Note("package_file_missing", {"file": entry.path})
            continue
        found = _digests(file, entry.digests)
        wrong = sorted(name for name in found if found[name] != entry.digests[name].casefold())
        if wrong:
            values = {"file": entry.path, "digests": "、".join(wrong)}
            yield Note("package_file_changed", values)
        wanted = {*MANIFESTS, "sm3"} if key.startswith(f"{PAYLOAD}/") else {*TAG_MANIFESTS}
        for algorithm in sorted(wanted - found.keys()):
            yield Note("package_file_unlisted", {"file": entry.path, "algorithm": algorithm})
    for key in sorted(there):
        if key not in TAG_MANIFESTS.values():
            yield Note("package_file_extra", {"file": key})


def files_in(folder: Path) -> dict[str, Path]:
    """Find every file below a folder, links too, by its place in composed letters.

    Programs that take a zip file out may decompose the letters of a name.
    """
    return {
        unicodedata.normalize("NFC", file.relative_to(folder).as_posix()): file
        for file in sorted(folder.rglob("*"))
        if file.is_symlink() or not file.is_dir()
    }


def _read_manifest(
    folder: Path, name: str, algorithm: str, listed: dict[str, _Listed], *, is_payload: bool
) -> Iterator[Note]:
    """Take the entries of one manifest into the list of all."""
    file = folder / name
    if not file.is_file():
        yield Note("package_part_missing", {"file": name})
        return
    seen = set()
    try:
        lines = file.read_bytes().decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        yield Note("package_part_unreadable", {"file": name})
        return
    for number, line in enumerate(lines, start=1):
        digest, _, path = line.partition(" ")
        path = path.strip().removeprefix("*")
        is_below = path.startswith(f"{PAYLOAD}/")
        if not digest or not is_safe_place(path) or is_below != is_payload:
            yield Note("package_manifest_line", {"file": name, "line": number})
            continue
        key = unicodedata.normalize("NFC", path)
        if key in seen:
            yield Note("package_manifest_line", {"file": name, "line": number})
        seen.add(key)
        listed.setdefault(key, _Listed(path)).digests[algorithm] = digest


def _digests(file: Path, wanted: Mapping[str, str]) -> dict[str, str]:
    """Hash a file by every algorithm that is asked for.

    A link is nothing of the package's; what is no file (a pipe, a device) might never end.
    """
    if file.is_symlink() or not file.is_file():
        return dict.fromkeys(wanted, "")
    hashes: dict[str, Any] = {
        name: new_sm3() if name == "sm3" else hashlib.new(name) for name in wanted
    }
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            for each in hashes.values():
                each.update(chunk)
    return {name: each.hexdigest() for name, each in hashes.items()}


def _library_faults(folder: Path) -> Iterator[Note]:
    import logging

    import bagit

    logging.getLogger("bagit").addHandler(logging.NullHandler())
    try:
        bagit.Bag(str(folder.resolve())).validate(processes=1)
    except bagit.BagError as fault:
        yield Note("package_bag_invalid", {"detail": " ".join(str(fault).split())})
