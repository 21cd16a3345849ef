"""What tasks do and say, without Spark: they are plain functions."""

import pickle
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq
import pytest

from tracer.errors import UsageError
from tracer.ingest import spark_reading
from tracer.ingest.accountbook import AccountBook
from tracer.ingest.engines import SheetTask
from tracer.ingest.logfaults import shower
from tracer.ingest.reading import OpenSheet
from tracer.ingest.spark_files import PIECE_BITS, TABLES, PieceFiles, make_folders
from tracer.ingest.spark_ranges import cut_file
from tracer.ingest.spark_reading import PieceReader
from tracer.ingest.spark_tasks import PieceDone, SheetPlan, read_range

from .spark_logs import messy_rows
from .traffic_logs import HEADER, MASKER, ROW, open_sheet, write_csv

FULL = (*HEADER, "消息ID")


def task_of(sheet: OpenSheet) -> SheetTask:
    assert sheet.header is not None
    zone = ZoneInfo("Asia/Shanghai")
    show = shower(sheet.header, MASKER)
    return SheetTask(sheet, sheet.header, AccountBook([]), zone, None, MASKER, show)


def plan_of(sheet: OpenSheet, folder: Path) -> SheetPlan:
    task = task_of(sheet)
    make_folders(folder)
    columns = tuple(name for name in task.header.columns if name)
    return SheetPlan(
        folder, 1, sheet, columns, task.header, task.book, task.zone, None, MASKER, task.show, 100
    )


def column(folder: Path, table: str, name: str) -> list[Any]:
    found: list[Any] = []
    for file in sorted((folder / table).iterdir()):
        found += pq.read_table(file, partitioning=None)[name].to_pylist()
    return found


def test_ranges_leave_what_the_whole_file_says(tmp_path: Path) -> None:
    rows = [FULL, (*ROW, "a1"), (*ROW, ""), ROW[:2], ("x", *ROW[1:], "a2"), (*ROW, "a1")]
    sheet = open_sheet(write_csv(tmp_path / "log.csv", rows))
    plan = plan_of(sheet, tmp_path / "sheet")
    ranges = cut_file(sheet.file, "utf-8", skipped=1, span=60)
    assert len(ranges) > 2
    done = [read_range(plan, piece, part) for piece, part in enumerate(ranges, start=1)]
    assert [item.trouble for item in done] == [None] * len(ranges)
    assert sum(item.lines for item in done) == sum(item.read for item in done) == 5
    assert column(plan.folder, "raw", "message_id") == ["a1", None, "a2", "a1"]
    assert column(plan.folder, "unread", "reason") == ["wrong_width"]
    assert column(plan.folder, "faults", "reason") == ["bad_time"]
    [fault] = column(plan.folder, "faults", "fault")
    assert fault in column(plan.folder, "moments", "moment_fault")
    pieces = column(plan.folder, "raw", "piece")
    moments = column(plan.folder, "raw", "moment")
    assert [moment >> PIECE_BITS for moment in moments] == pieces


def test_a_task_that_runs_again_leaves_the_same(tmp_path: Path) -> None:
    sheet = open_sheet(write_csv(tmp_path / "log.csv", messy_rows(1, 20)))
    plan = plan_of(sheet, tmp_path / "sheet")
    [part] = cut_file(sheet.file, "utf-8", skipped=1, span=1 << 20)
    first = read_range(plan, 7, part)
    files = {file: file.read_bytes() for file in plan.folder.rglob("*.parquet")}
    assert read_range(plan, 7, part) == first
    assert {file: file.read_bytes() for file in plan.folder.rglob("*.parquet")} == files
    assert {file.name for file in plan.folder.rglob("*") if file.is_file()} == {"00000007.parquet"}


def test_a_piece_that_fails_leaves_nothing(tmp_path: Path) -> None:
    make_folders(tmp_path / "sheet")
    files = PieceFiles(tmp_path / "sheet", 1)
    files.add_texts([(2, "x", None)])
    files.abandon()
    assert [file for file in (tmp_path / "sheet").rglob("*") if file.is_file()] == []
    assert {folder.name for folder in (tmp_path / "sheet").iterdir()} == set(TABLES)


def test_what_a_worker_cannot_see_is_told(tmp_path: Path) -> None:
    sheet = open_sheet(write_csv(tmp_path / "log.csv", [FULL, (*ROW, "a1"), (*ROW, "a2")]))
    plan = plan_of(sheet, tmp_path / "sheet")
    [part] = cut_file(sheet.file, "utf-8", skipped=1, span=1 << 20)
    unseen = replace(plan, folder=tmp_path / "nowhere")
    assert read_range(unseen, 1, part).trouble == "unseen_scratch"
    write_csv(sheet.file, [FULL, (*ROW, "a1"), (*ROW, "a2"), (*ROW, "a3")])
    assert read_range(plan, 1, part).trouble == "other_file"
    sheet.file.unlink()
    done = read_range(plan, 1, part)
    assert (done.trouble, done.detail) == ("unseen_file", "No such file or directory")
    assert done.host


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ('"a\nb"', "utf-8"),
        ("a\rb", "gb18030"),
        ("\ufeffa", "utf-8"),
        ("\ufeffa", "utf-16-le"),
    ],
)
def test_a_range_that_must_be_read_line_by_line(
    tmp_path: Path, content: str, encoding: str
) -> None:
    sheet = open_sheet(write_csv(tmp_path / "log.csv", [FULL]))
    plan = plan_of(replace(sheet, encoding=encoding), tmp_path / "sheet")
    sheet.file.write_bytes(f"{','.join(FULL)}\n{content},1,2,3,4\n".encode(encoding))
    [part] = cut_file(sheet.file, encoding, skipped=1, span=1 << 20)
    assert read_range(plan, 1, part).trouble == "irregular"


@pytest.mark.parametrize(
    ("trouble", "is_cluster", "key"),
    [
        ("unseen_file", True, "spark_unseen_file"),
        ("unseen_file", False, "unreadable_file"),
        ("other_file", True, "spark_other_file"),
        ("unseen_scratch", True, "spark_unseen_scratch"),
    ],
)
def test_what_workers_say_becomes_one_line(
    tmp_path: Path, trouble: Any, is_cluster: bool, key: str
) -> None:
    host = cast("Any", SimpleNamespace(is_cluster=is_cluster))
    task = task_of(open_sheet(write_csv(tmp_path / "log.csv", [HEADER, ROW])))
    reader = PieceReader(host, tmp_path)
    with pytest.raises(UsageError) as caught:
        reader._refuse(PieceDone(1, trouble=trouble, host="w1", detail="no such file"), task)
    assert caught.value.key == key
    message = caught.value.message("en")
    assert "\n" not in message
    assert ("w1" in message) == is_cluster
    reader._refuse(PieceDone(1), task)


def test_files_that_do_not_show_are_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = open_sheet(write_csv(tmp_path / "log.csv", [FULL, (*ROW, "a1")]))
    plan = plan_of(sheet, tmp_path / "sheet")
    [part] = cut_file(sheet.file, "utf-8", skipped=1, span=1 << 20)
    done = read_range(plan, 1, part)
    reader = PieceReader(cast("Any", SimpleNamespace(is_cluster=True)), tmp_path)
    reader._await_files(plan, [done])
    monkeypatch.setattr(spark_reading, "_SHOW_SECONDS", 0)
    (plan.folder / "statuses" / "00000001.parquet").unlink()
    with pytest.raises(UsageError) as caught:
        reader._await_files(plan, [done])
    assert (caught.value.key, caught.value.values["host"]) == ("spark_unseen_scratch", done.host)


def test_answers_travel(tmp_path: Path) -> None:
    done = PieceDone(3, lines=4, read=2)
    assert pickle.loads(pickle.dumps(done)) == done
