"""The input tables, declared: columns, which are required, how they are spelled, what they hold.

A column's aliases are the spellings of `formats.md` and the sensible ones beside them; its name
and its labels in both languages are accepted too. Spellings that several tables share
(码号, 有效期至 …) belong to whichever table the rest of the header tells.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from tracer.ingest.spellings import (
    ACCOUNTS,
    CODES,
    DOWNSTREAM,
    ENDS,
    NUMBERS,
    PARTY_ENDINGS,
    RECIPIENTS,
    STARTS,
    UPSTREAM,
    USCC,
    join_words,
    split_words,
)
from tracer.messages import Language, is_key, text

__all__ = [
    "TABLES",
    "Column",
    "Kind",
    "Table",
    "column_label",
    "find_table",
    "table_label",
]

Kind = Literal[
    "text", "names", "party", "uscc", "segments", "number", "digits", "date", "end", "datetime",
    "money", "price", "integer", "boolean", "choice", "person", "phone", "content",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name : str
        Canonical name.
    kind : Kind
        What its cells hold.
    aliases : tuple of str
        Spellings accepted beside the name and the labels.
    required : bool
        A table without it is none.
    is_told : bool
        No header stands for it by itself: a profile or `case.toml` names it.
    """

    name: str
    kind: Kind
    aliases: tuple[str, ...]
    required: bool = False
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One input table.

    Parameters
    ----------
    either : tuple of str
        Columns of which one at least is required.
    """

    name: str
    columns: tuple[Column, ...]
    either: tuple[str, ...] = ()

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the required columns."""
        return tuple(column.name for column in self.columns if column.required)

    @property
    def names(self) -> frozenset[str]:
        """Names of all columns."""
        return frozenset(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Find a column by its canonical name."""
        return next(column for column in self.columns if column.name == name)

    def missing(self, found: Iterable[str | None]) -> tuple[str, ...]:
        """Name the required columns that are not among those found.

        Examples
        --------
        >>> find_table("routing").missing({"sent_at", "number", "account"})
        ('upstream',)
        """
        present = set(found)
        lacking = [name for name in self.required if name not in present]
        if self.either and present.isdisjoint(self.either):
            lacking.append(self.either[0])
        return tuple(lacking)


def _plain(name: str, spellings: str = "", kind: Kind = "text") -> Column:
    return Column(name, kind, split_words(spellings))


def _party(name: str, spellings: str, *, required: bool = True) -> Column:
    own = split_words(spellings)
    return Column(name, "party", (*own, *join_words(spellings, PARTY_ENDINGS)), required)


def _uscc(name: str, owners: str, extra: Iterable[str] = ()) -> Column:
    return Column(name, "uscc", (*join_words(owners, USCC), *extra))


def _number(kind: Kind, name: str, spellings: str) -> Column:
    return Column(name, kind, split_words(spellings), required=True)


_SOURCE_REF = _plain("source_ref", "卷宗页码 出处 卷宗出处")
_REGION = _plain("region", "使用范围 地区 使用地区 使用区域")
_PURPOSE = _plain("purpose", "用途 业务用途 使用用途")
_FROM = _plain("valid_from", STARTS, "date")
_TO = _plain("valid_to", ENDS, "end")
_EVERYWHERE = (
    _plain("document", "原件 扫描件 附件"),
    _plain("page", "页码"),
    _plain("obtained_from", "来源单位 调取单位"),
    _plain("obtained_on", "调取日期 调取时间", "date"),
)

_PARTIES = Table(
    "parties",
    (
        Column(
            "name",
            "party",
            split_words("名称 单位名称 企业名称 公司名称 主体名称 单位全称 企业全称 公司全称"),
            required=True,
        ),
        Column("uscc", "uscc", USCC),
        _plain("former_names", "曾用名 曾用名称", "names"),
        _plain("kind", "主体类型 主体类别 单位类型"),
        _plain("legal_representative", "法定代表人 法人 法人代表 法定代表"),
        _plain("address", "地址 注册地址 住所 住所地"),
        _plain("phone", "电话 联系电话 联系方式"),
        _plain(
            "licence_no",
            "许可证号 许可证编号 经营许可证 经营许可证号 增值电信许可证 增值电信业务经营许可证",
        ),
        _plain("licence_from", "许可证有效期起 许可证生效日期 许可证起始日期", "date"),
        _plain("licence_to", "许可证有效期至 许可证到期日 许可证到期日期 许可证有效期止", "end"),
        _plain("status", "状态 登记状态 经营状态 存续状态"),
        _plain("role", "诉讼地位"),
        *_EVERYWHERE,
    ),
)

_ALLOCATIONS = Table(
    "allocations",
    (
        _number("segments", "segment", CODES),
        _party(
            "holder",
            "持有人 码号使用者 码号使用单位 持证单位 号码持有人 获批单位 持有单位 持有者"
            " 码号持有人",
        ),
        _uscc("holder_uscc", "持有人 持证单位 持有单位 码号使用者 码号使用单位", USCC[:-1]),
        _plain("authority", "分配机关 核发机关 发证机关 审批机关 分配单位"),
        _plain("certificate_no", "证书编号 证书号 码号证书 码号使用证书 码号证书编号"),
        _PURPOSE,
        _REGION,
        _plain("valid_from", f"{STARTS} 核配日期 分配日期 核发日期", "date"),
        _TO,
        _SOURCE_REF,
        *_EVERYWHERE,
    ),
)

_CONTRACTS = Table(
    "contracts",
    (
        _number("text", "contract_no", "合同编号 合同号 协议编号 协议号"),
        _party("upstream", UPSTREAM),
        _uscc("upstream_uscc", UPSTREAM),
        _party("downstream", DOWNSTREAM),
        _uscc("downstream_uscc", DOWNSTREAM),
        _plain("segments", f"{CODES} 使用号段 使用码号 接入号 合同号段", "segments"),
        _plain("title", "合同名称 协议名称"),
        _plain("kind", "合同类型 合同类别 协议类型"),
        _plain("right", "让渡权利 让与权利"),
        _plain(
            "signed_on",
            "签订日期 签署日期 签约时间 签约日期 签订时间 签署时间 合同签订日期 签订日",
            "date",
        ),
        _plain("valid_from", f"{STARTS} 合同生效日期 合同起始日期 合同开始日期", "date"),
        _plain("valid_to", f"{ENDS} 合同终止日期 合同到期日 合同到期日期 合同截止日期", "end"),
        _plain("unit_price", "单价 结算价 资费 结算单价 价格 元/条 分/条 厘/条", "price"),
        _plain(
            "sublease_clause",
            "转租条款 禁止转租 转租约定 转租转售条款 是否禁止转租 是否允许转租 允许转租",
            "choice",
        ),
        _plain("approval_no", "批准文号 批复文号"),
        _plain("terminated_on", "解除日期 合同解除日期 解除时间 提前终止日期", "date"),
        _plain("renews", "自动续期 是否自动续期 自动续约 是否自动续约 自动顺延", "boolean"),
        _plain("amends", "主合同编号 主合同号 原合同编号 主协议编号"),
        _REGION,
        _PURPOSE,
        _SOURCE_REF,
        *_EVERYWHERE,
    ),
)

_ACCOUNTS_TABLE = Table(
    "accounts",
    (
        _party("platform", "平台 平台方"),
        _number("text", "account", ACCOUNTS),
        _party("party", "使用方 客户 开户主体 开户单位 开户方"),
        _plain("appends", "追加扩展码 追加码 追加号码", "digits"),
        _FROM,
        _TO,
        *_EVERYWHERE,
    ),
)

_ROUTING = Table(
    "routing",
    (
        _number(
            "datetime",
            "sent_at",
            "发送时间 提交时间 下发时间 submit_time send_time created_at gmt_created",
        ),
        _number("number", "number", NUMBERS),
        _plain(
            "extension",
            "扩展码 扩展号 扩展子号 子端口 子端口号 子号 子码 下发扩展号 extend extno exno ext"
            " ext_code subport",
            "digits",
        ),
        _party("upstream", "上游 上家 接收平台 接收方平台"),
        _party("downstream", "下游 下家 提交方 客户", required=False),
        _plain("account", ACCOUNTS),
        _plain("messages", "短信条数 条数 发送条数 消息条数", "integer"),
        _plain("parts", "计费条数 拆分条数 pdu_count", "integer"),
        _plain("message_id", "消息id 消息编号 流水号 平台流水号 msgid msg_id mid"),
        _plain("recipient", RECIPIENTS, "phone"),
        _plain("content", "短信内容 内容 消息内容 short_message msg_content", "content"),
        _plain("status", "状态 状态码 发送状态"),
        _plain("reported_by", "日志提供方 提供单位 日志提供单位"),
        # In a log of one hop a 通道 may be anybody's; only a gateway's own log says whose it is.
        Column("connector", "text", (), is_told=True),
        *_EVERYWHERE,
    ),
    either=("downstream", "account"),
)

_INCIDENTS = Table(
    "incidents",
    (
        _number("number", "number", f"{NUMBERS} 发送号码 涉诈号码 涉案号码 短信号码 发送端口"),
        _number("datetime", "received_at", "收到时间 接收时间 收信时间 收到日期 接收日期"),
        _plain("victim", "受害人 被害人 受害人姓名 被害人姓名", "person"),
        _plain("recipient", f"{RECIPIENTS} 受害人手机号 被害人手机号 受害人电话", "phone"),
        _plain("loss", "损失金额 被骗金额 损失", "money"),
        _plain("content", "短信内容 内容 消息内容 涉诈短信 涉诈短信内容 short_message", "content"),
        _plain("case_no", "案号 案件编号"),
        _plain("reported_at", "报案时间 报案日期", "datetime"),
        _party("notified_party", "被通知单位 被通知方", required=False),
        _plain("notified_on", "通知日期 通知时间", "date"),
        *_EVERYWHERE,
    ),
)

_CHECKS = Table(
    "checks",
    (
        _party("upstream", "上游 上家 审核方 审核单位"),
        _party("downstream", "下游 下家 被审核方 被审核单位 客户"),
        _number("choice", "kind", "审核类型 审核种类 核验类型"),
        _plain("done_on", "审核日期 审核时间 核验日期", "date"),
        _plain("result", "审核结果 核验结果", "choice"),
        _SOURCE_REF,
        *_EVERYWHERE,
    ),
)

_OPENINGS = Table(
    "openings",
    (
        _party("carrier", "运营商 基础运营商 开通运营商"),
        _number("segments", "segment", CODES),
        _party("user", "开通用户 使用单位 开通单位 使用用户"),
        _plain("opened_on", "开通日期 开通时间", "date"),
        _plain("closed_on", "关闭日期 关闭时间 停用日期 关停日期", "end"),
        _PURPOSE,
        _REGION,
        *_EVERYWHERE,
    ),
)

_PAYMENTS = Table(
    "payments",
    (
        _party("payer", "付款方 付款人"),
        _party("payee", "收款方 收款人"),
        _number("money", "amount", "金额 付款金额 支付金额 结算金额"),
        _number("date", "paid_on", "付款日期 付款时间 支付日期 支付时间"),
        _plain("period_from", "结算起始日期 结算期起 账期起 结算周期起", "date"),
        _plain("period_to", "结算终止日期 结算期止 账期止 结算周期止 结算截止日期", "end"),
        _plain("messages", "短信条数 条数 结算条数", "integer"),
        _plain("contract_no", "合同编号 合同号 协议编号 协议号"),
        _SOURCE_REF,
        *_EVERYWHERE,
    ),
)

_RELATIONS = Table(
    "relations",
    (
        _party("party_a", "主体一 主体a 关联方一 关联方a 主体1"),
        _party("party_b", "主体二 主体b 关联方二 关联方b 主体2"),
        _number("text", "kind", "关系类型 关联关系 关联类型"),
        _plain("share", "持股比例 出资比例 股权比例"),
        _FROM,
        _TO,
        _SOURCE_REF,
        *_EVERYWHERE,
    ),
)

TABLES: Final[tuple[Table, ...]] = (
    _PARTIES,
    _ALLOCATIONS,
    _CONTRACTS,
    _ACCOUNTS_TABLE,
    _ROUTING,
    _INCIDENTS,
    _CHECKS,
    _OPENINGS,
    _PAYMENTS,
    _RELATIONS,
)


def find_table(name: str) -> Table:
    """Find a table by its name.

    Raises
    ------
    KeyError
        If there is none.

    Examples
    --------
    >>> find_table("parties").required
    ('name',)
    """
    for table in TABLES:
        if table.name == name:
            return table
    raise KeyError(name)


def table_label(table: str, lang: Language) -> str:
    """Name a table for a reader.

    Examples
    --------
    >>> table_label("contracts", "zh")
    '合同'
    """
    return text(f"table.{table}", lang)


def column_label(table: str, column: str, lang: Language) -> str:
    """Name a column for a reader; most columns are called alike in every table.

    Examples
    --------
    >>> column_label("allocations", "segment", "zh"), column_label("payments", "paid_on", "en")
    ('码号', 'Paid on')
    """
    own = f"column.{table}.{column}"
    return text(own if is_key(own) else f"column.{column}", lang)
