from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tracer.ingest.traffic import LaneSettings, LogLane

from .traffic_logs import (
    HEADER,
    MASKER,
    ROW,
    Read,
    ReadLog,
    open_sheet,
    read_rows,
    with_column,
    write_csv,
)


@pytest.fixture
def read_log(tmp_path: Path) -> ReadLog:
    return partial(read_rows, tmp_path)


@pytest.fixture
def lane() -> Iterator[LogLane]:
    with LogLane((), LaneSettings(), MASKER) as opened:
        yield opened


IDS = (*HEADER, "消息ID", "日志提供方", "短信条数")


@pytest.mark.parametrize(
    ("change", "duplicates"),
    [
        ({}, 1),
        ({0: "2023/7/5 10:00"}, 1),
        ({0: "2023-07-05T02:00:00Z"}, 1),
        ({1: "１０６８７４１５"}, 1),
        ({3: "乙 公司"}, 1),
        ({4: " a1 "}, 1),
        ({6: "7"}, 1),
        ({0: "2023-07-05 10:00:01"}, 0),
        ({0: "2023-07-05"}, 0),
        ({1: "1068741501"}, 0),
        ({2: "丙公司"}, 0),
        ({3: "丁公司"}, 0),
        ({4: "a2"}, 0),
        ({4: "A1"}, 0),
        ({4: ""}, 0),
        ({5: "丙公司"}, 0),
    ],
)
def test_duplicates(read_log: ReadLog, change: dict[int, str], duplicates: int) -> None:
    row = [*ROW, "a1", "", "2"]
    other = [change.get(place, cell) for place, cell in enumerate(row)]
    read = read_log(IDS, row, other)
    assert read.result.duplicates == duplicates
    assert min(item.first_row for item in read.rows) == 2
    if duplicates:
        assert (read.row.messages, read.row.last_row) == (2, 2)


@pytest.mark.parametrize("blank", ["", " ", "-", "NULL", "无", "#N/A"])
def test_without_a_message_id_equal_rows_are_separate_messages(
    read_log: ReadLog, blank: str
) -> None:
    assert read_log(*with_column("消息ID", blank, blank)).row.messages == 2
    assert read_log(HEADER, ROW, ROW).row.messages == 2


def test_days_alone_repeat_days_alone(read_log: ReadLog) -> None:
    read = read_log((*HEADER, "消息ID"), ("2023-07-05", *ROW[1:], "1"), ("20230705", *ROW[1:], "1"))
    assert read.result.duplicates == 1


def test_a_rejected_row_is_no_original(read_log: ReadLog) -> None:
    header = (*HEADER, "消息ID", "短信条数")
    read = read_log(header, (*ROW, "a1", "0"), (*ROW, "a1", "1"), (*ROW, "a1", "1"))
    assert (read.result.duplicates, [row.first_row for row in read.rows]) == (1, [3])


def test_duplicates_across_the_files_of_one_load(tmp_path: Path, lane: LogLane) -> None:
    rows = [(*HEADER, "消息ID"), (*ROW, "a1"), (*ROW, "a2"), (*ROW, "")]
    first = open_sheet(write_csv(tmp_path / "1.csv", rows))
    second = open_sheet(write_csv(tmp_path / "2.csv", [rows[0], (*ROW, "a3"), *rows[1:]]))
    assert Read(lane.read(first, first.settings)).result.duplicates == 0
    lane.commit()
    read = Read(lane.read(second, second.settings))
    assert (read.result.duplicates, read.row.rows, read.row.first_row) == (2, 2, 2)


def test_what_was_rolled_back_is_forgotten(tmp_path: Path, lane: LogLane) -> None:
    rows = [(*HEADER, "消息ID"), (*ROW, "a1"), (*ROW, "a1")]
    sheet = open_sheet(write_csv(tmp_path / "log.csv", rows))
    result = lane.read(sheet, sheet.settings)
    lane.rollback()
    assert Read(result).result.duplicates == 1
    assert Read(lane.read(sheet, sheet.settings)).row.rows == 1
    assert Read(lane.read(sheet, sheet.settings)).result.duplicates == 2
    lane.commit()
    lane.rollback()
    assert Read(lane.read(sheet, sheet.settings)).result.duplicates == 2
