"""A hop opened down to its rows: every row that counts, where it stands, and no other."""

import gzip
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tracer import Case, LoadOptions
from tracer.errors import NothingOnRecord
from tracer.model.period import ALL_DAYS, Period
from tracer.model.rawhop import HopRows
from tracer.usecases.rows import open_hop

from .conftest import WriteTable

HEADER = ["发送时间", "源号码", "上游", "下游", "消息ID", "状态", "条数"]
ROW = ["2023-07-05 10:00:00", "10687415", "甲公司", "乙公司", "", "DELIVRD", "2"]
A = Path()
DAY = date(2023, 7, 5)


def rows(*changes: dict[int, str]) -> list[list[str]]:
    return [HEADER, *([change.get(n, cell) for n, cell in enumerate(ROW)] for change in changes)]


def opened(case: Case, number: str = "10687415", **said: Any) -> HopRows:
    ends, window = said.pop("ends", ("甲公司", "乙公司")), said.pop("window", ALL_DAYS)
    with case._engine.connect() as conn:
        return open_hop(conn, number, ends, window, said.pop("folder", A), **said)


def listed(found: HopRows) -> list[list[int]]:
    """Rows that count, by source; every source must add up."""
    for source in found.sources:
        assert source.state == "read", source.fault
        assert source.unproven == ()
    return [[row.row for row in s.rows if not row.is_duplicate] for s in found.sources]


def test_rows_with_their_cells_messages_and_totals(case: Case, write_table: WriteTable) -> None:
    other = {2: "丙公司"}
    log = rows({}, other, {5: "REJECTD"}, {0: "坏"}, {0: "2023-07-06 01:00:00", 6: "5"}, {})
    file = write_table("log.csv", log)
    case.load([file])
    found = opened(case)
    assert listed(found) == [[2, 4, 6, 7]]
    (source,) = found.sources
    assert [(row.messages, row.blocked) for row in source.rows] == [(2, 0), (0, 2), (5, 0), (2, 0)]
    assert source.rows[0].cells == tuple(zip(HEADER, ROW, strict=True))
    assert [(t.rows, t.messages, t.blocked) for t in source.totals] == [(3, 4, 2), (1, 5, 0)]
    assert [row.total.record for row in source.rows] == [
        source.totals[n].record for n in (0, 0, 1, 0)
    ]
    assert (found.upstream, found.downstream, found.contracts) == ("甲公司", "乙公司", ())
    assert source.found_sha256 == source.sheet.sha256


def test_numbers_and_days_of_the_scope_only(case: Case, write_table: WriteTable) -> None:
    longer, later = {1: "1068741501"}, {0: "2023-08-01 00:00:00"}
    case.load([write_table("log.csv", rows({}, longer, later, {1: "10690001"}))])
    assert listed(opened(case)) == [[2, 3, 4]]
    assert listed(opened(case, "1068741501")) == [[3]]
    assert listed(opened(case, window=Period(DAY, DAY))) == [[2, 3]]


def test_duplicates_are_shown_and_do_not_count(case: Case, write_table: WriteTable) -> None:
    first, second = {4: "m1"}, {4: "m2"}
    case.load([write_table("log.csv", rows(first, first, second, {}, {}, first, second))])
    found = opened(case)
    assert listed(found) == [[2, 4, 5, 6]]
    (source,) = found.sources
    assert [row.row for row in source.rows if row.is_duplicate] == [3]
    assert source.sums[0].duplicates == 1


def test_a_row_that_repeats_one_of_another_file_of_the_load(
    case: Case, write_table: WriteTable
) -> None:
    files = [
        write_table("1.csv", rows({4: "m1"}, {4: "m2"})),
        write_table("2.csv", rows({4: "m2"}, {4: "m3"}, {4: "m1"}, {4: "m4"})),
    ]
    case.load([files[0].parent])
    found = opened(case)
    assert listed(found) == [[2, 3], [3, 5]]
    assert [row.is_duplicate for row in found.sources[1].rows] == [False, True, False]
    files[0].unlink()
    case_alone = opened(case).sources[1]
    assert len(case_alone.unproven) == 1, "without the first file nobody can tell"


def test_loads_that_add_to_a_delivery_are_not_compared(case: Case, write_table: WriteTable) -> None:
    delivery = case.load([write_table("1.csv", rows({4: "m1"}))]).delivery
    more = [
        write_table("2.csv", rows({4: "m1"}, {4: "m2"})),
        write_table("3.csv", rows({4: "m2"}, {4: "m5"})),
    ]
    case.load(more, LoadOptions(adds_to=delivery))
    assert listed(opened(case)) == [[2], [2, 3], [3]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(case: Case, write_table: WriteTable, encoding: str) -> None:
    case.load([write_table("log.csv", rows({}, {2: "丙"}, {}), encoding=encoding)])
    assert listed(opened(case)) == [[2, 4]]


def test_a_row_of_several_lines(case: Case, write_table: WriteTable) -> None:
    case.load([write_table("log.csv", rows({}, {5: "第一行\n10687415"}, {}))])
    assert listed(opened(case)) == [[2, 3, 5]]


def test_numbers_spelled_otherwise(case: Case, write_table: WriteTable) -> None:
    spelled = [{1: "１０６８７４１５"}, {1: "+86 1068 7415"}, {1: "8610687415"}, {}]
    case.load([write_table("log.csv", rows(*spelled))])
    assert listed(opened(case)) == [[2, 3, 4, 5]]


def test_numbers_over_two_columns(case: Case, write_table: WriteTable) -> None:
    header = [*HEADER, "扩展码"]
    body = [[*ROW, ext] for ext in ("01", "", "02", "01")]
    case.load([write_table("log.csv", [header, *body])])
    assert listed(opened(case, "1068741501")) == [[2, 5]]
    assert listed(opened(case)) == [[2, 3, 4, 5]]


def test_other_kinds_of_file(case: Case, write_table: WriteTable) -> None:
    table = rows({}, {2: "丙公司"}, {1: "10690001"}, {0: "2023-07-06 10:00:00"})
    plain = write_table("plain.csv", table)
    write_table("book.xlsx", [["标题"], *table])
    zipped = plain.with_name("zipped.csv.gz")
    zipped.write_bytes(gzip.compress(plain.read_bytes().replace(b"DELIVRD", b"OK")))
    columns = {name: [row[n] for row in table[1:]] for n, name in enumerate(HEADER)}
    pq.write_table(pa.table(columns), plain.with_name("columns.parquet"), row_group_size=2)
    columns["源号码"] = pa.array([int(text) for text in columns["源号码"]])
    pq.write_table(pa.table(columns), plain.with_name("whole.parquet"))
    report = case.load(sorted(plain.parent.iterdir()))
    assert report.unusable == ()
    found = opened(case)
    by_name = {
        Path(s.sheet.path).name: rows for s, rows in zip(found.sources, listed(found), strict=True)
    }
    assert by_name == {
        "book.xlsx": [3, 6],
        "columns.parquet": [1, 4],
        "plain.csv": [2, 5],
        "whole.parquet": [1, 4],
        "zipped.csv.gz": [2, 5],
    }


ACCOUNTS = ["平台", "账号", "使用方", "追加扩展码"]


def test_accounts_are_those_of_the_time_of_loading(case: Case, write_table: WriteTable) -> None:
    case.load([write_table("accounts.csv", [ACCOUNTS, ["甲公司", "8001", "乙公司", "07"]])])
    header = ["发送时间", "源号码", "上游", "账号"]
    body = [[*ROW[:3], "8001"], [*ROW[:3], "8002"], [*ROW[:3], "8001"]]
    case.load([write_table("log.csv", [header, *body])])
    case.load([write_table("more.csv", [ACCOUNTS, ["甲公司", "8002", "乙公司", ""]])])
    assert listed(opened(case, "1068741507")) == [[2, 4]]
    unknown = opened(case, ends=("甲公司", "未识别账号 8002（甲公司）"))
    assert listed(unknown) == [[3]]


def test_a_gateways_own_log_has_two_hops_in_a_row(case: Case, write_table: WriteTable) -> None:
    accounts = [ACCOUNTS, ["甲公司", "8001", "乙公司", "07"], ["甲公司", "up1", "移动", "9"]]
    case.load([write_table("accounts.csv", accounts)])
    log = write_table(
        "log.csv", [["t", "n", "a", "c"], ["2023-07-05 10:00:00", "10687415", "8001", "up1"]]
    )
    profile = log.parent.parent / "own.toml"
    profile.write_text(
        'owner = "upstream"\n[columns]\n'
        'sent_at = "t"\nnumber = "n"\naccount = "a"\nconnector = "c"\n',
        encoding="utf-8",
    )
    report = case.load([log], LoadOptions(profile=str(profile), reported_by="甲公司"))
    assert report.unusable == ()
    assert listed(opened(case, ends=("甲公司", "乙公司"))) == [[2]]
    assert listed(opened(case, "10687415079", ends=("移动", "甲公司"))) == [[2]]


def test_parties_by_any_spelling_or_their_code(case: Case, write_table: WriteTable) -> None:
    uscc = "91110000600037341L"
    case.load(
        [write_table("parties.csv", [["名称", "统一社会信用代码"], ["甲 公司（总部）", uscc]])]
    )
    case.load([write_table("log.csv", rows({2: "甲公司(总部)"}, {2: uscc}))])
    for text in ("甲公司（总部）", "甲 公司(总部)", uscc, uscc.lower()):
        found = opened(case, ends=(text, "乙公司"))
        assert (found.upstream, listed(found)) == ("甲 公司（总部）", [[2, 3]])


def test_a_file_that_has_moved_or_changed(case: Case, write_table: WriteTable) -> None:
    file = write_table("log.csv", rows({}, {}))
    case.load([file])
    content = file.read_bytes()
    file.write_bytes(content + b"x")
    (changed,) = opened(case).sources
    assert (changed.state, changed.rows, changed.sums) == ("changed", (), ())
    assert changed.found_sha256 != changed.sheet.sha256
    assert changed.unproven == changed.totals
    assert [total.rows for total in changed.totals] == [2]
    moved = file.parent.parent / "elsewhere"
    moved.mkdir()
    shutil.move(file, moved)
    (moved / file.name).write_bytes(content)
    (missing,) = opened(case, folder=moved).sources
    assert (missing.state, missing.found_sha256) == ("missing", None)
    assert listed(opened(case, folder=moved, by_name=True)) == [[2, 3]]


def test_relative_paths_begin_where_one_says(
    case: Case, write_table: WriteTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_table("log.csv", rows({}))
    monkeypatch.chdir(file.parent.parent)
    case.load(["case"])
    monkeypatch.chdir(file.parent)
    assert opened(case).sources[0].state == "missing"
    assert listed(opened(case, folder=file.parent.parent)) == [[2]]


def test_people_are_masked(case: Case, write_table: WriteTable) -> None:
    header = [*HEADER, "手机号", "短信内容", "备注"]
    body = [[*ROW, "13800000001", "您的验证码是1234", "回拨13900000002"]]
    case.load([write_table("log.csv", [header, *body])], LoadOptions(keep_recipients=True))
    shown = str(opened(case))
    assert "138****0001" in shown
    for clear in ("13800000001", "1234", "13900000002"):
        assert clear not in shown


def test_contracts_of_the_hop(case: Case, write_table: WriteTable) -> None:
    header = ["合同编号", "上游", "下游", "号段", "生效日期", "终止日期"]
    term = ["2023-01-01", "2023-12-31"]
    papers = [["C1", "甲公司", "乙公司", "1068", *term], ["C2", "甲公司", "丙", "1068", *term]]
    case.load([write_table("contracts.csv", [header, *papers])])
    found = opened(case)
    assert [(each.contract_no, each.ref.row) for each in found.contracts] == [("C1", 2)]
    assert found.sources == ()
    with pytest.raises(NothingOnRecord, match="10690001"):
        opened(case, "10690001")
    with pytest.raises(NothingOnRecord, match="丁"):
        opened(case, ends=("甲公司", "丁"))


def test_a_limit_lists_fewer_and_counts_all(case: Case, write_table: WriteTable) -> None:
    table = rows(*[{}] * 5)
    for name in ("1.csv", "2.csv"):
        case.load([write_table(name, [*table, ROW] if name == "2.csv" else table)])
    found = opened(case, limit=7)
    assert listed(found) == [[2, 3, 4, 5, 6], [2, 3]]
    assert found.left_out == 4
    assert [source.sums[0].rows for source in found.sources] == [5, 6]


def test_withdrawn_sources_are_left_out(case: Case, write_table: WriteTable) -> None:
    from tracer.usecases.sources import retract

    case.load([write_table("1.csv", rows({}))])
    case.load([write_table("2.csv", rows({}, {}))])
    retract(case._engine, 1, "wrong", "tester", case._now)
    assert listed(opened(case)) == [[2, 3]]
