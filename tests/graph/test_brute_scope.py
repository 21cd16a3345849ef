"""The brute-force evaluator's scope: carriers, windows, incidents, and the finite universe."""

import pytest
from hypothesis import given, settings

from tests.effort import tries
from tracer.model.evidence import Evidence
from tracer.model.party import Party
from tracer.model.period import ALL_DAYS, Period

from . import brute_scope
from .brute_force import evaluate
from .papers import Papers, term
from .readings import chains_of, days_of, layers_of, only
from .strategies import cases

# --- carriers


def test_a_carrier_above_the_chain_gives_access() -> None:
    papers = Papers(Party("K", kind="基础运营商"))
    papers.allocate("1069", "H")
    papers.sign("HT-9", "K>H", "1069", 1, 1)
    papers.sign("1", "H>A", "1069", 1, 2)
    papers.log("K>H", "1069", 1, 4)
    papers.log("K>H", "1069", 2, 5)
    papers.log("H>A", "1069", 1, 9)
    result = evaluate(papers.about("1069"), ALL_DAYS)
    assert result["access"] == [
        {
            "carrier": "K",
            "party": "H",
            "messages": 9,
            "messages_covered": 4,
            "contracts": ["HT-9"],
        }
    ]
    assert list(chains_of(result)) == ["H>A"]
    assert layers_of(result) == {"A": 1, "H": 0, "K": None}
    assert only(result["parties"], name="K")["received"] == 9
    holder = only(result["parties"], name="H")
    assert (holder["forwarded"], holder["originated"], holder["withheld"]) == (9, 0, 0)
    assert only(result["parties"], carrier=True)["name"] == "K"


def test_access_for_a_party_without_a_paper_starts_no_chain() -> None:
    papers = Papers()
    papers.allocate("1069", "H")
    papers.log("中国移动>X", "1069", 1, 4)
    result = evaluate(papers.about("1069"), ALL_DAYS)
    assert (result["chains"], result["gaps"], result["hops"]) == ([], [], [])
    assert result["senders"] == [{"name": "X", "messages": 4, "basis": "last_on_record"}]


@pytest.mark.parametrize("hop", ["Q>K", "中国电信>K"])
def test_a_carrier_with_an_upstream_in_the_scope_resells(hop: str) -> None:
    papers = Papers(Party("K", kind="运营商"))
    papers.sign("1", hop, "10690", 1, 3)
    papers.sign("2", "K>A", "10691", 5, 8)
    evidence = papers.about("1069")
    inside = evaluate(evidence, term(3, 9))
    assert "K>A" in chains_of(inside)
    after = evaluate(evidence, term(4, 9))
    assert (after["chains"], [a["carrier"] for a in after["access"]]) == ([], ["K"])
    elsewhere = evaluate(papers.about("10691"), ALL_DAYS)
    assert elsewhere["chains"] == []


def test_a_carrier_that_holds_the_number_somewhere_is_a_party_like_any() -> None:
    papers = Papers()
    papers.allocate("10690", "中国广电", 1, 1)
    papers.sign("1", "中国广电>A", "1069")
    result = evaluate(papers.about("1069"), ALL_DAYS)
    assert chains_of(result) == {"中国广电>A": ("holder unallocated", "terminal")}
    assert list(chains_of(evaluate(papers.about("10691"), ALL_DAYS))) == []


# --- windows, figures of a hop


def test_days_are_cut_to_the_window_and_open_where_it_is() -> None:
    papers = Papers()
    papers.allocate("1069", "H")
    papers.sign("1", "H>A", "1069")
    papers.sign("2", "H>B", "1069", 3, 9)
    evidence = papers.about("1069")

    def spans(window: Period) -> list[tuple[str | None, str | None]]:
        return [days_of(hop) for hop in evaluate(evidence, window)["hops"]]

    assert spans(ALL_DAYS) == [(None, None), ("2023-07-03", "2023-07-09")]
    assert spans(term(5)) == [("2023-07-05", None), ("2023-07-05", "2023-07-09")]
    assert spans(term(None, 5)) == [(None, "2023-07-05"), ("2023-07-03", "2023-07-05")]
    assert spans(term(10, 12)) == [("2023-07-10", "2023-07-12")]


def test_contracts_of_a_hop_are_named_once_and_their_rows_all() -> None:
    papers = Papers()
    papers.sign("HT-2", "A>B", "1069", 1, 2)
    papers.sign("HT-1", "A>B", "10690", 5, 6)
    papers.sign("HT-1", "A>B", "10691 1068", 8, 9)
    papers.sign("HT-1", "B>C", "10691")
    hop = only(evaluate(papers.about("1069"), term(1, 8))["hops"], downstream="B")
    assert hop["contracts"] == ["HT-1", "HT-2"]
    assert [record[-2:] for record in hop["records"]] == [":2", ":3", ":4"]
    later = only(evaluate(papers.about("1069"), term(7, 8))["hops"], downstream="B")
    assert (later["contracts"], days_of(later)) == (["HT-1"], ("2023-07-08", "2023-07-08"))


# --- incidents


def test_incidents_go_by_traffic_else_by_paper_else_nowhere() -> None:
    papers = Papers()
    papers.allocate("1069", "H")
    papers.sign("1", "H>A", "1069", 1, 5)
    papers.log("H>A", "10690", 1, 2)
    papers.log("A>B", "10690", 1, 2)
    papers.log("H>A", "10690", 2, 2)
    papers.sign("2", "A>B", "1069", 2, 2)
    papers.report("10690", 1, victim="v", loss=1_500_000)  # on every hop
    papers.report("10690", 2, victim="v", loss=32_500)  # the second hop is on paper only
    papers.report("10691", 1, victim="w")  # another number: paper only
    papers.report("10690", 7)  # a holder alone
    papers.report("10690", 9)  # outside the window
    papers.report("1068", 1)  # outside the number
    result = evaluate(papers.about("1069"), term(1, 8))
    assert result["incidents"] == {
        "count": 4,
        "by_traffic": 1,
        "by_paper": 2,
        "unreached": 1,
        "victims": 2,
        "loss": "1.5325",
    }


def test_a_chain_that_goes_on_without_traffic_takes_its_incident_to_paper() -> None:
    papers = Papers()
    papers.log("A>B", "1069", 1, 2)
    papers.report("1069", 1)
    assert evaluate(papers.about("1069"), ALL_DAYS)["incidents"]["by_traffic"] == 1
    papers.sign("1", "B>C", "1069")
    assert evaluate(papers.about("1069"), ALL_DAYS)["incidents"]["by_paper"] == 1


def test_equal_incidents_are_one() -> None:
    papers = Papers()
    for _ in range(2):
        papers.report("1069", 1, victim="v", case_no="案1", loss=7_000_000)
    papers.report("1069", 1, victim="v", case_no="案1", loss=7_000_000, at="10:00")
    papers.report("1069", 1, victim="v", case_no="案2", loss=7_000_000)
    incidents = evaluate(papers.about("1069"), ALL_DAYS)["incidents"]
    assert (incidents["count"], incidents["unreached"], incidents["victims"]) == (3, 3, 1)
    assert incidents["loss"] == "21.00"


# --- the universe


@settings(max_examples=tries(60))
@given(cases())
def test_more_numbers_and_days_tell_nothing_new(case: tuple[Evidence, Period]) -> None:
    numbers, days = brute_scope._numbers, brute_scope._days

    def more_numbers(evidence: Evidence) -> list[str]:
        tails = ("0", "1", "9", "01", "51", "995")
        found = {n + tail for n in (*numbers(evidence), evidence.number) for tail in tails}
        return sorted({n for n in found if len(n) <= 20} | set(numbers(evidence)))

    def more_days(evidence: Evidence, window: Period) -> list[int]:
        known = days(evidence, window)
        return [known[0] - 2, known[0] - 1, *known, known[-1] + 1, known[-1] + 2]

    expected = evaluate(*case)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(brute_scope, "_numbers", more_numbers)
        patch.setattr(brute_scope, "_days", more_days)
        assert evaluate(*case) == expected
