"""Copies for other eyes: a case under pseudonyms, and the key that is kept apart from them."""

import csv
import html
import io
import json
import os
import posixpath
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine

from tracer.errors import UsageError
from tracer.messages import Language, is_own_word, text
from tracer.model.party import fold_party
from tracer.report.documents import csv_text
from tracer.rules.examined import ExaminedTrace
from tracer.store.decisions import names_on_record, read_decisions
from tracer.store.engine import begin_writing, open_engine
from tracer.store.nearnames import near_names
from tracer.store.rawhops import name_party
from tracer.store.redaction import copy_redacted
from tracer.store.veil import KeyEntry, Veil

__all__ = [
    "Redaction",
    "check_alike",
    "check_hidden",
    "kept_key",
    "key_file_of",
    "read_pseudonyms",
    "redacted_case",
]

_HEADER: Final = ("kind", "pseudonym", "value")
_LEAST: Final = 4
"""Shorter values stand in ordinary words, too; they are hidden, and not searched for."""
_LEAST_DIGITS: Final = 8
"""Fewer digits stand in days and counts, too."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is to be hidden, and how.

    Parameters
    ----------
    keep : tuple of str
        Parties that keep their names, by any spelling.
    codes : tuple of str
        Codes below which digits are stood in for; none: all digits stay.
    given : Mapping of str to str
        Pseudonyms the user chose, by any spelling of the party.
    key : pathlib.Path
        File for the key, not there yet.
    """

    key: Path
    keep: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)


def read_pseudonyms(file: Path) -> dict[str, str]:
    """Read a user's list of pseudonyms: CSV, a name and its pseudonym a line.

    Raises
    ------
    UsageError
        If it cannot be read, a line has not two fields, or a pseudonym stands twice.
    """
    try:
        rows = list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise UsageError("pseudonyms_unreadable", path=file.as_posix()) from fault
    given: dict[str, str] = {}
    for number, row in enumerate(rows, start=1):
        if not any(cell.strip() for cell in row):
            continue
        cells = [cell.strip() for cell in row]
        if len(cells) != 2 or not all(cells) or cells[1] in given.values():
            raise UsageError("pseudonyms_line", path=file.as_posix(), line=number)
        given[cells[0]] = cells[1]
    return given


def key_file_of(out: Path) -> Path:
    """Say where the key of a redacted file or package lies if nobody says otherwise.

    Examples
    --------
    >>> key_file_of(Path("out/page.html")).as_posix()
    'out/page.html.key.csv'
    """
    return out.with_name(f"{out.name}.key.csv")


@contextmanager
def redacted_case(
    conn: Connection, wanted: Redaction, lang: Language
) -> Iterator[tuple[Engine, Veil]]:
    """Give a copy of a case under pseudonyms, for as long as the body runs.

    Raises
    ------
    UsageError
        If the file for the key is there already, or a name to be kept is nobody's.
    """
    if wanted.key.exists():
        raise UsageError("redact_key_there", path=wanted.key.as_posix())
    _check_kept(conn, wanted.keep)
    veil = Veil(wanted.keep, wanted.given, wanted.codes)
    title = text("redact.title_digits" if wanted.codes else "redact.title", lang)
    with tempfile.TemporaryDirectory(prefix="tracer-redacted-") as folder:
        copy = open_engine(str(Path(folder) / "tracer.db"))
        with begin_writing(copy, much=True) as target:
            copy_redacted(conn, target, veil, title)
        try:
            yield copy, veil
        finally:
            copy.dispose()


def _check_kept(conn: Connection, keep: Sequence[str]) -> None:
    """Make sure that every name to be kept is somebody's: one misspelt would hide a party unseen.

    Names are kept, not parties told by a code: for a code the name of its party is told.
    """
    folded = {name: fold_party(name) for name in keep}
    known = names_on_record(conn, set(folded.values())) | read_decisions(conn).by_name.keys()
    unknown = [name for name in dict.fromkeys(keep) if folded[name] not in known]
    if not unknown:
        return
    near: list[str] = []
    for name in unknown:
        coded = name_party(conn, name)
        near += [coded[0]] if coded else near_names(conn, name)
    key = "keep_unknown_near" if near else "keep_unknown"
    listed = " / ".join(dict.fromkeys(near))
    raise UsageError(key, names=" / ".join(unknown), near=listed)


def check_alike(plain: Sequence[ExaminedTrace], redacted: Sequence[ExaminedTrace]) -> None:
    """Make sure that hiding names has changed nothing else.

    Raises
    ------
    UsageError
        If hops, layers, messages or findings are others under pseudonyms: a rule reads a text
        that had to be hidden.
    """
    for one, other in zip(plain, redacted, strict=True):
        differing = sorted(_shape(one) ^ _shape(other))
        if differing:
            raise UsageError("redact_differs", number=one.trace.number, what=differing[0][0])


def _shape(each: ExaminedTrace) -> set[tuple[str, int]]:
    """Give what a trace has of each, names apart."""
    trace = each.trace
    counts: Counter[str] = Counter(finding.rule for finding in each.findings)
    counts.update(f"hop {hop.status} {hop.messages}" for hop in trace.hops)
    counts.update(f"sender {sender.basis} {sender.messages}" for sender in trace.senders)
    counts.update(party=len(trace.parties), gap=len(trace.gaps), incident=trace.incidents.count)
    return set(counts.items())


def check_hidden(
    contents: Iterable[tuple[str, bytes]], key: Sequence[KeyEntry], numbers: Sequence[str]
) -> None:
    """Search files for values that are hidden: packed ones unpacked, in every spelling of JSON.

    The copy holds none of them; this is a second look. Glyphs of a PDF cannot be searched so, and
    what the program itself says cannot be told from a hidden value of the same letters: a sheet
    called 路由记录, a contract numbered 2023, an account that is the number traced.

    Parameters
    ----------
    contents : iterable of (str, bytes)
        Names of the files, and what they hold.
    key : sequence of KeyEntry
        What is hidden.
    numbers : sequence of str
        What was asked for.

    Raises
    ------
    UsageError
        If one is found.
    """
    shown = {entry.pseudonym for entry in key}
    needles: dict[bytes, str] = {}
    for entry in sorted(key):
        for value in {entry.value, posixpath.basename(entry.value)}:
            if _is_telling(entry.kind, value, numbers) and not any(value in each for each in shown):
                for spelled in (value, json.dumps(value)[1:-1], html.escape(value)):
                    needles[spelled.encode("utf-8", "surrogatepass")] = value
    for name, content in contents:
        for part in (name.encode(), *_parts(content)):
            for needle, value in needles.items():
                if needle in part:
                    raise UsageError("redact_leak", file=name, value=value)


def _is_telling(kind: str, value: str, numbers: Sequence[str]) -> bool:
    """Tell whether a hidden value, where it is found, cannot be a word of the program's own."""
    if len(value) < _LEAST or is_own_word(value):
        return False
    stem = posixpath.splitext(value)[0]
    if kind == "number":
        return True
    if any(stem.startswith(number) and stem.isdigit() for number in numbers):
        return False
    return not (value.isdigit() and len(value) < _LEAST_DIGITS)


def _parts(content: bytes) -> Iterator[bytes]:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        yield content
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for each in archive.infolist():
            yield each.filename.encode()
            yield archive.read(each)


@contextmanager
def kept_key(file: Path, key: Sequence[KeyEntry]) -> Iterator[None]:
    """Have the key on the disk before what it is the key to; if that is not made, neither is it.

    It says what every pseudonym stands for, and is for its owner's eyes only.

    Raises
    ------
    UsageError
        If the file is there already.
    """
    table = csv_text(_HEADER, ((entry.kind, entry.pseudonym, entry.value) for entry in key))
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as fault:
        raise UsageError("redact_key_there", path=file.as_posix()) from fault
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(table.encode())
        yield
    except BaseException:
        file.unlink(missing_ok=True)
        raise
