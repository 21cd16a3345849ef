"""Extensions: let, unlet, and in use unlet."""

from itertools import product

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from tests.effort import tries
from tracer.rules.extensions import Extensions, count_outside, outside, read_extensions

from .brute_case import BruteCase
from .brute_registers import extension_reading
from .casefiles import lay_out
from .strategies import RandomCase, random_cases

HELD = "number: '10687415'\nallocations: [{segment: '10687415', holder: H}]\n"


def read(tables: str, *, is_exact: bool = False) -> Extensions:
    return read_extensions(lay_out(HELD + tables), is_exact=is_exact)


def test_nothing_let() -> None:
    found = read("")
    assert (found.is_whole_let, found.let, list(found.unlet())) == (False, (), ["10687415"])


def test_some_let_names_the_fewest_segments_that_are_not() -> None:
    found = read(
        "contracts:\n"
        "- {id: C1, hop: H>A, segments: '1068741501;1068741502'}\n"
        "- {id: C2, hop: A>B, segments: '106874150101'}\n"
    )
    assert (found.is_whole_let, found.let) == (False, ("1068741501", "1068741502"))
    unlet = list(found.unlet())
    assert unlet[:3] == ["106874151", "106874152", "106874153"]
    assert unlet[9:] == [f"106874150{n}" for n in (0, 3, 4, 5, 6, 7, 8, 9)]
    assert found.unlet_count == len(unlet) == 17


def test_of_a_code_let_as_a_whole_the_extensions_handed_on_are_still_named() -> None:
    found = read(
        "contracts:\n"
        "- {id: C1, hop: H>A, segments: '10687415'}\n"
        "- {id: C2, hop: A>B, segments: '1068741501'}\n"
    )
    assert (found.is_whole_let, found.let, found.unlet_count) == (True, ("1068741501",), 0)
    assert list(found.unlet()) == []


def test_a_carriers_access_lets_nothing() -> None:
    found = read(
        "parties: [{name: C, kind: 运营商}]\n"
        "contracts: [{id: C1, hop: C>H, segments: '10687415'}]\n"
        "routing: [{hop: C>H, number: '1068741501', day: 2023-07-05, messages: 7}]\n"
    )
    assert (found.is_whole_let, found.let, found.traffic) == (False, (), ())


def test_terms_outside_the_window_let_nothing() -> None:
    tables = (
        "window: [2023-07-01, 2023-07-31]\n"
        "contracts: [{id: C1, hop: H>A, segments: '1068741501', to: 2023-06-30}]\n"
        "routing: [{hop: H>A, number: '1068741501', day: 2023-07-05, messages: 7}]\n"
    )
    found = read(tables)
    assert found.let == ()
    assert [use.number for use in found.traffic] == ["1068741501"]


def test_unlet_traffic_counts_what_one_hop_carried_at_most() -> None:
    (use,) = read(
        "routing:\n"
        "- {hop: H>A, number: '1068741501', day: 2023-07-05, messages: 7}\n"
        "- {hop: A>B, number: '1068741501', day: 2023-07-05, messages: 9}\n"
        "- {hop: A>B, number: '1068741501', day: 2023-07-08, messages: 1}\n"
    ).traffic
    assert (use.number, use.messages, use.days) == ("1068741501", 10, 2)
    assert (str(use.first_day), str(use.last_day)) == ("2023-07-05", "2023-07-08")


def test_traffic_is_let_by_a_contract_further_up() -> None:
    assert not read(
        "contracts: [{id: C1, hop: H>A, segments: '10687415'}]\n"
        "routing: [{hop: A>B, number: '1068741501', day: 2023-07-05, messages: 9}]\n"
    ).traffic


def test_a_contract_in_force_that_names_no_segment_may_be_the_one() -> None:
    tables = (
        "contracts: [{{id: C1, hop: H>A, to: {last}}}]\n"
        "routing: [{{hop: H>A, number: '1068741501', day: 2023-07-05, messages: 9}}]\n"
    )
    assert not read(tables.format(last="2023-07-05")).traffic
    assert read(tables.format(last="2023-07-04")).traffic


def test_a_single_number_has_no_extensions() -> None:
    found = read(
        "contracts: [{id: C1, hop: H>A, segments: '1068741501'}]\n"
        "routing: [{hop: H>A, number: '10687415', day: 2023-07-05, messages: 9}]\n",
        is_exact=True,
    )
    assert (found.let, list(found.unlet()), found.unlet_count) == ((), [], 0)
    assert [use.number for use in found.traffic] == ["10687415"]


@settings(
    max_examples=tries(250),
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(drawn=random_cases())
def test_extensions_equal_their_definition(drawn: RandomCase) -> None:
    found = read_extensions(drawn.inspection())
    whole, let, traffic = extension_reading(BruteCase(drawn))
    assert (found.is_whole_let, set(found.let)) == (whole, let)
    assert {
        use.number: (use.messages, use.days, str(use.first_day), str(use.last_day))
        for use in found.traffic
    } == traffic
    assert list(found.let) == sorted(found.let)


@given(st.sets(st.text("019", min_size=1, max_size=4), max_size=6))
@settings(max_examples=tries(60), derandomize=True)
def test_outside_is_all_the_rest_and_nothing_twice(ends: set[str]) -> None:
    segments = sorted({s for s in ends if not any(s != t and s.startswith(t) for t in ends)})
    found = list(outside("106", [f"106{s}" for s in segments]))
    assert count_outside("106", [f"106{s}" for s in segments]) == len(found)
    assert [len(s) for s in found] == sorted(len(s) for s in found)
    digits = ["".join(each) for each in product("0159", repeat=5)]
    for number in digits:
        inside = any(number.startswith(s) for s in segments)
        assert sum(f"106{number}".startswith(s) for s in found) == (not inside)
    # no ten of them could be one
    tens = {s[:-1] for s in found if len(s) > 3}
    assert not any(all(t + d in found for d in "0123456789") for t in tens)
