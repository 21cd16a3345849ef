import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.ingest import lineplaces
from tracer.ingest.lineplaces import LinePlaces


@given(st.lists(st.binary(max_size=9).map(lambda line: line.replace(b"\n", b"")), max_size=30))
def test_every_line_is_found(lines: list[bytes]) -> None:
    text = b"".join(line + b"\n" for line in lines)
    for size in (1, 2, 3, 8, 1 << 16):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(lineplaces, "_SLICE", size)
            places = LinePlaces(text)
            spans = [places.span(number) for number in range(len(places))]
        assert [text[start:end] for start, end in spans] == lines


def test_a_line_longer_than_what_is_counted_at_a_time() -> None:
    text = b"a\n" + b"b" * (1 << 18) + b"\nc\n"
    places = LinePlaces(bytearray(text))
    assert len(places) == 3
    assert places.span(1) == (2, 2 + (1 << 18))
    assert places.span(2) == (len(text) - 2, len(text) - 1)
