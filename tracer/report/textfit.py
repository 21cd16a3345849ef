"""Text as the pictures set it: measured, wrapped and made safe to show."""

import unicodedata
from functools import lru_cache

__all__ = ["fill", "measure", "printable", "wrap"]

_WIDE = 1.0
_DIGIT = 0.56
_LOWER = 0.55
_UPPER = 0.68
_NARROW = 0.36
_NARROW_CHARS = frozenset("il.,:;|!'`()[] /-")
_NO_LINE_START = frozenset("，。、；：！？）】〕》」』”’…%,.;:!?)]}·］")
_NO_LINE_END = frozenset("（【〔《「『“‘([{［")
_ELLIPSIS = "…"
_LONELY = 10_000.0
_BAD_BREAK = 1_000.0
_LEFT_OVER = 2
"""So few characters are not left alone on a last line."""


@lru_cache(maxsize=1 << 13)
def measure(text: str) -> float:
    """Estimate the width of a text in em, a little on the generous side.

    Examples
    --------
    >>> measure("码号"), round(measure("10687415"), 2)
    (2.0, 4.48)
    """
    return sum(map(_char_width, text))


@lru_cache(maxsize=1 << 15)
def _char_width(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WFA":
        return _WIDE
    if char in _NARROW_CHARS:
        return _NARROW
    if char.isdigit():
        return _DIGIT
    return _UPPER if char.isupper() or not char.isascii() else _LOWER


def printable(text: str) -> str:
    r"""Make control and direction marks visible, so that a name cannot pass for another.

    Examples
    --------
    >>> printable("甲\u202e公司\n乙")
    '甲‹U+202E›公司 乙'
    """
    if text.isprintable():  # most are: then nothing in them is hidden
        return text
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char in "\t\n\r":
        return " "
    if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}:
        return f"‹U+{ord(char):04X}›"
    return char


@lru_cache(maxsize=1 << 12)
def wrap(text: str, width: float, *, lines: int = 3) -> tuple[str, ...]:
    """Break a text into evenly filled lines; no line is left with a single character.

    Chinese may break between any two characters, but not before closing or after opening
    punctuation; digits and Latin words stay whole unless longer than a line.

    Parameters
    ----------
    text : str
        One paragraph.
    width : float
        Em a line may hold.
    lines : int
        Most lines given; what does not fit is cut and marked with `…`.

    Examples
    --------
    >>> wrap("深圳市汇讯达信息科技有限公司", 12)
    ('深圳市汇讯达信', '息科技有限公司')
    """
    text = " ".join(printable(text).split())
    if not text or measure(text) <= width:
        return (text,)
    if measure(text) > width * lines * 1.5:
        # a cut text needs no more characters than could ever stand on its lines
        text = text[: int(width * lines * 4)]
    pieces = _pieces(text, width)
    broken = _break(pieces, width)
    if len(broken) <= lines:
        return tuple(broken)
    return (*broken[: lines - 1], _cut(" ".join(broken[lines - 1 :]), width))


def _cut(text: str, width: float) -> str:
    kept = ""
    for char in text:
        if measure(kept + char + _ELLIPSIS) > width:
            break
        kept += char
    return kept.rstrip() + _ELLIPSIS


def _pieces(text: str, width: float) -> list[str]:
    """Split into what may not be broken; a piece keeps the space after it."""
    pieces: list[str] = []
    for char in text:
        last = pieces[-1] if pieces else ""
        joins = bool(last) and not _may_break(last[-1], char)
        if joins and measure(last + char) <= width:
            pieces[-1] = last + char
        else:
            pieces.append(char)
    return pieces


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NO_LINE_START or before in _NO_LINE_END:
        return False
    if before == " ":
        return True
    return _is_wide(before) or _is_wide(after)


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _break(pieces: list[str], width: float) -> list[str]:
    """Fewest lines first, then the evenest; a line of one character is the last resort."""
    count = len(pieces)
    best: list[tuple[float, int]] = [(0.0, 0)] * (count + 1)
    for end in range(1, count + 1):
        best[end] = (float("inf"), end - 1)
        for start in range(end - 1, -1, -1):
            line = "".join(pieces[start:end]).strip()
            room = width - measure(line)
            if room < 0 and start < end - 1:
                break
            cost = best[start][0] + _BAD_BREAK + max(room, 0.0) ** 2
            if len(line) == 1 and count > 1:
                cost += _LONELY
            if cost < best[end][0]:
                best[end] = (cost, start)
    lines: list[str] = []
    end = count
    while end > 0:
        start = best[end][1]
        lines.append("".join(pieces[start:end]).strip())
        end = start
    return [line for line in reversed(lines) if line]


def fill(text: str, width: float) -> tuple[str, ...]:
    """Break a text into full lines by the rules of `wrap`, its own line breaks kept, nothing cut.

    Examples
    --------
    >>> fill("深圳市汇讯达信息科技有限公司", 12)
    ('深圳市汇讯达信息科技有', '限公司')
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        filled: list[list[str]] = [[]]
        for piece in _pieces(" ".join(printable(paragraph).split()), width):
            if filled[-1] and measure("".join((*filled[-1], piece)).rstrip()) > width:
                filled.append([])
            filled[-1].append(piece)
        if len(filled) > 1 and len("".join(filled[-1])) <= _LEFT_OVER < len(filled[-2]) / 2:
            filled[-1].insert(0, filled[-2].pop())
        lines += ("".join(pieces).strip() for pieces in filled)
    return tuple(lines)
