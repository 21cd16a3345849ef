"""Scopes with more chains than could ever be listed: all but the list stays exact."""

import itertools
import random
from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tracer.graph.chains import exceeds, list_chains
from tracer.graph.figures import measure_figures
from tracer.graph.survey import take_survey
from tracer.graph.trace import build_trace
from tracer.model.evidence import Evidence
from tracer.model.period import ALL_DAYS, Period

from .papers import Papers
from .strategies import cases

CODE = "10690001"
FIRST = date(2022, 1, 1)


def layers_of_three(layers: int, dice: random.Random | None = None) -> Papers:
    """Three parties a layer, each upstream of each of the next; terms open, or random."""
    papers = Papers()
    papers.allocate(CODE, "H")
    names = [["H"], *([f"{n:03d}-{i}" for i in range(3)] for n in range(1, layers + 1))]
    for number, (one, other) in enumerate(
        pair for a, b in itertools.pairwise(names) for pair in itertools.product(a, b)
    ):
        days: tuple[date | None, date | None] = (None, None)
        if dice:
            begin = FIRST + timedelta(dice.randrange(300))
            days = (begin, begin + timedelta(dice.randrange(100, 700)))
        papers.sign(f"HT-{number}", f"{one}>{other}", CODE, *days)
    return papers


def fewest_hops(evidence: Evidence) -> dict[str, int]:
    """Layers by a walk through every day on which something begins."""
    found: dict[str, int] = {}
    starts = {c.term.first for c in evidence.contracts if c.term.first}
    for day in starts:
        onward: dict[str, list[str]] = defaultdict(list)
        for contract in evidence.contracts:
            if contract.term.contains(day):
                onward[contract.upstream].append(contract.downstream)
        distance, frontier = {"H": 0}, ["H"]
        while frontier:
            following = []
            for party in frontier:
                for downstream in onward[party]:
                    if downstream not in distance:
                        distance[downstream] = distance[party] + 1
                        following.append(downstream)
            frontier = following
        for party, hops in distance.items():
            found[party] = min(hops, found.get(party, hops))
    return found


def test_twenty_layers_of_three() -> None:
    trace = build_trace(layers_of_three(20).about(CODE), ALL_DAYS, max_chains=100)
    assert trace.truncated
    assert len(trace.chains) == 100
    assert len(trace.hops) == 3 + 19 * 9
    assert {p.name: p.layer for p in trace.parties if p.layer == 20} == dict.fromkeys(
        ("020-0", "020-1", "020-2"), 20
    )
    assert all(len(chain.parties) == 21 for chain in trace.chains)
    assert [c.parties for c in trace.chains] == sorted(c.parties for c in trace.chains)


def test_two_hundred_layers_with_random_terms() -> None:
    evidence = layers_of_three(200, random.Random(5)).about(CODE)
    trace = build_trace(evidence, ALL_DAYS, max_chains=50)
    assert {p.name: p.layer for p in trace.parties if p.layer is not None} == fewest_hops(evidence)
    assert len(trace.hops) == len(evidence.contracts)
    assert {hop.status for hop in trace.hops} == {"contract_only"}
    assert trace.truncated
    assert len(trace.chains) == 50
    by_pair = {(c.upstream, c.downstream): c.term for c in evidence.contracts}
    for chain in trace.chains:  # one day carries every hop of it
        terms = [by_pair[pair] for pair in itertools.pairwise(chain.parties)]
        assert max(t.first or FIRST for t in terms) <= min(t.last or FIRST for t in terms)


def test_a_cut_by_the_budget_is_said_and_leaves_the_beginning() -> None:
    found = take_survey(layers_of_three(6).about(CODE), ALL_DAYS)
    whole, cut = list_chains(found.scope, found.hops, found.reach, {}, {}, 10**9)
    assert (len(whole), cut) == (3**6, False)
    lengths = []
    for budget in (0, 50, 200, 2000):
        some, cut = list_chains(found.scope, found.hops, found.reach, {}, {}, 10**9, budget=budget)
        assert cut
        assert some == whole[: len(some)]
        lengths.append(len(some))
    assert lengths == sorted(set(lengths))


def all_to_all(parties: int) -> Papers:
    papers = Papers()
    papers.allocate(CODE, "00")
    names = [f"{n:02d}" for n in range(parties)]
    for one, other in itertools.permutations(names, 2):
        papers.sign("HT", f"{one}>{other}", CODE)
    return papers


def test_a_tangle_is_cut_by_the_budget_not_by_memory() -> None:
    names = [f"{n:02d}" for n in range(40)]
    found = take_survey(all_to_all(40).about(CODE), ALL_DAYS)
    some, cut = list_chains(found.scope, found.hops, found.reach, {}, {}, 10**9, budget=100_000)
    assert cut
    assert 0 < sum(len(chain.parties) for chain in some) <= 100_000
    assert found.reach.layers == {"00": 0} | dict.fromkeys(names[1:], 1)


@pytest.mark.parametrize("layers", [1, 3, 5])
def test_whether_a_list_would_be_cut_is_known_without_it(layers: int) -> None:
    found = take_survey(layers_of_three(layers).about(CODE), ALL_DAYS)
    parts = (found.scope, found.hops, found.reach)
    assert exceeds(*parts, 3**layers - 1)
    assert not exceeds(*parts, 3**layers)


def test_ways_round_are_counted_and_too_many_of_them_walked() -> None:
    for parties, chains in ((4, 6), (6, 120)):
        found = take_survey(all_to_all(parties).about(CODE), ALL_DAYS)
        listed, cut = list_chains(found.scope, found.hops, found.reach, {}, {}, 10**9)
        assert (len(listed), cut) == (chains, False)
        for most in (chains - 1, chains, 10 * chains):
            assert exceeds(found.scope, found.hops, found.reach, most) == (most < chains)
    found = take_survey(all_to_all(40).about(CODE), ALL_DAYS)
    assert exceeds(found.scope, found.hops, found.reach, 100_000)


@settings(max_examples=tries(400))
@given(cases(), st.sampled_from((0, 1, 2, 3, 1000)))
def test_figures_are_those_of_the_trace(case: tuple[Evidence, Period], limit: int) -> None:
    evidence, window = case
    trace = build_trace(evidence, window, max_chains=limit)
    figures = measure_figures(evidence, window, max_chains=limit)
    layers = [p.layer for p in trace.parties if p.layer is not None]
    roots = {name for name, kinds in trace.roots.items() if "holder" in kinds}
    assert set(figures.holders) == roots
    assert list(figures.holders) == sorted(figures.holders)
    assert figures.parties == len(trace.parties)
    assert figures.depth == max(layers, default=0)
    assert (figures.hops, figures.access) == (len(trace.hops), len(trace.access))
    assert figures.senders == trace.senders
    assert (figures.incidents, figures.loss) == (trace.incidents.count, trace.incidents.loss)
    assert figures.gaps == len(trace.gaps)
    assert figures.truncated == trace.truncated
    # a party that is in no hop of the scope has its flow in none of the trace's parties either
    assert figures.messages == sum(party.originated for party in trace.parties)
