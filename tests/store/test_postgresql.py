"""What PostgreSQL has that SQLite has not: COPY, encodings, schemas, connections that drop."""

import datetime as dt
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, func, make_url, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from tracer.errors import UsageError
from tracer.store.copying import copy_rows, visible_nul
from tracer.store.engine import (
    HEAD,
    begin_writing,
    open_engine,
    plain_engine,
    schema_version,
    shown,
)
from tracer.store.record_tables import metadata, parties
from tracer.store.tables import deliveries, spellings
from tracer.store.upgrade import upgrade
from tracer.store.writing import insert_rows

NAMES = ("id", "raw", "folded")


@pytest.fixture
def url(server: Any) -> Iterator[str]:
    made = server.ready()
    yield made
    server.drop(made)


@pytest.fixture
def engine(url: str) -> Engine:
    return open_engine(url)


def count_of(engine: Engine) -> int | None:
    with engine.connect() as conn:
        return conn.execute(select(func.count()).select_from(spellings)).scalar()


def end_connections(engine: Engine) -> None:
    """Do what a restart of the server does to everybody else."""
    with engine.connect() as conn:
        conn.execute(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        ).all()


TEXTS = ["", " ", "\\N", "\t\r\n\\.", "a,b;\"c\"'d'", "武汉某公司", "𠮷野家😀", "\x01\x7f\u2028"]


@pytest.mark.parametrize("write", [copy_rows, insert_rows], ids=["copy", "insert"])
def test_text_comes_back_as_it_went_in(engine: Engine, write: Callable[..., None]) -> None:
    rows = [(number, raw, raw) for number, raw in enumerate(TEXTS, start=1)]
    with begin_writing(engine) as conn:
        write(conn, spellings, NAMES, rows)
    with engine.connect() as conn:
        assert [tuple(row) for row in conn.execute(select(spellings).order_by("id"))] == rows


def test_every_type_and_nothing_at_all_come_back(engine: Engine) -> None:
    types: dict[str, Any] = {
        "text": "甲",
        "varchar": "91420100MA4KXXXX0X",
        "bigint": 2**63 - 1,
        "integer": -(2**31),
        "date": dt.date(9999, 12, 31),
        "boolean": False,
    }
    made: dict[str, list[Any]] = {}
    for table in metadata.sorted_tables:
        for column in table.columns:
            name = str(column.type.compile(engine.dialect)).partition("(")[0].lower()
            value = types[name]
            short = value[: getattr(column.type, "length", None)] if name == "varchar" else value
            key = column.primary_key or not column.nullable
            made.setdefault(table.name, []).append([short, short if key else None])
    with begin_writing(engine) as conn:
        conn.execute(text("SET LOCAL session_replication_role = replica"))  # no references
        for table in metadata.sorted_tables:
            rows = [tuple(row) for row in zip(*made[table.name], strict=True)]
            names = table.columns.keys()
            for row in rows:
                conn.execute(table.delete())
                copy_rows(conn, table, names, [row])
                assert tuple(conn.execute(select(table)).one()) == row, table.name


def test_nul_is_written_out_and_tears_nothing(engine: Engine) -> None:
    assert visible_nul("甲\0\0") == r"甲\x00\x00"
    with begin_writing(engine) as conn:
        copy_rows(conn, spellings, NAMES, [(1, "甲\0公司", "乙"), (2, "丙", "\0")])
    with engine.connect() as conn:
        found = [tuple(row) for row in conn.execute(select(spellings).order_by("id"))]
    assert found == [(1, r"甲\x00公司", "乙"), (2, "丙", r"\x00")]


def test_a_stream_goes_in_batch_by_batch(engine: Engine) -> None:
    with begin_writing(engine) as conn:
        copy_rows(conn, spellings, NAMES, ((n, f"公司{n}", "") for n in range(1, 20_001)))
    assert count_of(engine) == 20_000


def test_a_row_the_database_refuses_is_told_as_by_any_statement(engine: Engine) -> None:
    rows = [(1, "甲", ""), (2, "甲", "")]
    with pytest.raises(IntegrityError, match="uq_spellings_raw"), begin_writing(engine) as conn:
        copy_rows(conn, spellings, NAMES, rows)
    assert count_of(engine) == 0


def test_a_name_no_index_holds_is_told_as_such(engine: Engine) -> None:
    letters = random.Random(1)  # of no pattern that would make it shorter
    name = "".join(chr(letters.randrange(0x4E00, 0x9FA5)) for _ in range(1500))
    with pytest.raises(UsageError) as caught, begin_writing(engine) as conn:
        copy_rows(conn, spellings, NAMES, [(1, "甲", ""), (2, name, "")])
    assert caught.value.key == "db_too_long"
    assert count_of(engine) == 0


def test_too_many_values_are_refused(engine: Engine) -> None:
    with pytest.raises(DBAPIError), begin_writing(engine) as conn:
        copy_rows(conn, spellings, NAMES, [(1, "甲", "", "over")])
    assert count_of(engine) == 0


def test_what_the_reader_raises_comes_through_and_nothing_stays(engine: Engine) -> None:
    def rows() -> Iterator[tuple[int, str, str]]:
        yield 1, "甲", ""
        raise UsageError("no_such_source", source=1)

    with pytest.raises(UsageError, match="no source"), begin_writing(engine) as conn:
        copy_rows(conn, spellings, NAMES, rows())
    assert count_of(engine) == 0


def test_what_fails_in_a_savepoint_leaves_the_rest(engine: Engine) -> None:
    with begin_writing(engine) as conn:
        copy_rows(conn, spellings, NAMES, [(1, "甲", "")])
        with pytest.raises(IntegrityError), conn.begin_nested():
            copy_rows(conn, spellings, NAMES, [(1, "乙", "")])
        copy_rows(conn, spellings, NAMES, [(2, "乙", "")])
    assert count_of(engine) == 2


@pytest.mark.parametrize("asks_more", [True, False], ids=["statement", "commit"])
def test_a_lost_connection_is_told_and_nothing_stays(
    engine: Engine, url: str, asks_more: bool
) -> None:
    other = open_engine(url)

    def write() -> None:
        with begin_writing(engine) as conn:
            copy_rows(conn, spellings, NAMES, [(1, "甲", "")])
            end_connections(other)
            if asks_more:
                conn.execute(select(deliveries))

    with pytest.raises(UsageError) as caught:
        write()
    assert caught.value.key == "db_lost"
    assert count_of(engine) == 0


def test_a_connection_lost_while_rows_are_copied_is_told_and_nothing_stays(
    engine: Engine, url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    other = open_engine(url)

    def rows() -> Iterator[tuple[int, str, str]]:
        for number in range(1, 100_000):
            if number == 1000:
                end_connections(other)
            yield number, f"公司{number}", "x" * 100

    with pytest.raises(UsageError) as caught, begin_writing(engine) as conn:
        copy_rows(conn, spellings, NAMES, rows())
    assert caught.value.key == "db_lost"
    assert "\n" not in caught.value.message("zh")
    assert count_of(engine) == 0
    assert capfd.readouterr().err == ""


def test_a_quiet_load_outlasts_what_the_server_allows(url: str) -> None:
    name = make_url(url).database
    with open_engine(url).connect() as conn:
        for setting in ("idle_in_transaction_session_timeout", "statement_timeout"):
            conn.execute(text(f"ALTER DATABASE {name} SET {setting} = '100ms'"))
        conn.commit()
    engine = open_engine(url)

    def slow_rows() -> Iterator[tuple[int, str, str]]:
        for number in range(3):
            time.sleep(0.1)
            yield number, str(number), ""

    with begin_writing(engine) as conn:
        time.sleep(0.2)  # a file is read meanwhile
        copy_rows(conn, spellings, NAMES, slow_rows())
    assert count_of(engine) == 3


def test_another_encoding_is_refused_by_name(server: Any) -> None:
    made = server.empty("ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")
    with pytest.raises(UsageError, match="LATIN1") as caught:
        schema_version(plain_engine(made))
    assert caught.value.key == "db_encoding"
    server.drop(made)


def test_the_search_path_decides_in_which_schema_a_case_lies(server: Any) -> None:
    made = server.empty()
    with plain_engine(made).begin() as conn:
        conn.execute(text("CREATE SCHEMA case_a"))
        conn.execute(text("CREATE SCHEMA case_b"))

    def within(schema: str) -> Engine:
        path = {"options": f"-csearch_path={schema}"}
        return plain_engine(
            make_url(made).update_query_dict(path).render_as_string(hide_password=False)
        )

    with pytest.raises(UsageError) as caught:
        schema_version(within("case_c"))
    assert caught.value.key == "db_no_such_schema"
    assert "case_c" in caught.value.message("zh")
    one, other = within("case_a"), within("case_b")
    assert upgrade(one) == (None, HEAD)
    assert schema_version(other) is None
    assert schema_version(plain_engine(made)) is None
    assert upgrade(other) == (None, HEAD)
    # A case waits for who loads into the same case, not for who loads into another.
    with begin_writing(one) as conn, begin_writing(other) as conn_of_other:
        copy_rows(conn, spellings, NAMES, [(1, "甲", "")])
        copy_rows(conn_of_other, spellings, NAMES, [(1, "乙", ""), (2, "丙", "")])
    assert (count_of(one), count_of(other)) == (1, 2)
    server.drop(made)


def test_an_empty_database_is_left_to_db_upgrade(server: Any) -> None:
    made = server.empty()
    with pytest.raises(UsageError) as caught:
        open_engine(made)
    assert caught.value.key == "db_no_schema"
    server.drop(made)


def test_a_database_is_shown_without_password_and_driver() -> None:
    engine = plain_engine("postgresql://me:secret@db.example/case?password=secret&sslmode=require")
    assert shown(engine) == "postgresql://me:***@db.example/case?sslmode=require"


def test_a_table_without_rows_takes_none(engine: Engine) -> None:
    with begin_writing(engine) as conn:
        copy_rows(conn, parties, ("id",), [])
        assert conn.execute(select(func.count()).select_from(parties)).scalar() == 0
