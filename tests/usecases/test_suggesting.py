"""Likely same parties of a case, with what each would change in the traces."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine
from typer.testing import CliRunner

from tracer.cli.app import build_app
from tracer.model.suggestion import Suggestions
from tracer.report.suggestions import suggestions_json, suggestions_paper
from tracer.store.engine import open_engine
from tracer.store.knownparties import read_known_parties
from tracer.usecases import parties
from tracer.usecases.load import LoadOptions, load_paths
from tracer.usecases.suggesting import suggest_parties

AT = datetime(2026, 1, 1, tzinfo=UTC)
NUMBER = "10687415"
LONG, OLD, SHORT = "武汉乙方信息科技有限公司", "武漢乙方信息科技有限公司", "武汉乙方信息科技公司"
HEADS = ["合同编号", "上游", "下游", "号段", "生效日期", "终止日期"]
TERM = ["2023-01-01", "2023-12-31"]
WriteTable = Callable[..., Path]


@pytest.fixture
def engine(database: str, write_table: WriteTable) -> Engine:
    write_table("a.csv", [["码号", "持有人"], [NUMBER, "甲公司"]])
    write_table(
        "p.csv", [["名称", "曾用名", "电话", "法定代表人"], ["丙厂", "丙公司", "12345", "张三"]]
    )
    folder = write_table(
        "c.csv",
        [
            HEADS,
            ["C1", "甲公司", LONG, NUMBER, *TERM],
            ["C2", SHORT, "丙公司", NUMBER, *TERM],
            ["C3", OLD, LONG, "10690000", *TERM],
        ],
    ).parent
    opened = open_engine(database)
    load_paths(opened, [folder], LoadOptions(), now=lambda: AT)
    return opened


def found(engine: Engine) -> Suggestions:
    with engine.connect() as conn:
        return suggest_parties(conn)


def test_every_party_is_read_with_what_tells_it(engine: Engine) -> None:
    with engine.connect() as conn:
        known = {party.name: party for party in read_known_parties(conn)}
    assert set(known) == {"甲公司", "丙厂", "丙公司", LONG, OLD, SHORT}
    told = known["丙厂"]
    assert (told.former, told.phones, told.representatives) == (("丙公司",), ("12345",), ("张三",))


def test_a_chain_that_a_merge_would_join_is_told(engine: Engine) -> None:
    pairs = {frozenset((pair.one, pair.other)): pair for pair in found(engine).pairs}
    joining = pairs[frozenset((LONG, SHORT))]
    (effect,) = joining.effects
    assert (effect.code, effect.closed) == (NUMBER, (SHORT,))
    assert (effect.chains_before, effect.chains_after) == (2, 1)
    assert (effect.gaps_before, effect.gaps_after) == (1, 0)
    assert effect.joined == (("甲公司", min(LONG, SHORT), "丙公司"),)
    assert joining.codes == 2
    renamed = pairs[frozenset(("丙厂", "丙公司"))]
    assert (renamed.reasons[0].kind, renamed.effects) == ("former_name", ())


def test_a_hop_between_the_two_speaks_against(engine: Engine) -> None:
    pairs = {frozenset((pair.one, pair.other)): pair for pair in found(engine).pairs}
    between = pairs[frozenset((LONG, OLD))]
    assert [reason.kind for reason in between.against] == ["hop"]
    assert [effect.between for effect in between.effects] == [True]


def test_what_was_decided_is_not_asked_again(engine: Engine) -> None:
    parties.merge(engine, [LONG, SHORT], None, "同一", "张", lambda: AT)
    pairs = {frozenset((pair.one, pair.other)) for pair in found(engine).pairs}
    assert frozenset((LONG, SHORT)) not in pairs
    assert frozenset((LONG, OLD)) in pairs


def test_paper_json_and_workbook_say_the_same(
    engine: Engine, database: str, tmp_path: Path
) -> None:
    asked = found(engine)
    document = json.loads(suggestions_json(asked))
    assert document["schema"] == "tracer.suggestions/1"
    paper = suggestions_paper(asked)
    (pairs,) = (table for section in paper.sections for table in section.tables
                if table.key == "pairs")  # fmt: skip
    assert len(pairs.rows) == len(document["suggestions"]) == len(asked.pairs)
    run = CliRunner()
    out = tmp_path / "s.xlsx"
    app = build_app("zh")
    said = run.invoke(app, ["--db", database, "parties", "suggest", "--out", str(out)])
    assert said.exit_code == 0, said.output
    sheet = load_workbook(out)["待核对的名称"]
    assert sheet.max_row == len(asked.pairs) + 1
    table = run.invoke(app, ["--db", database, "parties", "suggest"])
    assert "只是提问" in table.stdout
    refused = run.invoke(app, ["--db", database, "parties", "suggest", "--format", "xlsx"])
    assert refused.exit_code != 0


def test_nothing_to_ask_is_said(database: str) -> None:
    empty = found(open_engine(database))
    assert empty == Suggestions(())
    assert suggestions_paper(empty).statement[-1].en == "Nothing to ask."
