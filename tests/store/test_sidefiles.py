"""Rows that reach SQLite through files beside it are the rows they were, or none is there."""

import sqlite3
import threading
import typing
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from sqlalchemy import Connection, Engine

from tracer.errors import UsageError
from tracer.model.columns import Arrow, Coded, Column, Same
from tracer.store import bulk, sidefiles
from tracer.store.bulk import bulk_writer
from tracer.store.engine import begin_writing, open_engine
from tracer.store.record_tables import parties, routing
from tracer.store.sources import add_delivery, add_source
from tracer.store.spellings import SpellingBook

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk

pytestmark = pytest.mark.sqlite_only("a server has COPY")

ROWS = 40
NAMES = ("甲", "乙's", "丙")


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_MANY", 10)
    monkeypatch.setattr(sidefiles, "_FIRST_ROWS", 100)


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "临时 %20?x"
    folder.mkdir()
    yield folder
    assert list(folder.iterdir()) == []
    assert [each for each in threading.enumerate() if each.name.startswith("side_")] == []


def batch(number: int, source: int, delivery: int, names: list[int]) -> dict[str, Column]:
    """Give totals of all sorts: what stands in every row of one batch varies in another."""
    first = number * ROWS
    days = [date(2023, 7, 5), date(2024, 2, 29)]
    accounts: list[str | None] = ["kh'1", None, "a\0b", ""]
    return {
        "id": range(first + 1, first + ROWS + 1),
        "source_id": Same(source),
        "delivery_id": Same(delivery),
        "row": [first + row for row in range(ROWS)],
        "last_row": Arrow(pa.array([2**40 + row for row in range(ROWS)])),
        "part": Same("") if number % 3 else Same("upper"),
        "upstream_id": Arrow(pa.array([names[row % 3] for row in range(ROWS)], pa.int64())),
        "downstream_id": Coded.of(names, [number % 3] * ROWS),
        "reporter_id": [names[0] if row % 2 else None for row in range(ROWS)],
        "number": Arrow(pa.array([f"00106{first + row:05d}" for row in range(ROWS)])),
        "day": Coded.of(days, [row % 2 for row in range(ROWS)]),
        "account": Coded.of(accounts, [row % 4 if number > 2 else 1 for row in range(ROWS)]),
        "messages": Same(7),
        "blocked": Same(0),
        "parts": Same(None) if number < 4 else [None, 3] * (ROWS // 2),
        "unit": Coded.of(["messages"], [0] * ROWS),
        "rows_summed": Same(1),
        "first_at": Arrow(pa.array([None if row % 5 else 10**15 for row in range(ROWS)])),
        "last_at": Same(-1),
    }


def prepare(conn: Connection, clerk: "Clerk") -> tuple[int, int, list[int]]:
    delivery = add_delivery(conn, "tester", "2026")
    source = add_source(conn, clerk.sheet("routing"), delivery)
    book = SpellingBook(conn, source)
    book.learn(NAMES)
    return source, delivery, [book[name] for name in NAMES]


def write(engine: Engine, clerk: "Clerk", batches: int, scratch: Path | None) -> int:
    """Write some batches; give how many files were attached."""
    with begin_writing(engine) as conn:
        about = prepare(conn, clerk)
        with bulk_writer(conn, routing, 0, scratch=scratch) as writer:
            for number in range(batches):
                writer.write(batch(number, *about), ROWS)
        attached = conn.exec_driver_sql("PRAGMA database_list").all()
    return len(attached) - 1


def dump(engine: Engine, table: str = "routing") -> list[Any]:
    """Read every value with the type it has in the file."""
    with closing(sqlite3.connect(str(engine.url.database))) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        names = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
        wanted = ", ".join(f'"{name}", typeof("{name}")' for name in names)
        return conn.execute(f"SELECT {wanted} FROM {table} ORDER BY id").fetchall()


@pytest.mark.parametrize("batches", [1, 2, 3, 9, 30])
def test_rows_are_what_statements_make_of_them(
    engine: Engine, clerk: "Clerk", scratch: Path, tmp_path: Path, batches: int
) -> None:
    assert 1 <= write(engine, clerk, batches, scratch) <= 8
    found = dump(engine)
    assert len(found) == batches * ROWS
    plain = open_engine(str(tmp_path / "plain.db"))
    assert write(plain, clerk, batches, None) == 0
    assert found == dump(plain)
    plain.dispose()


def test_flags_and_days_are_what_statements_make_of_them(
    engine: Engine, clerk: "Clerk", scratch: Path, tmp_path: Path
) -> None:
    columns: dict[str, Column] = {
        "id": range(1, ROWS + 1),
        "source_id": Same(1),
        "row": range(ROWS),
        "part": Same(""),
        "raw": Arrow(pa.array([f'[["名称","甲{row}"]]' for row in range(ROWS)])),
        "name_id": Same(1),
        "former_names": Same("[]"),
        "licence_first": [date(2023, 1, 1 + row % 28) for row in range(ROWS)],
        "licence_last": Same(date(2024, 1, 1)),
        "has_licence_column": Coded.of([False, True], [row % 2 for row in range(ROWS)]),
    }
    plain = open_engine(str(tmp_path / "plain.db"))
    for each, folder in ((engine, scratch), (plain, None)):
        with begin_writing(each) as conn:
            prepare(conn, clerk)
            with bulk_writer(conn, parties, 0, scratch=folder) as writer:
                writer.write(columns, ROWS)
    assert dump(engine, "parties") == dump(plain, "parties")
    assert len(dump(engine, "parties")) == ROWS
    plain.dispose()


def test_nothing_is_there_after_an_error(engine: Engine, clerk: "Clerk", scratch: Path) -> None:
    def fail() -> None:
        with begin_writing(engine) as conn:
            about = prepare(conn, clerk)
            with bulk_writer(conn, routing, 0, scratch=scratch) as writer:
                for number in range(9):
                    writer.write(batch(number, *about), ROWS)
                assert list(scratch.iterdir())
                raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert dump(engine) == []
    assert write(engine, clerk, 9, scratch) > 1
    assert len(dump(engine)) == 9 * ROWS


def test_no_room_beside_the_database(
    engine: Engine, clerk: "Clerk", scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = (*sidefiles._PRAGMAS, "PRAGMA max_page_count = 3")
    monkeypatch.setattr(sidefiles, "_PRAGMAS", full)
    monkeypatch.setattr(sidefiles, "_FIRST_ROWS", 100_000)
    with pytest.raises(UsageError) as error:
        write(engine, clerk, 400, scratch)
    assert error.value.key == "scratch_full"
    assert str(scratch) in error.value.message("en")
    assert isinstance(error.value.__cause__, OSError)
    assert dump(engine) == []


def test_what_is_our_fault_is_not_told_as_a_lack_of_room(
    engine: Engine, clerk: "Clerk", scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sidefiles, "_PRAGMAS", ("no such statement",))
    with pytest.raises(Exception, match="syntax error"):
        write(engine, clerk, 2, scratch)
    assert dump(engine) == []


def test_a_file_that_lacks_rows_is_never_taken_for_whole(
    engine: Engine, clerk: "Clerk", scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = sidefiles._File._batches

    def lose(self: Any) -> Iterator[pa.RecordBatch]:
        yield from (each.slice(1) for each in plain(self))

    monkeypatch.setattr(sidefiles._File, "_batches", lose)
    with pytest.raises(AssertionError):
        write(engine, clerk, 2, scratch)
    assert dump(engine) == []


def test_one_transaction_may_hold_many_sources(
    engine: Engine, clerk: "Clerk", scratch: Path
) -> None:
    """A trial keeps the files of one source attached while it reads the next."""
    with begin_writing(engine) as conn:
        about = prepare(conn, clerk)
        for number in range(15):
            with conn.begin_nested(), bulk_writer(conn, routing, 0, scratch=scratch) as writer:
                writer.write(batch(number, *about), ROWS)
    assert len(dump(engine)) == 15 * ROWS


@pytest.mark.parametrize(
    ("said", "is_no_room"),
    [
        ("INTERNAL: failed to execute: database or disk is full\nquery was: COMMIT", True),
        ("failed to execute: disk I/O error", True),
        ("failed to execute: cannot rollback - no transaction is active\nquery: ROLLBACK", True),
        ("near syntax error", False),
    ],
)
def test_a_lack_of_room_is_told_however_the_driver_puts_it(
    engine: Engine,
    clerk: "Clerk",
    scratch: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: str,
    is_no_room: bool,
) -> None:
    def fail(_: Any) -> int:
        raise RuntimeError(said)

    monkeypatch.setattr(sidefiles._File, "_ingest", fail)
    with pytest.raises(UsageError if is_no_room else RuntimeError) as error:
        write(engine, clerk, 2, scratch)
    if isinstance(error.value, UsageError):
        assert error.value.key == "scratch_full"
    assert dump(engine) == []
