"""The custody log and what is read from it."""

import pytest
from sqlalchemy import Engine, text

from tracer.model.case import CaseInfo
from tracer.model.event import GENESIS
from tracer.store.case import case_info
from tracer.store.engine import begin_writing
from tracer.store.events import append_event, read_events, verify_events

AT = "2026-01-01T00:00:00+08:00"


def write_three(engine: Engine) -> None:
    with begin_writing(engine) as conn:
        append_event(conn, "load", {"paths": ["a.csv"], "rows": 3}, "甲", AT)
        append_event(conn, "case", {"name": "某案", "timezone": "Asia/Urumqi"}, "甲", AT)
        append_event(conn, "retract", {"source": 1, "reason": "错"}, "乙", AT)


def test_events_are_read_as_they_were_given_back(engine: Engine) -> None:
    with begin_writing(engine) as conn:
        first = append_event(conn, "load", {"paths": ("a.csv", "b.csv")}, "甲", AT)
        second = append_event(conn, "load", {}, "甲", AT)
        assert read_events(conn) == (first, second)
    assert first.params == {"paths": ["a.csv", "b.csv"]}
    assert (first.seq, first.previous) == (1, GENESIS)
    assert second.previous == first.digest


def test_an_untouched_log_verifies(engine: Engine) -> None:
    with engine.connect() as conn:
        assert verify_events(conn) is None
    write_three(engine)
    with engine.connect() as conn:
        assert verify_events(conn) is None


@pytest.mark.parametrize(
    ("tampering", "broken"),
    [
        ("UPDATE events SET operator = '丙' WHERE seq = 2", 2),
        ("UPDATE events SET at = '2020' WHERE seq = 1", 1),
        ("UPDATE events SET params = '{}' WHERE seq = 3", 3),
        ("UPDATE events SET params = '{' WHERE seq = 2", 2),
        ("UPDATE events SET previous = digest WHERE seq = 2", 2),
        ("DELETE FROM events WHERE seq = 1", 2),
        ("DELETE FROM events WHERE seq = 2", 3),
        ("UPDATE events SET seq = 7 WHERE seq = 3", 7),
    ],
)
def test_tampering_is_found_at_its_entry(engine: Engine, tampering: str, broken: int) -> None:
    write_three(engine)
    with engine.begin() as conn:
        conn.execute(text(tampering))
    with engine.connect() as conn:
        assert verify_events(conn) == broken


def test_the_case_is_what_its_newest_event_says(engine: Engine) -> None:
    with engine.connect() as conn:
        assert case_info(conn) == CaseInfo(None, None, "Asia/Shanghai")
    write_three(engine)
    with begin_writing(engine) as conn:
        assert case_info(conn) == CaseInfo(None, "某案", "Asia/Urumqi")
        append_event(conn, "case", {"number": "杭检01", "name": None}, "甲", AT)
        assert case_info(conn) == CaseInfo("杭检01", None, "Asia/Shanghai")
