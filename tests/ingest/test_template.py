import re
from pathlib import Path

import pytest

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings, read_case_file
from tracer.ingest.columns import TABLES, column_label, find_table
from tracer.ingest.masking import Masker
from tracer.ingest.paper import read_paper
from tracer.ingest.reading import open_file
from tracer.ingest.template import SAMPLES, build_case_toml, build_workbook, write_template
from tracer.messages import LANGUAGES, Language
from tracer.model.diagnostic import Diagnostic


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unfilled_template_loads_as_no_rows(tmp_path: Path, lang: Language) -> None:
    book, case = write_template(tmp_path / "new", lang)
    sheets = open_file(book, "t", FileSettings())
    assert [s.header and s.header.table for s in sheets] == [t.name for t in TABLES]
    for sheet in sheets:
        assert sheet.header is not None
        table = find_table(sheet.header.table)
        assert sheet.header.columns == tuple(c.name for c in table.columns if not c.is_told)
        assert list(sheet.rows()) == []
        assert sheet.notes == ()
    assert read_case_file(case).rules == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headers_speak_both_languages_and_mark_what_is_required(
    tmp_path: Path, lang: Language
) -> None:
    from openpyxl import load_workbook
    from openpyxl.utils import get_column_letter

    book, _ = write_template(tmp_path, lang)
    for table, sheet in zip(TABLES, load_workbook(book), strict=True):
        assert sheet["A1"].value
        asked = [column for column in table.columns if not column.is_told]
        for place, (column, cell) in enumerate(zip(asked, sheet[3], strict=True), start=1):
            for each in LANGUAGES:
                assert column_label(table.name, column.name, each) in str(cell.value)
            assert ("*" in str(cell.value)) == column.required
            assert sheet.column_dimensions[get_column_letter(place)].number_format == "@"


def test_the_samples_themselves_load(tmp_path: Path) -> None:
    """A clerk who copies the sample row below the header gets a record."""
    from openpyxl import load_workbook

    book, _ = write_template(tmp_path, "zh")
    workbook = load_workbook(book)
    for sheet in workbook:
        sheet.append([cell.value for cell in sheet[2]])
    workbook.save(book)
    for opened in open_file(book, "t", FileSettings()):
        assert opened.header is not None
        if opened.header.table == "routing":
            assert len(list(opened.rows())) == 1
            continue
        (found,) = read_paper(opened, opened.settings, Masker(b"k", keep=False))
        assert not isinstance(found, Diagnostic), found


def test_every_required_column_has_a_sample() -> None:
    for table in TABLES:
        assert set(table.required) <= set(SAMPLES[table.name])
        assert set(SAMPLES[table.name]) <= table.names


def test_equal_templates_have_equal_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    first = build_workbook("zh")
    later = time.time() + 100_000
    monkeypatch.setattr(time, "time", lambda: later)
    assert build_workbook("zh") == first
    assert build_workbook("en") != first


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_setting_of_the_commented_case_file_is_one(tmp_path: Path, lang: Language) -> None:
    content = build_case_toml(lang).decode()
    file = tmp_path / "case.toml"
    file.write_text(re.sub(r"(?m)^#(?! )", "", content), encoding="utf-8")
    case = read_case_file(file)
    assert case.number
    assert case.timezone == "Asia/Shanghai"
    (rule,) = case.rules
    assert rule.settings.party_a == "upstream"
    assert "contract_no" in rule.settings.columns.values()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    first, _ = write_template(tmp_path, "zh")
    first.write_bytes(b"filled in")
    with pytest.raises(UsageError) as refused:
        write_template(tmp_path, "zh")
    assert refused.value.key == "template_exists"
    assert first.read_bytes() == b"filled in"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError) as refused:
        write_template(tmp_path / "file" / "folder", "zh")
    assert refused.value.key == "unwritable"
