"""Parties (主体) and the one way their names are matched."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

__all__ = [
    "CARRIER_KINDS",
    "SENDER_KINDS",
    "Party",
    "fold_name",
    "fold_party",
    "is_carrier_kind",
    "is_uscc",
]

_BRACKETS = str.maketrans("（）[]【】〔〕〈〉《》{}「」『』", "()" * 9)
_CARRIER_PREFIXES = ("中国移动", "中国联通", "中国联合网络", "中国电信", "中国广电")

CARRIER_KINDS = frozenset({"运营商", "基础运营商", "基础电信企业", "carrier"})
SENDER_KINDS = frozenset(
    {
        "sender",
        "contentprovider",
        "content_provider",
        "发送方",
        "最终发送方",
        "实际发送方",
        "内容提供者",
        "内容提供方",
        "内容方",
    }
)
_CONTROL = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_USCC_LENGTH = 18


def fold_name(name: str) -> str:
    """Fold a name to the form in which names are compared.

    NFKC, no white space, one kind of brackets, no invisible marks; nothing else: spelling
    variants that need judgement are never joined here.

    Examples
    --------
    >>> fold_name("武汉某信息 科技公司（总部）") == fold_name("武汉某信息科技公司(总部)")
    True
    """
    return "".join(
        _CONTROL.sub("", unicodedata.normalize("NFKC", name)).translate(_BRACKETS).split()
    )


def is_uscc(folded: str) -> bool:
    """Tell whether a folded name is a unified social credit code.

    Examples
    --------
    >>> is_uscc("91420100MA4KXXXX0X"), is_uscc("武汉某信息科技公司")
    (True, False)
    """
    return len(folded) == _USCC_LENGTH and _USCC.fullmatch(folded) is not None


def fold_party(raw: str) -> str:
    """Fold what a party field holds to the form in which it is compared.

    A name as `fold_name` does; a credit code in capitals besides.

    Examples
    --------
    >>> fold_party(" 91420100ma4kxxxx0x "), fold_party("abc（甲）")
    ('91420100MA4KXXXX0X', 'abc(甲)')
    """
    folded = fold_name(raw)
    return folded.upper() if is_uscc(folded.upper()) else folded


def is_carrier_kind(kind: str | None, name: str) -> bool:
    """Tell whether a party is a basic operator, by its kind or, without one, by its name.

    Parameters
    ----------
    kind : str or None
        What the parties table says; decides when given.
    name : str
        Any spelling of the party's name.

    Examples
    --------
    >>> (
    ...     is_carrier_kind(None, "中国移动通信集团浙江有限公司"),
    ...     is_carrier_kind("代理商", "中国移动某某"),
    ... )
    (True, False)
    """
    if kind and kind.strip():
        return fold_name(kind).casefold() in CARRIER_KINDS
    return _is_carrier_name(name)


@lru_cache(maxsize=1 << 16)  # asked of every party of every trace
def _is_carrier_name(name: str) -> bool:
    return fold_name(name).startswith(_CARRIER_PREFIXES)


class Party(NamedTuple):
    """One party as a trace knows it.

    Parameters
    ----------
    name : str
        Canonical name: unique among parties, and what every output prints.
    uscc : str or None
        Unified social credit code where exactly one is on record.
    kind : str or None
        What the parties table says it is.
    spellings : tuple of str
        The names as the papers spell them, sorted.
    status, role : str or None
        Registration status and position in the proceedings, as the parties table says.
    decided : tuple of int
        Events of the custody log by which somebody decided who this is or what it is called.
    """

    name: str
    uscc: str | None = None
    kind: str | None = None
    spellings: tuple[str, ...] = ()
    status: str | None = None
    role: str | None = None
    decided: tuple[int, ...] = ()

    @property
    def printed(self) -> tuple[str, ...]:
        """Names in the papers other than the canonical one, where somebody decided on it."""
        return tuple(each for each in self.spellings if each != self.name) if self.decided else ()

    @property
    def is_carrier(self) -> bool:
        """Whether it is a basic operator (基础运营商)."""
        if not self.decided:  # as nearly all: it is printed under its own name only
            return is_carrier_kind(self.kind, self.name)
        return any(is_carrier_kind(self.kind, name) for name in (self.name, *self.printed))

    @property
    def is_declared_sender(self) -> bool:
        """Whether its kind says that it sends (content provider)."""
        return bool(self.kind) and fold_name(self.kind or "").casefold() in SENDER_KINDS

    @property
    def identifier(self) -> str:
        """USCC where known, else the canonical name: what fingerprints are made of."""
        return self.uscc or self.name
