"""Characters the font lacks: shown by a sign that cannot be overlooked, and named in a note.

〓 is what printers set for a letter they have no type for; ¤ stands for one of narrow scripts.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from tracer.report.diagram.shapes import Drawing, Group, Inset, Shape, Words, words_of

__all__ = ["Lacking", "face", "known_characters", "lacking", "texts_of", "without"]

SIGN: Final = "〓"
NARROW_SIGN: Final = "¤"
_WORD: Final = re.compile(r"[^\s，。、；：！？（）()［］“”→,;]+")


@dataclass(frozen=True, slots=True)
class Lacking:
    """A word with characters the font lacks.

    Parameters
    ----------
    word : str
        As it is printed, a sign in the place of each.
    characters : str
        What the signs stand for, in order.
    """

    word: str
    characters: str

    @property
    def codes(self) -> str:
        """Their code points, as Unicode writes them."""
        return " ".join(f"U+{ord(char):04X}" for char in self.characters)


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
    """Find the words with characters that are not among those known, by what they lack.

    Examples
    --------
    >>> lacking(["甲（𠮷田）", "乙"], {"甲", "乙", "田", "（", "）"})
    (Lacking(word='〓田', characters='𠮷'),)
    """
    found = set()
    for word in {word for text in texts for word in _WORD.findall(text)}:
        lacked = "".join(char for char in word if char not in known)
        if lacked:
            shown = "".join(char if char in known else _sign(char) for char in word)
            found.add(Lacking(shown, lacked))
    return tuple(sorted(found, key=lambda each: (each.characters, each.word)))


def without(drawing: Drawing, lacked: Iterable[Lacking]) -> Drawing:
    """Set the sign in place of every character that is lacking."""
    table = {ord(char): _sign(char) for each in lacked for char in each.characters}
    return replace(drawing, shapes=_all(drawing.shapes, table)) if table else drawing


def _sign(char: str) -> str:
    """Give a sign about as wide as the character, so that boxes still hold their words."""
    return SIGN if unicodedata.east_asian_width(char) in "WFA" else NARROW_SIGN


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
