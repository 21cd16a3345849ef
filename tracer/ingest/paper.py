"""The paper lane: a row becomes a record or a rejected row, never neither, never both."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final

from tracer.ingest.amounts import parse_amount
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.cells import Cells, RowFault
from tracer.ingest.columns import find_table
from tracer.ingest.headers import HeaderMatch
from tracer.ingest.masking import Masker
from tracer.ingest.reading import OpenSheet
from tracer.ingest.records import BUILDERS
from tracer.ingest.rows import CELL_MARK, RawRow, join_cells
from tracer.ingest.values import (
    CellError,
    normalise,
    parse_date,
    parse_datetime,
    parse_end,
    parse_integer,
)
from tracer.model.diagnostic import Diagnostic, Note
from tracer.model.paper import ContractRow, PaperRow

__all__ = [
    "NAMED_CONTRACTS",
    "PERSONAL_TABLES",
    "RowJudge",
    "column_maskers",
    "is_total_line",
    "mask_cells",
    "read_paper",
]

PERSONAL_TABLES = frozenset({"incidents", "routing"})
"""Tables whose rows tell of people; there every cell but code numbers is masked."""

_TOTAL = re.compile(
    r"(?:本页|本月|本年|以上|全部|当页)?(?:合计|小计|总计|共计|累计|总和)(?:[:(（].*)?"
    r"|(?:sub|grand)?\s?total(?:[:(].*)?"
)
_TOTAL_HINT = re.compile(r"[计計和]|t\s*a\s*l|[Ａ-ｚ]", re.IGNORECASE)
NAMED_CONTRACTS: Final = 5
"""So many of the contracts without a segment are named in the note on them."""
_READABLE = frozenset({"sent_at", "received_at"})
"""Times a row is found again by."""
_PARSERS: Final[dict[str, Callable[[str, str | None], object]]] = {
    "date": lambda cell, _: parse_date(cell),
    "end": lambda cell, _: parse_end(cell),
    "datetime": lambda cell, _: parse_datetime(cell),
    "integer": lambda cell, _: parse_integer(cell),
    "money": parse_amount,
}


def read_paper(
    sheet: OpenSheet,
    settings: FileSettings,
    masker: Masker,
    notes: list[Note] | None = None,
) -> Iterator[PaperRow | Diagnostic]:
    """Read the rows of a sheet of any table but routing.

    Parameters
    ----------
    settings : FileSettings
        What is said of the sheet (`sheet.settings`).
    notes : list of Note or None
        Gets what reading brought to light, once all rows are read.

    Yields
    ------
    PaperRow or Diagnostic
        One for every row of the sheet that is not blank, in order.
    """
    if sheet.header is None:
        return
    judge = RowJudge(sheet, sheet.header, settings, masker)
    for row in sheet.rows(judge.show):
        outcome = judge.judge(row)
        judge.see(outcome)
        yield outcome
    if notes is not None:
        notes.extend(judge.notes())


class RowJudge:
    """Makes of each row of a sheet a record or a rejected row, and remembers what to note.

    Parameters
    ----------
    sheet, header : OpenSheet, HeaderMatch
        Where the rows stand.
    settings, masker : FileSettings, Masker
        What is said of the sheet; what masks people.
    """

    def __init__(
        self, sheet: OpenSheet, header: HeaderMatch, settings: FileSettings, masker: Masker
    ) -> None:
        self._header = header
        self._masker = masker
        self._maskers = column_maskers(header, masker)
        self._cells = Cells(sheet, header, settings, masker, self._maskers)
        self._build = BUILDERS[header.table]
        self._bare = 0
        self._bare_numbers: dict[str, None] = {}
        self._assumed_prices = 0

    def show(self, cells: tuple[str, ...]) -> str:
        """Write the raw text of a rejected row."""
        shown = join_cells(mask_cells(cells, self._header, self._maskers, self._masker))
        # In a reject even the code number may be a handset number out of place.
        return self._masker.mask(shown) if self._header.table in PERSONAL_TABLES else shown

    def judge(self, row: RawRow | Diagnostic) -> PaperRow | Diagnostic:
        """Make a record of a row, or say why it can be none."""
        if isinstance(row, Diagnostic):
            return _as_total(row)
        self._cells.turn_to(row)
        try:
            if _is_total(row):
                raise RowFault(None, "total_line", {})  # noqa: TRY301 - one way out for rejects
            record: PaperRow = self._build(self._cells)
        except RowFault as fault:
            mask = _fault_masker(fault, self._header, self._maskers, self._masker)
            return _rejected(row, fault, self.show(row.cells), mask)
        return record

    def see(self, outcome: PaperRow | Diagnostic) -> None:
        """Remember of a record what the notes tell; to be told in order of row."""
        if isinstance(outcome, ContractRow) and not outcome.segments:
            self.see_bare(1, (outcome.contract_no,))

    def see_bare(self, count: int, numbers: Iterable[str]) -> None:
        """Remember contracts that name no segment, and the first numbers among them."""
        self._bare += count
        for number in numbers:
            if len(self._bare_numbers) >= NAMED_CONTRACTS:
                break
            self._bare_numbers.setdefault(number)

    def see_assumed_prices(self, count: int) -> None:
        """Remember prices without a unit that were read elsewhere than by `judge`."""
        self._assumed_prices += count

    def notes(self) -> Iterator[Note]:
        """Tell what all rows together brought to light."""
        if self._bare:
            values: dict[str, str | int] = {
                "count": self._bare,
                "contracts": "、".join(self._bare_numbers),
            }
            yield Note("contracts_without_segment", values)
        if assumed := self._assumed_prices + self._cells.assumed_prices:
            yield Note("price_without_unit", {"count": assumed})


def _as_total(diagnostic: Diagnostic) -> Diagnostic:
    """Call a line of sums that, being one, is shorter than the header, what it is."""
    is_total = any(is_total_line(cell) for cell in diagnostic.raw.split(CELL_MARK))
    if diagnostic.reason != "wrong_width" or not is_total:
        return diagnostic
    return Diagnostic(diagnostic.row, None, diagnostic.raw, "total_line")


def _fault_masker(
    fault: RowFault,
    header: HeaderMatch,
    maskers: tuple[Callable[[str], str] | None, ...],
    masker: Masker,
) -> Callable[[str], str]:
    """Choose how what a fault quotes is masked: as the cell is, code numbers like any text."""
    if header.table in PERSONAL_TABLES:
        for name, printed, mask in zip(header.columns, header.printed, maskers, strict=True):
            if name is not None and printed == fault.column and mask is not None:
                return mask
    return masker.mask


def _rejected(row: RawRow, fault: RowFault, raw: str, mask: Callable[[str], str]) -> Diagnostic:
    if any(is_total_line(cell) for cell in row.cells):
        return Diagnostic(row.row, None, raw, "total_line")
    values = {
        name: mask(value) if isinstance(value, str) else value
        for name, value in fault.values.items()
    }
    return Diagnostic(row.row, fault.column, raw, fault.reason, values)


def _is_total(row: RawRow) -> bool:
    """Tell a line of sums by its first cell that is not blank."""
    for cell in row.cells:
        if cell and not cell.isspace():
            return is_total_line(cell)
    return False


def is_total_line(cell: str) -> bool:
    """Tell whether a cell heads a line of sums.

    Examples
    --------
    >>> is_total_line("合 计："), is_total_line("总计（元）"), is_total_line("总计科技公司")
    (True, True, False)
    """
    if _TOTAL_HINT.search(cell) is None:
        return False
    folded = "".join(normalise(cell).casefold().split())
    return _TOTAL.fullmatch(folded) is not None


def column_maskers(header: HeaderMatch, masker: Masker) -> tuple[Callable[[str], str] | None, ...]:
    """Choose how each column's raw text is masked; None leaves it as it is.

    Phones in the parties table are a company's own and stay. In tables that tell of people a
    column nobody knows may hold anything of theirs, so only its length is shown.
    """
    table = find_table(header.table)
    personal = header.table in PERSONAL_TABLES
    chosen: list[Callable[[str], str] | None] = []
    for name, unit in zip(header.columns, header.units, strict=True):
        kind = table.column(name).kind if name else None
        if masker.keep or header.table == "parties":
            chosen.append(None)
        elif kind == "person":
            chosen.append(masker.person)
        elif kind == "content":
            chosen.append(masker.content)
        elif kind in {"number", "segments", "digits"}:
            chosen.append(None)
        elif kind == "phone":
            chosen.append(masker.phone)
        elif kind is None and personal:
            chosen.append(partial(_unknown, masker))
        elif personal and kind in _PARSERS and name not in _READABLE:
            chosen.append(partial(_typed, masker, _PARSERS[kind], unit))
        elif kind is None or personal:
            chosen.append(masker.mask)
        else:
            chosen.append(None)
    return tuple(chosen)


def _unknown(masker: Masker, cell: str) -> str:
    return cell if is_total_line(cell) else masker.content(cell)


def _typed(
    masker: Masker, parse: Callable[[str, str | None], object], unit: str | None, cell: str
) -> str:
    """Mask words that stand where a number, a day or a sum of money should."""
    if any(map(str.isalpha, cell)) and not is_total_line(cell):
        try:
            parse(cell, unit)
        except CellError:
            return masker.content(cell)
    return masker.mask(cell)


def mask_cells(
    cells: tuple[str, ...],
    header: HeaderMatch,
    maskers: tuple[Callable[[str], str] | None, ...],
    masker: Masker,
) -> tuple[str, ...]:
    """Mask the cells of a row; in a row of another width no column is certain."""
    if len(cells) == len(maskers):
        return tuple(
            mask(cell) if mask else cell for cell, mask in zip(cells, maskers, strict=True)
        )
    if header.table in PERSONAL_TABLES:
        return tuple(cell if is_total_line(cell) else masker.unplaced(cell) for cell in cells)
    return cells if header.table == "parties" else tuple(masker.mask(cell) for cell in cells)
