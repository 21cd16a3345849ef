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
_DIGEST_DIGITS = 32
_SHOWN_HEAD, _SHOWN_TAIL = 3, 4


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

    def person(self, name: str) -> str:
        """Mask a person's name: the first character stays, the others become `*`.

        Examples
        --------
        >>> Masker(b"key", keep=False).person("张三丰")
        '张**'
        """
        masked = self.mask(name)
        if self.keep or masked != name or not name:
            return masked
        return name[0] + "*" * max(len(name) - 1, 1)

    def content(self, text: str) -> str:
        """Put the length of a message in place of its words: `〔12字〕`."""
        return text if self.keep or not text else f"〔{len(text)}字〕"

    def unplaced(self, cell: str) -> str:
        """Mask a cell whose column is not certain: digits and dates stay, words are counted.

        Examples
        --------
        >>> Masker(b"key", keep=False).unplaced("2023-07-05"), Masker(b"k", False).unplaced("张三")
        ('2023-07-05', '〔2字〕')
        """
        masked = self.mask(cell)
        if self.keep or not any(map(str.isalpha, masked)):
            return masked
        return self.content(cell)

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
