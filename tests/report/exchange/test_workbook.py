"""The workbook: its sheets against the trace, its cells against spreadsheets' tricks."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest

from tests.report.exchange.conftest import HOSTILE, Wanted
from tests.report.exchange.told import table
from tracer.graph.result import Trace
from tracer.messages import Language
from tracer.model.mark import Comment, Correction, Marks
from tracer.report.exchange.workbook import write_workbook
from tracer.report.textfit import printable

SHEETS = ["环节", "链条", "主体", "线索", "断档", "证据清单", "记录", "说明"]


def book_of(wanted: Wanted, *traces: Trace, lang: Language = "zh") -> Any:
    return openpyxl.load_workbook(io.BytesIO(write_workbook(wanted(*traces, lang=lang))))


def rows(book: Any, sheet: str) -> list[dict[str, Any]]:
    return table(book[sheet])


def test_sheets_in_both_languages(hangzhou: Trace, wanted: Wanted) -> None:
    assert book_of(wanted, hangzhou).sheetnames == SHEETS
    english = book_of(wanted, hangzhou, lang="en").sheetnames
    assert english == [
        "Hops", "Chains", "Parties", "Leads", "Gaps", "List of evidence", "Records", "Notes",
    ]  # fmt: skip


def test_notes_tell_what_people_put_right_and_wrote(hangzhou: Trace, wanted: Wanted) -> None:
    record = hangzhou.hops[0].contracts[0].ref.record_id
    made = Correction(13, "", "李", "误读", "valid_to", "有效期至", "2028-12-31", "2023-12-31")
    marks = Marks(
        corrections={record: (made,)}, parties={"=甲": (Comment(18, "", "张", "已到案"),)}
    )
    noted = replace(hangzhou, evidence=replace(hangzhou.evidence, marks=marks))
    sheet = book_of(wanted, noted)["说明"]
    told = [cell.value for cell in sheet["A"] if cell.value]
    assert any(record in said and "材料写作“2028-12-31”" in said for said in told)
    assert "=甲 · 说明 · 已到案（张；记录第 18 条）" in told
    assert all(cell.data_type != "f" for cell in sheet["A"])


def test_hops_tell_what_the_trace_tells(messy: Trace, wanted: Wanted) -> None:
    found = rows(book_of(wanted, messy), "环节")
    layers = {party.name: party.layer for party in messy.parties}
    told = {
        (row["上游（交出方）"], row["下游（接收方）"]): row
        for row in found
        if row["印证情况"] != "接入"
    }
    assert len(found) == len(messy.hops) + len(messy.access)
    for hop in messy.hops:
        row = told[hop.upstream, hop.downstream]
        assert (row["上游层级"], row["下游层级"]) == (layers[hop.upstream], layers[hop.downstream])
        assert (row["短信条数"], row["其中有合同覆盖"]) == (hop.messages, hop.messages_covered)
        assert (row["合同编号"] or "").split("、") == list(hop.contract_numbers or [""])
        days = [row[name].date() for name in ("首日", "末日")]
        assert days == [date(2023, 1, 1), date(2023, 12, 31)]
    (access,) = [row for row in found if row["印证情况"] == "接入"]
    assert (access["短信条数"], access["日志来源"]) == (880, None)


def test_chains_parties_and_gaps(messy: Trace, wanted: Wanted) -> None:
    book = book_of(wanted, messy)
    chains = rows(book, "链条")
    assert [row["主体（自上而下）"].split(" → ") for row in chains] == [
        list(chain.parties) for chain in messy.chains
    ]
    assert [row["起点"] for row in chains] == ["持有人", "断档以下", "未见分配"]
    parties = {row["主体"]: row for row in rows(book, "主体")}
    assert list(parties) == [party.name for party in messy.parties]
    assert parties["原河北某网络科技公司"]["其中本方发出"] == 700
    assert parties["安徽某信息公司"]["其中来源不明"] == 50
    gaps = rows(book, "断档")
    assert [(row["类别"], row["主体"]) for row in gaps] == [
        ("断档", "上海某云通信公司"), ("未见分配", "重庆某传媒公司"),
    ]  # fmt: skip
    assert "HT-88（合同未写明号段；合同台账.xlsx" in gaps[0]["可能填补的记录及未计入的原因"]


def test_every_record_has_a_row(messy: Trace, wanted: Wanted) -> None:
    found = rows(book_of(wanted, messy), "记录")
    refs = [row.ref for row in messy.allocations] + [row.ref for row in messy.unsegmented]
    for hop in messy.hops:
        refs += [row.ref for row in hop.contracts] + [row.ref for row in hop.routing]
    refs += [row.ref for access in messy.access for row in access.routing]
    refs += [row.ref for pair in messy.blocked_only for row in pair.routing]
    assert sorted((row["记录编号"], row["首行"], row["文件 SHA-256"]) for row in found) == sorted(
        (ref.record_id, ref.row, ref.digest) for ref in refs
    )
    aside = {row["用于"] for row in found} - {"分配", "环节", "接入"}
    assert aside == {"未写明号段，不作环节依据", "均被拦截，不作环节依据"}


def test_an_allocation_to_nobody_in_the_trace_is_listed(messy: Trace, wanted: Wanted) -> None:
    holder = "无锡某网络公司"
    hops = tuple(hop for hop in messy.hops if hop.upstream != holder)
    parties = tuple(party for party in messy.parties if party.name != holder)
    book = book_of(wanted, replace(messy, hops=hops, parties=parties))
    (row,) = [row for row in messy.allocations if row.holder == holder]
    assert row.ref.record_id in {each["记录编号"] for each in rows(book, "记录")}
    (exhibit,) = [each for each in rows(book, "证据清单") if holder in each["证明对象"]]
    assert exhibit["证据来源"] == f"分配表.csv 第 {row.ref.row} 行"


def test_a_finding_stands_with_what_would_rebut_it(messy: Trace, wanted: Wanted) -> None:
    found = rows(book_of(wanted, messy), "线索")
    findings = wanted(messy).traces[0].findings
    assert [(row["规则"], row["所据记录数"]) for row in found] == [
        (each.rule, len(each.records)) for each in findings
    ]
    assert all(row["可以推翻的材料"] and row["依据"] for row in found)


def test_the_list_of_evidence(hangzhou: Trace, wanted: Wanted) -> None:
    found = rows(book_of(wanted, hangzhou), "证据清单")
    assert list(found[0]) == [
        "序号", "编号", "证据名称", "证据种类", "证据来源", "证明对象", "原件/复印件", "份数",
        "页码", "提交人", "提交日期", "备注",
    ]  # fmt: skip
    assert [row["序号"] for row in found] == list(range(1, len(found) + 1))
    allocation, contract, log, *_ = found
    assert allocation["证据名称"].startswith("码号分配 号[2022]")
    assert allocation["证据来源"] == "分配表.csv 第 2 行"
    assert contract["证明对象"] == (
        "载明 广东某科技公司（上游）与 武汉某信息科技公司（下游）就 10687415 的约定，"
        "期限：2023-01-01 至 2023-12-31"
    )
    assert (contract["证据种类"], contract["页码"]) == ("书证", "证据卷二第15页")
    assert contract["备注"] == f"扫描件 扫描件/HT-2023-001.pdf 1 SHA-256 {'ab' * 32}"
    assert (log["证据种类"], log["备注"]) == ("电子数据", "双方日志")
    assert "至少 6,525 条" in log["证明对象"]
    blank = ("原件/复印件", "份数", "提交人", "提交日期")
    assert {row[name] for row in found for name in blank} == {None}


def test_a_contract_of_two_numbers_is_one_exhibit(
    two_numbers: tuple[Trace, Trace], wanted: Wanted
) -> None:
    book = book_of(wanted, *two_numbers)
    names = [row["证据名称"] for row in rows(book, "证据清单")]
    assert names.count("合同 HT-1") == 1
    (shared,) = [row for row in rows(book, "记录") if "HT-1" in row["合同、号段或号码"]]
    assert shared["码号"] == "10687415、10684500"
    assert [row["码号"] for row in rows(book, "环节")] == ["10687415"] * 2 + ["10684500"] * 2


def test_exhibits_that_evidence_no_hop_say_so(messy: Trace, wanted: Wanted) -> None:
    found = rows(book_of(wanted, messy), "证据清单")
    told = {row["证明对象"]: row["备注"] for row in found}
    (unsegmented,) = [words for words in told if words.endswith("未写明号段")]
    assert told[unsegmented].startswith("未写明号段；")
    (stopped,) = [words for words in told if "而被拦截的短信" in words]
    assert (told[stopped], "17 条" in stopped) == ("均被拦截", True)


def test_no_text_becomes_anything_else(hostile: Trace, wanted: Wanted) -> None:
    book = book_of(wanted, hostile)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "d"}
    names = {row["主体"] for row in rows(book, "主体")}
    assert names == {printable(name) for name in HOSTILE}


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_sheet_is_ready_for_paper(sheet: str, hangzhou: Trace, wanted: Wanted) -> None:
    page = book_of(wanted, hangzhou)[sheet]
    assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", 9)
    assert page.print_title_rows == "$1:$1"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert "&P" in page.oddFooter.right.text
    assert "10687415" in page.oddHeader.left.text


def test_nothing_in_it_knows_the_time(hangzhou: Trace, wanted: Wanted) -> None:
    content = write_workbook(wanted(hangzhou))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert {info.date_time[0] for info in book.infolist()} == {1980}
    properties = openpyxl.load_workbook(io.BytesIO(content)).properties
    assert (properties.creator, properties.created.isoformat()) == ("tracer", "2000-01-01T00:00:00")


def test_notes_say_what_it_was_made_from(messy: Trace, wanted: Wanted) -> None:
    book = book_of(wanted, messy)
    words = [(str(row["说明"]), str(row["内容"])) for row in rows(book, "说明")]
    text = "\n".join(" ".join(pair) for pair in words)
    assert "由 tracer " in text
    assert "线索不是认定" in text
    assert "链条清单过长，仅列出前 3 条" in text
    for hop in messy.hops:
        assert all(row.ref.digest in text for row in hop.routing)
