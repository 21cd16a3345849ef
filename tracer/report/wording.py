"""Words for what a view holds, said in every language at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tracer.messages import Language, text
from tracer.model.period import Period
from tracer.report.textfit import printable
from tracer.report.view import EvidenceItem, GapBox, Line, Place

__all__ = [
    "Said",
    "count",
    "gap_days",
    "join",
    "last_day",
    "messages",
    "place",
    "same",
    "say",
    "segments",
    "sources",
    "term",
    "term_of",
    "window",
]


@dataclass(frozen=True, slots=True)
class Said:
    """One text in both languages.

    Examples
    --------
    >>> say("page.layer", layer=2)
    Said(zh='第 2 层', en='Layer 2')
    """

    zh: str
    en: str

    def get(self, lang: Language) -> str:
        """Give the text in one language."""
        return self.zh if lang == "zh" else self.en


@lru_cache(maxsize=1 << 14)
def same(words: str) -> Said:
    """Say what needs no translation: names, numbers, file names; hidden marks made visible."""
    shown = printable(words)
    return Said(shown, shown)


def say(key: str, **values: object) -> Said:
    """Say a text of the catalogue; values that are `Said` are put in language by language."""
    if not values:
        return _said(key, ())
    given = (
        (name, value if isinstance(value, Said) else printable(str(value)))
        for name, value in values.items()
    )
    return _said(key, tuple(given))


@lru_cache(maxsize=1 << 14)
def _said(key: str, values: tuple[tuple[str, Said | str], ...]) -> Said:
    """Say it once: a large case says the same of many records."""
    return Said(_filled(key, "zh", values), _filled(key, "en", values))


def _filled(key: str, lang: Language, values: Iterable[tuple[str, Said | str]]) -> str:
    filled = {name: value.get(lang) if isinstance(value, Said) else value for name, value in values}
    return text(key, lang, **filled)


def join(parts: Iterable[Said], mark: str = "page.list_mark") -> Said:
    """Put texts one after another with the language's own mark."""
    listed = tuple(parts)
    if len(listed) == 1:
        return listed[0]
    return Said(
        text(mark, "zh").join(part.zh for part in listed),
        text(mark, "en").join(part.en for part in listed),
    )


def count(number: int) -> str:
    """Write a count with thousands parted.

    Examples
    --------
    >>> count(6525)
    '6,525'
    """
    return f"{number:,}"


def messages(number: int, unit: str = "messages") -> Said:
    """Say a number of messages, or of billed parts that stand for them."""
    return say(f"page.{unit}", count=count(number))


def term(period: Period, *, start_stated: bool = True, end_stated: bool = True) -> Said:
    """Say a term; an end that the paper leaves open is said to be so.

    Examples
    --------
    >>> term(Period(), start_stated=False).zh
    '起始未载明 至 长期'
    """
    if period.first is not None and period.first == period.last:
        return same(str(period.first))
    first = same(str(period.first)) if period.first else say(_open_start(start_stated))
    if period.last:
        last = same(str(period.last))
    else:
        last = say("page.long_term" if end_stated else "page.to_open")
    return say("page.span", first=first, last=last)


def last_day(day: date | None, *, is_long_term: bool = False) -> date | Said:
    """Give the last day of a term; where the paper names none, say so, or that it says 长期.

    Examples
    --------
    >>> last_day(None).zh, last_day(None, is_long_term=True).zh
    ('终止未载明', '长期')
    """
    return day or say("page.long_term" if is_long_term else "page.to_open")


def _open_start(stated: bool) -> str:
    return "page.from_start" if stated else "page.from_open"


def term_of(item: EvidenceItem) -> Said:
    """Say the term of an exhibit, or that its entries differ."""
    if item.kind == "contract" and len({(line.term, line.end_stated) for line in item.lines}) > 1:
        return say("page.terms_differ")
    return term(item.term, start_stated=item.start_stated, end_stated=item.end_stated)


def gap_days(gap: GapBox) -> Said:
    """Say the days of a gap, and whether days between the first and the last are missing."""
    days = term(gap.term)
    return days if gap.unbroken else say("page.broken_days", days=days)


def window(period: Period) -> Said:
    """Say the window of a trace."""
    if period == Period():
        return say("page.window_all")
    first = same(str(period.first)) if period.first else say("page.from_start")
    last = same(str(period.last)) if period.last else say("page.from_start")
    if period.first == period.last:
        return first
    return say("page.span", first=first, last=last)


def segments(listed: Sequence[str], shown: int = 1) -> Said:
    """Say the first segments and how many there are."""
    if len(listed) <= shown:
        return join(same(segment) for segment in listed)
    first = join(same(segment) for segment in listed[:shown])
    return say("page.segments_more", first=first, count=len(listed), rest=len(listed) - shown)


def place(where: Place) -> Said:
    """Say where a record stands: file, sheet, rows, page of the case file."""
    parts = [same(where.path)]
    if where.sheet:
        parts.append(say("page.sheet_named", sheet=where.sheet))
    if where.first_row == where.last_row:
        parts.append(say("page.row_one", first=where.first_row))
    else:
        parts.append(say("page.row_span", first=where.first_row, last=where.last_row))
    if where.source_ref:
        parts.append(same(where.source_ref))
    return Said(" ".join(part.zh for part in parts), " ".join(part.en for part in parts))


def sources(lines: Sequence[Line]) -> Said:
    """Say where an exhibit stands, in short."""
    if not lines:
        return same("")
    first = place(lines[0].place)
    if len(lines) == 1:
        return first
    return say("page.source_more", source=first, count=len(lines), rest=len(lines) - 1)
