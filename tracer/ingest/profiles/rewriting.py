"""Texts of a gateway's log turned into texts the routing table knows."""

import ast
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tracer.ingest.values import CellError

__all__ = [
    "Rewrite",
    "chain",
    "compile_rewrite",
    "compile_time",
    "decode_literal",
    "rewrite_text",
    "rewrite_time",
    "time_within",
]

_DIRECTIVES: Final = {
    "%Y": r"(?P<Y>\d{4})",
    "%y": r"(?P<y>\d{2})",
    "%m": r"(?P<m>\d{2})",
    "%d": r"(?P<d>\d{2})",
    "%H": r"(?P<H>\d{2})",
    "%M": r"(?P<M>\d{2})",
    "%S": r"(?P<S>\d{2})",
    "%f": r"(?P<f>\d{1,9})",
    "%z": r"(?P<z>Z|[+-]\d{2}:?\d{2})",
    "%%": "%",
}
_PART: Final = re.compile(r"%.|[^%]+|%", re.DOTALL)
_LITERAL: Final = re.compile(r"""b'(?:[^'\\]|\\.)*'|b"(?:[^"\\]|\\.)*\"""", re.DOTALL)
_LITERAL_BEGINS: Final = ("b'", 'b"')
_ENCODINGS: Final = ("utf-8", "gb18030")

Change = Callable[[str], str]


@dataclass(frozen=True)
class Rewrite:
    """A rule of a profile: a whole text of a column that matches is written anew."""

    column: str
    match: re.Pattern[str]
    text: str


def compile_rewrite(column: str, match: re.Pattern[str], text: str) -> Rewrite:
    r"""Make a rule, checked.

    Raises
    ------
    re.error, IndexError
        If the text refers to a group that the pattern does not have.

    Examples
    --------
    >>> rule = compile_rewrite("number", re.compile(r"(?:00)?86(106\d+)"), r"\1")
    >>> rewrite_text([rule])("008610687415")
    '10687415'
    """
    match.sub(text, "")
    return Rewrite(column, match, text)


def rewrite_text(rules: Sequence[Rewrite]) -> Change:
    """Give what applies the first rule that matches; other texts stay as they are."""

    def change(text: str) -> str:
        folded = unicodedata.normalize("NFKC", text).strip()
        for rule in rules:
            if found := rule.match.fullmatch(folded):
                return found.expand(rule.text)
        return text

    return change


def compile_time(shape: str) -> re.Pattern[str]:
    """Make a pattern of a format of times.

    Parameters
    ----------
    shape : str
        `%Y %y %m %d %H %M %S %f %z` and what stands between them.

    Raises
    ------
    ValueError
        If it has another directive, one twice, or neither day nor month.

    Examples
    --------
    >>> bool(compile_time("%y%m%d%H%M").fullmatch("2307051203"))
    True
    """
    pattern = ""
    for part in _PART.findall(shape):
        if part.startswith("%") and part not in _DIRECTIVES:
            raise ValueError(part)
        pattern += _DIRECTIVES.get(part) or re.escape(part)
    try:
        compiled = re.compile(pattern, re.ASCII)
    except re.error as fault:
        raise ValueError(shape) from fault
    if not {"m", "d"} <= set(compiled.groupindex):
        raise ValueError(shape)
    return compiled


def rewrite_time(formats: Sequence[str], year: int | None) -> Change:
    """Give what writes times of these formats as ISO 8601; other texts stay as they are.

    Examples
    --------
    >>> read = rewrite_time(["%y%m%d%H%M", "%d/%m/%Y %H:%M"], None)
    >>> read("1507051203"), read("05/07/2023 12:03"), read("2023-07-05")
    ('2015-07-05 12:03:00', '2023-07-05 12:03:00', '2023-07-05')
    """
    patterns = [compile_time(each) for each in formats]

    def change(text: str) -> str:
        folded = " ".join(unicodedata.normalize("NFKC", text).split())
        for pattern in patterns:
            if found := pattern.fullmatch(folded):
                return _iso(found, text, year)
        return text

    return change


def time_within(pattern: re.Pattern[str], year: int | None) -> Change:
    r"""Give what takes the time out of a message id.

    Examples
    --------
    >>> read = time_within(re.compile(r"(?P<m>\d\d)(?P<d>\d\d)(?P<H>\d\d)\d*"), 2023)
    >>> read("0705120304")
    '2023-07-05 12:00:00'
    """

    def change(text: str) -> str:
        found = pattern.fullmatch(unicodedata.normalize("NFKC", text).strip())
        if found is None:
            raise CellError("no_time_within", text)
        return _iso(found, text, year)

    return change


def _iso(found: re.Match[str], text: str, year: int | None) -> str:
    parts = {name: value for name, value in found.groupdict().items() if value is not None}
    if "Y" not in parts and "y" in parts:
        parts["Y"] = f"20{parts['y']}"
    if "Y" not in parts:
        if year is None:
            raise CellError("no_year", text)
        parts["Y"] = str(year)
    clock = ":".join(parts.get(name, "00") for name in "HMS")
    fraction = f".{parts['f']}" if "f" in parts else ""
    return f"{parts['Y']}-{parts['m']}-{parts['d']} {clock}{fraction}{parts.get('z', '')}"


def decode_literal(text: str) -> str:
    r"""Write what a Python byte literal stands for; other texts stay as they are.

    Bytes that are no UTF-8 are read as GB18030, else they stay escaped.

    Examples
    --------
    >>> decode_literal("b'10687415'"), decode_literal(r"b'\xe5\xae\xa2'"), decode_literal("b'")
    ('10687415', '客', "b'")
    """
    if not text.startswith(_LITERAL_BEGINS) or not _LITERAL.fullmatch(text):
        return text
    if "\\" not in text and text.isascii():
        return text[2:-1]
    try:
        content = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text
    for encoding in _ENCODINGS:
        try:
            return str(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    return str(content.decode("ascii", "backslashreplace"))


def chain(changes: Sequence[Change]) -> Change:
    """Make one change of several, first to last.

    Examples
    --------
    >>> chain([str.strip, str.upper])(" a ")
    'A'
    """

    def change(text: str) -> str:
        for each in changes:
            text = each(text)
        return text

    return change
