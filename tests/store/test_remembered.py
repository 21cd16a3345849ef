"""What an open case remembers is what would be found anew."""

import random
import typing

from sqlalchemy import Engine, select

from tracer.model.decision import NOTHING_DECIDED
from tracer.model.paper import PartyRow
from tracer.store import remembered
from tracer.store.evidence import look_up
from tracer.store.identities import identify
from tracer.store.remembered import Memory, Remembered
from tracer.store.tables import spellings

if typing.TYPE_CHECKING:
    import pytest

    from tests.store.conftest import Clerk

ONE, OTHER = "91420100MA4KABCD1X", "91330100MA4KABCD2X"
NUMBER = "10687415"


def load_names(clerk: "Clerk") -> None:
    """Load plain names, one of two spellings, one with a code, one with two, a code, a carrier."""
    clerk.load(
        "contracts",
        clerk.contract("1", "甲", "乙（总）"),
        clerk.contract("2", "乙 (总)", "丙", downstream_uscc=ONE),
        clerk.contract("3", "丙", "丁", downstream_uscc=ONE),
        clerk.contract("4", "丁", "戊", upstream_uscc=OTHER),
        clerk.contract("5", ONE, "戊"),
        clerk.contract("6", OTHER, "己"),
    )
    clerk.load("parties", PartyRow(clerk.nowhere, "己", kind="运营商"))


def test_whoever_was_asked_for_before_the_answer_is_the_same(
    clerk: "Clerk", engine: Engine
) -> None:
    load_names(clerk)
    dice = random.Random(7)
    with engine.connect() as conn:
        numbers = sorted(conn.execute(select(spellings.c.id)).scalars())
        for _ in range(40):
            here = Remembered("state")
            for _ in range(3):
                asked = set(dice.sample(numbers, dice.randrange(1, len(numbers) + 1)))
                found, anew = here.identify(conn, asked), identify(conn, asked, NOTHING_DECIDED)
                assert dict(found.names) == dict(anew.names)
                assert list(found.parties.items()) == list(anew.parties.items())
                assert found.notes == anew.notes
                assert (found.ambiguous, found.bare) == (anew.ambiguous, anew.bare)
                assert (found.told, found.decisions) == (anew.told, anew.decisions)


def test_only_parties_of_plain_names_are_remembered(clerk: "Clerk", engine: Engine) -> None:
    load_names(clerk)
    here = Remembered("state")
    with engine.connect() as conn:
        here.identify(conn, set(conn.execute(select(spellings.c.id)).scalars()))
    assert {name for name, _, _ in here.parties.values()} == {"甲", "乙（总）", "戊"}
    assert {len(numbers) for name, _, numbers in here.parties.values() if "乙" in name} == {2}


def test_a_number_is_looked_up_with_a_memory_as_without(clerk: "Clerk", engine: Engine) -> None:
    load_names(clerk)
    clerk.log(clerk.total("甲", "庚", NUMBER))
    memory = Memory()
    with engine.connect() as conn:
        plain = look_up(conn, NUMBER)[0]
        for _ in range(2):
            assert look_up(conn, NUMBER, memory=memory)[0] == plain
    assert memory.of(None).sheets
    assert memory.of(None).parties


def test_a_memory_is_of_one_state_only() -> None:
    memory = Memory()
    before = memory.of("one")
    before.sheets[1] = ("digest", "a.csv", 0, None)
    assert memory.of("one") is before
    after = memory.of("other")
    assert not after.sheets
    assert memory.of("other") is after
    assert before.sheets  # whoever still reads the older state has it to themselves
    assert not memory.of("one").sheets


def test_too_many_names_are_let_go(
    clerk: "Clerk", engine: Engine, monkeypatch: "pytest.MonkeyPatch"
) -> None:
    load_names(clerk)
    monkeypatch.setattr(remembered, "MOST_SPELLINGS", 1)
    here = Remembered("state")
    with engine.connect() as conn:
        numbers = sorted(conn.execute(select(spellings.c.id)).scalars())
        here.identify(conn, set(numbers[:3]))
        assert len(here.parties) == 3
        here.identify(conn, set(numbers))
        assert list(here.identify(conn, set(numbers)).parties) == list(
            identify(conn, set(numbers), NOTHING_DECIDED).parties
        )
