"""Hops described from contracts alone are what their records would tell."""

from hypothesis import given, settings

from tests.effort import tries
from tracer.graph.hops import chain_hop, chain_hops, gather_records
from tracer.graph.survey import take_survey
from tracer.model.evidence import Evidence
from tracer.model.period import Period

from .strategies import cases


@settings(max_examples=tries(100))
@given(cases())
def test_records_of_some_hops_are_those_of_all(case: tuple[Evidence, Period]) -> None:
    evidence, window = case
    found = take_survey(evidence, window)
    scope, hops = found.scope, found.hops.hops
    whole = gather_records(scope, evidence.routing, found.traffic)
    assert whole.keys() >= scope.hops.keys()
    assert list(whole) == sorted(whole)
    some = gather_records(scope, evidence.routing, found.traffic, found.traffic.keys())
    assert some == {pair: whole[pair] for pair in whole if pair in found.traffic}
    assert list(some) == sorted(some)
    described = chain_hops(scope, hops, some)
    assert described == chain_hops(scope, hops, whole)
    assert [(hop.upstream, hop.downstream) for hop in described] == list(hops)
    for hop, (pair, region) in zip(described, hops.items(), strict=True):
        assert hop == chain_hop(whole[pair], scope.ends(region))
        assert (hop.first_day, hop.last_day) == scope.ends(region)
        days = scope.period(region)
        assert (days.first, days.last) == scope.ends(region)
