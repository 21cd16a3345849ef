"""Times of a log: one text to local day and time, and whole columns split so that few remain.

A log of sixty days has five million different seconds but only 86,400 different minutes.
`split_seconds` takes the seconds off the common shapes, column by column; the minutes that are
left go through `parse_moment` once each.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from tracer.ingest.values import CellError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["DAY_MICROS", "Moment", "iso_time", "parse_moment", "split_seconds"]

DAY_MICROS = 86_400_000_000
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - local times are counted from it, as from a mark
_EPOCH_DAY = _EPOCH.toordinal()
_MICRO = timedelta(microseconds=1)
_YEARS = range(1900, 2101)
_ALMOST_A_MINUTE = timedelta(seconds=59, microseconds=999_999)

_DATE = re.compile(
    r"(?P<y>\d{4})(?:(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?=[ T]|$)"
    r"|年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日|(?P<m3>\d{2})(?P<d3>\d{2})(?=[ T]|$))",
    re.ASCII,
)
_ZONE = r"(?P<zone>Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?"
_CLOCK = re.compile(
    r"[ T]*(?:(?P<h>\d{1,2})"
    r"(?::(?P<m>\d{2})(?::(?P<s>\d{2}))?|时(?P<m2>\d{1,2})分(?:(?P<s2>\d{1,2})秒)?)"
    r"|(?P<h3>\d{2})(?P<m3>\d{2})(?P<s3>\d{2})?)"
    rf"(?:[.](?P<f>\d{{1,9}}))? ?{_ZONE}$",
    re.ASCII,
)
_DIGITS = re.compile(rf"(?P<digits>\d{{14}})(?:[.]?(?P<f>\d{{1,9}}))? ?{_ZONE}$", re.ASCII)
_CMPP = re.compile(r"\d{10}$", re.ASCII)

_EPOCH_BEFORE: Final = 1_800_000_000
"""Ten digits below it may count the seconds since 1970 as well as write YYMMDDHHMM."""

_MINUTE = r"(?:.*\D(?:[01]?\d|2[0-3]):[0-5]\d:|\d{8}(?:[01]\d|2[0-3])[0-5]\d)"
_PLAIN_SECONDS = r"(?:\D(?:[01]?\d|2[0-3]):[0-5]\d:|^\d{8}(?:[01]\d|2[0-3])[0-5]\d)[0-5]\d$"
_LONG_SECONDS = (
    rf"^(?P<head>{_MINUTE})(?P<second>[0-5]\d)"
    r"(?P<fraction>[.]\d{1,9})?(?P<zone> ?(?:Z|[+-]\d\d:?\d\d))?$"
)
_MIGHT_BE_LONG = r"\d:?[0-5]\d:?[0-5]\d(?:[.]\d{1,9})?(?: ?(?:Z|[+-]\d\d:?\d\d))?$"


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of the log, local in the case's zone.

    Parameters
    ----------
    day : int
        Ordinal of the calendar day.
    at : int or None
        Microseconds since 1970-01-01, local; None where the text names only the day.
    steady : bool
        Whether adding seconds to the text adds them to `at` (False where the zone's clock jumps
        within this minute).
    """

    day: int
    at: int | None
    steady: bool = True


def parse_moment(text: str, zone: ZoneInfo) -> Moment:
    """Read the time of one log row.

    Parameters
    ----------
    text : str
        `2023-07-01`, with `/` or `.`, `2023年7月1日`, `20230701`; after it a time of day
        (`12:30`, `12:30:05.250`, `12时30分`) and perhaps a zone; or `YYYYMMDDhhmmss`, or CMPP's
        `YYMMDDHHMM`. 24:00 is the next day's midnight.
    zone : zoneinfo.ZoneInfo
        Zone of texts that name none, and of the answer.

    Raises
    ------
    CellError
        `blank`, `scientific`, `bad_time` (no such form), `no_such_time` (31 June, 25:00) or
        `ambiguous_time` (ten digits that are a time both as YYMMDDHHMM and as epoch seconds).

    Examples
    --------
    >>> shanghai = ZoneInfo("Asia/Shanghai")
    >>> iso_time(parse_moment("2023年7月1日 24:00", shanghai).at)
    '2023-07-02T00:00:00'
    >>> iso_time(parse_moment("2023-07-01T20:30:00Z", shanghai).at)
    '2023-07-02T04:30:00'
    """
    folded = " ".join(unicodedata.normalize("NFKC", text).split())
    if not folded:
        raise CellError("blank", text)
    is_ambiguous = False
    if _CMPP.match(folded):
        is_ambiguous = int(folded) < _EPOCH_BEFORE
        folded = f"20{folded}00"
    try:
        moment = _read(folded, zone) or _refuse("bad_time", text)
    except (ValueError, OverflowError) as error:
        if isinstance(error, CellError):
            raise
        raise CellError("no_such_time", text) from error
    # a guess between the two would put traffic on a wrong day
    return _refuse("ambiguous_time", text) if is_ambiguous else moment


def iso_time(at: int | None) -> str | None:
    """Write a local time as ISO 8601, without zone.

    Examples
    --------
    >>> iso_time(1_500_000), iso_time(None)
    ('1970-01-01T00:00:01.500000', None)
    """
    return None if at is None else (_EPOCH + timedelta(microseconds=at)).isoformat()


def split_seconds(texts: "pa.Array") -> "tuple[pa.Array, pa.Array, pa.Array]":
    """Take the seconds off a column of times.

    Parameters
    ----------
    texts : pyarrow.Array of string
        Times as written, trimmed.

    Returns
    -------
    heads : pyarrow.Array of string
        The text with its seconds put to `00` and its fraction dropped, where it has a common
        shape; the text itself elsewhere.
    past : pyarrow.Array of int64
        Microseconds to add to the head.
    split : pyarrow.Array of bool
        Where seconds were taken off.

    Examples
    --------
    >>> import pyarrow as pa
    >>> heads, past, _ = split_seconds(pa.array(["2023-07-01 12:30:05", "2023/7/1"]))
    >>> heads.to_pylist(), past.to_pylist()
    (['2023-07-01 12:30:00', '2023/7/1'], [5000000, 0])
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    plain = pc.match_substring_regex(texts, _PLAIN_SECONDS)
    is_uniform = pc.all(plain).as_py()
    seconds, heads = pc.utf8_slice_codeunits(texts, -2), pc.utf8_slice_codeunits(texts, 0, -2)
    heads = pc.binary_join_element_wise(heads, "00", "")
    if not is_uniform:
        seconds, heads = pc.if_else(plain, seconds, "0"), pc.if_else(plain, heads, texts)
    past = pc.multiply(pc.cast(seconds, pa.int64()), 1_000_000)
    if is_uniform:
        return heads, past, plain
    rest = pc.and_(pc.invert(plain), pc.match_substring_regex(texts, _MIGHT_BE_LONG))
    if pc.any(rest).as_py():
        heads, past, plain = _split_long(texts, heads, past, plain)
    return heads, past, plain


def _split_long(texts: Any, heads: Any, past: Any, split: Any) -> "tuple[Any, Any, Any]":
    """Split the texts that carry a fraction or a zone after their seconds."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pc.extract_regex(texts, _LONG_SECONDS)
    is_long = pc.and_(pc.is_valid(found), pc.invert(split))
    parts = {
        name: pc.fill_null(pc.struct_field(found, name), "")
        for name in ("head", "second", "fraction", "zone")
    }
    head = pc.binary_join_element_wise(parts["head"], "00", parts["zone"], "")
    second = pc.if_else(is_long, parts["second"], "0")
    digits = pc.utf8_slice_codeunits(pc.utf8_rpad(parts["fraction"], 7, "0"), 1, 7)
    micros = pc.add(
        pc.multiply(pc.cast(second, pa.int64()), 1_000_000),
        pc.cast(pc.if_else(is_long, digits, "0"), pa.int64()),
    )
    return (
        pc.if_else(is_long, head, heads),
        pc.if_else(is_long, micros, past),
        pc.or_(split, is_long),
    )


def _refuse(reason: str, text: str) -> Moment:
    raise CellError(reason, text)


def _read(folded: str, zone: ZoneInfo) -> Moment | None:
    if match := _DIGITS.match(folded):
        digits = match["digits"]
        day = _day(digits[:4], digits[4:6], digits[6:8])
        return _moment(
            day, (digits[8:10], digits[10:12], digits[12:]), match["f"], match["zone"], zone
        )
    match = _DATE.match(folded)
    if match is None:
        return None
    rest = folded[match.end() :]
    clock = _CLOCK.match(rest) if rest else None
    if rest and (clock is None or (clock["h3"] and not match["m3"])):
        return None
    day = _day(
        match["y"],
        match["m"] or match["m2"] or match["m3"],
        match["d"] or match["d2"] or match["d3"],
    )
    if clock is None:
        return Moment(day, None)
    hour = clock["h"] or clock["h3"]
    minute = clock["m"] or clock["m2"] or clock["m3"]
    second = clock["s"] or clock["s2"] or clock["s3"]
    if clock["f"] and not second:
        return None
    return _moment(day, (hour, minute, second or "0"), clock["f"], clock["zone"], zone)


def _day(year: str, month: str, day: str) -> int:
    if int(year) not in _YEARS:
        raise ValueError(year)
    return date(int(year), int(month), int(day)).toordinal()


def _moment(
    day: int,
    clock: tuple[str, str, str],
    fraction: str | None,
    offset: str | None,
    zone: ZoneInfo,
) -> Moment:
    hour, minute, second = map(int, clock)
    micro = int((fraction or "").ljust(6, "0")[:6])
    ends_day = hour == 24 and minute == second == micro == 0
    if not ends_day and (hour > 23 or minute > 59 or second > 59):
        raise ValueError(clock)
    at = (day - _EPOCH_DAY) * DAY_MICROS + (hour * 3600 + minute * 60 + second) * 1_000_000 + micro
    if offset is None:
        return Moment(_day_of(at), at)
    instant = (_EPOCH + timedelta(microseconds=at)).replace(tzinfo=_offset(offset))
    local = _local(instant, zone)
    steady = _local(instant + _ALMOST_A_MINUTE, zone) - local == _ALMOST_A_MINUTE // _MICRO
    return Moment(_day_of(local), local, steady)


def _day_of(at: int) -> int:
    return _EPOCH_DAY + at // DAY_MICROS


def _local(instant: datetime, zone: ZoneInfo) -> int:
    return (instant.astimezone(zone).replace(tzinfo=None) - _EPOCH) // _MICRO


def _offset(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    if int(digits[2:]) > 59:
        raise ValueError(text)
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-shift if text[0] == "-" else shift)
