"""An audit as CSV and as a workbook: text stays text, equal audits give equal bytes."""

import csv
import io
import re
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tracer.messages import LANGUAGES, Language, text
from tracer.report.audit_tables import audit_csv, class_name, register_words
from tracer.report.audit_workbook import audit_workbook
from tracer.rules.audited import CodeFinding, PartyLine

from .audits import full_audit, make_audit, make_code, make_finding

FORMULAS = ('=HYPERLINK("http://x","y")', "+1+1", "-2", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0")


def sheets_of(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(io.BytesIO(content))
    return {
        sheet.title: [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
        for sheet in book.worksheets
    }


def test_csv_has_a_line_for_each_code_in_canonical_words() -> None:
    told = audit_csv(full_audit())
    assert told.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(told.removeprefix("\ufeff"))))
    assert [row["code"] for row in rows] == ["10687415", "10650000", "10690001", "1069"]
    first = rows[0]
    assert first["holder"] == "广东某公司;另一公司"
    assert (first["class"], first["by_rule"], first["loss"]) == ("1068", "TR201×2", "170000.00")
    assert first["states"] == "opened_for_another"
    assert (first["let"], first["unlet"], first["unlet_traffic"]) == ("1", "18", "9")
    assert (rows[1]["whole_let"], rows[0]["whole_let"]) == ("yes", "")
    assert (rows[3]["exact"], rows[2]["truncated"], rows[2]["class"]) == ("yes", "yes", "10690")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sheet_for_each_table(lang: Language) -> None:
    sheets = sheets_of(audit_workbook(full_audit(), lang))
    names = {
        "zh": ["码号", "线索", "主体", "未见分配", "三方核对", "扩展号段", "说明"],
        "en": [
            *("codes", "findings", "parties", "unallocated", "reconciliation", "extensions"),
            "notes",
        ],
    }
    assert list(sheets) == names[lang]
    codes, findings, parties, unallocated, registers, extensions, notes = sheets.values()
    assert [len(s) for s in (codes, findings, parties, unallocated, registers)] == [5, 4, 4, 3, 5]
    assert codes[1][12] == 170_000
    assert findings[1][10] == 15
    assert findings[3][0] == {"zh": "（全部分配记录）", "en": "(the register as a whole)"}[lang]
    assert unallocated[1][0] == "10650000"
    said = {row[0]: str(row[1]) for row in registers[1:]}
    assert ("不是持有人" if lang == "zh" else "not the holder") in said["10687415"]
    assert len([row for row in extensions if row[0] == "10687415"]) == 1 + 1 + 18
    assert any(row[1] == "1068741599" and row[3] == 9 for row in extensions)
    where = {"zh": "合同.csv 第 2 行", "en": "合同.csv rows 2"}[lang]
    assert findings[1][-2:] == (where, "contracts:" + "ab" * 8 + ":2")
    assert parties[3][0] == "无层公司"
    assert parties[3][6:] == (0, "", 3, "TR206×3")
    said_in_notes = " ".join(str(row[0]) for row in notes)
    for words in ("2023-07-01", "2007-12-01", "TR201", text("audit.leads", lang), "106"):
        assert words in said_in_notes
    for rows in sheets.values():
        assert all(len(row) == len(rows[0]) for row in rows)
        assert all(rows[0])


def test_where_a_register_is_silent_nothing_is_said_to_agree() -> None:
    agreeing, silent, mixed = (
        make_code("10690001", "H"),
        make_code("10690001", "H", silent=("openings",)),
        make_code("10690001", silent=("openings",), states=("used_not_allocated",)),
    )
    assert register_words(agreeing.register, "en") == "nothing disagrees"
    assert "not compared" in register_words(silent.register, "en")
    assert "disagrees" not in register_words(silent.register, "en")
    said = register_words(mixed.register, "zh")
    assert "未见分配" in said
    assert "不作核对" in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_becomes_a_formula(lang: Language) -> None:
    audit = make_audit(
        make_code("10687415", *FORMULAS, senders=FORMULAS, authorities=FORMULAS, regions=FORMULAS),
        findings=(CodeFinding("10687415", make_finding(*FORMULAS[:2], contracts=FORMULAS)),),
        parties=tuple(PartyLine(name, 1, 0, 0, 0, 0, {}) for name in FORMULAS),
    )
    content = audit_workbook(audit, lang)
    with ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert not re.search(rb"<f[ >]|<hyperlink", archive.read(name))
    assert [row[0] for row in list(sheets_of(content).values())[2][1:]] == list(FORMULAS)
    rows = list(csv.reader(io.StringIO(audit_csv(audit).removeprefix("\ufeff"))))
    assert all(not cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)


def test_equal_audits_give_equal_bytes() -> None:
    assert audit_workbook(full_audit(), "zh") == audit_workbook(full_audit(), "zh")
    assert audit_csv(full_audit()) == audit_csv(full_audit())


def test_sheets_are_set_up_for_paper() -> None:
    book = load_workbook(io.BytesIO(audit_workbook(full_audit(), "zh")))
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$1", "A2")


@pytest.mark.parametrize(("place", "pages"), [(0, 3), (1, 4), (2, 1)])
def test_wide_sheets_go_over_several_sheets_of_paper(place: int, pages: int) -> None:
    sheet = load_workbook(io.BytesIO(audit_workbook(full_audit(), "zh"))).worksheets[place]
    assert len(sheet.col_breaks.brk) == pages - 1
    fitted = sheet.sheet_properties.pageSetUpPr
    assert bool(fitted and fitted.fitToPage) is (pages == 1)
    assert sheet.print_title_cols == (None if pages == 1 else "$A:$A")


def test_a_class_is_named_with_its_doubt() -> None:
    assert class_name("10790001", "zh") == "未列明"
    assert class_name("10690001", "en")
