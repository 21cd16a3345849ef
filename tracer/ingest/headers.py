"""Tell a table by its header, whatever stands above it and however its columns are spelled."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.columns import (
    TABLES,
    Column,
    Table,
    column_label,
    find_table,
    table_label,
)
from tracer.ingest.spellings import PARTY_A, PARTY_B

__all__ = [
    "HEADER_WINDOW",
    "HeaderMatch",
    "HeaderRow",
    "NearMiss",
    "fold_header",
    "match_header",
    "place",
]

HEADER_WINDOW: Final = 100
"""Physical rows within which a header is looked for."""

_TRADITIONAL = str.maketrans(
    "碼號帳帐約發間單價條機關證書編稱統會執業長簽訂費轉讓時錄運營審覈結額電話屬類資開滿終權區範圍"
    "據來頁聯係東註銷狀態擴內計數報損騙備訊與處繳調檔過復協議條題單續對應戶個該記點務標織",
    "码号账账约发间单价条机关证书编称统会执业长签订费转让时录运营审核结额电话属类资开满终权区范围"
    "据来页联系东注销状态扩内计数报损骗备讯与处缴调档过复协议条题单续对应户个该记点务标织",
)
_BRACKETED = re.compile(r"[(\[{【〔〈《]([^()\[\]{}【】〔〕〈〉《》]*)[)\]}】〕〉》]?")
_DROPPED = re.compile(r"[\s_\-.*:;,。、\u200b-\u200f\u2060\ufeff]+")
_UNIT_TAIL = re.compile(r"(?:人民币)?(万元|元|分|厘)(?:/(?:每)?(?:条|千条|万条))?$")
_STRONG_COLUMNS = 3
_MOST_COLUMNS: Final = 16_384
"""Columns of a spreadsheet; a row of more is no header."""
_LONGEST_HEADER: Final = 1000


@dataclass(frozen=True)
class HeaderMatch:
    """The header of a sheet, recognised.

    Parameters
    ----------
    table : str
        The table it is.
    header_row : int
        Physical row it stands in (the last of them, where it takes several; 0 in Parquet).
    printed : tuple of str
        Headers as printed.
    columns : tuple of (str or None)
        Canonical column of each printed one, None where unknown.
    units : tuple of (str or None)
        Unit named in the header's brackets.
    """

    table: str
    header_row: int
    printed: tuple[str, ...]
    columns: tuple[str | None, ...]
    units: tuple[str | None, ...]

    def position(self, column: str) -> int | None:
        """Tell where a canonical column stands, None when the sheet has none."""
        return self.columns.index(column) if column in self.columns else None


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """One row that may be a header: its (last) physical row and its cells."""

    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """The row that came nearest to a header: what it matched and what it lacks."""

    table: str
    row: int
    matched: int
    named: int
    missing: tuple[str, ...]

    @property
    def is_clear(self) -> bool:
        """Whether the row plainly is a header of that table."""
        return (
            len(self.missing) == 1
            and self.matched >= _STRONG_COLUMNS
            and self.matched * 2 > self.named
        )


@dataclass(frozen=True, slots=True)
class _Candidate:
    table: Table
    row: HeaderRow
    columns: tuple[str | None, ...]
    by_role: bool

    @property
    def matched(self) -> int:
        return len({name for name in self.columns if name})

    @property
    def named(self) -> int:
        return sum(1 for cell in self.row.cells if cell.strip())

    @property
    def is_strong(self) -> bool:
        """Whether chance cannot explain it, as it might one cell 名称 in a title line."""
        needed = len(self.table.required) + bool(self.table.either)
        return needed > 1 or self.matched >= _STRONG_COLUMNS or self.matched == self.named


def fold_header(printed: str) -> tuple[str, str | None]:
    """Fold a header to the form in which headers are compared, and take the unit out of it.

    Examples
    --------
    >>> fold_header(" 單 價（元/条） "), fold_header("Contract No.")
    (('单价', '元/条'), ('contractno', None))
    """
    text = unicodedata.normalize("NFKC", printed).translate(_TRADITIONAL)
    inside = [part for found in _BRACKETED.findall(text) if (part := "".join(found.split()))]
    bare = _BRACKETED.sub("", text)
    return _DROPPED.sub("", bare.casefold()), inside[0] if inside else None


@cache
def _spellings(table: str) -> dict[str, str]:
    """Map every folded spelling of the table's columns to the column."""
    found: dict[str, str] = {}
    for column in find_table(table).columns:
        if column.is_told:
            continue
        for spelling in _column_spellings(table, column):
            found.setdefault(spelling, column.name)
    return found


def _column_spellings(table: str, column: Column) -> Iterable[str]:
    zh, en = (column_label(table, column.name, lang) for lang in ("zh", "en"))
    for spelling in (column.name, zh, en, *column.aliases, f"{zh}{column.name}", zh + en, en + zh):
        yield fold_header(spelling)[0]


@lru_cache(maxsize=4096)
def _find_column(table: str, printed: str) -> str | None:
    spellings = _spellings(table)
    folded, unit = fold_header(printed)
    if found := spellings.get(folded):
        return found
    role = _role_name(folded)
    if role:
        inside = spellings.get(fold_header(unit)[0]) if unit else None
        return inside if inside in {"upstream", "downstream"} else role
    for part in folded.split("/"):
        if part and "/" in folded and (found := spellings.get(part)):
            return found
    return spellings.get(_UNIT_TAIL.sub("", folded))


def _role_name(folded: str) -> str | None:
    """Recognise 甲方 and 乙方 and their credit codes: columns whose direction is not told."""
    for name, spellings in (("party_a", PARTY_A), ("party_b", PARTY_B)):
        for spelling in spellings:
            if folded == spelling or folded in {
                f"{spelling}{ending}" for ending in ("名称", "单位", "单位名称", "公司", "公司名称")
            }:
                return name
            if folded in {
                f"{spelling}{e}" for e in ("统一社会信用代码", "信用代码", "税号", "uscc")
            }:
                return f"{name}_uscc"
    return None


def match_header(
    rows: Sequence[HeaderRow], settings: FileSettings, path: str, sheet: str | None
) -> HeaderMatch | NearMiss | None:
    """Find the header among the first rows of a sheet.

    It is the first row that holds every required column of a table. Where that table asks for
    one column only, and the row holds little else that is known, a fuller header further down
    goes before it. Of several tables in one row the one with most columns matched is meant.

    Returns
    -------
    HeaderMatch, NearMiss or None
        The row that came nearest, or None, when no row matches.

    Raises
    ------
    UsageError
        If a header stands twice, 甲方/乙方 are all that tells the direction, two tables match
        alike, or `case.toml` names a column that the table does not have.
    """
    tables = [find_table(settings.table)] if settings.table else list(TABLES)
    asked = {fold_header(printed)[0]: name for printed, name in settings.columns.items()}
    weak: list[_Candidate] = []
    nearest: NearMiss | None = None
    for row in rows:
        if len(row.cells) > _MOST_COLUMNS:
            continue
        candidates = [_read_row(row, table, asked) for table in tables]
        whole = [c for c in candidates if c.matched and not _lacking(c)]
        strong = [c for c in whole if settings.table or c.is_strong]
        if strong:
            return _settle(strong, settings, path, sheet)
        weak = weak or whole
        for candidate in candidates:
            nearest = _nearer(nearest, candidate)
    return _settle(weak, settings, path, sheet) if weak else nearest


def _may_name(cell: str) -> bool:
    """Tell whether a cell may be the name of a column: there is one, and no end of text."""
    return len(cell) <= _LONGEST_HEADER and bool(cell.strip())


def _read_row(row: HeaderRow, table: Table, asked: dict[str, str]) -> _Candidate:
    found: list[str | None] = []
    for cell in row.cells:
        folded = fold_header(cell)[0] if asked and _may_name(cell) else ""
        if folded and folded in asked:
            found.append(asked[folded] or None)
        else:
            found.append(_find_column(table.name, cell) if _may_name(cell) else None)
    names = set(found)
    roles = {"party_a", "party_b"}
    ends = {"upstream", "downstream"}
    by_role = (
        ends <= table.names
        and roles <= names
        and names.isdisjoint(ends)
        and not roles & table.names
    )
    return _Candidate(table, row, tuple(_without_roles(found, table, by_role)), by_role)


def _without_roles(
    found: Sequence[str | None], table: Table, by_role: bool
) -> Iterable[str | None]:
    """Leave 甲方/乙方 unread where the sheet names upstream and downstream itself."""
    for name in found:
        is_role = name is not None and name.startswith(("party_a", "party_b"))
        yield None if is_role and not by_role and name not in table.names else name


def _lacking(candidate: _Candidate) -> tuple[str, ...]:
    present = set(candidate.columns)
    if candidate.by_role:
        present |= {"upstream", "downstream"}
    return candidate.table.missing(present)


def _nearer(nearest: NearMiss | None, candidate: _Candidate) -> NearMiss | None:
    missing = _lacking(candidate)
    if not candidate.matched or not missing:
        return nearest
    miss = NearMiss(
        candidate.table.name, candidate.row.row, candidate.matched, candidate.named, missing
    )
    if nearest is None or (-len(miss.missing), miss.matched) > (
        -len(nearest.missing),
        nearest.matched,
    ):
        return miss
    return nearest


def place(path: str, sheet: str | None, row: int) -> dict[str, object]:
    """Say where something stands, for an error: `where` is file and sheet in one.

    Examples
    --------
    >>> place("台账.xlsx", "合同", 2)["where"]
    '台账.xlsx [合同]'
    """
    where = f"{path} [{sheet}]" if sheet else path
    return {"path": path, "sheet": sheet, "row": row, "where": where}


def _settle(
    candidates: Sequence[_Candidate], settings: FileSettings, path: str, sheet: str | None
) -> HeaderMatch:
    most = max(candidate.matched for candidate in candidates)
    best = [candidate for candidate in candidates if candidate.matched == most]
    where = place(path, sheet, best[0].row.row)
    if len(best) > 1:
        labels = "、".join(table_label(c.table.name, "zh") for c in best)
        names = ", ".join(c.table.name for c in best)
        raise UsageError("ambiguous_table", tables=names, labels=labels, **where)
    found = best[0]
    columns = found.columns
    if found.by_role:
        columns = tuple(_with_direction(columns, settings.party_a, where))
    for name in columns:
        if name is not None and name not in found.table.names:
            raise UsageError("unknown_column", column=name, table=found.table.name, **where)
    _check_twice(found, columns, where)
    return HeaderMatch(
        table=found.table.name,
        header_row=found.row.row,
        printed=tuple(" ".join(cell.split()) for cell in found.row.cells),
        columns=columns,
        units=tuple(_unit(cell) for cell in found.row.cells),
    )


def _with_direction(
    columns: Sequence[str | None], party_a: str | None, where: dict[str, object]
) -> Iterable[str | None]:
    if party_a is None:
        raise UsageError("parties_unclear", **where)
    other = "downstream" if party_a == "upstream" else "upstream"
    for name in columns:
        yield name and name.replace("party_a", party_a).replace("party_b", other)


def _check_twice(
    found: _Candidate, columns: Sequence[str | None], where: dict[str, object]
) -> None:
    first: dict[str, str] = {}
    for name, cell in zip(columns, found.row.cells, strict=True):
        if name is None:
            continue
        printed = " ".join(cell.split())
        if name in first:
            raise UsageError(
                "column_twice", column=name, first=first[name], second=printed, **where
            )
        first[name] = printed


def _unit(printed: str) -> str | None:
    folded, unit = fold_header(printed)
    if unit is None and (tail := _UNIT_TAIL.search(folded)):
        return tail[0]
    return unit
