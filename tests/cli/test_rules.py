"""The catalogue of rules: whole, of one rule, as data."""

import json
from collections.abc import Callable

import pytest
from typer.testing import Result

from tracer.messages import LANGUAGES, Language, text
from tracer.rules.classes import code_classes, table_date
from tracer.rules.clauses import clauses
from tracer.rules.registry import ALL_RULES

Run = Callable[..., Result]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_has_its_line(run: Run, lang: Language) -> None:
    shown = run("--lang", lang, "rules").stdout
    for rule in ALL_RULES:
        (row,) = [row for row in shown.splitlines() if row.startswith(rule.code)]
        assert rule.name in row
        assert text(f"rule.{rule.code}.title", lang) in row
    assert text("finding_part.leads", lang) in shown
    assert table_date().isoformat() in shown


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_one_rule_is_told_whole(run: Run, lang: Language, rule: object) -> None:
    code = getattr(rule, "code", "")
    shown = run("--lang", lang, "rules", code.lower()).stdout
    for part in ("title", "flags", "evidence", "limits", "rebuttal"):
        assert text(f"rule.{code}.{part}", lang) in shown
    for name in getattr(rule, "clauses", ()):
        assert clauses()[name].citation(lang) in shown
        assert clauses()[name].brief(lang) in shown


def test_what_was_not_read_at_the_source_is_marked(run: Run) -> None:
    shown = run("--lang", "en", "rules", "TR201").stdout
    assert shown.count("(unverified)") == 1


def test_the_contract_of_the_catalogue(run: Run) -> None:
    document = json.loads(run("rules", "--format", "json").stdout)
    assert document["schema"] == "tracer.rules/1"
    assert document["code_classes"]["as_of"] == table_date().isoformat()
    known = [each.prefix for each in code_classes() if not each.verified]
    assert document["code_classes"]["unverified"] == known
    assert [rule["code"] for rule in document["rules"]] == [rule.code for rule in ALL_RULES]
    for told in document["rules"]:
        assert list(told)[:5] == ["code", "name", "title", "flags", "clauses"]
        for clause in told["clauses"]:
            assert list(clause)[:3] == ["law", "article", "verified"]
            assert clause["verified"] is clauses()[clause["id"]].verified
    first = document["rules"][0]
    assert (first["title"], first["title_en"]) == tuple(
        text(f"rule.{first['code']}.title", lang) for lang in LANGUAGES
    )
    english = run("--lang", "en", "rules", "--format", "json").stdout
    assert json.loads(english) == document


def test_one_rule_as_data(run: Run) -> None:
    document = json.loads(run("rules", "TR201", "--format", "json").stdout)
    assert [rule["code"] for rule in document["rules"]] == ["TR201"]


def test_no_such_rule(run: Run) -> None:
    result = run("--lang", "en", "rules", "TR2")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: CODE knows no rule TR2; all rules: tracer rules.\n"


def test_no_database_is_made_for_it(run: Run, tmp_path: object) -> None:
    from pathlib import Path

    assert run("rules").exit_code == 0
    assert not list(Path().glob("*.db"))
