"""What merges, splits and names come to, in their order."""

from itertools import count

import pytest

from tracer.model.decision import NOTHING_DECIDED, Decisions, replay
from tracer.model.event import Event


class Log:
    """Writes events by hand."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._numbers = count(1)

    def add(self, action: str, **params: object) -> int:
        number = next(self._numbers)
        self.events.append(Event(number, "", "甲", action, params, "", ""))
        return number

    def merge(self, name: str, *keys: str) -> int:
        return self.add("merge", name=name, units=units(*keys))

    def split(self, *keys: str) -> int:
        return self.add("split", units=units(*keys))

    def rename(self, name: str, *keys: str) -> int:
        return self.add("rename", name=name, units=units(*keys))

    def undo(self, event: int) -> int:
        return self.add("undo", event=event)

    @property
    def decisions(self) -> Decisions:
        return replay(self.events)

    @property
    def told(self) -> dict[str, set[str]]:
        return {party.name: set(party.keys) for party in self.decisions.parties}


def units(*keys: str) -> list[dict[str, object]]:
    return [{"name": key, "keys": [key], "uscc": None} for key in keys]


@pytest.fixture
def log() -> Log:
    return Log()


def test_nothing_is_decided_without_a_decision(log: Log) -> None:
    log.add("load", path="a.csv")
    assert log.decisions == NOTHING_DECIDED
    assert not log.decisions


def test_merges_join_what_they_have_in_common(log: Log) -> None:
    log.merge("甲", "a", "b")
    log.merge("丙", "c", "d")
    assert log.told == {"甲": {"a", "b"}, "丙": {"c", "d"}}
    log.merge("丁", "b", "d")
    assert log.told == {"丁": {"a", "b", "c", "d"}}
    (party,) = log.decisions.parties
    assert party.events == (1, 2, 3)
    assert log.decisions.called("c") == "丁"
    assert log.decisions.called("e") == "e"


def test_a_split_of_all_leaves_nothing_decided(log: Log) -> None:
    log.merge("甲", "a", "b", "c")
    log.split("a", "b", "c")
    assert not log.decisions


def test_a_split_takes_out_what_it_names(log: Log) -> None:
    log.merge("甲", "a", "b", "c")
    log.split("b")
    assert log.told == {"甲": {"a", "c"}}
    log.split("c")  # one alone is not merged with anything
    assert not log.decisions


def test_a_name_given_before_a_merge_comes_back_with_the_split(log: Log) -> None:
    log.rename("新名", "a")
    log.merge("甲", "a", "b")
    log.rename("又名", "a", "b")
    assert log.told == {"又名": {"a", "b"}}
    log.split("a", "b")
    assert log.told == {"新名": {"a"}}
    assert log.decisions.of("b") is None


def test_undo_takes_one_event_out_as_if_it_had_never_been(log: Log) -> None:
    log.merge("甲", "a", "b")
    before = log.decisions
    later = log.merge("甲", "a", "c")
    log.undo(later)
    assert log.decisions == before
    log.undo(1)
    assert not log.decisions


def test_keys_that_come_with_a_later_decision_are_of_the_same_unit(log: Log) -> None:
    log.merge("甲", "a", "b")
    more = [{"name": "a", "keys": ["a", "a(X)"], "uscc": "X"}]
    log.add("rename", name="甲方", units=more)
    (party,) = log.decisions.parties
    assert [sorted(unit.keys) for unit in party.units] == [["a", "a(X)"], ["b"]]


def test_folded_names_and_codes_of_keys_stand_beside_one_another(log: Log) -> None:
    code = "91990000FAKE00084J"
    log.merge("甲", f"a({code})", "b")
    beside = log.decisions.beside
    assert beside["a"] == beside["b"] == beside[code] == {"a", "b", code}
