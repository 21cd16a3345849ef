"""The records a finding on traffic names are all it rests on: these alone give it again."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from tests.effort import tries
from tracer.model.finding import Finding
from tracer.model.party import Party
from tracer.rules.registry import RULES

from .strategies import RandomCase, random_cases

CHECKS = {rule.code: rule.findings for rule in RULES}


def with_these_alone(drawn: RandomCase, finding: Finding) -> RandomCase:
    """Leave only the contracts and routing totals that a finding names.

    Whether a carrier stands above the chain hangs on other records: none of the parties is one.
    """
    named = set(finding.record_ids)
    contracts = tuple(c for c in drawn.contracts if c.ref.record_id in named)
    evidence = replace(
        drawn.evidence,
        contracts=tuple(c for c in drawn.evidence.contracts if c.ref.record_id in named),
        routing=tuple(r for r in drawn.evidence.routing if r.ref.record_id in named),
        parties={name: Party(name, kind="代理商") for name in drawn.evidence.parties},
    )
    particulars = replace(drawn.particulars, unsegmented={})
    return RandomCase(evidence, drawn.window, particulars, contracts)


def gist(rule: str, finding: Finding) -> tuple[object, ...]:
    """Give what must stay; of logs that are merely there TR304 names two rows, not every day."""
    days = None if rule == "TR304" else finding.days
    return finding.parties, finding.contracts, finding.segment, finding.messages, days


@pytest.mark.parametrize("rule", ["TR301", "TR302", "TR303", "TR304", "TR306"])
def test_named_records_suffice(rule: str) -> None:
    @settings(
        max_examples=tries(60),
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(drawn=random_cases())
    def holds(drawn: RandomCase) -> None:
        for finding in CHECKS[rule](drawn.inspection()):
            alone = with_these_alone(drawn, finding).inspection()
            again = [gist(rule, each) for each in CHECKS[rule](alone)]
            assert gist(rule, finding) in again

    holds()


@pytest.mark.parametrize("rule", ["TR305", "TR307", "TR308"])
def test_named_records_are_of_the_party_and_the_digits(rule: str) -> None:
    @settings(
        max_examples=tries(60),
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(drawn=random_cases())
    def holds(drawn: RandomCase) -> None:
        evidence = drawn.evidence
        known = {r.ref.record_id: r for r in (*evidence.routing, *evidence.shorter_routing)}
        for finding in CHECKS[rule](drawn.inspection()):
            (party,) = finding.parties
            named = [known[record] for record in finding.record_ids]
            assert all(party in (r.upstream, r.downstream) for r in named)
            assert all(r.messages for r in named)
            numbers = {r.number for r in named}
            if rule == "TR308":
                assert numbers == {finding.values["number"], finding.values["received_as"]}
            received = sum(r.messages for r in named if r.upstream == party)
            forwarded = sum(r.messages for r in named if r.downstream == party)
            assert (received if rule == "TR307" else forwarded) >= (finding.messages or 0)

    holds()
