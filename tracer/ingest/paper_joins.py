"""What takes two columns of a paper table at once: terms, and parties that must differ.

Days are compared as ordinals, 0 where there is none. Nothing is judged here: a row that may be at
fault is doubtful, and the row path says what it is.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tracer.ingest.paper_coding import CodedColumn
from tracer.ingest.values import OPEN_END
from tracer.model.columns import Coded, Column, Same, Vocabulary
from tracer.model.party import fold_name

if TYPE_CHECKING:
    import numpy as np

__all__ = ["PartyNumbers", "contract_term", "day_numbers", "days_of", "ends_before_start"]

_OPEN: Final = OPEN_END.toordinal()
_NONE: Final = 0


def day_numbers(coded: CodedColumn | None, attribute: str, count: int) -> "np.ndarray[Any, Any]":
    """Give the days of a column as ordinals, 0 for none."""
    import numpy as np

    if coded is None:
        return np.zeros(count, dtype=np.int64)
    numbers = np.array(coded.values[attribute].changed(_ordinal), dtype=np.int64)
    return numbers if coded.codes is None else numbers[coded.codes]


def _ordinal(day: date | None) -> int:
    return _NONE if day is None else day.toordinal()


def days_of(numbers: "np.ndarray[Any, Any]", *, is_end: bool) -> Column:
    """Make a column of days again; an open end is none."""
    import numpy as np

    distinct, codes = np.unique(numbers, return_inverse=True)
    none = {_NONE, _OPEN} if is_end else {_NONE}
    days = [None if number in none else date.fromordinal(number) for number in distinct.tolist()]
    return Same(days[0]) if len(days) == 1 else Coded.of(days, codes.tolist())


def ends_before_start(
    start: "np.ndarray[Any, Any]", end: "np.ndarray[Any, Any]"
) -> "np.ndarray[Any, Any]":
    """Tell the rows whose last day comes before their first; an open end is never before."""
    doubtful: np.ndarray[Any, Any] = (start != _NONE) & (end != _NONE) & (end < start)
    return doubtful


class PartyNumbers:
    """Numbers names and credit codes so that rows with two equal ends are told.

    One serves for all blocks of a sheet.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def same(
        self,
        ends: tuple[CodedColumn, CodedColumn],
        codes: tuple[CodedColumn | None, CodedColumn | None],
    ) -> "np.ndarray[Any, Any]":
        """Tell the rows whose two ends are one party, by name or by credit code."""
        one, other = (self._spread(end, end.texts, self._of_name) for end in ends)
        same: np.ndarray[Any, Any] = one == other
        first, second = (
            None if code is None else self._spread(code, next(iter(code.values.values())), number)
            for code, number in zip(codes, (self._of_first, self._of_second), strict=True)
        )
        if first is not None:
            same |= first == other
        if second is not None:
            same |= second == one
        if first is not None and second is not None:
            same |= first == second
        return same

    def _spread(
        self, coded: CodedColumn, values: Vocabulary | None, number: Callable[[Any], int]
    ) -> "np.ndarray[Any, Any]":
        import numpy as np

        assert values is not None
        assert coded.codes is not None
        numbers = np.array(values.changed(number), dtype=np.int64)
        spread: np.ndarray[Any, Any] = numbers[coded.codes]
        return spread

    def _of_name(self, text: str) -> int:
        return self._numbers.setdefault(fold_name(text), len(self._numbers))

    def _of_first(self, code: str | None) -> int:
        return -1 if code is None else self._numbers.setdefault(code, len(self._numbers))

    def _of_second(self, code: str | None) -> int:
        return -2 if code is None else self._numbers.setdefault(code, len(self._numbers))


def contract_term(
    signed: "np.ndarray[Any, Any]",
    begins: "np.ndarray[Any, Any]",
    ends: "np.ndarray[Any, Any]",
    terminated: "np.ndarray[Any, Any]",
    renews: "np.ndarray[Any, Any]",
) -> tuple["np.ndarray[Any, Any]", "np.ndarray[Any, Any]", "np.ndarray[Any, Any]"]:
    """Fix terms of contracts as `semantics` does.

    Parameters
    ----------
    signed, begins, ends, terminated : numpy.ndarray
        Ordinals of the days.
    renews : numpy.ndarray
        Whether the contract renews itself.

    Returns
    -------
    tuple of numpy.ndarray
        First day, last day, and whether the row is doubtful for an end before the start.
    """
    import numpy as np

    first = np.where(begins != _NONE, begins, signed)
    doubtful = ends_before_start(first, ends) | ends_before_start(first, terminated)
    open_or_stated = np.where(renews, _OPEN, ends)
    last = np.where(terminated != _NONE, terminated, open_or_stated)
    return first, last, doubtful
