"""The generated parts of the pages are what the program would write now."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

from tracer.ingest.columns import TABLES, Kind
from tracer.messages import LANGUAGES, text
from tracer.report.findings import clauses_of
from tracer.rules.registry import ALL_RULES

ROOT = Path(__file__).parents[2]
PAGES = ["cli.md", "formats.md", "rules.md", "rules.zh.md"]


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pages_with_generated_parts(generate: ModuleType) -> None:
    assert [path.name for path in generate.pages()] == PAGES


@pytest.mark.parametrize("name", PAGES)
def test_page_is_up_to_date(generate: ModuleType, name: str) -> None:
    page = (ROOT / "docs" / name).read_text("utf-8")
    assert generate.renewed(page) == page, f"docs/{name} is out of date: run `make docs`"


def test_every_kind_of_cell_is_explained(generate: ModuleType) -> None:
    assert set(generate.KINDS) == set(get_args(Kind))


def test_every_column_has_its_row(generate: ModuleType) -> None:
    lines = generate.formats().splitlines()
    rows = [line for line in lines if line.startswith(("| `", "| **`"))]
    assert len(rows) == sum(not column.is_told for table in TABLES for column in table.columns)
    assert all(line.count("|") == 6 for line in rows)
    required = [line for line in rows if r"\*" in line]
    assert len(required) == sum(len(table.required) for table in TABLES)


def test_every_command_has_its_page_in_both_languages(generate: ModuleType) -> None:
    english, chinese = generate.commands_en(), generate.commands_zh()
    for command in ("", " load", " rules", " sources", " sources retract", " db check", " log"):
        assert f"### `tracer{command}`\n\n```text\nUsage: tracer{command} " in english
        assert f"### `tracer{command}`\n\n```text\n用法：tracer{command} " in chinese


def test_every_rule_is_told_whole_in_both_languages(generate: ModuleType) -> None:
    for lang in LANGUAGES:
        page = generate.rules_en() if lang == "en" else generate.rules_zh()
        heads = [line for line in page.splitlines() if line.startswith("### ")]
        assert [head.split()[1] for head in heads] == [rule.code for rule in ALL_RULES]
        for rule in ALL_RULES:
            for part in ("title", "flags", "evidence", "limits", "rebuttal"):
                assert text(f"rule.{rule.code}.{part}", lang) in page
            for clause in clauses_of(rule.code):
                assert clause.citation(lang) in page
                assert clause.brief(lang) in page
    assert "**Exact test.** One finding per party P and onward party Q" in generate.rules_en()
    assert "（未经核对）" in generate.rules_zh()


def test_both_readmes_lead_to_the_rules() -> None:
    assert "(docs/rules.md)" in (ROOT / "README.md").read_text("utf-8")
    assert "(docs/rules.zh.md)" in (ROOT / "README.zh.md").read_text("utf-8")


def test_what_stands_outside_the_marks_is_left_alone(generate: ModuleType) -> None:
    page = "Before.\n\n<!-- generated: formats -->\nold\n<!-- end -->\n\nAfter.\n"
    renewed = generate.renewed(page)
    assert renewed.startswith("Before.\n\n<!-- generated: formats -->\n\n### Parties")
    assert renewed.endswith("|\n\n<!-- end -->\n\nAfter.\n")
    assert generate.renewed(renewed) == renewed


def test_spellings_that_the_page_tells_once_are_not_repeated(generate: ModuleType) -> None:
    rows = [row for row in generate.formats().splitlines() if row.startswith("| **`upstream`**")]
    assert rows
    for row in rows:
        assert "上家" in row
        assert "上家公司名称" not in row
    assert "公司名称" in generate.endings()
    codes = next(row for row in generate.formats().splitlines() if "`upstream_uscc`" in row)
    assert "上家统一社会信用代码" in codes
    assert "上家税号" not in codes
    assert "税号" in generate.endings()
