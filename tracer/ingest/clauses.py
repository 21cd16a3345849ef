"""Words of a fixed choice: sublease clauses, kinds and results of checks, kinds of contract."""

import re
from functools import lru_cache

from tracer.ingest.values import CellError, is_blank, normalise, parse_boolean

__all__ = ["parse_check_kind", "parse_check_result", "parse_contract_kind", "parse_sublease"]

_MEMO = 1 << 14
_MARKS = re.compile(r"[\s,。.;:、!\"'“”()]+")
_PASSING_ON = r"(?:转租|转售|转让|转借|转包|转授权|再许可|再授权|出租|出借|对外提供)"
_CONSENT = re.compile(
    r"(?:未|非|不|须|需|应)?经.{0,20}(?:同意|许可|批准|授权|允许)|(?:同意|许可|批准)的?除外"
    r"|征得.{0,20}同意|同意(?:后|方)(?:可|能)"
)
_BAN = re.compile(
    rf"(?:严格|明确)?(?:严禁|禁止|不得|不可|不允许|不准|不许|不能)(?:.*{_PASSING_ON}.*)?"
)
_LEAVE = re.compile(rf"(?:允许|可以|可|准许|准予)(?:对外)?(?:{_PASSING_ON}[和或及与]?)*")
_SILENCE = frozenset(
    {
        "未约定",
        "无约定",
        "没有约定",
        "未提及",
        "未写明",
        "未载明",
        "未规定",
        "无",
        "silent",
        "notstated",
    }
)
_SUBLEASE_CODES = {
    "forbidden": "forbidden",
    "prohibited": "forbidden",
    "allowed": "allowed",
    "permitted": "allowed",
    "with_consent": "with_consent",
    "withconsent": "with_consent",
}
_CHECK_KINDS = {
    "实名核验": "identity", "实名审核": "identity", "实名": "identity", "身份核验": "identity",
    "实名认证": "identity", "主体核验": "identity", "资质审核": "identity", "identity": "identity",
    "内容审核": "content", "内容": "content", "短信内容审核": "content", "content": "content",
    "合同审核": "contract", "合同": "contract", "客户合同审核": "contract", "contract": "contract",
}  # fmt: skip
_CHECK_RESULTS = {
    "通过": "passed", "审核通过": "passed", "已通过": "passed", "合格": "passed",
    "passed": "passed",
    "不通过": "failed", "未通过": "failed", "审核不通过": "failed", "不合格": "failed",
    "驳回": "failed", "failed": "failed",
    "未审核": "none", "无": "none", "未做": "none", "未进行": "none", "none": "none",
}  # fmt: skip
_CUSTOMER_SERVICE = frozenset(
    {
        "end_customer_service", "endcustomerservice", "终端客户服务", "最终客户服务", "终端客户",
        "最终客户", "终端客户服务合同", "最终客户服务合同", "终端用户服务", "最终用户服务",
    }
)  # fmt: skip


def _folded(text: str) -> str:
    return _MARKS.sub("", normalise(text)).casefold()


@lru_cache(_MEMO)
def parse_sublease(text: str, header: str = "") -> str | None:
    """Read a sublease clause: forbidden, allowed, with_consent or silent.

    Parameters
    ----------
    text : str
        禁止, 允许, 经同意, 未约定, or the wording of the clause itself.
    header : str
        The header as printed: under 禁止转租 a 是 forbids, under 是否允许转租 it allows.

    Raises
    ------
    CellError
        `unclear_clause` for a wording that cannot be told: a guess would accuse or excuse.

    Examples
    --------
    >>> parse_sublease("未经甲方书面同意，不得转租"), parse_sublease("不得转租、转售")
    ('with_consent', 'forbidden')
    """
    folded = _folded(text)
    if folded in _SILENCE:
        return _polar(header, yes=False) or "silent" if folded == "无" else "silent"
    if is_blank(text):
        return None
    if code := _SUBLEASE_CODES.get(folded):
        return code
    if _CONSENT.search(folded):
        return "with_consent"
    if "同意" in folded or "许可" in folded.replace("再许可", "") or "但" in folded:
        raise CellError("unclear_clause", text)
    if _BAN.fullmatch(folded):
        return "forbidden"
    if _LEAVE.fullmatch(folded):
        return "allowed"
    try:
        found = _polar(header, yes=bool(parse_boolean(text)))
    except CellError:
        found = None
    if found is None:
        raise CellError("unclear_clause", text)
    return found


def _polar(header: str, *, yes: bool) -> str | None:
    """Answer for the header that asks a question. No ban is silence, not leave."""
    asked = _folded(header)
    if "禁止" in asked or "不得" in asked:
        return "forbidden" if yes else "silent"
    if "允许" in asked:
        return "allowed" if yes else "forbidden"
    return None


def parse_check_kind(text: str) -> str | None:
    """Read the kind of a check: identity, content or contract.

    Examples
    --------
    >>> parse_check_kind("实名核验")
    'identity'
    """
    return _choose(text, _CHECK_KINDS)


def parse_check_result(text: str) -> str | None:
    """Read the result of a check: passed, failed, or none for one that was never made.

    Examples
    --------
    >>> parse_check_result("未审核")
    'none'
    """
    return _choose(text, _CHECK_RESULTS)


def _choose(text: str, choices: dict[str, str]) -> str | None:
    found = choices.get(_folded(text))
    if found is None and not is_blank(text):
        raise CellError("unknown_choice", text, choices="、".join(dict.fromkeys(choices)))
    return found


@lru_cache(_MEMO)
def parse_contract_kind(text: str) -> str | None:
    """Read the kind of a contract: its words, or `end_customer_service` for what means that.

    Examples
    --------
    >>> parse_contract_kind("终端客户服务"), parse_contract_kind("委托运营")
    ('end_customer_service', '委托运营')
    """
    if is_blank(text):
        return None
    return "end_customer_service" if _folded(text) in _CUSTOMER_SERVICE else " ".join(text.split())
