"""SQL dumps: the rows of INSERT statements (MySQL, PostgreSQL) and of PostgreSQL's COPY blocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from tracer.ingest.profiles.sqltext import (
    Dialect,
    column_names,
    copy_cells,
    is_cut_off,
    tell_dialect,
    tuple_cells,
    tuple_pattern,
    unquote,
)
from tracer.ingest.textfiles import read_lines

__all__ = ["DumpFault", "DumpRow", "is_dump", "read_dump"]

_WORD = r"""(?:`[^`]+`|"[^"]+"|\[[^\]]+\]|[\w$]+)"""
_NAME = rf"(?:{_WORD}\s*\.\s*)?(?P<name>{_WORD})"
_INSERT: Final = re.compile(
    rf"\s*(?:INSERT(?:\s+IGNORE)?|REPLACE)\s+INTO\s+{_NAME}\s*(?:\((?P<columns>[^)]*)\)\s*)?"
    r"(?:OVERRIDING\s+\w+\s+VALUE\s+)?VALUES?\s*(?=\()",
    re.IGNORECASE,
)
_AFTER_ROWS: Final = re.compile(r"[;#/-]|[A-Za-z]\w*\b(?!\s*[,(])")
"""What may follow the last row of a statement."""
_INSERTS: Final = re.compile(r"\s*(?:INSERT|REPLACE)\b", re.IGNORECASE)
_INTO: Final = re.compile(
    rf"\s*(?:INSERT(?:\s+IGNORE)?|REPLACE)\s+INTO\s+{_NAME}\s*(?:\(|VALUES?\b|$)", re.IGNORECASE
)
_COPY: Final = re.compile(
    rf"COPY\s+{_NAME}\s*(?:\((?P<columns>[^)]*)\))?\s+FROM\s+stdin", re.IGNORECASE
)
_CREATE: Final = re.compile(
    rf"\s*CREATE\s+(?:\w+\s+)*?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{_NAME}\s*\(", re.IGNORECASE
)
_SNIFFED_LINES: Final = 3000
_SNIFFED_CHARACTERS: Final = 1 << 22
"""Lines of a dump may be of any length."""
_MOST_LINES: Final = 1000
"""Lines one row, or the head of a statement, may take."""
_TRIM: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class DumpRow:
    """One row of a table: the physical line it begins in, its cells by column."""

    table: str
    line: int
    columns: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DumpFault:
    """A line from which on a statement cannot be read."""

    table: str
    line: int
    columns: tuple[str, ...]
    text: str


def is_dump(file: Path, encoding: str) -> bool:
    """Tell whether a text is an SQL dump: a statement that makes or fills a table stands in it."""
    for number, line in enumerate(read_lines(file, encoding)):
        if number >= _SNIFFED_LINES:
            return False
        if isinstance(line, str) and any(
            pattern.match(line) for pattern in (_INTO, _COPY, _CREATE)
        ):
            return True
    return False


def read_dump(file: Path, encoding: str, only: str | None = None) -> Iterator[DumpRow | DumpFault]:
    """Read the rows of every table of a dump, in the order they stand in.

    A column list that a statement leaves out is that of CREATE TABLE; where there is none, the
    columns are called 1, 2, 3.

    Parameters
    ----------
    only : str or None
        The table whose cells are wanted; rows of others may come without. None: of every table.
    """
    dialect = _tell_dialect(file, encoding)
    yield from _Dump(read_lines(file, encoding), encoding, dialect, only).rows()


def _tell_dialect(file: Path, encoding: str) -> Dialect:
    head: list[str] = []
    rows: list[str] = []
    held = 0
    for line in islice(read_lines(file, encoding), _SNIFFED_LINES):
        if isinstance(line, bytes):
            continue
        if rows or _INSERTS.match(line):
            rows.append(line)
            held += len(line)
        else:
            head.append(line)
        if held > _SNIFFED_CHARACTERS:
            break
    return tell_dialect([*head, *rows[:1]], rows)


class _Dump:
    """Walks the statements of a dump with a window of its text."""

    def __init__(
        self, lines: Iterator[str | bytes], encoding: str, dialect: Dialect, only: str | None
    ) -> None:
        self._lines = lines
        self._codec = "utf-8" if encoding.startswith("utf") else encoding
        self._pattern = tuple_pattern(dialect)
        self._dialect = dialect
        self._only = only
        self._columns: dict[str, tuple[str, ...]] = {}
        self._text = ""
        self._place = 0
        self._line = 1
        self._counted = 0

    def rows(self) -> Iterator[DumpRow | DumpFault]:
        while self._refill():
            if copied := _COPY.match(self._text, self._place):
                yield from self._copy(copied)
            elif _CREATE.match(self._text, self._place):
                self._create()
            elif _INSERTS.match(self._text, self._place):
                yield from self._insert()
            else:
                self._skip_line()

    def _refill(self) -> bool:
        """Go to the next line where the window is used up; False at the end."""
        if self._place < len(self._text):
            return True
        self._trim()
        return self._more()

    def _more(self) -> bool:
        line = next(self._lines, None)
        if line is None:
            return False
        # bytes that are no text stand in for themselves; a cell that holds one is told by them
        text = line if isinstance(line, str) else line.decode(self._codec, "surrogateescape")
        self._text += text
        return True

    def _trim(self) -> None:
        self._here()
        self._text = self._text[self._place :]
        self._place = self._counted = 0

    def _here(self) -> int:
        """Give the physical line of the place at hand."""
        self._line += self._text.count("\n", self._counted, self._place)
        self._counted = self._place
        return self._line

    def _skip_line(self) -> None:
        end = self._text.find("\n", self._place)
        self._place = len(self._text) if end < 0 else end + 1

    def _skip_space(self) -> bool:
        """Go to what is no white space; False at the end of the file."""
        while True:
            while self._place < len(self._text) and self._text[self._place].isspace():
                self._place += 1
            if self._place < len(self._text):
                return True
            if not self._refill():
                return False

    def _create(self) -> None:
        start = self._place
        for _ in range(_MOST_LINES):
            statement = self._text[start:]
            if (names := column_names(statement)) is not None:
                found = _CREATE.match(statement)
                assert found is not None
                self._columns[unquote(found["name"])] = names
                break
            if not self._more():
                break
        self._place = start
        self._skip_line()

    def _copy(self, found: re.Match[str]) -> Iterator[DumpRow | DumpFault]:
        table = unquote(found["name"])
        columns = self._named(table, found["columns"])
        self._skip_line()
        while self._refill():
            line, end = self._here(), self._text.find("\n", self._place)
            text = self._text[self._place : None if end < 0 else end].rstrip("\r")
            self._skip_line()
            if text == "\\.":
                return
            cells = copy_cells(text)
            yield DumpRow(table, line, columns or _numbered(cells), cells)

    def _insert(self) -> Iterator[DumpRow | DumpFault]:
        start = self._place
        found = _INSERT.match(self._text, start)
        for _ in range(_MOST_LINES):
            if found is not None or ";" in self._text[start:] or not self._more():
                break
            found = _INSERT.match(self._text, start)
        if found is None:  # INSERT … SELECT, or no statement at all
            self._place = start
            self._skip_line()
            return
        table = unquote(found["name"])
        columns = self._named(table, found["columns"])
        self._place = found.end()
        while self._skip_space() and self._text[self._place] == "(":
            row = self._tuple(table, columns)
            yield row
            if isinstance(row, DumpFault):
                if not self._find_row():
                    return
                continue
            if self._skip_space() and self._text[self._place] == ",":
                self._place += 1
        yield from self._leave(table, columns)

    def _find_row(self) -> bool:
        """Go to the next line that begins with a row; False at the statement's end."""
        while self._skip_space():
            if self._text[self._place] == "(":
                return True
            if _INSERTS.match(self._text, self._place):
                return False
            end = self._text.find("\n", self._place)
            rest = self._text[self._place : None if end < 0 else end]
            self._skip_line()
            if rest.rstrip().endswith(";"):
                return False
        return False

    def _leave(self, table: str, columns: tuple[str, ...]) -> Iterator[DumpFault]:
        """Go past what follows the last row of a statement (ON CONFLICT …)."""
        if self._skip_space() and not _AFTER_ROWS.match(self._text, self._place):
            end = self._text.find("\n", self._place)
            text = self._text[self._place : None if end < 0 else end]
            yield DumpFault(table, self._here(), columns, text)
            self._skip_line()
            if text.rstrip().endswith(";"):
                return
        while self._skip_space():
            if _INSERTS.match(self._text, self._place):
                return
            end = self._text.find("\n", self._place)
            rest = self._text[self._place : None if end < 0 else end]
            if ";" in rest:
                self._place += rest.index(";") + 1
                return
            self._skip_line()

    def _tuple(self, table: str, columns: tuple[str, ...]) -> DumpRow | DumpFault:
        if self._place > _TRIM:
            self._trim()
        line = self._here()
        for _ in range(_MOST_LINES):
            if found := self._pattern.match(self._text, self._place):
                self._place = found.end()
                if columns and self._only not in {None, table}:
                    return DumpRow(table, line, columns, ())
                cells = tuple_cells(found[0], self._dialect)
                return DumpRow(table, line, columns or _numbered(cells), cells)
            if not is_cut_off(self._text, self._place, self._dialect) or not self._more():
                break
        end = self._text.find("\n", self._place)
        text = self._text[self._place : None if end < 0 else end]
        self._skip_line()
        return DumpFault(table, line, columns, text)

    def _named(self, table: str, stated: str | None) -> tuple[str, ...]:
        if stated:
            return tuple(unquote(name) for name in stated.split(","))
        return self._columns.get(table, ())


def _numbered(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, len(cells) + 1))
