"""Texts as other programs can hold them: no control marks, no clear handset numbers."""

from functools import lru_cache

from tracer.report.masking import masked
from tracer.report.textfit import printable

__all__ = ["as_named", "stated"]


@lru_cache(maxsize=1 << 14)  # many records name few parties and files
def as_named(name: str) -> str:
    r"""Give a name or a number as printed, with marks that XML cannot hold made visible.

    Examples
    --------
    >>> as_named("甲\x01公司")
    '甲‹U+0001›公司'
    """
    return printable(name)


@lru_cache(maxsize=1 << 14)
def stated(text: str | None) -> str | None:
    """Give a free text as a paper states it, its handset numbers masked.

    Examples
    --------
    >>> stated("联系人 13800010002")
    '联系人 138****0002'
    """
    return masked(printable(text)) if text else None
