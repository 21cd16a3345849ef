"""Every rule on the papers of its case file: what it must find, and the innocent it must not."""

from typing import Any

import pytest

from tracer.messages import LANGUAGES, Language
from tracer.model.finding import Finding
from tracer.report.findings import sentence
from tracer.rules.finding import examine_register
from tracer.rules.registry import ALL_RULES, RULES

from .casefiles import CaseFile, read_cases, reading_of

CODES = [rule.code for rule in ALL_RULES]


@pytest.mark.parametrize("code", CODES)
def test_a_rule_finds_what_its_cases_say(code: str) -> None:
    for case in read_cases(code):
        assert found_in(case) == list(case.expect), case.name


@pytest.mark.parametrize("code", CODES)
def test_a_rule_spares_at_least_as_many_as_it_names(code: str) -> None:
    names = [case.name for case in read_cases(code)]
    innocent = sum(name.startswith("pass_") for name in names)
    assert innocent >= 3
    assert innocent >= len(names) - innocent >= 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_finding_is_told_in_words(code: str, lang: Language) -> None:
    told = [sentence(f, lang) for case in read_cases(code) for f in findings_of(case)]
    assert told
    for words in told:
        assert not set("{}'") & set(words), words
        assert words.endswith("." if lang == "en" else "。")


def findings_of(case: CaseFile) -> list[Finding]:
    """Give the findings of the case's rule."""
    checks = {rule.code: rule.findings for rule in RULES}
    if case.rule in checks:
        return list(checks[case.rule](case.case))
    everything = examine_register(case.allocations, case.case.window)
    return [finding for finding in everything if finding.rule == case.rule]


def found_in(case: CaseFile) -> list[dict[str, Any]]:
    """Give the findings of the case's rule, as far as its expectations speak of them."""
    found = findings_of(case)
    found.sort(key=lambda f: (f.parties, f.segment or "", f.contracts, f.record_ids))
    if len(found) != len(case.expect):
        return [reading_of(finding, {"parties": 0, "segment": 0, "days": 0}) for finding in found]
    return [reading_of(f, wanted) for f, wanted in zip(found, case.expect, strict=True)]
