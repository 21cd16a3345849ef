"""Logs that are lines, not tables: records found by how they begin, cells by a pattern."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tracer.ingest.headers import HeaderMatch
from tracer.ingest.opensheet import Reader, Show
from tracer.ingest.profiles.declaration import Lines
from tracer.ingest.profiles.rewriting import decode_literal
from tracer.ingest.rows import RawRow
from tracer.ingest.textfiles import read_lines
from tracer.model.diagnostic import Diagnostic

__all__ = ["LineCount", "count_lines", "line_reader"]

_MOST_LINES = 1000
"""Lines one record may take."""


@dataclass(frozen=True, slots=True)
class LineCount:
    """What a log holds: records that are rows, those told again later, and lines beside them."""

    rows: int = 0
    retries: int = 0
    others: int = 0


@dataclass(slots=True)
class _Entry:
    """A record: the line it begins in, and its lines."""

    row: int
    lines: list[str]

    @property
    def first(self) -> str:
        """Its first line without the line end; what follows may be none of it (a traceback)."""
        return self.lines[0].rstrip("\r\n")


def count_lines(file: Path, encoding: str, rules: Lines) -> LineCount:
    """Count what a log holds, reading it once."""
    rows = retries = others = 0
    for entry in _entries(file, encoding, rules):
        if not rules.row.match(entry.lines[0]):
            others += len(entry.lines)
        elif rules.skip is not None and rules.skip.match(entry.lines[0]):
            retries += 1
        else:
            rows += 1
            if len(entry.lines) > 1 and rules.pattern.fullmatch(entry.first):
                others += len(entry.lines) - 1
    return LineCount(rows, retries, others)


def line_reader(file: Path, encoding: str, rules: Lines, *, byte_literals: bool) -> Reader:
    """Read the records of a log that are rows."""
    names = tuple(rules.pattern.groupindex)

    def read(header: HeaderMatch, show: Show) -> Iterator[RawRow | Diagnostic]:
        for entry in _entries(file, encoding, rules):
            first = entry.first
            if not rules.row.match(first) or (rules.skip and rules.skip.match(first)):
                continue
            found = rules.pattern.fullmatch(first)
            found = found or rules.pattern.fullmatch("".join(entry.lines).rstrip("\r\n"))
            if found is None:
                yield Diagnostic(entry.row, None, show(_shown(entry, rules, header)), "no_log_line")
                continue
            cells = (found[name] or "" for name in names)
            if byte_literals:
                cells = (decode_literal(cell) for cell in cells)
            yield RawRow(entry.row, tuple(cells))

    return read


def _shown(entry: _Entry, rules: Lines, header: HeaderMatch) -> tuple[str, ...]:
    """Show a record that cannot be read: how it begins as it stands, the rest to be masked."""
    text = " ".join("".join(entry.lines).split())
    begin = rules.begin.match(text)
    cut = begin.end() if begin else 0
    return tuple(
        {"sent_at": text[:cut], "content": text[cut:]}.get(name or "", "")
        for name in header.columns
    )


def _entries(file: Path, encoding: str, rules: Lines) -> Iterator[_Entry]:
    """Put lines that begin no record of their own with the one above.

    One that tells of a message is a record though its beginning is damaged.
    """
    entry: _Entry | None = None
    for number, line in enumerate(read_lines(file, encoding), start=1):
        text = line if isinstance(line, str) else _force(line, encoding)
        begins = rules.begin.match(text) or rules.row.match(text)
        if entry is None or begins or len(entry.lines) >= _MOST_LINES:
            if entry is not None:
                yield entry
            entry = _Entry(number, [text])
        else:
            entry.lines.append(text)
    if entry is not None:
        yield entry


def _force(line: bytes, encoding: str) -> str:
    """Decode what can be: a message's bytes may stand in the log as they were sent."""
    codec = "utf-8" if encoding.startswith("utf") else encoding
    return line.decode(codec, "backslashreplace").replace("\0", "\\x00")
