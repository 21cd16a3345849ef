"""The custody log in a package: every entry that is changed, moved or missing is found."""

import json
from dataclasses import asdict, replace
from typing import Any

import pytest

from tracer.casefile.chain import read_events, write_events
from tracer.errors import IntegrityError
from tracer.model.event import GENESIS, Event, chain_hash, first_break


def chain(count: int) -> tuple[Event, ...]:
    events: list[Event] = []
    for seq in range(1, count + 1):
        previous = events[-1].digest if events else GENESIS
        said = (seq, f"2026-01-0{seq}T00:00:00+08:00", "甲", "load", {"path": f"{seq}.csv"})
        events.append(Event(*said, previous, chain_hash(previous, *said)))
    return tuple(events)


def test_a_log_comes_back_as_it_was_written() -> None:
    events = chain(4)
    assert read_events(write_events(events), "p") == events
    assert first_break(events) is None
    assert first_break(()) is None


@pytest.mark.parametrize("at", range(4))
def test_a_change_of_any_part_of_any_entry_is_found(at: int) -> None:
    events = list(chain(4))
    changes: tuple[dict[str, Any], ...] = (
        {"operator": "乙"},
        {"at": "2026-02-01T00:00:00+08:00"},
        {"action": "retract"},
        {"params": {"path": "x"}},
        {"seq": 9},
        {"digest": "0" * 64},
    )
    for change in changes:
        altered = [*events]
        altered[at] = replace(events[at], **change)
        assert first_break(altered) == altered[at].seq
    assert first_break([*events[:at], *events[at + 1 :]]) == (at + 2 if at < 3 else None)


def test_entries_in_another_order_are_found() -> None:
    one, two, three = chain(3)
    assert first_break([one, three, two]) == 3


WHOLE = json.dumps(asdict(chain(1)[0]) | {"params": {}})


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"seq": 1}',
        "null",
        WHOLE.replace("{}", "7"),
        WHOLE.replace('"load"', "null"),
        WHOLE.replace("2026", "x"),
    ],
)
def test_what_is_no_entry_is_told(line: str) -> None:
    with pytest.raises(IntegrityError, match=r"events\.jsonl"):
        read_events(line + "\n", "p")
