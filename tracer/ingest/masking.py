"""Personal data: handset numbers, victims' names and message content, kept out of clear text."""

import hashlib
import hmac
import re
import unicodedata

__all__ = ["Masker"]

_HANDSET = re.compile(
    r"(?<!\d)(?:(?:[+＋]|[0０]{2})?[8８][6６][-\s]?)?"
    r"([1１][3-9３-９]\d[-\s]?\d{4}[-\s]?\d{4})(?!\d)"
)
_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1[3-9]\d{9}$)")
_PHONE_SIGNS = re.compile(r"[\d\s+*xX().,/;:、~_-]+")
_MASKED = re.compile(r"\d{0,3}\*{2,}\d{0,4}")
_HARMLESS = re.compile(
    r"(?:10|95|96)\d+|(?:19|20)\d\d(?:\d{4}(?:\d{4}|\d{6})?|([-/.])\d{1,2}\1\d{1,2}(?:\d{1,2}:[\d:.+-]*)?)"
)
"""Code numbers, days and times: long digits that are nobody's."""
_DIGEST_DIGITS = 32
_SHOWN_HEAD, _SHOWN_TAIL = 3, 4
_LEAST_DIGITS = 8
"""Fewer digits than this are shown not at all: head and tail would be nearly all of them."""


class Masker:
    """Masks what tells a person apart, with one key per database.

    Parameters
    ----------
    key : bytes
        Secret of the database: equal people get equal digests within it and nowhere else.
    keep : bool
        Keep clear text (`--keep-recipients`); digests are made all the same.

    Examples
    --------
    >>> masker = Masker(b"key", keep=False)
    >>> masker.mask("回拨 +8613800000001 核实"), masker.content("您的验证码是1234")
    ('回拨 138****0001 核实', '〔10字〕')
    """

    def __init__(self, key: bytes, keep: bool) -> None:
        self._key = key
        self.keep = keep

    def mask(self, text: str) -> str:
        """Mask every mainland handset number in a text: `138****0001`."""
        return text if self.keep else _HANDSET.sub(_mask_match, text)

    def phone(self, cell: str) -> str:
        """Mask a cell that holds a phone number, of whatever country and shape.

        Three digits at its head and four at its tail stay of eight or more, none of fewer. What
        is masked already stays.

        Examples
        --------
        >>> masker = Masker(b"key", keep=False)
        >>> masker.phone("010-66668888"), masker.phone("6666888"), masker.phone("139****0001")
        ('010****8888', '*******', '139****0001')
        """
        folded = unicodedata.normalize("NFKC", cell).strip()
        if self.keep or not any(map(str.isalnum, folded)) or _MASKED.fullmatch(folded):
            return cell
        digits = "".join(sign for sign in folded if sign.isdecimal())
        if len(digits) < _LEAST_DIGITS:
            return "*" * len(cell)
        digits = re.sub(r"^(?:00)?86(?=1[3-9]\d{9}$)", "", digits)
        return f"{digits[:_SHOWN_HEAD]}****{digits[-_SHOWN_TAIL:]}"

    def person(self, name: str) -> str:
        """Mask a person's name: the first character stays, the others become `*`.

        A cell of digits and signs only is masked as a phone number.

        Examples
        --------
        >>> Masker(b"key", keep=False).person("张三丰")
        '张**'
        """
        if self.keep or not name:
            return name
        if _PHONE_SIGNS.fullmatch(unicodedata.normalize("NFKC", name)):
            return self.phone(name)
        return name[0] + "*" * max(len(name) - 1, 1)

    def content(self, text: str) -> str:
        """Put the length of a message in place of its words: `〔12字〕`."""
        return text if self.keep or not text else f"〔{len(text)}字〕"

    def unplaced(self, cell: str) -> str:
        """Mask a cell whose column is not certain: words are counted, long digits are masked.

        Code numbers, dates and short numbers stay.

        Examples
        --------
        >>> Masker(b"key", keep=False).unplaced("2023-07-05"), Masker(b"k", False).unplaced("张三")
        ('2023-07-05', '〔2字〕')
        """
        masked = self.mask(cell)
        if self.keep:
            return cell
        if any(map(str.isalpha, masked)):
            return self.content(cell)
        folded = "".join(unicodedata.normalize("NFKC", cell).split())
        is_long = sum(map(str.isdecimal, folded)) >= _LEAST_DIGITS
        return self.phone(cell) if is_long and not _HARMLESS.fullmatch(folded) else masked

    def digest(self, value: str) -> str:
        """Give the keyed hash that tells people apart: HMAC-SHA256, first 32 hex digits.

        Spellings of one handset number (full-width, spaces, `+86`) have one digest.

        Examples
        --------
        >>> masker = Masker(b"key", keep=False)
        >>> masker.digest("+86 138 0000 0001") == masker.digest("13800000001")
        True
        """
        folded = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", value)).casefold()
        folded = _COUNTRY.sub("", folded)
        return hmac.new(self._key, folded.encode(), hashlib.sha256).hexdigest()[:_DIGEST_DIGITS]


def _mask_match(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", match[1]))
    return f"{digits[:_SHOWN_HEAD]}****{digits[-_SHOWN_TAIL:]}"
