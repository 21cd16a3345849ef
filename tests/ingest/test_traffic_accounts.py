from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from tracer.ingest.accountbook import EVER, NEVER, AccountBook
from tracer.messages import text
from tracer.model.case import Account
from tracer.model.period import Period

from .traffic_logs import Cells, ReadLog, read_rows


@pytest.fixture
def read_log(tmp_path: Path) -> ReadLog:
    return partial(read_rows, tmp_path)


ACCOUNT = ("发送时间", "源号码", "上游", "账号")
BOTH = (*ACCOUNT, "下游")


def account_row(
    account: str, *, at: str = "2023-07-05 10:00:00", upstream: str = "甲公司"
) -> Cells:
    return (at, "10687415", upstream, account)


def test_accounts_resolve_through_their_platform(read_log: ReadLog) -> None:
    accounts = [
        Account("甲 公司", "8001", "乙公司"),
        Account("丙公司", "8001", "丁公司"),
    ]
    row = read_log(ACCOUNT, account_row(" ８００１ "), accounts=accounts).row
    assert (row.downstream, row.account) == ("乙公司", "8001")


def test_accounts_hold_within_their_term(read_log: ReadLog) -> None:
    accounts = [
        Account("甲公司", "8001", "乙公司", term=Period(None, date(2023, 7, 5))),
        Account("甲公司", "8001", "丙公司", term=Period(date(2023, 7, 6), date(2023, 7, 7))),
    ]
    days = [f"2023-07-{day:02} 10:00" for day in (1, 5, 6, 7, 8)]
    read = read_log(ACCOUNT, *(account_row("8001", at=day) for day in days), accounts=accounts)
    found = {row.day.day: row.downstream for row in read.rows}
    unknown = "未识别账号 8001（甲公司）"
    assert found == {1: "乙公司", 5: "乙公司", 6: "丙公司", 7: "丙公司", 8: unknown}


def test_two_parties_on_one_day_are_ambiguous(read_log: ReadLog) -> None:
    accounts = [
        Account("甲公司", "8001", "乙公司", term=Period(None, date(2023, 7, 5))),
        Account("甲公司", "8001", "丙公司", term=Period(date(2023, 7, 5), None)),
        Account("甲公司", "8001", "乙 公司"),
    ]
    read = read_log(ACCOUNT, account_row("8001"), accounts=accounts[:2])
    assert (read.reject.column, read.reject.reason) == ("账号", "ambiguous_account")
    assert read.reject.values == {"text": "8001"}
    before = account_row("8001", at="2023-07-04")
    assert read_log(ACCOUNT, before, accounts=accounts).row.downstream == "乙 公司"


def test_an_account_of_nobody_is_never_dropped(read_log: ReadLog) -> None:
    header = (*ACCOUNT, "条数", "状态")
    read = read_log(
        header,
        (*account_row("8001"), "2", ""),
        (*account_row("8001"), "3", "拦截"),
        (*account_row("8002"), "", ""),
        (*account_row("8003"), "", ""),
        accounts=[Account("甲公司", "8003", "乙公司")],
    )
    assert [(row.downstream, row.account) for row in read.rows] == [
        ("乙公司", "8003"),
        ("未识别账号 8001（甲公司）", "8001"),
        ("未识别账号 8002（甲公司）", "8002"),
    ]
    [note] = read.result.notes
    assert note.key == "unknown_accounts"
    assert note.values == {
        "accounts": 2,
        "rows": 3,
        "messages": 6,
        "examples": "8001（甲公司）、8002（甲公司）",
    }
    for lang in ("zh", "en"):
        assert "8001" in text(f"note.{note.key}", lang, **note.values)


def test_known_accounts_leave_no_note(read_log: ReadLog) -> None:
    accounts = [Account("甲公司", "8001", "乙公司")]
    assert read_log(ACCOUNT, account_row("8001"), accounts=accounts).result.notes == ()


def test_digits_the_platform_appends(read_log: ReadLog) -> None:
    accounts = [Account("甲公司", "8001", "乙公司", appends="77")]
    assert read_log(ACCOUNT, account_row("8001"), accounts=accounts).row.number == "1068741577"
    row = read_log(BOTH, (*account_row("8001"), "乙 公司"), accounts=accounts).row
    assert (row.number, row.downstream, row.account) == ("1068741577", "乙 公司", "8001")
    row = read_log(BOTH, (*account_row("8001"), "丁公司"), accounts=accounts).row
    assert (row.number, row.downstream, row.account) == ("10687415", "丁公司", "8001")


def test_appended_digits_may_make_a_number_too_long(read_log: ReadLog) -> None:
    accounts = [Account("甲公司", "8001", "乙公司", appends="7" * 12)]
    at, _, *rest = account_row("8001")
    assert read_log(ACCOUNT, account_row("8001"), accounts=accounts).row.number[-1] == "7"
    reject = read_log(ACCOUNT, (at, "106874150", *rest), accounts=accounts).reject
    assert (reject.column, reject.reason) == ("账号", "number_too_long")


def test_a_downstream_given_goes_before_the_account(read_log: ReadLog) -> None:
    accounts = [Account("甲公司", "8001", "乙公司"), Account("甲公司", "8001", "丙公司")]
    row = read_log(BOTH, (*account_row("8001"), "丙公司"), accounts=accounts).row
    assert row.downstream == "丙公司"
    row = read_log(BOTH, (*account_row(""), "丙公司")).row
    assert (row.downstream, row.account) == ("丙公司", None)
    assert read_log(BOTH, (*account_row(""), "")).reject.column == "下游"
    assert read_log(ACCOUNT, account_row("")).reject.column == "账号"


def test_an_account_of_the_platform_itself_is_no_hop(read_log: ReadLog) -> None:
    accounts = [Account("甲公司", "8001", "甲公司")]
    reject = read_log(ACCOUNT, account_row("8001"), accounts=accounts).reject
    assert (reject.column, reject.reason) == ("账号", "same_party")


def test_the_runs_of_an_account_hold_every_day_once() -> None:
    terms = [
        Period(date(2023, 7, 1), date(2023, 7, 31)),
        Period(date(2023, 7, 15), date(2023, 8, 15)),
        Period(None, date(2023, 1, 1)),
        Period(date(2023, 8, 16), None),
    ]
    book = AccountBook([Account("甲", "1", f"乙{n}", term=term) for n, term in enumerate(terms)])
    for party in (None, "乙1", "丁"):
        runs = book.runs("甲", "1", party)
        assert (runs[0].first, runs[-1].last) == (NEVER, EVER)
        assert all(a.last + 1 == b.first for a, b in pairwise(runs))
    found = {run.party for run in book.runs("甲", "1") if not run.is_ambiguous}
    assert found == {None, "乙0", "乙1", "乙2", "乙3"}
    assert [run.is_ambiguous for run in book.runs("甲", "1", "乙1")] == [False] * 3


def test_two_additions_of_one_party_are_ambiguous() -> None:
    book = AccountBook([Account("甲", "1", "乙", appends="1"), Account("甲", "1", "乙")])
    assert [run.is_ambiguous for run in book.runs("甲", "1")] == [True]
    assert [run.is_ambiguous for run in book.runs("甲", "2")] == [False]
