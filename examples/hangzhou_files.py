"""The reported Hangzhou case, reconstructed: see `hangzhou/README.md` for what is invented."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from examples.file_forms import (
    Row,
    credit_code,
    parse_table,
    write_pdf,
    write_text_table,
    write_workbook,
)

__all__ = ["build"]

GUANGDONG = "广东某科技公司"
WUXI = "无锡某网络公司"
WUHAN = "武汉某信息科技公司"
BEIJING = "北京某科技公司"
ANHUI = "安徽某信息公司"
HEBEI = "原河北某网络科技公司"

PARTIES = f"""
name        | region | kind       | licence
{GUANGDONG} | 440000 | 码号持有人 | B2-20000001
{WUXI}      | 320200 | 码号持有人 | B2-20000002
{WUHAN}     | 420100 | 短信服务商 | B2-20000003
{BEIJING}   | 110000 | 短信服务商 | B2-20000004
{ANHUI}     | 340000 | 短信服务商 | B2-20000005
{HEBEI}     | 130000 | 内容提供者 |
"""

ALLOCATIONS = f"""
segment  | holder      | certificate         | since
10687415 | {GUANGDONG} | 号【2020】90001-A01 | 2020-06-01
10684500 | {WUXI}      | 号【2021】90002-A01 | 2021-03-01
"""

SCAN = "扫描件-合同AH-2023-03.pdf"

CONTRACTS = f"""
no         | title            | kind     | up          | down      | segments              | signed     | since      | until      | price | dossier | scan   | page
GD-2023-01 | 码号委托运营协议 | 委托运营 | {GUANGDONG} | {WUHAN}   | 10687415              | 2022-12-20 | 2023-01-01 | 2023-12-31 | 0.030 | 卷一-12 |        |
WX-2023-02 | 码号委托运营协议 | 委托运营 | {WUXI}      | {WUHAN}   | 10684500XXXX          | 2023-01-15 | 2023-02-01 | 2024-01-31 | 0.031 | 卷一-27 |        |
WH-2023-08 | 短信通道合作协议 | 通道合作 | {WUHAN}     | {BEIJING} | 10687415+01、10684500+06 | 2023-03-22 | 2023-04-01 | 2023-12-31 | 0.034 | 卷一-41 |        |
BJ-2023-11 | 短信通道合作协议 | 通道合作 | {BEIJING}   | {ANHUI}   | 1068741501；1068450006 | 2023-05-08 | 2023-05-15 | 2023-12-31 | 0.038 | 卷二-3  |        |
AH-2023-03 | 短信平台服务协议 | 平台接入 | {ANHUI}     | {HEBEI}   | 106874150101          | 2023-06-16 | 2023-06-20 | 2023-09-30 | 0.045 | 卷二-19 | {SCAN} | 1
AH-2023-03 | 短信平台服务协议 | 平台接入 | {ANHUI}     | {HEBEI}   | 106845000601          | 2023-06-16 | 2023-06-20 | 2023-09-30 | 0.045 | 卷二-19 | {SCAN} | 1
"""  # noqa: E501 - a row of a table

FIRST, SECOND = "106874150101", "106845000601"
ACCOUNT = "ah-k0007"


def _weekdays(first: date, count: int) -> list[date]:
    days = (first + timedelta(days=i) for i in range(60))
    return [day for day in days if day.weekday() < 5][:count]


def traffic() -> Iterator[tuple[date, str, int]]:
    """Give (day, number, messages): 15 + 26 x 150 = 3,915 and 10 + 26 x 100 = 2,610."""
    yield date(2023, 7, 3), FIRST, 15
    for day in (*_weekdays(date(2023, 7, 4), 13), *_weekdays(date(2023, 8, 1), 13)):
        yield day, FIRST, 150
    yield date(2023, 7, 4), SECOND, 10
    for day in (*_weekdays(date(2023, 7, 5), 13), *_weekdays(date(2023, 8, 15), 13)):
        yield day, SECOND, 100


def build(folder: Path) -> None:
    """Write the input files of the case."""
    _build_parties(folder)
    _build_contracts(folder)
    _build_logs(folder)
    _build_incidents(folder)


def _build_parties(folder: Path) -> None:
    rows: list[Row] = [
        ("名称", "统一社会信用代码", "主体类型", "法定代表人", "许可证号", "许可证有效期至")
    ]
    for number, party in enumerate(parse_table(PARTIES), start=1):
        code = credit_code(party["region"], f"FAKE{number:05d}")
        until = "2027-12-31" if party["licence"] else ""
        person = "甲乙丙丁戊己"[number - 1] + "某（虚构）"
        rows.append((party["name"], code, party["kind"], person, party["licence"], until))
    write_text_table(folder / "主体.csv", rows, encoding="utf-8-sig")
    header = ("码号", "持有人", "分配机关", "证书编号", "用途", "使用范围", "生效日期", "失效日期")
    register: list[Row] = [header]
    for item in parse_table(ALLOCATIONS):
        terms = ("工业和信息化部", item["certificate"], "短信服务", "全国", item["since"], "")
        register.append((item["segment"], item["holder"], *terms))
    write_text_table(folder / "码号分配.csv", register, encoding="gb18030")
    accounts = [("平台", "接入账号", "使用方", "生效日期"), (ANHUI, ACCOUNT, HEBEI, "2023-06-20")]
    write_text_table(folder / "接入账号.csv", accounts)


def _build_contracts(folder: Path) -> None:
    header = (
        *("合同编号", "合同名称", "合同类型", "上游", "下游", "号段", "签订日期", "生效日期"),
        *("终止日期", "单价（元/条）", "转租条款", "卷宗页码", "扫描件", "页码"),
    )
    rows: list[Row] = [("短信码号系列合同一览表（示例，内容虚构）",), (), header]
    for item in parse_table(CONTRACTS):
        days = [datetime.fromisoformat(item[key]) for key in ("signed", "since", "until")]
        paper = [item[key] for key in ("no", "title", "kind", "up", "down", "segments")]
        place = (item["dossier"], item["scan"] or None, item["page"] or None)
        rows.append((*paper, *days, float(item["price"]), "禁止", *place))
    notes: list[Row] = [
        ("填表说明",),
        ("一、上游为交出码号或发送权限的一方，下游为接收的一方。",),
        ("二、各份协议均载明：不得转租、转售码号或短信发送权限。",),
        ("三、本表为示例，合同编号、日期、单价均为虚构。",),
    ]
    widths = {"合同": [14, 20, 12, 24, 24, 30, 12, 12, 12, 14, 10, 10, 28, 6], "说明": [60]}
    write_workbook(
        folder / "合同一览表.xlsx",
        {"合同": rows, "说明": notes},
        merged={"合同": ["A1:N1"]},
        widths=widths,
    )
    lines = [
        "EXAMPLE - NOT A REAL DOCUMENT - stands for one scanned page",
        "",
        "Contract no. AH-2023-03            page 1",
        "Duanxin pingtai fuwu xieyi (SMS platform service agreement)",
        "Upstream:   Anhui mou xinxi gongsi",
        "Downstream: yuan Hebei mou wangluo keji gongsi",
        "Segments:   106874150101, 106845000601",
        "Signed 2023-06-16, in force 2023-06-20 to 2023-09-30",
        "Clause 7: the code and the right to send may not be sublet or resold.",
    ]
    write_pdf(folder / SCAN, lines)


def _build_logs(folder: Path) -> None:
    totals = list(traffic())
    holder = {FIRST: GUANGDONG, SECOND: WUXI}

    header: Row = ("提交时间", "接入号", "扩展码", "接收平台", "提交方", "短信条数")
    guangdong = [
        (day.strftime("%Y%m%d"), number[:8], number[8:], GUANGDONG, WUHAN, count)
        for day, number, count in totals
        if number == FIRST
    ]
    write_text_table(folder / "路由-广东移送.csv", [header, *guangdong], encoding="gb18030")

    header = ("发送时间", "源号码", "上游", "下游", "短信条数", "提供单位")
    wuhan = [
        (day.isoformat(), number, *hop, count, WUHAN)
        for day, number, count in totals
        for hop in ((holder[number], WUHAN), (WUHAN, BEIJING))
    ]
    write_text_table(folder / "路由-武汉移送.csv", [header, *wuhan])

    header = ("下发时间", "端口号", "上家", "下家", "条数", "日志提供方")
    beijing = [
        (f"{day.year}/{day.month}/{day.day}", number, *hop, count, BEIJING)
        for day, number, count in totals
        for hop in ((WUHAN, BEIJING), (BEIJING, ANHUI))
    ]
    write_text_table(folder / "路由-北京移送.csv", [header, *beijing], encoding="utf-8-sig")

    header = ("发送时间", "源号码", "上游", "下游", "短信条数", "提供单位")
    passed_on = [
        (f"{day} 18:00:00", number, BEIJING, ANHUI, count, ANHUI) for day, number, count in totals
    ]
    write_text_table(folder / "路由-安徽向上提交.csv", [header, *passed_on])

    header = (
        *("提交时间", "源号码", "接收平台", "客户账号", "消息ID", "短信条数"),
        *("手机号", "短信内容", "状态"),
    )
    write_text_table(folder / "路由-安徽平台客户提交.csv", [header, *_platform_rows(totals)])


def _platform_rows(totals: list[tuple[date, str, int]]) -> Iterator[Row]:
    """Give the platform's log: message by message on the first days, two batches a day later."""
    content = "【虚构】示例短信，无实际内容"
    for day, number, count in totals:
        if count < 100:  # the days kept message by message
            for i in range(1, count + 1):
                at, ident = f"{day} 10:{i:02d}:00", f"AH{day:%m%d}{i:06d}"
                handset = f"139****{i:04d}"
                yield (at, number, ANHUI, ACCOUNT, ident, 1, handset, content, "DELIVRD")
        else:
            for hour, part in ((10, count * 3 // 5), (15, count * 2 // 5)):
                yield (f"{day} {hour}:00:00", number, ANHUI, ACCOUNT, "", part, "", "", "DELIVRD")


INCIDENTS = f"""
number   | at                  | victim     | recipient   | loss     | reported
{FIRST}  | 2023-07-12 10:21:00 | 浙江某女士 | 138****0001 | 12800.00 | 2023-07-13
{FIRST}  | 2023-08-03 15:40:00 | 浙江某先生 | 138****0002 | 3600.50  | 2023-08-03
{FIRST}  | 2023-08-16 10:05:00 | 浙江某老人 | 138****0003 | 0        | 2023-08-17
{SECOND} | 2023-07-18 15:02:00 | 浙江某职员 | 138****0004 | 25000.00 | 2023-07-20
{SECOND} | 2023-08-24 10:30:00 | 浙江某店主 | 138****0005 | 980.00   | 2023-08-24
"""


def _build_incidents(folder: Path) -> None:
    header = ("案号", "源号码", "收到时间", "受害人", "手机号", "损失金额（元）", "报案时间")
    rows: list[Row] = [("涉诈短信报案登记表（示例，内容虚构）",), header]
    for i, item in enumerate(parse_table(INCIDENTS), start=1):
        at, reported = (datetime.fromisoformat(item[key]) for key in ("at", "reported"))
        who = (item["victim"], item["recipient"], float(item["loss"]))
        rows.append((f"虚构案{i:03d}号", item["number"], at, *who, reported))
    write_workbook(
        folder / "报案登记.xlsx",
        {"报案": rows},
        merged={"报案": ["A1:G1"]},
        widths={"报案": [14, 16, 20, 14, 14, 16, 20]},
    )
