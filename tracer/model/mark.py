"""What people wrote on the records of a trace, and what the papers call the parties."""

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["NO_MARKS", "Marks"]


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands beside some records, by their stable names (`RecordRef.record_id`).

    Parameters
    ----------
    printed : Mapping of str to tuple
        Names in the record other than the canonical ones, where somebody decided on the party:
        pairs of the end (`upstream`, `downstream`, `holder`, `reporter`) and the name as printed.
    decided : Mapping of str to tuple of int
        By canonical name of a party, the events by which somebody decided who it is.
    """

    printed: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    decided: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.printed or self.decided)


NO_MARKS = Marks()
