"""Compressed logs loaded: as the plain ones, or not at all."""

import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from typer.testing import CliRunner

from tracer import Case, LoadOptions, NothingOnRecord
from tracer.cli.app import build_app

HEADER = "发送时间,源号码,上游,下游,消息ID"
Pack = Callable[[bytes], bytes]


def by_zstd(content: bytes) -> bytes:
    packed: bytes = pa.compress(content, "zstd", asbytes=True)
    return packed


PACKS: dict[str, Pack] = {"gzip": lambda content: gzip.compress(content, mtime=0), "zstd": by_zstd}


def log(encoding: str, rows: int = 5000) -> bytes:
    lines = [f"2023-07-05 10:00:00,10687415,甲通信,乙科技,{n}" for n in range(rows - 3)]
    lines += ["2023-07-05 10:00:00,10687415,甲通信,乙科技,0"]
    lines += [f"2023-07-05 10:00:00,10687415,甲通信,乙科技,{sign}" for sign in ("未知", "N/A")]
    return "\n".join([HEADER, *lines, ""]).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("pack", sorted(PACKS))
def test_a_packed_log_counts_as_the_plain_one(
    pack: str, encoding: str, case: Case, tmp_path: Path
) -> None:
    packed = PACKS[pack](log(encoding))
    file = tmp_path / "log.csv.gz"
    file.write_bytes(packed)
    (found,) = case.load([file]).files
    assert (found.rows, found.loaded, found.rejected, found.duplicates) == (5000, 4999, 0, 1)
    assert found.encoding == encoding
    assert found.sha256 == hashlib.sha256(packed).hexdigest()
    (hop,) = case.trace("10687415").hops
    assert hop.messages == 4999


@pytest.mark.parametrize("profile", [None, "cmpp2"])
@pytest.mark.parametrize("pack", sorted(PACKS))
def test_a_broken_archive_is_one_line_and_nothing_is_kept(
    pack: str, profile: str | None, case: Case, database: str, tmp_path: Path
) -> None:
    content = log("utf-8")
    if profile:
        content = content.replace("发送时间,源号码".encode(), b"submit_time,Src_Id", 1)
        content = content.replace("下游,消息ID".encode(), b"Msg_src,Msg_Id", 1)
    packed = PACKS[pack](content)
    file = tmp_path / "log.csv.gz"
    file.write_bytes(packed[: len(packed) * 4 // 5])
    good = tmp_path / "good.csv"
    good.write_text("名称\n甲通信\n", "utf-8")
    report = case.load([file], LoadOptions(profile=profile, reported_by="甲通信"))
    assert [fault.key for fault in report.unusable] == ["broken_archive"]
    assert report.files == ()
    assert report.delivery is None
    with pytest.raises(NothingOnRecord):
        case.trace("10687415")
    typed = ["--lang", "en", "--db", database, "load", str(file), str(good)]
    refused = CliRunner().invoke(build_app("en"), typed)
    assert refused.exit_code == 2
    if not profile:
        assert "damaged or cut off" in refused.stderr
    assert refused.stderr.strip().count("\n") == 0
    assert "good.csv" in refused.stdout
