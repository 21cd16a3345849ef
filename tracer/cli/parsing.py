"""What users write after options, read into values."""

import codecs
import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tracer.errors import UsageError
from tracer.model.paper_size import PaperSize
from tracer.model.period import Period
from tracer.model.segment import SegmentSyntaxError, parse_segments

__all__ = ["read_choice", "read_count", "read_day", "read_encoding", "read_number"]
__all__ += ["read_engine", "read_folder", "read_paper", "read_side", "read_window", "read_zone"]

_MASTER = re.compile(r"spark://(\[[0-9a-f:]+\]|[^\s:/@\[\]]+)(?::(\d{1,5}))?/?", re.IGNORECASE)
_MASTER_PORT = "7077"
_DAY = re.compile(r"^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d\d)(\d\d))$")


def read_number(text: str) -> str:
    """Read a number, a code or any prefix; every spelling of one segment will do.

    Examples
    --------
    >>> read_number("10687415XXXX"), read_number("+86 10687415+01")
    ('10687415', '1068741501')
    """
    try:
        segments = parse_segments(text)
    except SegmentSyntaxError as error:
        key = "number_length" if error.code == "digit_count" else "number_spelling"
        raise UsageError(key, text=text) from None
    if len(segments) != 1:
        raise UsageError("number_spelling", text=text)
    return segments[0].prefix


def read_day(option: str, text: str) -> date:
    """Read a calendar day as ISO or Chinese papers write it.

    Examples
    --------
    >>> read_day("--on", "2023年7月5日").isoformat(), read_day("--on", "20230705").isoformat()
    ('2023-07-05', '2023-07-05')
    """
    match = _DAY.match("".join(unicodedata.normalize("NFKC", text).split()))
    if match:
        month, day = match[3] or match[5] or match[7], match[4] or match[6] or match[8]
        try:
            return date(int(match[1]), int(month), int(day))
        except ValueError:
            pass
    raise UsageError("bad_day", option=option, text=text)


def read_window(first: str | None, last: str | None, only: str | None) -> Period:
    """Read --from, --to and --on into the days asked for.

    Examples
    --------
    >>> read_window("2023-07-01", None, None)
    Period(first=datetime.date(2023, 7, 1), last=None)
    """
    if only is not None:
        if first is not None or last is not None:
            raise UsageError("on_and_from")
        day = read_day("--on", only)
        return Period(day, day)
    start = None if first is None else read_day("--from", first)
    end = None if last is None else read_day("--to", last)
    if start is not None and end is not None and end < start:
        raise UsageError("window_reversed", first=start, last=end)
    return Period(start, end)


def read_choice(option: str, value: str, choices: Sequence[str]) -> str:
    """Read one of a few words, in any case."""
    folded = value.strip().casefold()
    if folded not in choices:
        raise UsageError("bad_choice", option=option, value=value, choices=" | ".join(choices))
    return folded


def read_paper(value: str) -> PaperSize:
    """Read a size of paper."""
    return "a3" if read_choice("--paper", value, ("a4", "a3")) == "a3" else "a4"


def read_count(option: str, value: str) -> int:
    """Read a whole number from 1."""
    folded = unicodedata.normalize("NFKC", value).strip()
    if not (folded.isascii() and folded.isdigit() and int(folded[:18]) > 0):
        raise UsageError("bad_count", option=option, value=value)
    return int(folded[:18])


def read_engine(value: str) -> str:
    """Read what is to read logs; a Spark master without a port has the usual one.

    Examples
    --------
    >>> read_engine("DuckDB"), read_engine("spark://node1"), read_engine("spark://10.0.0.1:7078")
    ('duckdb', 'spark://node1:7077', 'spark://10.0.0.1:7078')
    """
    folded = value.strip()
    if folded.casefold() in {"duckdb", "spark"}:
        return folded.casefold()
    master = _MASTER.fullmatch(folded)
    if master is None:
        raise UsageError("bad_engine", value=value)
    return f"spark://{master[1]}:{master[2] or _MASTER_PORT}"


def read_folder(option: str, value: str | None) -> Path | None:
    """Check that a folder is there."""
    if value is None:
        return None
    folder = Path(value)
    if not folder.is_dir():
        raise UsageError("no_such_folder", option=option, path=value)
    return folder


def read_encoding(value: str | None) -> str | None:
    """Check that an encoding is one Python knows, and one of text."""
    if value is None:
        return None
    try:
        codecs.lookup(value)
        "a".encode(value)
    except (LookupError, ValueError):
        raise UsageError("bad_encoding", value=value) from None
    return value


def read_side(value: str | None) -> str | None:
    """Read which side 甲方 is."""
    return None if value is None else read_choice("--party-a", value, ("upstream", "downstream"))


def read_zone(value: str | None) -> str | None:
    """Check that a time zone is on record in the tz database."""
    if value is None:
        return None
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError("unknown_timezone", timezone=value) from None
    return value
