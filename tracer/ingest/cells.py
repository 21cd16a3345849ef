"""The cells of one row by canonical column, read as what the column holds."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import TypeVar

from tracer.ingest.amounts import parse_amount, parse_price
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.headers import HeaderMatch
from tracer.ingest.masking import Masker
from tracer.ingest.reading import OpenSheet
from tracer.ingest.rows import RawRow
from tracer.ingest.values import (
    OPEN_END,
    CellError,
    is_blank,
    parse_boolean,
    parse_date,
    parse_datetime,
    parse_end,
    parse_integer,
    parse_party,
    parse_uscc,
)
from tracer.model.paper import Provenance
from tracer.model.party import fold_name
from tracer.model.period import Period
from tracer.model.segment import (
    MAX_DIGITS,
    MIN_DIGITS,
    Segment,
    SegmentSyntaxError,
    parse_number,
    parse_segments,
)
from tracer.model.source import RecordRef

__all__ = ["Cells", "RowFault"]

_T = TypeVar("_T")
_MEMO = 1 << 16
_ONE_SEGMENT = re.compile(rf"1[0-9]{{{MIN_DIGITS - 1},{MAX_DIGITS - 1}}}")
_memo_segments = lru_cache(_MEMO)(parse_segments)
_memo_number = lru_cache(_MEMO)(parse_number)
_memo_fold = lru_cache(_MEMO)(fold_name)


class RowFault(Exception):  # noqa: N818 - a row's fault, turned into a Diagnostic
    """The row at hand can be no record.

    Parameters
    ----------
    column : str or None
        Header as printed.
    reason : str
        Key of the reason, without `reason.`.
    values : Mapping
        Its placeholders.
    """

    def __init__(self, column: str | None, reason: str, values: Mapping[str, str | int]) -> None:
        self.column = column
        self.reason = reason
        self.values = values
        super().__init__(reason)


class Cells:
    """One row after the other, each cell by the name of its column.

    The methods named for a kind of value read a cell; they raise `RowFault` naming the column,
    also where a required cell is blank.

    Parameters
    ----------
    maskers : tuple
        How the raw text of each column is masked.
    """

    def __init__(
        self,
        sheet: OpenSheet,
        header: HeaderMatch,
        settings: FileSettings,
        masker: Masker,
        maskers: tuple[Callable[[str], str] | None, ...],
    ) -> None:
        self.masker = masker
        self.assumed_prices = 0
        self._sheet = sheet
        self._table = header.table
        self._zone = settings.timezone
        self._default_unit = settings.price_unit
        self._printed = {n: p for n, p in zip(header.columns, header.printed, strict=True) if n}
        self._units = {n: u for n, u in zip(header.columns, header.units, strict=True) if n}
        self._places = {n: i for i, n in enumerate(header.columns) if n}
        titles = [p or f"[{i}]" for i, p in enumerate(header.printed, start=1)]
        self._titles = tuple(zip(titles, maskers, strict=True))
        self._row = RawRow(0, ())

    def turn_to(self, row: RawRow) -> None:
        """Go on to another row."""
        self._row = row

    def has(self, *columns: str) -> bool:
        """Tell whether the sheet has one of these columns."""
        return any(column in self._places for column in columns)

    def raw(self, column: str) -> str:
        """Give a cell as written, blank where the sheet has no such column."""
        place = self._places.get(column)
        return "" if place is None else self._row.cells[place]

    def printed(self, column: str) -> str | None:
        """Give the header of a column as printed."""
        return self._printed.get(column)

    def fault(self, column: str, reason: str, **values: str | int) -> RowFault:
        """Make the fault that turns the row down because of one column."""
        return RowFault(self._printed.get(column), reason, values)

    def read(self, column: str, parse: Callable[[str], _T]) -> _T | None:
        """Read a cell with a parser; None where the sheet has no such column."""
        place = self._places.get(column)
        if place is None:
            return None
        try:
            return parse(self._row.cells[place])
        except CellError as error:
            raise RowFault(self._printed[column], error.reason, error.values) from error
        except SegmentSyntaxError as error:
            values = {"text": error.piece}
            raise RowFault(self._printed[column], error.code, values) from error

    def require(self, column: str, value: _T | None) -> _T:
        """Turn the row down where a required cell is blank."""
        if value is None:
            raise self.fault(column, "blank_required")
        return value

    def text(self, column: str) -> str | None:
        """Read words, trimmed, white space runs made one space."""
        place = self._places.get(column)
        if place is None:
            return None
        try:
            return _words(self._row.cells[place])
        except CellError as error:
            raise RowFault(self._printed[column], error.reason, error.values) from error

    def party(self, column: str) -> str | None:
        """Read a party's name or credit code; a cell of signs only is refused."""
        name = self.read(column, parse_party)
        if name is None and not _says_nothing(self.raw(column)):
            raise self.fault(column, "no_name", text=self.raw(column))
        return name

    def uscc(self, column: str) -> str | None:
        """Read a credit code."""
        return self.read(column, parse_uscc)

    def segments(self, column: str) -> tuple[Segment, ...]:
        """Read a list of segments; a blank cell is none."""
        return self.read(column, _segments) or ()

    def number(self, column: str) -> str:
        """Read one exact code number."""
        return self.require(column, self.read(column, _number))

    def day(self, column: str) -> date | None:
        """Read a day."""
        place = self._places.get(column)
        if place is None:
            return None
        try:
            return parse_date(self._row.cells[place], self._zone)
        except CellError as error:
            raise RowFault(self._printed[column], error.reason, error.values) from error

    def end(self, column: str) -> date | None:
        """Read a last day, `OPEN_END` for 长期."""
        return self.read(column, lambda text: parse_end(text, self._zone))

    def moment(self, column: str) -> datetime | None:
        """Read a time as local time of the case's zone."""
        return self.read(column, lambda text: parse_datetime(text, self._zone))

    def amount(self, column: str) -> int | None:
        """Read a sum of money in millionths of a yuan."""
        return self.read(column, lambda text: parse_amount(text, self._units[column]))

    def price(self, column: str) -> tuple[int | None, str | None]:
        """Read a price per message, and how it is printed."""
        unit = self._units.get(column) or _named_unit(self._printed.get(column))
        price = self.read(column, lambda text: parse_price(text, unit, self._default_unit))
        if price is None:
            return None, None
        self.assumed_prices += not price.stated
        return price.micros, price.raw

    def integer(self, column: str, *, least: int = 0) -> int | None:
        """Read a whole number that is `least` or more."""
        found = self.read(column, parse_integer)
        if found is not None and found < least:
            raise self.fault(column, "too_small", text=self.raw(column), least=least)
        return found

    def boolean(self, column: str) -> bool | None:
        """Read yes or no."""
        return self.read(column, parse_boolean)

    def names(self, column: str) -> tuple[str, ...]:
        """Read several names, split by `、`, `；` or a line break."""
        return self.read(column, _names) or ()

    def period(self, first: str, last: str) -> Period:
        """Read a term from two columns; blank and 长期 are open."""
        return self.span(first, self.day(first), last, self.end(last))

    def span(self, first: str, start: date | None, last: str, end: date | None) -> Period:
        """Make a term of days already read, turning down an end before its start."""
        if end is OPEN_END or end == OPEN_END:
            end = None
        if start is not None and end is not None and end < start:
            raise self.fault(
                last if self.has(last) else first,
                "end_before_start",
                start=start.isoformat(),
                end=end.isoformat(),
            )
        return Period(start, end)

    def distinct(self, one: str, other: str, *codes: str | None) -> None:
        """Turn down a row whose two ends are one party, by name or by credit code."""
        first, second = _memo_fold(self.raw(one)), _memo_fold(self.raw(other))
        same = first == second
        if any(codes):
            ends = ({first, codes[0]}, {second, codes[1]})
            same = same or bool((ends[0] & ends[1]) - {None})
        if same:
            raise self.fault(other, "same_party", text=self.raw(other).strip())

    def document(self) -> str | None:
        """Read the path of a document beside the table."""
        return self.read("document", _relative_path)

    def provenance(self) -> Provenance:
        """Say where the row stands and what its cells say, people masked."""
        row, sheet = self._row, self._sheet
        ref = RecordRef(
            self._table, sheet.sha256, sheet.path, sheet.sheet_no, sheet.sheet, row.row, row.row
        )
        raw = tuple(
            [
                (title, mask(cell) if mask else cell)
                for (title, mask), cell in zip(self._titles, row.cells, strict=True)
                if cell and not cell.isspace()
            ]
        )
        return Provenance(
            ref,
            raw,
            self.document(),
            self.text("page"),
            self.text("obtained_from"),
            self.day("obtained_on"),
        )


@lru_cache(_MEMO)
def _words(text: str) -> str | None:
    return None if is_blank(text) else " ".join(text.split())


@lru_cache(_MEMO)
def _says_nothing(text: str) -> bool:
    return is_blank(text) or text.strip() in {"不详", "未知", "不明"}


def _segments(text: str) -> tuple[Segment, ...]:
    if _ONE_SEGMENT.fullmatch(text):  # what most cells are, told without reading them
        return (Segment(text, text),)
    return () if is_blank(text) else _memo_segments(text)


def _number(text: str) -> str | None:
    return None if is_blank(text) else _memo_number(text)


@lru_cache(_MEMO)
def _names(text: str) -> tuple[str, ...]:
    if is_blank(text):
        return ()
    for mark in "、；;，,\r":
        text = text.replace(mark, "\n")
    return tuple(dict.fromkeys(n for part in text.split("\n") if (n := parse_party(part))))


@lru_cache(_MEMO)
def _relative_path(text: str) -> str | None:
    if is_blank(text):
        return None
    path = text.strip().replace("\\", "/")
    head = path.partition("/")[0]
    if path.startswith("/") or ":" in head:
        raise CellError("document_path", text)
    return path.removeprefix("./")


def _named_unit(printed: str | None) -> str | None:
    """Take the unit from a header that is nothing but a unit (分/条)."""
    return printed if printed and "/" in printed and "条" in printed else None
