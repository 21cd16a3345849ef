"""A package checked, and run again: by whoever doubts it, with nothing but the package."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import normalize

from sqlalchemy import Engine

from tracer.casefile.archive import is_archive, unpack_archive
from tracer.casefile.contents import INPUTS, PAYLOAD, Contents
from tracer.casefile.inspection import Inspected, files_in, inspect_package
from tracer.casefile.sheet import README, REPRODUCTION_SHEET, write_words
from tracer.errors import IntegrityError, UsageError
from tracer.model.diagnostic import Note
from tracer.store.asof import connect_as_of
from tracer.store.engine import begin_writing, open_engine
from tracer.store.events import append_event
from tracer.usecases.forms import available_forms
from tracer.usecases.load import Clock
from tracer.usecases.progress import Told
from tracer.usecases.replay import replay_events
from tracer.usecases.results import moment_of, write_lists, write_results
from tracer.usecases.versions import program_versions

__all__ = ["Rerun", "check_package", "opened_package", "record_check", "rerun_package"]


@dataclass(frozen=True, slots=True)
class Rerun:
    """What came of running a package again.

    Parameters
    ----------
    faults : tuple of Note
        What came out differently; empty when nothing did.
    remarks : tuple of Note
        What may explain it: other versions; what could not be compared.
    files, results : int
        How many source files were loaded, and results compared.
    """

    faults: tuple[Note, ...]
    remarks: tuple[Note, ...]
    files: int
    results: int


@contextmanager
def opened_package(path: Path) -> Iterator[Path]:
    """Give the folder of a package; a zip file is taken out for as long as the body runs.

    Raises
    ------
    UsageError
        If nothing is there.
    IntegrityError
        If the zip file is damaged or does what no package does.
    """
    if path.is_dir():
        yield path
        return
    if not path.is_file():
        raise UsageError("package_none", path=path.as_posix())
    if not is_archive(path):
        raise IntegrityError("package_zip_damaged", path=path.as_posix())
    with tempfile.TemporaryDirectory(prefix="tracer-package-") as folder:
        yield unpack_archive(path, Path(folder))


def check_package(folder: Path, shown: str, digest: str | None = None) -> Inspected:
    """Check a package against itself, and against its digest where that was noted elsewhere.

    Raises
    ------
    IntegrityError
        If it is no package, or another one.
    """
    found = inspect_package(folder, shown)
    if digest is not None and found.digest != digest.casefold():
        raise IntegrityError("package_other_digest", found=found.digest, stated=digest)
    return found


def rerun_package(package: Inspected, *, progress: Told | None = None) -> Rerun:
    """Load the packed files into a fresh database, do every step again, and compare.

    Parameters
    ----------
    package : Inspected
        One without faults, with its sources.

    Raises
    ------
    IntegrityError
        If a step cannot be done again.
    """
    contents = package.contents
    assert contents is not None
    packed = files_in(package.folder / PAYLOAD)
    placed = {
        (each.path, each.sha256): packed[normalize("NFC", each.place)]
        for each in contents.inputs
        if each.place is not None
    }
    options = replace(contents.options, forms=_makeable(contents.options.forms))
    left = tuple(form for form in contents.options.forms if form not in options.forms)
    wanted = [each.place for each in contents.results if not each.place.endswith(left)]
    with tempfile.TemporaryDirectory(prefix="tracer-rerun-") as home:
        made = Path(home) / "made"
        engine = open_engine(str(Path(home) / "tracer.db"))
        try:
            root = package.folder / PAYLOAD / INPUTS
            differs = replay_events(engine, package.events, placed, root, progress=progress)
            with connect_as_of(engine, moment_of(options)) as conn:
                traces = write_results(conn, options, made)
                write_lists(conn, options, traces, contents.inputs, made)
        finally:
            engine.dispose()
        write_words(contents, made)
        faults = [] if differs is None else [Note("rerun_log_differs", {"entry": differs})]
        faults += _compare([*wanted, REPRODUCTION_SHEET, README], packed, made)
    remarks = [*(Note("rerun_form", {"form": form}) for form in left), *_versions(contents)]
    return Rerun(tuple(faults), tuple(remarks), len(placed), len(wanted))


def _makeable(forms: tuple[str, ...]) -> tuple[str, ...]:
    """Give the formats that can be written here."""
    there = available_forms()
    return tuple(form for form in forms if form in there)


def record_check(
    engine: Engine, package: Inspected, name: str, rerun: Rerun | None, operator: str, now: Clock
) -> None:
    """Enter in the custody log of a case that a package was checked, and what came of it.

    Parameters
    ----------
    name : str
        Of the file or folder.
    rerun : Rerun or None
        None if it was not run again.
    """
    params: dict[str, object] = {
        "package": name,
        "digest": package.digest,
        "faults": len(package.faults),
        "rerun_faults": None if rerun is None else len(rerun.faults),
    }
    with begin_writing(engine) as conn:
        append_event(conn, "verify", params, operator, now().isoformat(timespec="seconds"))


def _compare(places: Iterable[str], packed: Mapping[str, Path], made: Path) -> Iterator[Note]:
    """Compare what was made again with the very bytes of the package."""
    for place in places:
        file, old = made / place, packed.get(normalize("NFC", place))
        if not file.is_file():
            yield Note("rerun_missing", {"file": place})
        elif old is None or file.read_bytes() != old.read_bytes():
            yield Note("rerun_differs", {"file": place})


def _versions(contents: Contents) -> Iterator[Note]:
    ours = program_versions()
    for name in sorted(contents.versions.keys() | ours.keys()):
        pair = {"theirs": contents.versions.get(name, "–"), "ours": ours.get(name, "–")}
        if pair["theirs"] != pair["ours"]:
            yield Note("rerun_version", {"name": name, **pair})
