"""Where a platform may have changed numbers: one computation for the basis and for TR308."""

from tests.graph.papers import Papers
from tracer.graph.renumbering import find_renumberings, with_shorter_numbers
from tracer.graph.survey import take_survey
from tracer.model.period import ALL_DAYS


def found_at_p(papers: Papers, asked: str = "1069") -> list[tuple[str, str, int, int]]:
    """Give number, number received as, messages and surplus of what P may have changed."""
    survey = take_survey(papers.about(asked), ALL_DAYS)
    ledgers = with_shorter_numbers(survey.evidence, survey.ledgers)
    found = find_renumberings(ledgers["P"])
    assert list(found) == sorted(found)
    return [(each.number, each.received_as, each.messages, each.surplus) for each in found]


def test_either_number_may_be_the_longer_one() -> None:
    for received, sent in (("1069", "106901"), ("106901", "1069")):
        papers = Papers()
        papers.log("P>D", received, 1, 20)
        papers.log("U>P", sent, 1, 19)
        assert found_at_p(papers) == [(sent, received, 19, 20)]


def test_the_number_received_may_be_shorter_than_the_one_asked_for() -> None:
    papers = Papers()
    papers.log("P>D", "1069", 1, 20)
    papers.log("U>P", "106901", 1, 20)
    assert found_at_p(papers, "106901") == [("106901", "1069", 20, 20)]


def test_one_surplus_may_answer_for_several_numbers() -> None:
    papers = Papers()
    papers.log("P>D", "1069", 1, 20)
    papers.log("U>P", "106901", 1, 20)
    papers.log("U>P", "106902", 1, 18)
    assert found_at_p(papers) == [("106901", "1069", 20, 20), ("106902", "1069", 18, 20)]


def test_what_went_on_unchanged_is_no_surplus() -> None:
    papers = Papers()
    papers.log("P>D", "1069", 1, 20)
    papers.log("U>P", "1069", 2, 20)
    papers.log("U>P", "106901", 1, 20)
    assert found_at_p(papers) == []


def test_units_are_looked_at_one_by_one() -> None:
    papers = Papers()
    papers.log("P>D", "1069", 1, 20, unit="parts")
    papers.log("U>P", "106901", 1, 20)
    assert found_at_p(papers) == []
    papers.log("V>P", "106901", 1, 20, unit="parts")
    assert found_at_p(papers) == [("106901", "1069", 20, 20)]
