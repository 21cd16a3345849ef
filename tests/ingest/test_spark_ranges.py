import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tracer.ingest.spark_ranges import (
    FileRange,
    OtherFile,
    copy_range,
    cut_file,
    line_end,
    plain_codec,
)

TEXT = st.text(st.sampled_from("甲\n\r,ਊਁ\u0a00\u0100a"), max_size=60)


def copied(file: Path, part: FileRange, codec: str) -> tuple[bytes, int]:
    target = io.BytesIO()
    lines = copy_range(file, part, codec, target)
    return target.getvalue(), lines


@settings(max_examples=tries(200))
@given(
    text=TEXT,
    codec=st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be"]),
    skipped=st.integers(0, 3),
    span=st.integers(1, 40),
    cut_short=st.booleans(),
)
def test_ranges_are_the_file_cut_at_line_ends(
    tmp_path_factory: pytest.TempPathFactory,
    text: str,
    codec: str,
    skipped: int,
    span: int,
    cut_short: bool,
) -> None:
    """Also where a character holds the byte of a line end, and the last one is cut in two."""
    file = tmp_path_factory.mktemp("ranges") / "log"
    content = text.encode(codec)[: -1 if cut_short else None]
    file.write_bytes(content)
    pieces = [
        copied(file, part, codec) for part in cut_file(file, codec, skipped=skipped, span=span)
    ]
    whole = text.removesuffix(text[-1:]) if cut_short else text
    rest = b"".join(piece for piece, _ in pieces)
    lines = whole.split("\n")
    if len(lines) > skipped:
        assert rest[: len("\n".join(lines[skipped:]).encode(codec))] == "\n".join(
            lines[skipped:]
        ).encode(codec)
    assert content.endswith(rest)
    assert sum(count for _, count in pieces) == max(len(lines) - 1 - skipped, 0)
    end = line_end(codec)
    for piece, count in pieces[:-1]:
        assert piece.endswith(end)
        assert count == piece.decode(codec).count("\n") > 0


def test_a_line_longer_than_a_range_stays_whole(tmp_path: Path) -> None:
    file = tmp_path / "log"
    file.write_bytes(b"head\n" + b"x" * 200_000 + b"\nb\nc")
    ranges = cut_file(file, "utf-8", skipped=1, span=2)
    assert [(part.start, part.end) for part in ranges] == [
        (5, 200_006),
        (200_006, 200_008),
        (200_008, 200_009),
    ]
    assert [copied(file, part, "utf-8")[1] for part in ranges] == [1, 1, 0]


def test_nothing_below_the_header_is_no_range(tmp_path: Path) -> None:
    file = tmp_path / "log"
    file.write_bytes(b"head")
    assert cut_file(file, "utf-8", skipped=1, span=10) == []


@pytest.mark.parametrize("change", [b"head\naX\nb\n", b"head\na\nb\nc\n", b"head\nc\nb\n"])
def test_another_file_at_the_same_path_is_told(tmp_path: Path, change: bytes) -> None:
    file = tmp_path / "log"
    file.write_bytes(b"head\na\nb\n")
    [part] = cut_file(file, "utf-8", skipped=1, span=100)
    file.write_bytes(change)
    with pytest.raises(OtherFile):
        copied(file, part, "utf-8")


def test_a_file_that_became_shorter_while_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "log"
    file.write_bytes(b"a\nb\n")
    with pytest.raises(OtherFile):
        copied(file, FileRange(0, 6, 4, b"a\n"), "utf-8")


@pytest.mark.parametrize(
    ("encoding", "head", "codec"),
    [
        ("utf-8-sig", b"\xef\xbb\xbf", "utf-8"),
        ("UTF8", b"", "utf-8"),
        ("GBK", b"", "gbk"),
        ("utf-16", b"\xff\xfe", "utf-16-le"),
        ("utf-16", b"\xfe\xff", "utf-16-be"),
        ("utf-16-be", b"", "utf-16-be"),
    ],
)
def test_encodings_by_their_bytes(tmp_path: Path, encoding: str, head: bytes, codec: str) -> None:
    file = tmp_path / "log"
    file.write_bytes(head + b"ab")
    assert plain_codec(file, encoding) == codec
