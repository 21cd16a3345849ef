"""A chain hidden by three spellings: a gap, then the chain, then the same bytes as before."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tracer import NothingOnRecord, UsageError
from tracer.identity.decisions import read_carried
from tracer.model.period import ALL_DAYS
from tracer.report.trace_json import trace_json
from tracer.store.engine import open_engine
from tracer.usecases import parties
from tracer.usecases.carrying import apply_decisions, export_decisions
from tracer.usecases.load import LoadOptions, load_paths
from tracer.usecases.trace import examine_number
from tracer.usecases.undo import undo

AT = datetime(2026, 1, 1, tzinfo=UTC)
NUMBER = "10687415"
CODE, OTHER = "91420100MA4KABCD1A", "91330100MA4KABCD2T"
LONG, SHORT, OLD = "武汉乙信息科技有限公司", "武汉乙信息科技公司", "武漢乙信息科技有限公司"
HEADS = ["合同编号", "上游", "下游", "号段", "生效日期", "终止日期"]
TERM = [NUMBER, "2023-01-01", "2023-12-31"]

WriteTable = Callable[..., Path]


@pytest.fixture
def engine(database: str, write_table: WriteTable) -> Engine:
    write_table("a.csv", [["码号", "持有人"], [NUMBER, "甲公司"]])
    folder = write_table(
        "c.csv",
        [
            HEADS,
            ["C1", "甲公司", LONG, *TERM],
            ["C2", SHORT, "丙公司", *TERM],
            ["C3", OLD, "丁公司", *TERM],
        ],
    ).parent
    opened = open_engine(database)
    load_paths(opened, [folder], LoadOptions(), now=lambda: AT)
    return opened


def told(engine: Engine) -> str:
    with engine.connect() as conn:
        answer = examine_number(conn, NUMBER, ALL_DAYS)
    return trace_json(answer.trace, answer.findings)


def chains(engine: Engine) -> list[tuple[str, ...]]:
    with engine.connect() as conn:
        return [chain.parties for chain in examine_number(conn, NUMBER, ALL_DAYS).trace.chains]


def gaps(engine: Engine) -> list[str]:
    with engine.connect() as conn:
        return [gap.party for gap in examine_number(conn, NUMBER, ALL_DAYS).trace.gaps]


def merge(engine: Engine, *names: str, called: str | None = None) -> int:
    return parties.merge(engine, names, called, "同一", "张", lambda: AT).event


def test_three_spellings_hide_a_chain_until_somebody_says_so(engine: Engine) -> None:
    before = told(engine)
    assert sorted(gaps(engine)) == sorted([SHORT, OLD])
    merge(engine, LONG, SHORT, OLD)
    assert gaps(engine) == []
    assert chains(engine) == [("甲公司", LONG, "丁公司"), ("甲公司", LONG, "丙公司")]
    merged = told(engine)
    assert f'"printed": [\n        "{SHORT}",\n        "{OLD}"\n      ]' in merged
    parties.split(engine, LONG, [], "不是", "张", lambda: AT)
    assert told(engine) == before


def test_undo_restores_every_byte_too(engine: Engine) -> None:
    before = told(engine)
    event = merge(engine, LONG, SHORT, called="武汉乙")
    assert told(engine) != before
    assert undo(engine, event, "错", "张", lambda: AT).action == "merge"
    assert told(engine) == before


def test_a_member_is_taken_out_and_the_rest_stays(engine: Engine) -> None:
    merge(engine, LONG, SHORT, OLD)
    parties.split(engine, SHORT, [OLD], "不是", "张", lambda: AT)
    assert gaps(engine) == [OLD]
    with pytest.raises(UsageError, match="no member"):
        parties.split(engine, LONG, ["丁公司"], "不是", "张", lambda: AT)


def test_a_file_that_comes_later_lands_on_the_party(
    engine: Engine, write_table: WriteTable
) -> None:
    merge(engine, LONG, SHORT)
    late = write_table("late.csv", [HEADS, ["C4", SHORT, "戊公司", *TERM]], folder="late")
    load_paths(engine, [late], LoadOptions(), now=lambda: AT)
    assert ("甲公司", LONG, "戊公司") in chains(engine)


def test_an_event_others_rest_on_is_taken_back_after_them(engine: Engine) -> None:
    first = merge(engine, LONG, SHORT)
    second = parties.rename(engine, SHORT, "武汉乙", "简称", "张", lambda: AT)
    assert second.name == "武汉乙"
    with pytest.raises(UsageError, match=f"Events {second.event} rest"):
        undo(engine, first, "错", "张", lambda: AT)
    undo(engine, second.event, "错", "张", lambda: AT)
    undo(engine, first, "错", "张", lambda: AT)
    with pytest.raises(UsageError, match="already"):
        undo(engine, first, "错", "张", lambda: AT)
    with pytest.raises(UsageError, match="no decision"):
        undo(engine, 1, "错", "张", lambda: AT)


def test_what_cannot_be_decided_is_refused(engine: Engine) -> None:
    with pytest.raises(NothingOnRecord):
        merge(engine, LONG, "无此公司")
    with pytest.raises(UsageError, match="one party already"):
        merge(engine, LONG, f" {LONG} ")
    with pytest.raises(UsageError, match="another party"):
        merge(engine, LONG, SHORT, called="丙公司")
    with pytest.raises(UsageError, match="another party"):
        parties.rename(engine, LONG, "丙公司", "错", "张", lambda: AT)
    with pytest.raises(UsageError, match="another party"):
        parties.rename(engine, LONG, f"新名（{CODE}）", "错", "张", lambda: AT)
    with pytest.raises(UsageError, match="not merged"):
        parties.split(engine, LONG, [], "错", "张", lambda: AT)
    with pytest.raises(UsageError, match="called"):
        parties.rename(engine, LONG, LONG, "错", "张", lambda: AT)
    with pytest.raises(UsageError, match="visible"):
        parties.rename(engine, LONG, " ", "错", "张", lambda: AT)


def test_different_codes_are_said(engine: Engine, write_table: WriteTable) -> None:
    file = write_table("p.csv", [["名称", "信用代码"], [LONG, CODE], [SHORT, OTHER]], folder="more")
    load_paths(engine, [file], LoadOptions(), now=lambda: AT)
    done = parties.merge(engine, [LONG, SHORT], None, "同一", "张", lambda: AT)
    assert [note.key for note in done.notes] == ["merge_codes"]


def test_decisions_are_taken_over_by_another_database(
    engine: Engine, new_database: Callable[[], str], write_table: WriteTable
) -> None:
    merge(engine, LONG, SHORT)
    merge(engine, "丙公司", "丁公司", called="丙丁")
    with engine.connect() as conn:
        content = export_decisions(conn)
    other = open_engine(new_database())
    rows = [["C1", "甲公司", LONG, *TERM], ["C9", SHORT, "己公司", *TERM]]
    file = write_table("o.csv", [HEADS, *rows], folder="other")
    load_paths(other, [file], LoadOptions(), now=lambda: AT)
    carried = read_carried(content, "d.json")
    applied = apply_decisions(other, carried, "李", lambda: AT)
    assert [each.done is not None for each in applied] == [True, False]
    assert isinstance(applied[1].why, NothingOnRecord)
    assert ("甲公司", LONG, "己公司") in chains(other)
    again = apply_decisions(other, carried[:1], "李", lambda: AT)
    assert [(each.done, each.why) for each in again] == [(None, None)]
    with other.connect() as conn:
        assert '"by": "李"' in export_decisions(conn)
