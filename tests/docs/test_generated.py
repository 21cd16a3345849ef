"""The generated parts of the pages are what the program would write now."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

from tracer.ingest.columns import TABLES, Kind

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pages_with_generated_parts(generate: ModuleType) -> None:
    assert [path.name for path in generate.pages()] == ["cli.md", "formats.md"]


@pytest.mark.parametrize("name", ["cli.md", "formats.md"])
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
    for command in ("", " load", " sources", " sources retract", " db check", " log"):
        assert f"### `tracer{command}`\n\n```text\nUsage: tracer{command} " in english
        assert f"### `tracer{command}`\n\n```text\n用法：tracer{command} " in chinese


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
