"""A gateway's log opened by its profile: sheets of which the lane knows what stands where."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.compression import reading_error
from tracer.ingest.digests import Digests, digest_file
from tracer.ingest.filekinds import FileKind, tell_kind
from tracer.ingest.headers import HeaderMatch, HeaderRow, fold_header
from tracer.ingest.opensheet import OpenSheet, SettingsFor
from tracer.ingest.profiles.declaration import Join, Lines, Profile, find_profile
from tracer.ingest.profiles.fitting import Fit, Lookup, fit_header, fit_reader, log_shape
from tracer.ingest.profiles.lines import count_lines, line_reader
from tracer.ingest.profiles.places import Place, find_places
from tracer.ingest.rows import RawRow, join_cells
from tracer.ingest.textfiles import detect_encoding
from tracer.ingest.values import normalise
from tracer.model.diagnostic import Note

__all__ = ["open_log"]

Plain = Callable[[SettingsFor], list[OpenSheet]]


def open_log(
    file: Path,
    path: str,
    ask: SettingsFor,
    digests: Digests,
    kind: FileKind,
    encoding: str | None,
    plain: Plain,
) -> list[OpenSheet]:
    """Open a file by the profile its settings name.

    A file the profile does not fit is opened as any other where it is a table by its own header,
    and told: a profile may be said of a whole folder.

    Parameters
    ----------
    encoding : str or None
        Of a text.
    plain : callable
        Opens the file without a profile.

    Raises
    ------
    UsageError
        If the file is neither the profile's log nor any table, the profile cannot be used, or
        what it needs beside the file is missing.
    """
    opening = _Opening(file, path, ask, digests, kind, encoding)
    opened = opening.sheets()
    others = _without_profile(ask)
    if opened:
        if kind != "workbook" or len(opened) == len(opening.places):
            return opened
        return _with_others(opened, others, plain)
    if opening.is_joined_table():
        note = Note("joined_table", {"profile": opening.profile.name})
        return [replace(opening.sheet(opening.places[0]), notes=(note,))]
    try:
        sheets = plain(others)
    except UsageError as fault:
        if fault.key not in {"nothing_matches", "missing_column"}:
            raise
        raise opening.unfitting() from fault
    note = Note("profile_not_used", {"profile": opening.profile.name})
    return [
        sheet if sheet.header is None else replace(sheet, notes=(*sheet.notes, note))
        for sheet in sheets
    ]


def _without_profile(ask: SettingsFor) -> SettingsFor:
    return lambda name: replace(ask(name), profile=None)


def _with_others(opened: Sequence[OpenSheet], ask: SettingsFor, plain: Plain) -> list[OpenSheet]:
    """Add the sheets of a workbook that are other tables."""
    by_number = {sheet.sheet_no: sheet for sheet in opened}
    try:
        rest = plain(ask)
    except UsageError:
        return list(opened)
    return [by_number.get(sheet.sheet_no, sheet) for sheet in rest]


@dataclass
class _Opening:
    """One file on its way to sheets."""

    file: Path
    path: str
    ask: SettingsFor
    digests: Digests
    kind: FileKind
    encoding: str | None

    def __post_init__(self) -> None:
        self.settings = self.ask(None)
        assert self.settings.profile is not None
        self.profile: Profile = find_profile(self.settings.profile, self.settings.profile_at)
        self.places: list[Place] = []
        self._nearest: Fit | None = None

    def sheets(self) -> list[OpenSheet]:
        """Open every sheet the profile fits; of a text under several delimiters the first."""
        if self.profile.lines is not None:
            return self._log_lines(self.profile.lines)
        self.places = list(find_places(self.file, self.path, self.kind, self.encoding))
        fits = [(place, fit) for place in self.places if (fit := self._fit(place)) is not None]
        if self.profile.tables and any(place.name in self.profile.tables for place, _ in fits):
            fits = [item for item in fits if item[0].name in self.profile.tables]
        opened: dict[int, OpenSheet] = {}
        for place, fit in fits:
            if place.number not in opened:
                opened[place.number] = self._open(place, fit)
        return list(opened.values())

    def sheet(self, place: Place, settings: FileSettings | None = None) -> OpenSheet:
        """Give a sheet that is not known to be anything."""
        return OpenSheet(
            path=self.path,
            sheet_no=place.number,
            sheet=place.name,
            digests=self.digests,
            encoding=self.encoding,
            header=None,
            delimiter=place.delimiter,
            file=self.file,
            notes=place.notes,
            settings=settings or self.ask(place.name),
        )

    def is_joined_table(self) -> bool:
        """Tell whether the file is what the profile joins to the log."""
        join = self.profile.join
        return join is not None and any(_join_header(place, join) for place in self.places)

    def unfitting(self) -> UsageError:
        """Say what the file lacks."""
        missing = self._nearest.lacking if self._nearest is not None else ()
        printed = self.profile.columns
        names = [
            f"{column} ({' / '.join(printed.get(column) or printed.get('account', (column,)))})"
            if column == "downstream"
            else f"{column} ({' / '.join(printed.get(column, (column,)))})"
            for column in missing
        ]
        return UsageError(
            "profile_unmatched",
            path=self.path,
            profile=self.profile.name,
            columns=", ".join(names) or "-",
            encoding=self.encoding or "-",
        )

    def _fit(self, place: Place) -> Fit | None:
        settings = self.ask(place.name)
        for row in place.rows:
            fit = fit_header(self.profile, row, settings, self.path)
            if not fit.lacking:
                return fit
            if self._nearest is None or fit.matched > self._nearest.matched:
                self._nearest = fit
        return None

    def _open(self, place: Place, fit: Fit) -> OpenSheet:
        digest = {"profile": self.profile.sha256}
        settings = self._recorded(self.ask(place.name), digest)
        shape = log_shape(self.profile, fit, settings, self.path)
        reader, delimiter = place.reader, place.delimiter
        join = self.profile.join
        lookup: Lookup | None = None
        if join is not None and fit.is_joined:
            lookup, rests_on = self._look_up(join, settings)
            settings = self._recorded(settings, rests_on)
        if fit.extras:
            # columns made of others are not in the file: it is read row by row
            reader = fit_reader(fit, reader, lookup, join.table if join else "")
            delimiter = None
        return replace(
            self.sheet(place, settings),
            header=fit.header,
            reader=reader,
            delimiter=delimiter,
            shape=shape,
            notes=(*place.notes, *self._told(fit)),
        )

    def _log_lines(self, rules: Lines) -> list[OpenSheet]:
        if self.kind != "text" or self.encoding is None:
            return []
        count = count_lines(self.file, self.encoding, rules)
        if not count.rows + count.retries:
            return []
        names = tuple(rules.pattern.groupindex)
        fit = fit_header(self.profile, HeaderRow(0, names), self.settings, self.path)
        literal = self.profile.byte_literals
        reader = line_reader(self.file, self.encoding, rules, byte_literals=literal)
        place = Place(0, None, (fit.row,), reader)
        opened = self._open(place, fit)
        values = {"rows": count.rows, "others": count.others, "retries": count.retries}
        return [replace(opened, notes=(*opened.notes, Note("log_lines", values)))]

    def _recorded(self, settings: FileSettings, digests: Mapping[str, str]) -> FileSettings:
        """Put on record what is read beside the log; for one on record it has to be the same."""
        for name, digest in digests.items():
            if settings.rests_on.get(name, digest) != digest:
                file = self.profile.path if name == "profile" else name
                raise UsageError("rests_on_changed", path=self.path, file=file)
        return replace(settings, rests_on={**settings.rests_on, **digests})

    def _told(self, fit: Fit) -> Iterator[Note]:
        header = fit.header
        pairs = [
            f"{printed} → {column}"
            for printed, column in zip(header.printed, header.columns, strict=True)
            if column is not None
        ]
        yield Note("profile_columns", {"profile": self.profile.name, "columns": "、".join(pairs)})
        stated = {*header.columns, *self.profile.constants}
        if "parts" in stated and "messages" not in stated:
            yield Note("profile_counts_parts", {"profile": self.profile.name})

    def _look_up(self, join: Join, settings: FileSettings) -> tuple[Lookup, dict[str, str]]:
        """Read the joined table: the file named for it, else in this file, else beside it."""
        if settings.joined is None:
            # of several tables that would do, the one of its name
            named = sorted(self.places, key=lambda place: place.name != join.table)
            for place in named:
                if place.name is not None and (row := _join_header(place, join)):
                    return _read_join(place, row, join), {}
        name = settings.joined or join.file
        file = self.file.parent / name
        if not file.is_file():
            raise UsageError(
                "join_missing",
                path=self.path,
                profile=self.profile.name,
                table=join.table,
                file=name,
            )
        try:
            kind = tell_kind(file, file.as_posix())
            encoding = detect_encoding(file) if kind == "text" else None
            digest = digest_file(file).sha256
            places = find_places(file, file.as_posix(), kind, encoding)
            for place in sorted(places, key=lambda place: place.name != join.table):
                if row := _join_header(place, join):
                    lookup = _read_join(place, row, join)
                    if digest_file(file).sha256 != digest:
                        raise UsageError("file_changed", path=file.as_posix())
                    return lookup, {name: digest}
        except OSError as fault:
            raise reading_error(file.as_posix(), fault) from fault
        raise UsageError(
            "join_unmatched", path=file.as_posix(), table=join.table, key=join.key, take=join.take
        )


def _join_header(place: Place, join: Join) -> HeaderRow | None:
    wanted = {fold_header(join.key)[0], fold_header(join.take)[0]}
    for row in place.rows:
        if wanted <= {fold_header(cell)[0] for cell in row.cells}:
            return row
    return None


def _read_join(place: Place, row: HeaderRow, join: Join) -> Lookup:
    names = [fold_header(cell)[0] for cell in row.cells]
    key, take = names.index(fold_header(join.key)[0]), names.index(fold_header(join.take)[0])
    header = HeaderMatch("routing", row.row, row.cells, (None,) * len(names), (None,) * len(names))
    found: dict[str, set[str]] = {}
    for item in place.reader(header, join_cells):
        if isinstance(item, RawRow) and normalise(item.cells[key]):
            found.setdefault(normalise(item.cells[key]), set()).add(item.cells[take].strip())
    return {name: frozenset(values) for name, values in found.items()}
