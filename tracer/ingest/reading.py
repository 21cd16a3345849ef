"""Files in: bytes to digests, encoding, sheets, header and rows, all text.

What a file is, is told by its first bytes, not by its name: a CSV called .xlsx is read as the
CSV it is, and the other way round.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.columns import column_label, table_label
from tracer.ingest.digests import FileDigests, digest_file
from tracer.ingest.filekinds import FileKind, tell_kind
from tracer.ingest.folders import find_files
from tracer.ingest.headers import (
    HEADER_WINDOW,
    HeaderMatch,
    HeaderRow,
    NearMiss,
    match_header,
    place,
)
from tracer.ingest.logshape import LogShape
from tracer.ingest.rows import RawRow, join_cells
from tracer.ingest.textfiles import (
    Broken,
    Record,
    detect_encoding,
    find_codec,
    read_lines,
    read_records,
)
from tracer.ingest.workbooks import Grid, read_parquet, read_workbook
from tracer.model.diagnostic import Diagnostic, Note

__all__ = ["HeaderMatch", "OpenSheet", "RawRow", "find_files", "join_cells", "open_file"]

DELIMITERS: Final = (",", "\t", ";", "|")
_SEEN_CHARACTERS = 60
_DEEPEST_HEADER = 4

Show = Callable[[tuple[str, ...]], str]
SettingsFor = Callable[[str | None], FileSettings]
_Reader = Callable[[HeaderMatch, Show], Iterator[RawRow | Diagnostic]]


@dataclass(frozen=True)
class OpenSheet:
    """One sheet of a workbook, or one file without sheets, ready to be read.

    Parameters
    ----------
    path, sheet_no, sheet : str, int, str or None
        As in `SourceSheet`.
    sha256, sm3, size : str, str, int
        Digests and length of the file's bytes.
    encoding, delimiter : str or None
        Of a text file.
    header : HeaderMatch or None
        None when the sheet matches no table.
    file : pathlib.Path
        Where the bytes are.
    notes : tuple of Note
        What opening it brought to light.
    settings : FileSettings
        What was said of this very sheet; pass it on to `read_paper`.
    fault : UsageError or None
        Why the sheet is refused while others of its workbook can be read; it has no header then.
    shape : LogShape or None
        What a profile says of a gateway's log.
    """

    path: str
    sheet_no: int
    sheet: str | None
    sha256: str
    sm3: str
    size: int
    encoding: str | None
    header: HeaderMatch | None
    delimiter: str | None
    file: Path
    notes: tuple[Note, ...] = ()
    settings: FileSettings = field(default_factory=FileSettings)
    reader: _Reader | None = field(default=None, repr=False, compare=False)
    fault: UsageError | None = None
    shape: LogShape | None = None

    def rows(self, show: Show = join_cells) -> Iterator[RawRow | Diagnostic]:
        """Yield the data rows below the header.

        Each is a row of the header's width, or a `Diagnostic`: a row of another width, a line
        that cannot be decoded, the header once more, an error cell. Blank rows are no rows.

        Parameters
        ----------
        show : callable
            Writes the raw text of a reject from its cells; mask people there.

        Raises
        ------
        UsageError
            If the file cannot be read on.
        """
        if self.header is None or self.reader is None:
            return
        try:
            for row in self.reader(self.header, show):
                yield _checked(row, self.header, show)
        except OSError as fault:
            raise UsageError(
                "unreadable_file", path=self.path, detail=fault.strerror or ""
            ) from fault


def _checked(row: RawRow | Diagnostic, header: HeaderMatch, show: Show) -> RawRow | Diagnostic:
    """Turn down a header that comes once more, as at the top of every printed page."""
    if (
        isinstance(row, RawRow)
        and " ".join(row.cells[0].split()) == header.printed[0]
        and tuple(" ".join(cell.split()) for cell in row.cells) == header.printed
    ):
        return Diagnostic(row.row, None, show(row.cells), "repeated_header")
    return row


def open_file(file: Path, shown_path: str, settings: FileSettings | SettingsFor) -> list[OpenSheet]:
    """Open one file: its digests, its sheets, and the header of each.

    Parameters
    ----------
    settings : FileSettings or callable
        What is said of the file; a callable is asked per sheet name (None: the file itself).

    Returns
    -------
    list of OpenSheet
        One at the least matches a table, unless a profile is to read the file. Sheets of a
        workbook that match none have no header; those that are refused have a fault, too.

    Raises
    ------
    UsageError
        If the file cannot be used at all, or a sheet is refused and no other matches a table.
    """
    ask: SettingsFor = (lambda _: settings) if isinstance(settings, FileSettings) else settings
    try:
        digests = digest_file(file)
        sheets = _open(file, shown_path, ask, digests, tell_kind(file, shown_path))
    except OSError as fault:
        raise UsageError("unreadable_file", path=shown_path, detail=fault.strerror or "") from fault
    return sheets


def _open(
    file: Path, path: str, ask: SettingsFor, digests: FileDigests, kind: FileKind
) -> list[OpenSheet]:
    def sheet(
        number: int,
        name: str | None,
        found: HeaderMatch | None,
        reader: _Reader,
        encoding: str | None = None,
        delimiter: str | None = None,
        fault: UsageError | None = None,
    ) -> OpenSheet:
        return OpenSheet(
            path=path,
            sheet_no=number,
            sheet=name,
            sha256=digests.sha256,
            sm3=digests.sm3,
            size=digests.size,
            encoding=encoding,
            header=found,
            delimiter=delimiter,
            file=file,
            notes=_notes(found, ask(name)),
            settings=ask(name),
            reader=reader,
            fault=fault,
        )

    if kind == "workbook":
        grids = read_workbook(file, path)
        found = [_try_grid(grid, ask(grid.name), path) for grid in grids]
        faults = _faults(found, grids, ask, path)
        return [
            sheet(grid.number, grid.name, _matched(match), _grid_reader(grid), fault=fault)
            for grid, match, fault in zip(grids, found, faults, strict=True)
        ]
    if kind == "parquet":
        titles, _ = read_parquet(file, path)
        match = match_header([HeaderRow(0, titles)], ask(None), path, None)
        _require_match([match], [None], [join_cells(titles)], ask(None), path)
        return [sheet(0, None, _matched(match), _parquet_reader(file, path))]
    encoding = _encoding(file, ask(None), path)
    match, delimiter, seen = _match_text(file, encoding, ask(None), path)
    _require_match([match], [None], [seen], ask(None), path, encoding)
    reader = _text_reader(file, encoding, delimiter)
    return [sheet(0, None, _matched(match), reader, encoding, delimiter)]


def _faults(
    found: Sequence[HeaderMatch | NearMiss | UsageError | None],
    grids: Sequence[Grid],
    ask: SettingsFor,
    path: str,
) -> list[UsageError | None]:
    """Tell why each sheet is refused; where no other sheet matches, the file is."""
    if any(isinstance(match, HeaderMatch) for match in found):
        return [
            match if isinstance(match, UsageError) else _lacks(match, grid.name, path)
            for match, grid in zip(found, grids, strict=True)
        ]
    matches: list[HeaderMatch | NearMiss | None] = []
    for match in found:
        if isinstance(match, UsageError):
            raise match
        matches.append(match)
    seen = [_first_cells(grid) for grid in grids]
    _require_match(matches, [grid.name for grid in grids], seen, ask(None), path)
    return [None] * len(grids)


def _lacks(
    miss: HeaderMatch | NearMiss | None, name: str | None, path: str, *, is_alone: bool = False
) -> UsageError | None:
    """Say which column a header lacks that is clearly, or alone in its file, meant for one."""
    if not isinstance(miss, NearMiss) or not (miss.is_clear or (is_alone and miss.matched > 1)):
        return None
    return UsageError(
        "missing_column",
        **place(path, name, miss.row),
        table=miss.table,
        table_zh=table_label(miss.table, "zh"),
        columns=", ".join(miss.missing),
        labels="、".join(column_label(miss.table, column, "zh") for column in miss.missing),
    )


def _matched(found: HeaderMatch | NearMiss | UsageError | None) -> HeaderMatch | None:
    return found if isinstance(found, HeaderMatch) else None


def _notes(header: HeaderMatch | None, settings: FileSettings) -> tuple[Note, ...]:
    if header is None:
        return ()
    left = {name for name, column in settings.columns.items() if not column}
    unknown = [
        printed
        for printed, column in zip(header.printed, header.columns, strict=True)
        if column is None and printed and printed not in left
    ]
    return (Note("unknown_columns", {"columns": "、".join(unknown)}),) if unknown else ()


def _require_match(
    found: Sequence[HeaderMatch | NearMiss | None],
    names: Sequence[str | None],
    seen: Sequence[str],
    settings: FileSettings,
    path: str,
    encoding: str | None = None,
) -> None:
    """Stop at a header that lacks one column, and at a file in which nothing matches."""
    nothing = not any(isinstance(match, HeaderMatch) for match in found)
    for miss, name in zip(found, names, strict=True):
        fault = _lacks(miss, name, path, is_alone=nothing and len(found) == 1)
        if fault is not None:
            raise fault
    if nothing and not settings.profile:
        shown = next((text for text in seen if text), "")
        raise UsageError("nothing_matches", path=path, seen=shown, encoding=encoding or "-")


def _encoding(file: Path, settings: FileSettings, path: str) -> str:
    if settings.encoding is None:
        return detect_encoding(file)
    codec = find_codec(settings.encoding)
    if codec is None:
        raise UsageError("unknown_encoding", path=path, encoding=settings.encoding)
    return codec


def _shorten(text: str) -> str:
    return text if len(text) <= _SEEN_CHARACTERS else text[:_SEEN_CHARACTERS] + "…"


def _first_cells(grid: Grid) -> str:
    return next((_shorten(join_cells(row)) for row in grid.rows if any(row)), "")


def _match_text(
    file: Path, encoding: str, settings: FileSettings, path: str
) -> tuple[HeaderMatch | NearMiss | None, str, str]:
    """Find header and delimiter: the delimiter under which a header shows."""
    lines = list(islice(read_lines(file, encoding), HEADER_WINDOW))
    best: tuple[HeaderMatch | NearMiss | None, str] = (None, DELIMITERS[0])
    for delimiter in DELIMITERS:
        records = read_records(lines, delimiter, encoding=encoding)
        rows = [HeaderRow(r.last_row, tuple(r.cells)) for r in records if isinstance(r, Record)]
        match = match_header(rows, settings, path, None)
        if isinstance(match, HeaderMatch):
            return match, delimiter, ""
        if match is not None and (best[0] is None or _nearness(match) > _nearness(best[0])):
            best = (match, delimiter)
    seen = next((line for line in lines if line.strip()), "")
    return *best, _shorten(seen.strip() if isinstance(seen, str) else repr(seen))


def _nearness(found: HeaderMatch | NearMiss) -> int:
    return found.matched if isinstance(found, NearMiss) else 0


def _text_reader(file: Path, encoding: str, delimiter: str) -> _Reader:
    def read(header: HeaderMatch, show: Show) -> Iterator[RawRow | Diagnostic]:
        width = len(header.printed)
        lines = islice(read_lines(file, encoding), header.header_row, None)
        for record in read_records(
            lines, delimiter, encoding=encoding, first_line=header.header_row + 1, width=width
        ):
            if isinstance(record, Broken):
                raw = show(tuple(record.raw.split(delimiter)))
                yield Diagnostic(record.row, None, raw, record.reason)
            elif len(record.cells) == width:
                yield RawRow(record.row, tuple(record.cells))
            else:
                values = {"expected": width, "found": len(record.cells)}
                raw = show(tuple(record.cells))
                yield Diagnostic(record.row, None, raw, "wrong_width", values)

    return read


def _try_grid(
    grid: Grid, settings: FileSettings, path: str
) -> HeaderMatch | NearMiss | UsageError | None:
    try:
        return match_header(list(_grid_rows(grid)), settings, path, grid.name)
    except UsageError as fault:
        return fault


def _grid_rows(grid: Grid) -> Iterable[HeaderRow]:
    """Yield what may be a header: blocks of rows held together by merged cells, and rows."""
    for index, cells in enumerate(grid.rows[:HEADER_WINDOW]):
        if not any(cells):
            continue
        bottom = max(
            (last for (first, _), (last, _) in grid.merges if first == index), default=index
        )
        block = grid.rows[index : bottom + 1]
        if 1 < len(block) <= _DEEPEST_HEADER:
            joined = tuple("".join(dict.fromkeys(column)) for column in zip(*block, strict=True))
            yield HeaderRow(bottom + 1, joined)
        yield HeaderRow(index + 1, cells)


def _grid_reader(grid: Grid) -> _Reader:
    def read(header: HeaderMatch, show: Show) -> Iterator[RawRow | Diagnostic]:
        faulty = {row for row, _ in grid.faults}
        for index in range(header.header_row, len(grid.rows)):
            cells = grid.data_row(index)
            if not any(cell and not cell.isspace() for cell in cells):
                continue
            fault = _find_fault(grid, header, index) if index in faulty else None
            if fault is None:
                yield RawRow(index + 1, cells)
            else:
                values = {"text": cells[fault]}
                yield Diagnostic(
                    index + 1, header.printed[fault], show(cells), "error_cell", values
                )

    return read


def _find_fault(grid: Grid, header: HeaderMatch, index: int) -> int | None:
    """Find the first error cell of a row that stands in a column relied on."""
    for column, name in enumerate(header.columns):
        if name is not None and (index, column) in grid.faults:
            return column
    return None


def _parquet_reader(file: Path, path: str) -> _Reader:
    def read(_header: HeaderMatch, _show: Show) -> Iterator[RawRow | Diagnostic]:
        _, rows = read_parquet(file, path)
        for number, cells in enumerate(rows, start=1):
            if any(cell and not cell.isspace() for cell in cells):
                yield RawRow(number, cells)

    return read
