from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tracer.errors import UsageError
from tracer.ingest.traffic import LaneSettings, LogLane

from .traffic_logs import (
    HEADER,
    MASKER,
    ROW,
    Cells,
    Read,
    open_sheet,
    read_rows,
    rows_of,
    write_csv,
)


@pytest.fixture
def lane() -> Iterator[LogLane]:
    with LogLane((), LaneSettings(), MASKER) as opened:
        yield opened


def test_a_result_is_walked_again_and_again_until_the_lane_reads_on(
    tmp_path: Path, lane: LogLane
) -> None:
    sheet = open_sheet(write_csv(tmp_path / "log.csv", [HEADER, ROW, ROW[:2]]))
    result = lane.read(sheet, sheet.settings)
    assert rows_of(result.totals) == rows_of(result.totals) != []
    assert list(result.rejected) == list(result.rejected) != []
    lane.read(sheet, sheet.settings)
    with pytest.raises(RuntimeError):
        list(result.totals)
    lane.close()
    with pytest.raises(RuntimeError):
        list(result.rejected)


def test_a_log_without_rows(tmp_path: Path) -> None:
    read = read_rows(tmp_path, HEADER)
    assert (read.rows, read.rejected, read.result.read, read.result.duplicates) == ([], [], 0, 0)


def test_only_routing_is_read(tmp_path: Path, lane: LogLane) -> None:
    sheet = open_sheet(write_csv(tmp_path / "log.csv", [HEADER, ROW]))
    with pytest.raises(ValueError, match=r"log\.csv"):
        lane.read(replace(sheet, header=None), sheet.settings)


def test_a_file_that_is_gone_is_said_and_forgotten(tmp_path: Path, lane: LogLane) -> None:
    file = write_csv(tmp_path / "log.csv", [(*HEADER, "消息ID"), (*ROW, "a1")])
    sheet = open_sheet(file)
    content = file.read_bytes()
    file.unlink()
    with pytest.raises(UsageError) as caught:
        lane.read(sheet, sheet.settings)
    assert caught.value.values["path"] == "log.csv"
    file.write_bytes(content)
    assert Read(lane.read(sheet, sheet.settings)).result.duplicates == 0


MESSY: list[Cells] = [
    (*HEADER, "扩展码", "消息ID", "短信内容"),
    (*ROW, "01", "a1", "一"),
    (*ROW, "01", "a1", "二"),
    ("2023/7/5 9:05", *ROW[1:], "", "", "三, 四"),
    ("2023-06-31", *ROW[1:], "", "", "五"),
    (*ROW[:2], "", *ROW[3:], "", "", "六"),
    ("合计", "", "", "", "", "", ""),
    (ROW[0], "1.07E+14", *ROW[2:], "", "", "七"),
]


def outcome(read: Read, row_shift: int = 0) -> tuple[object, ...]:
    rows = [
        replace(row, first_row=row.first_row + row_shift, last_row=row.last_row + row_shift)
        for row in read.rows
    ]
    rejects = [replace(item, row=item.row + row_shift) for item in read.rejected]
    return rows, rejects, read.result.read, read.result.duplicates


@pytest.fixture
def expected(tmp_path: Path, lane: LogLane) -> tuple[object, ...]:
    sheet = open_sheet(write_csv(tmp_path / "expected.csv", MESSY))
    found = outcome(Read(lane.read(sheet, sheet.settings)))
    lane.rollback()
    return found


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_encoding_gives_the_same(
    tmp_path: Path, lane: LogLane, expected: tuple[object, ...], encoding: str, ends: str
) -> None:
    sheet = open_sheet(write_csv(tmp_path / "log.csv", MESSY, encoding=encoding, ends=ends))
    assert outcome(Read(lane.read(sheet, sheet.settings))) == expected


def test_a_workbook_gives_the_same(
    tmp_path: Path, lane: LogLane, expected: tuple[object, ...]
) -> None:
    frame = pd.DataFrame([list(row) for row in MESSY])
    frame.to_excel(tmp_path / "log.xlsx", header=False, index=False)
    sheet = open_sheet(tmp_path / "log.xlsx")
    assert outcome(Read(lane.read(sheet, sheet.settings))) == expected


def test_parquet_gives_the_same(
    tmp_path: Path, lane: LogLane, expected: tuple[object, ...]
) -> None:
    columns = [pa.array(column) for column in zip(*MESSY[1:], strict=True)]
    pq.write_table(pa.Table.from_arrays(columns, names=list(MESSY[0])), tmp_path / "log.parquet")
    sheet = open_sheet(tmp_path / "log.parquet")
    assert outcome(Read(lane.read(sheet, sheet.settings)), row_shift=1) == expected


def test_a_record_of_several_lines_keeps_physical_rows(
    tmp_path: Path, lane: LogLane, expected: tuple[object, ...]
) -> None:
    rows = [*MESSY[:2], [*MESSY[2][:-1], "二\n\n二"], *MESSY[3:]]
    sheet = open_sheet(write_csv(tmp_path / "log.csv", rows))
    read = Read(lane.read(sheet, sheet.settings))
    assert [row.first_row for row in read.rows] == [6, 2]
    assert [item.row for item in read.rejected] == [7, 8, 9, 10]
    assert read.result.duplicates == 1
