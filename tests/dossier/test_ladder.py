"""The price ladder of a trace."""

from tracer.dossier.ladder import price_ladder
from tracer.graph.result import Trace
from tracer.graph.trace import build_trace
from tracer.model.period import ALL_DAYS

from .written import CHAIN, code_of, party_in


def trace_of(written: str) -> Trace:
    return build_trace(code_of(written).found.evidence, ALL_DAYS)


def test_down_the_chain() -> None:
    rungs = price_ladder(trace_of(CHAIN))
    assert [(r.layer, r.upstream, r.prices, r.spreads, r.messages, r.amount) for r in rungs] == [
        (0, "甲", (30_000,), (30_000,), 97, 2_910_000),
        (1, "乙", (40_000,), (10_000,), 107, 1_070_000),
    ]
    assert [(r.from_holder, r.unpriced, r.contracts) for r in rungs] == [
        (True, 0, ("C1",)),
        (False, 0, ("C2",)),
    ]


def test_it_agrees_with_the_gain_of_each_party() -> None:
    for rung in price_ladder(trace_of(CHAIN)):
        assert rung.amount == party_in(rung.upstream, CHAIN).gain.spread_amount


def test_a_sublet_segment_is_not_the_outer_holder_s() -> None:
    other = CHAIN.replace("allocations: [", "allocations: [{segment: 106874150101, holder: 庚}, ")
    first = price_ladder(trace_of(other))[0]
    assert (first.upstream, first.amount, first.unpriced) == ("甲", None, 97)
    assert not first.from_holder


def test_none_where_no_contract_states_a_price() -> None:
    silent = CHAIN.replace(', price: "0.03"', "").replace(', price: "0.04"', "")
    assert price_ladder(trace_of(silent)) == ()


def test_a_hop_on_paper_only_shows_its_price_and_no_amount() -> None:
    quiet = CHAIN.partition("routing:")[0]
    assert [(r.prices, r.spreads, r.amount) for r in price_ladder(trace_of(quiet))] == [
        ((30_000,), (), None),
        ((40_000,), (), None),
    ]
