"""Records and figures in the words of the terminal."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from tracer.cli.cells import visible
from tracer.graph.result import Chain, Gap, Hop, Trace, TracedParty
from tracer.messages import Language, text
from tracer.model.case import clock_time
from tracer.model.evidence import Allocation, Contract
from tracer.model.mark import Comment, Marks
from tracer.model.money import grouped_yuan
from tracer.model.period import Period
from tracer.model.source import RecordRef

__all__ = ["Labels", "told_time"]

_SHORT: Final = {
    "contract_only": "cli.mark.contract",
    "routing_only": "cli.mark.log",
    "partly_covered": "cli.mark.partly",
    "corroborated": "cli.mark.both",
}
_MOST_SEGMENTS: Final = 3


def told_time(at: str, zone: str) -> str:
    """Write a recorded time as a clock of the case shows it; a spoilt one as it is recorded.

    Examples
    --------
    >>> told_time("2026-01-01T00:00:00+00:00", "Asia/Shanghai"), told_time("?", "Asia/Shanghai")
    ('2026-01-01 08:00:00+08:00', '?')
    """
    try:
        return clock_time(at, zone)
    except (ValueError, OSError, KeyError):  # no time, or no zone
        return visible(at)


class Labels:
    """Puts things into words, in one language.

    Parameters
    ----------
    lang : {"zh", "en"}
        The language.
    """

    def __init__(self, lang: Language) -> None:
        self.lang = lang

    def say(self, key: str, /, **values: object) -> str:
        """Look a text up."""
        return text(key, self.lang, **values)

    def join(self, items: Iterable[str]) -> str:
        """Set items in a row as the language does."""
        return ("、" if self.lang == "zh" else ", ").join(items)

    def mark(self, status: str) -> str:
        """Give a hop's status as a short mark in brackets."""
        return self.say(_SHORT[status])

    def untied(self, trace: Trace, hop: Hop, key: str) -> str:
        """Say which contracts of a hop without any other name no segment; empty if none do.

        One of them may be the very paper, and nothing on record ties it to the number.
        """
        ends = (hop.upstream, hop.downstream)
        found = {c.contract_no for c in trace.unsegmented if (c.upstream, c.downstream) == ends}
        if hop.contracts or not found:
            return ""
        return self.say(key, numbers=self.join(visible(each) for each in sorted(found)))

    def count(self, messages: int) -> str:
        """Count messages.

        Examples
        --------
        >>> Labels("zh").count(4312), Labels("en").count(1)
        ('4,312 条', '1 msg')
        """
        return self.say("cli.messages", count=f"{messages:,}")

    def days(self, first: date | None, last: date | None) -> str:
        """Write a run of days; open ends as such.

        Examples
        --------
        >>> Labels("en").days(date(2023, 7, 1), None), Labels("zh").days(None, None)
        ('2023-07-01…', '全部日期')
        """
        if first is None and last is None:
            return self.say("cli.all_days")
        if first == last:
            return str(first)
        return f"{first or ''}…{last or ''}"

    def chain_days(self, each: Chain | Gap) -> str:
        """Write the days of a chain or gap, and whether days between them are missing."""
        days = self.days(each.first_day, each.last_day)
        return days if each.unbroken else self.say("cli.broken_days", days=days)

    def window(self, window: Period) -> str:
        """Write the days of a scope."""
        return self.days(window.first, window.last)

    def term(self, contract: Contract) -> str:
        """Write a contract's term; where an end is open, why."""
        first, last = contract.term.first, contract.term.last
        start = str(first) if first else self._open("start", contract.start_stated)
        end = str(last) if last else self._open("end", contract.end_stated)
        return f"{start}…{end}"

    def _open(self, end: str, stated: bool) -> str:
        return self.say(f"cli.term.{end}_open" if stated else f"cli.term.{end}_unstated")

    def segments(self, contract: Contract, number: str) -> str:
        """Write the segments of a contract that concern the number, as the paper states them."""
        near = [each for each in contract.segments if each.overlaps(number)] or contract.segments
        stated = list(dict.fromkeys(each.label for each in near))
        shown = self.join(visible(each) for each in stated[:_MOST_SEGMENTS])
        left = len(contract.segments) - sum(
            each.label in stated[:_MOST_SEGMENTS] for each in contract.segments
        )
        return shown + (self.say("cli.more_segments", count=left) if left > 0 else "")

    def contract(self, contract: Contract, number: str) -> list[str]:
        """Write one row of a contract in pieces: number, segment, term, price, clause, place."""
        pieces = [
            self.say("cli.contract", number=visible(contract.contract_no)),
            self.segments(contract, number) if contract.segments else self.say("why.no_segment"),
            self.term(contract),
        ]
        if contract.unit_price is not None:
            pieces.append(self.say("cli.price", yuan=grouped_yuan(contract.unit_price)))
        if contract.sublease_clause is not None:
            pieces.append(self.say(f"cli.clause.{contract.sublease_clause}"))
        if contract.conflicting:
            pieces.append(self.say("cli.conflicting"))
        pieces.append(self.place(contract.ref))
        if contract.document is not None:
            pieces.append(self.say("cli.document", path=visible(contract.document.path)))
        return pieces

    def comment(self, comment: Comment) -> list[str]:
        """Write what somebody wrote: grade, text, paper, who."""
        pieces = [self.grade(comment.grade)] if comment.grade else []
        pieces.append(visible(comment.text))
        if (paper := comment.document) is not None:
            page = self.say("page.comment_page", page=visible(paper.page)) if paper.page else ""
            said = f"{visible(paper.path)} {page}".strip(" ，,")
            pieces.append(self.say("cli.document", path=said))
        pieces.append(f"{visible(comment.operator)} #{comment.event}")
        return pieces

    def corrected(self, marks: Marks, ref: RecordRef) -> list[str]:
        """Say which values of a record were put right; nothing of one that reads as its paper."""
        blank = self.say("page.blank_cell")
        return [
            self.say(
                "cli.mark.corrected",
                field=visible(each.printed),
                was=visible(each.was) or blank,
                now=visible(each.now) or blank,
                event=each.event,
            )
            for each in marks.corrections.get(ref.record_id, ())
        ]

    def grade(self, grade: str) -> str:
        """Write a grade with its letter."""
        return self.say("cli.grade", grade=self.say(f"grade.{grade}"))

    def place(self, ref: RecordRef) -> str:
        """Write where a record stands: file, sheet, row."""
        name = visible(ref.path.rpartition("/")[2])
        if ref.sheet:
            return self.say("cli.place_sheet", file=name, sheet=visible(ref.sheet), row=ref.row)
        return self.say("cli.place", file=name, row=ref.row)

    def log(self, hop: Hop) -> list[str]:
        """Write what the logs say of a hop beside its messages; nothing without logs."""
        pieces: list[str] = []
        if hop.traffic:
            days = [each.day for each in hop.traffic]
            pieces.append(self.say("cli.log", days=self.days(min(days), max(days))))
            pieces.append(self._numbers(hop))
        if hop.status == "partly_covered":
            pieces.append(self.say("cli.covered", count=f"{hop.messages_covered:,}"))
        if hop.parts is not None:
            pieces.append(self.say("cli.parts", count=f"{hop.parts:,}"))
        if hop.unit == "parts":
            pieces.append(self.say("cli.unit_parts"))
        if hop.blocked:
            pieces.append(self.say("cli.blocked", count=f"{hop.blocked:,}"))
        return pieces

    def _numbers(self, hop: Hop) -> str:
        numbers = sorted({each.number for each in hop.traffic})
        if len(numbers) <= _MOST_SEGMENTS:
            return self.join(numbers)
        return self.say("cli.numbers", count=len(numbers))

    def allocation(self, allocation: Allocation) -> list[str]:
        """Write an allocation in pieces."""
        pieces = [visible(allocation.segment.label)]
        pieces.append(visible(allocation.holder))
        if allocation.authority:
            pieces.append(visible(allocation.authority))
        if allocation.certificate_no:
            pieces.append(self.say("cli.certificate", number=visible(allocation.certificate_no)))
        pieces.append(self.days(allocation.term.first, allocation.term.last))
        pieces.append(self.place(allocation.ref))
        return pieces

    def flow(self, traced: TracedParty) -> list[str]:
        """Say what of a party's traffic is not explained."""
        pieces = []
        if traced.unresolved:
            pieces.append(self.say("cli.unresolved", count=f"{traced.unresolved:,}"))
        if traced.withheld:
            pieces.append(self.say("cli.withheld", count=f"{traced.withheld:,}"))
        return pieces

    def starts(self, starts: Sequence[str]) -> str:
        """Write how a chain starts."""
        return self.join(self.say(f"start.{each}") for each in starts)

    def ends(self, ends: Sequence[str]) -> str:
        """Write how a chain ends."""
        return self.join(self.say(f"end.{each}") for each in ends)
