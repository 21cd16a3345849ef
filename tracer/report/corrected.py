"""Values put right, as one text beside a record: for formats that hold a record's values only."""

from collections.abc import Iterable

from tracer.model.mark import Correction
from tracer.report.masking import masked
from tracer.report.textfit import printable

__all__ = ["corrected_words"]


def corrected_words(made: Iterable[Correction]) -> str | None:
    """Say which columns were put right, what the paper reads, and by which event.

    Names of columns are the canonical ones, equal in both languages; None where nothing was.

    Examples
    --------
    >>> fix = Correction(12, "2026-01-01", "张", "误读", "valid_to", "终止日期", "", "2023-06-30")
    >>> corrected_words([fix]), corrected_words([])
    ('valid_to "" → "2023-06-30" (#12)', None)
    """
    told = (
        f'{each.field} "{_shown(each.was)}" → "{_shown(each.now)}" (#{each.event})' for each in made
    )
    return "; ".join(told) or None


def _shown(value: str) -> str:
    return masked(printable(value))
