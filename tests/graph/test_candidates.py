"""Candidates are looked up when they are asked for: once, and for all gaps of a trace."""

import copy
import pickle
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import chain
from typing import Any
from weakref import ref

import pytest

from tests.graph.papers import Papers
from tracer.graph.result import Trace
from tracer.graph.scope import Ground
from tracer.graph.survey import take_survey
from tracer.graph.trace import EvidenceArchive, build_trace
from tracer.model.evidence import Contract, Leads
from tracer.model.period import ALL_DAYS

CODE = "10687415"


@dataclass
class WatchedArchive:
    """An archive that notes what it was asked for."""

    archive: EvidenceArchive
    asked: list[frozenset[str]] = field(default_factory=list)

    def leads(self, parties: Collection[str]) -> Leads:
        self.asked.append(frozenset(parties))
        return self.archive.leads(parties)

    def unsegmented(self, parties: Collection[str]) -> tuple[Contract, ...]:
        return self.archive.unsegmented(parties)


def two_gaps() -> tuple[Trace, WatchedArchive]:
    papers = Papers()
    papers.allocate(CODE, "H")
    papers.sign("HT-1", "A>B", CODE, 10, 20)
    papers.sign("HT-2", "C>D", CODE, 10, 20)
    papers.sign("HT-3", "H>A", CODE, 1, 5)
    papers.sign("HT-4", "E>A", CODE, 1, 5)
    papers.log("H>C", CODE + "01", 1, 5)
    evidence = papers.about(CODE)
    archive = WatchedArchive(EvidenceArchive(evidence))
    window = evidence.contracts[0].term
    return build_trace(evidence, window, archive=archive), archive


def test_nothing_is_looked_up_until_it_is_asked_for_and_then_once_for_all() -> None:
    trace, archive = two_gaps()
    assert [gap.party for gap in trace.gaps] == ["A", "C"]
    assert archive.asked == []
    assert [c.detail for c in trace.gaps[1].candidates] == [CODE + "01"]
    assert [c.upstream for c in trace.gaps[0].candidates] == ["E", "H"]
    trace.complete()
    assert archive.asked == [frozenset("AC")]


def test_a_complete_trace_asks_for_no_more() -> None:
    trace, archive = two_gaps()
    trace.complete()
    assert len(archive.asked) == 1
    assert [len(gap.candidates) for gap in trace.gaps] == [2, 1]
    assert len(archive.asked) == 1


def test_without_a_gap_nothing_is_looked_up() -> None:
    papers = Papers()
    papers.allocate(CODE, "H")
    papers.sign("HT-1", "H>A", CODE)
    archive = WatchedArchive(EvidenceArchive(papers.about(CODE)))
    build_trace(papers.about(CODE), ALL_DAYS, archive=archive).complete()
    assert archive.asked == []


def test_candidates_are_as_good_as_a_tuple_of_them() -> None:
    (one, _), (other, archive) = two_gaps(), two_gaps()
    here = one.gaps[0].candidates
    plain = tuple(here)
    assert here == plain
    assert here == other.gaps[0].candidates
    assert one.gaps == other.gaps
    assert hash(here) == hash(plain)
    assert repr(here) == repr(plain)
    assert (here[0], here[-1], here[:1]) == (plain[0], plain[1], plain[:1])
    assert here != other.gaps[1].candidates
    assert archive.asked == [frozenset("AC")]


@pytest.mark.parametrize("form", ["copied", "pickled"])
def test_a_copy_taken_elsewhere_is_complete(form: str) -> None:
    trace, archive = two_gaps()
    gaps = trace.gaps
    taken = copy.deepcopy(gaps) if form == "copied" else pickle.loads(pickle.dumps(gaps))
    assert len(archive.asked) == 1
    assert [type(gap.candidates) for gap in taken] == [tuple, tuple]
    assert taken == gaps


def test_what_the_scope_was_found_from_is_let_go_with_the_survey() -> None:
    evidence = two_gaps()[0].evidence
    found = take_survey(evidence, evidence.contracts[0].term)
    trace = build_trace(evidence, found.scope.window, found=found)
    scope = ref(found.scope)
    del found
    assert scope() is None, "a trace that is kept would keep every box of every contract"
    assert [gap.party for gap in trace.gaps if gap.candidates] == ["A", "C"]


def test_the_ground_of_a_scope_tells_days_as_the_scope_does() -> None:
    evidence = two_gaps()[0].evidence
    scope = take_survey(evidence, ALL_DAYS).scope
    (region,) = (region for pair, region in scope.hops.items() if pair == ("A", "B"))
    day = evidence.contracts[0].term.bounds()[0]
    for here in (scope, scope.ground):
        assert here.period(region) == evidence.contracts[0].term
        assert here.has(region, CODE, day)
        assert not here.has(region, CODE, day - 1)
    assert type(scope.ground) is Ground


def test_records_and_answers_cannot_be_changed() -> None:
    trace, _ = two_gaps()
    made = trace.evidence.contracts, trace.hops, trace.parties, trace.gaps
    records: list[Any] = [*chain.from_iterable(made)]
    for record in records:
        for name in record._fields:
            with pytest.raises(AttributeError):
                setattr(record, name, None)
