"""How the papers spell the columns: lists of words that several columns share."""

from collections.abc import Iterable
from itertools import product
from typing import Final

__all__ = [
    "ACCOUNTS",
    "CODES",
    "DOWNSTREAM",
    "ENDS",
    "NUMBERS",
    "PARTY_A",
    "PARTY_B",
    "PARTY_ENDINGS",
    "RECIPIENTS",
    "STARTS",
    "UPSTREAM",
    "USCC",
    "join_words",
    "split_words",
]


def split_words(spellings: str) -> tuple[str, ...]:
    """Give the spellings of a list set apart by spaces."""
    return tuple(spellings.split())


def join_words(owners: str, things: Iterable[str]) -> tuple[str, ...]:
    """Put each thing behind each owner.

    Examples
    --------
    >>> join_words("上游 下游", ("名称",))
    ('上游名称', '下游名称')
    """
    return tuple(owner + thing for owner, thing in product(owners.split(), things))


PARTY_ENDINGS = (
    "名称",
    "单位",
    "单位名称",
    "公司",
    "公司名称",
    "企业",
    "企业名称",
    "全称",
    "主体",
)
USCC = split_words("统一社会信用代码 统一信用代码 社会信用代码 信用代码 税号 纳税人识别号 uscc")

PARTY_A: Final = ("甲方", "partya")
PARTY_B: Final = ("乙方", "partyb")


UPSTREAM = "上游 上家 出租方 转出方 提供方 上级 供应商 渠道商 通道商 出租人 supplier upstream"
DOWNSTREAM = "下游 下家 承租方 转入方 使用方 下级 客户 代理商 承租人 customer downstream"
STARTS = (
    "生效日期 起始日期 开始日期 生效时间 起始时间 开始时间 生效日 起始日 有效期起 有效期自 有效期从"
)
ENDS = (
    "失效日期 终止日期 到期日 有效期至 到期日期 截止日期 失效时间 终止时间 到期时间 结束日期"
    " 有效期止 有效期到 失效日 终止日 截止日"
)
CODES = (
    "码号 号段 接入代码 服务接入代码 分配号段 码段 号码段 码号段 号码资源 短信码号 服务代码"
    " 短消息类服务接入代码 segment code prefix"
)
ACCOUNTS = (
    "账号 帐号 接入账号 接入帐号 客户账号 客户帐号 userid client_id system_id 用户名 uid"
    " login_name 客户编码 子账号"
)
NUMBERS = (
    "源号码 主叫号码 接入号 端口号 src_id spnumber srctermid source_addr 通道接入号 主端口"
    " 主端口号 长号码 特服号 sp_number spno access_id src_terminal_id"
)
RECIPIENTS = (
    "手机号 手机号码 被叫号码 目标号码 接收号码 接收手机号 mobile destination_addr"
    " dest_terminal_id usernumber"
)
