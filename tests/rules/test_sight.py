"""What is only counted is what would be told: the same findings, about and naming the same."""

import random
from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings

from tests.effort import tries
from tracer.model.finding import Finding
from tracer.rules.base import Lead
from tracer.rules.finding import by_rule, examine, sight, subjects_in
from tracer.rules.inspection import Inspection
from tracer.rules.registry import ALL_RULES, RULES

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
