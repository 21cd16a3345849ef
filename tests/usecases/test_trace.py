"""The worked case of the definition, from files to the letter."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import networkx as nx
import pytest

from tracer import Case, NothingOnRecord, open_case
from tracer.report.trace_json import trace_json

WriteTable = Callable[..., Path]


@pytest.fixture
def worked(write_table: WriteTable, case: Case) -> Case:
    write_table("a.csv", [["码号", "持有人"], ["10687415", "H"]])
    narrow = ["1068741501", "2023-07-01", "2023-08-31"]
    write_table(
        "c.csv",
        [
            ["合同编号", "上游", "下游", "号段", "生效日期", "终止日期"],
            ["C1", "H", "A", "10687415", "2023-01-01", "2023-12-31"],
            ["C2", "A", "B", *narrow],
            ["C3", "B", "C", *narrow],
            ["C4", "C", "A", "1068741501", "2023-08-01", "2023-08-31"],
        ],
    )
    day = ["2023-07-05", "106874150101"]
    folder = write_table(
        "r.csv",
        [
            ["发送时间", "源号码", "上游", "下游", "短信条数"],
            [*day, "H", "A", "10"],
            [*day, "A", "B", "10"],
            [*day, "B", "C", "7"],
            [*day, "C", "X", "7"],
        ],
    ).parent
    report = case.load([folder])
    assert (report.rows, report.loaded) == (9, 9)
    return case


def test_the_worked_case_to_the_letter(worked: Case) -> None:
    trace = worked.trace("10687415")
    assert {p.name: p.layer for p in trace.parties} == {"H": 0, "A": 1, "B": 2, "C": 3, "X": 4}
    status = {(h.upstream, h.downstream): h.status for h in trace.hops}
    assert status == {
        ("A", "B"): "corroborated",
        ("B", "C"): "corroborated",
        ("C", "A"): "contract_only",
        ("C", "X"): "routing_only",
        ("H", "A"): "corroborated",
    }
    assert [(c.parties, c.starts, c.ends, c.messages) for c in trace.chains] == [
        (("H", "A"), ("holder",), ("terminal",), 0),
        (("H", "A", "B", "C"), ("holder",), ("cycle", "terminal"), 0),
        (("H", "A", "B", "C", "X"), ("holder",), ("terminal",), 7),
    ]
    middle = trace.party("B")
    assert (middle.originated, middle.unresolved, middle.own) == (3, 3, 0)
    assert trace.party("X").own == 7
    assert [(s.name, s.messages, s.basis) for s in trace.senders] == [("X", 7, "last_on_record")]


def test_the_graph_is_a_networkx_multigraph_keyed_by_record(worked: Case) -> None:
    trace = worked.trace("10687415")
    graph = trace.graph
    assert isinstance(graph, nx.MultiDiGraph)
    assert graph is trace.graph
    assert set(graph) == {"H", "A", "B", "C", "X"}
    keys = {key for *_, key in graph.edges(keys=True)}
    assert keys == {record for hop in trace.hops for record in hop.records}
    assert graph.nodes["X"]["layer"] == 4
    assert list(nx.simple_cycles(nx.DiGraph(graph)))


def test_nothing_on_record_says_where_to_look(worked: Case) -> None:
    with pytest.raises(NothingOnRecord) as nobody:
        worked.trace("10687499")
    assert nobody.value.exit_status == 4
    assert "10687415" in nobody.value.message("zh")


def test_a_window_without_anything_says_that_other_days_have_something(
    write_table: WriteTable, case: Case
) -> None:
    header = ["发送时间", "源号码", "上游", "下游"]
    case.load([write_table("r.csv", [header, ["2023-07-05", "10690001", "A", "B"]])])
    with pytest.raises(NothingOnRecord, match="on other days") as empty:
        case.trace("10690001", date(2019, 1, 1), date(2019, 1, 2))
    assert "2019-01-02" in empty.value.message("zh")


def test_a_window_cuts_days_and_nothing_else(worked: Case) -> None:
    trace = worked.trace("10687415", date(2023, 8, 1), date(2023, 8, 2))
    assert [(c.parties, c.ends) for c in trace.chains] == [
        (("H", "A"), ("terminal",)),
        (("H", "A", "B", "C"), ("cycle",)),
    ]
    assert {str(h.first_day) for h in trace.hops} == {"2023-08-01"}
    assert trace.senders == ()


def test_a_trace_on_the_terminal_imports_no_heavy_library(worked: Case, database: str) -> None:
    code = (
        "import sys; from tracer.__main__ import main\n"
        "sys.argv = ['tracer', '--db', sys.argv[1], 'trace', '10687415']\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "heavy = {'pandas', 'pyvis', 'ibis', 'duckdb', 'polars', 'alembic', 'openpyxl',\n"
        "         'pyarrow', 'IPython', 'networkx', 'sqlalchemy.dialects.postgresql'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, database]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    own = ["sqlalchemy.dialects.postgresql"] if "://" in database else []
    assert done.stderr.strip() == str(own)
    assert "10687415" in done.stdout


def test_json_is_the_same_bytes_whatever_the_order_of_loading(
    worked: Case, tmp_path: Path, new_database: Callable[[], str]
) -> None:
    with open_case(new_database()) as other:
        for name in ("r.csv", "c.csv", "a.csv"):
            other.load([tmp_path / "case" / name])
        assert _json(other) == _json(worked)


def _json(case: Case) -> str:
    trace = case.trace("10687415")
    return trace_json(trace, case.findings(trace))
