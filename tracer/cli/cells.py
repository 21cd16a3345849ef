"""Text measured in terminal cells: a Chinese character takes two."""

import unicodedata
from collections.abc import Iterator, Sequence

__all__ = ["fold_pieces", "pad", "visible", "width", "wrap"]

_NEVER_FIRST = frozenset("，。；：、！？）》」』】〕〉”’…,.;:!?)]}")
_NEVER_LAST = frozenset("（《「『【〔〈“‘([{")


def width(text: str) -> int:
    """Count the cells a text takes.

    Examples
    --------
    >>> width("甲 A"), width("〔合同〕")
    (4, 8)
    """
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """Fill a text up with blanks to so many cells.

    Examples
    --------
    >>> pad("甲", 4) + "|", pad("7", 3, right=True)
    ('甲  |', '  7')
    """
    blanks = " " * max(0, cells - width(text))
    return blanks + text if right else text + blanks


def visible(text: str) -> str:
    r"""Write control characters out, so that no name or cell can steer the terminal.

    Line breaks become `⏎`, tabs a blank; marks that turn the direction of writing are written
    out as well, since they make a line read as what it is not.

    Examples
    --------
    >>> print(visible("甲\x1b[2J\n乙\u202e"))
    甲\x1b[2J⏎乙\u202e
    """
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text.replace("\r\n", "\n"))


def _shown(character: str) -> str:
    if character in "\n\u2028\u2029":
        return "⏎"
    if character == "\t":
        return " "
    code = ord(character)
    category = unicodedata.category(character)
    if category == "Cc":
        return f"\\x{code:02x}"
    if category in {"Cf", "Cs"}:
        return f"\\u{code:04x}"
    return character


def wrap(text: str, cells: int) -> list[str]:
    """Break a text into lines of at most so many cells.

    Lines break at blanks and between Chinese characters, never before closing or after opening
    punctuation; a word too long for a line stands alone on one that is.

    Examples
    --------
    >>> wrap("合同与路由相互印证。See it", 12)
    ['合同与路由相', '互印证。See', 'it']
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        current = ""
        for unit in _units(paragraph):
            if current and width((current + unit).rstrip()) > cells:
                lines.append(current.rstrip())
                current = unit.lstrip()
            else:
                current += unit
        lines.append(current.rstrip())
    return lines


def _units(text: str) -> Iterator[str]:
    """Yield the pieces a line may not be broken inside."""
    unit = ""
    for character in text:
        glued = character in _NEVER_FIRST or (unit and unit[-1] in _NEVER_LAST)
        starts = unit[-1:] == " " or (_is_wide(character) or _is_wide(unit[-1:]))
        if unit and starts and not glued and character != " ":
            yield unit
            unit = character
        else:
            unit += character
    if unit:
        yield unit


def _is_wide(character: str) -> bool:
    return bool(character) and unicodedata.east_asian_width(character) in "WF"


def fold_pieces(pieces: Sequence[str], first: str, rest: str, cells: int | None) -> list[str]:
    """Set pieces one after another, ` · ` between them, on as few lines as fit.

    Parameters
    ----------
    pieces : Sequence of str
        Never broken inside.
    first, rest : str
        What the first line, and the lines after it, begin with.
    cells : int or None
        Cells of a line; None for one line however long.

    Examples
    --------
    >>> fold_pieces(["合同 C1", "2023-01-01…长期"], "│ ", "│   ", 20)
    ['│ 合同 C1', '│   2023-01-01…长期']
    """
    lines: list[str] = []
    current = ""
    for piece in pieces:
        if not current:
            current = (rest if lines else first) + piece
        elif cells is not None and width(current) + 3 + width(piece) > cells:
            lines.append(current)
            current = rest + piece
        else:
            current += " · " + piece
    return [*lines, current] if current else lines
