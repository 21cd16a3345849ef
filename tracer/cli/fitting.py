"""Tables wider than the terminal: columns of words are folded, or each row is set alone."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from tracer.cli.cells import fold_pieces, pad, width, wrap
from tracer.cli.output import Line, Span, aligned, cell_text, line

__all__ = ["fitted", "row_by_row"]

_LEAST: Final = 12
"""Cells below which no column of words is folded: a name of five lines is read by nobody."""
_LEAST_TITLE: Final = 4
"""Cells below which no title of figures is folded; figures never are."""


def fitted(
    rows: Iterable[Sequence[object]],
    *,
    header: Sequence[str] = (),
    right: Collection[int] = (),
    indent: str = "",
    cells: int | None = None,
) -> list[Line]:
    """Set rows in columns as `aligned` does, within the cells of a line; nothing is left out.

    Parameters
    ----------
    rows, header, right, indent
        As `aligned` takes them.
    cells : int or None
        Cells of a line; None where nothing limits it.

    Examples
    --------
    >>> from tracer.cli.output import plain
    >>> lines = fitted([["甲信息科技有限公司", 7]], header=["主体", "条数"], right={1}, cells=20)
    >>> print(plain(lines), end="")
    主体            条数
    甲信息科技有限     7
    公司
    """
    listed = [tuple(row) for row in rows]
    texts = [[cell_text(value) for value in row] for row in listed]
    table = [list(header), *texts] if header else texts
    if cells is None or not table:
        return aligned(texts, header=header, right=right, indent=indent)
    natural = [max(map(width, column)) for column in zip(*table, strict=True)]
    room = cells - len(indent) - 2 * (len(natural) - 1)
    if sum(natural) <= room:
        return aligned(texts, header=header, right=right, indent=indent)
    widths = _squeezed(table, natural, right, room)
    if widths is None:
        known = [["" if value is None else cell_text(value) for value in row] for row in listed]
        return row_by_row(header or [""] * len(natural), known, cells, indent)
    lines = []
    for number, row in enumerate(table):
        folded = [wrap(cell, room) for cell, room in zip(row, widths, strict=True)]
        for place in range(max(map(len, folded))):
            parts = [each[place] if place < len(each) else "" for each in folded]
            padded = [pad(part, widths[at], right=at in right) for at, part in enumerate(parts)]
            said = (indent + "  ".join(padded)).rstrip()
            lines.append(line(Span(said, "faint" if header and number == 0 else "")))
    return lines


def row_by_row(
    header: Sequence[str], rows: Iterable[Sequence[str]], cells: int, indent: str = "  "
) -> list[Line]:
    """Set each row as its first cell and, under it, what the others say, each with its title."""
    under = f"{indent}  "
    lines = []
    for row in rows:
        pieces = [
            f"{title} {cell}".strip()
            for title, cell in zip(header[1:], row[1:], strict=True)
            if cell
        ]
        # a figure says nothing without its title; a name does
        is_figure = not row[0] or row[0].replace(",", "").isdigit()
        named = f"{header[0]} {row[0] or '–'}".strip() if is_figure else row[0]
        lines += [line(indent, part) for part in wrap(named, cells - len(indent))]
        for each in fold_pieces(pieces, under, under, cells):
            lines += [line(part) for part in _folded(each, under, cells)]
    return lines


def _squeezed(
    table: Sequence[Sequence[str]], natural: Sequence[int], right: Collection[int], room: int
) -> list[int] | None:
    """Take what is too much from the widest columns of words; None where they cannot give it."""
    least = []
    for at, wide in enumerate(natural):
        title, *column = [row[at] for row in table]
        if at in right:
            few = max(_unbroken(title), max(map(width, column), default=0), _LEAST_TITLE)
        else:
            long = (cell for cell in (title, *column) if width(cell) > _LEAST)
            few = max(_LEAST, max(map(_unbroken, long), default=0))
        least.append(min(wide, few))
    for level in range(max(natural), 0, -1):
        widths = [max(few, min(wide, level)) for few, wide in zip(least, natural, strict=True)]
        if sum(widths) <= room:
            return widths
    return None


def _unbroken(text: str) -> int:
    """Count the cells of the longest part of a text that no line breaks inside."""
    return max(map(width, wrap(text, 1)))


def _folded(long: str, under: str, cells: int) -> list[str]:
    if width(long) <= cells:
        return [long]
    first, *rest = wrap(long.strip(), cells - len(under) - 2)
    return [under + first, *(f"{under}  {each}" for each in rest)]
