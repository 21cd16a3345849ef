"""Findings of a trace, from files to the letter: by the Python interface and the command line."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tracer import Case, Finding
from tracer.cli.app import build_app
from tracer.model.period import ALL_DAYS, Period
from tracer.report.findings import sentence
from tracer.store.engine import open_engine
from tracer.usecases.trace import examine_number, find_in_trace, trace_number

WriteTable = Callable[..., Path]
HEADS = ["合同编号", "上游", "下游", "号段", "生效日期", "终止日期", "批准文号"]
TERM = ["2023-01-01", "2023-12-31"]


@pytest.fixture
def sublet(write_table: WriteTable, case: Case) -> Case:
    """Load 甲 (holder) → 乙 → 丙 without an approval, 乙 → 丁 with one."""
    write_table("a.csv", [["码号", "持有人"], ["10687415", "甲"]])
    folder = write_table(
        "c.csv",
        [
            HEADS,
            ["C1", "甲", "乙", "10687415", *TERM, ""],
            ["C2", "乙", "丙", "1068741501", *TERM, ""],
            ["C3", "乙", "丁", "1068741502", *TERM, "批〔2023〕1号"],
        ],
    ).parent
    case.load([folder])
    return case


def test_a_trace_alone_has_no_findings_and_its_case_gives_them(sublet: Case) -> None:
    trace = sublet.trace("10687415")
    found, beside = sublet.findings(trace)
    assert isinstance(found, Finding)
    assert (beside.rule, beside.parties) == ("TR210", ("乙", "甲"))
    assert (found.rule, found.parties, found.hops) == ("TR201", ("丙", "乙"), (("乙", "丙"),))
    assert found.contracts == ("C1", "C2")
    assert (found.days, found.segment) == (365, "1068741501")
    assert sentence(found, "zh").startswith("乙 仅凭合同取得 1068741501，又提供给 丙")
    assert sublet.findings(sublet.trace("1068741502")) == ()


def test_findings_keep_to_the_window_of_the_trace(sublet: Case) -> None:
    july = (date(2023, 7, 1), date(2023, 7, 31))
    for found in sublet.findings(sublet.trace("10687415", *july)):
        assert (found.days, found.first_day, found.last_day) == (31, *july)


def test_an_examined_number_is_its_trace_and_its_findings(sublet: Case, database: str) -> None:
    engine = open_engine(database)
    with engine.connect() as conn:
        for window in (ALL_DAYS, Period(date(2023, 7, 1), None)):
            examined = examine_number(conn, "10687415", window)
            assert examined.trace == trace_number(conn, "10687415", window)
            assert examined.findings == find_in_trace(conn, examined.trace)
            assert examined.by_rule == {"TR201": 1, "TR210": 1}
    engine.dispose()


def run(database: str, *words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(build_app("zh"), ["--db", database, *words], prog_name="tracer")
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ((), 0),
        (("--fail-on", "TR201"), 3),
        (("--fail-on", "tr201", "--format", "json"), 3),
        (("--fail-on", "ANY", "--format", "csv"), 3),
        (("--fail-on", "TR201", "--on", "2022-01-01"), 0),
    ],
)
def test_fail_on_is_an_exit_status_beside_the_answer(
    sublet: Case, database: str, words: tuple[str, ...], status: int
) -> None:
    code, out, _ = run(database, "trace", "10687415", *words)
    assert code == status
    assert out


def test_fail_on_says_nothing_of_a_number_without_findings(sublet: Case, database: str) -> None:
    words = ("--fail-on", "any", "--fail-on", "TR201")
    assert run(database, "trace", "1068741502", *words)[0] == 0
    assert run(database, "trace", "10687415", *words)[0] == 3


def test_an_unknown_rule_is_refused_before_anything_is_traced(sublet: Case, database: str) -> None:
    code, out, err = run(database, "trace", "10687415", "--fail-on", "TR201", "--fail-on", "TR999")
    assert (code, out) == (2, "")
    assert err == "错误：--fail-on 不认识规则 TR999；规则一览：tracer rules。\n"


def test_every_format_tells_of_the_findings(sublet: Case, database: str) -> None:
    found, _ = sublet.findings(sublet.trace("10687415"))
    tree, table, document = (
        run(database, "trace", "10687415", "--format", form)[1]
        for form in ("tree", "table", "json")
    )
    for shown in (tree, table):
        for said in (
            "线索        TR201 · TR210\n",
            "线索（2 条）",
            "线索不是认定",
            "TR201 未见批准文件的转租",
            sentence(found, "zh"),
            "第二十八条第三款",
            "（未经核对）",
            "可以推翻的材料：批准文件",
            "c.csv 第 3 行",
        ):
            assert said in shown
    marked = [row for row in tree.splitlines() if "※ 线索 TR201、TR210" in row]
    assert len(marked) == 1
    lines = tree.splitlines()
    assert "丙" in lines[lines.index(marked[0]) - 1]
    told, _ = json.loads(document)["findings"]
    assert told["summary"] == sentence(found, "zh")
    assert told["records"] == list(found.record_ids)
    assert json.loads(document)["findings_note"].startswith("线索不是认定")
    code, rows, err = run(database, "trace", "10687415", "--format", "csv")
    listed = csv.DictReader(io.StringIO(rows.removeprefix("\ufeff")))
    leads = {row["leads"] for row in listed if row["downstream"] == "丙"}
    assert (code, leads) == (0, {"TR201;TR210"})
    assert "另有 2 条线索" in err


def test_rendered_files_hold_the_findings(sublet: Case, database: str, tmp_path: Path) -> None:
    for name in ("a.json", "a.html"):
        assert run(database, "render", "10687415", "--out", str(tmp_path / name))[0] == 0
    told, _ = json.loads((tmp_path / "a.json").read_text("utf-8"))["findings"]
    page = (tmp_path / "a.html").read_text("utf-8")
    assert told["summary"] in page
    assert 'id="v0-F1"' in page
