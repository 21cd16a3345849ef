from zoneinfo import ZoneInfo

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tracer.ingest.moments import parse_moment
from tracer.ingest.plaintimes import plain_times, text_bytes
from tracer.ingest.values import CellError

ZONE = ZoneInfo("Europe/Berlin")

TEXTS = st.one_of(
    st.datetimes().map(lambda at: at.strftime("%Y-%m-%d %H:%M:%S")),
    st.from_regex(
        r"\A(?:19|2[01])[0-9]{2}[-/.][0-9]{2}[-/.][0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}\Z"
    ),
    st.text(st.sampled_from("0123456789-:/. T年"), min_size=17, max_size=21),
    st.sampled_from(["", "2023-03-26 02:30:00", "2023-07-01 24:00:00", "2023-07-01 10:00:60"]),
)


def said(text: str) -> tuple[int, int | None] | str:
    try:
        moment = parse_moment(text, ZONE)
    except CellError as error:
        return error.reason
    return moment.day, moment.at


@given(st.lists(TEXTS, max_size=30))
def test_what_is_plain_means_what_the_reader_of_cells_says(texts: list[str]) -> None:
    places, days, past = plain_times(pa.array(texts, pa.string()))
    for place, day, micros in zip(places.tolist(), days.tolist(), past.tolist(), strict=True):
        date = f"{day:08d}"
        midnight = said(f"{date[:4]}-{date[4:6]}-{date[6:]} 00:00:00")
        assert 0 <= micros < 86_400_000_000
        if isinstance(midnight, str):
            assert said(texts[place]) == midnight
        else:
            assert midnight[1] is not None
            assert said(texts[place]) == (midnight[0], midnight[1] + micros)


def test_common_forms_are_plain() -> None:
    texts = ["2023-07-01 10:00:05", "2023/07/01T23:59:59", "2023.07.01 00:00:00"]
    assert plain_times(pa.array(texts))[0].tolist() == [0, 1, 2]
    assert plain_times(pa.array([*texts, "2023-07-01"]).slice(1))[0].tolist() == [0, 1]


def test_other_forms_are_not() -> None:
    texts = [
        "2023-7-01 10:00:05",
        "2023-07/01 10:00:05",
        "2023-07-01_10:00:05",
        "2023-07-01 24:00:00",
        "2023-07-01 10:60:00",
        "2203-07-01 10:00:05",
        "1899-07-01 10:00:05"[:-1] + "x",
        "２023-07-01 10:00",
        "2023-07-01 10:00:5 ",
    ]
    assert len(plain_times(pa.array(texts))[0]) == 0
    assert len(plain_times(pa.array([], pa.string()))[0]) == 0


def test_bytes_of_a_slice() -> None:
    offsets, content = text_bytes(pa.array(["a", "甲", "c"]).slice(1))
    assert bytes(content[offsets[0] : offsets[1]]).decode() == "甲"
