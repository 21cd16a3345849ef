"""Whether a header is that of a profile's log, and what the lane is told of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.headers import HeaderMatch, HeaderRow, fold_header, place
from tracer.ingest.logshape import LogShape
from tracer.ingest.opensheet import Reader, Show
from tracer.ingest.profiles.declaration import Profile
from tracer.ingest.profiles.rewriting import (
    Change,
    chain,
    decode_literal,
    rewrite_text,
    rewrite_time,
    time_within,
)
from tracer.ingest.rows import RawRow
from tracer.ingest.values import CellError, is_blank, is_unknown, normalise
from tracer.model.diagnostic import Diagnostic

__all__ = ["Fit", "Lookup", "fit_header", "fit_reader", "log_shape"]

Lookup = Mapping[str, frozenset[str]]
"""What a joined table says, by key: more than one answer is none."""

_LITERALS: Final = frozenset({"number", "extension", "account", "connector", "status"})

_LONGEST_SIGN: Final = 16
"""A sign that there is no message id is shorter."""

Cells = tuple[str, ...]


@dataclass(frozen=True)
class _Extra:
    """A column made of others: `places` of the log's own, put together or looked up."""

    column: str
    printed: str
    places: tuple[int, ...]
    is_joined: bool = False


@dataclass(frozen=True)
class Fit:
    """How a header fits a profile.

    Parameters
    ----------
    row : HeaderRow
        Where it stands.
    columns : tuple of (str or None)
        Canonical column of each cell.
    extras : tuple
        Columns made of several, or of one that is another already; without them a text table
        is read in blocks.
    lacking : tuple of str
        Required columns it does not have.
    time_in_id : bool
        The time is taken from the message id.
    """

    row: HeaderRow
    columns: tuple[str | None, ...]
    extras: tuple[_Extra, ...] = ()
    lacking: tuple[str, ...] = ()
    time_in_id: bool = False

    @property
    def matched(self) -> int:
        """How many columns of the profile it has."""
        return sum(name is not None for name in self.columns) + len(self.extras)

    @property
    def is_joined(self) -> bool:
        """Whether another table is needed."""
        return any(extra.is_joined for extra in self.extras)

    @property
    def own(self) -> HeaderMatch:
        """The header of the file's own columns."""
        return self._header(self.row.cells, self.columns)

    @property
    def header(self) -> HeaderMatch:
        """The header of all columns, those made of others last."""
        printed = (*self.row.cells, *(extra.printed for extra in self.extras))
        return self._header(printed, (*self.columns, *(extra.column for extra in self.extras)))

    def _header(self, printed: Cells, columns: tuple[str | None, ...]) -> HeaderMatch:
        names = tuple(" ".join(cell.split()) for cell in printed)
        return HeaderMatch("routing", self.row.row, names, columns, (None,) * len(names))


def fit_header(profile: Profile, row: HeaderRow, settings: FileSettings, path: str) -> Fit:
    """See how a row fits a profile as its header; what `case.toml` says of columns goes first.

    Raises
    ------
    UsageError
        If a column that is wanted stands twice.
    """
    return _Fitting(row, settings, path).fit(profile)


class _Fitting:
    """A row that may be a header, and which of its cells is which column."""

    def __init__(self, row: HeaderRow, settings: FileSettings, path: str) -> None:
        self._row, self._path = row, path
        self._spots: dict[str, list[int]] = {}
        self._found: dict[str, int] = {}
        self._extras: list[_Extra] = []
        asked = {fold_header(printed)[0]: name for printed, name in settings.columns.items()}
        for index, cell in enumerate(row.cells):
            folded = fold_header(cell)[0]
            if folded and folded not in asked:
                self._spots.setdefault(folded, []).append(index)
            elif asked.get(folded):
                self._found[asked[folded]] = index

    def fit(self, profile: Profile) -> Fit:
        for column, names in profile.columns.items():
            if column in profile.all_of and self._seek_all(column, names):
                continue
            for name in names:
                if column in self._found or self._seek(profile, column, name):
                    break
        made = {extra.column for extra in self._extras}
        in_id = profile.time.in_message_id is not None and "message_id" in self._found
        time_in_id = in_id and "sent_at" not in self._found
        if time_in_id:
            self._found["sent_at"] = self._found["message_id"]
        spots = (self._spot(name, "message_id") for name in profile.identity)
        columns = self._settle([spot for spot in spots if spot is not None])
        lacking = profile.lacking({*self._found, *made})
        return Fit(self._row, columns, tuple(self._extras), lacking, time_in_id)

    def _seek(self, profile: Profile, column: str, name: str) -> bool:
        """Look for a column under one of its names, or for what it is looked up by."""
        join = profile.join
        is_joined = join is not None and name == join.printed
        spot = self._spot(join.key if join is not None and is_joined else name, column)
        if spot is None:
            return False
        if is_joined:
            self._extras.append(_Extra(column, name, (spot,), is_joined=True))
        else:
            self._found[column] = spot
        return True

    def _seek_all(self, column: str, names: Cells) -> bool:
        """Make a column of all of its names, if there are several."""
        found = (self._spot(name, column) for name in names)
        spots = tuple(dict.fromkeys(spot for spot in found if spot is not None))
        if column in self._found or len(spots) < 2:
            return False
        printed = " + ".join(self._row.cells[spot] for spot in spots)
        self._extras.append(_Extra(column, printed, spots))
        return True

    def _spot(self, name: str, column: str) -> int | None:
        spots = self._spots.get(fold_header(name)[0], [])
        if len(spots) > 1:
            first, second = (" ".join(self._row.cells[spot].split()) for spot in spots[:2])
            where = place(self._path, None, self._row.row)
            raise UsageError("column_twice", column=column, first=first, second=second, **where)
        return spots[0] if spots else None

    def _settle(self, parts: list[int]) -> tuple[str | None, ...]:
        """Give every cell one column; a second one, and an id with its `parts`, is made of it."""
        columns: list[str | None] = [None] * len(self._row.cells)
        for column, spot in self._found.items():
            is_id = column == "message_id" and bool(parts)
            if is_id or columns[spot] is not None:
                spots = (spot, *parts) if is_id else (spot,)
                self._extras.append(_Extra(column, self._row.cells[spot], spots))
            else:
                columns[spot] = column
        return tuple(columns)


def fit_reader(fit: Fit, base: Reader, lookup: Lookup | None, table: str) -> Reader:
    """Read a log whose profile makes columns of others."""
    makers = [_maker(extra, lookup or {}, table) for extra in fit.extras]
    blanks = ("",) * len(makers)
    width = len(fit.columns)

    def read(header: HeaderMatch, show: Show) -> Iterator[RawRow | Diagnostic]:
        def show_own(cells: Cells) -> str:
            return show((*cells, *blanks) if len(cells) == width else cells)

        for row in base(fit.own, show_own):
            if isinstance(row, Diagnostic):
                yield row
                continue
            cells = row.cells
            try:
                yield RawRow(row.row, (*cells, *[make(cells) for make in makers]))
            except _NotMadeError as fault:
                error = fault.error
                printed = header.printed[fault.place]
                raw = show_own(cells)
                yield Diagnostic(row.row, printed, raw, error.reason, error.values)

    return read


class _NotMadeError(Exception):
    """A column cannot be made of the cell at `place`."""

    def __init__(self, place: int, error: CellError) -> None:
        super().__init__(place)
        self.place, self.error = place, error


def _maker(extra: _Extra, lookup: Lookup, table: str) -> Callable[[Cells], str]:
    """Give what makes the cell of a column of the others in its row."""
    first, *rest = extra.places

    def look_up(cells: Cells) -> str:
        answers = lookup.get(normalise(cells[first]), frozenset())
        if len(answers) == 1:
            return next(iter(answers))
        reason = "joined_twice" if answers else "not_joined"
        raise _NotMadeError(first, CellError(reason, cells[first], table=table))

    def put_together(cells: Cells) -> str:
        """Tell apart the parts of one id; where there is no id there is none."""
        text = cells[first]
        try:
            if len(text) < _LONGEST_SIGN and (is_blank(text) or is_unknown(text)):
                return ""
        except CellError:
            return text
        return "/".join([text, *[cells[place] for place in rest]])

    def say_all(cells: Cells) -> str:
        return " ".join(cells[place].strip() for place in extra.places if cells[place].strip())

    if extra.is_joined:
        return look_up
    if rest and extra.column != "message_id":
        return say_all
    return put_together if rest else itemgetter(first)


def log_shape(profile: Profile, fit: Fit, settings: FileSettings, path: str) -> LogShape:
    """Say what the lane has to know beside the columns.

    Raises
    ------
    UsageError
        If nobody says whose log it is.
    """
    constants = dict(profile.constants)
    if profile.owner is not None:
        if settings.reporter is None:
            raise UsageError("profile_owner", path=path, profile=profile.name)
        constants[profile.owner] = settings.reporter
    rewrite: dict[str, Callable[[str], str]] = {}
    for column in fit.header.columns:
        changes = list(_changes(profile, fit, settings, column)) if column else []
        if column and changes:
            rewrite[column] = changes[0] if len(changes) == 1 else chain(changes)
    return LogShape(rewrite, constants)


def _changes(profile: Profile, fit: Fit, settings: FileSettings, column: str) -> Iterator[Change]:
    if profile.byte_literals and profile.lines is None and column in _LITERALS:
        yield decode_literal
    if column == "sent_at":
        year = settings.year or profile.time.year
        if fit.time_in_id and profile.time.in_message_id is not None:
            yield time_within(profile.time.in_message_id, year)
        elif profile.time.formats:
            yield rewrite_time(profile.time.formats, year)
    if rules := [rule for rule in profile.rewrites if rule.column == column]:
        yield rewrite_text(rules)
