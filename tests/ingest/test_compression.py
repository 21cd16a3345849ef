"""Compressed tables: read through, told by their first bytes, whole or not at all."""

import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pytest

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.compression import (
    BrokenArchiveError,
    open_bytes,
    reading_error,
    tell_compression,
)
from tracer.ingest.digests import digest_file
from tracer.ingest.reading import OpenSheet, RawRow, open_file

Kind = Literal["gzip", "zstd"]
KINDS: list[Kind] = ["gzip", "zstd"]
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"]
HEADER = ("发送时间", "源号码", "上游", "下游")
ROWS = [
    RawRow(place, ("2023-07-05 10:00:00", f"10687415{place:05}", "甲通信", "乙科技（北京）"))
    for place in range(2, 3002)
]
PLAIN = FileSettings()


def pack(content: bytes, kind: Kind) -> bytes:
    if kind == "gzip":
        return gzip.compress(content, mtime=0)
    packed: bytes = pa.compress(content, "zstd", asbytes=True)
    return packed


def table(encoding: str) -> bytes:
    lines = [",".join(HEADER), *(",".join(row.cells) for row in ROWS)]
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    return (mark + "\n".join(lines) + "\n").encode(encoding)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[bytes], Path]:
    def write_it(content: bytes) -> Path:
        file = tmp_path / "log.csv"  # the name says nothing of how it is packed
        file.write_bytes(content)
        return file

    return write_it


def read_all(file: Path) -> OpenSheet:
    (sheet,) = open_file(file, "log.csv", PLAIN)
    assert list(sheet.rows())
    return sheet


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_packed_table_is_read_as_the_plain_one(
    kind: Kind, encoding: str, write: Callable[[bytes], Path]
) -> None:
    (plain,) = open_file(write(table(encoding)), "log.csv", PLAIN)
    packed = pack(table(encoding), kind)
    (sheet,) = open_file(write(packed), "log.csv", PLAIN)
    assert (sheet.encoding, sheet.delimiter) == (plain.encoding, ",")
    assert sheet.header == plain.header
    assert sheet.header is not None
    assert (sheet.header.table, sheet.header.printed) == ("routing", HEADER)
    assert list(sheet.rows()) == ROWS
    # what is on record is the file as it was handed over
    assert (sheet.sha256, sheet.size) == (hashlib.sha256(packed).hexdigest(), len(packed))
    assert sheet.sha256 != plain.sha256


@pytest.mark.parametrize("kind", KINDS)
def test_an_encoding_said_holds_for_what_is_packed(
    kind: Kind, write: Callable[[bytes], Path]
) -> None:
    file = write(pack(table("gb18030"), kind))
    (sheet,) = open_file(file, "log.csv", FileSettings(encoding="gbk"))
    assert sheet.encoding == "gbk"
    assert list(sheet.rows()) == ROWS


def test_members_of_one_gzip_follow_each_other(write: Callable[[bytes], Path]) -> None:
    content = table("utf-8")
    file = write(pack(content[:5000], "gzip") + pack(content[5000:], "gzip"))
    (sheet,) = open_file(file, "log.csv", PLAIN)
    assert list(sheet.rows()) == ROWS


@pytest.mark.parametrize("kind", KINDS)
def test_a_packed_log_is_read_by_a_profile(kind: Kind, tmp_path: Path) -> None:
    text = "submit_time,Msg_Id,Msg_src,Src_Id\n2307051203,m1,700001,10687415\n"
    file = tmp_path / "submit.csv"
    file.write_bytes(pack(text.encode("gb18030"), kind))
    settings = FileSettings(profile="cmpp2", reporter="甲通信")
    (sheet,) = open_file(file, "submit.csv", settings)
    assert [row.cells for row in sheet.rows() if isinstance(row, RawRow)] == [
        ("2307051203", "m1", "700001", "10687415")
    ]
    assert sheet.sha256 == digest_file(file).sha256


@pytest.mark.parametrize("cut", [0.0, 0.3, 0.9])
@pytest.mark.parametrize("kind", KINDS)
def test_a_packed_file_that_ends_too_early_is_one_line(
    kind: Kind, cut: float, write: Callable[[bytes], Path]
) -> None:
    packed = pack(table("utf-8"), kind)
    file = write(packed[: max(6, int(len(packed) * cut))])
    with pytest.raises(UsageError) as refused:
        read_all(file)
    assert refused.value.key == "broken_archive"
    for lang in ("zh", "en"):
        said = refused.value.message(lang)
        assert "log.csv" in said
        assert "\n" not in said


@pytest.mark.parametrize("kind", KINDS)
def test_a_packed_file_with_a_changed_byte_is_refused(
    kind: Kind, write: Callable[[bytes], Path]
) -> None:
    packed = bytearray(pack(table("utf-8"), kind))
    packed[len(packed) // 2] ^= 0xFF
    with pytest.raises(UsageError) as refused:
        read_all(write(bytes(packed)))
    assert refused.value.key == "broken_archive"


@pytest.mark.parametrize("kind", KINDS)
def test_bytes_come_in_any_portion(kind: Kind, write: Callable[[bytes], Path]) -> None:
    content = table("utf-8")
    with open_bytes(write(pack(content, kind))) as stream:
        assert stream.read(7) == content[:7]
        assert b"".join(iter(lambda: stream.read(1000), b"")) == content[7:]
    assert stream.closed


def test_a_plain_file_is_the_file(write: Callable[[bytes], Path]) -> None:
    with open_bytes(write(b"plain")) as stream:
        assert stream.read() == b"plain"
        assert stream.seek(0) == 0


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
        (b"PK\x03\x04", None),
        (b"\x1f", None),
        (b"", None),
    ],
)
def test_how_a_file_is_packed_is_told_by_its_first_bytes(head: bytes, kind: Kind | None) -> None:
    assert tell_compression(head) == kind


def test_a_disk_that_fails_is_not_a_broken_archive() -> None:
    assert reading_error("f", OSError(5, "Input/output error")).key == "unreadable_file"
    assert reading_error("f", BrokenArchiveError("x")).key == "broken_archive"
