"""Names of companies taken apart as a reader would: region, trade name, trade, legal form, branch.

Two names that `store` keeps apart may still be of one company: 武漢… and 武汉…, 有限公司 and
有限责任公司, a region in brackets and before the name, a branch and its head, a character read for
another. Nothing here decides anything: what folds alike is asked about.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tracer.identity.regions import REGIONS
from tracer.model.party import fold_name

if TYPE_CHECKING:
    from opencc import OpenCC

__all__ = ["FoldedName", "fold_company", "look_alike"]

_FORM_WORDS: Final = (
    "股份有限责任公司 股份有限公司 有限责任公司 有限公司 股份公司 总公司 公司 "
    "co.,ltd. co.,ltd co.ltd. co.ltd coltd ltd. ltd inc. inc llc limited corporation corp. corp"
)
_TRADE_WORDS: Final = (
    "信息科技 网络科技 信息技术 网络技术 通信技术 通讯技术 电子商务 科技发展 技术服务 信息服务 "
    "网络信息 文化传媒 信息 网络 科技 技术 通信 通讯 传媒 电信 数据 软件 系统 工程 商务 贸易 实业 "
    "投资 咨询 发展 服务 文化 广告 电子 数码 数字 智能 互联 互联网 移动 增值 企业 管理 集团 控股 "
    "technology tech network networks information telecom communication communications group"
)
_FORMS: Final = frozenset(_FORM_WORDS.split())
_TRADES: Final = frozenset(_TRADE_WORDS.split())
_BRANCH: Final = re.compile(
    r"^(?P<head>.{4,}?(?:公司|集团|厂))"
    r"(?P<open>\()?(?P<branch>[^()]+(?:分公司|办事处|营业部|事业部|分部))(?(open)\))$"
)
_FORMERLY: Final = re.compile(r"^(?:\((?:原|曾用名)\)|原(?=.{4,}))")
_REGION_MARK: Final = re.compile(r"^(?:壮族自治区|回族自治区|维吾尔自治区|特别行政区|自治区|省|市)")
_BRACKETED: Final = re.compile(r"\(([^()]*)\)")
_LOOKS: Final = (
    "己已巳 未末 土士 日曰 人入八 千干于 戊戌戍 大太犬 午牛 刀力 几凡 王玉 住佳 微徵 科料 讯汛迅 "
    "网冈罔 技枝 侯候 晴睛 析折 今令 沐沭 治冶 风凤 免兔 历厉 乌鸟 天夭 贝见 毫亳 拨拔 汨汩 目且 "
    "由甲申田 源塬 白自 木本 竟竞 0o〇○ 1li| 5s 2z 8b"
)
_LOOKS_LIKE: Final = str.maketrans(
    {each: group[0] for group in _LOOKS.split() for each in group[1:]}
)
_REGION_LENGTHS: Final = tuple(sorted({len(each) for each in REGIONS}, reverse=True))
_LENGTHS: Final = {
    known: tuple(sorted({len(each) for each in known}, reverse=True)) for known in (_FORMS, _TRADES)
}


@dataclass(frozen=True, slots=True)
class FoldedName:
    """One name taken apart.

    Parameters
    ----------
    whole : str
        Folded as everywhere, in lower case, traditional characters made simple, 原 left out.
    region : tuple of str
        Provinces and cities it begins with or has in brackets, sorted.
    trade_name : str
        What tells it from others of its place and trade (字号); empty where nothing is left.
    trade : str
        Words of its trade: 信息科技 …
    form : str
        Legal form: 有限公司 …
    branch : str
        The branch (分公司 …), without its head.
    """

    whole: str
    region: tuple[str, ...]
    trade_name: str
    trade: str
    form: str
    branch: str

    @property
    def company(self) -> tuple[tuple[str, ...], str, str]:
        """What is left without legal form and branch, brackets and order of the region aside."""
        return self.region, self.trade_name, self.trade

    @property
    def is_masked(self) -> bool:
        """Whether the trade name is hidden (某), so that many companies have it."""
        return "某" in self.trade_name or not self.trade_name


def fold_company(name: str) -> FoldedName:
    """Take a name apart.

    Examples
    --------
    >>> folded = fold_company("武漢市華信（北京）信息科技有限责任公司宜昌分公司")
    >>> folded.region, folded.trade_name, folded.trade, folded.form, folded.branch
    (('北京', '武汉'), '华信', '信息科技', '有限责任公司', '宜昌分公司')
    """
    whole = _simple(fold_name(name).casefold())
    whole = _FORMERLY.sub("", whole)
    rest, branch = whole, ""
    if found := _BRANCH.match(whole):
        rest, branch = found["head"], found["branch"]
    regions: set[str] = set()
    for bracketed in _BRACKETED.findall(rest):
        region, left = _take_region(bracketed)
        if region and not left:
            regions.add(region)
            rest = rest.replace(f"({bracketed})", "", 1)
    form = _ending(rest, _FORMS)
    rest = rest.removesuffix(form)
    while True:
        region, left = _take_region(rest)
        if not region or not left:
            break
        regions.add(region)
        rest = left
    trade_name, trade = _take_trade(rest)
    return FoldedName(whole, tuple(sorted(regions)), trade_name, trade, form, branch)


def look_alike(text: str) -> str:
    """Put one character for all that are easily read for it.

    Examples
    --------
    >>> look_alike("千末讯") == look_alike("干未迅"), look_alike("S5O0") == look_alike("SSoo")
    (True, False)
    """
    return text.translate(_LOOKS_LIKE)


def _take_region(text: str) -> tuple[str, str]:
    """Take the region a text begins with; gives it and the rest."""
    for length in _REGION_LENGTHS:
        if (region := text[:length]) in REGIONS:
            return region, _REGION_MARK.sub("", text[length:])
    return "", text


def _take_trade(text: str) -> tuple[str, str]:
    """Take the words of the trade off the end; a character of a name stays."""
    rest, words = text, ""
    while True:
        word = _ending(rest, _TRADES)
        if not word or len(word) >= len(rest):
            return rest, words
        rest, words = rest.removesuffix(word), word + words


def _ending(text: str, known: frozenset[str]) -> str:
    """Give the longest of some words that a text ends with; empty for none."""
    for length in _LENGTHS[known]:
        if text[-length:] in known:
            return text[-length:]
    return ""


def _simple(text: str) -> str:
    return text if text.isascii() else str(_converter().convert(text))


@lru_cache(maxsize=1)
def _converter() -> "OpenCC":
    from opencc import OpenCC

    return OpenCC("t2s")
