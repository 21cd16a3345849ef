"""Files in: bytes to digests, encoding, sheets, header and rows, all text.

What a file is, is told by its first bytes, not by its name: a CSV called .xlsx is read as the
CSV it is, and the other way round.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.columns import column_label, table_label
from tracer.ingest.compression import reading_error
from tracer.ingest.digests import ComingDigests, Digests
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
from tracer.ingest.longlines import find_long_line
from tracer.ingest.opensheet import OpenSheet, Reader, SettingsFor
from tracer.ingest.rows import RawRow, join_cells
from tracer.ingest.tablereaders import (
    DELIMITERS,
    find_second_table,
    first_cells,
    grid_reader,
    grid_rows,
    parquet_reader,
    shorten,
    text_reader,
)
from tracer.ingest.textfiles import (
    Record,
    detect_encoding,
    find_codec,
    presume_encoding,
    read_lines,
    read_records,
)
from tracer.ingest.workbooks import Grid, read_parquet, read_workbook
from tracer.model.diagnostic import Note

__all__ = ["HeaderMatch", "OpenSheet", "RawRow", "find_files", "join_cells", "open_file"]


def open_file(
    file: Path,
    shown_path: str,
    settings: FileSettings | SettingsFor,
    digests: Digests | None = None,
    *,
    may_presume: bool = False,
) -> list[OpenSheet]:
    """Open one file: its digests, its sheets, and the header of each.

    Parameters
    ----------
    settings : FileSettings or callable
        What is said of the file; a callable is asked per sheet name (None: the file itself).
    digests : Digests, optional
        Those of its bytes, where they are known or in the making.
    may_presume : bool
        The encoding of a log may be told by its beginning: reading it may end in `Misjudged`.

    Returns
    -------
    list of OpenSheet
        One at the least matches a table, unless the file is one that a profile joins to a log.
        Sheets of a workbook that match none have no header; those refused have a fault, too.

    Raises
    ------
    UsageError
        If the file cannot be used at all, or a sheet is refused and no other matches a table.
    """
    ask: SettingsFor = (lambda _: settings) if isinstance(settings, FileSettings) else settings
    try:
        return _open_any(
            file,
            shown_path,
            ask,
            digests or ComingDigests(file, shown_path).settled(),
            may_presume=may_presume,
        )
    except OSError as fault:
        raise reading_error(shown_path, fault) from fault


def _open_any(
    file: Path, path: str, ask: SettingsFor, digests: Digests, *, may_presume: bool
) -> list[OpenSheet]:
    """Look into a file."""
    kind = tell_kind(file, path)
    if ask(None).profile is not None:
        from tracer.ingest.profiles.opening import open_log

        encoding = _encoding(file, ask(None), path) if kind == "text" else None
        return open_log(
            file,
            path,
            ask,
            digests,
            kind,
            encoding,
            lambda others: _open(file, path, others, digests, kind),
        )
    return _open(file, path, ask, digests, kind, may_presume=may_presume)


def _open(
    file: Path,
    path: str,
    ask: SettingsFor,
    digests: Digests,
    kind: FileKind,
    *,
    may_presume: bool = False,
) -> list[OpenSheet]:
    def sheet(
        number: int,
        name: str | None,
        found: HeaderMatch | None,
        reader: Reader,
        encoding: str | None = None,
        delimiter: str | None = None,
        fault: UsageError | None = None,
        *,
        is_presumed: bool = False,
    ) -> OpenSheet:
        return OpenSheet(
            path=path,
            sheet_no=number,
            sheet=name,
            digests=digests,
            encoding=encoding,
            header=found,
            delimiter=delimiter,
            file=file,
            notes=_notes(found, ask(name)),
            settings=ask(name),
            reader=reader,
            fault=fault,
            is_presumed=is_presumed,
        )

    if kind == "workbook":
        grids = read_workbook(file, path)
        found = [_try_grid(grid, ask(grid.name), path) for grid in grids]
        faults = _faults(found, grids, path)
        return [
            _tell_second(
                sheet(grid.number, grid.name, _matched(match), grid_reader(grid), fault=fault),
                grid,
            )
            for grid, match, fault in zip(grids, found, faults, strict=True)
        ]
    if kind == "parquet":
        titles, _ = read_parquet(file, path)
        match = match_header([HeaderRow(0, titles)], ask(None), path, None)
        _require_match([match], [None], [join_cells(titles)], path)
        return [sheet(0, None, _matched(match), parquet_reader(file, path))]
    settings = ask(None)
    presumed = presume_encoding(file) if may_presume and settings.encoding is None else None
    long_line = None if presumed else find_long_line(file)
    if long_line is not None:
        raise UsageError("line_too_long", path=path, place=long_line)
    encoding = presumed or _encoding(file, settings, path)
    match, delimiter, seen = _match_text(file, encoding, settings, path)
    if presumed and not (isinstance(match, HeaderMatch) and match.table == "routing"):
        return _open(file, path, ask, digests, kind)
    _require_match([match], [None], [seen], path, encoding)
    reader = text_reader(file, encoding, delimiter)
    opened = sheet(
        0, None, _matched(match), reader, encoding, delimiter, is_presumed=presumed is not None
    )
    return [opened]


def _tell_second(sheet: OpenSheet, grid: Grid) -> OpenSheet:
    """Say of a sheet that another table begins below the first."""
    second = sheet.header and find_second_table(grid, sheet.header, sheet.path)
    if second is None:
        return sheet
    label = table_label(second.table, "zh")
    values: dict[str, str | int] = {
        "row": second.header_row,
        "table": second.table,
        "table_zh": label,
    }
    return replace(sheet, notes=(*sheet.notes, Note("second_table", values)))


def _faults(
    found: Sequence[HeaderMatch | NearMiss | UsageError | None],
    grids: Sequence[Grid],
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
    seen = [first_cells(grid) for grid in grids]
    _require_match(matches, [grid.name for grid in grids], seen, path)
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
    path: str,
    encoding: str | None = None,
) -> None:
    """Stop at a header that lacks one column, and at a file in which nothing matches."""
    nothing = not any(isinstance(match, HeaderMatch) for match in found)
    for miss, name in zip(found, names, strict=True):
        fault = _lacks(miss, name, path, is_alone=nothing and len(found) == 1)
        if fault is not None:
            raise fault
    if nothing:
        shown = next((text for text in seen if text), "")
        raise UsageError("nothing_matches", path=path, seen=shown, encoding=encoding or "-")


def _encoding(file: Path, settings: FileSettings, path: str) -> str:
    if settings.encoding is None:
        return detect_encoding(file)
    codec = find_codec(settings.encoding)
    if codec is None:
        raise UsageError("unknown_encoding", path=path, encoding=settings.encoding)
    return codec


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
    return *best, shorten(seen.strip() if isinstance(seen, str) else repr(seen))


def _nearness(found: HeaderMatch | NearMiss) -> int:
    return found.matched if isinstance(found, NearMiss) else 0


def _try_grid(
    grid: Grid, settings: FileSettings, path: str
) -> HeaderMatch | NearMiss | UsageError | None:
    try:
        return match_header(list(grid_rows(grid)), settings, path, grid.name)
    except UsageError as fault:
        return fault
