"""What people write on records, parties, hops and findings, wherever it is shown."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from tracer import NothingOnRecord, UsageError
from tracer.cli.app import build_app
from tracer.model.case import CaseInfo
from tracer.model.period import ALL_DAYS
from tracer.report.html.page import render_page
from tracer.report.projection import build_view
from tracer.report.trace_json import trace_json
from tracer.rules.examined import ExaminedTrace
from tracer.store.engine import open_engine
from tracer.usecases import parties
from tracer.usecases.commenting import Paper, comment
from tracer.usecases.load import LoadOptions, load_paths
from tracer.usecases.trace import examine_number
from tracer.usecases.undo import undo

AT = datetime(2026, 1, 1, tzinfo=UTC)
NUMBER = "10687415"
HEADS = ["合同编号", "上游", "下游", "号段", "生效日期", "终止日期"]
TERM = [NUMBER, "2023-01-01", "2023-12-31"]
WriteTable = Callable[..., Path]


@pytest.fixture
def engine(database: str, write_table: WriteTable) -> Engine:
    write_table("a.csv", [["码号", "持有人"], [NUMBER, "甲公司"]])
    rows = [["C1", "甲公司", "乙公司", *TERM], ["C2", "乙公司", "丙公司", *TERM]]
    folder = write_table("c.csv", [HEADS, *rows]).parent
    opened = open_engine(database)
    load_paths(opened, [folder], LoadOptions(), now=lambda: AT)
    return opened


def answer(engine: Engine, least: str | None = None) -> ExaminedTrace:
    with engine.connect() as conn:
        return examine_number(conn, NUMBER, ALL_DAYS, min_grade=least)


def write(engine: Engine, target: str, said: str = "需核", **other: object) -> int:
    return comment(engine, target, said, "张", lambda: AT, **other)  # type: ignore[arg-type]


def record(engine: Engine, contract: str) -> str:
    contracts = answer(engine).trace.evidence.contracts
    return next(each.ref.record_id for each in contracts if each.contract_no == contract)


def test_what_is_written_stands_beside_what_it_is_on(engine: Engine, tmp_path: Path) -> None:
    before = trace_json(answer(engine).trace, answer(engine).findings)
    scan = tmp_path / "原件.pdf"
    scan.write_bytes(b"scan")
    name = record(engine, "C2")
    events = [
        write(engine, name, "字迹不清", grade="doubtful", paper=Paper(scan, "3")),
        write(engine, "乙公司 → 丙公司", "丙方否认"),
        write(engine, "乙公司", "已注销"),
        write(engine, "tr201：丙公司、乙公司", "已答复"),
    ]
    found = answer(engine)
    marks = found.trace.evidence.marks
    (on_record,) = marks.records[name]
    assert on_record.document is not None
    assert (on_record.text, on_record.grade, on_record.document.page) == (
        "字迹不清",
        "doubtful",
        "3",
    )
    assert [each.text for each in marks.hops["乙公司", "丙公司"]] == ["丙方否认"]
    assert [each.text for each in marks.parties["乙公司"]] == ["已注销"]
    assert [each.text for each in marks.findings["TR201", ("丙公司", "乙公司")]] == ["已答复"]
    document = json.loads(trace_json(found.trace, found.findings))
    assert [each["kind"] for each in document["comments"]] == ["record", "party", "hop", "finding"]
    page = render_page([found], CaseInfo(), "zh").decode()
    for said in ("字迹不清", "丙方否认", "已注销", "已答复", "疑 D"):
        assert said in page
    for event in events:
        undo(engine, event, "错", "张", lambda: AT)
    assert trace_json(answer(engine).trace, answer(engine).findings) == before


def test_a_doubtful_record_is_drawn_so(engine: Engine) -> None:
    write(engine, record(engine, "C2"), grade="doubtful")
    found = answer(engine)
    view = build_view(found.trace, found.findings, CaseInfo())
    numbers = {item.no: item.title for item in view.evidence}
    styles = {numbers[link.tail]: link.style for link in view.links if link.tail in numbers}
    assert styles == {"C1": "contract", "C2": "doubtful"}


def test_records_of_lower_grade_can_be_left_out(engine: Engine) -> None:
    name = record(engine, "C2")
    write(engine, name, grade="probable")
    assert len(answer(engine, "probable").trace.hops) == 2
    trace = answer(engine, "confirmed").trace
    assert [hop.downstream for hop in trace.hops] == ["乙公司"]  # ungraded ones stay
    assert [note.key for note in trace.notes] == ["grade_left_out"]
    write(engine, name, grade="confirmed")  # what was said last
    assert len(answer(engine, "confirmed").trace.hops) == 2
    write(engine, "甲公司>乙公司", grade="doubtful")
    assert answer(engine, "probable").trace.gaps[0].party == "乙公司"


def test_a_comment_stays_with_its_party_through_decisions(engine: Engine) -> None:
    write(engine, "丙公司", "甲")
    parties.rename(engine, "丙公司", "丙方", "简称", "张", lambda: AT)
    write(engine, "丙方", "乙")
    assert [each.text for each in answer(engine).trace.evidence.marks.parties["丙方"]] == [
        "甲",
        "乙",
    ]


def test_the_command_writes_and_the_trace_shows(engine: Engine, database: str) -> None:
    run, app = CliRunner(), build_app("en")
    name = record(engine, "C2")
    said = run.invoke(app, ["--db", database, "note", name, "unclear", "--grade", "doubtful"])
    assert said.exit_code == 0
    for form in ("tree", "table"):
        shown = run.invoke(app, ["--db", database, "trace", NUMBER, "--format", form]).stdout
        assert "unclear" in shown
        assert "D·doubtful" in shown
    least = run.invoke(app, ["--db", database, "trace", NUMBER, "--min-grade", "probable"])
    assert "1 record graded lower" in least.stdout


def test_what_cannot_be_written_is_refused(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="says something"):
        write(engine, "甲公司", " ")
    with pytest.raises(UsageError, match="Grades"):
        write(engine, "甲公司", grade="doubtful")
    with pytest.raises(UsageError, match="counts"):
        write(engine, "contracts:0000000000000000:2")
    with pytest.raises(NothingOnRecord):
        write(engine, "甲公司>无此公司")
    with pytest.raises(UsageError, match="cannot be read"):
        write(engine, "甲公司", paper=Paper(tmp_path / "none.pdf"))
