"""Every rule is complete: registered under its code, documented, told of in both languages."""

import importlib
import pkgutil
import re

import pytest

import tracer.rules
from tracer.messages import LANGUAGES, is_key, text
from tracer.rules.clauses import clauses
from tracer.rules.registry import ALL_RULES, REGISTER_RULES, RULES

from .casefiles import CASES

SECTIONS = ("Flags", "Why", "Evidence", "Limits")
MODULES = sorted(
    name for _, name, _ in pkgutil.iter_modules(tracer.rules.__path__) if name.startswith("tr")
)


def test_every_rule_file_is_registered_and_every_rule_has_a_file() -> None:
    assert [f"{r.code}_{r.name.replace('-', '_')}".lower() for r in ALL_RULES] == MODULES


@pytest.mark.parametrize("registry", [RULES, REGISTER_RULES])
def test_registries_are_sorted_by_code(registry: tuple[object, ...]) -> None:
    codes = [rule.code for rule in ALL_RULES if rule in registry]
    assert codes == sorted(codes)
    assert len(codes) == len(registry)


@pytest.mark.parametrize("name", MODULES)
def test_a_rule_file_has_its_sections(name: str) -> None:
    module = importlib.import_module(f"tracer.rules.{name}")
    docstring = module.__doc__ or ""
    assert docstring.startswith(f"{module.RULE.code}: ")
    for section in SECTIONS:
        found = re.search(
            rf"^{section}\n-+\n(.+?)(?=\n\w+\n-+\n|\Z)", docstring, re.MULTILINE | re.DOTALL
        )
        assert found, section
        assert len(found[1].strip()) > 20, section


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_a_rule_is_told_of_in_both_languages(rule: object) -> None:
    code = getattr(rule, "code", "")
    for part in ("title", "flags", "evidence", "limits", "rebuttal"):
        for lang in LANGUAGES:
            assert text(f"rule.{code}.{part}", lang)
    assert is_key(f"finding.{code}")


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_a_rule_names_clauses_that_exist(rule: object) -> None:
    named = getattr(rule, "clauses", ())
    assert named
    assert set(named) <= set(clauses())


def test_every_case_file_belongs_to_a_rule() -> None:
    assert sorted(p.stem for p in CASES.glob("*.yaml")) == [r.code.lower() for r in ALL_RULES]


def test_no_text_of_a_rule_passes_a_verdict() -> None:
    from tracer.messages.catalogue import TEXTS

    verdicts = re.compile(r"违法|非法|犯罪|有罪|illegal|unlawful|guilty|criminal", re.IGNORECASE)
    for key, texts in TEXTS.items():
        if key.startswith(("rule.", "finding.")):
            assert not any(verdicts.search(each) for each in texts), key
