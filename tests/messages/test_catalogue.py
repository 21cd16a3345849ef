"""Every text exists in both languages, says the same things, and is used."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import tracer.messages
from tracer.messages import (
    audit,
    catalogue,
    commands,
    data_list,
    dossier,
    dossier_heads,
    errors,
    exchange,
    exhibit,
    file_errors,
    findings,
    helptexts,
    identity,
    ingest,
    log,
    marks,
    notes,
    package,
    page,
    page_filters,
    page_folds,
    reasons,
    receiver,
    requests,
    rules_care,
    rules_numbers,
    rules_subleasing,
    rules_traffic,
    terms,
)

AREAS = (
    audit,
    commands,
    data_list,
    dossier,
    dossier_heads,
    errors,
    exchange,
    exhibit,
    file_errors,
    findings,
    helptexts,
    identity,
    ingest,
    log,
    marks,
    notes,
    package,
    page,
    page_filters,
    page_folds,
    reasons,
    receiver,
    requests,
    rules_care,
    rules_numbers,
    rules_subleasing,
    rules_traffic,
    terms,
)
PREFIXES = {
    audit: ("audit.",),
    commands: ("cli.",),
    dossier: ("dossier.",),
    dossier_heads: ("dossier.head.", "dossier.section.", "dossier.table."),
    errors: ("error.",),
    exchange: ("exchange.",),
    exhibit: ("exhibit.", "error."),
    file_errors: ("error.",),
    data_list: ("data_list.", "extract."),
    findings: ("finding_part.", "clause."),
    helptexts: ("help.",),
    identity: ("help.", "cli.", "note.", "error.", "page.", "suggest."),
    ingest: ("table.", "column.", "template."),
    log: ("cli.", "help."),
    marks: ("help.", "cli.", "page.", "error.", "note.", "grade."),
    notes: ("note.",),
    package: ("cli.", "error.", "help.", "note.", "redact."),
    receiver: ("receiver.", "reproduction."),
    page: ("page.", "error.page_"),
    page_folds: ("page.",),
    reasons: ("reason.",),
    requests: ("help.", "request."),
    rules_care: ("rule.", "finding."),
    rules_numbers: ("rule.", "finding."),
    rules_subleasing: ("rule.", "finding."),
    rules_traffic: ("rule.", "finding."),
}
SOURCES = Path(tracer.messages.__file__).parents[1]
OWN_WORDS = {"error.missing_column", "error.ambiguous_table", "error.correct_refused"}
"""Texts filled with names of columns, of which each language takes its own; callers give both."""
SAME = {"rest": "count"}
"""甲 等 3 家 counts all of them, "甲 and 2 more" the rest: callers give both."""
CHOICE = re.compile(r"\{(\w+):([^|{}]*)\|([^{}]*)\}")
NEVER_ONE = {
    "audit.note.extensions", "cli.load.pace", "error.package_zip_large", "error.package_zip_many",
    "error.png_too_large", "exhibit.too_many", "finding.TR105", "finding.TR206",
    "finding.TR206.silent", "note.loss_repeated", "page.day.on", "page.fold.note",
    "page.fold.wide", "page.legend.plain", "page.rows_more", "reason.name_too_long",
    "suggest.left_out",
}  # fmt: skip
"""Texts whose number is a limit, or one of several in its nature."""
PLURAL = re.compile(
    r"\{(\w+)\} (?:more |other )?(?:contract |billed |fraud |source |contract )?"
    r"(?:rows|codes|parties|incidents|findings|leads|numbers|parts|days|victims|entries|records"
    r"|messages|msgs|problems|totals|files|sheets|places|cells|lines|accounts|faults|bytes|results"
    r"|hops|exhibits|contracts|payments|segments|duplicates|senders|gaps|logs|boxes|characters"
    r"|downstreams|dots)\b"
)
HAN = re.compile("[\u4e00-\u9fff]")


def _placeholders(text: str) -> set[str]:
    found = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    return {SAME.get(name, name) for name in found}


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.__name__.rpartition(".")[2])
def test_both_languages_have_the_same_placeholders(area: object) -> None:
    texts: dict[str, tuple[str, str]] = area.TEXTS  # type: ignore[attr-defined]
    for key, (zh, en) in texts.items():
        assert zh.strip(), key
        assert en.strip(), key
        if key not in OWN_WORDS:
            assert _placeholders(zh) == _placeholders(en), key
        assert "" not in _placeholders(zh), key


def test_english_words_agree_with_their_number() -> None:
    for key, (zh, en) in catalogue.TEXTS.items():
        assert "(s)" not in en, key
        assert not CHOICE.search(zh), key
        for name, one, several in CHOICE.findall(en):
            assert f"{{{name}}}" in en, key
            assert one != several, key
        names = {found[1] for found in PLURAL.finditer(en)} - {"number", "path"}
        assert bool(names) == (key in NEVER_ONE), (key, names)


def test_no_key_stands_in_two_areas() -> None:
    counted = Counter(key for area in AREAS for key in area.TEXTS)
    assert [key for key, count in counted.items() if count > 1] == []
    assert len(catalogue.TEXTS) == len(counted)


@pytest.mark.parametrize("area", PREFIXES, ids=lambda area: area.__name__.rpartition(".")[2])
def test_keys_begin_with_their_area(area: object) -> None:
    texts: dict[str, tuple[str, str]] = area.TEXTS  # type: ignore[attr-defined]
    prefixes = PREFIXES[area]  # type: ignore[index]
    assert [key for key in texts if not key.startswith(prefixes)] == []


def test_errors_are_one_line() -> None:
    for key, pair in {**errors.TEXTS, **file_errors.TEXTS}.items():
        assert not any("\n" in text for text in pair), key


@pytest.mark.parametrize(
    "area", [commands, helptexts, errors, file_errors], ids=lambda area: area.__name__
)
def test_chinese_is_chinese_and_english_is_not(area: object) -> None:
    texts: dict[str, tuple[str, str]] = area.TEXTS  # type: ignore[attr-defined]
    for key, (zh, en) in texts.items():
        quoted = re.sub("[甲乙]方|合计|手机号", "", en)
        assert not HAN.search(quoted), key
        assert HAN.search(zh) or not re.search("[a-z]{4}", re.sub(r"\{\w+\}", "", zh)), key


def _literals() -> Iterator[tuple[str, bool]]:
    """Yield every text in the source that may be a key; True for the beginning of an f-string."""
    for file in sorted(SOURCES.rglob("*.py")):
        if file.parent.name == "messages":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and node.values:
                head = node.values[0]
                if isinstance(head, ast.Constant) and isinstance(head.value, str):
                    yield head.value, True
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value, False


def test_every_text_of_the_terminal_is_used() -> None:
    whole = {text for text, begins in _literals() if not begins}
    begun = tuple({text for text, begins in _literals() if begins and text.count(".") >= 1})
    helped = {f"help.{text}" for text in whole}
    unused = [
        key
        for key in (*commands.TEXTS, *helptexts.TEXTS)
        if key not in whole and key not in helped and not key.startswith(begun)
    ]
    assert unused == []


def test_every_key_the_terminal_names_exists() -> None:
    named = {text for text, begins in _literals() if not begins}
    keys = {text for text in named if re.fullmatch(r"(cli|help|error)(\.[a-z_]+)+", text)}
    assert sorted(key for key in keys if key not in catalogue.TEXTS) == []
    assert len(keys) > 100
