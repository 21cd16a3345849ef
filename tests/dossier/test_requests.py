"""Which records a trace asks for, of whom, for which numbers and days."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from tracer.cli.app import build_app
from tracer.dossier.requests import AUTHORITY, RequestList, list_requests
from tracer.model.period import ALL_DAYS, Period
from tracer.report.requests import requests_json, requests_paper, requests_text
from tracer.store.engine import open_engine
from tracer.usecases.load import LoadOptions, load_paths
from tracer.usecases.trace import examine_number

AT = datetime(2026, 1, 1, tzinfo=UTC)
NUMBER = "10687415"
DAY = "2023-07-05"
CONTRACTS = ["合同编号", "上游", "下游", "号段", "生效日期", "终止日期"]
TERM = [NUMBER, "2023-01-01", "2023-12-31"]
LOG = ["发送时间", "源号码", "上游", "下游", "短信条数", "日志提供方"]
TABLES = {
    "allocations": ["码号", "持有人"],
    "contracts": CONTRACTS,
    "routing": LOG,
    "parties": ["名称", "许可证号"],
    "checks": ["上游", "下游", "审核类型", "审核结果"],
}


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., RequestList]:
    """Load some rows, trace, and list the requests."""

    def run(**tables: list[list[str]]) -> RequestList:
        for name, rows in tables.items():
            lines = [TABLES[name], *rows]
            (tmp_path / f"{name}.csv").write_text(
                "\n".join(",".join(row) for row in lines), encoding="utf-8"
            )
        engine = open_engine(str(tmp_path / "case.db"))
        load_paths(engine, sorted(tmp_path.glob("*.csv")), LoadOptions(), now=lambda: AT)
        with engine.connect() as conn:
            return list_requests(examine_number(conn, NUMBER, ALL_DAYS))

    return run


def told(found: RequestList, *kinds: str) -> set[tuple[str, str, str]]:
    return {
        (each.addressee, each.material, each.why)
        for each in found.requests
        if not kinds or each.material in kinds
    }


HELD = [[NUMBER, "甲公司"]]


def test_a_hop_that_only_logs_show_asks_both_ends_for_the_contract(
    ask: Callable[..., RequestList],
) -> None:
    found = ask(allocations=HELD, routing=[[DAY, f"{NUMBER}01", "甲公司", "乙公司", "7", "甲公司"]])
    assert told(found, "contract") == {
        ("甲公司", "contract", "routing_only"),
        ("乙公司", "contract", "routing_only"),
    }
    one = next(each for each in found.requests if each.material == "contract")
    assert (one.numbers, one.messages) == ((f"{NUMBER}01",), 7)
    assert one.days == Period(date(2023, 7, 5), date(2023, 7, 5))
    assert told(found, "log") == {("乙公司", "log", "one_sided_upstream")}
    assert told(found, "below") == {("乙公司", "below", "last_on_record")}


def test_a_hop_that_only_paper_shows_asks_both_ends_for_logs(
    ask: Callable[..., RequestList],
) -> None:
    found = ask(allocations=HELD, contracts=[["C1", "甲公司", "乙公司", *TERM]])
    assert told(found, "contract", "log") == {
        ("甲公司", "log", "contract_only"),
        ("乙公司", "log", "contract_only"),
    }
    assert {each.numbers for each in found.requests if each.material == "log"} == {(NUMBER,)}


def test_a_hop_that_both_show_asks_for_nothing(ask: Callable[..., RequestList]) -> None:
    row = [DAY, NUMBER, "甲公司", "乙公司", "7"]
    found = ask(
        allocations=HELD,
        contracts=[["C1", "甲公司", "乙公司", *TERM]],
        routing=[[*row, "甲公司"], [*row, "乙公司"]],
    )
    assert told(found, "contract", "log", "below") == set()


def test_days_that_no_contract_covers_are_those_asked_for(ask: Callable[..., RequestList]) -> None:
    rows = [
        [day, NUMBER, "甲公司", "乙公司", "7", "甲公司"] for day in ("2023-07-05", "2024-02-01")
    ]
    found = ask(allocations=HELD, contracts=[["C1", "甲公司", "乙公司", *TERM]], routing=rows)
    (one, _) = (each for each in found.requests if each.material == "contract")
    assert (one.why, one.messages, one.days.first) == ("partly_covered", 7, date(2024, 2, 1))


def test_a_gap_asks_the_party_the_holder_and_whoever_a_record_names(
    ask: Callable[..., RequestList],
) -> None:
    blank = ["C2", "丁公司", "乙公司", "", "2023-01-01", "2023-12-31"]
    found = ask(
        allocations=[*HELD, ["10690000", "戊公司"]],
        contracts=[["C1", "乙公司", "丙公司", *TERM], blank],
    )
    assert told(found, "title", "onward", "candidate") == {
        ("乙公司", "title", "gap"),
        ("甲公司", "onward", "gap"),  # 戊公司 holds another code
        ("丁公司", "candidate", "gap_no_segment"),
    }


def test_a_number_nobody_is_allocated_asks_the_authority(ask: Callable[..., RequestList]) -> None:
    found = ask(contracts=[["C1", "乙公司", "丙公司", *TERM]])
    assert (AUTHORITY, "allocation", "unallocated") in told(found)
    assert found.requests[-1].addressee == AUTHORITY
    assert "核配该码号的通信管理机构" in requests_text(found, "zh")


def test_licences_and_checks_that_are_not_on_file_are_asked_for(
    ask: Callable[..., RequestList],
) -> None:
    found = ask(
        allocations=HELD,
        contracts=[["C1", "甲公司", "乙公司", *TERM], ["C2", "乙公司", "丙公司", *TERM]],
        parties=[["甲公司", "B2-20150210"], ["乙公司", ""], ["丙公司", "B2-20150211"]],
        checks=[["甲公司", "己公司", "实名核验", "通过"]],
    )
    assert ("乙公司", "licence", "TR209") in told(found)
    assert ("甲公司", "identity_check", "TR401") in told(found)


def test_text_paper_json_and_workbook_say_the_same(
    ask: Callable[..., RequestList], tmp_path: Path
) -> None:
    found = ask(allocations=HELD, contracts=[["C1", "甲公司", "乙公司", *TERM]])
    said = requests_text(found, "zh")
    assert said.count("附：调取证据材料清单") == 2
    for part in ("致：甲公司", f"号码、号段：{NUMBER}", "期间：2023-01-01 至 2023-12-31", "载体："):
        assert part in said
    assert not any(word in said for word in ("违法", "犯罪", "非法"))
    document = json.loads(requests_json(found))
    rows = [
        row for section in requests_paper(found).sections for t in section.tables for row in t.rows
    ]
    assert len(document["requests"]) == len(rows) == len(found.requests)
    run, app = CliRunner(), build_app("zh")
    case = ["--db", str(tmp_path / "case.db"), "requests", NUMBER]
    assert run.invoke(app, [*case, "--format", "text"]).stdout == said
    assert "调取对象：甲公司" in run.invoke(app, case).stdout
    for name in ("r.txt", "r.xlsx"):
        assert run.invoke(app, [*case, "--out", str(tmp_path / name)]).exit_code == 0
    assert (tmp_path / "r.txt").read_text(encoding="utf-8") == said
    sheet = load_workbook(tmp_path / "r.xlsx")["待调取材料清单"]
    assert [cell.value for cell in sheet[2]][:2] == ["乙公司", 1]


def test_nothing_to_ask_for_is_said() -> None:
    empty = RequestList(NUMBER, ALL_DAYS, ())
    assert requests_text(empty, "en") == "Nothing to ask for.\n"
    assert requests_paper(empty).statement[-1].en == "Nothing to ask for."
