"""A large log is read while its digests are made: nothing is kept without them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Engine, select

from tracer.ingest import digests as digests_module
from tracer.ingest import textfiles
from tracer.ingest.digests import FileDigests, digest_file
from tracer.ingest.traffic import LogLane
from tracer.store.engine import open_engine
from tracer.store.record_tables import routing
from tracer.store.sources import list_sources
from tracer.store.tables import spellings
from tracer.usecases import jobs
from tracer.usecases.load import LoadOptions, LoadReport, load_paths

from .conftest import AT

WriteTable = Callable[..., Path]

HEAD = ["发送时间", "源号码", "上游", "下游", "消息ID"]
PATIENCE = 20.0


def row(message: str) -> list[str]:
    return ["2023-07-05 08:00:00", "1068741501", "甲通信", "乙科技", message]


@pytest.fixture(autouse=True)
def _all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "LARGE", 1)


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    opened = open_engine(database)
    yield opened
    opened.dispose()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Name the logs that are read."""
    plain, read = LogLane.read, list[str]()

    def told(self: LogLane, sheet: Any, *args: Any) -> Any:
        read.append(Path(sheet.path).name)
        return plain(self, sheet, *args)

    monkeypatch.setattr(LogLane, "read", told)
    return read


def load(engine: Engine, *paths: Path) -> LoadReport:
    return load_paths(engine, paths, LoadOptions(), now=lambda: AT)


def test_reading_does_not_wait_for_the_digests(
    engine: Engine, write_table: WriteTable, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_table("a.csv", [HEAD, row("1"), row("2")])
    seen: list[list[str]] = []
    has_read = Event()

    def late(path: Path) -> FileDigests:
        assert has_read.wait(PATIENCE)
        seen.append(list(reads))
        return digest_file(path)

    plain = LogLane.read

    def read(self: LogLane, sheet: Any, *args: Any) -> Any:
        result = plain(self, sheet, *args)
        has_read.set()
        return result

    monkeypatch.setattr(LogLane, "read", read)
    monkeypatch.setattr(digests_module, "digest_file", late)
    assert load(engine, file).loaded == 2
    assert seen == [["a.csv"]]
    with engine.connect() as conn:
        (entry,) = list_sources(conn)
    assert (entry.sheet.sha256, entry.sheet.size) == (
        digest_file(file).sha256,
        file.stat().st_size,
    )


def test_the_same_bytes_are_told_before_they_are_read_again(
    engine: Engine, write_table: WriteTable, reads: list[str]
) -> None:
    file = write_table("a.csv", [HEAD, row("1"), row("2")])
    copy = write_table("b.csv", [HEAD, row("1"), row("2")])
    other = write_table("c.csv", [HEAD, row("1"), row("3")])
    assert copy.stat().st_size == other.stat().st_size
    report = load(engine, file, copy)
    assert (report.loaded, report.duplicates, reads) == (2, 2, ["a.csv"])
    report = load(engine, copy, other)
    assert (report.loaded, report.duplicates) == (2, 2)
    assert reads == ["a.csv", "c.csv"]


def test_what_keeps_digests_from_being_made_costs_its_file_only(
    engine: Engine, write_table: WriteTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_table("a.csv", [HEAD, row("1"), row("2")])
    other = write_table("b.csv", [HEAD, row("3")])

    def refuse(path: Path) -> FileDigests:
        if path.name == "a.csv":
            raise OSError(5, "Input/output error")
        return digest_file(path)

    with monkeypatch.context() as patch:
        patch.setattr(digests_module, "digest_file", refuse)
        for _ in range(2):  # the second time a load is on record that this one may go on with
            report = load(engine, file, other)
            (fault,) = report.unusable
            assert "a.csv" in fault.message("en")
    with engine.connect() as conn:
        assert [Path(entry.sheet.path).name for entry in list_sources(conn)] == ["b.csv"]
    assert load(engine, file, other).loaded == 2


def text_of(rows: list[list[str]]) -> str:
    return "".join(",".join(cells) + "\n" for cells in rows)


@pytest.fixture
def misleading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a log whose beginning is UTF-8, and whose lines are mostly GB18030."""
    monkeypatch.setattr(textfiles, "_BEGINNING", 200)
    file = tmp_path / "a.csv"
    head = ["submit_time", "src_id", "upstream", "downstream", "msg_id"]
    plain = [["2023-07-05 08:00:00", "1068741501", "A", "B", f"x{n}"] for n in range(9)]
    begins = text_of([head]).encode() + text_of(plain).encode()
    file.write_bytes(begins + text_of([row(str(n)) for n in range(9)]).encode("gb18030"))
    return file


def test_an_encoding_that_proves_wrong_costs_another_reading_and_nothing_else(
    engine: Engine,
    misleading: Path,
    reads: list[str],
    new_database: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = load(engine, misleading)
    assert len(reads) == 2
    assert (found.loaded, found.files[0].encoding) == (18, "gb18030")
    monkeypatch.setattr(jobs, "LARGE", 1 << 40)
    other = open_engine(new_database())
    assert load(other, misleading).files == found.files
    with engine.connect() as one, other.connect() as two:
        totals = select(routing.c.number, routing.c.messages, routing.c.row, spellings.c.raw).join(
            spellings, spellings.c.id == routing.c.downstream_id
        )
        assert one.execute(totals).all() == two.execute(totals).all()
    other.dispose()


def test_a_log_on_record_in_an_encoding_once_stated_is_read_once_more_for_the_others(
    engine: Engine, misleading: Path
) -> None:
    other = misleading.with_name("b.csv")
    other.write_bytes(b"neither")
    paths = (misleading, other)
    stated = LoadOptions(encoding="gb18030")
    assert load_paths(engine, paths, stated, now=lambda: AT).loaded == 18
    content = text_of([["submit_time", "src_id", "upstream", "downstream", "msg_id"]])
    other.write_text(content + text_of([row("8"), row("9")]), "utf-8")
    report = load(engine, *paths)
    assert (report.loaded, report.duplicates) == (1, 18 + 1)
    assert report.unusable == ()
