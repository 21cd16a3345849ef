"""Totals of one hop as the database holds them, and accounts as they were at a load."""

import typing
from datetime import date

import pytest
from sqlalchemy import Engine

from tracer.model.case import Account
from tracer.model.paper import AccountRow, PartyRow
from tracer.model.period import ALL_DAYS, Period
from tracer.model.rawhop import HopTotal
from tracer.store.engine import begin_writing
from tracer.store.events import append_event
from tracer.store.rawhops import fetch_hop_totals, name_party
from tracer.store.register import accounts_at, read_accounts

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk

USCC = "91110000600037341L"


def totals(
    engine: Engine, number: str, ends: tuple[str, str], window: Period = ALL_DAYS
) -> tuple[HopTotal, ...]:
    with engine.connect() as conn:
        found = [name_party(conn, each) for each in ends]
        (_, above), (_, below) = typing.cast("list[tuple[str, frozenset[int]]]", found)
        return fetch_hop_totals(conn, number, above, below, window)


def test_totals_of_the_hop_in_scope_as_the_logs_write_them(clerk: "Clerk", engine: Engine) -> None:
    july = date(2023, 7, 6)
    source = clerk.log(
        clerk.total("甲", "乙", "1068741501", 2, messages=7, rows=3, last_row=9, reporter="乙"),
        clerk.total("甲 ", "乙", "10687415", 3, day=july, account="8001", part="up"),
        clerk.total("甲", "丙", "10687415", 4),
        clerk.total("乙", "甲", "10687415", 5),
        clerk.total("甲", "乙", "10690001", 6),
    )
    found = totals(engine, "10687415", ("甲", "乙"))
    assert [(t.number, t.row, t.upstream, t.reporter, t.account) for t in found] == [
        ("10687415", 3, "甲 ", "", "8001"),
        ("1068741501", 2, "甲", "乙", ""),
    ]
    assert {t.source_id for t in found} == {source}
    assert (found[1].messages, found[1].rows, found[1].last_row) == (7, 3, 9)
    assert found[0].record.startswith("routing:")
    assert found[0].record.endswith(":3.up")
    assert [t.row for t in totals(engine, "10687415", ("甲", "乙"), Period(july, july))] == [3]
    assert totals(engine, "10687415", ("丙", "乙")) == ()


def test_totals_of_a_withdrawn_source_are_gone(clerk: "Clerk", engine: Engine) -> None:
    first = clerk.log(clerk.total("甲", "乙", "10687415"))
    second = clerk.log(clerk.total("甲", "乙", "10687415"))
    clerk.retract(first)
    assert [t.source_id for t in totals(engine, "10687415", ("甲", "乙"))] == [second]


@pytest.mark.parametrize("text", ["甲公司（总部）", "甲公司 (总部)", USCC, USCC.lower()])
def test_a_party_by_whatever_it_is_called(clerk: "Clerk", engine: Engine, text: str) -> None:
    clerk.load("parties", PartyRow(clerk.nowhere, "甲公司(总部)", uscc=USCC))
    clerk.log(clerk.total("甲公司（总部）", "乙", "1068", 2), clerk.total(USCC, "乙", "1069", 3))
    with engine.connect() as conn:
        found = name_party(conn, text)
        assert found is not None
        assert found[0] == "甲公司(总部)"
        assert len(found[1]) == 3
        assert name_party(conn, "无此公司") is None
    assert [t.row for t in totals(engine, "106", (text, "乙"))] == [2, 3]


def test_accounts_as_they_were_at_the_load(clerk: "Clerk", engine: Engine) -> None:
    def account(name: str) -> AccountRow:
        return AccountRow(clerk.nowhere, "甲", name, "乙")

    gone = clerk.load("accounts", account("1"))
    clerk.retract(gone)
    late = clerk.load("accounts", account("2"))
    log = clerk.log(clerk.total("甲", "乙", "1068"))
    with begin_writing(engine) as conn:
        digest = clerk.sheet("routing", clerk.paths[2]).sha256
        params = {"sha256": digest, "delivery": 1}
        append_event(conn, "load", params, "tester", "2026-01-01T00:00:00+08:00")
    clerk.retract(late)
    clerk.load("accounts", account("3"))
    with engine.connect() as conn:
        assert accounts_at(conn, log) == (Account("甲", "2", "乙"),)
        assert read_accounts(conn) == (Account("甲", "3", "乙"),)
