"""Statements put to the driver: the answers are SQLAlchemy's, and so is what is refused."""

import sqlite3
import typing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, Select, bindparam, column, create_engine, func, select, table
from sqlalchemy import exc as sa_exc

from tracer.errors import UsageError
from tracer.store.among import among
from tracer.store.asking import Question, as_day
from tracer.store.evidence import look_up
from tracer.store.record_tables import contracts
from tracer.store.state import last_event

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk


def test_an_answer_is_what_sqlalchemy_gives(clerk: "Clerk", engine: Engine) -> None:
    clerk.load("contracts", *(clerk.contract(str(n), "甲", "乙") for n in range(5)))
    wanted = (
        select(contracts.c.id, contracts.c.contract_no, func.length("12").label("two"))
        .where(among(contracts.c.id, "ids"), contracts.c.contract_no != bindparam("no"))
        .order_by(contracts.c.id)
    )
    scope = {"ids": {1, 2, 4}, "no": "1"}
    with engine.connect() as conn:
        answer = Question(wanted).ask(conn, scope)
        assert answer.fields == ("id", "contract_no", "two")
        assert list(map(tuple, answer)) == [(1, "0", 2), (4, "3", 2)]
        assert list(map(tuple, answer)) == list(map(tuple, conn.execute(wanted, scope).all()))


def test_days_come_as_text_or_as_days() -> None:
    assert as_day("2023-02-28") == as_day(date(2023, 2, 28)) == date(2023, 2, 28)
    assert as_day(None) is None


def test_what_is_asked_first_begins_the_transaction(engine: Engine) -> None:
    with engine.connect() as conn:
        assert not conn.in_transaction()
        Question(select(contracts.c.id)).ask(conn, {})
        assert conn.in_transaction()
        conn.rollback()
        assert not conn.in_transaction()


@pytest.mark.sqlite_only("a server is asked by SQLAlchemy")
def test_what_sqlite_cannot_do_is_raised_as_for_every_statement(engine: Engine) -> None:
    missing: Select[typing.Any] = select(column("x")).select_from(table("nowhere"))
    with engine.connect() as conn:
        with pytest.raises(sa_exc.OperationalError, match="no such table: nowhere") as told:
            Question(missing).ask(conn, {})
        with pytest.raises(sa_exc.OperationalError) as expected:
            conn.execute(missing)
    assert type(told.value.orig) is type(expected.value.orig) is sqlite3.OperationalError
    assert told.value.statement == expected.value.statement


def test_a_database_that_others_hold_is_told_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "held.db"
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("CREATE TABLE t (x)")
    holder.execute("BEGIN EXCLUSIVE")
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": 0})
    with engine.connect() as conn, pytest.raises(UsageError) as told:
        Question(select(column("x")).select_from(table("t"))).ask(conn, {})
    assert (told.value.key, told.value.values["database"]) == ("db_busy", str(file))
    holder.close()
    engine.dispose()


def test_one_look_tells_the_state_of_the_case(clerk: "Clerk", engine: Engine) -> None:
    source = clerk.load("contracts", clerk.contract("1", "甲", "乙"))
    with engine.connect() as conn:
        assert look_up(conn, "10687415")[1].state is None is last_event(conn)
    clerk.retract(source)
    with engine.connect() as conn:
        state = look_up(conn, "10687415")[1].state
        assert state == last_event(conn)
        assert state is not None
