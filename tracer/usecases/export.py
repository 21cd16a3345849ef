"""The evidence package: results, the files they rest on, custody log, and how to do it again."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine

from tracer.casefile.archive import pack_folder
from tracer.casefile.bag import make_bag
from tracer.casefile.chain import write_events
from tracer.casefile.contents import (
    EVENTS,
    PAYLOAD,
    REPRODUCTION,
    Contents,
    InputFile,
    Options,
    Result,
    write_contents,
)
from tracer.casefile.sheet import write_words
from tracer.errors import IntegrityError, UsageError
from tracer.model.event import GENESIS
from tracer.store.asof import connect_as_of
from tracer.store.case import case_info
from tracer.store.engine import begin_writing
from tracer.store.events import append_event, read_events, verify_events
from tracer.store.veil import KeyEntry
from tracer.usecases.inputs import FoundInput, find_inputs, list_inputs
from tracer.usecases.redaction import (
    Redaction,
    check_alike,
    check_hidden,
    kept_key,
    redacted_case,
)
from tracer.usecases.results import moment_of, trace_all, write_lists, write_results
from tracer.usecases.targets import check_targets
from tracer.usecases.versions import program_versions
from tracer.usecases.written import write_below

__all__ = ["ExportOrder", "Exported", "export_package"]

ARCHIVE: Final = ".zip"
_AGENT: Final = "tracer"
_TOP: Final = "package"


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What is to be packed, and how.

    Parameters
    ----------
    options : Options
        What is asked for.
    out : pathlib.Path
        A folder that is not there yet, or a `.zip` file that is not there yet.
    folder : pathlib.Path
        Where relative paths of source files begin.
    at : datetime
        Time of export, with its zone.
    operator : str
        Who exports.
    case_no : str or None
        Number of the case; None: what the case says of itself.
    redaction : Redaction or None
        What is to be hidden; its key is written beside, never into the package.
    """

    options: Options
    out: Path
    folder: Path
    at: datetime
    operator: str
    case_no: str | None = None
    redaction: Redaction | None = None

    @property
    def stamp(self) -> str:
        """The time of export as it is written."""
        return self.at.isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was packed.

    Parameters
    ----------
    out : pathlib.Path
        The package.
    digest : str
        That of the whole.
    files, size : int
        Of the payload.
    contents : Contents
        What the package says of itself.
    """

    out: Path
    digest: str
    files: int
    size: int
    contents: Contents


def export_package(engine: Engine, order: ExportOrder) -> Exported:
    """Write an evidence package, and enter it in the custody log.

    The package holds the log up to, and without, this entry. It is there whole or not at all;
    equal states of a case, equal options and equal times give the same bytes.

    Raises
    ------
    UsageError
        If something is in its place, or a source file is not what was loaded.
    IntegrityError
        If the custody log of the database does not hold.
    NothingOnRecord
        If one of the numbers has no party on record.
    """
    out = order.out
    with connect_as_of(engine, moment_of(order.options)) as conn:
        if out.exists():
            raise UsageError("export_there", path=out.as_posix())
        check_targets(conn, [out, *([order.redaction.key] if order.redaction else [])])
        broken = verify_events(conn)
        if broken is not None:
            raise IntegrityError("export_log", entry=broken)
        with _stage(out) as folder:
            keeping: AbstractContextManager[None] = nullcontext()
            if order.redaction is None:
                contents = _fill(conn, order, folder)
            else:
                contents, key = _fill_redacted(conn, order, order.redaction, folder)
                keeping = kept_key(order.redaction.key, key)
            digest = make_bag(folder, _bag_info(contents))
            payload = [file for file in (folder / PAYLOAD).rglob("*") if file.is_file()]
            size = sum(file.stat().st_size for file in payload)
            with keeping:
                _put(folder, out)
    _enter(engine, order, digest, contents)
    return Exported(out, digest, len(payload), size, contents)


@contextmanager
def _stage(out: Path) -> Iterator[Path]:
    """Give a folder to fill, beside where the package will stand, so that it is moved at once."""
    above = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".part", dir=out.parent))
    try:
        folder = above / _TOP  # whatever the zip file is called, its bytes are the same
        folder.mkdir()
        yield folder
    finally:
        shutil.rmtree(above, ignore_errors=True)


def _fill(conn: Connection, order: ExportOrder, payload: Path) -> Contents:
    """Write the payload: results, what they rest on, and the log."""
    events = read_events(conn)
    inputs = list_inputs(conn, events)
    found = find_inputs(inputs, order.folder) if order.options.with_sources else ()
    placed = _placed(inputs, found)
    traces = write_results(conn, order.options, payload)
    write_lists(conn, order.options, traces, placed, payload)
    results = tuple(_results(payload))
    _copy(found, payload)
    write_below(payload, EVENTS, write_events(events).encode())
    contents = Contents(
        exported_at=order.stamp,
        exported_by=order.operator,
        case_no=order.case_no or case_info(conn).number,
        options=order.options,
        versions=program_versions(),
        inputs=placed,
        results=results,
        events=len(events),
        head=events[-1].digest if events else GENESIS,
    )
    _describe(contents, payload)
    return contents


def _fill_redacted(
    conn: Connection, order: ExportOrder, wanted: Redaction, payload: Path
) -> tuple[Contents, tuple[KeyEntry, ...]]:
    """Write the payload under pseudonyms: results alone, of a copy of the case; give the key."""
    with redacted_case(conn, wanted, order.options.lang) as (copy, veil), copy.connect() as hidden:
        inputs = list_inputs(hidden, ())
        traces = write_results(hidden, order.options, payload)
        write_lists(hidden, order.options, traces, inputs, payload)
        check_alike(trace_all(conn, order.options), traces)
        contents = Contents(
            exported_at=order.stamp,
            exported_by=order.operator,
            case_no=None,
            options=order.options,
            versions=program_versions(),
            inputs=inputs,
            results=tuple(_results(payload)),
            events=0,
            head=None,
        )
    _describe(contents, payload)
    check_hidden(_contents(payload), veil.key(), order.options.numbers)
    return contents, veil.key()


def _describe(contents: Contents, payload: Path) -> None:
    write_below(payload, REPRODUCTION, write_contents(contents).encode())
    write_words(contents, payload)


def _contents(payload: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(each for each in payload.rglob("*") if each.is_file()):
        yield file.relative_to(payload).as_posix(), file.read_bytes()


def _results(payload: Path) -> Iterator[Result]:
    for file in sorted(each for each in payload.rglob("*") if each.is_file()):
        place = file.relative_to(payload).as_posix()
        yield Result(place, hashlib.sha256(file.read_bytes()).hexdigest())


def _copy(found: Sequence[FoundInput], payload: Path) -> None:
    for each in found:
        assert each.input.place is not None
        target = payload / each.input.place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(each.file, target)
        with target.open("rb") as copy:  # what was hashed may have been changed since
            if hashlib.file_digest(copy, "sha256").hexdigest() != each.input.sha256:
                raise UsageError("export_changed", path=each.input.path)


def _placed(inputs: Sequence[InputFile], found: Sequence[FoundInput]) -> tuple[InputFile, ...]:
    told = {(each.input.path, each.input.kind, each.input.sha256): each.input for each in found}
    return tuple(told.get((each.path, each.kind, each.sha256), each) for each in inputs)


def _bag_info(contents: Contents) -> dict[str, str]:
    said = {
        "Bagging-Date": contents.exported_at[:10],
        "Bag-Software-Agent": f"{_AGENT} {contents.versions[_AGENT]}",
        "External-Description": " ".join(contents.options.numbers),
    }
    if contents.case_no:
        said["External-Identifier"] = contents.case_no
    return said


def _put(folder: Path, out: Path) -> None:
    """Put the finished package in its place."""
    if out.suffix.casefold() != ARCHIVE:
        folder.rename(out)
        return
    draft = folder.parent / out.name
    with draft.open("xb") as file:
        pack_folder(folder, file)
    draft.rename(out)


def _enter(engine: Engine, order: ExportOrder, digest: str, contents: Contents) -> None:
    """Enter the export in the log it was made from."""
    options = order.options
    params: dict[str, object] = {
        "package": order.out.name,
        "digest": digest,
        "numbers": list(options.numbers),
        "from": options.first,
        "to": options.last,
        "as_of": options.as_of,
        "with_sources": options.with_sources,
        "redacted": options.is_redacted,
        "events": contents.events,
        "head": contents.head,
    }
    with begin_writing(engine) as conn:
        append_event(conn, "export", params, order.operator, order.stamp)
