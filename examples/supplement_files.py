"""Papers that go with the Hangzhou case, all invented: see `hangzhou-supplement/README.md`."""

from pathlib import Path

from examples.file_forms import Row, parse_table, write_text_table
from examples.hangzhou_files import ANHUI, BEIJING, GUANGDONG, HEBEI, WUHAN, WUXI

__all__ = ["build"]

SUCCESSOR = "河北某数字科技公司（虚构）"

REGISTER = f"""
name        | former  | address            | phone           | status | role
{GUANGDONG} |         | 虚构市甲路 1 号    | 0000-00000001   | 存续   | 被告
{WUXI}      |         | 虚构市乙路 2 号    | 0000-00000002   | 存续   | 被告
{WUHAN}     |         | 虚构市丙路 3 号楼  | 0000-00000003   | 存续   | 被告
{BEIJING}   |         | 虚构市丙路3号楼    | 0000-00000004   | 存续   | 被告
{ANHUI}     |         | 虚构市戊路 5 号    | 0000 0000 0004  | 存续   | 被告
{HEBEI}     |         | 虚构市己路 6 号    | 0000-00000006   | 注销   | 被告
{SUCCESSOR} | {HEBEI} | 虚构市己路 6 号    | 0000-00000007   | 存续   |
"""

PAYMENTS = f"""
payer     | payee       | amount | on         | contract
{HEBEI}   | {ANHUI}     | 180.00 | 2023-07-31 | AH-2023-03
{HEBEI}   | {ANHUI}     | 170.00 | 2023-08-31 | AH-2023-03
{ANHUI}   | {BEIJING}   | 124.45 | 2023-08-10 | BJ-2023-11
{ANHUI}   | {BEIJING}   | 123.50 | 2023-09-11 | BJ-2023-11
{BEIJING} | {WUHAN}     | 111.35 | 2023-08-15 | WH-2023-08
{BEIJING} | {WUHAN}     | 110.50 | 2023-09-15 | WH-2023-08
{WUHAN}   | {GUANGDONG} | 58.95  | 2023-08-20 |
{WUHAN}   | {GUANGDONG} | 58.50  | 2023-09-20 |
"""

CHECKS = f"""
up        | down    | kind     | on         | result
{BEIJING} | {ANHUI} | 实名核验 | 2023-05-10 | 通过
{ANHUI}   | {HEBEI} | 实名核验 | 2023-07-10 | 通过
{ANHUI}   | {HEBEI} | 内容审核 |            | 未审核
"""

RELATIONS = f"""
a         | b              | kind | share
{BEIJING} | 庚某（虚构）   | 股东 | 60%
{ANHUI}   | 庚某（虚构）   | 股东 | 35%
{BEIJING} | 丙某（虚构）   | 高管 |
"""


def build(folder: Path) -> None:
    """Write the papers."""
    register: list[Row] = [("名称", "曾用名", "地址", "电话", "状态", "诉讼地位")]
    register += [tuple(row.values()) for row in parse_table(REGISTER)]
    write_text_table(folder / "主体补充.csv", register)
    payments: list[Row] = [("付款方", "收款方", "金额（元）", "付款日期", "合同编号")]
    payments += [tuple(row.values()) for row in parse_table(PAYMENTS)]
    write_text_table(folder / "结算.csv", payments, encoding="utf-8-sig")
    checks: list[Row] = [("上游", "下游", "审核类型", "审核日期", "审核结果")]
    checks += [tuple(row.values()) for row in parse_table(CHECKS)]
    write_text_table(folder / "审核记录.csv", checks, encoding="gb18030")
    relations: list[Row] = [("主体一", "主体二", "关系类型", "持股比例")]
    relations += [tuple(row.values()) for row in parse_table(RELATIONS)]
    write_text_table(folder / "关联关系.csv", relations)
