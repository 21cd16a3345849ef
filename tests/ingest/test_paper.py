from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracer.ingest.casetoml import FileSettings
from tracer.ingest.masking import Masker
from tracer.ingest.paper import is_total_line, read_paper
from tracer.ingest.reading import open_file
from tracer.messages import is_key, text
from tracer.model.diagnostic import Diagnostic, Note
from tracer.model.paper import (
    AccountRow,
    AllocationRow,
    CheckRow,
    ContractRow,
    OpeningRow,
    PaperRow,
    PartyRow,
    PaymentRow,
    RelationRow,
)
from tracer.model.period import Period
from tracer.model.source import RecordRef

ReadTable = Callable[..., tuple[list[PaperRow], list[Diagnostic], list[Note]]]
WriteBook = Callable[..., Path]

HEAD = "合同编号,上游,下游"


def contract(read_table: ReadTable, columns: str, cells: str) -> ContractRow:
    records, rejects, _ = read_table(f"{HEAD},{columns}\nHT-1,甲公司,乙公司,{cells}\n")
    assert rejects == []
    (record,) = records
    assert isinstance(record, ContractRow)
    return record


def reject(read_table: ReadTable, header: str, row: str) -> Diagnostic:
    records, rejects, _ = read_table(f"{header}\n{row}\n")
    assert records == []
    (found,) = rejects
    assert is_key(f"reason.{found.reason}")
    assert text(f"reason.{found.reason}", "zh", **found.values)
    return found


def test_a_contract_with_everything(read_table: ReadTable) -> None:
    record = contract(
        read_table,
        "上游统一社会信用代码,号段,合同名称,合同类型,让渡权利,签订日期,生效日期,到期日,单价(分/条),"
        "转租条款,批准文号,自动续期,主合同编号,使用范围,用途,卷宗页码,扫描件,页码,来源单位,调取日期,备注",
        "91110000600037341L,1068741501;10687415+02,协议,终端客户,短信发送权限,2022-12-20,2023-01-01,"
        "2023-12-31,3.5,不得转租,文1,否,HT-0,全国,通知,卷一3,扫描\\a.pdf,2,某局,2024-3-1,甲方保管",
    )
    assert record.provenance.ref == RecordRef(
        "contracts", record.provenance.ref.digest, "table.csv", 0, None, 2, 2
    )
    assert record.provenance.raw[0] == ("合同编号", "HT-1")
    assert record.provenance.raw[-1] == ("备注", "甲方保管")
    assert (record.provenance.document, record.provenance.page) == ("扫描/a.pdf", "2")
    assert record.provenance.obtained_from == "某局"
    assert record.provenance.obtained_on == date(2024, 3, 1)
    assert [s.prefix for s in record.segments] == ["1068741501", "1068741502"]
    assert (record.contract_no, record.upstream, record.downstream) == ("HT-1", "甲公司", "乙公司")
    assert record.upstream_uscc == "91110000600037341L"
    assert (record.title, record.kind) == ("协议", "end_customer_service")
    assert (record.right, record.approval_no, record.amends) == ("短信发送权限", "文1", "HT-0")
    assert (record.region, record.purpose, record.source_ref) == ("全国", "通知", "卷一3")
    assert record.term == Period(date(2023, 1, 1), date(2023, 12, 31))
    assert (record.start_stated, record.end_stated, record.renews) == (True, True, False)
    assert (record.unit_price, record.unit_price_raw) == (35_000, "3.5 分/条")
    assert record.sublease_clause == "forbidden"


TERM = "签订日期,生效日期,到期日,解除日期,自动续期"


@pytest.mark.parametrize(
    ("cells", "first", "last", "start_stated", "end_stated"),
    [
        ("2022-12-20,2023-01-01,2023-12-31,,", "2023-01-01", "2023-12-31", True, True),
        ("2022-12-20,,2023-12-31,,", "2022-12-20", "2023-12-31", True, True),
        (",,2023-12-31,,", None, "2023-12-31", False, True),
        ("2022-12-20,,,,", "2022-12-20", None, True, False),
        (",,,,", None, None, False, False),
        (",2023-01-01,长期,,", "2023-01-01", None, True, True),
        (",2023-01-01,2023-12-31,,是", "2023-01-01", None, True, True),
        (",2023-01-01,2023-12-31,2023-06-30,是", "2023-01-01", "2023-06-30", True, True),
        (",2023-01-01,长期,2023-06-30,", "2023-01-01", "2023-06-30", True, True),
        (",2023-01-01,2023-12-31,2024-02-01,", "2023-01-01", "2024-02-01", True, True),
        (",2023-01-01,2023-01-01,,", "2023-01-01", "2023-01-01", True, True),
        (",2023-01-01,,,否", "2023-01-01", None, True, False),
    ],
)
def test_the_term_of_a_contract_is_that_of_semantics(
    read_table: ReadTable,
    cells: str,
    first: str | None,
    last: str | None,
    start_stated: bool,
    end_stated: bool,
) -> None:
    record = contract(read_table, TERM, cells)
    assert record.term == Period(
        date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None
    )
    assert (record.start_stated, record.end_stated) == (start_stated, end_stated)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (",2023-02-01,2023-01-31,,", "到期日"),
        ("2023-02-01,,2023-01-31,,", "到期日"),
        (",2023-02-01,2023-01-31,,是", "到期日"),
        (",2023-02-01,,2023-01-31,", "解除日期"),
    ],
)
def test_an_end_before_its_start_is_refused(read_table: ReadTable, cells: str, column: str) -> None:
    found = reject(read_table, f"{HEAD},{TERM}", f"HT-1,甲,乙,{cells}")
    assert (found.reason, found.column) == ("end_before_start", column)


@pytest.mark.parametrize(
    ("columns", "cells", "column", "reason"),
    [
        ("号段", "HT-1,甲,乙,1.0687E+19", "号段", "scientific"),
        ("号段", "HT-1,甲,乙,10", "号段", "digit_count"),
        ("号段", "HT-1,甲,乙,某号段", "号段", "not_digits"),
        ("号段", "HT-1,甲,乙,1068741599-1068741500", "号段", "range_bounds"),
        ("号段", ",甲,乙,10687415", "合同编号", "blank_required"),
        ("号段", "HT-1,,乙,10687415", "上游", "blank_required"),
        ("号段", "HT-1,甲,不详,10687415", "下游", "blank_required"),
        ("号段", "HT-1,甲,（）,10687415", "下游", "no_name"),
        ("号段", "HT-1,甲 公司,甲公司,10687415", "下游", "same_party"),
        ("号段", "HT-1,甲（总部）,甲(总部),10687415", "下游", "same_party"),
        ("号段", "HT-1,911100006000373411,乙,10687415", "上游", "uscc_check_digit"),
        ("上游信用代码", "HT-1,甲,乙,123", "上游信用代码", "bad_uscc"),
        ("签订日期", "HT-1,甲,乙,2023-06-31", "签订日期", "no_such_date"),
        ("签订日期", "HT-1,甲,乙,45108", "签订日期", "excel_serial"),
        ("签订日期", "HT-1,甲,乙,20230-07-01", "签订日期", "no_such_date"),
        ("单价（元/条）", "HT-1,甲,乙,3分/条", "单价（元/条）", "unit_conflict"),
        ("单价（元/月）", "HT-1,甲,乙,3", "单价（元/月）", "unknown_unit"),
        ("转租条款", "HT-1,甲,乙,见附件", "转租条款", "unclear_clause"),
        ("自动续期", "HT-1,甲,乙,另议", "自动续期", "bad_boolean"),
        ("原件", "HT-1,甲,乙,C:\\a.pdf", "原件", "document_path"),
        ("原件", "HT-1,甲,乙,/etc/passwd", "原件", "document_path"),
        ("原件", "HT-1,甲,乙,https://x/a.pdf", "原件", "document_path"),
        ("备注", "HT-1,#REF!,乙,x", "上游", "error_cell"),
        ("备注", "合计,,,12", None, "total_line"),
        ("备注", "1,合计,,12", None, "total_line"),
        ("备注", "小计：,,,12", None, "total_line"),
        ("备注", "总计", None, "total_line"),
        ("备注", "HT-1,甲", None, "wrong_width"),
    ],
)
def test_a_bad_row_is_kept_with_its_reason(
    read_table: ReadTable, columns: str, cells: str, column: str | None, reason: str
) -> None:
    found = reject(read_table, f"{HEAD},{columns}", cells)
    assert (found.row, found.column, found.reason) == (2, column, reason)
    assert found.raw == " | ".join(cells.split(","))


def test_two_names_under_one_code_are_one_party(read_table: ReadTable) -> None:
    code = "91110000600037341L"
    header = f"{HEAD},上游信用代码,下游信用代码"
    assert reject(read_table, header, f"HT-1,甲,乙,{code},{code}").reason == "same_party"
    assert reject(read_table, header, f"HT-1,{code},乙,,{code}").reason == "same_party"


def test_a_contract_without_segment_is_loaded_and_noted(read_table: ReadTable) -> None:
    records, rejects, notes = read_table(f"{HEAD},号段\nHT-1,甲,乙,\nHT-2,甲,乙,1068\n")
    assert rejects == []
    assert [len(r.segments) for r in records if isinstance(r, ContractRow)] == [0, 1]
    assert notes == [Note("contracts_without_segment", {"count": 1, "contracts": "HT-1"})]


def test_prices_without_a_unit_are_noted(read_table: ReadTable) -> None:
    content = f"{HEAD},号段,单价\nHT-1,甲,乙,1068,0.05\nHT-2,甲,乙,1068,3分/条\n"
    records, _, notes = read_table(content)
    assert [r.unit_price for r in records if isinstance(r, ContractRow)] == [50_000, 30_000]
    assert notes == [Note("price_without_unit", {"count": 1})]
    records, _, notes = read_table(content, FileSettings(price_unit="厘/条"))
    assert [r.unit_price for r in records if isinstance(r, ContractRow)] == [50, 30_000]
    assert notes == []


def test_a_header_that_is_a_unit_gives_the_unit(read_table: ReadTable) -> None:
    assert contract(read_table, "分/条", "3").unit_price == 30_000


def test_parties(read_table: ReadTable) -> None:
    records, rejects, _ = read_table(
        "公司名称,税号,曾用名,主体类型,法人,住所,联系电话,许可证号,许可证有效期至,状态,诉讼地位\n"
        "甲公司,91110000600037341L,甲一公司、甲二公司,代理商,李某,某路,13800000001,B2-1,2025-1-1,存续,被告\n"
        "乙公司,,,,,,,,,,\n"
    )
    assert rejects == []
    first, second = (r for r in records if isinstance(r, PartyRow))
    assert first.former_names == ("甲一公司", "甲二公司")
    assert first.licence_term == Period(None, date(2025, 1, 1))
    assert (first.phone, first.status, first.role) == ("13800000001", "存续", "被告")
    assert ("联系电话", "13800000001") in first.provenance.raw
    assert first.has_licence_column
    assert second == PartyRow(second.provenance, "乙公司", has_licence_column=True)


def test_parties_without_licence_columns_say_nothing_of_licences(read_table: ReadTable) -> None:
    records, _, _ = read_table("名称,住所\n甲公司,某路\n")
    assert [r.has_licence_column for r in records if isinstance(r, PartyRow)] == [False]


def test_allocations(read_table: ReadTable) -> None:
    records, rejects, _ = read_table(
        "码号,持证单位,核发机关,证书编号,核配日期,有效期至\n"
        "10687415XXXX,甲公司,某部,号1,2020-1-1,至今\n,甲公司,,,,\n"
    )
    (row,) = records
    assert isinstance(row, AllocationRow)
    assert [(s.prefix, s.stated) for s in row.segments] == [("10687415", "10687415XXXX")]
    assert row.term == Period(date(2020, 1, 1), None)
    assert [(r.row, r.column, r.reason) for r in rejects] == [(3, "码号", "blank_required")]


def test_accounts(read_table: ReadTable) -> None:
    records, rejects, _ = read_table(
        "平台,帐号,客户,追加扩展码,起始日期,终止日期\n"
        "甲公司,hb001,乙公司,01,2023-1-1,\n甲公司,hb002,乙公司,x1,,\n"
    )
    (row,) = records
    assert row == AccountRow(
        row.provenance, "甲公司", "hb001", "乙公司", "01", Period(date(2023, 1, 1), None)
    )
    assert [(r.column, r.reason) for r in rejects] == [("追加扩展码", "not_digits")]


def test_checks(read_table: ReadTable) -> None:
    records, rejects, _ = read_table(
        "上游,下游,审核类型,审核日期,审核结果\n甲,乙,实名核验,2023-1-1,未审核\n甲,乙,财务,,\n"
    )
    (row,) = records
    assert row == CheckRow(row.provenance, "甲", "乙", "identity", date(2023, 1, 1), "none")
    assert [(r.column, r.reason) for r in rejects] == [("审核类型", "unknown_choice")]


def test_openings(read_table: ReadTable) -> None:
    records, rejects, _ = read_table(
        "运营商,接入代码,使用单位,开通日期,停用日期\n"
        "中国移动,10687415,甲,2020-1-1,长期\n中国移动,10687415,甲,2020-1-2,2020-1-1\n"
    )
    (row,) = records
    assert isinstance(row, OpeningRow)
    assert (row.opened_on, row.closed_on, row.user) == (date(2020, 1, 1), None, "甲")
    assert [(r.column, r.reason) for r in rejects] == [("停用日期", "end_before_start")]


def test_payments(read_table: ReadTable) -> None:
    header = "付款方,收款方,金额(万元),付款日期,短信条数,合同编号"
    records, rejects, _ = read_table(
        f"{header}\n甲,乙,3.5,2023-8-5,1000000,HT-1\n甲,乙,3,2023-8-5,0,\n甲,乙,,2023-8-5,,\n"
    )
    (row,) = records
    assert isinstance(row, PaymentRow)
    assert (row.amount, row.messages) == (35_000_000_000, 1_000_000)
    assert (row.paid_on, row.contract_no) == (date(2023, 8, 5), "HT-1")
    assert [r.reason for r in rejects] == ["too_small", "blank_required"]


def test_relations(read_table: ReadTable) -> None:
    records, rejects, _ = read_table(
        "主体一,主体二,关系类型,持股比例\n甲,乙,股东,51%\n甲,甲,控制,\n"
    )
    (row,) = records
    assert row == RelationRow(row.provenance, "甲", "乙", "股东", "51%")
    assert [r.reason for r in rejects] == ["same_party"]


ENCODED = (
    "2023年合同台账,,,,\n合同编号,上游,下游,号段,签订日期\n"
    "HT-1,甲公司,乙公司,10687415,2023年7月1日\nHT-2,甲公司,乙公司,坏号段,2023/7/1\n合计,,,,2\n"
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-be"]
)
def test_one_table_in_any_encoding_gives_equal_records(
    read_table: ReadTable, encoding: str
) -> None:
    plain, encoded = read_table(ENCODED), read_table(ENCODED.encode(encoding))
    assert [without_place(r) for r in plain[0]] == [without_place(r) for r in encoded[0]]
    assert plain[1] == encoded[1]
    assert [r.reason for r in encoded[1]] == ["not_digits", "total_line"]


def test_one_table_as_a_workbook_gives_equal_records(
    read_table: ReadTable, write_book: WriteBook, masker: Masker
) -> None:
    rows: list[list[object]] = [list(line.split(",")) for line in ENCODED.splitlines()]
    rows[2][3], rows[2][4] = 10687415, date(2023, 7, 1)
    (sheet,) = open_file(write_book({"台账": rows}), "f", FileSettings())
    found = list(read_paper(sheet, sheet.settings, masker))
    plain = read_table(ENCODED.replace("2023年7月1日", "2023-07-01"))
    assert isinstance(found[0], ContractRow)
    assert without_place(found[0]) == without_place(plain[0][0])
    assert found[0].provenance.ref.record_id.endswith("/1:3")
    assert [r for r in found if isinstance(r, Diagnostic)] == plain[1]


def without_place(record: PaperRow) -> tuple[object, ...]:
    slots = [getattr(record, name) for name in record.__slots__ if name != "provenance"]
    return (*slots, record.provenance.raw)


@pytest.mark.parametrize(
    "cell", ["合计", "合 计", "合计：", "总计（元）", "本页小计", "Total", "共计"]
)
def test_lines_of_totals(cell: str) -> None:
    assert is_total_line(cell)


@pytest.mark.parametrize("cell", ["总计科技公司", "HT-合计", "", "totally"])
def test_no_lines_of_totals(cell: str) -> None:
    assert not is_total_line(cell)


CELL = st.sampled_from(
    ["", "HT-1", "甲公司", "乙公司", "10687415", "1e19", "2023-07-01", "31", "长期", "合计", "0.5",
     "是", "禁止", '"', "甲\n乙", "\ufeff", "#N/A", "13800000001", "91110000600037341L"]
)  # fmt: skip
HEADERS = [
    "合同编号,上游,下游,号段,签订日期,到期日,单价,转租条款,自动续期,扫描件",
    "源号码,收到时间,受害人,手机号,损失金额,短信内容",
    "名称,税号,曾用名,许可证有效期至",
    "付款方,收款方,金额,付款日期,条数",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(HEADERS), st.lists(st.lists(CELL, min_size=1, max_size=11), max_size=8))
def test_every_row_becomes_a_record_or_a_reject(
    read_table: ReadTable, header: str, rows: list[list[str]]
) -> None:
    import csv
    import io

    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    records, rejects, _ = read_table(f"{header}\n{out.getvalue()}")
    blank = sum(1 for row in rows if not any(cell.strip() for cell in row))
    assert len(records) + len(rejects) == len(rows) - blank
    places = [r.provenance.ref.row for r in records] + [r.row for r in rejects]
    assert len(set(places)) == len(places)
    for found in rejects:
        assert text(f"reason.{found.reason}", "en", **found.values)


def test_a_remark_merged_across_a_row_is_nobodys_name(
    write_book: WriteBook, masker: Masker
) -> None:
    rows = [
        ["合同编号", "上游", "下游", "号段"],
        ["HT-1", "甲", "乙", "10687415"],
        ["作废", None, "丙", "10687416"],
    ]
    file = write_book({"合同": rows}, {"合同": ["A3:B3"]})
    (sheet,) = open_file(file, "book.xlsx", FileSettings())
    good, bad = read_paper(sheet, sheet.settings, masker)
    assert isinstance(good, ContractRow)
    assert isinstance(bad, Diagnostic)
    assert (bad.row, bad.column, bad.reason) == (3, "上游", "blank_required")
