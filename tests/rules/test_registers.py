"""Allocations, openings and traffic held against each other."""

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from tests.effort import tries
from tracer.rules.registers import STATES, Use, reconcile

from .brute_case import BruteCase
from .brute_registers import THIRD_PARTY, state_reading
from .casefiles import lay_out
from .strategies import RandomCase, random_cases

HELD = "allocations: [{segment: '10687415', holder: H}]"
TWO_HELD = "allocations: [{segment: '10687415', holder: H}, {segment: '1068741588', holder: K}]"
ONE_AFTER_THE_OTHER = (
    "allocations: [{segment: '10687415', holder: X, to: 2023-06-30},"
    " {segment: '10687415', holder: H, from: 2023-07-01}]"
)
EACH_ITS_OWN = (
    "openings: [{carrier: C, segment: '10687415', user: H},"
    " {carrier: C, segment: '1068741588', user: K}]"
)
BOTH_FOR_H = EACH_ITS_OWN.replace("user: K", "user: H")
USED = "routing: [{hop: H>A, number: '1068741501', day: 2023-07-05, messages: 7}]"
KNOWN = frozenset({"1068"})


def states_of(
    *tables: str, opened: frozenset[str] = KNOWN, number: str = "10687415"
) -> tuple[str, ...]:
    case = lay_out("\n".join((f"number: '{number}'", *tables)))
    return reconcile(case, opened).states


def opening(user: str, segment: str = "10687415", days: str = "") -> str:
    return f"openings: [{{carrier: C, segment: '{segment}', user: {user}{days}}}]"


@pytest.mark.parametrize(
    ("tables", "opened", "states"),
    [
        pytest.param((HELD, opening("H"), USED), KNOWN, (), id="all three agree"),
        pytest.param((HELD,), KNOWN, ("never_opened",), id="allocated, never opened"),
        pytest.param((HELD,), frozenset({"1069"}), (), id="no opening of this class on record"),
        pytest.param((HELD,), frozenset(), (), id="no opening on record at all"),
        pytest.param(
            (HELD, opening("H", days=", to: 2020-12-31")), KNOWN, (), id="opened on other days"
        ),
        pytest.param((HELD, opening("X")), KNOWN, ("opened_for_another",), id="for another"),
        pytest.param(
            (HELD, opening("X", "106874150101")), KNOWN, ("opened_for_another",), id="an extension"
        ),
        pytest.param(
            ("allocations: [{segment: '10687415', holder: H, from: 2023-07-01}]",
             opening("X", days=", to: 2023-06-30")),
            KNOWN, (), id="for another before it was allocated",
        ),
        pytest.param(
            (ONE_AFTER_THE_OTHER, opening("X", days=", to: 2023-06-30")),
            KNOWN, (), id="for its holder of the time",
        ),
        pytest.param(
            (TWO_HELD, EACH_ITS_OWN),
            KNOWN, (), id="a longer allocation inside: each opened its own",
        ),
        pytest.param(
            (TWO_HELD, BOTH_FOR_H),
            KNOWN, ("opened_for_another",), id="the longer one opened for the other holder",
        ),
        pytest.param(
            (TWO_HELD, opening("H", "1068741599")),
            KNOWN, ("never_opened",), id="of two allocations, one was never opened",
        ),
        pytest.param(
            ("register: ['1068']", opening("X")), KNOWN, ("opened_not_allocated",), id="only opened"
        ),
        pytest.param(
            ("register: ['1069']", opening("X")), KNOWN, (), id="register of another class"
        ),
        pytest.param(
            ("register: ['1068']", USED), KNOWN, ("used_without_either",), id="only used"
        ),
        pytest.param(("register: ['1068']", USED), frozenset(), ("used_not_allocated",),
                     id="used, openings silent"),
        pytest.param(("register: ['1069']", USED), frozenset(), (), id="used, both silent"),
        pytest.param(
            (HELD, opening("H", "1068741502"), USED), KNOWN, ("used_not_opened",),
            id="used where nothing is opened",
        ),
        pytest.param(
            (HELD, opening("H"),
             "routing: [{hop: H>A, number: '10687415', day: 2023-07-05, blocked: 7}]"),
            KNOWN, (), id="stopped messages are no use",
        ),
    ],
)  # fmt: skip
def test_states(tables: tuple[str, ...], opened: frozenset[str], states: tuple[str, ...]) -> None:
    assert states_of(*tables, opened=opened) == states


def test_a_platform_has_extensions_opened_for_customers_but_not_its_code() -> None:
    held = "allocations: [{segment: '10690001', holder: H}]"
    known = frozenset({"1069"})
    for segment, states in (("1069000101", ()), ("10690001", ("opened_for_another",))):
        found = states_of(held, opening("X", segment), opened=known, number="10690001")
        assert found == states


def test_the_line_names_who_and_when_and_which_register_is_silent() -> None:
    case = lay_out(
        "number: '10687415'\nwindow: [2023-07-01, 2023-07-31]\n"
        f"{HELD}\n"
        "openings: [{carrier: C2, segment: '1068741502', user: U2},"
        " {carrier: C1, segment: '10687415', user: U1, to: 2023-06-30}]\n"
        "routing:\n"
        "- {hop: H>A, number: '1068741501', day: 2023-07-05, messages: 7}\n"
        "- {hop: A>B, number: '1068741501', day: 2023-07-05, messages: 5}\n"
        "- {hop: H>A, number: '1068741502', day: 2023-07-09, messages: 1}\n"
        "- {hop: H>A, number: '1068741503', day: 2023-08-01, messages: 1}\n"
    )
    line = reconcile(case, frozenset({"1069"}))
    assert (line.holders, line.users, line.carriers) == (("H",), ("U2",), ("C2",))
    assert line.silent == ("openings",)
    use = line.use
    assert (use.numbers, use.days, str(use.first_day), str(use.last_day)) == (
        2, 2, "2023-07-05", "2023-07-09",
    )  # fmt: skip
    empty = reconcile(lay_out("number: '10687415'\nregister: ['1069']"), frozenset())
    assert (empty.silent, empty.use) == (("allocations", "openings"), Use())


def test_of_a_single_number_what_is_opened_below_it_is_none_of_its_business() -> None:
    case = lay_out(
        "number: '1068'\nregister: ['1068']\n"
        "openings: [{carrier: C, segment: '10687415', user: X}]\n"
        "routing: [{hop: H>A, number: '1068', day: 2023-07-05, messages: 7}]\n"
    )
    line = reconcile(case, KNOWN, is_exact=True)
    assert (line.users, line.states) == ((), ("used_without_either",))
    assert set(reconcile(case, KNOWN).states) == {"opened_not_allocated", "used_without_either"}


@settings(
    max_examples=tries(250),
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(drawn=random_cases(), is_opened=st.booleans())
def test_registers_equal_their_definition(drawn: RandomCase, is_opened: bool) -> None:
    group = drawn.evidence.number[:4]
    opened = frozenset({group}) if is_opened else frozenset()
    line = reconcile(drawn.inspection(), opened)
    assert set(line.states) == state_reading(BruteCase(drawn), opened)
    assert list(line.states) == [state for state in STATES if state in line.states]


def test_the_readings_table_of_platforms_is_the_programs_own() -> None:
    from tracer.rules.classes import code_classes

    assert tuple(line.prefix for line in code_classes() if line.platform) == THIRD_PARTY
