"""A block of a paper table, its columns coded and put side by side."""

from functools import reduce
from typing import TYPE_CHECKING, Any

from tracer.ingest.cells import Cells
from tracer.ingest.paper_coding import CodedColumn
from tracer.ingest.paper_joins import (
    PartyNumbers,
    contract_term,
    day_numbers,
    days_of,
    ends_before_start,
)
from tracer.ingest.paper_plans import PROVENANCE, Plan, Reading
from tracer.ingest.values import OPEN_END
from tracer.model.columns import Arrow, Coded, Column, Same, map_column
from tracer.model.paper import ContractRow
from tracer.model.paper_columns import PaperColumns

if TYPE_CHECKING:
    import numpy as np

__all__ = ["PaperFrame"]


class PaperFrame:
    """Knows which rows of a block are records without any doubt, and makes columns of them.

    Parameters
    ----------
    plan : Plan
        How the table is read.
    columns : tuple of (str or None)
        Canonical name of each column.
    coded : sequence of CodedColumn
        The columns.
    lines : numpy.ndarray
        Physical line of each row.
    numbers : PartyNumbers
        Of the sheet.
    """

    def __init__(
        self,
        plan: Plan,
        columns: tuple[str | None, ...],
        coded: list[CodedColumn],
        lines: "np.ndarray[Any, Any]",
        numbers: PartyNumbers,
    ) -> None:
        self._plan = plan
        self._numbers = numbers
        self._coded = coded
        self._lines = lines
        self._count = len(lines)
        self._named = {name: each for name, each in zip(columns, coded, strict=True) if name}
        self._by_attribute = {name: each for each in coded for name in each.values}
        blank = self._blank()
        doubtful = self._doubtful()
        self.doubtful: np.ndarray[Any, Any] = doubtful & ~blank
        """For each row, whether only the row path can judge it."""
        self._kept = self._places(~(doubtful | blank))

    def _blank(self) -> "np.ndarray[Any, Any]":
        """Tell the rows in which every cell is blank: they are no rows."""
        import numpy as np

        if any(each.blank is None for each in self._coded):
            return np.zeros(self._count, dtype=bool)
        return reduce(
            np.logical_and, [each.blank for each in self._coded if each.blank is not None]
        )

    def _doubtful(self) -> "np.ndarray[Any, Any]":
        import numpy as np

        doubtful = np.zeros(self._count, dtype=bool)
        for each in self._coded:
            if each.doubtful is not None:
                doubtful |= each.doubtful
        for _, first, last in self._plan.periods:
            doubtful |= ends_before_start(self._day_numbers(first), self._day_numbers(last))
        if self._plan.record is ContractRow:
            doubtful |= self._fix_terms()
        if self._plan.parties:
            one, other, *codes = (self._named.get(name) for name in self._plan.parties)
            assert one is not None
            assert other is not None
            stated = (codes[0], codes[1]) if codes else (None, None)
            doubtful |= self._numbers.same((one, other), stated)
        return doubtful

    def _day_numbers(self, attribute: str) -> "np.ndarray[Any, Any]":
        return day_numbers(self._by_attribute.get(attribute), attribute, self._count)

    def _fix_terms(self) -> "np.ndarray[Any, Any]":
        import numpy as np

        renews = self._by_attribute.get("renews")
        renewing = np.zeros(self._count, dtype=bool)
        if renews is not None:
            assert renews.codes is not None
            renewing = np.array([bool(value) for value in renews.values["renews"]])[renews.codes]
        self._first, self._last, doubtful = contract_term(
            signed=self._day_numbers("signed_on"),
            begins=self._day_numbers("valid_from"),
            ends=self._day_numbers("valid_to"),
            terminated=self._day_numbers("terminated_on"),
            renews=renewing,
        )
        return doubtful

    def _places(self, keep: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any] | None":
        """Give the places of the rows that are kept; None if these are all."""
        import numpy as np

        return None if keep.all() else np.flatnonzero(keep)

    def columns(self, cells: Cells) -> PaperColumns:
        """Make columns of the rows that are records.

        Parameters
        ----------
        cells : Cells
            Tells what a column that the sheet does not have reads as.
        """
        import pyarrow.compute as pc

        pieces = [each.pieces for each in self._coded]
        if self._kept is not None:
            pieces = [each.take(self._kept) for each in pieces]
        joined = pc.binary_join_element_wise(*pieces, ",", null_handling="skip")
        raw = pc.binary_join_element_wise("[", joined, "]", "")
        lines = self._lines if self._kept is None else self._lines[self._kept]
        return PaperColumns(
            self._plan.record, len(lines), lines.tolist(), Arrow(raw), self._fields(cells)
        )

    def _fields(self, cells: Cells) -> dict[str, Column]:
        fields: dict[str, Column] = {}
        for each in self._coded:
            fields |= each.columns(self._kept)
        for reading in (*self._plan.readings, *PROVENANCE):
            if reading.column not in self._named:
                fields |= _absent(reading, cells)
        for name, read in self._plan.constants.items():
            fields[name] = Same(read(cells))
        for name, first, last in self._plan.periods:
            end = map_column(fields[last], _without_open)
            if name:
                fields[f"{name}.first"], fields[f"{name}.last"] = fields.pop(first), end
                del fields[last]
            else:
                fields[last] = end
        if self._plan.record is ContractRow:
            fields |= self._term_fields(fields["valid_to"])
        return fields

    def _term_fields(self, valid_to: Column) -> dict[str, Column]:
        first, last = self._first, self._last
        if self._kept is not None:
            first, last = first[self._kept], last[self._kept]
        return {
            "valid_to": map_column(valid_to, _without_open),
            "term.first": days_of(first, is_end=False),
            "term.last": days_of(last, is_end=True),
            "start_stated": Coded.of((False, True), (first != 0).tolist()),
            "end_stated": Coded.of((False, True), (last != 0).tolist()),
        }


def _without_open(day: object) -> object:
    return None if day == OPEN_END else day


def _absent(reading: Reading, cells: Cells) -> dict[str, Column]:
    """Give what a column comes to that the sheet does not have."""
    value = reading.read(cells)
    if len(reading.attributes) == 1:
        return {reading.attributes[0]: Same(value)}
    return {name: Same(each) for name, each in zip(reading.attributes, value, strict=True)}
