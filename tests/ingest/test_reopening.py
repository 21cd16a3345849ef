"""A file that was loaded, opened as it was opened then."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.opensheet import OpenSheet
from tracer.ingest.reading import open_file
from tracer.ingest.reopening import find_file, recorded_settings, reopen_sheet, sha256_of
from tracer.ingest.rows import RawRow
from tracer.model.load import SourceSheet

LOG = "发送时间,源号码,甲方,乙方\n2023-07-05 10:00:00,10687415,甲公司,乙公司\n"


def recorded(sheet: OpenSheet) -> SourceSheet:
    """What the database keeps of a sheet."""
    assert sheet.header is not None
    digests = (sheet.sha256, sheet.sm3, sheet.size)
    shown = (sheet.header.table, sheet.encoding, sheet.header.header_row)
    return SourceSheet(
        sheet.path, sheet.sheet_no, sheet.sheet, *digests, *shown, sheet.settings.stated
    )


def cells(sheet: OpenSheet) -> list[tuple[str, ...]]:
    return [row.cells for row in sheet.rows() if isinstance(row, RawRow)]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_with_what_was_said_of_it(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "log.csv"
    file.write_bytes(LOG.encode(encoding))
    said = FileSettings(party_a="upstream", reporter="甲公司", keep_recipients=True)
    (sheet,) = open_file(file, "log.csv", said)
    source = recorded(sheet)
    again = reopen_sheet(file, source)
    assert again.header == sheet.header
    assert again.settings == replace(said, encoding=sheet.encoding)
    assert recorded_settings(source) == again.settings
    assert cells(again) == cells(sheet)
    assert (again.sha256, again.sm3, again.size) == (sheet.sha256, sheet.sm3, sheet.size)


def test_a_sheet_of_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    for number, name in enumerate(["说明", "一", "二"]):
        page = book.create_sheet(name) if number else book.active
        assert page is not None
        for line in LOG.splitlines() if number else ["没有表"]:
            page.append(line.replace("10687415", f"1068741{number}").split(","))
    file = tmp_path / "book.xlsx"
    book.save(file)
    said = FileSettings(party_a="downstream")
    sheets = [
        each for each in open_file(file, "book.xlsx", lambda name: replace(said, sheet=name))
        if each.header
    ]  # fmt: skip
    assert len(sheets) == 2
    for sheet in sheets:
        assert cells(reopen_sheet(file, recorded(sheet))) == cells(sheet)


def test_a_table_that_is_no_longer_there(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text(LOG, encoding="utf-8")
    (sheet,) = open_file(file, "log.csv", FileSettings(party_a="upstream"))
    source = recorded(sheet)
    with pytest.raises(UsageError, match=r"log\.csv"):
        reopen_sheet(file, replace(source, table="contracts"))
    with pytest.raises(UsageError, match=r"log\.csv"):
        reopen_sheet(file, replace(source, sheet_no=3))
    with pytest.raises(UsageError, match=r"log\.csv"):
        reopen_sheet(file, replace(source, settings=()))


def test_where_a_file_is_looked_for(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    file = inner / "x.csv"
    file.touch()
    assert find_file("b/x.csv", tmp_path / "a") == tmp_path / "a" / "b/x.csv"
    assert find_file(str(file), tmp_path) == file
    assert find_file("c/x.csv", inner) is None
    assert find_file("c/x.csv", inner, by_name=True) == file
    assert find_file("c/y.csv", inner, by_name=True) is None
    assert find_file("b", tmp_path / "a") is None, "a folder is no file"


def test_digest(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"abc")
    assert sha256_of(file).startswith("ba7816bf")
    with pytest.raises(UsageError, match="cannot be read"):
        sha256_of(tmp_path / "none")
