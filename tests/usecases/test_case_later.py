"""What an open case leaves for later: it is what would have been found at once, or says no."""

import shutil
import sqlite3
import typing
from collections.abc import Callable
from pathlib import Path

import pytest

from tracer import Case, open_case
from tracer.errors import UsageError
from tracer.graph.result import Trace
from tracer.model.period import ALL_DAYS
from tracer.store.engine import kept_engine, open_engine
from tracer.usecases.sources import retract
from tracer.usecases.trace import trace_number

if typing.TYPE_CHECKING:
    from tests.usecases.conftest import WriteTable

CODE = "10687415"
HEADER = ["合同编号", "上游", "下游", "号段", "生效日期", "终止日期"]


@pytest.fixture
def gap(case: Case, write_table: "WriteTable") -> Case:
    """Above A paper is missing; HT-2 and HT-3 lead to it."""
    write_table("a.csv", [["码号", "持有人"], [CODE, "H"]])
    rows = [
        ["HT-1", "A", "B", CODE, "2023-01-01", "2023-12-31"],
        ["HT-2", "H", "A", CODE, "2022-01-01", "2022-12-31"],
        ["HT-3", "X", "A", "10690001", "2023-01-01", "2023-12-31"],
    ]
    case.load([write_table("c.csv", [HEADER, *rows]).parent])
    return case


def more(write_table: "WriteTable") -> Path:
    row = ["HT-4", "Y", "A", "10690001", "2023-01-01", "2023-12-31"]
    return write_table("d.csv", [HEADER, row], folder="more")


def details(trace: Trace) -> list[list[str]]:
    return [[c.detail for c in gap.candidates] for gap in trace.gaps]


def test_later_is_as_good_as_now(gap: Case) -> None:
    with gap._engine.connect() as conn:
        now = trace_number(conn, CODE, ALL_DAYS)
    later = gap.trace(CODE)
    assert details(later) == [["HT-2", "HT-3"]]
    assert later.gaps == now.gaps


def test_a_load_into_the_case_completes_the_traces_before_it(
    gap: Case, write_table: "WriteTable"
) -> None:
    before = gap.trace(CODE)
    gap.load([more(write_table)])
    assert details(before) == [["HT-2", "HT-3"]]
    assert details(gap.trace(CODE)) == [["HT-2", "HT-3", "HT-4"]]


@pytest.mark.sqlite_only("a case is a file")
def test_a_case_that_is_closed_has_completed_its_traces(gap: Case, database: str) -> None:
    trace = gap.trace(CODE)
    gap.close()
    Path(database).unlink()
    assert details(trace) == [["HT-2", "HT-3"]]
    assert not Path(database).exists()


Change = Callable[[str, Path], None]


def _load(database: str, table: Path) -> None:
    with open_case(database) as other:
        other.load([table])


def _retract(database: str, _: Path) -> None:
    engine = open_engine(database)
    with open_case(database) as other:
        retract(engine, 2, "…", "…", other._now)
    engine.dispose()


@pytest.mark.parametrize("change", [_load, _retract], ids=["load", "retract"])
def test_what_another_program_recorded_since_is_never_mixed_in(
    gap: Case, database: str, write_table: "WriteTable", change: Change
) -> None:
    before = gap.trace(CODE)
    change(database, more(write_table))
    with pytest.raises(UsageError, match=f"Since {CODE} was traced") as told:
        details(before)
    assert told.value.key == "trace_outdated"
    gap.close()
    with pytest.raises(UsageError):
        details(before)


def test_a_trace_sees_what_another_program_recorded_before_it(
    gap: Case, database: str, write_table: "WriteTable"
) -> None:
    gap.trace(CODE)
    _load(database, more(write_table))
    assert details(gap.trace(CODE)) == [["HT-2", "HT-3", "HT-4"]]


def test_what_is_remembered_of_parties_is_forgotten_when_something_is_recorded(
    gap: Case, database: str, write_table: "WriteTable"
) -> None:
    assert {gap.trace(CODE).party("A").party.kind for _ in range(2)} == {None}
    register = write_table("p.csv", [["名称", "主体类型"], ["A", "代理商"]], folder="register")
    _load(database, register)
    assert {gap.trace(CODE).party("A").party.kind for _ in range(2)} == {"代理商"}
    gap.load([write_table("e.csv", [HEADER, ["HT-5", " A", "C", CODE, "", ""]], folder="other")])
    traced = gap.trace(CODE)
    assert [hop.downstream for hop in traced.hops if hop.upstream == "A"] == ["B", "C"]
    with gap._engine.connect() as conn:
        assert traced.parties == trace_number(conn, CODE, ALL_DAYS).parties


@pytest.mark.sqlite_only("a case is a file")
def test_the_connection_that_is_kept_locks_nothing(gap: Case, database: str) -> None:
    gap.trace(CODE)
    with sqlite3.connect(database, timeout=0) as writer:
        writer.execute("BEGIN IMMEDIATE")
        gap.trace(CODE)
        writer.rollback()
        assert writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    writer.close()


@pytest.mark.sqlite_only("a case is a file")
def test_a_file_copied_while_a_case_is_open_holds_all_that_was_loaded(
    gap: Case, database: str, write_table: "WriteTable", tmp_path: Path
) -> None:
    before = gap.trace(CODE)
    before.complete()
    _load(database, more(write_table))
    copied = shutil.copy(database, tmp_path / "copy.db")
    with open_case(copied) as case:
        assert details(case.trace(CODE)) == [["HT-2", "HT-3", "HT-4"]]


@pytest.mark.sqlite_only("a case is a file")
def test_a_connection_is_kept_for_a_file_only(database: str) -> None:
    file, memory = open_engine(database), open_engine("sqlite://")
    assert kept_engine(memory) is memory
    kept = kept_engine(file)
    seen = []
    for _ in range(2):
        with kept.connect() as conn:
            seen.append(conn.connection.driver_connection)
    assert seen[0] is seen[1]
    for engine in (file, memory, kept):
        engine.dispose()
