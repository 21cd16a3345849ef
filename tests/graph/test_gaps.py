"""What a gap lists as what might close it, and why each record does not count."""

from dataclasses import replace
from datetime import date

import pytest

from tests.graph.papers import Papers, term
from tracer.graph.trace import EvidenceArchive, build_trace
from tracer.model.evidence import Contract
from tracer.model.party import Party
from tracer.model.period import ALL_DAYS, Period

CODE = "10687415"


def whys(papers: Papers, window: Period = ALL_DAYS, *more: Contract) -> dict[str, list[str]]:
    """By contract number or routed number, why it does not close the gap at A."""
    evidence = papers.about(CODE)
    archive = EvidenceArchive(replace(evidence, contracts=(*evidence.contracts, *more)))
    (gap,) = build_trace(evidence, window, archive=archive).gaps
    assert gap.party == "A"
    found: dict[str, list[str]] = {}
    for candidate in gap.candidates:
        found.setdefault(candidate.detail, []).append(candidate.why)
    return found


def below_a_gap(*parties: Party) -> Papers:
    """H holds the code; nothing leads from it to A, who hands it on from the 10th to the 20th."""
    papers = Papers(*parties)
    papers.allocate(CODE, "H")
    papers.sign("HT-1", "A>B", CODE, 10, 20)
    return papers


@pytest.mark.parametrize("window", [ALL_DAYS, term(10, 20), term(12, 12), term(8, None)])
def test_a_contract_on_its_numbers_but_of_other_days(window: Period) -> None:
    papers = below_a_gap()
    papers.sign("HT-2", "H>A", CODE, 1, 5)
    assert whys(papers, window) == {"HT-2": ["other_days"]}


@pytest.mark.parametrize("segments", [CODE, CODE + "01", "1068", f"{CODE}01 10690000"])
def test_other_days_outside_the_window_whatever_the_length_of_the_segment(segments: str) -> None:
    papers = below_a_gap()
    papers.sign("HT-2", "H>A", segments, date(2020, 1, 1), date(2020, 12, 31))
    assert whys(papers, term(10, 20)) == {"HT-2": ["other_days"]}


def test_a_contract_of_both_other_days_and_other_numbers_is_of_other_numbers() -> None:
    papers = Papers()
    papers.allocate(CODE, "H")
    papers.sign("HT-1", "A>B", CODE + "01", 10, 20)
    papers.sign("HT-2", "H>A", CODE + "02", 1, 5)
    papers.sign("HT-3", "H>A", CODE + "02", 10, 20)
    papers.sign("HT-4", "H>A", CODE, 1, 9)
    evidence = papers.about(CODE)
    gap = next(gap for gap in build_trace(evidence, term(10, 20)).gaps if gap.party == "A")
    assert {c.detail: c.why for c in gap.candidates} == {
        "HT-2": "other_segment",
        "HT-3": "other_segment",
        "HT-4": "other_days",
    }


def test_contracts_beyond_the_number_come_from_the_archive_once_each() -> None:
    papers = below_a_gap()
    papers.sign("HT-2", "H>A", CODE, 1, 5)
    (own,) = (c for c in papers.about(CODE).contracts if c.contract_no == "HT-2")
    others = [
        own._replace(ref=own.ref._replace(row=100 + n), contract_no=no, segments=segments)
        for n, (no, segments) in enumerate(
            [("HT-8", ()), ("HT-9", (replace(own.segments[0], prefix="10690000"),))]
        )
    ]
    assert whys(papers, ALL_DAYS, *others) == {
        "HT-2": ["other_days"],
        "HT-8": ["no_segment"],
        "HT-9": ["other_segment"],
    }


def test_a_row_with_two_terms_is_listed_for_each() -> None:
    papers = below_a_gap()
    papers.sign("HT-2", "H>A", CODE, 1, 5)
    evidence = papers.about(CODE)
    (own,) = (c for c in evidence.contracts if c.contract_no == "HT-2")
    again = own._replace(term=term(25, 28))
    twice = replace(evidence, contracts=(*evidence.contracts, again))
    (gap,) = build_trace(twice, ALL_DAYS).gaps
    assert [(c.detail, c.why) for c in gap.candidates] == [("HT-2", "other_days")] * 2


def test_the_access_a_carrier_gives_closes_no_gap() -> None:
    papers = below_a_gap(Party("C", kind="运营商"))
    papers.sign("HT-2", "C>A", CODE)
    papers.sign("HT-3", "H>A", CODE, 1, 5)
    assert whys(papers) == {"HT-3": ["other_days"]}


def test_routing_of_another_day_is_listed_once_per_upstream_and_number() -> None:
    papers = below_a_gap()
    for on in (1, 2, 3):
        papers.log("H>A", CODE + "01", on, 5)
    papers.log("H>A", CODE + "02", 4, 0, blocked=7)
    assert whys(papers) == {CODE + "01": ["other_routing"]}
