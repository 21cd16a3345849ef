"""Lines and tables on the terminal: stdout for results, stderr for everything else."""

import os
import shutil
import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import typer

from tracer.cli.cells import pad, visible, width
from tracer.cli.settings import Settings

__all__ = [
    "Line",
    "Span",
    "aligned",
    "cell_text",
    "line",
    "plain",
    "print_lines",
    "print_text",
    "remark",
    "terminal_cells",
]

_STYLES: Final[dict[str, dict[str, bool | str]]] = {
    "heading": {"bold": True},
    "holder": {"bold": True, "fg": "blue"},
    "sender": {"bold": True, "fg": "red"},
    "broken": {"fg": "magenta"},
    "both": {"fg": "green"},
    "paper": {"fg": "cyan"},
    "log": {"fg": "yellow"},
    "faint": {"dim": True},
}


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text and the name of its style; colour never carries meaning alone."""

    text: str
    style: str = ""


Line = tuple[Span, ...]


def line(*parts: str | Span) -> Line:
    """Make one line of its parts."""
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts)


def plain(lines: Iterable[Line]) -> str:
    r"""Write lines without any style, each ended by a line break.

    Examples
    --------
    >>> plain([line("甲 ", Span("乙", "faint")), line()])
    '甲 乙\n\n'
    """
    return "".join("".join(visible(span.text) for span in spans) + "\n" for spans in lines)


def aligned(
    rows: Iterable[Sequence[object]],
    *,
    header: Sequence[str] = (),
    right: Collection[int] = (),
    indent: str = "",
) -> list[Line]:
    """Set rows in columns as wide as their widest cell.

    Parameters
    ----------
    rows : Iterable of Sequence
        Cells; `None` is shown as `–`.
    header : Sequence of str
        Titles of the columns.
    right : Collection of int
        Columns set to the right: figures.
    indent : str
        What every line begins with.

    Examples
    --------
    >>> print(plain(aligned([["甲公司", 7], ["B", 12]], right={1})), end="")
    甲公司   7
    B       12
    """
    cells = [[cell_text(value) for value in row] for row in rows]
    table = [list(header), *cells] if header else cells
    if not table:
        return []
    widths = [max(width(row[at]) for row in table) for at in range(len(table[0]))]
    lines = []
    for number, row in enumerate(table):
        padded = [pad(cell, widths[at], right=at in right) for at, cell in enumerate(row)]
        style = "faint" if header and number == 0 else ""
        lines.append(line(Span((indent + "  ".join(padded)).rstrip(), style)))
    return lines


def cell_text(value: object) -> str:
    """Write a cell: counts with thousands parted, nothing as `–`."""
    if value is None:
        return "–"
    return f"{value:,}" if type(value) is int else visible(str(value))


def terminal_cells() -> int | None:
    """Count the cells of a line of the terminal; None where stdout is no terminal."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def print_lines(lines: Iterable[Line]) -> None:
    """Print lines to stdout; in colour on a terminal, unless NO_COLOR is set."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        print_text(plain(lines))
        return
    print_text("".join("".join(_painted(span) for span in spans) + "\n" for spans in lines))


def _painted(span: Span) -> str:
    style = _STYLES.get(span.style)
    if style is None or not span.text.strip():
        return visible(span.text)
    return typer.style(visible(span.text), **style)  # type: ignore[arg-type]


def print_text(text: str) -> None:
    """Print a text to stdout as it is."""
    typer.echo(text, nl=False)


def remark(settings: Settings, text: str) -> None:
    """Say something beside the result, on stderr; nothing under --quiet."""
    if not settings.quiet:
        typer.echo(visible(text), err=True)
