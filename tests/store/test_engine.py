"""Opening a database: what is made, what is refused and how it is said."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, Table, func, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError as BrokenReference

from tracer.errors import UsageError
from tracer.store import engine as engine_module
from tracer.store.engine import HEAD, begin_writing, open_engine, plain_engine, schema_version
from tracer.store.spellings import SpellingBook
from tracer.store.tables import deliveries, source_sheets, source_spellings, spellings
from tracer.store.writing import insert_rows

sqlite_only = pytest.mark.sqlite_only


def refusal(target: object, *, create: bool = True) -> UsageError:
    with pytest.raises(UsageError) as caught:
        open_engine(str(target), create=create)
    assert str(target) in caught.value.message("zh")
    return caught.value


def test_a_missing_file_is_created_at_the_newest_schema(tmp_path: Path) -> None:
    engine = open_engine(str(tmp_path / "新案.db"))
    assert schema_version(engine) == HEAD
    assert (tmp_path / "新案.db").is_file()


@pytest.mark.parametrize("name", ["a b.db", "50%.db", "a?b=c#d.db"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    assert schema_version(open_engine(str(tmp_path / name))) == HEAD
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_an_empty_file_is_migrated(tmp_path: Path) -> None:
    file = tmp_path / "empty.db"
    file.touch()
    assert schema_version(open_engine(str(file))) == HEAD


@sqlite_only("a database on a server has no other name than its URL")
def test_a_url_opens_the_same_file(database: str, engine: Engine) -> None:
    with begin_writing(engine) as conn:
        conn.execute(insert(deliveries).values(id=1, operator="甲", at="2026"))
    with open_engine(f"sqlite:///{database}").connect() as conn:
        assert conn.execute(select(deliveries.c.operator)).scalar() == "甲"


def test_a_database_in_memory_will_do() -> None:
    engine = open_engine("sqlite://")
    assert schema_version(engine) == HEAD
    engine.dispose()


def test_without_leave_to_create_nothing_is_made(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.db", create=False).key == "db_missing"
    (tmp_path / "empty.db").touch()
    assert refusal(tmp_path / "empty.db", create=False).key == "db_missing"
    assert (tmp_path / "empty.db").stat().st_size == 0


def test_what_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    words = tmp_path / "notes.txt"
    words.write_text("合同编号,上游,下游\n")
    assert refusal(words).key == "db_no_sqlite"
    assert words.read_text() == "合同编号,上游,下游\n"
    assert refusal(tmp_path).key == "db_is_folder"
    assert refusal(tmp_path / "nowhere" / "a.db").key == "db_no_folder"


def test_a_damaged_header_is_told_as_unreachable(tmp_path: Path) -> None:
    file = tmp_path / "broken.db"
    file.write_bytes(b"SQLite format 3\x00" + b"\xff" * 2000)
    assert refusal(file).key == "db_unreachable"


def test_tables_of_another_program_are_refused(blank_database: str) -> None:
    engine = plain_engine(blank_database)
    with begin_writing(engine) as conn:
        conn.execute(text("CREATE TABLE songs (id INTEGER)"))
    engine.dispose()
    assert refusal(blank_database).key == "db_foreign"


def test_a_newer_schema_is_refused_by_name(database: str, engine: Engine) -> None:
    with begin_writing(engine) as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    error = refusal(database)
    assert error.key == "db_newer"
    assert "9999" in error.message("en")
    assert HEAD in error.message("en")


def test_an_older_schema_is_left_to_db_upgrade(
    database: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "HEAD", "9999")
    error = refusal(database)
    assert error.key == "db_outdated"
    assert "tracer db upgrade" in error.message("zh")


@pytest.mark.parametrize(
    ("target", "key"),
    [
        ("nosuchbase://user:secret@127.0.0.1/case", "db_kind"),
        ("mysql+pymysql://user:secret@127.0.0.1/case", "db_kind"),
        ("://secret", "db_url"),
        ("postgresql://user:secret@127.0.0.1:1/case?password=secret", "db_unreachable"),
        ("postgres://user:secret@127.0.0.1:1/case", "db_unreachable"),
        ("postgresql://user:secret@127.0.0.1:port/case", "db_url"),
        ("postgresql://user:secret@127.0.0.1:1/case?no_such_word=1", "db_unreachable"),
    ],
)
def test_a_server_that_is_not_there_is_told_without_its_password(target: str, key: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_engine(target)
    assert caught.value.key == key
    for message in (caught.value.message("zh"), caught.value.message("en")):
        assert "secret" not in message
        assert "\n" not in message


def test_a_missing_driver_is_told_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UsageError) as caught:
        open_engine("postgresql://user:secret@127.0.0.1/case")
    assert caught.value.key == "db_driver"
    assert "pip install 'tracer[postgresql]'" in caught.value.message("zh")
    assert "secret" not in caught.value.message("en")


def test_foreign_keys_are_enforced_on_every_connection(engine: Engine) -> None:
    values = {"id": 1, "file_id": 77, "sheet_no": 0, "input_table": "contracts"}
    for _ in range(2):
        with pytest.raises(BrokenReference, match=r"(?i)foreign key"), engine.begin() as conn:
            conn.execute(insert(source_sheets).values(**values, header_row=1, settings="[]"))


def test_a_wrong_reference_is_never_kept(engine: Engine) -> None:
    """Nor where SQLite does not look at references itself, whoever writes."""

    def write(table: Table, **values: object) -> None:
        with begin_writing(engine) as conn:
            insert_rows(conn, table, tuple(values), [tuple(values.values())])

    def use(source: int) -> None:
        with begin_writing(engine) as conn:
            book = SpellingBook(conn, source)
            book.learn(["甲公司"])
            book.close()

    sheet = {"id": 1, "file_id": 77, "sheet_no": 0}
    with pytest.raises(BrokenReference, match=r"(?i)foreign key"):
        write(source_sheets, **sheet, input_table="contracts", header_row=1, settings="[]")
    with pytest.raises(BrokenReference, match=r"(?i)foreign key"):
        use(77)
    with engine.connect() as conn:
        for table in (source_sheets, source_spellings, spellings):
            assert conn.execute(select(table)).all() == []


@sqlite_only("a server has one way to begin")
def test_references_are_enforced_again_after_a_load(engine: Engine) -> None:
    with begin_writing(engine) as conn:
        assert conn.exec_driver_sql("PRAGMA foreign_keys").scalar() == 0
    with engine.begin() as conn:
        assert conn.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


@sqlite_only("a server has pages of its own")
def test_a_new_file_has_long_pages_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    with sqlite3.connect(old) as driver:
        driver.execute("PRAGMA page_size = 4096")
        driver.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
    driver.close()
    for file, size in ((tmp_path / "new.db", 16384), (old, 4096)):
        engine = plain_engine(str(file)) if file == old else open_engine(str(file))
        with engine.connect() as conn:
            assert conn.exec_driver_sql("PRAGMA page_size").scalar() == size
        engine.dispose()


def test_a_failed_transaction_leaves_nothing_behind(engine: Engine) -> None:
    def fail() -> None:
        with engine.begin() as conn:
            conn.execute(insert(deliveries).values(id=1, operator="甲", at="2026"))
            conn.execute(text("CREATE TABLE half_done (id INTEGER)"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with engine.connect() as conn:
        assert conn.execute(select(deliveries)).all() == []
        assert "half_done" not in inspect(conn).get_table_names()


def test_readers_go_on_during_a_load_and_see_none_of_it(engine: Engine) -> None:
    with begin_writing(engine) as writer:
        writer.execute(insert(deliveries).values(id=1, operator="甲", at="2026"))
        with engine.connect() as reader:
            assert reader.execute(select(deliveries)).all() == []
    with engine.connect() as reader:
        assert len(reader.execute(select(deliveries)).all()) == 1


def test_a_trial_sees_what_it_writes_and_keeps_none_of_it(engine: Engine) -> None:
    with begin_writing(engine, keep=False) as conn:
        conn.execute(insert(deliveries).values(id=1, operator="甲", at="2026"))
        assert len(conn.execute(select(deliveries)).all()) == 1
    with engine.connect() as conn:
        assert conn.execute(select(deliveries)).all() == []


def test_a_reader_sees_one_state_from_first_to_last(engine: Engine) -> None:
    with engine.connect() as reader:
        assert reader.execute(select(deliveries)).all() == []
        with begin_writing(engine) as writer:
            writer.execute(insert(deliveries).values(id=1, operator="甲", at="2026"))
        assert reader.execute(select(deliveries)).all() == []
    with engine.connect() as reader:
        assert len(reader.execute(select(deliveries)).all()) == 1


def test_a_second_writer_waits_at_its_begin_and_says_so_in_the_end(
    engine: Engine, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_BUSY_SECONDS", 0.05)
    other = open_engine(database)
    with (
        begin_writing(engine),
        pytest.raises(UsageError) as caught,
        begin_writing(other),
    ):
        pytest.fail("two writers at once")
    other.dispose()
    assert caught.value.key == "db_busy"
    assert database in caught.value.message("zh")


def test_a_writer_reads_what_the_one_before_it_wrote(engine: Engine, database: str) -> None:
    other = open_engine(database)
    found: list[int | None] = []

    def write_after() -> None:
        with begin_writing(other) as conn:
            found.append(conn.execute(select(func.max(deliveries.c.id))).scalar())

    waiting = threading.Thread(target=write_after)
    with begin_writing(engine) as conn:
        waiting.start()
        conn.execute(insert(deliveries).values(id=7, operator="甲", at="2026"))
    waiting.join()
    other.dispose()
    assert found == [7]


@sqlite_only("a server keeps its files to itself")
def test_between_commands_a_case_is_one_file(engine: Engine, database: str) -> None:
    with begin_writing(engine) as conn:
        conn.execute(insert(deliveries).values(id=1, operator="甲", at="2026"))
        assert Path(f"{database}-wal").exists()
    file = Path(database)
    assert [found.name for found in file.parent.iterdir()] == [file.name]


@sqlite_only("a server keeps its files to itself")
def test_a_case_on_read_only_media_can_be_read(
    engine: Engine, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_is_writable", lambda _: False)
    locked = open_engine(database)
    assert engine_module.shown(locked) == database
    with locked.connect() as conn:
        assert conn.execute(select(deliveries)).all() == []
        assert not Path(f"{database}-wal").exists()
        with pytest.raises(UsageError, match="is read-only"):
            conn.execute(insert(deliveries).values(id=1, operator="甲", at="2026"))


@sqlite_only("a server keeps its files to itself")
def test_a_case_on_read_only_media_is_not_written(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "只读 盘%41"
    folder.mkdir()
    database = str(folder / "c.db")
    open_engine(database).dispose()
    monkeypatch.setattr(engine_module, "_is_writable", lambda _: False)
    locked = open_engine(database)
    assert engine_module.file_of(locked) == engine_module.shown(locked) == database
    with pytest.raises(UsageError) as refused, begin_writing(locked):
        pass
    assert refused.value.key == "db_read_only"
    assert database in refused.value.message("zh")
    assert engine_module.file_of(engine) is not None


def test_opening_an_up_to_date_case_imports_no_alembic(engine: Engine, database: str) -> None:
    program = (
        "import sys\n"
        "from tracer.store.engine import open_engine\n"
        "from tracer.store.evidence import fetch_evidence\n"
        f"with open_engine({database!r}).connect() as conn:\n"
        "    fetch_evidence(conn, '10687415')\n"
        "print(sorted({'alembic', 'sqlalchemy.orm', 'mako', 'duckdb'} & set(sys.modules)))\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=root, check=False
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_messages_of_the_store_are_there_in_both_languages(
    tmp_path: Path, new_clerk: Callable[[], object]
) -> None:
    error = refusal(tmp_path)
    assert error.message("zh") != error.message("en")
    assert "\n" not in error.message("zh")
