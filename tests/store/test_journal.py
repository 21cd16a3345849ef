"""A first large load goes without the write-ahead log: no one is harmed, dead or alive."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, select, text

from tracer.store import engine as engine_module
from tracer.store.engine import begin_writing, open_engine
from tracer.store.tables import deliveries, source_files, source_sheets

pytestmark = pytest.mark.sqlite_only("how SQLite keeps what it replaces")

HOME = Path(__file__).parents[2]
MANY = 50_000
_DIE = f"""
import os, signal, sys
from tracer.store.engine import begin_writing, open_engine
engine = open_engine(sys.argv[1])
with begin_writing(engine, much=True) as conn:
    conn.exec_driver_sql(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY})"
        " INSERT INTO deliveries SELECT i, hex(zeroblob(1000)), 'x' FROM n"
    )
    assert conn.exec_driver_sql("PRAGMA cache_spill").scalar()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def mode(engine: Engine) -> str:
    with engine.connect() as conn:
        return str(conn.execute(text("PRAGMA journal_mode")).scalar())


def add(conn: Connection, number: int) -> None:
    conn.execute(deliveries.insert(), {"id": number, "operator": "甲", "at": "2026"})


def add_source(conn: Connection) -> None:
    digest = {"sha256": "0" * 64, "sm3": "0" * 64}
    conn.execute(source_files.insert(), {"id": 1, "path": "a", "size": 1, **digest})
    about = {"input_table": "contracts", "header_row": 1, "settings": "[]"}
    conn.execute(source_sheets.insert(), {"id": 1, "file_id": 1, "sheet_no": 0, **about})


def files(engine: Engine) -> set[str]:
    """Give the endings of the files beside the database."""
    file = Path(str(engine.url.database))
    return {each.name.removeprefix(file.name) for each in file.parent.glob(f"{file.name}-*")}


def test_an_empty_case_is_written_without_the_log_and_has_it_afterwards(engine: Engine) -> None:
    with begin_writing(engine, much=True) as conn:
        add(conn, 1)
        assert conn.execute(text("PRAGMA journal_mode")).scalar() == "delete"
        assert "-journal" in files(engine)
    assert mode(engine) == "wal"
    assert files(engine) == set()
    with begin_writing(engine) as conn:
        assert conn.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert conn.execute(select(deliveries.c.id)).scalars().all() == [1]


def test_what_fails_without_the_log_is_taken_back(engine: Engine) -> None:
    def fail() -> None:
        with begin_writing(engine, much=True) as conn:
            add(conn, 1)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert mode(engine) == "wal"
    with engine.connect() as conn:
        assert conn.execute(select(deliveries)).first() is None


def test_a_case_with_a_source_keeps_the_log(engine: Engine) -> None:
    with begin_writing(engine) as conn:
        add_source(conn)
    with begin_writing(engine, much=True) as conn:
        assert conn.execute(text("PRAGMA journal_mode")).scalar() == "wal"


def test_who_has_the_case_open_keeps_the_log_and_is_not_kept_waiting(engine: Engine) -> None:
    with engine.connect() as reader:
        assert reader.execute(select(deliveries)).first() is None
        with begin_writing(engine, much=True) as conn:
            assert conn.execute(text("PRAGMA journal_mode")).scalar() == "wal"
            add(conn, 1)
            with engine.connect() as newcomer:
                assert newcomer.execute(select(deliveries)).first() is None
        assert reader.execute(select(deliveries)).first() is None


def test_a_database_in_memory_has_no_log() -> None:
    engine = open_engine("sqlite://")
    with begin_writing(engine, much=True) as conn:
        add(conn, 1)
        assert conn.execute(text("PRAGMA journal_mode")).scalar() == "memory"
    engine.dispose()


@pytest.mark.parametrize("is_writable", [True, False])
def test_what_a_killed_process_wrote_is_never_seen(
    database: str, is_writable: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_engine(database).dispose()
    empty = Path(database).stat().st_size
    env = {**os.environ, "PYTHONPATH": str(HOME)}
    ended = subprocess.run([sys.executable, "-c", _DIE, database], env=env, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert Path(f"{database}-journal").exists()
    assert Path(database).stat().st_size > 4 * empty  # much of it had reached the database
    if not is_writable:
        monkeypatch.setattr(engine_module, "_is_writable", lambda _: False)
    engine = open_engine(database)
    with engine.connect() as conn:
        assert conn.execute(select(deliveries)).first() is None
        assert conn.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    with begin_writing(engine) as conn:
        add(conn, 1)
    assert mode(engine) == "wal"
    assert Path(database).stat().st_size <= 2 * empty
    engine.dispose()
    assert files(engine) == set()
