"""The factor sheet as a workbook: live formulas, which come to what stands beside them."""

import io
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.dossier.written import CHAIN, DIAMOND, factors_in
from tracer.dossier.factors import Factors, measured
from tracer.dossier.weights import read_weights, share_out
from tracer.messages import Language
from tracer.report.factor_workbook import factor_workbook

PAID = """
payments:
  - {payer: 丙, payee: 乙, amount: "9.5", paid: 2023-07-31}
  - {payer: 乙, payee: 甲, amount: "3", paid: 2023-07-31}
  - {payer: 丙, payee: 乙, amount: "70", paid: 2023-07-31, contract: C77}
"""
WEIGHTS = b"[weights]\nmessages = 2\ngain = 1.5\nfindings = 1\nown = 1\ncare = 0.5\n[scores.care]\n"
HOSTILE = "=HYPERLINK(1)"


def weighed(*written: str) -> Factors:
    found = factors_in(*written)
    names = tuple(party.name for party in found.parties)
    weights = read_weights(WEIGHTS + f'"{names[1]}" = 3\n'.encode(), "w.toml")
    shares = share_out(weights, "w.toml", measured(found), names)
    return Factors(**{**vars(found), "shares": shares})


def opened(content: bytes, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def formulas(book: Any) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def factor_rows(content: bytes) -> dict[str, list[Any]]:
    sheet = opened(content, values=True)["因素"]
    rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    return {str(row[0]): row[1:] for row in rows}


def test_a_factor_a_row_and_a_party_a_column() -> None:
    rows = factor_rows(factor_workbook(factors_in(CHAIN + PAID), "zh"))
    assert rows["因素"] == ["甲", "乙", "丙"]
    assert rows["经手短信"] == [97, 107, 107]
    assert rows["记录所示获利（元）"] == [3, 6.5, None]
    assert rows["收款（元）"] == [3, 9.5, "–"]
    assert rows["付款（元）"] == ["–", 3, 9.5]
    assert rows["收付差（元）"] == [3, 6.5, "–"]
    assert rows["价差合计（元）"] == [2.91, 1.07, "–"]
    assert rows["全程有流量：损失（元）"] == [11.5, 11.5, 11.5]
    assert rows["仅合同：受害人"] == [0, 0, 0]


def test_no_difference_where_a_side_is_missing() -> None:
    more = CHAIN.replace(
        "incidents:",
        "  - {hop: 戊>乙, number: 106874150199, day: 2023-07-05, messages: 3}\nincidents:",
    )
    rows = factor_rows(factor_workbook(factors_in(more + PAID), "zh"))
    at = rows["因素"].index("乙")
    assert (rows["收款（元）"][at], rows["付款（元）"][at]) == (9.5, 3)
    assert rows["收付差（元）"][at] == "–"


def test_by_traffic_and_by_paper_stand_apart() -> None:
    rows = factor_rows(factor_workbook(factors_in(DIAMOND), "zh"))
    at = rows["因素"].index("丙")
    assert rows["全程有流量：受害人"][at] == 0
    assert (rows["仅合同：受害人"][at], rows["仅合同：损失（元）"][at]) == (2, 7)


def test_no_text_of_the_records_becomes_a_formula() -> None:
    hostile = CHAIN.replace("乙", f'"{HOSTILE}"').replace(f'甲>"{HOSTILE}"', f'"甲>{HOSTILE}"')
    hostile = hostile.replace(f'"{HOSTILE}">丙', f'"{HOSTILE}>丙"')
    book = opened(factor_workbook(weighed(hostile), "zh"))
    found = formulas(book)
    assert found
    assert not any("HYPERLINK" in formula for formula in found.values())
    assert HOSTILE in {cell.value for cell in book["因素"][1]}


def recalculated(content: bytes, folder: Path) -> Any:
    """Let LibreOffice work out every formula anew: the values beside them are taken out first."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice on this machine")
    source = folder / "in.xlsx"
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(source, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/"):
                data = re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", data)
            new.writestr(name, data)
    command = [
        office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
        "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return opened((folder / "out" / "in.xlsx").read_bytes(), values=True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_spreadsheet_comes_to_the_same_figures(lang: Language, tmp_path: Path) -> None:
    content = factor_workbook(weighed(CHAIN + PAID, DIAMOND.replace("10687415", "10684500")), lang)
    written, anew = opened(content, values=True), recalculated(content, tmp_path)
    found = formulas(opened(content))
    assert len(found) > 80
    for (sheet, place), formula in found.items():
        expected, got = written[sheet][place].value, anew[sheet][place].value
        if isinstance(expected, str):
            assert got == expected, formula
        else:
            assert got == pytest.approx(expected, abs=1e-9), formula


def test_shares_follow_the_weights_and_make_one() -> None:
    factors = weighed(CHAIN + PAID)
    assert factors.shares is not None
    sheet = opened(factor_workbook(factors, "zh"), values=True)["份额"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1][1:6] == [2, 1.5, 1, 1, 0.5]
    assert rows[2][-1] == 1
    assert [row[-1] for row in rows[3:]] == pytest.approx(
        [float(share) for share in factors.shares.shares.values()]
    )
    assert sum(Decimal(str(row[-1])) for row in rows[3:]) == pytest.approx(Decimal(1))


def test_equal_sheets_have_equal_bytes() -> None:
    one, other = (factor_workbook(weighed(CHAIN), "zh") for _ in range(2))
    assert one == other


def test_details_are_numbered_and_say_yes_or_no() -> None:
    sheet = opened(factor_workbook(factors_in(CHAIN + PAID), "zh"))["付款明细"]
    head, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    assert [row[head.index("编号")] for row in rows] == list(range(1, len(rows) + 1))
    assert {row[head.index("主体编号")] for row in rows} == {1, 2, 3}
    assert {row[head.index("计入")] for row in rows} == {"是", "否"}


def test_counts_among_the_shares_are_no_amounts() -> None:
    sheet = opened(factor_workbook(weighed(CHAIN + PAID), "zh"))["份额"]
    head = [cell.value for cell in sheet[1]]
    looks = {
        str(title): {row[place].number_format for row in sheet.iter_rows(min_row=3)}
        for place, title in enumerate(head)
    }
    assert looks["全程有流量链上的短信"] == {"#,##0"}
    assert looks["记录所示获利（元）"] == {"#,##0.00####"}
    assert sheet.cell(2, 2).number_format == "#,##0"
    assert sheet.cell(2, 3).number_format == "#,##0.00####"
