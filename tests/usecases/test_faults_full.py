"""A disk that fills, a database that goes away: one line, nothing torn, completed by repeating."""

import errno
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet
from sqlalchemy import Engine, create_engine, event, text

from tracer.errors import TracerError, UsageError
from tracer.ingest.traffic import LogLane
from tracer.store.engine import open_engine
from tracer.store.rejects import add_rejects
from tracer.store.sources import list_sources
from tracer.usecases import database as database_check
from tracer.usecases import sheets
from tracer.usecases.load import LoadOptions, LoadReport, load_paths
from tracer.usecases.stopping import as_stop

from .conftest import AT
from .fault_cases import Content, content, make_case

ROOMY = "64m"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_case(tmp_path_factory.mktemp("faults") / "案卷", bad=300)


@pytest.fixture(scope="module")
def expected(case: Path, tmp_path_factory: pytest.TempPathFactory) -> Content:
    database = str(tmp_path_factory.mktemp("undisturbed") / "t.db")
    with opened(database) as engine:
        load(engine, case)
    return content(database)


@contextmanager
def opened(database: str, pages: int | None = None) -> Iterator[Engine]:
    """Open a database; of an SQLite file, no more than so many pages may be written."""
    open_engine(database).dispose()
    engine = open_engine(database)
    if pages is not None:

        def limit(connection: Any, _record: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {pages}")

        event.listen(engine, "connect", limit)
    yield engine
    engine.dispose()


def pages_of(database: str) -> int:
    with closing(sqlite3.connect(database)) as conn:
        return int(conn.execute("PRAGMA page_count").fetchone()[0])


def load(engine: Engine, folder: Path, **options: Any) -> LoadReport:
    return load_paths(engine, [folder], LoadOptions(**options), now=lambda: AT)


def check_stopped(error: pytest.ExceptionInfo[TracerError], engine: Engine, key: str) -> None:
    """Make sure that the load said in one line what stopped it, and that nothing is torn."""
    assert error.value.key == key
    for lang in ("zh", "en"):
        assert "\n" not in error.value.message(lang)
    assert database_check.check(engine).faults == ()
    if "kept" in error.value.values:
        with engine.connect() as conn:
            files = {entry.sheet.path for entry in list_sources(conn)}
        assert len(files) == error.value.values["kept"]
        assert error.value.values["path"] not in files


@pytest.mark.sqlite_only("how SQLite is kept from writing")
@pytest.mark.parametrize("share", [0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.97])
def test_a_database_that_cannot_grow(
    share: float, database: str, new_database: Callable[[], str], case: Path, expected: Content
) -> None:
    with opened(database):
        empty = pages_of(database)
    undisturbed = new_database()
    with opened(undisturbed) as engine:
        load(engine, case)
    whole = pages_of(undisturbed)
    with opened(database, empty + round(share * (whole - empty))) as engine:
        with pytest.raises(UsageError) as error:
            load(engine, case)
        check_stopped(error, engine, "disk_full")
        assert database in error.value.message("zh")
    with opened(database) as engine:
        load(engine, case)
    assert content(database) == expected


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on a disk of its own, roomy until `leave` makes it small."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    words = ["mount", "-t", "tmpfs", "-o", f"size={ROOMY}", "tmpfs", str(place)]
    if subprocess.run(words, capture_output=True).returncode:
        pytest.skip("this root must not mount")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def resize(disk: Path, size: str) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)


@pytest.mark.sqlite_only("a database on the small disk")
@pytest.mark.parametrize("free", [64, 200, 700, 1500])
def test_a_disk_that_is_full(free: int, small_disk: Path, case: Path, expected: Content) -> None:
    database = str(small_disk / "t.db")
    with opened(database) as engine:
        used = shutil.disk_usage(small_disk).used // 1024
        resize(small_disk, f"{used + free}k")
        with pytest.raises(UsageError) as error:
            load(engine, case)
        resize(small_disk, ROOMY)
        check_stopped(error, engine, "disk_full")
        load(engine, case)
    assert content(database) == expected


def test_no_room_for_the_rejected_rows(
    database: str, case: Path, expected: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(sheets, "add_rejects", partial(add_rejects, most=100))
    with opened(database) as engine:
        with monkeypatch.context() as patch:
            patch.setattr(parquet.ParquetWriter, "write_table", fail)
            with pytest.raises(UsageError) as error:
                load(engine, case)
        check_stopped(error, engine, "disk_full")
        assert ".rejects" in error.value.message("en")
        folder = Path(str(error.value.values["where"]))
        assert list(folder.iterdir()) == []
        load(engine, case)
        assert len(list(folder.iterdir())) == 1
        assert database_check.check(engine).faults == ()
    assert content(database).traces == expected.traces
    assert content(database).sources == expected.sources


def test_no_room_for_the_scratch(
    database: str, case: Path, expected: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, read = LogLane.read, list[str]()

    def fail_third(self: LogLane, sheet: Any, *args: Any) -> Any:
        read.append(sheet.path)
        if len(read) < 3:
            return plain(self, sheet, *args)
        full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise UsageError("scratch_full", path="/scratch", detail=str(full)) from full

    with opened(database) as engine:
        with monkeypatch.context() as patch:
            patch.setattr(LogLane, "read", fail_third)
            with pytest.raises(UsageError) as error:
                load(engine, case)
        check_stopped(error, engine, "disk_full")
        assert "/scratch" in error.value.message("en")
        load(engine, case)
    assert content(database) == expected


@pytest.mark.parametrize(
    ("step", "which"),
    [("add_source", 1), ("add_records", 2), ("finish_source", 4), ("add_routing", 2)],
)
def test_a_database_that_goes_away_in_the_middle(
    step: str,
    which: int,
    database: str,
    case: Path,
    expected: Content,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if "://" not in database:
        pytest.skip("shows PostgreSQL")
    plain, calls = getattr(sheets, step), list[str]()
    server = create_engine(database, isolation_level="AUTOCOMMIT")

    def cut_off(*args: Any, **options: Any) -> Any:
        calls.append(step)
        if len(calls) == which:
            with server.connect() as conn:
                others = "datname = current_database() AND pid <> pg_backend_pid()"
                ask = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"
                conn.execute(text(ask))
        return plain(*args, **options)

    with opened(database) as engine:
        with monkeypatch.context() as patch:
            patch.setattr(sheets, step, cut_off)
            with pytest.raises(UsageError) as error:
                load(engine, case)
        check_stopped(error, engine, "db_lost")
        load(engine, case)
    server.dispose()
    assert content(database) == expected


def test_a_load_broken_off_by_hand_is_completed_under_the_same_delivery(
    database: str, case: Path, expected: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = LogLane.read
    read: list[str] = []

    def interrupted(self: LogLane, sheet: Any, *args: Any) -> Any:
        read.append(Path(sheet.path).name)
        result = plain(self, sheet, *args)
        if len(read) == 3:
            raise KeyboardInterrupt
        return result

    with opened(database) as engine:
        with monkeypatch.context() as patch:
            patch.setattr(LogLane, "read", interrupted)
            with pytest.raises(KeyboardInterrupt):
                load(engine, case)
        assert database_check.check(engine).faults == ()
        with engine.connect() as conn:
            before = len(list_sources(conn))
        report = load(engine, case)
        assert report.delivery == 1
        fresh = [each for each in report.files if "same_bytes" not in {n.key for n in each.notes}]
        assert len(fresh) == len(expected.sources) - before > 0
    assert content(database) == expected


def errors() -> Iterator[tuple[BaseException, str | None]]:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/tmp/x")
    lost, unusable = UsageError("db_lost", database="t"), UsageError("empty_file", path="x")
    wrapped = UsageError("scratch_full", path="/scratch", detail="…")
    wrapped.__cause__ = RuntimeError("IO Error: Could not write: No space left on device")
    memory = UsageError("scratch_full", path="/scratch", detail="…")
    memory.__cause__ = RuntimeError("Out of Memory Error: failed to allocate")
    broken_off = UsageError("db_lost", database="t")
    broken_off.__context__ = KeyboardInterrupt()
    yield full, "disk_full"
    yield lost, "db_lost"
    yield unusable, None
    yield wrapped, "disk_full"
    yield memory, None
    yield broken_off, ""
    yield RuntimeError("Query interrupted"), ""
    yield OSError(errno.EIO, "Input/output error"), None
    yield UsageError("db_full", database="t"), "disk_full"
    yield UsageError("db_busy", database="t"), "db_busy"


@pytest.mark.parametrize(("error", "key"), list(errors()))
def test_what_ends_a_load_and_what_only_a_file(error: BaseException, key: str | None) -> None:
    stop = as_stop(error, file="a.csv", kept=2, database="t.db")
    if key == "":
        assert isinstance(stop, KeyboardInterrupt)
    elif key is None:
        assert stop is None
    else:
        assert isinstance(stop, TracerError)
        assert stop.key == key
        if key == "disk_full":
            assert stop.values["where"] in {"/tmp/x", "/scratch", "t.db"}
