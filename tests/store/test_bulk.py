"""Whole columns written at once, and what nobody else may see of it."""

import threading
import time
import typing
from datetime import date

import pyarrow as pa
import pytest
from sqlalchemy import Connection, Engine, inspect, select, text
from sqlalchemy import exc as sa_exc

from tracer.model.columns import Arrow, Coded, Column, Same, Vocabulary
from tracer.store.bulk import bulk_writer, insert_columns
from tracer.store.engine import begin_writing
from tracer.store.record_tables import metadata, routing
from tracer.store.sources import add_delivery, add_source
from tracer.store.spellings import SpellingBook
from tracer.store.tables import deliveries, rejected_rows, spellings
from tracer.store.writing import check_references, insert_rows

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk

MANY = 6000


def indexes(conn: Connection, table: str = "routing") -> set[str | None]:
    return {index["name"] for index in inspect(conn).get_indexes(table)}


ALL_INDEXES = {index.name for index in routing.indexes}


def prepare(conn: Connection, clerk: "Clerk") -> dict[str, Column]:
    """Write what totals refer to; give columns of many totals, without their numbers."""
    delivery = add_delivery(conn, "tester", "2026")
    source = add_source(conn, clerk.sheet("routing"), delivery)
    book = SpellingBook(conn, source)
    book.learn(["甲", "乙"])
    return {
        "source_id": Same(source),
        "delivery_id": Same(delivery),
        "row": range(MANY),
        "last_row": range(MANY),
        "part": Same(""),
        "upstream_id": Coded.of([book["甲"]], [0] * MANY),
        "downstream_id": Same(book["乙"]),
        "number": [f"1068{row:06d}" for row in range(MANY)],
        "day": Coded.of([date(2023, 7, 5), date(2023, 7, 6)], [row % 2 for row in range(MANY)]),
        "messages": Same(1),
        "blocked": Same(0),
        "unit": Same("messages"),
        "rows_summed": Same(1),
    }


def test_columns_are_written_as_rows_are(engine: Engine, clerk: "Clerk") -> None:
    names = ("source_id", "id", "row", "raw", "reason", "reason_values", "printed_column")
    rows = [
        (
            1,
            number,
            number + 1,
            f"原'文{number}?:x",
            "total_line",
            "{}",
            None if number % 3 else "号",
        )
        for number in range(1, 2500)
    ]
    with begin_writing(engine) as conn:
        add_source(conn, clerk.sheet("contracts"), None)
        insert_rows(conn, rejected_rows, names, rows)
        one_by_one = conn.execute(select(rejected_rows).order_by(rejected_rows.c.id)).all()
        conn.execute(rejected_rows.delete())
        columns: dict[str, Column] = dict(zip(names, zip(*rows, strict=True), strict=True))
        columns |= {
            "source_id": Same(1),
            "reason": Same("total_line"),
            "raw": Arrow(pa.array([row[3] for row in rows])),
            "printed_column": Coded.of(["号", None], [1 if row[1] % 3 else 0 for row in rows]),
        }
        insert_columns(conn, rejected_rows, columns, len(rows))
        insert_columns(conn, rejected_rows, columns, 0)
        assert conn.execute(select(rejected_rows).order_by(rejected_rows.c.id)).all() == one_by_one


@pytest.mark.parametrize("value", ["it's", "a?b:c", "two\nlines", "", None, "—"])
def test_what_stands_in_every_row_is_written_as_it_is(engine: Engine, value: str | None) -> None:
    with begin_writing(engine) as conn:
        columns: dict[str, Column] = {"id": [1, 2], "operator": Same(value or ""), "at": Same("x")}
        insert_columns(conn, deliveries, columns, 2)
        found = conn.execute(select(deliveries.c.operator)).scalars().all()
    assert found == [value or ""] * 2


@pytest.mark.sqlite_only("a server keeps its indexes while rows are written")
def test_indexes_made_after_the_rows_are_never_missed(engine: Engine, clerk: "Clerk") -> None:
    with begin_writing(engine) as conn:
        columns = prepare(conn, clerk)
    reader = engine.connect()
    assert reader.execute(select(routing.c.id)).first() is None  # its view of things begins here
    with begin_writing(engine) as conn, bulk_writer(conn, routing, 0) as writer:
        writer.write({"id": range(1, MANY + 1), **columns}, MANY)
        assert indexes(conn) == set()
        assert indexes(reader) == ALL_INDEXES
        with engine.connect() as newcomer:
            assert indexes(newcomer) == ALL_INDEXES
            assert newcomer.execute(select(routing.c.id)).first() is None
    assert reader.execute(select(routing.c.id)).first() is None
    reader.close()
    with engine.connect() as conn:
        assert indexes(conn) == ALL_INDEXES
        assert conn.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        plan = conn.execute(text("EXPLAIN QUERY PLAN SELECT * FROM routing WHERE number = '1'"))
        assert "ix_routing_number_day" in str(plan.all())


@pytest.mark.sqlite_only("a server keeps its indexes while rows are written")
def test_a_rollback_brings_the_indexes_back(engine: Engine, clerk: "Clerk") -> None:
    def fail() -> None:
        with begin_writing(engine) as conn:
            columns = prepare(conn, clerk)
            with bulk_writer(conn, routing, 0) as writer:
                writer.write({"id": range(1, MANY + 1), **columns}, MANY)
                assert indexes(conn) == set()
                raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with engine.connect() as conn:
        assert indexes(conn) == ALL_INDEXES
        assert conn.execute(select(routing.c.id)).first() is None


@pytest.mark.sqlite_only("a server keeps its indexes while rows are written")
@pytest.mark.parametrize(("on_record", "kept"), [(0, False), (MANY - 1, False), (MANY, True)])
def test_a_table_that_does_not_double_keeps_its_indexes(
    engine: Engine, clerk: "Clerk", on_record: int, kept: bool
) -> None:
    with begin_writing(engine) as conn:
        columns = prepare(conn, clerk)
        with bulk_writer(conn, routing, on_record) as writer:
            writer.write({"id": range(1, MANY + 1), **columns}, MANY)
            assert indexes(conn) == (ALL_INDEXES if kept else set())
        assert indexes(conn) == ALL_INDEXES


def test_a_character_that_a_server_refuses_is_written_out(engine: Engine, clerk: "Clerk") -> None:
    names = ["甲\0公司", "甲\\x00公司", "乙"]
    with begin_writing(engine) as conn:
        source = add_source(conn, clerk.sheet("routing"), None)
        book = SpellingBook(conn, source)
        book.learn(names)
        book.close()
        row = (1, source, 2, "raw \0", "total_line", "{}")
        columns = ("id", "source_id", "row", "raw", "reason", "reason_values")
        insert_rows(conn, rejected_rows, columns, [row])
    kept = set(names) if engine.dialect.name == "sqlite" else set(names[1:])
    with engine.connect() as conn:
        found = conn.execute(select(spellings.c.id, spellings.c.raw)).all()
        assert {raw for _, raw in found} == kept
        assert {number for number, _ in found} == {book[name] for name in names}
        raw = conn.execute(select(rejected_rows.c.raw)).scalar_one()
    assert raw == ("raw \0" if engine.dialect.name == "sqlite" else r"raw \x00")


def test_one_value_in_all_rows_of_a_coded_column_is_that_value(
    engine: Engine, clerk: "Clerk"
) -> None:
    with begin_writing(engine) as conn:
        columns = prepare(conn, clerk)
        accounts = Coded.of(("kh'1", None, "kh2"), [0] * MANY)
        columns |= {"account": accounts, "unit": Coded.of(("message",), [0] * MANY)}
        columns |= {"parts": Coded.of((7, None), [1] * MANY)}
        insert_columns(conn, routing, {"id": range(1, MANY + 1), **columns}, MANY)
    with engine.connect() as conn:
        wanted = select(routing.c.account, routing.c.unit, routing.c.parts).distinct()
        assert conn.execute(wanted).all() == [("kh'1", "message", None)]


@pytest.mark.parametrize("column", ["upstream_id", "source_id"])
def test_a_reference_to_nothing_is_refused(engine: Engine, clerk: "Clerk", column: str) -> None:
    def write() -> None:
        with begin_writing(engine) as conn:
            columns = prepare(conn, clerk) | {column: Same(77)}
            with bulk_writer(conn, routing, 0) as writer:
                writer.write({"id": range(1, MANY + 1), **columns}, MANY)

    with pytest.raises(sa_exc.IntegrityError, match=r"(?i)foreign key"):
        write()
    with engine.connect() as conn:
        assert conn.execute(select(routing.c.id)).first() is None


@pytest.mark.sqlite_only("a server checks references itself")
def test_references_are_checked_where_sqlite_is_told_not_to() -> None:
    from sqlalchemy import create_engine

    engine = create_engine("sqlite://")  # enforces nothing unless told
    with engine.begin() as conn:
        metadata.create_all(conn)
        row = (1, 5, 2, "raw", "total_line", "{}")
        names = ("id", "source_id", "row", "raw", "reason", "reason_values")
        with pytest.raises(sa_exc.IntegrityError, match="FOREIGN KEY"):
            insert_rows(conn, rejected_rows, names, [row])
        check_references(conn, routing, {"reporter_id": [None], "number": ["1"]})
        with pytest.raises(sa_exc.IntegrityError, match="reporter_id"):
            check_references(conn, routing, {"reporter_id": [None, 3]})
    engine.dispose()


def test_what_two_threads_make_of_a_vocabulary_at_once_is_made_once() -> None:
    words = Vocabulary(["甲", "乙", "丙"])
    others: list[threading.Thread] = []
    began = threading.Event()

    def other() -> None:
        began.set()
        words.changed(slowly)

    def slowly(word: str) -> str:
        if not others:
            others.append(threading.Thread(target=other))
            others[0].start()
            assert began.wait(10)
            time.sleep(0.05)
        return word * 2

    assert words.changed(slowly) == ["甲甲", "乙乙", "丙丙"]
    others[0].join()
    assert words.changed(slowly) == ["甲甲", "乙乙", "丙丙"]
