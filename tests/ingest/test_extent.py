"""Sheets that reach too far, and tables below tables."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.extent import check_extent
from tracer.ingest.reading import OpenSheet, RawRow, open_file
from tracer.messages import Language, text
from tracer.model.diagnostic import Note

WriteBook = Callable[..., Path]

CONTRACTS = [["合同编号", "上游", "下游", "号段"], ["HT-1", "甲", "乙", "1068"]]
PARTIES = [["名称", "统一社会信用代码"], ["甲", None]]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def stray(folder: Path, cell: str, *, filled: bool = True) -> Path:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "台账"
    for row in CONTRACTS:
        sheet.append(row)
    if filled:
        sheet[cell] = "x"
    else:
        sheet[cell].font = Font(bold=True)
    file = folder / "book.xlsx"
    book.save(file)
    return file


def open_one(file: Path) -> OpenSheet:
    (sheet,) = open_file(file, file.name, FileSettings())
    return sheet


@pytest.mark.parametrize("cell", ["XFD1048576", "ZZ50000"])
def test_a_stray_cell_far_out_is_named(cell: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        open_one(stray(tmp_path, cell))
    assert refused.value.key == "stray_cell"
    for lang in LANGUAGES:
        said = refused.value.message(lang)
        assert all(word in said for word in ("book.xlsx", "台账", cell, "9"))
        assert "\n" not in said


@pytest.mark.parametrize("cell", ["H200", "A40000", "F20000"])
def test_a_cell_that_is_only_somewhat_out_costs_nothing(cell: str, tmp_path: Path) -> None:
    sheet = open_one(stray(tmp_path, cell))
    rows = list(sheet.rows())
    assert isinstance(rows[0], RawRow)
    assert rows[0].cells[:4] == ("HT-1", "甲", "乙", "1068")


def test_a_cell_that_is_only_formatted_takes_no_room(tmp_path: Path) -> None:
    sheet = open_one(stray(tmp_path, "XFD1048576", filled=False))
    assert len(list(sheet.rows())) == 1


def test_what_is_no_archive_is_left_to_the_reader(tmp_path: Path) -> None:
    file = tmp_path / "f.xlsx"
    for content in (b"no archive", b"PK\x03\x04", b""):
        file.write_bytes(content)
        check_extent(file, "f.xlsx")
        with pytest.raises(UsageError) as refused:
            open_one(file)
        assert refused.value.key != "stray_cell"


def second(sheet: OpenSheet) -> Note | None:
    return next((note for note in sheet.notes if note.key == "second_table"), None)


@pytest.mark.parametrize("between", [[[]], [[], []], [[], ["附：主体"]]])
def test_a_second_table_on_a_sheet_is_told(between: list[list[str]], write_book: WriteBook) -> None:
    sheet = open_one(write_book({"s": [*CONTRACTS, *between, *PARTIES]}))
    assert sheet.header is not None
    assert sheet.header.table == "contracts"
    note = second(sheet)
    assert note is not None
    assert note.values["table"] == "parties"
    assert note.values["row"] == 3 + len(between)
    for lang in LANGUAGES:
        assert "{" not in text(f"note.{note.key}", lang, path="f", **note.values)


@pytest.mark.parametrize(
    "below",
    [
        [],
        [[], ["合计", None, None, "1"]],
        [[], *CONTRACTS],  # the same header, as at the top of every printed page
        [[], ["HT-2", "丙", "丁", "1068"]],
    ],
)
def test_what_is_no_other_table_is_not(below: list[list[str]], write_book: WriteBook) -> None:
    assert second(open_one(write_book({"s": [*CONTRACTS, *below]}))) is None
