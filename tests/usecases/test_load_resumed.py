"""A load that was cut off is completed by the same command, as if nothing had happened."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from tracer.ingest.traffic import LogLane
from tracer.store.engine import open_engine
from tracer.store.events import read_events
from tracer.store.sources import list_sources
from tracer.usecases.load import LoadOptions, LoadReport, load_paths
from tracer.usecases.sources import retract

from .conftest import AT
from .fault_cases import content

WriteTable = Callable[..., Path]

HEAD = ["发送时间", "源号码", "上游", "下游", "消息ID", "短信条数"]


def row(message: str, count: int = 10) -> list[str]:
    return ["2023-07-05 08:00:00", "1068741501", "甲通信", "乙科技", message, str(count)]


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    opened = open_engine(database)
    yield opened
    opened.dispose()


@pytest.fixture
def folder(write_table: WriteTable) -> Path:
    write_table("a.csv", [HEAD, row("1"), row("2")])
    write_table("b.csv", [HEAD, row("3"), row("1")])
    return write_table("c.csv", [HEAD, row("4"), row("3")]).parent


def load(engine: Engine, *paths: Path, **options: Any) -> LoadReport:
    return load_paths(engine, paths, LoadOptions(**options), now=lambda: AT)


@pytest.fixture
def cut_off(engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Load the folder and break off at the log of that number."""

    def load_some(which: int) -> None:
        plain, read = LogLane.read, list[str]()

        def interrupted(self: LogLane, sheet: Any, *args: Any) -> Any:
            read.append(sheet.path)
            if len(read) == which:
                raise KeyboardInterrupt
            return plain(self, sheet, *args)

        with monkeypatch.context() as patch:
            patch.setattr(LogLane, "read", interrupted)
            with pytest.raises(KeyboardInterrupt):
                load(engine, folder)

    return load_some


@pytest.mark.parametrize("which", [1, 2, 3])
def test_it_joins_the_delivery_and_knows_the_rows_that_came_before(
    which: int,
    cut_off: Callable[[int], None],
    engine: Engine,
    database: str,
    new_database: Callable[[], str],
    folder: Path,
) -> None:
    undisturbed = new_database()
    other = open_engine(undisturbed)
    whole = load(other, folder)
    assert [(each.loaded, each.duplicates) for each in whole.files] == [(2, 0), (1, 1), (1, 1)]
    other.dispose()
    cut_off(which)
    report = load(engine, folder)
    assert report.delivery == 1
    assert [each.duplicates for each in report.files[which - 1 :]] == [0, 1, 1][which - 1 :]
    assert content(database, ("10687415",)) == content(undisturbed, ("10687415",))
    with engine.connect() as conn:
        said = [event.params for event in read_events(conn) if event.action == "load"]
    assert {params["delivery"] for params in said} == {1}
    assert len({params["given"] for params in said}) == 1


def deliveries(engine: Engine) -> list[int | None]:
    with engine.connect() as conn:
        return [entry.delivery for entry in list_sources(conn)]


def test_another_command_begins_a_delivery_of_its_own(
    cut_off: Callable[[int], None], engine: Engine, folder: Path
) -> None:
    cut_off(3)
    load(engine, folder / "c.csv")
    assert deliveries(engine) == [1, 1, 2]


def test_so_does_the_same_command_once_a_file_of_it_is_another(
    cut_off: Callable[[int], None], engine: Engine, folder: Path, write_table: WriteTable
) -> None:
    cut_off(3)
    write_table("a.csv", [HEAD, row("1"), row("2"), row("9")])
    report = load(engine, folder)
    assert report.delivery == 2
    assert deliveries(engine) == [1, 1, 2, 2]


def test_a_whole_load_repeated_changes_nothing(engine: Engine, folder: Path) -> None:
    load(engine, folder)
    with engine.connect() as conn:
        before = len(read_events(conn))
    again = load(engine, folder)
    assert (again.delivery, again.loaded, again.duplicates) == (None, 0, 6)
    with engine.connect() as conn:
        assert len(read_events(conn)) == before


def test_a_log_withdrawn_and_loaded_again_with_its_folder_adds_up_as_before(
    engine: Engine, folder: Path, database: str
) -> None:
    load(engine, folder)
    before = content(database, ("10687415",)).traces
    retract(engine, 2, "wrong reporter", "王", lambda: AT)
    assert content(database, ("10687415",)).traces != before
    report = load(engine, folder)
    assert (report.delivery, report.loaded, report.files[1].duplicates) == (1, 1, 1)
    assert content(database, ("10687415",)).traces == before


def test_a_dry_run_of_the_rest_keeps_nothing(
    cut_off: Callable[[int], None], engine: Engine, folder: Path
) -> None:
    cut_off(3)
    dry = load(engine, folder, dry_run=True)
    assert (dry.delivery, dry.files[2].loaded, dry.files[2].duplicates) == (None, 1, 1)
    assert deliveries(engine) == [1, 1]
