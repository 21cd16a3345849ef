"""Loading whole folders: every form, every row accounted for, whole or not at all."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from tracer import Case, LoadOptions, NothingOnRecord, UsageError, open_case
from tracer.report.trace_json import trace_document
from tracer.store.engine import open_engine
from tracer.store.record_tables import metadata

WriteTable = Callable[..., Path]

ALLOCATIONS = [["码号", "持有人", "生效日期"], ["10687415", "甲通信", "2020-01-01"]]
CONTRACTS = [
    ["合同编号", "上游", "下游", "号段", "生效日期", "终止日期", "单价（分/条）", "转租条款"],
    ["HT-1", "甲通信", "乙科技（北京）", "10687415", "2023年1月1日", "2023/12/31", "3.2", "禁止"],
    ["HT-2", "乙科技(北京)", "丙信息", "10687415+01", "2023.7.1", "长期", "4", "未约定"],
]
ROUTING = [
    ["发送时间", "源号码", "上游", "下游", "短信条数"],
    ["2023-07-05 10:00:00", "1068741501", "甲通信", "乙科技（北京）", "10"],
    ["2023-07-05 10:00:00", "1068741501", "乙科技（北京）", "丙信息", "10"],
]
ENCODINGS = ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"]


def without_places(case: Case, number: str = "10687415") -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(trace_document(case.trace(number), ())))
    for hop in document["hops"]:
        hop["records"] = len(hop["records"])
    for gap in document["gaps"]:
        gap["candidates"] = [candidate["why"] for candidate in gap["candidates"]]
    return document


@pytest.mark.parametrize("form", [*ENCODINGS, "xlsx"])
def test_the_same_case_in_every_form_gives_the_same_trace(
    form: str, write_table: WriteTable, tmp_path: Path, new_database: Callable[[], str]
) -> None:
    found: list[dict[str, Any]] = []
    for shape in ("utf-8", form):
        ending = ".xlsx" if shape == "xlsx" else ".csv"
        encoding = "utf-8" if shape == "xlsx" else shape
        folder = f"case-{shape}-{len(found)}"
        for name, rows in (("分配", ALLOCATIONS), ("合同", CONTRACTS), ("路由", ROUTING)):
            write_table(name + ending, rows, encoding, folder)
        with open_case(new_database()) as case:
            report = case.load([tmp_path / folder])
            assert (report.rows, report.loaded, report.rejected) == (5, 5, 0)
            found.append(without_places(case))
    assert found[0] == found[1]
    chain = ["甲通信", "乙科技(北京)", "丙信息"]
    assert found[0]["chains"][-1]["parties"] == chain
    assert {hop["status"] for hop in found[0]["hops"]} == {"corroborated"}


def test_titles_total_lines_and_notes_sheets_lose_nothing(
    write_table: WriteTable, case: Case
) -> None:
    rows = [["关于码号的合同一览"], [], *CONTRACTS, ["合计", "", "", "", "", "", "7.2", ""]]
    file = write_table("合同.xlsx", rows)
    report = case.load([file])
    assert (report.rows, report.loaded, report.rejected) == (3, 2, 1)
    (reject,) = case.rejects()
    assert (reject.sheet, reject.diagnostic.row) == ("Sheet", 6)
    assert reject.diagnostic.reason == "total_line"
    assert "合计" in reject.diagnostic.raw


def test_a_sheet_of_party_a_and_b_is_refused_until_somebody_says_which(
    write_table: WriteTable, case: Case
) -> None:
    file = write_table(
        "合同.csv", [["合同编号", "甲方", "乙方", "号段"], ["HT-1", "甲通信", "乙科技", "10687415"]]
    )
    other = write_table("分配.csv", ALLOCATIONS)
    report = case.load([file, other])
    (error,) = report.unusable
    assert "--party-a" in error.message("zh")
    assert "--party-a" in error.message("en")
    assert report.loaded == 1, "the other file is loaded all the same"
    assert case.load([file], LoadOptions(party_a="downstream")).loaded == 1
    (hop,) = case.trace("10687415").hops
    assert (hop.upstream, hop.downstream) == ("乙科技", "甲通信")


def test_accounts_are_known_before_logs_whatever_the_files_are_called(
    write_table: WriteTable, case: Case
) -> None:
    write_table(
        "a-log.csv",
        [["发送时间", "源号码", "上游", "账号"], ["2023-07-05", "10687415", "甲通信", "8001"]],
    )
    folder = write_table(
        "z-accounts.csv",
        [["平台", "账号", "使用方", "追加扩展码"], ["甲通信", "8001", "乙科技", "02"]],
    ).parent
    report = case.load([folder])
    assert [Path(f.path).name for f in report.files] == ["a-log.csv", "z-accounts.csv"]
    (hop,) = case.trace("10687415").hops
    assert (hop.downstream, hop.traffic[0].number) == ("乙科技", "1068741502")


def test_a_dry_run_reports_alike_and_keeps_nothing(write_table: WriteTable, case: Case) -> None:
    write_table("合同.csv", CONTRACTS)
    folder = write_table("路由.csv", ROUTING).parent
    dry = case.load([folder], LoadOptions(dry_run=True))
    with pytest.raises(NothingOnRecord):
        case.trace("10687415")
    real = case.load([folder])
    assert dry.files == real.files
    assert (dry.delivery, real.delivery) == (None, 1)


def test_a_file_is_there_whole_or_not_at_all(
    write_table: WriteTable, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tracer.usecases import sheets

    folder = write_table("合同.csv", CONTRACTS).parent
    write_table("路由.csv", ROUTING)

    def fail(*_: object) -> int:
        raise UsageError("unreadable_file", path="x", detail="broken")

    with monkeypatch.context() as patch:
        patch.setattr(sheets, "add_rejects", fail)
        assert len(case.load([folder]).unusable) == 2
    with pytest.raises(NothingOnRecord):
        case.trace("10687415")
    report = case.load([folder])
    assert (report.loaded, report.delivery) == (4, 1)


def test_two_deliveries_of_one_log_do_not_add_up_but_joined_ones_do(
    write_table: WriteTable, case: Case
) -> None:
    morning = write_table("am.csv", ROUTING)
    case.load([morning])
    evening = write_table("pm.csv", [*ROUTING[:2], ["2023-07-05 18:00", *ROUTING[2][1:]]])
    report = case.load([evening])
    assert [note.key for note in report.files[0].notes] == ["covered_again"]
    assert {hop.messages for hop in case.trace("10687415").hops} == {10}
    rest = write_table("rest.csv", [ROUTING[0], ["2023-07-05 20:00", *ROUTING[1][1:4], "5"]])
    case.load([rest], LoadOptions(adds_to=1))
    sums = {hop.downstream: hop.messages for hop in case.trace("10687415").hops}
    assert sums == {"乙科技（北京）": 15, "丙信息": 10}


def test_an_unknown_delivery_is_refused_before_anything_is_read(
    write_table: WriteTable, case: Case
) -> None:
    file = write_table("路由.csv", ROUTING)
    with pytest.raises(UsageError, match="no delivery 7"):
        case.load([file], LoadOptions(adds_to=7))


def test_days_are_counted_in_one_zone(write_table: WriteTable, case: Case) -> None:
    late = ["2023-07-05T20:00:00Z", *ROUTING[1][1:]]
    case.load([write_table("路由.csv", [ROUTING[0], late])])
    assert str(case.trace("10687415").hops[0].first_day) == "2023-07-06"
    other = write_table("路由2.csv", ROUTING)
    with pytest.raises(UsageError, match="Asia/Shanghai"):
        case.load([other], LoadOptions(timezone="UTC"))


def test_victims_are_nowhere_in_clear(
    write_table: WriteTable, case: Case, database: str, tmp_path: Path
) -> None:
    file = write_table(
        "报案.csv",
        [
            ["涉诈号码", "收到时间", "受害人", "手机号", "内容", "损失金额"],
            ["10687415", "2023-07-05", "张三丰", "13812345678", "您的机票已取消请致电", "100"],
            ["10687415", "2023-06-31", "李四光", "13987654321", "您的航班已取消请致电", "100"],
        ],
    )
    report = case.load([file])
    assert (report.loaded, report.rejected) == (1, 1)
    engine = open_engine(database)
    with engine.connect() as conn:
        tables = metadata.sorted_tables
        dump = "\n".join(str(row) for table in tables for row in conn.execute(select(table)))
    engine.dispose()
    assert "10687415" in dump
    for secret in ("13812345678", "13987654321", "张三丰", "李四光", "机票", "航班"):
        assert secret not in dump
    key = Path("tracer.key") if "://" in database else Path(f"{database}.key")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert key.read_text().strip() not in dump


def test_documents_are_hashed_and_missing_or_foreign_ones_are_told(
    write_table: WriteTable, case: Case, tmp_path: Path
) -> None:
    (tmp_path / "secret.pdf").write_bytes(b"not handed in")
    rows = [
        [*CONTRACTS[0], "扫描件"],
        [*CONTRACTS[1], "scan.pdf"],
        [*CONTRACTS[2], "../secret.pdf"],
        ["HT-3", "丙信息", "丁传媒", *CONTRACTS[2][3:], "gone.pdf"],
    ]
    folder = write_table("合同.csv", rows).parent
    (folder / "scan.pdf").write_bytes(b"%PDF")
    (report,) = case.load([folder]).files
    assert sorted(n.key for n in report.notes if n.key.startswith("document")) == [
        "document_missing",
        "document_outside",
    ]
    digests = {
        contract.contract_no: contract.document and contract.document.digest
        for hop in case.trace("10687415").hops
        for contract in hop.contracts
    }
    assert digests["HT-1"] is not None
    assert digests["HT-2"] is None
    assert digests["HT-3"] is None


def test_a_refused_sheet_does_not_make_the_others_vanish(tmp_path: Path, case: Case) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.title = "合同"
    unclear = [["合同编号", "甲方", "乙方", "号段"], ["HT-1", "甲通信", "乙科技", "10687415"]]
    for row in unclear:
        book.active.append(row)
    sheet = book.create_sheet("分配")
    for row in ALLOCATIONS:
        sheet.append(row)
    file = tmp_path / "台账.xlsx"
    book.save(file)
    report = case.load([file])
    (error,) = report.unusable
    assert isinstance(error, UsageError)
    assert error.key == "parties_unclear"
    assert [(each.sheet, each.table, each.loaded) for each in report.files] == [
        ("分配", "allocations", 1)
    ]
    again = case.load([file], LoadOptions(party_a="upstream"))
    assert again.unusable == ()
    assert [(each.sheet, each.loaded, each.duplicates) for each in again.files] == [
        ("合同", 1, 0),
        ("分配", 0, 1),
    ]
