"""What a load is and what it reports."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tracer.model.diagnostic import Diagnostic, Note

__all__ = ["TOTALS_COLUMNS", "RejectedRow", "RoutingRow", "SourceReport", "SourceSheet"]

TOTALS_COLUMNS: Final = {
    "upstream": "dictionary",
    "downstream": "dictionary",
    "number": "string",
    "day": "date32",
    "reporter": "dictionary",
    "account": "dictionary",
    "part": "dictionary",
    "messages": "int64",
    "blocked": "int64",
    "parts": "int64",
    "unit": "dictionary",
    "rows": "int64",
    "first_row": "int64",
    "last_row": "int64",
    "first_at": "int64",
    "last_at": "int64",
}
"""The Arrow stream by which the totals of the log lane reach the store: one `RoutingRow` a row.

`dictionary` is text under int32 keys. `reporter`, `account`, `parts`, `first_at` and `last_at` may
be null. Times are microseconds since 1970-01-01T00:00 of the case's local time. Rows come sorted by
number, day, upstream, downstream, reporter, account, part, first row (texts bytewise).
"""


@dataclass(frozen=True, slots=True)
class RoutingRow:
    """One total of the log lane as it enters the database (see `evidence.RoutingTotal`).

    Party fields hold names as the logs write them; `account` is the account a party was, or
    could not be, resolved from.
    """

    upstream: str
    downstream: str
    number: str
    day: date
    reporter: str | None
    account: str | None
    messages: int
    blocked: int
    parts: int | None
    unit: str
    rows: int
    first_row: int
    last_row: int
    first_at: str | None
    last_at: str | None
    part: str = ""


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """One sheet (or file without sheets) as it was read: what every row of it rests on.

    Parameters
    ----------
    path : str
        As given, with `/`.
    sheet_no, sheet : int, str or None
        Position from 1 and name; 0 and None for a file without sheets.
    sha256, sm3 : str
        Digests of the file's bytes, hex.
    size : int
        Bytes.
    table : str
        The input table its header matches.
    encoding : str or None
        What a text file was read as.
    header_row : int
        Physical row of the header.
    settings : tuple of (str, str)
        What was said by `case.toml` or options and used (who is 甲方, reporter, profile …).
    """

    path: str
    sheet_no: int
    sheet: str | None
    sha256: str
    sm3: str
    size: int
    table: str
    encoding: str | None
    header_row: int
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What became of one sheet: rows = loaded + rejected + duplicates.

    `table` is None for a sheet that matches no table and was skipped.
    """

    path: str
    sheet: str | None
    sha256: str
    sm3: str
    table: str | None
    encoding: str | None
    rows: int
    loaded: int
    rejected: int
    duplicates: int
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A rejected row as it is kept: the diagnostic and where it stands."""

    path: str
    sheet: str | None
    diagnostic: Diagnostic = field(compare=True)
