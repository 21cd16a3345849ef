"""What is only counted is what would be told: the same findings, about and naming the same."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.effort import tries
from tracer.graph.survey import take_survey
from tracer.model.finding import Finding
from tracer.rules.base import Lead
from tracer.rules.finding import by_rule, examine, sight, subjects_in
from tracer.rules.inspection import Inspection
from tracer.rules.registry import ALL_RULES, RULES
from tracer.store.scan import ALL_DETAILS
from tracer.usecases.audit_part import RULE_DETAILS

from .casefiles import read_cases
from .strategies import RandomCase, random_cases


def counted(found: Mapping[str, list[Finding | Lead]]) -> Counter[object]:
    return Counter(
        (rule, frozenset(subjects_in(each)), frozenset(each.parties))
        for rule, some in found.items()
        for each in some
    )


def agree(case: Inspection) -> int:
    seen = sight(case)
    assert counted(seen) == counted(by_rule(examine(case)))
    for rule in RULES:  # one by one too: none may rest on what another worked out before
        alone = Inspection(case.found, case.particulars, case.papers)
        assert len(list(rule.check(alone))) == len(seen.get(rule.code, ()))
    names = [each.parties for some in seen.values() for each in some]
    assert all(len(set(parties)) == len(parties) for parties in names)
    return sum(map(len, seen.values()))


@pytest.mark.parametrize("code", [rule.code for rule in ALL_RULES])
def test_of_the_case_files(code: str) -> None:
    assert sum(agree(each.case) for each in read_cases(code)) or code == "TR105"


@pytest.mark.parametrize("code", [rule.code for rule in ALL_RULES])
def test_no_rule_asks_what_an_audit_does_not_read(code: str) -> None:
    said: dict[str, Any] = dict.fromkeys(set(ALL_DETAILS) - RULE_DETAILS, "另")
    for case in (each.case for each in read_cases(code)):
        evidence = case.found.evidence
        told = replace(evidence, contracts=tuple(c._replace(**said) for c in evidence.contracts))
        other = Inspection(take_survey(told, case.window), case.particulars, case.papers)
        assert examine(other) == examine(case)


def test_of_random_cases() -> None:
    @settings(
        max_examples=tries(60),
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(drawn=random_cases())
    def holds(drawn: RandomCase) -> None:
        agree(drawn.inspection())

    random.seed(0)
    holds()
