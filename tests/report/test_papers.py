"""Papers: the same facts and tables for terminal, page and workbook."""

import io
from datetime import date

import openpyxl
import pytest

from tracer.cli.output import plain
from tracer.cli.papers import paper_lines
from tracer.model.period import Period
from tracer.model.source import RecordRef
from tracer.report.citing import cite, ids, source_files, sources_digest
from tracer.report.masking import masked
from tracer.report.paper_workbook import paper_workbook
from tracer.report.papers import Paper, Section, Yuan, table
from tracer.report.wording import Said, same, window


def ref(
    row: int, last: int | None = None, *, path: str = "案卷/日志.csv", sheet: str | None = None
) -> RecordRef:
    return RecordRef("routing", "ab" * 32, path, 1 if sheet else 0, sheet, row, last or row)


def made() -> Paper:
    rows = [
        (same("=1+1"), 6525, Yuan(23_490_000), date(2023, 7, 5), None),
        (Said("乙", "B"), 7, None, None, same("+7")),
    ]
    head = tuple(same(name) for name in ("who", "n", "yuan", "day", "what"))
    listing = table("list", Said("清单", "list"), head, rows, (Said("说明", "remark"),))
    sections = (
        Section(Said("事实", "facts"), facts=((Said("名称", "name"), same("甲")),)),
        Section(Said("表", "tables"), tables=(listing, listing)),
    )
    statement = (Said("不是法律结论", "no legal conclusion"),)
    return Paper(
        Said("题", "title"), window(Period()), statement, sections, (("a.csv", "cd" * 32),)
    )


def test_on_a_terminal_without_limit() -> None:
    assert plain(paper_lines(made(), "en", None)).splitlines()[:14] == [
        "title  all days on record",
        "  no legal conclusion",
        "",
        "facts",
        "  name  甲",
        "",
        "tables",
        "",
        "  list",
        "  who       n   yuan  day         what",
        "  =1+1  6,525  23.49  2023-07-05",
        "  B         7                     +7",
        "  remark",
        "",
    ]


def test_on_a_narrow_terminal_row_by_row() -> None:
    lines = plain(paper_lines(made(), "en", 30)).splitlines()
    at = lines.index("  =1+1")
    assert lines[at + 1 : at + 3] == ["    n 6,525 · yuan 23.49", "    day 2023-07-05"]
    assert max(map(len, lines)) <= 30


def test_as_a_workbook_no_text_is_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(paper_workbook(made(), "zh")))
    assert book.sheetnames == ["说明", "清单", "清单 2"]
    sheet = book["清单"]
    assert [cell.value for cell in sheet[2]][:3] == ["=1+1", 6525, 23.49]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n", "d"}
    said = {cell.value for row in book["说明"].iter_rows() for cell in row}
    assert {"不是法律结论", "说明", "名称", "甲", "cd" * 32} <= said


@pytest.mark.parametrize(
    ("refs", "zh"),
    [
        ([], ""),
        ([ref(4)], "日志.csv 第 4 行"),
        ([ref(4), ref(5), ref(9, 11)], "日志.csv 第 4–5, 9–11 行"),
        ([ref(n) for n in range(2, 13, 2)], "日志.csv 第 2–12 行内 6 条"),
        ([ref(4), ref(2, path="b.xlsx", sheet="表")], "b.xlsx［表］ 第 2 行；日志.csv 第 4 行"),
    ],
)
def test_where_records_stand_in_few_words(refs: list[RecordRef], zh: str) -> None:
    assert cite(refs).zh == zh


def test_records_by_name_and_their_files() -> None:
    refs = [ref(4), ref(2), ref(4)]
    assert ids(refs) == ["routing:abababababababab:2", "routing:abababababababab:4"]
    assert source_files(refs) == (("案卷/日志.csv", "ab" * 32),)
    one = sources_digest(source_files(refs))
    assert len(one) == 64
    assert one != sources_digest([])


def test_handsets_are_masked_and_other_numbers_are_not() -> None:
    assert masked("13800010002、138 0001 0002") == "138****0002、138****0002"
    assert masked("106874150101 0571-88880000") == "106874150101 0571-88880000"
