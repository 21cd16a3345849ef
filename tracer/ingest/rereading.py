"""A row of a paper read once more from its cells on record, one of them put right."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tracer.errors import UsageError
from tracer.ingest.columns import column_label, find_table
from tracer.ingest.digests import FileDigests
from tracer.ingest.headers import HeaderMatch, HeaderRow, fold_header, match_header
from tracer.ingest.masking import Masker
from tracer.ingest.opensheet import OpenSheet
from tracer.ingest.paper import RowJudge
from tracer.ingest.reopening import recorded_settings
from tracer.ingest.rows import RawRow
from tracer.model.diagnostic import Diagnostic
from tracer.model.load import SourceSheet
from tracer.model.paper import PaperRow

__all__ = ["CellChange", "find_field", "put_right", "read_again"]

Raw = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell put right.

    Parameters
    ----------
    field : str
        Canonical column.
    printed : str
        Its header in the paper; its usual name where the paper has no such column.
    now : str
        What it reads now; blank for nothing.
    """

    field: str
    printed: str
    now: str


def find_field(table: str, raw: Raw, source: SourceSheet, field: str) -> tuple[str, str]:
    """Find the column somebody names, by its header in the paper or any name it goes by.

    Returns
    -------
    tuple of str
        Canonical column, and its header in the paper.

    Raises
    ------
    UsageError
        If the table has no such column.
    """
    header = _header(raw, source)
    wanted = fold_header(field)[0]
    for name, printed in zip(header.columns, header.printed, strict=True):
        if name is not None and wanted in (fold_header(printed)[0], fold_header(name)[0]):
            return name, printed
    for column in find_table(table).columns:
        label = column_label(table, column.name, "zh")
        names = (column.name, label, column_label(table, column.name, "en"), *column.aliases)
        if not column.is_told and wanted in {fold_header(each)[0] for each in names}:
            printed = next(
                (
                    p
                    for n, p in zip(header.columns, header.printed, strict=True)
                    if n == column.name
                ),
                label,
            )
            return column.name, printed
    listed = "、".join(each.name for each in find_table(table).columns if not each.is_told)
    raise UsageError("correct_field", field=field, table=table, fields=listed)


def put_right(raw: Raw, changes: Sequence[CellChange]) -> Raw:
    """Put cells right, one after the other; a column the paper left blank comes last.

    Examples
    --------
    >>> put_right((("号段", "1"),), [CellChange("segments", "号段", "2")])
    (('号段', '2'),)
    """
    cells = dict(raw)
    for change in changes:
        cells[change.printed] = change.now
    return tuple(cells.items())


def read_again(row: int, raw: Raw, source: SourceSheet, masker: Masker) -> PaperRow | Diagnostic:
    """Read a row of a source from its cells, as it was read when it was loaded."""
    header = _header(raw, source)
    settings = recorded_settings(source)
    judge = RowJudge(_sheet(source, header), header, settings, masker)
    return judge.judge(RawRow(row, tuple(cell for _, cell in raw)))


def _header(raw: Raw, source: SourceSheet) -> HeaderMatch:
    """Recognise the headers of the cells that are not blank: the others say nothing."""
    settings = recorded_settings(source)
    found = match_header(
        [HeaderRow(source.header_row, tuple(printed for printed, _ in raw))],
        replace(settings, table=source.table, profile=None),
        source.path,
        source.sheet,
    )
    if not isinstance(found, HeaderMatch):
        raise UsageError("correct_unread", path=source.path, table=source.table)
    return found


def _sheet(source: SourceSheet, header: HeaderMatch) -> OpenSheet:
    return OpenSheet(
        path=source.path,
        sheet_no=source.sheet_no,
        sheet=source.sheet,
        digests=FileDigests(source.sha256, source.sm3, source.size),
        encoding=source.encoding,
        header=header,
        delimiter=None,
        file=Path(source.path),
    )
