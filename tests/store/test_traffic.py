"""What a delivery covers again, accounts, and the batches rows are written in."""

import typing
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from tracer.model.case import Account
from tracer.model.paper import AccountRow
from tracer.model.period import Period
from tracer.store.register import read_accounts
from tracer.store.traffic import CoveredAgain, covered_again

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk


def test_a_delivery_that_covers_traffic_again_is_told(clerk: "Clerk", engine: Engine) -> None:
    earlier = clerk.log(
        clerk.total("甲（总）", "乙", "10687415", 2, messages=5),
        clerk.total("甲（总）", "乙", "10687415", 3, messages=7, reporter="乙"),
        clerk.total("甲（总）", "乙", "10687415", 4, day=date(2023, 7, 6), messages=100),
        clerk.total("乙", "丙", "10687415", 5, messages=1000),
        path="一.csv",
    )
    again = clerk.log(
        clerk.total("甲(总)", "乙", "10687415", 2, reporter="甲（总）"),
        clerk.total("甲(总)", "乙", "10687415", 3),
        clerk.total("甲(总)", "乙", "10687416", 4),
        clerk.total("丙", "乙", "10687415", 5),
        path="二.csv",
    )
    with engine.connect() as conn:
        assert covered_again(conn, again) == (CoveredAgain(earlier, "一.csv", None, 1, 12),)
        assert covered_again(conn, earlier) == (CoveredAgain(again, "二.csv", None, 1, 2),)


def test_files_of_one_delivery_add_up_and_cover_nothing(clerk: "Clerk", engine: Engine) -> None:
    row = clerk.total("甲", "乙", "10687415")
    clerk.log(row)
    joined = clerk.log(row, delivery=1)
    with engine.connect() as conn:
        assert covered_again(conn, joined) == ()


def test_a_retracted_source_is_not_covered_again(clerk: "Clerk", engine: Engine) -> None:
    row = clerk.total("甲", "乙", "10687415")
    clerk.retract(clerk.log(row))
    with engine.connect() as conn:
        assert covered_again(conn, clerk.log(row)) == ()


def test_two_totals_of_one_row_and_part_are_refused(clerk: "Clerk") -> None:
    row = clerk.total("甲", "乙", "10687415")
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        clerk.log(row, row)


def test_accounts_come_back_sorted_each_once(clerk: "Clerk", engine: Engine) -> None:
    term = Period(date(2023, 1, 1), None)
    rows = [
        AccountRow(clerk.nowhere, "平台", "kh002", "乙"),
        AccountRow(clerk.nowhere, "平台", "kh001", "丙", "01", term),
        AccountRow(clerk.nowhere, "平台", "kh001", "乙"),
        AccountRow(clerk.nowhere, "平台", "kh002", "乙"),
    ]
    clerk.load("accounts", *rows)
    gone = clerk.load("accounts", AccountRow(clerk.nowhere, "平台", "kh003", "丁"))
    clerk.retract(gone)
    with engine.connect() as conn:
        assert read_accounts(conn) == (
            Account("平台", "kh001", "乙"),
            Account("平台", "kh001", "丙", "01", term),
            Account("平台", "kh002", "乙"),
        )
