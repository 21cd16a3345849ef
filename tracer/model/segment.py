"""Numbers and segments (号段): digit strings, and the prefixes that stand for many of them."""

import re
import unicodedata
from dataclasses import dataclass

__all__ = [
    "MAX_DIGITS",
    "MIN_DIGITS",
    "Segment",
    "SegmentSyntaxError",
    "normalise_digits",
    "parse_number",
    "parse_segments",
]

MIN_DIGITS = 3
MAX_DIGITS = 20
"""Usable digits of a number; the wire field of CMPP, SGIP and SMGP holds 21 octets."""

_SEPARATORS = re.compile(r"[;,、\n\r]+")
_COUNTRY = re.compile(r"^(?:\+86|0086|86)(?=10)")
_RANGE = re.compile(r"^(\d+)(?:-|–|—|―|~|～|至|到)+(\d+)$")
_PREFIX = re.compile(r"^(\d+)(?:[xX]+|\*+|开头|開頭)?$")
_EXTENSION = re.compile(r"^(\d+)\+(\d+)$")
_SCIENTIFIC = re.compile(r"^\d(?:\.\d+)?[eE]\+?\d+$")


class SegmentSyntaxError(ValueError):
    """A text is no number or segment.

    Parameters
    ----------
    code : str
        Key of the reason, without `reason.`: `not_digits`, `scientific`, `digit_count`,
        `range_bounds` or `blank`.
    piece : str
        The part of the cell that cannot be read.
    """

    def __init__(self, code: str, piece: str) -> None:
        self.code = code
        self.piece = piece
        super().__init__(f"{code}: {piece}")


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """A digit prefix; it stands for all numbers that begin with it.

    Parameters
    ----------
    prefix : str
        3 to 20 digits.
    stated : str
        How the paper spells it. A length stated there (`XXXX`) is for display and does not
        narrow the prefix.
    """

    prefix: str
    stated: str = ""

    def covers(self, number: str) -> bool:
        """Tell whether the number, or every number of the longer prefix, lies in the segment."""
        return number.startswith(self.prefix)

    def overlaps(self, prefix: str) -> bool:
        """Tell whether one of the two prefixes begins with the other.

        Examples
        --------
        >>> Segment("10687415").overlaps("106874150101"), Segment("10687415").overlaps("10687416")
        (True, False)
        """
        return prefix.startswith(self.prefix) or self.prefix.startswith(prefix)

    @property
    def label(self) -> str:
        """How to print it: as the paper spells it, else its digits."""
        return self.stated or self.prefix


def normalise_digits(text: str) -> str:
    """Fold full-width digits and drop white space and a country code before `10…`.

    Examples
    --------
    >>> normalise_digits("＋86 １０６８ 7415")
    '10687415'
    """
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return _COUNTRY.sub("", folded)


def parse_number(text: str) -> str:
    """Read one exact number of 3 to 20 digits.

    Raises
    ------
    SegmentSyntaxError
        If the text is blank, no digit string, in scientific notation, or of another length.

    Examples
    --------
    >>> parse_number("008610687415 01")
    '1068741501'
    """
    folded = normalise_digits(text)
    if not folded:
        raise SegmentSyntaxError("blank", text)
    if _SCIENTIFIC.match(folded):
        raise SegmentSyntaxError("scientific", text)
    if not (folded.isascii() and folded.isdigit()):
        raise SegmentSyntaxError("not_digits", text)
    return _checked_length(folded, text)


def parse_segments(text: str) -> tuple[Segment, ...]:
    """Read a cell that names one or several segments.

    Accepted: `10687415`, `10687415*`, `10687415XXXX`, `10687415开头`, `10687415+01`, ranges of
    equal-length bounds (`1068741500-1068741599`, `…至…`; reduced to the fewest prefixes), and
    lists of these split by `;` `；` `、` `,` or a line break.

    Parameters
    ----------
    text : str
        The cell as written.

    Returns
    -------
    tuple of Segment
        In order of prefix, each prefix once; empty for a blank cell.

    Raises
    ------
    SegmentSyntaxError
        At the first piece that is none of these forms.

    Examples
    --------
    >>> [s.prefix for s in parse_segments("10687415+01、1068741510至1068741529")]
    ['1068741501', '106874151', '106874152']
    """
    found: dict[str, Segment] = {}
    for raw in _SEPARATORS.split(unicodedata.normalize("NFKC", text)):
        piece = raw.strip()
        if not piece:
            continue
        for prefix in _read_piece(piece):
            found.setdefault(prefix, Segment(_checked_length(prefix, piece), piece))
    return tuple(found[prefix] for prefix in sorted(found))


def _read_piece(piece: str) -> tuple[str, ...]:
    joined = "".join(piece.split())
    if _SCIENTIFIC.match(joined):
        raise SegmentSyntaxError("scientific", piece)
    folded = _COUNTRY.sub("", joined)
    if match := _PREFIX.match(folded):
        return (match[1],)
    if match := _EXTENSION.match(folded):
        return (match[1] + match[2],)
    if match := _RANGE.match(folded):
        low, high = match[1], _COUNTRY.sub("", match[2])
        if len(low) != len(high) or low > high:
            raise SegmentSyntaxError("range_bounds", piece)
        _checked_length(low, piece)
        return _fewest_prefixes(low, high)
    raise SegmentSyntaxError("not_digits", piece)


def _fewest_prefixes(low: str, high: str) -> tuple[str, ...]:
    """Cover the numbers `low` … `high` (equal lengths) by the fewest prefixes."""
    if set(low) <= {"0"} and set(high) <= {"9"}:
        return ("",)
    if low[:1] == high[:1]:
        return tuple(low[0] + rest for rest in _fewest_prefixes(low[1:], high[1:]))
    tail = len(low) - 1
    covered: list[str] = []
    for digit in range(int(low[0]), int(high[0]) + 1):
        first = low[1:] if str(digit) == low[0] else "0" * tail
        last = high[1:] if str(digit) == high[0] else "9" * tail
        covered.extend(str(digit) + rest for rest in _fewest_prefixes(first, last))
    return tuple(covered)


def _checked_length(digits: str, piece: str) -> str:
    if not MIN_DIGITS <= len(digits) <= MAX_DIGITS:
        raise SegmentSyntaxError("digit_count", piece)
    return digits
