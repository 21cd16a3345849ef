"""A misread value put right: everything follows, the paper's reading stays, and it can go back."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from tracer import NothingOnRecord, UsageError
from tracer.model.case import CaseInfo
from tracer.model.period import ALL_DAYS
from tracer.report.html.page import render_page
from tracer.report.trace_json import trace_json
from tracer.rules.examined import ExaminedTrace
from tracer.store.check import check
from tracer.store.codes import codes_on_record
from tracer.store.engine import begin_writing, open_engine
from tracer.store.register import read_accounts
from tracer.store.sources import list_sources
from tracer.usecases import correcting
from tracer.usecases.load import LoadOptions, load_paths
from tracer.usecases.sources import retract
from tracer.usecases.trace import examine_number
from tracer.usecases.undo import undo

AT = datetime(2026, 1, 1, tzinfo=UTC)
NUMBER, WRONG = "10687415", "10687475"
CODE, OTHER = "91420100MA4KABCD1A", "91330100MA4KABCD2T"
HEADS = [
    "合同编号",
    "上游",
    "上游信用代码",
    "下游",
    "号段",
    "生效日期",
    "终止日期",
    "单价（元/条）",
]
WriteTable = Callable[..., Path]


@pytest.fixture
def folder(write_table: WriteTable) -> Path:
    write_table("a.csv", [["码号", "持有人"], [NUMBER, "甲公司"]])
    write_table(
        "i.csv",
        [["源号码", "收到时间", "受害人", "损失金额"], [NUMBER, "2023-07-05 10:00", "张三", "100"]],
    )
    write_table("n.csv", [["平台", "账号", "使用方"], ["甲公司", "u1", "乙公司"]])
    return write_table(
        "c.csv",
        [
            HEADS,
            ["C1", "甲公司", "", "乙公司", NUMBER, "2023-01-01", "2023-12-31", "0.05"],
            ["C2", "乙公司", CODE, "丙公司", WRONG, "2023-01-01", "2023-12-31", ""],
            ["C3", "乙公司", OTHER, "丁公司", NUMBER, "2023-01-01", "2023-12-31", ""],
        ],
    ).parent


@pytest.fixture
def engine(database: str, folder: Path) -> Engine:
    opened = open_engine(database)
    load_paths(opened, [folder], LoadOptions(), now=lambda: AT)
    return opened


def answer(engine: Engine, number: str = NUMBER) -> ExaminedTrace:
    with engine.connect() as conn:
        return examine_number(conn, number, ALL_DAYS)


def told(engine: Engine) -> str:
    found = answer(engine)
    return trace_json(found.trace, found.findings)


def hops(engine: Engine, number: str = NUMBER) -> list[tuple[str, str]]:
    return [(hop.upstream, hop.downstream) for hop in answer(engine, number).trace.hops]


def record(engine: Engine, row: int, table: str = "contracts") -> str:
    name = {"contracts": "c.csv", "incidents": "i.csv", "allocations": "a.csv", "accounts": "n.csv"}
    with engine.connect() as conn:
        sheets = [entry.sheet for entry in list_sources(conn)]
    digest = next(each.sha256 for each in sheets if each.path.endswith(name[table]))
    return f"{table}:{digest[:16]}:{row}"


def correct(engine: Engine, name: str, field: str, value: str) -> correcting.Corrected:
    return correcting.correct(engine, name, field, value, "误读", "张", lambda: AT)


def test_a_digit_put_right_moves_the_contract_to_its_code(engine: Engine) -> None:
    before = told(engine)
    done = correct(engine, record(engine, 3), "号段", NUMBER)
    assert (done.printed, done.was, done.now) == ("号段", WRONG, NUMBER)
    assert len(hops(engine)) == 3
    with engine.connect() as conn:
        assert [code.digits for code in codes_on_record(conn)] == [NUMBER]
    with pytest.raises(NothingOnRecord):
        answer(engine, WRONG)
    assert told(engine) != before
    undo(engine, done.event, "并未误读", "张", lambda: AT)
    assert told(engine) == before
    assert hops(engine, WRONG) == [(f"乙公司（{CODE}）", "丙公司")]
    assert check(engine).faults == ()


def test_both_readings_are_shown(engine: Engine) -> None:
    name = record(engine, 2)
    correct(engine, name, "valid_to", "2023年6月30日")
    found = answer(engine)
    (made,) = found.trace.evidence.marks.corrections[name]
    assert (made.field, made.was, made.now) == ("valid_to", "2023-12-31", "2023年6月30日")
    hop = next(each for each in found.trace.hops if each.upstream == "甲公司")
    assert str(hop.last_day) == "2023-06-30"
    document = trace_json(found.trace, found.findings)
    assert '"was": "2023-12-31",\n      "now": "2023年6月30日"' in document
    page = render_page([found], CaseInfo(), "zh").decode()
    assert "材料写作“2023-12-31”" in page


def test_a_code_put_right_is_stated_no_more(engine: Engine) -> None:
    names = {party.name for party in answer(engine).trace.parties}
    assert f"乙公司（{OTHER}）" in names  # one name, two codes
    correct(engine, record(engine, 4), "上游信用代码", CODE)
    found = answer(engine).trace
    assert {party.name for party in found.parties} == {"甲公司", "乙公司", "丁公司"}
    assert found.party("乙公司").party.uscc == CODE


def test_corrections_of_one_record_go_back_in_their_order(engine: Engine) -> None:
    before = told(engine)
    name = record(engine, 2)
    first = correct(engine, name, "终止日期", "2023-06-30")
    second = correct(engine, name, "单价", "0.06")
    assert second.was == "0.05"
    with pytest.raises(UsageError, match=f"Events {second.event} rest"):
        undo(engine, first.event, "错", "张", lambda: AT)
    undo(engine, second.event, "错", "张", lambda: AT)
    third = correct(engine, name, "终止日期", "2023-05-31")
    assert third.was == "2023-06-30"
    undo(engine, third.event, "错", "张", lambda: AT)
    undo(engine, first.event, "错", "张", lambda: AT)
    assert told(engine) == before
    assert check(engine).faults == ()


def test_a_cell_the_paper_left_blank_can_be_filled_and_one_emptied(engine: Engine) -> None:
    name = record(engine, 3)
    assert correct(engine, name, "单价（元/条）", "0.07").was == ""
    assert correct(engine, name, "批准文号", "沪1号").printed == "批准文号"
    assert correct(engine, name, "终止日期", "").now == ""


def test_a_record_put_in_anothers_place_without_an_event_is_found(engine: Engine) -> None:
    event = correct(engine, record(engine, 2), "终止日期", "2023-06-30").event
    with begin_writing(engine) as conn:
        conn.execute(text("UPDATE corrections SET event_seq = 1"))
    assert [fault.key for fault in check(engine).faults] == [
        "db_correction_untold",
        "db_event_correction",
    ]
    assert check(engine).faults[1].values == {"event": event}


def test_what_is_masked_stays_as_it_is(engine: Engine) -> None:
    correct(engine, record(engine, 2, "incidents"), "损失金额", "170000")
    tally = answer(engine).trace.incidents
    assert (tally.count, tally.victims, tally.loss) == (1, 1, 170_000_000_000)
    done = correct(engine, record(engine, 2, "incidents"), "受害人", "李四五")
    assert "李四五" not in done.now
    assert "李四五" not in told(engine)


def test_accounts_loaded_later_are_resolved_as_corrected(engine: Engine) -> None:
    correct(engine, record(engine, 2, "accounts"), "使用方", "丙公司")
    with engine.connect() as conn:
        assert [account.party for account in read_accounts(conn)] == ["丙公司"]


def test_what_cannot_be_read_so_is_refused(engine: Engine) -> None:
    name = record(engine, 2)
    for field, value, why in (
        ("终止日期", "2022-01-01", "before"),
        ("终止日期", "某日", "cannot be corrected"),
        ("上游", "", "cannot be corrected"),
        ("无此列", "1", "no column"),
        ("终止日期", "2023-12-31", "already"),
    ):
        with pytest.raises(UsageError, match=why):
            correct(engine, name, field, value)
    for missing in ("contracts:0000000000000000:2", "routing:0000000000000000:2", "甲", ""):
        with pytest.raises(UsageError, match="counts"):
            correct(engine, missing, "终止日期", "2023-01-01")


def test_with_its_source_a_corrected_record_is_withdrawn(engine: Engine, folder: Path) -> None:
    name = record(engine, 3)
    correct(engine, name, "号段", NUMBER)
    with engine.connect() as conn:
        sources = list_sources(conn)
    assert len(sources) == 4  # what a correction writes was not loaded
    source = next(each.id for each in sources if each.sheet.path.endswith("c.csv"))
    retract(engine, source, "错", "张", lambda: AT)
    assert answer(engine).trace.hops == ()
    load_paths(engine, [folder], LoadOptions(), now=lambda: AT)
    assert hops(engine, WRONG) == [(f"乙公司（{CODE}）", "丙公司")]  # the file as it reads
    assert answer(engine).trace.evidence.marks.corrections == {}
    correct(engine, name, "号段", NUMBER)
    assert len(hops(engine)) == 3
    assert check(engine).faults == ()
