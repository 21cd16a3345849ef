"""Fraud messages by party, and what a party carried: by hand, and against the slow reading."""

from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tracer.graph import attribution
from tracer.graph.attribution import Attribution, PartyIncidents, parties_at
from tracer.graph.carried import find_carried
from tracer.graph.incidents import PointGraph
from tracer.graph.survey import take_survey
from tracer.model.evidence import Evidence
from tracer.model.period import ALL_DAYS, Period

from .brute_attribution import attribute, carry
from .brute_point import shape_of
from .papers import Papers
from .strategies import cases

RELAXED = [HealthCheck.too_slow, HealthCheck.data_too_large]


def by_party(papers: Papers, number: str = "1069") -> dict[str, PartyIncidents]:
    return Attribution(take_survey(papers.about(number), ALL_DAYS)).incidents()


def counts(found: dict[str, PartyIncidents]) -> dict[str, tuple[int, int]]:
    return {name: (len(each.by_traffic), len(each.by_paper)) for name, each in found.items()}


def diamond() -> Papers:
    """H over B and C to D, all on paper; the messages went by way of B."""
    papers = Papers()
    papers.allocate("1069", "H")
    for number, hop in enumerate(("H>B", "H>C", "B>D", "C>D"), start=1):
        papers.sign(f"C{number}", hop, "1069")
    for hop in ("H>B", "B>D"):
        papers.log(hop, "106901", 5, 10)
    return papers


def test_paper_beside_a_chain_with_traffic_has_no_share() -> None:
    papers = diamond()
    papers.report("106901", 5, victim="v", loss=7)
    assert counts(by_party(papers)) == {"B": (1, 0), "D": (1, 0), "H": (1, 0)}


def test_where_nothing_ran_it_is_by_paper_of_all() -> None:
    papers = diamond()
    papers.report("106901", 6, victim="v", loss=7)
    assert counts(by_party(papers)) == dict.fromkeys("BCDH", (0, 1))


def test_a_message_is_once_in_a_list_however_many_chains_carry_it() -> None:
    papers = diamond()
    for hop in ("H>C", "C>D"):
        papers.log(hop, "106901", 5, 4)
    papers.report("106901", 5, victim="v", loss=7)
    papers.report("106901", 5, victim="v", loss=9)
    found = by_party(papers)
    assert counts(found) == dict.fromkeys("BCDH", (1, 0))
    assert [incident.loss for incident in found["D"].by_traffic] == [9]


def test_a_missing_log_leaves_the_paper() -> None:
    papers = Papers()
    papers.allocate("1069", "H")
    papers.sign("C1", "H>A", "1069")
    papers.sign("C2", "A>B", "1069")
    papers.log("A>B", "106901", 5, 10)
    papers.report("106901", 5)
    assert counts(by_party(papers)) == dict.fromkeys("ABH", (0, 1))


def test_days_outside_the_window_are_nobodys() -> None:
    papers = diamond()
    papers.report("106901", 5)
    survey = take_survey(papers.about("1069"), Period.from_bounds(738_000, 738_001))
    assert Attribution(survey).incidents() == {}


def test_carried_is_the_larger_side_and_no_sum_over_chains() -> None:
    papers = diamond()
    papers.log("H>C", "106901", 5, 4)
    papers.log("C>D", "106901", 5, 6, blocked=3)
    found = find_carried(take_survey(papers.about("1069"), ALL_DAYS))
    [(_, here)] = found["D"].items()
    assert (here.messages, here.forwarded, here.received, here.unit) == (16, 16, 0, "messages")
    [(_, here)] = found["C"].items()
    assert (here.messages, here.forwarded, here.received, here.blocked) == (6, 4, 6, 3)
    [(_, here)] = found["H"].items()
    assert (here.messages, here.received) == (14, 14)


def test_units_are_never_added_up() -> None:
    papers = diamond()
    papers.log("C>D", "106901", 5, 90, unit="parts")
    found = find_carried(take_survey(papers.about("1069"), ALL_DAYS))
    assert [(c.messages, c.unit) for c in found["D"].values()] == [(10, "messages")]
    assert [(c.messages, c.unit) for c in found["C"].values()] == [(90, "parts")]


def figures(found: dict[str, PartyIncidents]) -> dict[str, dict[str, Any]]:
    return {
        party: {
            kind: {
                "count": len(listed),
                "victims": {i.victim for i in listed} - {None},
                "loss": sum(i.loss or 0 for i in listed),
            }
            for kind, listed in (("traffic", each.by_traffic), ("paper", each.by_paper))
            if listed
        }
        for party, each in found.items()
    }


@settings(max_examples=tries(700), suppress_health_check=RELAXED)
@given(cases())
def test_parties_have_what_the_definition_gives_them(case: tuple[Evidence, Period]) -> None:
    evidence, window = case
    survey = take_survey(evidence, window)
    found = Attribution(survey).incidents()
    assert figures(found) == attribute(evidence, window)
    assert not any(each.undecided for each in found.values())
    carried = {
        party: {point: c.messages for point, c in points.items() if c.messages}
        for party, points in find_carried(survey).items()
    }
    assert {p: points for p, points in carried.items() if points} == carry(evidence, window)


NAMES = "ABCDEF"
pairs = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda p: p[0] != p[1])


@st.composite
def point_graphs(draw: st.DrawFn) -> tuple[PointGraph, frozenset[str]]:
    """Hops in all shapes, cycles among them; most with traffic."""
    hops = draw(st.frozensets(pairs, min_size=1, max_size=11))
    running = frozenset(hop for hop in sorted(hops) if draw(st.integers(0, 3)))
    holders = draw(st.frozensets(st.sampled_from(NAMES), max_size=2))
    touched = {party for hop in hops for party in hop}
    starts = {chain[0] for chain, _, _ in shape_of(hops, holders).chains}
    return PointGraph(tuple(sorted(starts & touched)), hops, running), holders


def read(graph: PointGraph, holders: frozenset[str]) -> tuple[str, set[str]]:
    chains = [chain for chain, _, _ in shape_of(graph.hops, holders).chains]
    running = [c for c in chains if all(hop in graph.with_traffic for hop in pairwise(c))]
    return ("traffic" if running else "paper"), {p for c in running or chains for p in c}


@settings(max_examples=tries(1000), suppress_health_check=RELAXED)
@given(point_graphs())
def test_cycles_of_every_shape_at_one_point(case: tuple[PointGraph, frozenset[str]]) -> None:
    graph, holders = case
    found = parties_at(graph)
    assert (found.kind, set(found.parties)) == read(graph, holders)
    assert (found.undecided, found.is_cut) == (frozenset(), False)


@settings(max_examples=tries(300), suppress_health_check=RELAXED)
@given(point_graphs(), st.integers(0, 6))
def test_a_cut_search_says_so_and_names_nobody_wrongly(
    case: tuple[PointGraph, frozenset[str]], budget: int
) -> None:
    graph, holders = case
    kept = attribution.STEP_BUDGET
    attribution.STEP_BUDGET = budget
    try:
        found = parties_at(graph)
    finally:
        attribution.STEP_BUDGET = kept
    kind, parties = read(graph, holders)
    assert found.kind == kind
    assert found.parties <= parties <= found.parties | found.undecided


def test_a_ladder_of_diamonds_costs_nothing() -> None:
    hops = set()
    for layer in range(30):
        for middle in "abc":
            hops |= {
                (f"{layer:02d}", f"{layer:02d}{middle}"),
                (f"{layer:02d}{middle}", f"{layer + 1:02d}"),
            }
    graph = PointGraph(("00",), frozenset(hops), frozenset(hops))
    assert len(parties_at(graph).parties) == 31 + 90
    looped = frozenset({*hops, ("30", "28"), ("31", "31x")})
    found = parties_at(PointGraph(("00",), looped | {("30", "31")}, looped | {("30", "31")}))
    assert "28a" in found.parties
    assert not found.undecided
