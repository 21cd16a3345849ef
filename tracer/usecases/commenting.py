"""Writing on a party, a record, a hop or a finding: a text, a grade, a paper."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine

from tracer.errors import UsageError
from tracer.ingest.digests import digest_file
from tracer.model.party import fold_party
from tracer.store.correcting import record_counts
from tracer.store.decisions import read_decisions
from tracer.store.documents import add_document
from tracer.store.engine import begin_writing
from tracer.store.events import append_event
from tracer.usecases.load import Clock
from tracer.usecases.parties import find_party
from tracer.usecases.recordnames import find_record_name

__all__ = ["Paper", "comment"]

_FINDING: Final = re.compile(r"(TR\d{3})\s*[:：]\s*(.+)", re.IGNORECASE)
_HOP: Final = re.compile(r"\s*(?:->|→|>|＞)\s*")
_NAMES: Final = re.compile(r"\s*[,，、;；]\s*")


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper a comment rests on: a file, as it was given, and a page in it."""

    file: Path
    page: str | None = None


def comment(
    engine: Engine,
    target: str,
    said: str,
    operator: str,
    now: Clock,
    *,
    grade: str | None = None,
    paper: Paper | None = None,
) -> int:
    """Write on something; gives the number of the event.

    Parameters
    ----------
    target : str
        A record by its stable name or its place (`FILE:ROW`); a hop as `upstream>downstream`; a
        finding as `TR202:party,party`; else a party, by any spelling or its credit code.
    said : str
        One text.
    grade : str or None
        One of `model.mark.GRADES`; of records and hops.
    paper : Paper or None
        Its digest is recorded.

    Raises
    ------
    NothingOnRecord
        If a party named is not on record.
    UsageError
        If no such record counts, a grade is given to what has none, the text is blank, or the
        paper cannot be read.
    """
    if not said.strip():
        raise UsageError("note_blank")
    at = now().isoformat(timespec="seconds")
    with begin_writing(engine) as conn:
        meant = _read_target(conn, target)
        if grade is not None and meant["kind"] not in ("record", "hop"):
            raise UsageError("note_grade", target=target)
        params: dict[str, object] = {"target": meant, "text": said.strip(), "grade": grade}
        if paper is not None:
            params["document"] = _record_paper(conn, paper)
        return append_event(conn, "note", params, operator, at).seq


def _read_target(conn: Connection, target: str) -> dict[str, object]:
    text = target.strip()
    if (record := find_record_name(conn, text)) is not None:
        if not record_counts(conn, record):
            raise UsageError("note_no_record", record=record)
        return {"kind": "record", "record": record}
    if told := _FINDING.fullmatch(text):
        names = sorted(_party(conn, name) for name in _NAMES.split(told[2].strip()) if name)
        return {"kind": "finding", "rule": told[1].upper(), "parties": names}
    ends = _HOP.split(text)
    if len(ends) == 2 and all(ends):
        upstream, downstream = (_party(conn, name) for name in ends)
        return {"kind": "hop", "upstream": upstream, "downstream": downstream}
    return {"kind": "party", "party": _party(conn, text)}


def _party(conn: Connection, text: str) -> str:
    """Name a party as the papers do: what is decided on it later does not move the comment."""
    decisions = read_decisions(conn)
    found = find_party(conn, text, decisions)
    decided = decisions.by_name.get(fold_party(found.name)) if found.decided else None
    return found.name if decided is None else decided.units[0].name


def _record_paper(conn: Connection, paper: Paper) -> dict[str, object]:
    try:
        digests = digest_file(paper.file)
    except OSError as error:
        raise UsageError("note_document", path=paper.file.as_posix()) from error
    path = paper.file.as_posix()
    add_document(conn, path, digests.sha256, digests.sm3, digests.size)
    return {"path": path, "sha256": digests.sha256, "page": paper.page}
