"""Money read exactly: amounts in yuan, and prices per message, whatever unit they stand in."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from tracer.ingest.values import CellError, is_blank, normalise
from tracer.model.money import to_micros

__all__ = ["PRICE_UNITS", "Price", "parse_amount", "parse_price", "read_price_unit"]

_MEMO = 1 << 16
_NUMBER = r"([+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?|[+-]?\.\d+)"
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+", re.ASCII)
_AMOUNT = re.compile(
    rf"(?:人民币|rmb|cny)?[:\s]*¥?\s*{_NUMBER}\s*(亿元|万元|元|角|分|厘|万|亿)?(?:整|正)?"
    r"(?:人民币|rmb|cny)?",
    re.ASCII | re.IGNORECASE,
)
_PRICE = re.compile(
    rf"((?:人民币|rmb|cny)?[:\s]*¥?)\s*{_NUMBER}\s*([^\d\s][^\d]*)?", re.ASCII | re.IGNORECASE
)
_PER_MESSAGE = ("/条", "/每条", "每条")
_AMOUNT_UNITS = {
    "亿元": Decimal(100_000_000),
    "亿": Decimal(100_000_000),
    "万元": Decimal(10_000),
    "万": Decimal(10_000),
    "元": Decimal(1),
    "角": Decimal("0.1"),
    "分": Decimal("0.01"),
    "厘": Decimal("0.001"),
}
PRICE_UNITS: Final = {
    "元/条": Decimal(1),
    "角/条": Decimal("0.1"),
    "分/条": Decimal("0.01"),
    "厘/条": Decimal("0.001"),
    "元/千条": Decimal("0.001"),
    "元/万条": Decimal("0.0001"),
}
"""Units of a price and what they are in yuan a message."""


@dataclass(frozen=True, slots=True)
class Price:
    """A price as read.

    Parameters
    ----------
    micros : int
        Millionths of a yuan per message.
    raw : str
        As printed, with the unit of its header.
    stated : bool
        False where no unit is named and 元/条 is taken.
    """

    micros: int
    raw: str
    stated: bool


def read_price_unit(text: str | None) -> str | None:
    """Recognise the unit of a price; None where the text names none.

    Raises
    ------
    CellError
        `unknown_unit` for a unit of money that is none per message (元/月).

    Examples
    --------
    >>> read_price_unit("人民币元/每条"), read_price_unit("分"), read_price_unit("含税")
    ('元/条', '分/条', None)
    """
    if text is None:
        return None
    folded = "".join(normalise(text).split()).casefold()
    for currency in ("人民币", "rmb/", "cny/", "¥"):
        folded = folded.replace(currency, "元/" if currency.endswith("/") else "")
    folded = folded.replace("每条", "条").replace("//", "/").replace("元整", "元")
    if folded in {"元", "角", "分", "厘"}:
        folded += "/条"
    if folded in PRICE_UNITS:
        return folded
    if re.search(r"[元角分厘$]|/", folded):
        raise CellError("unknown_unit", text)
    return None


@lru_cache(_MEMO)
def parse_price(text: str, header_unit: str | None, default: str | None) -> Price | None:
    """Read a price per message.

    Parameters
    ----------
    header_unit : str or None
        What the header's brackets say.
    default : str or None
        Unit said by `case.toml`; it serves where neither header nor cell names one.

    Raises
    ------
    CellError
        `bad_money`, `unknown_unit`, `unit_conflict`, `negative`, `too_fine`, `scientific`.

    Examples
    --------
    >>> parse_price("３.２分/条", None, None), parse_price("0.032", "元/条", None).micros
    (Price(micros=32000, raw='３.２分/条', stated=True), 32000)
    """
    if is_blank(text):
        return None
    folded = normalise(text)
    if _SCIENTIFIC.fullmatch(folded):
        raise CellError("scientific", text)
    match = _PRICE.fullmatch(folded)
    if match is None:
        raise CellError("bad_money", text)
    own = _own_unit(match[1], match[3], text)
    above = read_price_unit(header_unit)
    if own and above and own != above:
        raise CellError("unit_conflict", text, unit=above)
    unit = own or above or default
    raw = text.strip() if own or not above else f"{text.strip()} {above}"
    return Price(_micros(match[2], PRICE_UNITS[unit or "元/条"], text), raw, unit is not None)


def _own_unit(currency: str, tail: str | None, text: str) -> str | None:
    """Tell the unit a price cell names itself: `3.5分/条`, `¥0.035/条`."""
    if tail is None or "".join(tail.split()) in _PER_MESSAGE:
        return "元/条" if currency.strip(" :") else None
    unit = read_price_unit(tail)
    if unit is None:
        raise CellError("bad_money", text)
    return unit


@lru_cache(_MEMO)
def parse_amount(text: str, header_unit: str | None = None) -> int | None:
    """Read a sum of money into millionths of a yuan.

    Examples
    --------
    >>> parse_amount("¥1,234.50"), parse_amount("17万元"), parse_amount("3", "万元")
    (1234500000, 170000000000, 30000000000)
    """
    if is_blank(text):
        return None
    folded = normalise(text)
    if _SCIENTIFIC.fullmatch(folded):
        raise CellError("scientific", text)
    match = _AMOUNT.fullmatch(folded)
    if match is None:
        raise CellError("bad_money", text)
    above = _amount_unit(header_unit)
    own = match[2]
    if own and above and _AMOUNT_UNITS[own] != _AMOUNT_UNITS[above]:
        raise CellError("unit_conflict", text, unit=above)
    return _micros(match[1], _AMOUNT_UNITS[own or above or "元"], text)


def _amount_unit(text: str | None) -> str | None:
    if text is None:
        return None
    folded = "".join(normalise(text).split()).removeprefix("单位:").removeprefix("人民币")
    if folded in _AMOUNT_UNITS:
        return folded
    if re.search(r"[元角厘$]|美", folded):
        raise CellError("unknown_unit", text)
    return None


def _micros(number: str, factor: Decimal, text: str) -> int:
    yuan = Decimal(number.replace(",", "")) * factor
    if yuan < 0:
        raise CellError("negative", text)
    try:
        return to_micros(yuan)
    except ValueError as error:
        raise CellError("too_fine", text) from error
