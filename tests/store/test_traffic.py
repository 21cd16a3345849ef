"""What a delivery covers again, accounts, and the batches rows are written in."""

import typing
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Engine, func, select

from tracer.model.case import Account
from tracer.model.load import RoutingRow
from tracer.model.paper import AccountRow
from tracer.model.period import Period
from tracer.store.engine import begin_writing
from tracer.store.record_tables import routing
from tracer.store.register import read_accounts
from tracer.store.sources import add_delivery, add_source
from tracer.store.tables import source_spellings, spellings
from tracer.store.traffic import CoveredAgain, WrittenTotals, add_routing, covered_again

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - local time


def written(conn: Connection, source: int) -> WrittenTotals:
    where = select(func.min(routing.c.id), func.count()).where(routing.c.source_id == source)
    first, count = conn.execute(where).one()
    return WrittenTotals(first, count)


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
        assert covered_again(conn, again, written(conn, again)) == (
            CoveredAgain(earlier, "一.csv", None, 1, 12),
        )
        assert covered_again(conn, earlier, written(conn, earlier)) == (
            CoveredAgain(again, "二.csv", None, 1, 2),
        )


def test_files_of_one_delivery_add_up_and_cover_nothing(clerk: "Clerk", engine: Engine) -> None:
    row = clerk.total("甲", "乙", "10687415")
    clerk.log(row)
    joined = clerk.log(row, delivery=1)
    with engine.connect() as conn:
        assert covered_again(conn, joined, written(conn, joined)) == ()


def test_a_retracted_source_is_not_covered_again(clerk: "Clerk", engine: Engine) -> None:
    row = clerk.total("甲", "乙", "10687415")
    clerk.retract(clerk.log(row))
    with engine.connect() as conn:
        again = clerk.log(row)
        assert covered_again(conn, again, written(conn, again)) == ()


def test_totals_come_back_as_they_were_handed_over(clerk: "Clerk", engine: Engine) -> None:
    times = {"first_at": "2023-07-05T10:00:00", "last_at": "2023-07-05T10:00:01.000002"}
    full = clerk.total(
        "乙", "丙", "10687415", 3, reporter="乙", account="kh'1", messages=9, blocked=2, parts=4,
        unit="parts", rows=5, last_row=8, part="up", **times,
    )  # fmt: skip
    rows = [full, clerk.total("甲", "乙", "10687416", 2, day=date(2024, 2, 29))]
    with begin_writing(engine) as conn:
        delivery = add_delivery(conn, "tester", "2026")
        source = add_source(conn, clerk.sheet("routing"), delivery)
        batches = [clerk.batch(*rows), clerk.batch(), clerk.batch(replace(full, first_row=9))]
        assert add_routing(conn, source, delivery, batches).count == 3
        raw = dict(conn.execute(select(spellings.c.id, spellings.c.raw)).all())
        found = conn.execute(select(routing).order_by(routing.c.id)).all()
    assert [row.id for row in found] == [1, 2, 3]
    assert {(row.source_id, row.delivery_id) for row in found} == {(source, delivery)}
    seen = [
        RoutingRow(
            raw[row.upstream_id],
            raw[row.downstream_id],
            row.number,
            row.day,
            raw.get(row.reporter_id),
            *(row.account, row.messages, row.blocked, row.parts, row.unit, row.rows_summed),
            *(row.row, row.last_row, text_of(row.first_at), text_of(row.last_at), row.part),
        )
        for row in found
    ]
    assert seen == [*rows, replace(full, first_row=9)]


def text_of(at: int | None) -> str | None:
    return None if at is None else (EPOCH + timedelta(microseconds=at)).isoformat()


def test_a_name_no_total_bears_is_not_put_on_record(clerk: "Clerk", engine: Engine) -> None:
    batch = clerk.batch(clerk.total("甲", "乙", "10687415"), clerk.total("丙", "丁", "10687415"))
    with begin_writing(engine) as conn:
        delivery = add_delivery(conn, "tester", "2026")
        source = add_source(conn, clerk.sheet("routing"), delivery)
        # a slice keeps the dictionary of the whole
        assert add_routing(conn, source, delivery, [batch.slice(1)]) == WrittenTotals(1, 1)
        assert set(conn.execute(select(spellings.c.raw)).scalars()) == {"丙", "丁"}
        used = conn.execute(select(source_spellings)).all()
    assert [source_id for _, source_id in used] == [source, source]


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
