"""Records of Parquet found by their number are those a reader of the whole file finds."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tracer.ingest.rawlines import NotByLines
from tracer.ingest.rawparquet import find_records

NUMBERS = ["10687415", "10690001", None, "106874150101", "", "10687415"]


def write(file: Path, numbers: Any, **options: Any) -> Path:
    columns = {"号码": numbers, "时间": pa.array(range(len(numbers)), pa.timestamp("s"))}
    pq.write_table(pa.table(columns), file, **options)
    return file


def rows(file: Path, needle: str, first: int = 1, last: int = 99, width: int = 2) -> list[int]:
    return [row.row for row in find_records(file, 0, needle, first, last, width=width)]


@pytest.mark.parametrize("group", [1, 2, 100])
def test_texts(tmp_path: Path, group: int) -> None:
    file = write(tmp_path / "x.parquet", pa.array(NUMBERS), row_group_size=group)
    assert rows(file, "10687415") == [1, 4, 6]
    assert rows(file, "10687415", first=2) == [4, 6]
    assert rows(file, "10687415", last=5) == [1, 4]
    assert rows(file, "999") == []
    (found,) = find_records(file, 0, "10690001", 1, 9, width=2)
    assert found.cells == ("10690001", "1970-01-01 00:00:01")


def test_whole_numbers_and_dictionaries(tmp_path: Path) -> None:
    whole = pa.array([10687415, None, 106874150101], pa.int64())
    assert rows(write(tmp_path / "a.parquet", whole), "10687415") == [1, 3]
    coded = pa.array(NUMBERS).dictionary_encode()
    assert rows(write(tmp_path / "b.parquet", coded), "10687415") == [1, 4, 6]


def test_what_must_be_read_otherwise(tmp_path: Path) -> None:
    floats = write(tmp_path / "a.parquet", pa.array([1.0, 2.0]))
    with pytest.raises(NotByLines):
        rows(floats, "1")
    with pytest.raises(NotByLines):
        rows(write(tmp_path / "b.parquet", pa.array(NUMBERS)), "1", width=3)
    other = tmp_path / "c.parquet"
    other.write_bytes(b"no parquet at all")
    with pytest.raises(NotByLines):
        rows(other, "1")
