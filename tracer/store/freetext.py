"""Numbers in free texts, however people part their digits: what tells of a person, and codes.

Digits may be full-width, and parted where people part them by up to three blanks, hyphens or
dashes. Days, amounts, counts and numbers that begin with no code are left as they are.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

__all__ = ["HIDDEN", "hide_numbers", "hide_personal"]

HIDDEN: Final = "***"
"""What stands where something was taken out."""

_MARK: Final = r"[\s\-\u2010-\u2015\u2212\u200b-\u200d\u2060]"
_GAP: Final = _MARK + "{0,3}"
_PARTED: Final = _MARK + "{1,3}"
_MONTH_DAY: Final = r"(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])"
_HANDSET: Final = (
    rf"1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}",  # 138 1234 5678, 138-12345678, 13812345678
    rf"1[3-9]\d{_GAP}\d{{3}}{_GAP}\d{{5}}",
    rf"1[3-9]\d{_GAP}\d{{5}}{_GAP}\d{{3}}",
    rf"1[3-9]\d{{2}}{_GAP}\d{{3}}{_GAP}\d{{4}}",
    rf"1[3-9]\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}}",
    r"1[3-9]\d\.\d{4}\.\d{4}",
    rf"1{_PARTED}[3-9](?:{_PARTED}\d){{9}}",
)
_TELEPHONE: Final = (
    rf"0\d{{2,3}}{_PARTED}\d{{3,4}}{_GAP}\d{{4}}",
    rf"\(0\d{{2,3}}\){_GAP}\d{{3,4}}{_GAP}\d{{4}}",
)
_IDENTITY: Final = (
    rf"[1-9]\d{{5}}(?:19|20)\d{{2}}{_MONTH_DAY}\d{{3}}[0-9Xx]",
    # parted, six digits, a day and four digits may be three things: days of births only
    rf"[1-9]\d{{5}}{_GAP}(?:19\d{{2}}|20[01]\d){_GAP}{_MONTH_DAY}{_GAP}\d{{3}}[0-9Xx]",
)
_PERSONAL: Final = re.compile(
    rf"(?<!\d)(?<!\d\.)(?:(?:(?:00|\+)?86{_GAP}|0)?(?:{'|'.join(_HANDSET)})"
    rf"|{'|'.join((*_TELEPHONE, *_IDENTITY))})(?!\d)"
    r"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
"""What tells of a person by its shape, where no table named it."""

_LONGEST: Final = 20
"""Digits of a number at the most."""
_LEAST_GROUP: Final = 3
"""Digits of a part of a code, but of its last."""
_NEXT: Final = re.compile(rf"((?:{_MARK}|\+){{1,3}})(\d+)")
_DAY: Final = re.compile(rf"(?:19|20)\d{{2}}{_MONTH_DAY}")
_YEAR: Final = re.compile(r"(?:19|20)\d{2}")
_OF_A_YEAR: Final = re.compile(r"\s*(?:年|[-/.]\s*\d{1,2}(?!\d))")
_UNITS: Final = "条元个家次年月日时分秒名人份页行件户起张百千万亿%"
_MEASURED: Final = re.compile(rf"\s*(?:[{_UNITS}]|[:.]\d|,\d{{3}}(?!\d))")
_OWN: Final = re.compile(r"(?:10|12|95|96)\d{3,}")
"""A number of its own: another code, or a short number of an operator."""
_NARROW: Final = {0xFF01 + place: 0x21 + place for place in range(94)}


def hide_personal(text: str) -> str:
    """Take phone and ID numbers and mail addresses out of a text.

    Examples
    --------
    >>> hide_personal(
    ...     "电话138 1234 5678、１３９－１２３４－５６７８，2023-07-05 付 1,381,234.56 元"
    ... )
    '电话***、***，2023-07-05 付 1,381,234.56 元'
    """
    parts: list[str] = []
    end = 0
    for found in _PERSONAL.finditer(text.translate(_NARROW)):
        parts += (text[end : found.start()], HIDDEN)
        end = found.end()
    return "".join(parts) + text[end:]


def hide_numbers(
    text: str, codes: Sequence[str], is_known: Callable[[str], bool], hide: Callable[[str], str]
) -> str:
    """Put other digits for the numbers below some codes, parted or not.

    The digits right after a code belong to its number. What stands behind a blank, a hyphen or a
    plus does if the case has the number they make. If not, it may be a number all the same, or a
    count: it is given no other digits, which would be taken for true, but taken out; unless what
    follows tells that it is a count, an amount or a day.

    Parameters
    ----------
    codes : sequence of str
        Longest first.
    is_known : callable
        Tells whether the case has a number.
    hide : callable
        Gives what stands for a number: as many digits.

    Examples
    --------
    >>> hide_numbers(
    ...     "1068-7415-77、10687415 88，10687415 共 5 条",
    ...     ["10687415"],
    ...     {"1068741577"}.__contains__,
    ...     lambda number: number[:8] + "00",
    ... )
    '1068-7415-00、10687415 ***，10687415 共 5 条'
    """
    plain = text.translate(_NARROW)
    spelled = "|".join(_GAP.join(code) for code in codes)
    parts: list[str] = []
    end = 0
    for found in re.finditer(rf"(?<!\d)(?:{spelled})\d*", plain):
        if found.start() < end or not _is_code(found[0]):
            continue
        stop, number = _known(plain, found.end(), _digits(found[0]), is_known)
        shown = _laid_out(plain[found.start() : stop], hide(number))
        parts += (text[end : found.start()], shown)
        end = _possible(plain, stop, number)
        if end > stop and (group := _NEXT.match(plain, stop)):
            parts += (group[1], HIDDEN)
    return "".join(parts) + text[end:]


def _is_code(spelled: str) -> bool:
    """Tell whether digits are parted as codes are: `106 874 15`, and not the day `10-6 8`."""
    return all(len(group) >= _LEAST_GROUP for group in re.findall(r"\d+", spelled)[:-1])


def _known(plain: str, stop: int, number: str, is_known: Callable[[str], bool]) -> tuple[int, str]:
    """Go on behind a number through parted digits as far as the case has what they make."""
    at, whole, best = stop, number, (stop, number)
    while len(whole) < _LONGEST and (group := _NEXT.match(plain, at)):
        if _is_something_else(plain, group):
            break
        at, whole = group.end(), whole + group[2]
        if is_known(whole):
            best = (at, whole)
    return best


def _possible(plain: str, stop: int, number: str) -> int:
    """Tell how far parted digits go that may be of the number, for all the case knows."""
    while group := _NEXT.match(plain, stop):
        if _is_something_else(plain, group) or len(number) + len(group[2]) > _LONGEST:
            break
        stop, number = group.end(), number + group[2]
    return stop


def _is_something_else(plain: str, group: re.Match[str]) -> bool:
    """Tell whether parted digits are a day, a count, an amount or another number."""
    digits, end = group[2], group.end()
    if _DAY.fullmatch(digits) or _OWN.fullmatch(digits) or _MEASURED.match(plain, end):
        return True
    return bool(_YEAR.fullmatch(digits) and _OF_A_YEAR.match(plain, end))


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdigit())


def _laid_out(spelled: str, shown: str) -> str:
    """Write digits in the places of those of a spelling."""
    left = iter(shown)
    return "".join(next(left) if each.isdigit() else each for each in spelled)
