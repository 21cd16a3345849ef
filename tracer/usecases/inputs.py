"""The files a case rests on: found where they lie, and known to be what was loaded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from tracer.casefile.contents import BESIDE, DOCUMENT, INPUTS, SOURCE, InputFile
from tracer.casefile.places import packed_places
from tracer.errors import UsageError
from tracer.ingest.digests import FileDigests, digest_file
from tracer.ingest.reopening import find_file
from tracer.model.event import Event
from tracer.store.sources import recorded_documents, recorded_sources
from tracer.usecases.replay import beside

__all__ = ["FoundInput", "find_inputs", "list_inputs"]


@dataclass(frozen=True, slots=True)
class FoundInput:
    """An input, and where its bytes lie now."""

    input: InputFile
    file: Path


def list_inputs(conn: Connection, events: Sequence[Event]) -> tuple[InputFile, ...]:
    """List every file the case rests on, withdrawn ones too, by path; none is looked for.

    Nothing has a place: what is read beside a log has no SM3 either, for none is on record.
    """
    loads = [event for event in events if event.action == "load"]
    loaded = {(event.params.get("path"), event.params.get("sha256")) for event in loads}
    listed = [
        InputFile(each.path, kind, each.sha256, each.sm3, each.size, None)
        for kind, files in (
            (SOURCE, recorded_sources(conn)),
            (DOCUMENT, recorded_documents(conn)),
        )
        for each in files
        # as the case stood, what was loaded later is none of it
        if kind == DOCUMENT or not loads or (each.path, each.sha256) in loaded
    ]
    known = {(each.path, each.sha256) for each in listed}
    also = {pair for event in loads for pair in beside(event)}
    listed += [InputFile(path, BESIDE, sha, None, None, None) for path, sha in also - known]
    return tuple(sorted(listed, key=lambda each: (each.path, each.kind, each.sha256 or "")))


def find_inputs(inputs: Sequence[InputFile], folder: Path) -> tuple[FoundInput, ...]:
    """Find the files that are to be packed, and give each its place.

    A document that was not there when its table was loaded is none of them.

    Parameters
    ----------
    folder : pathlib.Path
        Where relative paths begin.

    Raises
    ------
    UsageError
        If one is not there, or is not what was loaded.
    """
    wanted = [each for each in inputs if each.sha256 is not None]
    places = packed_places(each.path for each in wanted)
    found: dict[str, FoundInput] = {}
    for each in wanted:
        file = find_file(each.path, folder)
        if file is None:
            raise UsageError("export_missing", path=each.path, folder=folder.as_posix())
        digests = found[each.path].input if each.path in found else _digests(file)
        if digests.sha256 != each.sha256:
            raise UsageError("export_changed", path=each.path)
        place = f"{INPUTS}/{places[each.path]}"
        told = replace(each, sm3=digests.sm3, size=digests.size, place=place)
        found[each.path] = FoundInput(told, file)
    return tuple(found.values())


def _digests(file: Path) -> FileDigests:
    try:
        return digest_file(file)
    except OSError as fault:
        detail = fault.strerror or ""
        raise UsageError("unreadable_file", path=file.as_posix(), detail=detail) from fault
