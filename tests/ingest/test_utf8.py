import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.ingest import utf8
from tracer.ingest.utf8 import is_utf8, is_utf8_stream

BAD = [
    b"\xff",
    b"\xc0\x80",  # a NUL, too long
    b"\xed\xa0\x80",  # half of a pair
    b"\xf5\x80\x80\x80",  # beyond the last character
    "号".encode()[:2],
    "号".encode("gb18030"),
]


@pytest.fixture(autouse=True, params=[1, 1 << 16], ids=["arrow", "python"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(utf8, "_FEW", request.param)


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize(("before", "after"), [(b"", b""), ("源".encode(), "号\n".encode())])
def test_what_is_not_utf8(bad: bytes, before: bytes, after: bytes) -> None:
    content = before + bad + after
    assert not is_utf8(content)
    assert not is_utf8_stream(io.BytesIO(content))
    assert is_utf8(before + after)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7])
def test_characters_that_two_chunks_share(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(utf8, "_CHUNK", size)
    content = "a源é号𠮷\n".encode()
    assert is_utf8_stream(io.BytesIO(content))
    assert not is_utf8_stream(io.BytesIO(content[:-2]))
    assert not is_utf8_stream(io.BytesIO(b"\xb7" + content))


@given(st.lists(st.one_of(st.text(max_size=5).map(str.encode), st.binary(max_size=5)), max_size=6))
def test_it_agrees_with_decoding(pieces: list[bytes]) -> None:
    content = b"".join(pieces)
    try:
        content.decode()
        expected = True
    except UnicodeDecodeError:
        expected = False
    assert is_utf8(content) == is_utf8_stream(io.BytesIO(content)) == expected
