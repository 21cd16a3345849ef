import datetime as dt
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tracer.errors import UsageError
from tracer.ingest.parquetblocks import is_columnar, parquet_column, read_parquet_blocks
from tracer.ingest.traffic import LaneSettings, LogLane
from tracer.ingest.workbooks import parquet_text

from .traffic_logs import HEADER, MASKER, ROW, Read, open_sheet, write_csv

NOON = dt.datetime(2023, 7, 1, 12, 0, 5)  # noqa: DTZ001 - without a zone is what is tested
TIMES = [
    NOON,
    None,
    NOON.replace(hour=0, second=0),
    NOON.replace(microsecond=5),
    NOON.replace(year=1850),
]

COLUMNS = [
    *(pa.array(TIMES, pa.timestamp(unit)) for unit in ("us", "ns")),
    *(pa.array([NOON, None, NOON], pa.timestamp(unit)) for unit in ("s", "ms")),
    pa.array([NOON, None], pa.timestamp("us", "Asia/Shanghai")),
    pa.array([1.0, 2.5, None, float("nan"), -0.0, 1e20]),
    pa.array([1.5, None], pa.float32()),
    pa.array([1, None, 10**17, 1]),
    pa.array([1, None, 255], pa.uint8()),
    pa.array([True, None, False]),
    pa.array([b"a\xff", None, "甲".encode()]),
    pa.array(["甲", None, ""]),
    pa.array(["甲\0公司", None, "乙"]),
    pa.array(["甲\0公司", None]).dictionary_encode(),
    pa.array(["甲", None, "乙"], pa.large_string()),
    pa.array(["甲", None, "甲"]).dictionary_encode(),
    pa.array([Decimal("1.50"), None]),
    pa.array([dt.date(2023, 7, 1), None]),
    pa.array([dt.time(1, 2, 3), None]),
    pa.array([[1], None]),
    pa.array([None, None]),
]


@pytest.mark.parametrize("column", COLUMNS, ids=[str(column.type) for column in COLUMNS])
def test_columns_are_written_as_the_row_reader_writes_cells(column: pa.Array) -> None:
    for part in (column, column.slice(1), column.slice(0, 0)):
        written = parquet_column(part)
        assert written.to_pylist() == [parquet_text(value) for value in part.to_pylist()]
        assert written.null_count == 0


def write(file: Path, columns: dict[str, pa.Array]) -> Path:
    pq.write_table(pa.table(columns), file, row_group_size=2)
    return file


def typed(**more: pa.Array) -> dict[str, pa.Array]:
    return {
        "发送时间": pa.array([NOON, None, NOON, NOON], pa.timestamp("us")),
        "源号码": pa.array([10687415, None, 10687415, 12]),
        "上游": pa.array(["甲公司", None, "甲公司", "甲公司"]).dictionary_encode(),
        "下游": pa.array(["乙公司", " ", "乙公司", "乙公司"]),
        **more,
    }


def test_typed_columns_blank_rows_and_raw_texts(tmp_path: Path) -> None:
    sheet = open_sheet(write(tmp_path / "log.parquet", typed(备注=pa.array([1.0, None, 2.0, 3.5]))))
    assert sheet.header is not None
    assert is_columnar(sheet, sheet.header)
    with LogLane((), LaneSettings(), MASKER) as lane:
        read = Read(lane.read(sheet, sheet.settings))
    [row] = read.rows
    assert (row.rows, row.first_row, row.last_row, row.number) == (2, 1, 3, "10687415")
    assert row.first_at == "2023-07-01T12:00:05"
    [reject] = read.rejected
    assert (reject.row, reject.reason, reject.values["text"]) == (4, "digit_count", "12")
    assert reject.raw == "2023-07-01 12:00:05 | 12 | 甲公司 | 乙公司 | 〔3字〕"
    assert read.result.read == 3


def test_rows_are_numbered_over_blocks(tmp_path: Path) -> None:
    sheet = open_sheet(write(tmp_path / "log.parquet", typed()))
    assert sheet.header is not None
    blocks = list(read_parquet_blocks(sheet, sheet.header))
    assert [row for block in blocks for row in block.rows.tolist()] == [1, 3, 4]
    assert blocks[-1].bytes_read == sheet.size
    assert blocks[0].cells(0)[:2] == ("2023-07-01 12:00:05", "10687415")


def test_text_is_not_columnar(tmp_path: Path) -> None:
    sheet = open_sheet(write_csv(tmp_path / "log.csv", [HEADER, ROW]))
    assert sheet.header is not None
    assert not is_columnar(sheet, sheet.header)


def test_a_file_that_is_cut_off_is_said(tmp_path: Path) -> None:
    many = {name: pa.concat_arrays([column] * 2000) for name, column in typed().items()
            if name != "上游"} | {"上游": pa.array(["甲公司"] * 8000)}  # fmt: skip
    file = write(tmp_path / "log.parquet", many)
    sheet = open_sheet(file)
    content = bytearray(file.read_bytes())
    content[len(content) // 4 : len(content) // 2] = bytes(len(content) // 2 - len(content) // 4)
    file.write_bytes(content)
    with LogLane((), LaneSettings(), MASKER) as lane, pytest.raises(UsageError) as caught:
        Read(lane.read(sheet, sheet.settings))
    assert caught.value.key == "broken_parquet"
