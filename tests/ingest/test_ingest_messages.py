"""Every key that reading can raise or return has its text, in both languages."""

import re
from pathlib import Path
from string import Formatter

import pytest

from tracer import ingest
from tracer.messages import LANGUAGES, Language, catalogue, is_key, text

SOURCES = sorted(Path(ingest.__path__[0]).glob("*.py"))
CODE = "\n".join(source.read_text(encoding="utf-8") for source in SOURCES)


def keys(pattern: str) -> set[str]:
    return set(re.findall(pattern, CODE))


def test_every_error_has_a_text() -> None:
    found = keys(r'UsageError\(\s*"(\w+)"')
    assert len(found) > 15
    assert [key for key in sorted(found) if not is_key(f"error.{key}")] == []


def test_every_reason_has_a_text() -> None:
    found = keys(r'CellError\(\s*"(\w+)"')
    found |= keys(r'\.fault\(\s*[^,()]+(?:\([^()]*\))?[^,()]*,\s*"(\w+)"')
    found |= keys(r'RowFault\([^,]+, "(\w+)"') | keys(r'Broken\([^"]*"(\w+)"\)')
    assert len(found) > 20
    assert [key for key in sorted(found) if not is_key(f"reason.{key}")] == []


def test_every_note_has_a_text() -> None:
    found = keys(r'Note\(\s*"(\w+)"')
    assert len(found) >= 3
    assert [key for key in sorted(found) if not is_key(f"note.{key}")] == []


@pytest.mark.parametrize("area", ["reason.", "table.", "template.", "column."])
def test_both_languages_take_the_same_values(area: str) -> None:
    texts = {key: pair for key, pair in catalogue.TEXTS.items() if key.startswith(area)}
    assert texts
    for key, pair in texts.items():
        assert len(pair) == len(LANGUAGES)
        zh, en = ({field for _, field, _, _ in Formatter().parse(each) if field} for each in pair)
        assert zh == en, key


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", ("撤回", "重复")), ("en", ("retract this source", "duplicates"))],
)
def test_how_accounts_are_named_later_starts_with_a_retraction(
    lang: Language, words: tuple[str, ...]
) -> None:
    values = {"accounts": 1, "rows": 2, "messages": 3, "examples": "8001"}
    said = text("note.unknown_accounts", lang, **values)
    assert "tracer sources retract" in said
    for word in words:
        assert word in said
