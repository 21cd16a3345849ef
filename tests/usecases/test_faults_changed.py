"""A file that changes while it is read is not kept, and says so; nor is one that breaks off."""

import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tracer.errors import UsageError
from tracer.ingest.digests import ComingDigests, digest_file
from tracer.store.engine import open_engine
from tracer.store.sources import list_sources
from tracer.usecases import database as database_check
from tracer.usecases import unchanged
from tracer.usecases.filestate import FileState
from tracer.usecases.jobs import Job
from tracer.usecases.load import LoadOptions, LoadReport, load_paths

from .conftest import AT
from .fault_cases import LOG_HEAD, PARTIES, ReadHook, content, write_csv

PAPER, LOG, OTHER = "合同.csv", "日志.csv", "分配.csv"
Change = Callable[[Path], object]


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    opened = open_engine(database)
    yield opened
    opened.dispose()


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "案卷"
    folder.mkdir()
    write_csv(folder / OTHER, ["码号", "持有人"], [["10687415", PARTIES[0]]])
    papers = [[f"HT-{n}", PARTIES[n % 20], PARTIES[20 + n % 20], "10687415"] for n in range(900)]
    write_csv(folder / PAPER, ["合同编号", "上游", "下游", "号段"], papers)
    rows = [
        ["2023-07-05 10:00:00", "1068741501", PARTIES[0], f"80{n % 9}", f"m{n}", "1"]
        for n in range(900)
    ]
    write_csv(folder / LOG, LOG_HEAD, rows)
    return folder


def load(engine: Engine, folder: Path) -> LoadReport:
    return load_paths(engine, [folder], LoadOptions(), now=lambda: AT)


def append(file: Path) -> None:
    with file.open("ab") as out:
        out.write(file.read_bytes().splitlines(keepends=True)[-1])


def truncate(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def replace_by_another(file: Path) -> None:
    other = file.with_name("other.tmp")
    other.write_bytes(file.read_bytes().replace(b"10687415", b"10687416"))
    other.replace(file)


def alter_and_hide_it(file: Path) -> None:
    """Change bytes, not their number, and put the time of the change back."""
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"10687415", b"10687416"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("name", [PAPER, LOG])
@pytest.mark.parametrize(
    "change", [append, truncate, replace_by_another, alter_and_hide_it, Path.unlink]
)
def test_nothing_is_kept_of_a_file_that_changes_while_it_is_read(
    change: Change, name: str, engine: Engine, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        hook = ReadHook(patch, case / name, lambda: change(case / name), after=2048)
        report = load(engine, case)
    assert hook.times == 1
    (error,) = report.unusable
    assert isinstance(error, UsageError)
    assert (error.key, error.values["path"]) == ("file_changed", (case / name).as_posix())
    assert {Path(each.path).name for each in report.files} == {PAPER, LOG, OTHER} - {name}
    with engine.connect() as conn:
        assert {Path(entry.sheet.path).name for entry in list_sources(conn)} == (
            {PAPER, LOG, OTHER} - {name}
        )
    assert [note.key for note in database_check.check(engine).faults] == []
    if (case / name).exists():
        again = load(engine, case)
        assert again.unusable == ()
        assert again.delivery == report.delivery == 1
        assert database_check.check(engine).faults == ()


def rewrite(file: Path) -> None:
    """Empty the file and write the same again, as `cp` does."""
    content = file.read_bytes()
    file.write_bytes(content[:100])
    file.write_bytes(content)


@pytest.mark.parametrize("name", [PAPER, LOG])
def test_a_file_that_was_written_anew_with_the_same_bytes_is_read_once_more(
    name: str, engine: Engine, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[str] = []
    digest = digest_file

    def counted(file: Path) -> object:
        found.append(file.name)
        return digest(file)

    with monkeypatch.context() as patch:
        patch.setattr(unchanged, "digest_file", counted)
        hook = ReadHook(patch, case / name, lambda: rewrite(case / name), after=2048)
        report = load(engine, case)
    assert (hook.times, report.unusable, report.loaded) == (1, (), 1801)
    assert found.count(name) == 2, "after either reading"
    assert database_check.check(engine).faults == ()


def test_a_half_file_is_not_taken_for_the_whole_it_becomes_again(
    engine: Engine, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = (case / LOG).read_bytes()
    truncate(case / LOG)
    half = (case / LOG).read_bytes()
    (case / LOG).write_bytes(whole)
    plain_state = unchanged._state
    with monkeypatch.context() as patch:

        def halve() -> None:
            (case / LOG).write_bytes(half)
            patch.setattr(unchanged, "_state", restored)

        def restored(job: Job) -> FileState:
            (case / LOG).write_bytes(whole)
            patch.setattr(unchanged, "_state", plain_state)
            return plain_state(job)

        ReadHook(patch, case / LOG, halve)
        report = load(engine, case)
    assert report.unusable == ()
    assert report.loaded == 1801


@pytest.mark.parametrize("name", [PAPER, LOG])
def test_a_disk_that_fails_in_the_middle_of_a_file(
    name: str, engine: Engine, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(case / name))

    with monkeypatch.context() as patch:
        hook = ReadHook(patch, case / name, fail, after=4096)
        report = load(engine, case)
    assert hook.times == 1
    (error,) = report.unusable
    assert "Input/output error" in error.message("en")
    assert name in error.message("zh")
    assert {Path(each.path).name for each in report.files} == {PAPER, LOG, OTHER} - {name}
    assert database_check.check(engine).faults == ()
    again = load(engine, case)
    assert (again.unusable, again.delivery) == ((), 1)
    assert {Path(each.path).name: each.loaded for each in again.files if each.loaded} == {name: 900}


def test_a_file_that_went_before_it_was_opened_stops_nothing_else(
    engine: Engine, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = FileState.of

    def gone(file: Path) -> FileState:
        if file.name == PAPER:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(file))
        return plain(file)

    monkeypatch.setattr(FileState, "of", gone)
    report = load(engine, case)
    (error,) = report.unusable
    assert error.key == "unreadable_file"
    assert report.loaded == 901


STATE = FileState(9, 100, 100, 1, 7, seen_ns=10_000_000_000)


@pytest.mark.parametrize(
    ("before", "after", "is_same_digest", "is_last", "outcome"),
    [
        (STATE, STATE, False, False, ""),
        (replace(STATE, seen_ns=200), STATE, True, False, "digested"),
        (replace(STATE, seen_ns=200), STATE, False, False, "file_changed"),
        (STATE, replace(STATE, mtime_ns=300), False, False, "file_changed"),
        (STATE, replace(STATE, mtime_ns=300), True, False, "again"),
        (STATE, replace(STATE, mtime_ns=300), True, True, "file_changed"),
        (STATE, replace(STATE, inode=8), True, True, "digested"),
        (STATE, replace(STATE, ctime_ns=300), True, True, "digested"),
        (STATE, replace(STATE, size=8), True, True, "file_changed"),
    ],
)
def test_what_the_file_system_says_is_believed_unless_it_may_not_show(
    before: FileState,
    after: FileState,
    is_same_digest: bool,
    is_last: bool,
    outcome: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    digested: list[Path] = []
    file = tmp_path / "a.csv"
    file.write_bytes(b"ab")
    digests = ComingDigests(file, "a.csv")

    def digest(job: Job) -> str:
        digested.append(job.file)
        return digests.sha256 if is_same_digest else "cd"

    monkeypatch.setattr(FileState, "of", lambda _: after)
    monkeypatch.setattr(unchanged, "digest_again", digest)
    job = Job(file, "a.csv", tmp_path, state=before, digests=digests)
    if outcome == "again":
        with pytest.raises(unchanged.ReadAgain):
            unchanged.check_unchanged(job, is_last=is_last)
    elif outcome == "file_changed":
        with pytest.raises(UsageError, match="changed or moved"):
            unchanged.check_unchanged(job, is_last=is_last)
    else:
        unchanged.check_unchanged(job, is_last=is_last)
        assert bool(digested) == (outcome == "digested")


def test_what_was_loaded_is_what_an_undisturbed_load_loads(
    engine: Engine,
    new_database: Callable[[], str],
    database: str,
    case: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    undisturbed = new_database()
    opened = open_engine(undisturbed)
    load(opened, case)
    opened.dispose()
    with monkeypatch.context() as patch:
        ReadHook(patch, case / PAPER, lambda: os.utime(case / PAPER), after=9000)
        load(engine, case)
    assert content(database, ("10687415",)) == content(undisturbed, ("10687415",))
