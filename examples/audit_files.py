"""Spreads the records of the audit example over files as companies hand them in."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from examples import audit_records as records
from examples.file_forms import (
    Row,
    credit_code,
    parse_table,
    write_parquet,
    write_text_table,
    write_workbook,
)

__all__ = ["build"]

CODE_COUNT = 48
UNALLOCATED = 25
UNDATED = 12
CARRIER_HOLDER = 46
BACKBONE = "云岭骨干网公司"
STEMS = "甲乙丙丁戊己"

CONTRACT_HEADER = (
    *("合同编号", "合同类型", "上游", "下游", "号段", "生效日期", "终止日期"),
    *("转租条款", "批准文号", "解除日期", "自动续期", "主合同编号"),
)


def build(folder: Path) -> None:
    """Write the input files of the case."""
    _build_register(folder)
    _build_contracts(folder)
    _build_totals(folder)
    _build_other_logs(folder)
    _build_incidents(folder)


def code_of(number: int) -> str:
    """Give the eight digits of code nn."""
    for stem, members in records.CODES.items():
        if number in members:
            return f"{stem}{number:03d}"
    return f"106700{number:02d}"


def credit_code_of(name: str) -> str:
    """Give the credit code of a party by its name, 甲07通信 and the like."""
    return credit_code("990000", f"FAKE{int(name[1:3]):04d}{STEMS.index(name[0]) + 1}")


def _build_register(folder: Path) -> None:
    header: Row = ("码号", "码号使用者", "分配机关", "证书编号", "使用范围", "核配日期", "有效期至")
    authority = "云岭省通信管理局（虚构）"
    rows: list[Row] = [header]
    for number in range(1, CODE_COUNT + 1):
        if number != UNALLOCATED:
            holder = "中国移动某省公司" if number == CARRIER_HOLDER else f"甲{number:02d}通信"
            since = "" if number == UNDATED else "2022.1.1"
            certificate = f"号【2022】99{number:03d}-A01"
            rows.append((code_of(number), holder, authority, certificate, "云岭省", since, ""))
    for i, item in enumerate(parse_table(records.ALLOCATIONS_DATED), start=101):
        certificate = f"号【2022】99{i:03d}-A01"
        terms = (authority, certificate, "云岭省", item["since"], item["until"])
        rows.append((item["segment"], item["holder"], *terms))
    write_text_table(folder / "码号分配.csv", rows, encoding="gb18030")

    contracts = [*_contracts(records.CONTRACTS), *_contracts(records.CONTRACTS_LATER)]
    bought = [{"up": row["b"], "down": row["a"]} for row in parse_table(records.CONTRACTS_PARTY_A)]
    hops = [(row["up"], row["down"].removeprefix("USCC:")) for row in (*contracts, *bought)]
    upstreams = {up for up, _ in hops}
    names = {name for hop in hops for name in hop}
    header = ("名称", "统一社会信用代码", "主体类型", "许可证号", "许可证有效期至", "状态")
    parties: list[Row] = [header]
    for name in sorted(name for name in names if not name.startswith("中国")):
        licence = f"云B2-2022{name[1:3]}{STEMS.index(name[0]):02d}" if name in upstreams else ""
        until = "2027-12-31" if licence else ""
        parties.append((name, credit_code_of(name), "", licence, until, "存续"))
    parties.append((BACKBONE, "", "基础运营商", "", "", "存续"))
    write_text_table(folder / "主体.csv", parties, encoding="utf-8-sig")


def _contracts(table: str) -> list[dict[str, str]]:
    """Read a table of contracts, what stands under `more` spread to columns of its own."""
    rows = []
    for row in parse_table(table):
        more = (part.strip().split("=") for part in row.pop("more").split(";") if part.strip())
        rows.append(row | dict(more))
    return rows


def _contract_row(row: dict[str, str]) -> Row:
    down = row["down"]
    if down.startswith("USCC:"):
        down = credit_code_of(down.removeprefix("USCC:"))
    paper = (row["no"], row.get("kind", ""), row["up"], down, row["segments"])
    extras = (row.get(key, "") for key in ("clause", "approval", "ended", "renews", "amends"))
    return (*paper, row["since"], row["until"], *extras)


def _sheet_rows(rows: Iterable[dict[str, str]]) -> list[Row]:
    """Give contract rows as cells: dates that exist as dates, blank ones empty."""
    return [tuple(_cell(value) for value in _contract_row(row)) for row in rows]


def _cell(value: object) -> object:
    text = str(value)
    try:
        return datetime.strptime(text, "%Y-%m-%d")  # noqa: DTZ007 - a cell knows no zone
    except ValueError:
        return text or None


def _build_contracts(folder: Path) -> None:
    main = _sheet_rows(_contracts(records.CONTRACTS))
    bad = _sheet_rows(_contracts(records.CONTRACTS_BAD))
    title: list[Row] = [("云岭省短信码号合同台账（示例，全部虚构）",), (), CONTRACT_HEADER]
    # The two rows of YL-18-1 are merged in every column but the segment.
    first = next(i for i, row in enumerate(main, start=4) if row[0] == "YL-18-1")
    merged = ["A1:L1", *(f"{column}{first}:{column}{first + 1}" for column in "ABCDFG")]
    accounts = [tuple(row.values()) for row in parse_table(records.ACCOUNTS)]
    sheets: dict[str, Sequence[Row]] = {
        "合同": [*title, *main, *bad],
        "补充协议": [CONTRACT_HEADER, *_sheet_rows(_contracts(records.SUPPLEMENTS))],
        "接入账号": [("平台", "接入账号", "使用方", "追加扩展码", "生效日期"), *accounts],
        "填表说明": [("本台账为示例，单位、码号、合同均为虚构。",), ("上游交出码号，下游接收。",)],
    }
    widths = {"合同": [12, 14, 18, 22, 24, 12, 12, 10, 22, 12, 10, 12]}
    write_workbook(folder / "合同台账.xlsx", sheets, merged={"合同": merged}, widths=widths)
    later = [_contract_row(row) for row in _contracts(records.CONTRACTS_LATER)]
    write_text_table(
        folder / "合同-补充移送.tsv",
        [CONTRACT_HEADER, *later],
        encoding="utf-16-le",
        delimiter="\t",
    )

    header = ("协议编号", "甲方", "乙方", "使用号段", "开始日期", "截止日期")
    services = [tuple(row.values()) for row in parse_table(records.CONTRACTS_PARTY_A)]
    write_text_table(folder / "服务协议.csv", [header, *services], encoding="gb18030")


def _build_totals(folder: Path) -> None:
    header = ("发送时间", "源号码", "上游", "下游", "短信条数", "状态", "提供单位")
    rows: list[Row] = [tuple(row.values()) for row in parse_table(records.ROUTING)]
    bad: list[Row] = [tuple(row.values()) for row in parse_table(records.ROUTING_BAD)]
    short = ("2024-03-05", "10670002", "甲02通信", "乙02科技")
    write_text_table(folder / "路由-汇总.csv", [header, *rows, short, *bad])


def _build_other_logs(folder: Path) -> None:
    header: Row = ("提交时间", "接入号", "扩展码", "接收平台", "提交方", "短信条数")
    extended: list[Row] = [
        ("2024-03-05 09:00:00", "10690009", "0111", "甲09通信", "乙09科技", 25),
        ("2024-03-05 09:00:00", "１０６９０００９０２", "", "甲09通信", "丙09信息", 35),
        ("2024-03-05 09:00:00", "10690009", "35", "甲09通信", "丁09网络", 15),
    ]
    write_text_table(folder / "路由-甲09.csv", [header, *extended], encoding="gb18030")

    header = ("提交时间", "源号码", "接收平台", "客户账号", "短信条数", "提供单位")
    submitted: list[Row] = [
        ("2024-03-05 14:00:00", "1069000701", "甲07通信", "kh0701", 70, "甲07通信"),
        ("2024-03-05 15:00:00", "1067003501", "乙35科技", "kh3501", 50, "乙35科技"),
    ]
    write_text_table(folder / "路由-按账号.csv", [header, *submitted])

    header = ("发送时间", "源号码", "上游", "下游", "消息ID", "手机号", "短信内容", "提供单位")
    single: list[Row] = [
        (
            *(f"2024-03-05 10:0{i}:00", "1069001501", "甲15通信", "乙15科技"),
            *(f"M{i:04d}", f"139****000{i}", "【虚构】示例", "甲15通信"),
        )
        for i in (1, 2, 3, 4, 4)
    ]
    write_text_table(folder / "路由-逐条.csv", [header, *single], encoding="gb18030")

    parts = [tuple(row.values()) for row in parse_table(records.ROUTING_PARTS)]
    header = ("发送时间", "源号码", "上游", "下游", "计费条数")
    write_text_table(folder / "路由-计费.csv", [header, *parts])

    columns = ("发送时间", "源号码", "上游", "下游", "短信条数", "提供单位")
    carriers = [
        (datetime.fromisoformat(at), number, up, down, int(messages), reporter)
        for at, number, up, down, messages, reporter in (
            row.values() for row in parse_table(records.ROUTING_CARRIERS)
        )
    ]
    write_parquet(folder / "路由-运营商.parquet", columns, carriers)

    header = ("发送时间", "源号码", "上游", "下游", "短信条数")
    cells: list[Row] = [
        (datetime.fromisoformat(at), int(number), up, down, int(messages))
        for at, number, up, down, messages in (
            row.values() for row in parse_table(records.ROUTING_SHEET)
        )
    ]
    # What a spreadsheet makes of 10670002 and twelve more digits.
    spoilt = (datetime(2024, 3, 5, 9), 1.0670002000000001e19, "甲02通信", "乙02科技", 7)  # noqa: DTZ001
    write_workbook(folder / "路由-甲10.xlsx", {"路由": [header, *cells, spoilt]})


def _build_incidents(folder: Path) -> None:
    header = ("案号", "源号码", "收到时间", "受害人", "手机号", "损失金额（元）")
    rows: list[Row] = [("云岭省涉诈短信报案登记（示例，全部虚构）",), header]
    for item in parse_table(records.INCIDENTS):
        at = datetime.fromisoformat(item["at"])
        who = (item["victim"], item["recipient"], int(item["loss"]))
        rows.append((f"虚构案（{item['case']}）", item["number"], at, *who))
    write_workbook(folder / "报案登记.xlsx", {"报案": rows}, merged={"报案": ["A1:F1"]})
