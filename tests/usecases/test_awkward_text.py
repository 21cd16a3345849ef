"""Text that one database would take and the other refuse ends alike in both."""

import random
from pathlib import Path

import pytest
from openpyxl import Workbook

from tracer import Case

HEADER = ["合同编号", "上游", "下游", "号段"]


def workbook(file: Path, *rows: list[str]) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in (HEADER, *rows):
        book.active.append(row)
    book.save(file)
    return file


def test_nul_in_a_workbook_is_written_out(case: Case, tmp_path: Path) -> None:
    """XLSX spells NUL `_x0000_`; a CSV line with NUL is rejected as not decodable."""
    file = workbook(tmp_path / "合同.xlsx", ["1", "甲_x0000_公司", "乙", "10687415"])
    report = case.load([file])
    assert (report.loaded, report.unusable) == (1, ())
    assert [hop.upstream for hop in case.trace("10687415").hops] == [r"甲\x00公司"]


def test_nul_in_a_line_rejects_the_line(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "合同.csv"
    more = [f"{number},甲,乙,10687415" for number in range(2, 30)]
    file.write_text("\n".join([",".join(HEADER), "1,甲\0公司,乙,10687415", *more]), "utf-8")
    report = case.load([file])
    assert (report.loaded, report.rejected, report.unusable) == (28, 1, ())
    assert [row.diagnostic.row for row in case.rejects()] == [2]


@pytest.mark.parametrize("length", [60, 250, 500])
def test_names_of_any_sensible_length_are_taken(case: Case, tmp_path: Path, length: int) -> None:
    letters = random.Random(length)  # of no pattern that would make it shorter in an index
    name = "".join(chr(letters.randrange(0x4E00, 0x9FA5)) for _ in range(length))
    file = tmp_path / "合同.csv"
    file.write_text(f"{','.join(HEADER)}\n{name},{name},乙,10687415\n", "utf-8")
    assert case.load([file]).loaded == 1
    assert [hop.upstream for hop in case.trace("10687415").hops] == [name]


def test_a_name_longer_than_any_is_rejected(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "合同.csv"
    file.write_text(f"{','.join(HEADER)}\n1,{'甲' * 501},乙,10687415\n2,甲,乙,10687415\n", "utf-8")
    report = case.load([file])
    assert (report.loaded, report.rejected, report.unusable) == (1, 1, ())
    (reject,) = case.rejects()
    assert (reject.diagnostic.row, reject.diagnostic.reason) == (2, "name_too_long")
