"""A paper: facts, tables and remarks under headings, in both languages; what dossiers are set in.

The same paper goes to the terminal, to a page and to a workbook: what one says, all say.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tracer.model.diagnostic import HEAD_NOTES, Note
from tracer.model.money import grouped_yuan
from tracer.report.wording import Said, count, same, say

__all__ = ["Cell", "Figure", "Paper", "Section", "Table", "Yuan"]
__all__ += ["head_notes", "is_token", "other_notes", "shown", "table"]

_TOKEN: Final = 20
_NUMBERED: Final = re.compile(r"^[一二三四五六七八九十]、")


@dataclass(frozen=True, slots=True, order=True)
class Yuan:
    """An amount in millionths of a yuan."""

    micros: int


Cell = Said | int | Yuan | date | None
"""Text, a count, an amount, a day, or a blank cell."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Parameters
    ----------
    key : str
        Names it for good: its sheet in a workbook.
    heading : Said
        Title.
    header : tuple of Said
        Titles of the columns.
    rows : tuple of tuple of Cell
        As many cells a row as titles.
    figures : frozenset of int
        Columns set to the right.
    """

    key: str
    heading: Said
    header: tuple[Said, ...]
    rows: tuple[tuple[Cell, ...], ...]
    figures: frozenset[int]
    remarks: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, as SVG in each language, and what its signs mean; for pages only."""

    heading: Said
    svg: Said
    legend: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading; empty ones are left out."""

    heading: Said
    facts: tuple[tuple[Said, Said], ...] = ()
    tables: tuple[Table, ...] = ()
    remarks: tuple[Said, ...] = ()
    figures: tuple[Figure, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing under the heading."""
        return not (self.facts or self.remarks or self.figures or any(t.rows for t in self.tables))

    def is_named(self, table: Table) -> bool:
        """Whether a table stands under its own heading: not alone, nor the first of the same."""
        listed = [each for each in self.tables if each.rows]
        is_same = table is listed[0] and _NUMBERED.sub("", self.heading.zh) == table.heading.zh
        return len(listed) > 1 and not is_same


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole paper.

    Parameters
    ----------
    statement : tuple of Said
        What stands first: what the paper is, and is not.
    sources : tuple of (str, str)
        Path and digest of every file a record named in it is from.
    digest : str
        Of all sources.
    """

    title: Said
    window: Said
    statement: tuple[Said, ...]
    sections: tuple[Section, ...]
    sources: tuple[tuple[str, str], ...] = ()
    digest: str = ""
    answer: tuple[tuple[Said, Said], ...] = field(default=())


def table(
    key: str,
    heading: Said,
    header: Sequence[Said],
    rows: Iterable[Sequence[Cell]],
    remarks: Iterable[Said] = (),
) -> Table:
    """Put a table together; columns of counts and amounts are set to the right."""
    listed = tuple(tuple(row) for row in rows)
    figures = frozenset(
        place
        for place in range(len(header))
        if any(isinstance(row[place], int | Yuan) for row in listed)
    )
    return Table(key, heading, tuple(header), listed, figures, tuple(remarks))


def shown(cell: Cell) -> Said:
    """Say a cell.

    Examples
    --------
    >>> shown(6525).zh, shown(Yuan(23_490_000)).en, shown(None).zh
    ('6,525', '23.49', '')
    """
    if cell is None:
        return same("")
    if isinstance(cell, Said):
        return cell
    if isinstance(cell, Yuan):
        return same(grouped_yuan(cell.micros))
    return same(count(cell) if isinstance(cell, int) else cell.isoformat())


def head_notes(notes: Iterable[Note]) -> tuple[Said, ...]:
    """Say what stands above an answer: what it leaves out."""
    return tuple(_noted(note) for note in notes if note.key in HEAD_NOTES)


def other_notes(notes: Iterable[Note]) -> tuple[Said, ...]:
    """Say what stands below it."""
    return tuple(_noted(note) for note in notes if note.key not in HEAD_NOTES)


def _noted(note: Note) -> Said:
    return say(f"note.{note.key}", **note.values)


def is_token(said: Said) -> bool:
    """Tell whether a text is one short token, a code or a day, that no line should break.

    Examples
    --------
    >>> is_token(same("10687415")), is_token(same("甲公司")), is_token(same("A B"))
    (True, False, False)
    """
    words = said.zh
    return said.zh == said.en and words.isascii() and " " not in words and len(words) <= _TOKEN
