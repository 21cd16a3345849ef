import datetime as dt
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tracer.errors import UsageError
from tracer.ingest.cellfaults import find_cell_faults
from tracer.ingest.workbooks import cell_text, read_parquet, read_workbook

WriteBook = Callable[..., Path]

DAY = "2023-07-01"
MORNING = dt.datetime.fromisoformat("2023-07-01 09:30")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("甲", "甲"),
        ("00712", "00712"),
        (None, ""),
        (True, "TRUE"),
        (False, "FALSE"),
        (10687415, "10687415"),
        (10687415.0, "10687415"),
        (-3.0, "-3"),
        (0.1 + 0.2, "0.3"),
        (0.035, "0.035"),
        (999_999_999_999_999.0, "999999999999999"),
        (1e15, "1e+15"),
        (1.0687415010112345e19, "1.06874150101123e+19"),
        (123456789012345.6, "1.23456789012346e+14"),
        (dt.date(2023, 7, 1), "2023-07-01"),
        (dt.datetime.fromisoformat(DAY), "2023-07-01"),
        (MORNING, "2023-07-01 09:30:00"),
        (dt.time(9, 30), "09:30:00"),
        (Decimal("1.50"), "1.50"),
    ],
)
def test_typed_cells_as_text(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_a_long_number_never_passes_for_digits() -> None:
    for digits in range(1, 21):
        number = int("1068741501" * 2) // 10 ** (20 - digits)
        text = cell_text(float(number))
        assert text == str(number) if digits <= 15 else "e+" in text


def test_rows_and_sheets_keep_their_places(write_book: WriteBook) -> None:
    file = write_book({"一": [[], [], ["", "甲", 1.0]], "空": []})
    first, second = read_workbook(file, "book.xlsx")
    assert (first.name, first.number, second.name, second.number) == ("一", 1, "空", 2)
    assert first.rows == [("", "", ""), ("", "", ""), ("", "甲", "1")]
    assert second.rows == []


def test_merged_cells_repeat_their_value(write_book: WriteBook) -> None:
    rows = [["合同", None, "号段"], ["HT-1", "甲", "1"], [None, "乙", "2"]]
    file = write_book({"s": rows}, {"s": ["A1:B1", "A2:A3"]})
    (grid,) = read_workbook(file, "f")
    assert grid.rows == [("合同", "合同", "号段"), ("HT-1", "甲", "1"), ("HT-1", "乙", "2")]
    assert [grid.data_row(row) for row in (1, 2)] == [("HT-1", "甲", "1"), ("HT-1", "乙", "2")]
    assert grid.merges == (((0, 0), (0, 1)), ((1, 0), (2, 0)))


def test_errors_and_formulas_never_computed_are_no_blanks(write_book: WriteBook) -> None:
    file = write_book({"好": [["a"]], "坏 & <怪>": [["x", "=1/0", "y"], ["", "", "z"]]})
    assert find_cell_faults(file) == {"坏 & <怪>": {(0, 1): "="}}
    grid = read_workbook(file, "f")[1]
    assert grid.rows[0] == ("x", "=", "y")
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    cell = b'<c r="C2" t="e"><v>#N/A</v></c>'
    sheet = parts["xl/worksheets/sheet2.xml"]
    start, end = sheet.index(b'<c r="C2"'), sheet.index(b"</c>", sheet.index(b'<c r="C2"')) + 4
    parts["xl/worksheets/sheet2.xml"] = sheet[:start] + cell + sheet[end:]
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert find_cell_faults(file)["坏 & <怪>"] == {(0, 1): "=", (1, 2): "#N/A"}
    assert read_workbook(file, "f")[1].rows[1][2] == "#N/A"


def test_what_is_no_workbook_has_no_faults(tmp_path: Path) -> None:
    file = tmp_path / "f.xlsx"
    file.write_bytes(b"PK\x03\x04 broken")
    assert find_cell_faults(file) == {}
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "x")
    assert find_cell_faults(file) == {}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PK\x03\x04" + bytes(500), b"no"])
def test_a_broken_workbook_is_one_line(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "f.xlsx"
    file.write_bytes(content)
    with pytest.raises(UsageError) as refused:
        read_workbook(file, "台账.xlsx")
    assert refused.value.key == "broken_workbook"
    assert "台账.xlsx" in refused.value.message("zh")


def test_parquet_as_text(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = tmp_path / "f.parquet"
    columns: dict[str, object] = {
        "text": ["甲", None],
        "whole": pa.array([10687415010112345678, 1], pa.uint64()),
        "float": [1.5, 1e19],
        "day": [dt.date(2023, 7, 1), None],
        "time": [MORNING, None],
        "money": [Decimal("0.0350"), None],
        "yes": [True, False],
        "bytes": [b"\xe7\x94\xb2", b"\xff"],
    }
    pq.write_table(pa.table(columns), file)
    names, rows = read_parquet(file, "f")
    assert names == tuple(columns)
    assert list(rows) == [
        ("甲", "10687415010112345678", "1.5", DAY, f"{DAY} 09:30:00", "0.0350", "TRUE", "甲"),
        ("", "1", "1e+19", "", "", "", "FALSE", "\\xff"),
    ]


def test_a_broken_parquet_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "f.parquet"
    file.write_bytes(b"PAR1 nothing of the kind PAR1")
    with pytest.raises(UsageError, match="no sound Parquet"):
        read_parquet(file, "f.parquet")


def test_a_value_merged_across_data_cells_stands_in_their_first_column(
    write_book: WriteBook,
) -> None:
    rows = [["a", "b", "c"], ["作废", None, "1"], [None, None, "2"], ["x", "y", "3"]]
    (grid,) = read_workbook(write_book({"s": rows}, {"s": ["A2:B3"]}), "f")
    data = [grid.data_row(index) for index in range(1, 4)]
    assert data == [("作废", "", "1"), ("作废", "", "2"), ("x", "y", "3")]
    assert grid.rows[1] == ("作废", "作废", "1"), "as a header it is filled"
