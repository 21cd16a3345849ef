"""Characters the font lacks: shown by a sign that cannot be overlooked, and named in a note.

〓 is what printers set for a letter they have no type for.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from tracer.report.diagram.shapes import Drawing, Group, Inset, Shape, Words, words_of

__all__ = ["Lacking", "face", "known_characters", "lacking", "without"]

SIGN: Final = "〓"
_MOST_PLACES: Final = 3


@dataclass(frozen=True, slots=True)
class Lacking:
    """A character the font lacks.

    Parameters
    ----------
    char : str
        The character.
    places : tuple of str
        The first lines it stands in, `〓` in its place.
    count : int
        Lines it stands in.
    """

    char: str
    places: tuple[str, ...]
    count: int

    @property
    def code(self) -> str:
        """Its code point, as Unicode writes it."""
        return f"U+{ord(self.char):04X}"

    @property
    def name(self) -> str:
        """Its name in Unicode; empty where it has none."""
        return unicodedata.name(self.char, "")


def face() -> Path:
    """Find the font: Noto Sans SC, under the SIL Open Font License."""
    from pylopdf_fonts_zh_cn import sans_path

    return sans_path()


@cache
def known_characters(path: Path) -> frozenset[str]:
    """Read which characters a font has."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def lacking(texts: Iterable[str], known: Collection[str]) -> tuple[Lacking, ...]:
    """Find the characters of some texts that are not among those known, by code point."""
    found: dict[str, list[str]] = {}
    for text in texts:
        for char in sorted(set(text)):
            if char not in known:
                found.setdefault(char, []).append(text)
    signs = dict.fromkeys(map(ord, found), SIGN)
    return tuple(
        Lacking(char, _first(found[char], signs), len(found[char])) for char in sorted(found)
    )


def _first(texts: Sequence[str], signs: Mapping[int, str]) -> tuple[str, ...]:
    shown = dict.fromkeys(text.translate(signs) for text in texts)
    return tuple(shown)[:_MOST_PLACES]


def without(drawing: Drawing, lacked: Iterable[Lacking]) -> Drawing:
    """Set the sign in place of every character that is lacking."""
    table = {ord(each.char): SIGN for each in lacked}
    return replace(drawing, shapes=_all(drawing.shapes, table)) if table else drawing


def _all(shapes: Iterable[Shape], table: Mapping[int, str]) -> tuple[Shape, ...]:
    return tuple(_one(shape, table) for shape in shapes)


def _one(shape: Shape, table: Mapping[int, str]) -> Shape:
    if isinstance(shape, Words):
        return replace(shape, text=shape.text.translate(table))
    if isinstance(shape, Inset | Group):
        return replace(shape, shapes=_all(shape.shapes, table))
    return shape


def texts_of(drawings: Iterable[Drawing]) -> Iterable[str]:
    """Give every line of text that is drawn."""
    return (words.text for drawing in drawings for words in words_of(drawing.shapes))
