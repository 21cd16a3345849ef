"""What is only counted is what would be told: the same findings, about and naming the same."""

import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings

from tests.effort import tries
from tracer.rules.finding import Sighting, examine, sight, sighted
from tracer.rules.inspection import Inspection
from tracer.rules.registry import ALL_RULES

from .casefiles import read_cases
from .strategies import RandomCase, random_cases


def counted(found: list[Sighting]) -> Counter[object]:
    return Counter((each.rule, frozenset(each.subjects), frozenset(each.parties)) for each in found)


def agree(case: Inspection) -> int:
    seen, told = list(sight(case)), [sighted(finding) for finding in examine(case)]
    assert counted(seen) == counted(told)
    assert all(len(set(each.parties)) == len(each.parties) for each in seen)
    return len(seen)


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
