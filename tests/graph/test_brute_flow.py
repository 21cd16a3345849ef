"""The brute-force evaluator's messages, flow and senders on cases worked out by hand."""

from typing import Any

import pytest

from tracer.model.party import Party
from tracer.model.period import ALL_DAYS, Period

from .brute_force import evaluate
from .papers import Papers, term


def _hop(papers: Papers, window: Period = ALL_DAYS) -> dict[str, Any]:
    [hop] = evaluate(papers.about("1069"), window)["hops"]
    return dict(hop)


def _flow(papers: Papers, name: str, window: Period = ALL_DAYS) -> tuple[int, ...]:
    parties = evaluate(papers.about("1069"), window)["parties"]
    [party] = [party for party in parties if party["name"] == name]
    keys = ("forwarded", "received", "originated", "own", "unresolved", "withheld")
    return tuple(party[key] for key in keys)


def _bases(papers: Papers, number: str = "1069", window: Period = ALL_DAYS) -> dict[str, str]:
    senders = evaluate(papers.about(number), window)["senders"]
    return {sender["name"]: sender["basis"] for sender in senders}


# --- messages of a hop


def test_the_largest_sum_by_reporter_and_delivery_counts() -> None:
    papers = Papers()
    papers.log("H>A", "1069", 1, 10, by="H")
    papers.log("H>A", "1069", 1, 6, by="A")
    papers.log("H>A", "1069", 1, 6, by="A")  # another file of the same delivery: they add up
    papers.log("H>A", "1069", 1, 11, by="A", delivery=2)  # the same days handed in again
    hop = _hop(papers)
    assert (hop["messages"], hop["attested"], len(hop["records"])) == (12, "both", 4)


def test_sums_are_compared_day_by_day_and_number_by_number() -> None:
    papers = Papers()
    papers.log("H>A", "1069", 1, 10, by="H")
    papers.log("H>A", "1069", 1, 1, by="A")
    papers.log("H>A", "1069", 2, 3, by="H")
    papers.log("H>A", "1069", 2, 5, by="A")
    papers.log("H>A", "10690", 2, 2, by="A")
    assert _hop(papers)["messages"] == 17
    assert _hop(papers, term(2))["messages"] == 7


@pytest.mark.parametrize(
    ("reporters", "attested"),
    [
        (["H", "A", "Z", None], "both"),
        (["Z", "H", None], "upstream"),
        ([None, "A", "Z"], "downstream"),
        ([None, "Z"], "third_party"),
        ([None], "unattributed"),
    ],
)
def test_the_strongest_attestation_over_the_scope_counts(
    reporters: list[str | None], attested: str
) -> None:
    papers = Papers()
    for on, reporter in enumerate(reporters, start=1):
        papers.log("H>A", "1069", on, 1, by=reporter)
    assert _hop(papers)["attested"] == attested


def test_a_log_of_blocked_rows_only_attests_nothing_and_shows_no_hop() -> None:
    papers = Papers()
    papers.log("H>A", "1069", 1, 1, by="H")
    papers.log("H>A", "1069", 2, 0, by="A", blocked=5)
    papers.log("A>B", "1069", 2, 0, by="A", blocked=3)
    result = evaluate(papers.about("1069"), ALL_DAYS)
    [hop] = result["hops"]
    assert (hop["attested"], hop["blocked"], hop["last_day"]) == ("upstream", 5, "2023-07-01")
    assert [record[-2:] for record in hop["records"]] == [":2", ":3"]  # the blocked rows count
    assert result["blocked_only"] == [{"upstream": "A", "downstream": "B", "blocked": 3}]
    assert [party["name"] for party in result["parties"]] == ["A", "H"]


def test_blocked_rows_count_as_the_largest_sum_of_a_log_too() -> None:
    papers = Papers()
    papers.sign("1", "H>A", "1069")
    papers.log("H>A", "1069", 1, 0, by="H", blocked=2)
    papers.log("H>A", "1069", 1, 0, by="H", blocked=2)
    papers.log("H>A", "1069", 1, 0, by="A", blocked=3)
    papers.log("H>A", "1069", 2, 0, by="A", blocked=1)
    hop = _hop(papers)
    assert (hop["blocked"], hop["messages"], hop["status"]) == (5, 0, "contract_only")


def test_parts_stand_for_messages_only_where_there_are_none() -> None:
    papers = Papers()
    papers.log("H>A", "1069", 1, 9, by="A", unit="parts")
    papers.log("H>A", "1069", 1, 4, by="H")
    papers.log("H>A", "1069", 2, 9, by="A", unit="parts")
    papers.log("H>A", "1069", 2, 0, by="H", blocked=1)
    assert _hop(papers, term(1, 1))["messages"] == 4
    assert _hop(papers, term(2, 2))["messages"] == 9


@pytest.mark.parametrize(
    ("last", "covered", "status"),
    [(3, 6, "corroborated"), (2, 3, "partly_covered"), (0, 0, "routing_only")],
)
def test_the_status_follows_what_the_contracts_cover(last: int, covered: int, status: str) -> None:
    papers = Papers()
    if last:
        papers.sign("1", "H>A", "1069", 1, last)
    papers.sign("2", "H>A", "10691")
    for on in (1, 2, 3):
        papers.log("H>A", "1069", on, on)
    hop = _hop(papers)
    assert (hop["messages"], hop["messages_covered"], hop["status"]) == (6, covered, status)


def test_chains_have_the_messages_of_their_last_hop_where_they_are_chains() -> None:
    papers = Papers()
    papers.allocate("1069", "H")
    papers.sign("1", "H>A", "1069")
    papers.log("H>A", "1069", 1, 5)
    papers.log("H>A", "1069", 2, 7)
    papers.log("H>A", "10690", 2, 1)
    papers.log("A>B", "1069", 2, 6)
    chains = evaluate(papers.about("1069"), ALL_DAYS)["chains"]
    assert [(c["parties"], c["messages"], c["maximal"]) for c in chains] == [
        (["H", "A"], 6, False),
        (["H", "A", "B"], 6, True),
    ]


# --- flow


def test_what_was_received_leaves_that_day_or_the_next() -> None:
    papers = Papers()
    papers.log("A>B", "1069", 1, 10)
    papers.log("H>A", "1069", 1, 6)
    papers.log("H>A", "1069", 2, 4)
    assert _flow(papers, "A") == (10, 10, 0, 0, 0, 0)
    assert _flow(papers, "A", term(2, 2)) == (4, 0, 0, 0, 0, 0)  # the window cuts no message
    assert _flow(papers, "A", term(1, 1)) == (6, 10, 0, 0, 0, 0)


def test_two_days_later_is_too_late() -> None:
    papers = Papers()
    papers.log("A>B", "1069", 1, 10)
    papers.log("H>A", "1069", 1, 6)
    papers.log("H>A", "1069", 3, 4)
    assert _flow(papers, "A") == (10, 10, 4, 4, 0, 4)
    assert _flow(papers, "A", term(1, 2)) == (6, 10, 0, 0, 0, 4)
    assert _flow(papers, "A", term(3)) == (4, 0, 4, 4, 0, 0)


def test_what_is_left_from_the_day_before_goes_first() -> None:
    papers = Papers()
    for on in (1, 2):
        papers.log("A>B", "1069", on, 5)
        papers.log("H>A", "1069", on + 1, 5)
    assert _flow(papers, "A") == (10, 10, 0, 0, 0, 0)


def test_a_day_is_matched_before_the_next_may_take_what_is_left() -> None:
    papers = Papers()
    papers.log("A>B", "1069", 1, 5)
    papers.log("H>A", "1069", 1, 4)
    papers.log("H>A", "1069", 2, 3)
    assert _flow(papers, "A") == (7, 5, 2, 2, 0, 0)


def test_flow_adds_up_all_upstreams_and_all_downstreams() -> None:
    papers = Papers(Party("K", kind="carrier"))
    papers.log("K>A", "1069", 1, 4)
    papers.log("H>A", "1069", 1, 3)
    papers.log("A>B", "1069", 1, 2)
    papers.log("A>C", "1069", 1, 9)
    assert _flow(papers, "A") == (7, 11, 0, 0, 0, 4)


def test_nothing_is_withheld_of_a_number_of_which_nothing_was_forwarded() -> None:
    papers = Papers()
    papers.log("A>B", "1069", 1, 5)
    assert _flow(papers, "A") == (0, 5, 0, 0, 0, 0)
    papers.log("H>A", "10690", 1, 1)  # another number: still nothing
    assert _flow(papers, "A") == (1, 5, 1, 1, 0, 0)
    papers.log("H>A", "1069", 9, 1)  # of other days: now the log above is on record
    assert _flow(papers, "A", term(1, 2)) == (1, 5, 1, 1, 0, 5)


def test_an_evidenced_hop_onward_leaves_the_origin_open() -> None:
    papers = Papers()
    papers.log("H>A", "1069", 1, 5)
    papers.log("H>A", "1069", 2, 2)
    papers.sign("1", "A>B", "1069", 2, 9)
    assert _flow(papers, "A") == (7, 0, 7, 5, 2, 0)


def test_a_hop_that_closes_a_cycle_leads_onward_too() -> None:
    papers = Papers()
    papers.allocate("1069", "H")
    papers.sign("1", "A>H", "1069", 1, 1)
    papers.log("H>A", "1069", 1, 5)
    assert _flow(papers, "A") == (5, 0, 5, 0, 5, 0)


def test_mixed_units_are_never_matched() -> None:
    papers = Papers()
    papers.log("A>B", "1069", 1, 5)
    papers.log("H>A", "1069", 1, 4, unit="parts")
    papers.log("H>A", "1069", 5, 2)
    # the 4 parts may be the 5 messages: unclear; the 2 of day 5 have nothing beside them
    assert _flow(papers, "A") == (6, 5, 6, 2, 4, 0)
    assert _flow(papers, "A", term(5)) == (2, 0, 2, 2, 0, 0)
    assert _flow(papers, "H") == (0, 6, 0, 0, 0, 0)
    assert _flow(papers, "B") == (5, 0, 5, 5, 0, 0)


def test_parts_of_another_day_leave_matching_alone() -> None:
    papers = Papers()
    papers.log("A>B", "1069", 1, 10)
    papers.log("H>A", "1069", 2, 10)
    papers.log("H>A", "1069", 6, 1, unit="parts")
    assert _flow(papers, "A") == (11, 10, 1, 1, 0, 0)


def test_parts_on_both_sides_match() -> None:
    papers = Papers()
    papers.log("A>B", "1069", 1, 5, unit="parts")
    papers.log("H>A", "1069", 1, 7, unit="parts")
    papers.log("H>A", "10690", 1, 1)  # other numbers may count otherwise
    assert _flow(papers, "A") == (8, 5, 3, 1, 2, 0)


# --- senders


def test_senders_come_most_first_then_by_name() -> None:
    papers = Papers()
    for name, messages in (("D", 2), ("C", 2), ("E", 3)):
        papers.log(f"H>{name}", "1069", 1, messages)
    senders = evaluate(papers.about("1069"), ALL_DAYS)["senders"]
    assert [(s["name"], s["messages"]) for s in senders] == [("E", 3), ("C", 2), ("D", 2)]


def test_a_declared_sender_is_one_by_its_kind() -> None:
    papers = Papers(Party("A", kind="内容提供者"))
    papers.log("H>A", "1069", 1, 5, by="A")
    assert _bases(papers) == {"A": "declared"}


@pytest.mark.parametrize(
    ("kind", "last", "basis"),
    [
        ("终端客户服务", 2, "declared"),
        (" END_CUSTOMER_SERVICE", 2, "declared"),
        ("end_customer_service", 1, "last_on_record"),  # not in force on every such day
        ("转租", 2, "last_on_record"),
    ],
)
def test_an_end_customer_contract_declares_its_downstream(kind: str, last: int, basis: str) -> None:
    papers = Papers()
    papers.sign("1", "Q>A", "1069", 1, last, kind=kind)
    papers.log("H>A", "1069", 1, 5)
    papers.log("H>A", "1069", 2, 5)
    assert _bases(papers) == {"A": basis}


def test_own_log_needs_every_message_of_every_hop_in_one_delivery() -> None:
    papers = Papers()
    papers.log("H>A", "1069", 1, 5, by="A")
    papers.log("H>A", "1069", 1, 5, by="H")
    papers.log("中国移动>A", "1069", 1, 3, by="A")
    papers.log("中国移动>A", "1069", 1, 2, by="A")
    assert _bases(papers) == {"A": "own_log"}
    papers.log("H>A", "10690", 1, 6, by="H")
    papers.log("H>A", "10690", 1, 3, by="A")
    papers.log("H>A", "10690", 1, 3, by="A", delivery=2)
    assert _bases(papers) == {"A": "last_on_record"}
    assert _bases(papers, window=term(2)) == {}


def test_own_log_in_another_unit_is_none() -> None:
    papers = Papers()
    papers.log("H>A", "1069", 1, 5, by="H")
    papers.log("H>A", "1069", 1, 5, by="A", unit="parts")
    assert _bases(papers) == {"A": "last_on_record"}


@pytest.mark.parametrize(
    ("sent", "basis"),
    [
        (20, "possible_renumbering"),
        (18, "possible_renumbering"),
        (17, "last_on_record"),
        (22, "possible_renumbering"),  # 2 of 22
        (23, "last_on_record"),
    ],
)
@pytest.mark.parametrize("asked", ["1069", "106901"])
def test_about_as_many_under_a_longer_number_may_be_the_same(
    sent: int, basis: str, asked: str
) -> None:
    papers = Papers()
    papers.log("P>D", "1069", 1, 20)
    papers.log("U>P", "106901", 1, sent)
    assert _bases(papers, asked)["P"] == basis


def test_a_shorter_number_and_what_was_forwarded_under_it() -> None:
    papers = Papers()
    papers.log("P>D", "106901", 1, 30)
    papers.log("U>P", "106901", 1, 6)
    papers.log("U>P", "106901", 2, 4)  # leaves 20 of day 1, though it was forwarded a day later
    papers.log("U>P", "1069", 1, 20)
    assert _bases(papers)["P"] == "possible_renumbering"
    papers.log("U>P", "106901", 2, 5)
    papers.log("U>P", "106901", 2, 5)  # 14 of day 2 now
    assert _bases(papers)["P"] == "last_on_record"


def test_renumbering_needs_the_day_the_prefix_and_the_unit() -> None:
    for number, on, unit in (
        ("1069", 2, "messages"),
        ("10692", 1, "messages"),
        ("1069", 1, "parts"),
    ):
        papers = Papers()
        papers.log("P>D", number, on, 20, unit=unit)
        papers.log("U>P", "106901", 1, 20)
        assert _bases(papers)["P"] == "last_on_record"


def test_renumbering_must_explain_every_day() -> None:
    papers = Papers()
    papers.log("P>D", "1069", 1, 20)
    papers.log("U>P", "106901", 1, 20)
    papers.log("U>P", "106901", 2, 1)
    assert _bases(papers)["P"] == "last_on_record"
    assert _bases(papers, window=term(1, 1))["P"] == "possible_renumbering"
