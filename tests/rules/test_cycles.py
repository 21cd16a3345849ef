"""Cycles where there are far too many to list: some of every group, and the cut is said."""

import itertools
import time

from tests.graph.papers import Papers
from tests.graph.test_size import layers_of_three
from tracer.graph.survey import Survey, take_survey
from tracer.model.period import ALL_DAYS
from tracer.rules.cycles import LISTED, Cycle, find_cycles
from tracer.rules.inspection import Inspection
from tracer.rules.tr207_circular_lease import RULE

CODE = "10690001"


def surveyed(papers: Papers) -> Survey:
    papers.allocate(CODE, "H")
    return take_survey(papers.about(CODE), ALL_DAYS)


def cycles_of(found: Survey, **bounds: int) -> list[Cycle]:
    return list(find_cycles(found.scope.regions, found.hops.hops, **bounds))


def tangle(names: list[str], papers: Papers) -> Papers:
    for one, other in itertools.permutations(names, 2):
        papers.sign("HT", f"{one}>{other}", CODE)
    return papers


def ring(names: list[str], papers: Papers) -> Papers:
    for one, other in itertools.pairwise([*names, names[0]]):
        papers.sign("HT", f"{one}>{other}", CODE)
    return papers


def test_all_cycles_of_a_small_tangle_are_listed_shortest_first() -> None:
    found = cycles_of(surveyed(tangle(list("ABCD"), Papers())))
    assert len(found) == len({c.parties for c in found}) == 6 + 8 + 6
    assert [len(c.parties) for c in found] == [2] * 6 + [3] * 8 + [4] * 6
    assert not any(c.is_cut for c in found)
    assert [c.parties for c in found[:3]] == [("A", "B"), ("A", "C"), ("A", "D")]


def test_a_tangle_is_cut_and_says_so_and_costs_the_others_nothing() -> None:
    papers = tangle([f"{n:02d}" for n in range(40)], Papers())
    far = ring([f"R{n}" for n in range(30)], papers)
    case = Inspection(surveyed(far))
    begun = time.process_time()
    found = list(RULE.findings(case))
    assert time.process_time() - begun < 2
    assert len(found) == LISTED + 1
    assert {f.sentence for f in found[:LISTED]} == {"TR207.cut"}
    assert all(len(f.parties) == 2 for f in found[:LISTED])
    assert (found[-1].sentence, len(found[-1].parties)) == ("TR207", 30)


def test_just_as_many_as_are_listed_is_no_cut() -> None:
    found = surveyed(tangle(list("ABCD"), Papers()))
    assert not any(c.is_cut for c in cycles_of(found, listed=20))
    cut = cycles_of(found, listed=19)
    assert len(cut) == 19
    assert all(c.is_cut for c in cut)


def test_every_group_has_a_cycle_however_little_may_be_searched() -> None:
    papers = tangle(list("ABCDEF"), Papers())
    found = cycles_of(surveyed(ring(["U", "V", "W"], papers)), steps=0)
    assert {c.parties[0] for c in found} == {"A", "U"}
    assert all(c.is_cut for c in found)


def test_a_long_ring_is_one_cycle() -> None:
    names = [f"{(n * 7919) % 1000:04d}" for n in range(1000)]  # names in no order
    begun = time.process_time()
    (found,) = cycles_of(surveyed(ring(names, Papers())))
    assert time.process_time() - begun < 3
    assert not found.is_cut
    assert (found.parties[0], len(found.parties)) == ("0000", 1000)


def test_a_long_row_of_exchanges_is_listed_whole() -> None:
    papers = Papers()
    for n in range(30):
        papers.sign("HT", f"{n:02d}>{n + 1:02d}", CODE)
        papers.sign("HT", f"{n + 1:02d}>{n:02d}", CODE)
    found = cycles_of(surveyed(papers))
    assert [c.parties for c in found] == [(f"{n:02d}", f"{n + 1:02d}") for n in range(30)]
    assert not any(c.is_cut for c in found)


def test_a_diamond_led_back_to_its_top_has_too_many_to_list_at_once() -> None:
    papers = layers_of_three(20)
    papers.sign("back", "020-1>H", CODE)
    found = take_survey(papers.about(CODE), ALL_DAYS)
    begun = time.process_time()
    cycles = cycles_of(found)
    assert time.process_time() - begun < 2
    assert len(cycles) == LISTED
    assert all(c.is_cut and len(c.parties) == 21 for c in cycles)
    assert len({c.parties for c in cycles}) == LISTED


def test_hops_that_go_round_on_no_one_day_are_no_cycle() -> None:
    papers = Papers()
    for day, (one, other) in enumerate(itertools.permutations("ABCDEFGH", 2), start=1):
        papers.sign("HT", f"{one}>{other}", f"{CODE}{day:02d}", day % 28 + 1, day % 28 + 1)
    assert cycles_of(surveyed(papers)) == []
