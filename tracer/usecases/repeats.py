"""Rows of one file that repeat rows of another: told by what the totals leave out.

Within one load a row that repeats an earlier one is not summed, be it in another file. Which
files came in one load is not on record where a later load added to the same delivery; but rows
that were not summed are missing from the totals, so what adds up to them tells.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from tracer.ingest.rawrows import FoundRow
from tracer.model.rawhop import HopTotal

__all__ = ["SourceRows", "mark_repeats"]


@dataclass(frozen=True, slots=True)
class SourceRows:
    """The rows of one source that belong to its totals."""

    delivery: int | None
    totals: tuple[HopTotal, ...]
    rows: tuple[FoundRow, ...]

    @property
    def is_short(self) -> bool:
        """Whether rows were found, but fewer than a total sums."""
        counts = _counts(self, frozenset())
        return bool(self.rows) and any(
            count < total.rows for count, total in zip(counts, self.totals, strict=True)
        )


def mark_repeats(sources: Sequence[SourceRows]) -> list[SourceRows]:
    """Mark the rows that repeat a row of an earlier source of their load.

    Parameters
    ----------
    sources : sequence of SourceRows
        In the order in which they were loaded; repetitions within each are marked already.
    """
    settled: list[SourceRows] = []
    for place, source in enumerate(sources):
        earlier = [each for each in sources[:place] if each.delivery == source.delivery]
        settled.append(_settle(source, earlier))
    return settled


def _settle(source: SourceRows, earlier: Sequence[SourceRows]) -> SourceRows:
    seen: set[tuple[object, ...]] = set()
    for other in reversed(earlier):
        if _adds_up(source, seen):
            break
        seen.update(each.identity for each in other.rows if each.identity is not None)
    if not seen or not _adds_up(source, seen):
        return source
    rows = (replace(each, repeats=each.repeats or each.identity in seen) for each in source.rows)
    return replace(source, rows=tuple(rows))


def _adds_up(source: SourceRows, seen: Set[tuple[object, ...]]) -> bool:
    return _counts(source, seen) == [total.rows for total in source.totals]


def _counts(source: SourceRows, seen: Set[tuple[object, ...]]) -> list[int]:
    counts = [0] * len(source.totals)
    for each in source.rows:
        counts[each.total] += not (each.repeats or each.identity in seen)
    return counts
