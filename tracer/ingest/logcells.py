"""Cells of a log row, read once per distinct text: times, numbers, amounts, statuses."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from tracer.ingest.moments import Moment, parse_moment
from tracer.ingest.values import (
    CellError,
    is_blank,
    is_unknown,
    parse_datetime,
    parse_integer,
    parse_party,
)
from tracer.model.segment import MAX_DIGITS, SegmentSyntaxError, parse_number

__all__ = [
    "Amount",
    "Fault",
    "is_blocked",
    "is_no_message_id",
    "read_amount",
    "read_moment",
    "read_reporter",
    "read_source",
]

_MOST: Final = 10**11
"""More messages than this in one row are no count."""

_BLOCKED = re.compile(r"rejectd|拦截|驳回|审核不通过|审核未通过|黑名单")
_NEGATED = re.compile(r"[未无非不没免][^已,.;:!?。、()\[\]【】/|]*$")
"""A negation in the clause that ends here; 已 after it begins what did happen (不合规已拦截)."""
_NEGATION_REACH: Final = 8
_NO_NEGATION = re.compile(
    r"[不未]合[规格法]|[不未]通过|不[良当法符明]|不允许(?=[下发提])|不予(?=[下发提])|非[法正]|无法|无效"
    r"|[未无](?:经)?(?:报备|备案|授权|实名|签名|资质|许可|登记)|未知|免费"
)
"""Words whose negation is why a message was stopped (签名未报备拦截), not that it was let pass."""
_SCIENTIFIC = re.compile(r"\d+(?:\.\d+)?[eE][+-]?\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell cannot be read: column, key of the reason, the cell.

    Parameters
    ----------
    column : str
        Canonical name.
    reason, text : str
        Key of the reason, and the cell as written.
    more : tuple of (str, str or int)
        Further placeholders of the reason.
    """

    column: str
    reason: str
    text: str = ""
    more: tuple[tuple[str, str | int], ...] = ()

    @classmethod
    def of(cls, column: str, error: CellError) -> "Fault":
        """Put a cell that cannot be read in its column."""
        more = tuple(sorted(item for item in error.values.items() if item[0] != "text"))
        return cls(column, error.reason, error.text, more)


@dataclass(frozen=True, slots=True)
class Amount:
    """Messages of one row, and its billed parts where stated."""

    messages: int
    parts: int | None = None


def is_blocked(status: str) -> bool:
    """Tell whether a status says that the platform stopped the message.

    Examples
    --------
    >>> (
    ...     is_blocked("驳 回"),
    ...     is_blocked("REJECTD"),
    ...     is_blocked("未命中黑名单"),
    ...     is_blocked("DELIVRD"),
    ... )
    (True, True, False, False)
    """
    folded = "".join(unicodedata.normalize("NFKC", status).casefold().split())
    return any(not _is_negated(folded[: found.start()]) for found in _BLOCKED.finditer(folded))


def _is_negated(before: str) -> bool:
    """Tell whether what stands before a word of stopping denies it."""
    plain = _NO_NEGATION.sub(lambda found: "·" * len(found[0]), before)
    return _NEGATED.search(plain[-_NEGATION_REACH:]) is not None


def is_no_message_id(text: str) -> bool:
    """Tell whether a message id says that there is none (blank, `-`, `NULL`, 未知, `#N/A`).

    Examples
    --------
    >>> is_no_message_id("NULL"), is_no_message_id("未知"), is_no_message_id("0")
    (True, True, False)
    """
    try:
        return is_blank(text) or is_unknown(text)
    except CellError:
        return True


def read_moment(text: str, zone: ZoneInfo) -> Moment | Fault:
    """Read the time of a row."""
    try:
        return parse_moment(text, zone)
    except CellError as unread:
        if unread.reason == "ambiguous_time":
            return Fault.of("sent_at", unread)
        try:
            parse_datetime(text, zone.key)
        except CellError as error:
            return Fault.of("sent_at", error)
        return Fault("sent_at", "blank", text)


def read_reporter(text: str, default: str | None) -> str:
    """Read whose log a row is of; blank where nobody says.

    Examples
    --------
    >>> read_reporter(" ", "甲公司"), read_reporter(" 乙公司", "甲公司"), read_reporter("", None)
    ('甲公司', '乙公司', '')
    """
    try:
        return parse_party(text) or default or ""
    except CellError:
        return " ".join(text.split())


def read_source(number: str, extension: str) -> str | Fault:
    """Read a source number and append its extension (blank or `*`: none).

    Examples
    --------
    >>> read_source("１０６８ 7415", "01"), read_source("10687415", "*")
    ('1068741501', '10687415')
    """
    try:
        digits = parse_number(number)
    except SegmentSyntaxError as error:
        return Fault("number", error.code, number)
    added = "".join(unicodedata.normalize("NFKC", extension).split())
    try:
        if added == "*" or is_blank(added):
            return digits
    except CellError as error:
        return Fault.of("extension", error)
    if _SCIENTIFIC.fullmatch(added):
        return Fault("extension", "scientific", extension)
    if not (added.isascii() and added.isdigit()):
        return Fault("extension", "not_digits", extension)
    if len(digits) + len(added) > MAX_DIGITS:
        return Fault("extension", "number_too_long", extension)
    return digits + added


def read_amount(messages: str, parts: str, *, counts_parts: bool) -> Amount | Fault:
    """Read the messages of a row (blank: 1) and its billed parts.

    Parameters
    ----------
    messages, parts : str
        Cells as written, perhaps blank.
    counts_parts : bool
        The log states parts and nothing else: they stand for messages.

    Examples
    --------
    >>> read_amount("", "3", counts_parts=False), read_amount("", "3", counts_parts=True)
    (Amount(messages=1, parts=3), Amount(messages=3, parts=3))
    """
    stated: dict[str, int | None] = {}
    for column, cell in (("messages", messages), ("parts", parts)):
        try:
            stated[column] = _read_count(cell)
        except CellError as error:
            return Fault.of(column, error)
    if counts_parts:
        if stated["parts"] is None:
            return Fault("parts", "blank", parts)
        return Amount(stated["parts"], stated["parts"])
    return Amount(stated["messages"] or 1, stated["parts"])


def _read_count(cell: str) -> int | None:
    count = parse_integer(cell)
    if count is not None and count < 1:
        raise CellError("too_small", cell, least=1)
    if count is not None and count > _MOST:
        raise CellError("bad_integer", cell)
    return count
