from datetime import date
from functools import partial
from pathlib import Path

import pytest

from tracer.ingest.masking import Masker
from tracer.model.load import RoutingRow

from .traffic_logs import HEADER, ROW, ReadLog, read_rows, with_column


@pytest.fixture
def read_log(tmp_path: Path) -> ReadLog:
    return partial(read_rows, tmp_path)


def test_one_row_becomes_one_total(read_log: ReadLog) -> None:
    assert read_log(HEADER, ROW).row == RoutingRow(
        upstream="甲公司",
        downstream="乙公司",
        number="10687415",
        day=date(2023, 7, 5),
        reporter=None,
        account=None,
        messages=1,
        blocked=0,
        parts=None,
        unit="messages",
        rows=1,
        first_row=2,
        last_row=2,
        first_at="2023-07-05T10:00:00",
        last_at="2023-07-05T10:00:00",
    )


def test_rows_of_one_hop_number_and_day_are_summed(read_log: ReadLog) -> None:
    header = (*HEADER, "短信条数", "计费条数")
    read = read_log(
        header,
        ("2023-07-05 23:59:59.5", *ROW[1:], "2", "4"),
        ("2023/7/5 9:05", *ROW[1:], "", ""),
        ("2023-07-05", *ROW[1:], "３", "1"),
        ("2023-07-06 00:00:00", *ROW[1:], "5", ""),
    )
    first, second = read.rows
    assert (first.messages, first.parts, first.rows) == (6, 5, 3)
    assert (first.first_row, first.last_row) == (2, 4)
    assert (first.first_at, first.last_at) == ("2023-07-05T09:05:00", "2023-07-05T23:59:59.500000")
    assert (second.day, second.messages, second.parts) == (date(2023, 7, 6), 5, None)


def test_days_alone_have_no_first_and_last_time(read_log: ReadLog) -> None:
    row = read_log(HEADER, ("2023年7月5日", *ROW[1:]), ("20230705", *ROW[1:])).row
    assert (row.day, row.rows, row.first_at, row.last_at) == (date(2023, 7, 5), 2, None, None)


@pytest.mark.parametrize(
    ("cell", "timezone", "at"),
    [
        ("2023-07-05T20:00:00Z", "Asia/Shanghai", "2023-07-06T04:00:00"),
        ("2023-07-05T20:00:01.5Z", "Europe/Berlin", "2023-07-05T22:00:01.500000"),
        ("2023-07-05 24:00", "Asia/Shanghai", "2023-07-06T00:00:00"),
        ("2307051000", "Asia/Shanghai", "2023-07-05T10:00:00"),
        ("20230705100059", "Asia/Shanghai", "2023-07-05T10:00:59"),
        ("1972-01-07T00:44:59Z", "Africa/Monrovia", "1972-01-07T00:44:59"),
        ("1972-01-07T00:44:01Z", "Africa/Monrovia", "1972-01-06T23:59:31"),
    ],
)
def test_the_day_is_the_one_of_the_cases_zone(
    read_log: ReadLog, cell: str, timezone: str, at: str
) -> None:
    row = read_log(HEADER, (cell, *ROW[1:]), timezone=timezone).row
    assert (row.day.isoformat(), row.first_at) == (at[:10], at)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "blank"),
        ("昨天", "bad_time"),
        ("2023-06-31 10:00:00", "no_such_time"),
        ("2023-13-45 12:30:07", "no_such_time"),
        ("2023-07-05 24:00:01", "no_such_time"),
        ("2.30705E+11", "scientific"),
        ("45108", "excel_serial"),
    ],
)
def test_a_bad_time_is_rejected_as_written(read_log: ReadLog, cell: str, reason: str) -> None:
    reject = read_log(HEADER, (cell, *ROW[1:])).reject
    assert (reject.row, reject.column, reject.reason) == (2, "发送时间", reason)
    assert reject.values["text"] == cell
    assert reject.raw == f"{cell} | 10687415 | 甲公司 | 乙公司"


@pytest.mark.parametrize(
    ("number", "extension", "full"),
    [
        ("10687415", "", "10687415"),
        ("10687415", "*", "10687415"),
        ("10687415", " ", "10687415"),
        ("10687415", "01", "1068741501"),
        ("１０６８ 7415", "０１", "1068741501"),
        ("+8610687415", "", "10687415"),
        ("10687415", "1" * 12, "10687415" + "1" * 12),
    ],
)
def test_number_and_extension(read_log: ReadLog, number: str, extension: str, full: str) -> None:
    row = read_log((*HEADER, "扩展码"), (ROW[0], number, *ROW[2:], extension)).row
    assert row.number == full


@pytest.mark.parametrize(
    ("number", "extension", "column", "reason"),
    [
        ("", "", "源号码", "blank"),
        ("1.0687415E+19", "", "源号码", "scientific"),
        ("10687415XX", "", "源号码", "not_digits"),
        ("12", "34", "源号码", "digit_count"),
        ("1" * 21, "", "源号码", "digit_count"),
        ("10687415", "0a", "扩展码", "not_digits"),
        ("10687415", "1E+05", "扩展码", "scientific"),
        ("10687415", "1" * 13, "扩展码", "number_too_long"),
    ],
)
def test_bad_numbers(
    read_log: ReadLog, number: str, extension: str, column: str, reason: str
) -> None:
    reject = read_log((*HEADER, "扩展码"), (ROW[0], number, *ROW[2:], extension)).reject
    assert (reject.column, reject.reason) == (column, reason)


def test_numbers_that_come_to_the_same_are_one(read_log: ReadLog) -> None:
    header = (*HEADER, "扩展码")
    row = read_log(header, (*ROW, "01"), (ROW[0], "1068741501", *ROW[2:], "*")).row
    assert (row.number, row.rows) == ("1068741501", 2)


@pytest.mark.parametrize(
    ("upstream", "downstream", "column", "reason"),
    [
        ("", "乙公司", "上游", "blank"),
        (" ", "", "上游", "blank"),
        ("甲公司", "", "下游", "blank"),
        ("甲公司", "－", "下游", "blank"),
        ("甲（北京）公司", "甲(北京) 公司", "下游", "same_party"),
        ("甲公司", "91110000600037341X", "下游", "uscc_check_digit"),
    ],
)
def test_bad_ends(
    read_log: ReadLog, upstream: str, downstream: str, column: str, reason: str
) -> None:
    reject = read_log(HEADER, (*ROW[:2], upstream, downstream)).reject
    assert (reject.column, reject.reason) == (column, reason)


def test_a_credit_code_is_passed_through(read_log: ReadLog) -> None:
    row = read_log(HEADER, (*ROW[:3], "91110000600037341L")).row
    assert row.downstream == "91110000600037341L"


def test_the_first_fault_in_column_order_is_given(read_log: ReadLog) -> None:
    header = ("短信条数", "下游", "上游", "源号码", "发送时间")
    read = read_log(
        header,
        ("0", "乙公司", "", "x", "?"),
        ("0", "乙公司", "", "x", ROW[0]),
        ("0", "乙公司", "", ROW[1], ROW[0]),
        ("0", *ROW[3:1:-1], *ROW[1::-1]),
    )
    assert [item.column for item in read.rejected] == ["发送时间", "源号码", "上游", "短信条数"]


@pytest.mark.parametrize(
    ("cell", "messages"), [("", 1), ("-", 1), ("3", 3), ("１,０００", 1000), ("2.0", 2), ("5条", 5)]
)
def test_messages(read_log: ReadLog, cell: str, messages: int) -> None:
    assert read_log(*with_column("短信条数", cell)).row.messages == messages


@pytest.mark.parametrize("name", ["短信条数", "计费条数"])
@pytest.mark.parametrize(
    ("cell", "reason"),
    [("0", "too_small"), ("-2", "too_small"), ("1.5", "bad_integer"), ("x", "bad_integer"),
     ("1E+03", "scientific"), ("9" * 30, "bad_integer")],
)  # fmt: skip
def test_bad_counts(read_log: ReadLog, name: str, cell: str, reason: str) -> None:
    reject = read_log(*with_column(name, cell)).reject
    assert (reject.column, reject.reason) == (name, reason)


def test_parts_stand_for_messages_where_there_is_nothing_else(read_log: ReadLog) -> None:
    row = read_log(*with_column("计费条数", "3", "2")).row
    assert (row.unit, row.messages, row.parts) == ("parts", 5, 5)
    assert read_log(*with_column("计费条数", "")).reject.reason == "blank"


def test_parts_beside_messages_are_kept_apart(read_log: ReadLog) -> None:
    header = (*HEADER, "计费条数", "短信条数")
    row = read_log(header, (*ROW, "3", "2"), (*ROW, "", "2")).row
    assert (row.unit, row.messages, row.parts) == ("messages", 4, 3)


@pytest.mark.parametrize(
    "status",
    ["REJECTD", "Rejectd:1", "ＲＥＪＥＣＴＤ", "已拦截", "被 驳回", "审核不通过", "审核未通过",
     "命中黑名单", "未拦截，后驳回"],
)  # fmt: skip
def test_blocked_rows_count_apart(read_log: ReadLog, status: str) -> None:
    header = (*HEADER, "状态", "短信条数", "计费条数")
    row = read_log(header, (*ROW, status, "3", "6"), (*ROW, "DELIVRD", "2", "4")).row
    assert (row.messages, row.blocked, row.parts, row.rows) == (2, 3, 4, 2)


@pytest.mark.parametrize(
    "status",
    ["", "DELIVRD", "成功", "审核通过", "未拦截", "无拦截", "非黑名单", "未命中黑名单", "未被驳回",
     "没有拦截", "不拦截", "REJECT"],
)  # fmt: skip
def test_other_rows_do_not(read_log: ReadLog, status: str) -> None:
    row = read_log(*with_column("状态", status)).row
    assert (row.messages, row.blocked) == (1, 0)


def test_a_hop_that_was_only_blocked_stays(read_log: ReadLog) -> None:
    row = read_log(*with_column("状态", "拦截")).row
    assert (row.messages, row.blocked, row.parts) == (0, 1, None)


def test_whose_log_it_is(read_log: ReadLog) -> None:
    rows = read_log(*with_column("日志提供方", "丙公司", "", " 丙公司"), reporter="甲公司").rows
    assert [(row.reporter, row.rows) for row in rows] == [("丙公司", 2), ("甲公司", 1)]
    rows = read_log(*with_column("日志提供方", "丙公司", "")).rows
    assert [(row.reporter, row.rows) for row in rows] == [(None, 1), ("丙公司", 1)]
    assert read_log(HEADER, ROW, reporter="甲公司").row.reporter == "甲公司"


def test_totals_are_named_and_blank_rows_are_no_rows(read_log: ReadLog) -> None:
    read = read_log(
        (*HEADER, "备注"),
        (*ROW, ""),
        ("", "", "", "", ""),
        ("", " ", "", "", "\t"),
        ("", "", "", "", "见附件"),
        ("合计", "", "", "", ""),
        ("", "", "", "", "小 计："),
        ("2023-07-05", "10687415", "总计", "乙公司", ""),
        (*HEADER, "备注"),
        ("", "", ""),
    )
    assert [(item.row, item.reason, item.column) for item in read.rejected] == [
        (5, "blank", "发送时间"),
        (6, "total_line", None),
        (7, "total_line", None),
        (8, "total_line", None),
        (9, "repeated_header", None),
    ]
    assert read.result.read == 6


def test_rows_of_another_width(read_log: ReadLog) -> None:
    read = read_log(HEADER, ROW, ROW[:3], (*ROW, ""))
    assert [(item.row, item.reason, item.column) for item in read.rejected] == [
        (3, "wrong_width", None),
        (4, "wrong_width", None),
    ]
    assert read.rejected[0].values == {"expected": 4, "found": 3}


def test_people_are_masked_in_what_is_rejected(read_log: ReadLog) -> None:
    header = ("发送时间", "源号码", "上游", "下游", "手机号", "短信内容", "备注")
    bad = (
        "13800000001 昨天",
        "10687415",
        "甲公司",
        "乙公司",
        "13800000001",
        "您好张三",
        "138 0000 0001",
    )
    read = read_log(header, bad, bad[:-1])
    shown = "138****0001 昨天 | 10687415 | 甲公司 | 乙公司 | 138****0001 | 〔4字〕 | 〔13字〕"
    assert read.rejected[0].raw == shown
    assert read.rejected[0].values == {"text": "138****0001 昨天"}
    for item in read.rejected:
        assert "张三" not in repr(item)
        assert "00000001" not in repr(item).replace(" ", "")
    kept = read_log(header, bad, masker=Masker(b"key", keep=True))
    assert "张三" in kept.rejected[0].raw


BOTH = ("发送时间", "源号码", "上游", "账号", "下游")


def test_results_are_sorted(read_log: ReadLog) -> None:
    header = (*BOTH, "日志提供方")
    keys = [
        (up, down, number, day, reporter, account)
        for up in ("甲公司", "Z公司")
        for down in ("乙公司", "丙公司")
        for number in ("10687415", "1068", "20")
        for day in ("2023-07-06", "2023-07-05")
        for reporter in ("丁", "")
        for account in ("", "9")
    ]
    rows = [
        (day, f"9{number}", up, account, down, reporter)
        for up, down, number, day, reporter, account in keys
    ]
    found = [
        (r.number, r.day.isoformat(), r.upstream, r.downstream, r.reporter or "", r.account or "")
        for r in read_log(header, *rows).rows
    ]
    assert found == sorted((f"9{n}", t, u, d, r, a) for u, d, n, t, r, a in keys)


@pytest.mark.parametrize("phone", ["013811112222", "+85291234567", "010-66668888", "138.1111.4444"])
def test_no_person_is_told_in_what_a_log_keeps(read_log: ReadLog, phone: str) -> None:
    header = (*HEADER, "手机号", "短信条数", "短信正文", "收件人姓名", "身份证号")
    tail = (phone, "李四3条", "尊敬的客户", "王麻子", "110101199003071234")
    read = read_log(header, (*ROW, *tail), (*ROW, *tail, "x"))
    said = repr(read.rejected)
    for secret in (phone, "李四", "尊敬", "麻子", "110101199003071234"):
        assert secret not in said
    first, second = read.rejected
    assert (first.reason, first.column, first.values) == (
        "bad_integer", "短信条数", {"text": "〔4字〕"},
    )  # fmt: skip
    assert first.raw.startswith(" | ".join(ROW))
    assert second.reason == "wrong_width"


@pytest.mark.parametrize(
    "status",
    [
        "不在黑名单",
        "已放行（未经系统拦截）",
        "没有被拦截",
        "无需拦截",
        "未进入系统黑名单",
        "免拦截",
    ],
)
def test_a_denied_stop_is_none(read_log: ReadLog, status: str) -> None:
    row = read_log(*with_column("状态", status)).row
    assert (row.messages, row.blocked) == (1, 0)


@pytest.mark.parametrize(
    "status",
    ["不合规已拦截", "不合规拦截", "签名未报备拦截", "非法短信被拦截", "未命中白名单，拦截",
     "未命中黑名单；已拦截", "没有签名已被系统拦截"],
)  # fmt: skip
def test_a_denial_of_something_else_leaves_the_stop(read_log: ReadLog, status: str) -> None:
    row = read_log(*with_column("状态", status)).row
    assert (row.messages, row.blocked) == (0, 1)


def test_ten_digits_that_may_be_epoch_seconds_are_refused_by_name(read_log: ReadLog) -> None:
    reject = read_log(HEADER, ("1607051203", *ROW[1:])).reject
    assert (reject.column, reject.reason) == ("发送时间", "ambiguous_time")
    assert reject.values == {"text": "1607051203"}
    assert read_log(HEADER, ("2307051203", *ROW[1:])).row.first_at == "2023-07-05T12:03:00"
