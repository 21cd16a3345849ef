"""What a load keeps beside the database: its key, its scratch folder, and how far it has come."""

import io
import multiprocessing
import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tracer import Case, UsageError
from tracer.cli.progress import load_progress
from tracer.cli.settings import Settings
from tracer.store import engine as engine_module
from tracer.store.engine import open_engine
from tracer.usecases import workfolder
from tracer.usecases.load import LoadOptions, Progress, load_paths
from tracer.usecases.progress import ProgressTeller
from tracer.usecases.secret import case_key
from tracer.usecases.workfolder import work_folder

from .conftest import AT

WriteTable = Callable[..., Path]


def test_a_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "t.db.key"
    key = case_key(file)
    assert case_key(file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]
    assert case_key(None) != case_key(None)


def test_of_two_loads_that_begin_together_both_use_one_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "t.db.key"
    plain, keys = Path.hardlink_to, list[bytes]()

    def overtaken(self: Path, target: Path) -> None:
        monkeypatch.setattr(Path, "hardlink_to", plain)
        keys.append(case_key(file))
        plain(self, target)

    monkeypatch.setattr(Path, "hardlink_to", overtaken)
    assert case_key(file) == keys[0]
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_system_without_links_gets_a_key_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    file = tmp_path / "t.db.key"
    assert case_key(file) == case_key(file)
    assert list(tmp_path.iterdir()) == [file]


def test_a_process_killed_while_it_makes_a_key_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "t.db.key"
    draft = tmp_path / "t.db.key.dead.new"
    draft.write_text("half a k")
    old = time.time() - 2 * 3600
    os.utime(draft, (old, old))
    working = tmp_path / "t.db.key.alive.new"
    working.touch()
    assert len(case_key(file)) == 32
    assert sorted(tmp_path.iterdir()) == [file, working]

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    file.unlink()
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        case_key(file)
    assert sorted(tmp_path.iterdir()) == [working]


def test_what_is_no_key_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "t.db.key"
    file.write_text("")
    with pytest.raises(UsageError, match=r"t\.db\.key"):
        case_key(file)


def _work_and_die(place: str, told: "multiprocessing.connection.Connection") -> None:
    with work_folder(Path(place)) as folder:
        (folder / "spill").write_bytes(b"x")
        told.send(str(folder))
        told.recv()
        os._exit(9)


def test_the_folder_of_a_dead_process_is_removed_and_that_of_a_living_one_is_not(
    tmp_path: Path,
) -> None:
    here, there = multiprocessing.Pipe()
    spawn = multiprocessing.get_context("spawn")
    process = spawn.Process(target=_work_and_die, args=(str(tmp_path), there))
    process.start()
    theirs = Path(here.recv())
    with work_folder(tmp_path) as mine:
        assert sorted(tmp_path.iterdir()) == sorted([mine, theirs])
    here.send("die")
    process.join()
    assert list(tmp_path.iterdir()) == [theirs]
    with work_folder(tmp_path) as mine:
        assert list(tmp_path.iterdir()) == [mine]
    assert list(tmp_path.iterdir()) == []


def test_the_folders_of_others_and_what_only_looks_like_one_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "papers"
    target.mkdir()
    (tmp_path / "tracer-work-link").symlink_to(target)
    (tmp_path / "tracer-work-file").touch()
    (tmp_path / "tracer-new-begun").mkdir()
    foreign = tmp_path / "tracer-work-foreign"
    foreign.mkdir()
    before = sorted(tmp_path.iterdir())
    with monkeypatch.context() as patch:
        patch.setattr(os, "getuid", lambda: os.geteuid() + 1)
        workfolder._remove_stale(tmp_path)
    assert sorted(tmp_path.iterdir()) == before
    old = time.time() - 2 * 3600
    os.utime(tmp_path / "tracer-new-begun", (old, old))
    with work_folder(tmp_path):
        pass
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"papers", "tracer-work-link", "tracer-work-file"}
    assert target.is_dir()


def test_a_load_tells_how_far_it_has_come(
    write_table: WriteTable, case: Case, tmp_path: Path
) -> None:
    contracts = [[f"HT-{n}", f"甲{n % 9}", "乙", "10687415"] for n in range(2500)]
    papers = write_table("合同.csv", [["合同编号", "上游", "下游", "号段"], *contracts])
    log = write_table(
        "日志.csv",
        [
            ["发送时间", "源号码", "上游", "下游"],
            *[["2023-07-05 08:00:00", "10687415", "甲", "乙"]] * 50,
        ],
    )
    told: list[Progress] = []
    options, folder = LoadOptions(), papers.parent
    load_paths(case._engine, [folder], options, now=lambda: AT, progress=told.append)
    total = papers.stat().st_size + log.stat().st_size
    assert {at.bytes_total for at in told} == {total}
    places = [at.bytes_done for at in told]
    assert places == sorted(places)
    assert places[-1] == total
    rows = [at.rows for at in told]
    assert rows == sorted(rows)
    assert rows[-1] == 2550
    within = {at.bytes_done for at in told if at.file == papers.as_posix()}
    assert any(0 < place < papers.stat().st_size for place in within)
    assert told[-1].file == ""


def test_files_that_could_not_be_used_count_as_done() -> None:
    told: list[Progress] = []
    teller = ProgressTeller(told.append, 100)
    teller.begin("a", 60)
    teller.tell(5, 90)
    teller.done()
    teller.begin("b", 40)
    teller.tell(3, 10)
    teller.done()
    teller.close()
    assert told == [
        Progress("a", 0, 100, 0),
        Progress("a", 60, 100, 5),
        Progress("b", 60, 100, 5),
        Progress("b", 70, 100, 8),
        Progress("", 100, 100, 8),
    ]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_one_bar_shows_file_bytes_pace_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = _Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("TERM", "xterm")
    with load_progress(Settings("en")) as tell:
        assert tell is not None
        tell(Progress("案卷/" + "很长的路径" * 20 + "/日志.csv", 1_000_000, 3_000_000, 12_345))
        time.sleep(0.3)
        tell(Progress("案卷/第二.csv", 2_000_000, 3_000_000, 22_345))
    shown = screen.getvalue()
    assert "第二.csv" in shown
    assert "rows/s" in shown
    assert "2.0/3.0 MB" in shown


@pytest.mark.parametrize("is_terminal", [True, False])
def test_no_bar_in_a_pipe_or_when_told_to_be_quiet(
    is_terminal: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = _Terminal() if is_terminal else io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    with load_progress(Settings("en", quiet=is_terminal)) as tell:
        assert tell is None
    assert screen.getvalue() == ""


def test_a_load_into_a_read_only_case_says_so(
    tmp_path: Path, write_table: WriteTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "案 卷.db"
    open_engine(str(file)).dispose()
    table = write_table("主体.csv", [["名称"], ["甲公司"]])
    monkeypatch.setattr(engine_module, "_is_writable", lambda _: False)
    engine = open_engine(str(file))
    for options in (LoadOptions(), LoadOptions(dry_run=True)):
        with pytest.raises(UsageError) as refused:
            load_paths(engine, [table], options, now=lambda: AT)
        assert refused.value.key == "db_read_only"
        assert file.as_posix() in refused.value.message("zh")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["case", "案 卷.db"]
