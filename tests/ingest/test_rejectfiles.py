"""Rejected rows in a file of their own: whole, the same bytes each time, and checked."""

import errno
import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tracer.errors import UsageError
from tracer.ingest.rejectfiles import find_reject_fault, read_reject_file, write_reject_file
from tracer.messages import text
from tracer.model.diagnostic import Diagnostic, Note

SOURCE = "0123456789abcdef" * 4
TIME = Diagnostic(12, "发送时间", "未知 | 10687415 | 甲 | 乙", "bad_datetime", {"text": "未知"})
WIDTH = Diagnostic(15, None, "2023-07-05", "wrong_width", {"expected": 4, "found": 1})


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    folder = tmp_path / "case.db.rejects"
    written = write_reject_file(folder, SOURCE, 3, [TIME, WIDTH])
    file = folder / "0123456789abcdef-3.parquet"
    assert (written.name, written.rows) == (file.name, 2)
    assert written.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert written.size == file.stat().st_size
    assert list(read_reject_file(file)) == [TIME, WIDTH]
    assert find_reject_fault(folder, written) is None
    assert [each.name for each in folder.iterdir()] == [file.name]


def test_more_rows_than_one_group(tmp_path: Path) -> None:
    many = [replace(TIME, row=row) for row in range(2, 25_002)]
    written = write_reject_file(tmp_path, SOURCE, 0, iter(many))
    assert written.rows == len(many)
    assert list(read_reject_file(tmp_path / written.name)) == many


def test_equal_rows_give_equal_bytes_and_one_file(tmp_path: Path) -> None:
    first = write_reject_file(tmp_path / "a", SOURCE, 0, [TIME, WIDTH])
    assert write_reject_file(tmp_path / "b", SOURCE, 0, [TIME, WIDTH]) == first
    assert write_reject_file(tmp_path / "a", SOURCE, 0, [TIME, WIDTH]) == first
    assert len(list((tmp_path / "a").iterdir())) == 1


def test_other_rows_of_the_same_bytes_leave_the_first_file_alone(tmp_path: Path) -> None:
    """The same log, loaded once more with other settings after it was withdrawn."""
    first = write_reject_file(tmp_path, SOURCE, 0, [TIME])
    second = write_reject_file(tmp_path, SOURCE, 0, [WIDTH])
    assert second.name == "0123456789abcdef-0.2.parquet"
    assert find_reject_fault(tmp_path, first) is None
    assert list(read_reject_file(tmp_path / second.name)) == [WIDTH]
    assert write_reject_file(tmp_path, SOURCE, 0, [WIDTH]) == second


def test_a_file_moved_or_altered_is_named(tmp_path: Path) -> None:
    written = write_reject_file(tmp_path, SOURCE, 0, [TIME])
    file = tmp_path / written.name
    values: dict[str, str | int] = {"path": file.as_posix(), "digest": written.sha256, "rows": 1}
    file.write_bytes(file.read_bytes() + b" ")
    changed = find_reject_fault(tmp_path, written)
    assert changed == Note("rejects_file_changed", values)
    file.unlink()
    missing = find_reject_fault(tmp_path, written)
    assert missing == Note("rejects_file_missing", values)
    nowhere = find_reject_fault(None, written)
    assert nowhere == Note("rejects_file_missing", {**values, "path": written.name})
    for note in (changed, missing):
        for lang in ("zh", "en"):
            assert written.sha256 in text(f"note.{note.key}", lang, **note.values)


def test_a_fault_while_rows_come_leaves_nothing(tmp_path: Path) -> None:
    def rows() -> Iterator[Diagnostic]:
        yield TIME
        raise RuntimeError("the lane was closed")

    with pytest.raises(RuntimeError, match="closed"):
        write_reject_file(tmp_path, SOURCE, 0, rows())
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_in_one_line_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="No space left") as caught:
        write_reject_file(tmp_path / "rejects", SOURCE, 0, [TIME])
    assert (tmp_path / "rejects").as_posix() in str(caught.value)
    assert list((tmp_path / "rejects").iterdir()) == []
