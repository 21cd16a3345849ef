"""Cells read: dates, times, whole numbers, yes and no, codes. Raise `CellError` with a reason.

A blank cell, and a sign that stands for one (`-`, `/`, 无), reads as None. All are memoised: the
cells of a column repeat.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

__all__ = [
    "LONGEST_NAME",
    "OPEN_END",
    "CellError",
    "is_blank",
    "is_unknown",
    "normalise",
    "parse_boolean",
    "parse_date",
    "parse_datetime",
    "parse_end",
    "parse_integer",
    "parse_party",
    "parse_uscc",
]

OPEN_END: Final = date.max
"""What 长期 and 至今 read as: no last day, and the paper says so."""

_MEMO = 1 << 16
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - local time of the case's zone, by definition
_FIRST_YEAR = 1900
_BLANKS = frozenset(
    {"", "-", "--", "—", "——", "/", "\\", "无", "n/a", "暂无", "null", "none", r"\n"}  # \N of MySQL
)
_LONGEST_BLANK = max(map(len, _BLANKS))
_UNKNOWN = frozenset({"不详", "未知", "不明"})
_DATE = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})| ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日?|(\d{2})(\d{2}))",
    re.ASCII,
)
_DATE_LIKE = re.compile(r"\d+([-/.])\d+\1\d+|\d+年\d+月\d+日?", re.ASCII)
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?", re.ASCII)
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+", re.ASCII)
_INTEGER = re.compile(r"([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.0+)?\s*(?:条|笔|次)?", re.ASCII)
_OPEN = frozenset(
    {
        "长期", "长期有效", "至今", "永久", "永久有效", "无固定期限", "无期限", "不限期",
        "持续有效",        "long-term", "indefinite", "open", "present",
    }
)  # fmt: skip
_YES = frozenset({"是", "有", "对", "√", "✓", "✔", "y", "yes", "true", "t", "1"})
_NO = frozenset({"否", "不", "没有", "×", "✗", "✘", "n", "no", "false", "f", "0"})
_RENEWS = re.compile(r"(?:到期|期满|届满)?(?:后)?自动(?:续期|续约|续签|续展|顺延|延续|延期|延长)")
_ENDS = re.compile(
    r"(?:到期|期满|届满)?(?:后)?(?:不|不予|不得|不再|无|非)(?:自动)?(?:续期|续约|续签|续展|顺延|延续|延期|延长)"
)
_USCC_LIKE = re.compile(r"[0-9A-Z]{2}\d{6}[0-9A-Z]{10}", re.ASCII)
LONGEST_NAME = 500
"""Characters of a party's name, as written and as compared: what is longer is text of another
kind, and more than the indexes of PostgreSQL take."""
_USCC_DIGITS = 18
_EXCEL_ERRORS = ("#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "#####")


class CellError(ValueError):
    """A cell cannot be read.

    Parameters
    ----------
    reason : str
        Key of the reason, without `reason.`.
    text : str
        The cell as written.
    **values : str or int
        Further placeholders of the reason.
    """

    def __init__(self, reason: str, text: str, **values: str | int) -> None:
        self.reason = reason
        self.text = text
        self.values: dict[str, str | int] = {"text": text, **values}
        super().__init__(f"{reason}: {text}")


def normalise(text: str) -> str:
    """Fold a cell for reading: NFKC, white space runs to one space, trimmed."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(_MEMO)
def is_blank(text: str) -> bool:
    """Tell whether a cell says nothing.

    Raises
    ------
    CellError
        If it holds a spreadsheet's error (`#N/A`): no blank, and no value either.

    Examples
    --------
    >>> is_blank(" — "), is_blank("0")
    (True, False)
    """
    if len(text) > _LONGEST_BLANK and text.isalnum():
        return False
    folded = normalise(text).casefold()
    if folded.startswith(_EXCEL_ERRORS):
        raise CellError("error_cell", text)
    return folded in _BLANKS


def is_unknown(text: str) -> bool:
    """Tell whether a cell says that what belongs there is not known.

    Examples
    --------
    >>> is_unknown(" 不详"), is_unknown("不详细")
    (True, False)
    """
    return normalise(text) in _UNKNOWN


@lru_cache(_MEMO)
def parse_date(text: str, timezone: str = "Asia/Shanghai") -> date | None:
    """Read a day, or the local day of a timestamp.

    Parameters
    ----------
    text : str
        `2023-07-01`, `2023/7/1`, `2023.7.1`, `20230701`, `2023年7月1日`; a timestamp with or
        without zone; `YYMMDDHHMM`.
    timezone : str
        Zone whose calendar day is meant.

    Raises
    ------
    CellError
        `bad_date`, `no_such_date` (31 June), `excel_serial` (45108), `scientific`.

    Examples
    --------
    >>> parse_date("2023年7月1日"), parse_date("2023-06-30T20:00:00Z"), parse_date("")
    (datetime.date(2023, 7, 1), datetime.date(2023, 7, 1), None)
    """
    if is_blank(text):
        return None
    folded = normalise(text)
    if match := _DATE.fullmatch(folded):
        return _calendar_day(match, text)
    if _SCIENTIFIC.fullmatch(folded):
        raise CellError("scientific", text)
    if _SERIAL.fullmatch(folded):
        raise CellError("excel_serial", text)
    if _DATE_LIKE.fullmatch(folded):
        raise CellError("no_such_date", text)
    try:
        moment = parse_datetime(text, timezone)
    except CellError as error:
        reason = "no_such_date" if error.reason == "no_such_time" else "bad_date"
        raise CellError(reason, text) from error
    return moment and moment.date()


def _calendar_day(match: re.Match[str], text: str) -> date:
    year = int(match[1])
    month, day = (int(part) for part in match.group(3, 4, 5, 6, 7, 8) if part)
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise CellError("no_such_date", text) from error
    if year < _FIRST_YEAR:
        raise CellError("no_such_date", text)
    return found


@lru_cache(_MEMO)
def parse_end(text: str, timezone: str = "Asia/Shanghai") -> date | None:
    """Read a last day; 长期 and 至今 are `OPEN_END`.

    Examples
    --------
    >>> parse_end("长期") is OPEN_END, parse_end("2023/7/1")
    (True, datetime.date(2023, 7, 1))
    """
    if normalise(text).casefold() in _OPEN:
        return OPEN_END
    return parse_date(text, timezone)


@lru_cache(_MEMO)
def parse_datetime(text: str, timezone: str = "Asia/Shanghai") -> datetime | None:
    """Read a timestamp as local time of the zone, naive; a day alone is its midnight.

    Raises
    ------
    CellError
        `bad_time`, `no_such_time` or `scientific`.

    Examples
    --------
    >>> parse_datetime("2307051203"), parse_datetime("2023-07-05T12:03:04Z")
    (datetime.datetime(2023, 7, 5, 12, 3), datetime.datetime(2023, 7, 5, 20, 3, 4))
    """
    from tracer.ingest.moments import parse_moment

    if is_blank(text):
        return None
    folded = normalise(text)
    if _SCIENTIFIC.fullmatch(folded):
        raise CellError("scientific", text)
    if _SERIAL.fullmatch(folded):
        raise CellError("excel_serial", text)
    moment = parse_moment(folded, ZoneInfo(timezone))
    if moment.at is None:
        return datetime.combine(date.fromordinal(moment.day), datetime.min.time())
    return _EPOCH + timedelta(microseconds=moment.at)


@lru_cache(_MEMO)
def parse_integer(text: str) -> int | None:
    """Read a whole number.

    Examples
    --------
    >>> parse_integer("１，２３４条"), parse_integer("12.0"), parse_integer("")
    (1234, 12, None)
    """
    if is_blank(text):
        return None
    folded = normalise(text)
    if match := _INTEGER.fullmatch(folded):
        return int(match[1] + match[2].replace(",", ""))
    raise CellError("scientific" if _SCIENTIFIC.fullmatch(folded) else "bad_integer", text)


@lru_cache(_MEMO)
def parse_boolean(text: str) -> bool | None:
    """Read yes or no, also as clauses put it (到期自动续期).

    Examples
    --------
    >>> parse_boolean("是"), parse_boolean("到期自动顺延一年"), parse_boolean("不续期")
    (True, True, False)
    """
    folded = normalise(text).casefold()
    if folded in _NO or folded == "无" or _ENDS.match(folded):
        return False
    if is_blank(text):
        return None
    if folded in _YES or _RENEWS.match(folded):
        return True
    raise CellError("bad_boolean", text)


@lru_cache(_MEMO)
def parse_uscc(text: str) -> str | None:
    """Read a unified social credit code and check its check digit (GB 32100).

    Raises
    ------
    CellError
        `bad_uscc` (no such form) or `uscc_check_digit`, saying which digit is right.

    Examples
    --------
    >>> parse_uscc("９１１１ 0000 6000 3734 1l")
    '91110000600037341L'
    """
    from stdnum.cn import uscc
    from stdnum.exceptions import InvalidChecksum, ValidationError

    if is_blank(text):
        return None
    folded = "".join(normalise(text).upper().split()).replace("-", "")
    try:
        return str(uscc.validate(folded))
    except InvalidChecksum as error:
        expected = uscc.calc_check_digit(folded[:-1])
        raise CellError("uscc_check_digit", text, expected=expected) from error
    except (ValidationError, ValueError) as error:
        raise CellError("bad_uscc", text) from error


@lru_cache(_MEMO)
def parse_party(text: str) -> str | None:
    r"""Read the name of a party, or its credit code, which is then checked.

    Examples
    --------
    >>> parse_party(" 武汉某信息科技公司\n"), parse_party("无")
    ('武汉某信息科技公司', None)

    Raises
    ------
    CellError
        If it is no credit code though it looks like one, or longer than any name.
    """
    if is_blank(text) or is_unknown(text):
        return None
    name = " ".join(text.split())
    if not any(map(str.isalnum, name)):
        return None
    code = "".join(normalise(text).upper().split())
    if len(code) == _USCC_DIGITS and _USCC_LIKE.fullmatch(code):
        return parse_uscc(text)
    if max(len(name), len(code)) > LONGEST_NAME:
        raise CellError("name_too_long", text, most=LONGEST_NAME)
    return name
