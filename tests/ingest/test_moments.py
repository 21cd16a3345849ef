from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracer.ingest.moments import iso_time, parse_moment, split_seconds
from tracer.ingest.values import CellError

# Times of a log are local and carry no zone.
MOMENTS = st.datetimes(datetime(1960, 1, 1), datetime(2099, 1, 1))  # noqa: DTZ001
JUMP = datetime(1972, 1, 7, 0, 44, 45)  # noqa: DTZ001
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


def read(text: str, zone: ZoneInfo = SHANGHAI) -> tuple[str, str | None]:
    moment = parse_moment(text, zone)
    return date.fromordinal(moment.day).isoformat(), iso_time(moment.at)


@pytest.mark.parametrize(
    "text",
    [
        "2023-07-01",
        "2023/7/1",
        "2023.7.1",
        "20230701",
        "2023年7月1日",
        " 2023年07月01日 ",
        "２０２３－０７－０１",
    ],
)
def test_a_day_alone_counts_as_that_day_without_a_time(text: str) -> None:
    assert read(text) == ("2023-07-01", None)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2023-07-01 12:30", "2023-07-01T12:30:00"),
        ("2023-07-01 12:30:05", "2023-07-01T12:30:05"),
        ("2023-07-01 12:30:05.250", "2023-07-01T12:30:05.250000"),
        ("2023-07-01 12:30:05.123456789", "2023-07-01T12:30:05.123456"),
        ("2023-07-01T12:30:05", "2023-07-01T12:30:05"),
        ("2023/7/1 9:05", "2023-07-01T09:05:00"),
        ("2023.07.01  09:05:59", "2023-07-01T09:05:59"),
        ("2023年7月1日 12:30", "2023-07-01T12:30:00"),
        ("2023年7月1日12:30:05", "2023-07-01T12:30:05"),
        ("2023年7月1日 9时5分3秒", "2023-07-01T09:05:03"),
        ("２０２３-７-１ １２：３０", "2023-07-01T12:30:00"),
        ("20230701123005", "2023-07-01T12:30:05"),
        ("20230701123005123", "2023-07-01T12:30:05.123000"),
        ("20230701 12:30:05", "2023-07-01T12:30:05"),
        ("20230701T123005", "2023-07-01T12:30:05"),
        ("2307011230", "2023-07-01T12:30:00"),
    ],
)
def test_local_times(text: str, at: str) -> None:
    assert read(text) == ("2023-07-01", at)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2023-07-01T20:30:00Z", "2023-07-02T04:30:00"),
        ("2023-07-01 20:30 UTC", "2023-07-02T04:30:00"),
        ("2023-07-01 20:30:00+08:00", "2023-07-01T20:30:00"),
        ("2023-07-01 20:30:00 +0000", "2023-07-02T04:30:00"),
        ("2023-07-01T20:30:00.5-05:30", "2023-07-02T10:00:00.500000"),
        ("2023-07-01T02:00:00+14", "2023-06-30T20:00:00"),
        ("20230701203000Z", "2023-07-02T04:30:00"),
    ],
)
def test_texts_with_a_zone_are_converted(text: str, at: str) -> None:
    assert read(text) == (at[:10], at)


@pytest.mark.parametrize(
    "text", ["2023-07-01 24:00", "2023-07-01 24:00:00", "2307012400", "20230701240000"]
)
def test_24_00_is_the_next_days_midnight(text: str) -> None:
    assert read(text) == ("2023-07-02", "2023-07-02T00:00:00")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "blank"),
        (" \t", "blank"),
        ("昨天", "bad_time"),
        ("20230-07-01", "bad_time"),
        ("2023-07-01 foo", "bad_time"),
        ("2023-07/01", "bad_time"),
        ("202307011230", "bad_time"),
        ("1607051203", "ambiguous_time"),
        ("1712312359", "ambiguous_time"),
        ("1688522400", "no_such_time"),
        ("2023-07-01 1:2", "bad_time"),
        ("2023-07-01 123005", "bad_time"),
        ("2023-07-01.5", "bad_time"),
        ("2023-07-01 12:30.5", "bad_time"),
        ("2023-06-31", "no_such_time"),
        ("2023-13-01 00:00:00", "no_such_time"),
        ("2023-07-01 24:00:01", "no_such_time"),
        ("2023-07-01 12:60", "no_such_time"),
        ("2023-07-01 23:59:60", "no_such_time"),
        ("1688169600", "no_such_time"),
        ("0203-07-01", "no_such_time"),
        ("2023-07-01T12:30:00+08:75", "no_such_time"),
        ("2023-07-01T12:30:00+99:00", "no_such_time"),
    ],
)
def test_what_is_no_time_says_why(text: str, reason: str) -> None:
    with pytest.raises(CellError) as caught:
        parse_moment(text, SHANGHAI)
    assert (caught.value.reason, caught.value.text) == (reason, text)


def test_the_day_follows_the_zone_of_the_case() -> None:
    assert read("2023-07-01T22:30:00Z", BERLIN)[0] == "2023-07-02"
    assert read("2023-12-31T22:30:00Z", BERLIN)[0] == "2023-12-31"


def test_a_minute_in_which_a_clock_jumps_is_not_steady() -> None:
    monrovia = ZoneInfo("Africa/Monrovia")  # at 1972-01-07 00:44:30 UTC: from -00:44:30 to 0
    assert not parse_moment("1972-01-07T00:44:00+00:00", monrovia).steady
    assert parse_moment("1972-01-07T00:45:00+00:00", monrovia).steady
    assert parse_moment("2023-07-01T20:30:00Z", SHANGHAI).steady


SHAPES = (
    "{0:%Y-%m-%d %H:%M:%S}",
    "{0:%Y/%m/%d %H:%M:%S}",
    "{0.year}/{0.month}/{0.day} {0.hour}:{0:%M}",
    "{0.year}.{0.month}.{0.day} {0.hour}:{0:%M:%S}",
    "{0.year}年{0.month}月{0.day}日 {0:%H:%M:%S}",
    "{0:%Y-%m-%dT%H:%M:%S}.{0:%f}",
    "{0:%Y-%m-%dT%H:%M:%S}+08:00",
    "{0:%Y-%m-%d %H:%M:%S}.{0:%f} -0330",
    "{0:%Y-%m-%dT%H:%M:%S}Z",
    "{0:%Y%m%d%H%M%S}",
    "{0:%Y%m%d%H%M%S}123",
    "{0:%Y-%m-%d}",
    "{0:%y%m%d%H%M}",
    "{0:%Y-%m-%d} 24:00:{0:%S}",
    "{0:%Y-%m-%d} 12:30 +{0:%H:%M:%S}",
    "寄出 {0:%H:%M:%S}",
    "{0:%Y-%m-%d %H:%M}:6{0.day}",
)


@given(
    moments=st.lists(
        st.tuples(MOMENTS, st.sampled_from(SHAPES)),
        min_size=1,
    ),
    zone=st.sampled_from([SHANGHAI, BERLIN, ZoneInfo("Africa/Monrovia")]),
)
@example(
    moments=[(JUMP, "{0:%Y-%m-%dT%H:%M:%S}Z")],
    zone=ZoneInfo("Africa/Monrovia"),
)
def test_a_split_time_reads_as_the_whole_one(
    moments: list[tuple[datetime, str]], zone: ZoneInfo
) -> None:
    texts = [shape.format(moment) for moment, shape in moments]
    heads, past, split = (column.to_pylist() for column in split_seconds(pa.array(texts)))
    for text, head, more, is_split in zip(texts, heads, past, split, strict=True):
        if not is_split:
            assert (head, more) == (text, 0)
            continue
        try:
            begun = parse_moment(head, zone)
        except CellError:
            continue  # read again as a whole
        if begun.steady:
            assert begun.at is not None
            whole = parse_moment(text, zone)
            assert (whole.day, whole.at) == (begun.day, begun.at + more)


@given(MOMENTS)
def test_what_is_written_is_read(moment: datetime) -> None:
    at = parse_moment(moment.isoformat(sep=" "), SHANGHAI).at
    assert at is not None
    assert EPOCH + timedelta(microseconds=at) == moment
    assert iso_time(at) == moment.isoformat()


def test_seconds_come_off_the_common_shapes() -> None:
    texts = ["2023-07-01 12:30:05", "2023-07-01T12:30:59.5Z", "20230701123001", "x"]
    heads, past, split = split_seconds(pa.array(texts))
    assert heads.to_pylist() == [
        "2023-07-01 12:30:00",
        "2023-07-01T12:30:00Z",
        "20230701123000",
        "x",
    ]
    assert past.to_pylist() == [5_000_000, 59_500_000, 1_000_000, 0]
    assert split.to_pylist() == [True, True, True, False]
    assert split_seconds(pa.array([], pa.string()))[0].to_pylist() == []
