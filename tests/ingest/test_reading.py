import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.reading import OpenSheet, RawRow, join_cells, open_file
from tracer.model.diagnostic import Diagnostic, Note

OpenText = Callable[..., OpenSheet]
WriteBook = Callable[..., Path]

HEADER = "合同编号,上游,下游,号段\n"
PLAIN = FileSettings()


def refuse(file: Path, settings: FileSettings = PLAIN) -> UsageError:
    with pytest.raises(UsageError) as refused:
        open_file(file, file.name, settings)
    for lang in ("zh", "en"):
        said = refused.value.message(lang)
        assert "\n" not in said
        assert file.name in said
    return refused.value


def test_a_sheet_says_what_it_is(open_text: OpenText) -> None:
    sheet = open_text(HEADER + "HT-1,甲,乙,10687415\n")
    assert (sheet.path, sheet.sheet_no, sheet.sheet) == ("table.csv", 0, None)
    assert (sheet.encoding, sheet.delimiter, sheet.size) == (
        "utf-8",
        ",",
        len((HEADER + "HT-1,甲,乙,10687415\n").encode()),
    )
    assert len(sheet.sha256) == len(sheet.sm3) == 64
    assert sheet.header is not None
    assert (sheet.header.table, sheet.header.header_row) == ("contracts", 1)
    assert list(sheet.rows()) == [RawRow(2, ("HT-1", "甲", "乙", "10687415"))]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_delimiters_are_told_by_the_header(open_text: OpenText, delimiter: str) -> None:
    content = (HEADER + "HT-1,甲,乙,1068\n").replace(",", delimiter)
    sheet = open_text(content)
    assert sheet.delimiter == delimiter
    assert list(sheet.rows()) == [RawRow(2, ("HT-1", "甲", "乙", "1068"))]


def test_every_row_is_a_row_or_a_reject_at_its_line(open_text: OpenText) -> None:
    content = (
        "合同台账\n\n".encode()
        + HEADER.encode()
        + 'HT-1,甲,"乙\n公司",1068\n'.encode()
        + b"\n,,,\n"
        + "HT-2,甲,乙\n".encode()
        + "HT-3,甲,乙,1068,x\n".encode()
        + b"HT-4,\xff,a,1\n"
        + HEADER.encode()
        + 'HT-5,"甲,乙,1068\n'.encode()
        + "HT-6,甲,乙,1068".encode()
    )
    found = list(open_text(content).rows())
    assert [(item.row, getattr(item, "reason", "")) for item in found] == [
        (4, ""),
        (8, "wrong_width"),
        (9, "wrong_width"),
        (10, "undecodable"),
        (11, "repeated_header"),
        (12, "unclosed_quote"),
        (13, ""),
    ]
    short = found[1]
    assert isinstance(short, Diagnostic)
    assert (short.raw, short.values) == ("HT-2 | 甲 | 乙", {"expected": 4, "found": 3})


def test_rejects_are_shown_as_asked(open_text: OpenText) -> None:
    sheet = open_text(HEADER + "secret,x\n")
    (reject,) = sheet.rows(lambda cells: join_cells(["*" for _ in cells]))
    assert isinstance(reject, Diagnostic)
    assert reject.raw == "* | *"


def test_rows_can_be_walked_twice(open_text: OpenText) -> None:
    sheet = open_text(HEADER + "HT-1,甲,乙,1068\nHT-2,甲,乙,1068\n")
    assert list(sheet.rows()) == list(sheet.rows())
    assert len(list(sheet.rows())) == 2


def test_columns_that_mean_nothing_are_named(open_text: OpenText) -> None:
    sheet = open_text("合同编号,上游,下游,经办人,备注,旧号\n", FileSettings(columns={"旧号": ""}))
    assert sheet.notes == (Note("unknown_columns", {"columns": "经办人、备注"}),)
    assert open_text(HEADER).notes == ()


@pytest.mark.parametrize("encoding", ["gbk", "GB18030", "utf-16"])
def test_the_encoding_asked_for_wins(open_text: OpenText, encoding: str) -> None:
    content = (HEADER + "HT-1,甲,乙,1068\n").encode(encoding)
    sheet = open_text(content, FileSettings(encoding=encoding))
    assert sheet.encoding == encoding.lower()
    assert list(sheet.rows()) == [RawRow(2, ("HT-1", "甲", "乙", "1068"))]


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text(HEADER)
    assert refuse(file, FileSettings(encoding="klingon")).key == "unknown_encoding"


def test_a_workbook_gives_a_sheet_each(write_book: WriteBook) -> None:
    contracts = [
        ["2023年台账", None, None, None],
        [],
        ["合同编号", "上游", "下游", "号段"],
        ["HT-1", "甲", "乙", 10687415],
        ["合计", None, None, 1],
    ]
    parties = [["名称", "统一社会信用代码"], ["甲", None]]
    file = write_book(
        {"说明": [["本表由某局制作"]], "合同": contracts, "主体": parties, "空": []},
        {"合同": ["A1:D1"]},
    )
    notes, first, second, empty = open_file(file, "case/book.xlsx", PLAIN)
    assert notes.header is None
    assert list(notes.rows()) == []
    assert empty.header is None
    assert (first.sheet_no, first.sheet, first.encoding) == (2, "合同", None)
    assert first.header is not None
    assert first.header.header_row == 3
    assert list(first.rows()) == [
        RawRow(4, ("HT-1", "甲", "乙", "10687415")),
        RawRow(5, ("合计", "", "", "1")),
    ]
    assert second.header is not None
    assert second.header.table == "parties"
    assert first.sha256 == second.sha256


def test_a_header_of_two_rows_is_read_as_one(write_book: WriteBook) -> None:
    rows = [
        ["合同编号", "上游", None, "下游", None],
        [None, "名称", "统一社会信用代码", "名称", "统一社会信用代码"],
        ["HT-1", "甲", None, "乙", None],
    ]
    file = write_book({"s": rows}, {"s": ["A1:A2", "B1:C1", "D1:E1"]})
    (sheet,) = open_file(file, "f", PLAIN)
    assert sheet.header is not None
    assert sheet.header.columns == (
        "contract_no",
        "upstream",
        "upstream_uscc",
        "downstream",
        "downstream_uscc",
    )
    assert list(sheet.rows()) == [RawRow(3, ("HT-1", "甲", "", "乙", ""))]


def test_an_error_cell_costs_its_row_only_where_it_is_relied_on(write_book: WriteBook) -> None:
    rows = [
        ["合同编号", "上游", "下游", "备注"],
        ["HT-1", "甲", "乙", "=1/0"],
        ["HT-2", "甲", "=A1", "x"],
    ]
    (sheet,) = open_file(write_book({"s": rows}), "f", PLAIN)
    good, bad = sheet.rows()
    assert good == RawRow(2, ("HT-1", "甲", "乙", "="))
    assert isinstance(bad, Diagnostic)
    assert (bad.row, bad.column, bad.reason) == (3, "下游", "error_cell")


def test_a_header_on_every_printed_page_is_no_record(write_book: WriteBook) -> None:
    head, row = ["合同\n编号", "上游", "下游"], ["HT-1", "甲", "乙"]
    (sheet,) = open_file(write_book({"s": [head, row, head, row]}), "f", PLAIN)
    assert [getattr(found, "reason", "") for found in sheet.rows()] == ["", "repeated_header", ""]


def test_settings_are_asked_per_sheet(write_book: WriteBook) -> None:
    row = ["合同编号", "甲方", "乙方"]
    file = write_book({"一": [row], "二": [row]})

    def ask(sheet: str | None) -> FileSettings:
        return FileSettings(party_a={"一": "upstream", "二": "downstream"}.get(sheet or ""))

    one, two = open_file(file, "f", ask)
    assert one.header is not None
    assert two.header is not None
    assert one.header.columns == ("contract_no", "upstream", "downstream")
    assert two.header.columns == ("contract_no", "downstream", "upstream")
    assert one.settings.party_a == "upstream"
    assert refuse(file).key == "parties_unclear"


def test_names_of_files_do_not_decide(write_book: WriteBook, tmp_path: Path) -> None:
    book = write_book({"s": [["合同编号", "上游", "下游"], ["1", "甲", "乙"]]}, name="a.csv")
    (sheet,) = open_file(book, "a.csv", PLAIN)
    assert sheet.sheet == "s"
    text = tmp_path / "b.xlsx"
    text.write_text(HEADER, encoding="gb18030")
    (sheet,) = open_file(text, "b.xlsx", PLAIN)
    assert (sheet.sheet, sheet.encoding) == (None, "gb18030")


def test_parquet_counts_its_records_from_one(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = tmp_path / "f.parquet"
    columns = {
        "合同编号": ["HT-1", None, "HT-2"],
        "上游": ["甲", None, "甲"],
        "下游": ["乙", "", "丙"],
    }
    pq.write_table(pa.table(columns), file)
    (sheet,) = open_file(file, "f.parquet", PLAIN)
    assert sheet.header is not None
    assert sheet.header.header_row == 0
    assert list(sheet.rows()) == [RawRow(1, ("HT-1", "甲", "乙")), RawRow(3, ("HT-2", "甲", "丙"))]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.7 ...", "not_a_table"),
        (b"\x1f\x8b\x08 gz", "broken_archive"),
        (b"<html><table><tr><td>1</td></tr></table>", "markup_file"),
        ("\ufeff\n<!DOCTYPE html>".encode(), "markup_file"),
        ("<html>".encode("utf-16"), "markup_file"),
        (b'<?xml version="1.0"?><Workbook/>', "markup_file"),
        (b"PK\x03\x04 and then nothing", "broken_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), "broken_workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(500)
            + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (b"PAR1 no PAR1", "broken_parquet"),
        (b"just a line of text\nand another", "nothing_matches"),
        ("通知\n各单位：".encode("gb18030"), "nothing_matches"),
        (b"\n\n  \n", "nothing_matches"),
        ("合同编号,上游,号段\nHT-1,甲,1068\n".encode(), "missing_column"),
        ("码号,用途\n1068,x\n".encode(), "missing_column"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_in_one_line(
    tmp_path: Path, content: bytes, key: str
) -> None:
    file = tmp_path / "台账.xlsx"
    file.write_bytes(content)
    assert refuse(file).key == key


def test_a_missing_column_is_named_with_its_row(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text("台账\n合同编号,上游,号段\n", encoding="utf-8")
    fault = refuse(file)
    assert fault.values["row"] == 2
    assert "下游" in fault.message("zh")
    assert "downstream" in fault.message("en")


def test_nothing_matched_says_what_was_seen(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text("甲乙丙\n丁\n", encoding="gb18030")
    fault = refuse(file)
    assert fault.values["seen"] == "甲乙丙"
    assert "gb18030" in fault.message("en")


def test_a_workbook_without_any_table_is_an_error(write_book: WriteBook) -> None:
    assert refuse(write_book({"一": [["说明"]], "二": []})).key == "nothing_matches"


BAD_SHEETS: list[tuple[str, list[list[object]]]] = [
    ("missing_column", [["合同编号", "上游", "号段"], ["HT-1", "甲", "1068"]]),
    ("parties_unclear", [["合同编号", "甲方", "乙方", "号段"], ["HT-1", "甲", "乙", "1068"]]),
    (
        "column_twice",
        [["合同编号", "上游", "上家", "下游", "号段"], ["HT-1", "甲", "丙", "乙", "1"]],
    ),
]


@pytest.mark.parametrize(("key", "bad"), BAD_SHEETS)
def test_a_refused_sheet_leaves_the_others_of_its_workbook(
    write_book: WriteBook, key: str, bad: list[list[object]]
) -> None:
    good = [["名称", "住所"], ["甲", "x"]]
    file = write_book({"合同": bad, "主体": good, "说明": [["随便写"]]})
    refused, kept, other = open_file(file, "book.xlsx", PLAIN)
    assert refused.fault is not None
    assert (refused.fault.key, refused.header, list(refused.rows())) == (key, None, [])
    assert "合同" in refused.fault.message("zh")
    assert kept.fault is None
    assert [row.cells for row in kept.rows() if isinstance(row, RawRow)] == [("甲", "x")]
    assert (other.fault, other.header) == (None, None)


@pytest.mark.parametrize(("key", "bad"), BAD_SHEETS)
def test_a_workbook_with_nothing_but_a_refused_sheet_is_refused(
    write_book: WriteBook, key: str, bad: list[list[object]]
) -> None:
    assert refuse(write_book({"合同": bad})).key == key
    assert refuse(write_book({"合同": bad, "说明": [["随便写"]]})).key == key


def test_a_path_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert refuse(tmp_path / "none.csv").key == "unreadable_file"
    assert refuse(tmp_path).key == "unreadable_file"


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    file = tmp_path / "f.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "x")
    assert refuse(file).key == "broken_workbook"
