"""Several people at one case: loads take turns, and whoever reads sees whole files only."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from typer.testing import CliRunner

from tracer import Case, open_case
from tracer.cli.app import build_app
from tracer.cli.guard import guarded
from tracer.store import engine as engine_module
from tracer.store.check import check
from tracer.store.engine import begin_writing, open_engine
from tracer.store.events import verify_events
from tracer.store.record_tables import contracts, routing
from tracer.store.tables import source_sheets, spellings

HOME = Path(__file__).parents[2]
FILES, ROWS = 4, 30
CONTRACTS = "合同编号,上游,下游,号段\n"
TRAFFIC = "发送时间,源号码,上游,下游,短信条数\n"


def write_case(folder: Path, who: str) -> Path:
    """Write files that differ, in which the same parties appear, each first in another one."""
    folder.mkdir()
    for file in range(FILES):
        hops = [
            (f"公司{(row + file) % ROWS}", f"公司{(row + file + 1) % ROWS}") for row in range(ROWS)
        ]
        papers = (f"{who}-{file}-{n},{a},{b},10687415\n" for n, (a, b) in enumerate(hops))
        (folder / f"合同{file}.csv").write_text(CONTRACTS + "".join(papers), "utf-8")
        sent = (f"2023-07-0{1 + file},10687415{who},{a},{b},3\n" for a, b in hops)
        (folder / f"路由{file}.csv").write_text(TRAFFIC + "".join(sent), "utf-8")
    return folder


def start_load(database: str, folder: Path) -> "subprocess.Popen[str]":
    """Begin a load in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "tracer",
        "--lang",
        "en",
        "--db",
        database,
        "load",
        str(folder),
    ]
    env = {**os.environ, "PYTHONPATH": str(HOME)}
    return subprocess.Popen(
        command, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def whole(load: "subprocess.Popen[str]") -> None:
    told, _ = load.communicate()
    assert load.returncode == 0, told


def counts(engine: Engine) -> dict[str, int | None]:
    tables = (source_sheets, contracts, routing, spellings)
    with engine.connect() as conn:
        return {
            table.name: conn.execute(select(func.count()).select_from(table)).scalar()
            for table in tables
        }


def test_two_loads_at_once_both_end_whole(database: str, tmp_path: Path) -> None:
    open_engine(database).dispose()
    folders = [write_case(tmp_path / who, who) for who in ("11", "12")]
    loads = [start_load(database, folder) for folder in folders]
    for load in loads:
        whole(load)
    engine = open_engine(database)
    expected = {
        "source_sheets": 4 * FILES,
        "contracts": 2 * FILES * ROWS,
        "routing": 2 * FILES * ROWS,
        "spellings": ROWS,
    }
    assert counts(engine) == expected
    assert check(engine).faults == ()
    with engine.connect() as conn:
        assert verify_events(conn) is None
    engine.dispose()
    with open_case(database) as case:
        hops = case.trace("10687415").hops
    assert len(hops) == ROWS
    assert {(hop.messages, len(hop.contracts)) for hop in hops} == {(6 * FILES, 2 * FILES)}


def test_a_trace_during_a_load_sees_whole_files_only(database: str, tmp_path: Path) -> None:
    with open_case(database) as case:
        case.load([write_case(tmp_path / "11", "11")])
        load = start_load(database, write_case(tmp_path / "12", "12"))
        seen: list[tuple[int, int]] = []
        while load.poll() is None:
            trace = case.trace("10687415")
            papers = {c.contract_no for hop in trace.hops for c in hop.contracts}
            seen.append((len(papers), sum(hop.messages for hop in trace.hops)))
        whole(load)
        trace = case.trace("10687415")
    assert sum(hop.messages for hop in trace.hops) == 2 * 3 * FILES * ROWS
    assert seen == sorted(seen)
    # Papers are loaded before logs: every state is so many files of the one, then of the other.
    states = [((FILES + n) * ROWS, 3 * FILES * ROWS) for n in range(FILES + 1)]
    states += [(2 * FILES * ROWS, 3 * (FILES + n) * ROWS) for n in range(1, FILES + 1)]
    assert set(seen) <= set(states)


def test_two_looks_of_one_trace_agree_although_a_file_comes_in_between(
    database: str, write_table: Callable[..., Path], case: Case
) -> None:
    case.load(
        [
            write_table(
                "a.csv", [["合同编号", "上游", "下游", "号段"], ["1", "甲", "乙", "10687415"]]
            )
        ]
    )
    engine = open_engine(database)
    with engine.connect() as reader:
        before = reader.execute(select(contracts.c.contract_no)).all()
        case.load(
            [
                write_table(
                    "b.csv", [["合同编号", "上游", "下游", "号段"], ["2", "甲", "乙", "10687415"]]
                )
            ]
        )
        assert reader.execute(select(contracts.c.contract_no)).all() == before
    with engine.connect() as reader:
        assert len(reader.execute(select(contracts.c.contract_no)).all()) == 2
    engine.dispose()


def test_a_load_that_waits_in_vain_says_so_in_one_line(
    database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = write_case(tmp_path / "11", "11")
    engine = open_engine(database)
    monkeypatch.setattr(engine_module, "_BUSY_SECONDS", 0.05)
    words = ["--db", database, "--quiet", "load", str(folder)]

    def run() -> int:
        result = CliRunner().invoke(build_app("zh"), words, catch_exceptions=False)
        return result.exit_code

    with begin_writing(engine):
        assert guarded(lambda: build_app("zh")(words, standalone_mode=False), "zh") == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "另一个程序正在写入数据库" in told
    assert counts(engine)["source_sheets"] == 0
    assert run() == 0
    assert counts(engine)["source_sheets"] == 2 * FILES
    engine.dispose()
