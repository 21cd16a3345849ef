"""Decisions made, written down, and carried to another database."""

import json

import pytest

from tracer.errors import UsageError
from tracer.identity.decisions import (
    carry,
    check_name,
    decision_params,
    later_decisions,
    read_carried,
    unit_of,
    with_codes,
)
from tracer.model.event import Event
from tracer.model.party import Party

CODE = "91420100MA4KABCD1X"


def event(seq: int, action: str, **params: object) -> Event:
    return Event(seq, "2026-01-01", "甲", action, params, "", "")


def decision(seq: int, *names: str, action: str = "merge") -> Event:
    units = [unit_of(Party(name)) for name in names]
    name = None if action == "split" else names[0]
    return event(seq, action, **decision_params(units, name, "同一"))


def test_a_party_is_known_by_its_name_and_by_its_name_with_its_code() -> None:
    assert unit_of(Party("乙 公司", CODE)).keys == {"乙公司", f"乙公司({CODE})"}
    assert unit_of(Party("乙")).keys == {"乙"}
    assert unit_of(Party(CODE, CODE)).keys == {CODE}
    assert unit_of(Party(f"乙（{CODE}）", CODE)).keys == {f"乙({CODE})"}


def test_a_code_becomes_a_key_only_where_it_is_owned() -> None:
    units = [unit_of(Party("乙", CODE)), unit_of(Party("丙"))]
    assert [CODE in unit.keys for unit in with_codes(units, {CODE})] == [True, False]
    assert with_codes(units, set()) == tuple(units)


@pytest.mark.parametrize("name", ["", "  ", "甲\n乙", "甲" * 201, "甲\u202e"])
def test_a_name_that_cannot_be_one_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        check_name(name)


def test_a_name_is_trimmed() -> None:
    assert check_name(" 甲公司 ") == "甲公司"


def test_later_decisions_on_the_same_parties_rest_on_the_first() -> None:
    events = [decision(1, "a", "b"), decision(2, "c", "d"), decision(3, "b", "e")]
    assert [each.seq for each in later_decisions(events, events[0])] == [3]
    assert later_decisions(events, events[1]) == ()
    assert later_decisions([*events, event(4, "undo", event=3)], events[0]) == ()


def test_what_is_carried_is_read_as_it_was_written() -> None:
    events = [decision(1, "a", "b"), decision(2, "c", "d"), event(3, "undo", event=1)]
    events.append(decision(4, "c", action="split"))
    carried = read_carried(carry(events), "x.json")
    assert [(each.action, each.parties, each.name) for each in carried] == [
        ("merge", (("c", None), ("d", None)), "c"),
        ("split", (("c", None),), None),
    ]
    assert {(each.reason, each.operator, each.at) for each in carried} == {
        ("同一", "甲", "2026-01-01")
    }


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "tracer.trace/1"},
        {"decisions": [{}]},
        {"decisions": "none"},
        {"decisions": None},
    ],
)
def test_another_file_is_refused(change: dict[str, object]) -> None:
    document = json.loads(carry([decision(1, "a", "b")])) | change
    with pytest.raises(UsageError, match=r"x\.json"):
        read_carried(json.dumps(document), "x.json")


def test_a_merge_without_a_name_is_refused() -> None:
    document = json.loads(carry([decision(1, "a", "b")]))
    document["decisions"][0]["name"] = None
    with pytest.raises(UsageError):
        read_carried(json.dumps(document), "x.json")


@pytest.mark.parametrize("content", ["", "{}", "[]", "甲"])
def test_no_json_is_refused(content: str) -> None:
    with pytest.raises(UsageError):
        read_carried(content, "x.json")
