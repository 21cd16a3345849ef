"""The brute-force evaluator on cases worked out by hand from the definition."""

from datetime import date
from typing import Any

from tracer.model.period import ALL_DAYS, Period

from .brute_force import evaluate
from .papers import Papers, term
from .readings import chains_of, days_of, layers_of, only


def _worked_case() -> Papers:
    papers = Papers()
    papers.allocate("10687415", "H")
    papers.sign("C1", "H>A", "10687415", date(2023, 1, 1), date(2023, 12, 31))
    papers.sign("C2", "A>B", "1068741501", date(2023, 7, 1), date(2023, 8, 31))
    papers.sign("C3", "B>C", "1068741501", date(2023, 7, 1), date(2023, 8, 31))
    papers.sign("C4", "C>A", "1068741501", date(2023, 8, 1), date(2023, 8, 31))
    for hop, messages in (("H>A", 10), ("A>B", 10), ("B>C", 7), ("C>X", 7)):
        papers.log(hop, "106874150101", date(2023, 7, 5), messages)
    return papers


def _hop(hop: str, status: str, messages: int, records: str, span: str) -> dict[str, Any]:
    upstream, downstream = hop.split(">")
    first_day, last_day = span.split("…")
    known = [record.split() for record in records.split(", ")]
    return {
        "upstream": upstream,
        "downstream": downstream,
        "status": status,
        "attested": "unattributed" if messages else "none",
        "messages": messages,
        "messages_covered": messages if status == "corroborated" else 0,
        "contracts": [number for number, *_ in known if number != "-"],
        "blocked": 0,
        "records": [
            f"{'contracts' if row[0] == 'c' else 'routing'}:{'ab' * 8}:{row[1:]}"
            for _, *rows in known
            for row in rows
        ],
        "first_day": first_day,
        "last_day": last_day,
    }


def test_the_worked_case_of_the_definition() -> None:
    result = evaluate(_worked_case().about("10687415"), ALL_DAYS)

    assert layers_of(result) == {"A": 1, "B": 2, "C": 3, "H": 0, "X": 4}
    assert result["hops"] == [
        _hop("A>B", "corroborated", 10, "C2 c3 r3", "2023-07-01…2023-08-31"),
        _hop("B>C", "corroborated", 7, "C3 c4 r4", "2023-07-01…2023-08-31"),
        _hop("C>A", "contract_only", 0, "C4 c5", "2023-08-01…2023-08-31"),
        _hop("C>X", "routing_only", 7, "- r5", "2023-07-05…2023-07-05"),
        _hop("H>A", "corroborated", 10, "C1 c2 r2", "2023-01-01…2023-12-31"),
    ]
    plain = {"starts": ["holder"], "ends": ["terminal"], "messages": 0, "maximal": False}
    assert result["chains"] == [
        {
            **plain,
            "parties": ["H", "A"],
            "first_day": "2023-01-01",
            "last_day": "2023-12-31",
        },
        {
            **plain,
            "parties": ["H", "A", "B", "C"],
            "ends": ["cycle", "terminal"],
            "first_day": "2023-07-01",
            "last_day": "2023-08-31",
        },
        {
            **plain,
            "parties": ["H", "A", "B", "C", "X"],
            "messages": 7,
            "maximal": True,
            "first_day": "2023-07-05",
            "last_day": "2023-07-05",
        },
    ]
    quiet = dict.fromkeys(("originated", "own", "unresolved", "withheld"), 0)
    keys = ("name", "layer", "forwarded", "received")
    assert result["parties"] == [
        {"carrier": False, **quiet, **dict(zip(keys, values, strict=True)), **more}
        for *values, more in (
            ("A", 1, 10, 10, {}),
            ("B", 2, 10, 7, {"originated": 3, "unresolved": 3}),
            ("C", 3, 7, 7, {}),
            ("H", 0, 0, 10, {}),
            ("X", 4, 7, 0, {"originated": 7, "own": 7}),
        )
    ]
    assert result["senders"] == [{"name": "X", "messages": 7, "basis": "last_on_record"}]
    assert (result["access"], result["gaps"], result["blocked_only"]) == ([], [], [])


def test_the_worked_case_in_january_and_in_august() -> None:
    evidence = _worked_case().about("10687415")
    january = evaluate(evidence, Period(date(2023, 1, 1), date(2023, 1, 31)))
    august = evaluate(evidence, Period(date(2023, 8, 1), date(2023, 8, 31)))
    assert chains_of(january) == {"H>A": ("holder", "terminal")}
    assert chains_of(august) == {"H>A": ("holder", "terminal"), "H>A>B>C": ("holder", "cycle")}
    assert only(august["chains"], parties=["H", "A", "B", "C"])["maximal"]
    assert (january["senders"], august["senders"]) == ([], [])


# --- what makes a chain


def test_disjoint_extensions_never_make_a_chain() -> None:
    papers = Papers()
    papers.allocate("1069", "H")
    papers.sign("1", "H>A", "1069")
    papers.sign("2", "A>B", "10690")
    papers.sign("3", "B>C", "10691")
    result = evaluate(papers.about("1069"), ALL_DAYS)
    assert chains_of(result) == {
        "H>A": ("holder", "terminal"),
        "H>A>B": ("holder", "terminal"),
        "B>C": ("gap", "terminal"),
    }
    assert layers_of(result) == {"A": 1, "B": 2, "C": None, "H": 0}
    assert result["gaps"] == [{"party": "B", "days": None}]


def test_terms_that_never_meet_make_no_chain() -> None:
    papers = Papers()
    papers.allocate("1069", "H")
    papers.sign("1", "H>A", "1069", 1, 5)
    papers.sign("2", "A>B", "1069", 6, 10)
    result = evaluate(papers.about("1069"), ALL_DAYS)
    assert chains_of(result) == {"H>A": ("holder", "terminal"), "A>B": ("gap", "terminal")}
    assert result["gaps"] == [{"party": "A", "days": 5}]
    assert days_of(only(result["chains"], parties=["A", "B"])) == ("2023-07-06", "2023-07-10")


def test_terms_that_meet_on_one_day_make_a_chain_of_that_day() -> None:
    papers = Papers()
    papers.allocate("1069", "H")
    papers.sign("1", "H>A", "1069", 1, 5)
    papers.sign("2", "A>B", "1069", 5, 10)
    result = evaluate(papers.about("1069"), ALL_DAYS)
    chain = only(result["chains"], parties=["H", "A", "B"])
    assert days_of(chain) == ("2023-07-05", "2023-07-05")
    assert result["gaps"] == [{"party": "A", "days": 5}]


def test_routing_of_the_bare_code_says_nothing_of_its_extensions() -> None:
    papers = Papers()
    papers.allocate("1069", "H")
    papers.sign("1", "H>A", "1069")
    papers.log("A>B", "1069", 1, 3)
    assert chains_of(evaluate(papers.about("1069"), term(1, 1))) == {
        "H>A": ("holder", "terminal"),
        "H>A>B": ("holder", "terminal"),
    }
    assert list(chains_of(evaluate(papers.about("10691"), term(1, 1)))) == ["H>A"]


def test_what_is_left_of_a_routed_prefix_beside_its_segments_is_looked_at_too() -> None:
    papers = Papers()
    papers.allocate("1069", "H")
    papers.sign("1", "H>A", "1069")
    papers.log("A>B", "1069", 1, 3)
    papers.sign("2", "A>C", "10690")
    chains = chains_of(evaluate(papers.about("1069"), term(1, 1)))
    assert list(chains) == ["H>A", "H>A>B", "H>A>C"]


def test_a_prefix_all_of_whose_extensions_are_segments_leaves_nothing_over() -> None:
    papers = Papers()
    papers.allocate("1069", "H")
    papers.sign("1", "H>A", "1069")
    papers.log("A>B", "1069", 1, 3)
    papers.sign("2", "A>C", " ".join(f"1069{digit}" for digit in range(10)))
    chains = chains_of(evaluate(papers.about("1069"), term(1, 1)))
    assert list(chains) == ["H>A>B", "H>A>C"]


def test_a_number_of_twenty_digits_has_no_extension() -> None:
    number = "1069" + "0" * 16
    papers = Papers()
    papers.allocate("1069", "H")
    papers.sign("1", "H>A", number)
    papers.log("A>B", number, 1, 3)
    assert list(chains_of(evaluate(papers.about(number), term(1, 1)))) == ["H>A>B"]


def test_merges_give_a_chain_each_and_the_shorter_way_down_the_layer() -> None:
    papers = Papers()
    papers.allocate("1069", "H")
    for hop in ("H>A", "H>B", "A>C", "B>D", "D>C", "C>E"):
        papers.sign("1", hop, "1069")
    result = evaluate(papers.about("1069"), ALL_DAYS)
    assert list(chains_of(result)) == ["H>A>C>E", "H>B>D>C>E"]
    assert layers_of(result) == {"A": 1, "B": 1, "C": 2, "D": 2, "E": 3, "H": 0}


def test_the_layer_is_counted_at_one_point_never_across_points() -> None:
    papers = Papers()
    papers.allocate("1069", "H")
    papers.sign("1", "H>A", "10690")
    papers.sign("2", "A>B", "1069")
    papers.sign("3", "H>C", "1069")
    papers.sign("4", "C>A", "10691")
    papers.sign("5", "B>D", "10691")
    layers = layers_of(evaluate(papers.about("1069"), ALL_DAYS))
    assert (layers["A"], layers["B"], layers["D"]) == (1, 2, 4)


def test_a_chain_that_ends_in_two_ways_and_one_that_begins_in_two() -> None:
    papers = Papers()
    papers.allocate("1069", "H", 1, 3)
    papers.allocate("1069", "A", 5)
    papers.sign("1", "A>B", "1069", 2, 6)
    papers.sign("2", "B>A", "10690", 6, 6)
    result = evaluate(papers.about("1069"), ALL_DAYS)
    assert chains_of(result) == {"A>B": ("gap holder unallocated", "cycle terminal")}
    assert result["gaps"] == [{"party": "A", "days": 2}]


# --- holders and roots


def test_the_longest_allocation_that_is_in_force_has_the_holder() -> None:
    papers = Papers()
    papers.allocate("1069", "H")
    papers.allocate("10690", "J", 3, 4)
    papers.sign("1", "H>A", "10690")
    papers.sign("2", "J>B", "10690")
    result = evaluate(papers.about("10690"), term(2, 5))
    assert chains_of(result) == {
        "H>A": ("gap holder", "terminal"),
        "J>B": ("gap holder", "terminal"),
    }
    assert result["gaps"] == [{"party": "H", "days": 2}, {"party": "J", "days": 2}]


def test_two_holders_of_one_segment_are_both_roots() -> None:
    papers = Papers()
    papers.allocate("1069", "H")
    papers.allocate("1069", "J")
    papers.sign("1", "H>J", "1069")
    papers.sign("2", "J>A", "1069")
    result = evaluate(papers.about("1069"), ALL_DAYS)
    assert list(chains_of(result)) == ["H>J>A", "J>A"]
    assert layers_of(result) == {"A": 1, "H": 0, "J": 0}


def test_a_holder_alone_is_a_party_and_no_chain() -> None:
    papers = Papers()
    papers.allocate("1069", "H", 1, 3)
    assert layers_of(evaluate(papers.about("1069"), ALL_DAYS)) == {"H": 0}
    assert evaluate(papers.about("1069"), ALL_DAYS)["chains"] == []
    assert evaluate(papers.about("1069"), term(4, 9))["parties"] == []


def test_without_an_allocation_chains_are_unallocated() -> None:
    papers = Papers()
    papers.sign("1", "A>B", "1069")
    result = evaluate(papers.about("1069"), ALL_DAYS)
    assert chains_of(result) == {"A>B": ("unallocated", "terminal")}
    assert result["gaps"] == []
    assert layers_of(result) == {"A": None, "B": None}


def test_a_cycle_nobody_leads_into_is_a_root_at_its_first_party() -> None:
    papers = Papers()
    papers.allocate("1069", "Z")
    papers.sign("1", "C>B", "1069")
    papers.sign("2", "B>C", "1069")
    papers.sign("3", "C>A", "1069")
    result = evaluate(papers.about("1069"), ALL_DAYS)
    assert chains_of(result) == {"B>C>A": ("gap", "terminal")}
    assert result["gaps"] == [{"party": "B", "days": None}]


def test_a_cycle_below_a_gap_is_no_root_of_its_own() -> None:
    papers = Papers()
    papers.allocate("1069", "Z")
    for hop in ("X>C", "B>C", "C>B"):
        papers.sign("1", hop, "1069")
    assert chains_of(evaluate(papers.about("1069"), ALL_DAYS)) == {"X>C>B": ("gap", "cycle")}


def test_an_unreached_party_may_lead_to_what_the_holder_reaches() -> None:
    papers = Papers()
    papers.allocate("1069", "H")
    for hop in ("H>A", "G>A", "A>B", "A>H"):
        papers.sign("1", hop, "1069")
    assert chains_of(evaluate(papers.about("1069"), ALL_DAYS)) == {
        "H>A>B": ("holder", "terminal"),
        "G>A>B": ("gap", "terminal"),
        "G>A>H": ("gap", "cycle"),
    }
