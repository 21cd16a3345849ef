"""Every rule against a direct reading of its definition, point by point."""

import random

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from tests.effort import tries
from tracer.model.finding import Finding
from tracer.rules.registry import RULES

from . import (
    brute_access,
    brute_care,
    brute_circles,
    brute_numbers,
    brute_subleasing,
    brute_titles,
    brute_traffic,
)
from .brute_case import BruteCase, Found, Reading
from .strategies import RandomCase, random_cases

READINGS: dict[str, Reading] = {
    **brute_access.READINGS,
    **brute_care.READINGS,
    **brute_circles.READINGS,
    **brute_numbers.READINGS,
    **brute_subleasing.READINGS,
    **brute_titles.READINGS,
    **brute_traffic.READINGS,
}
CASES = tries(300)
"""Random cases per rule and run of the suite."""


def said(finding: Finding) -> Found:
    return Found(
        finding.rule,
        finding.parties,
        finding.contracts,
        finding.days,
        finding.messages,
        finding.amount,
        None if finding.first_day is None else finding.first_day.isoformat(),
        None if finding.last_day is None else finding.last_day.isoformat(),
        finding.sentence,
    )


def in_order(found: list[Found]) -> list[Found]:
    return sorted(found, key=repr)


def test_every_rule_of_a_scope_is_read() -> None:
    assert sorted(READINGS) == [rule.code for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_equals_its_definition(rule: object) -> None:
    code = getattr(rule, "code", "")
    check = next(each.findings for each in RULES if each.code == code)

    @settings(
        max_examples=CASES,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(drawn=random_cases(), seed=st.integers(0, 9))
    def holds(drawn: RandomCase, seed: int) -> None:
        del seed
        found = [said(finding) for finding in check(drawn.inspection())]
        assert in_order(found) == in_order(list(READINGS[code](BruteCase(drawn))))

    random.seed(0)
    holds()
