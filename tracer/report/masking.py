"""Handset numbers in what companies state of themselves: shown as far as they tell them apart."""

import re
from typing import Final

__all__ = ["masked"]

_HANDSET: Final = re.compile(r"(?<!\d)(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})(?!\d)")


def masked(stated: str) -> str:
    """Mask the middle of every handset number.

    Examples
    --------
    >>> masked("电话 13800010002"), masked("0571-88880000")
    ('电话 138****0002', '0571-88880000')
    """
    return _HANDSET.sub(r"\1****\3", stated)
