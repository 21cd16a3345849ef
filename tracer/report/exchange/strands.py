"""Records as charts draw them: a contract row a line, a log a line; never two logs in one."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracer.messages import Language, text
from tracer.model.evidence import Contract, RoutingTotal
from tracer.model.period import Period
from tracer.report.exchange.cleaning import as_named, stated
from tracer.report.exchange.network import Tie, by_number
from tracer.report.exhibits import place_of
from tracer.report.wording import place, term

__all__ = [
    "CONFIRMED",
    "TENTATIVE",
    "UNCONFIRMED",
    "Strand",
    "label",
    "source",
    "statuses",
    "strands",
    "when",
]

CONFIRMED, TENTATIVE, UNCONFIRMED = "Confirmed", "Tentative", "Unconfirmed"


@dataclass(frozen=True, slots=True)
class Strand:
    """One line of a chart.

    Parameters
    ----------
    ties : tuple of Tie
        A contract row, or the totals of one log: one file, sheet, reporter and delivery.
    """

    ties: tuple[Tie, ...]

    @property
    def first(self) -> Tie:
        """The record its id and places are taken from."""
        return self.ties[0]

    @property
    def days(self) -> Period:
        """Term of the contract; first and last day of the log."""
        if self.first.kind == "contract":
            return self.first.days
        days = [tie.record.day for tie in self.ties if isinstance(tie.record, RoutingTotal)]
        return Period(min(days), max(days))

    @property
    def messages(self) -> int | None:
        """Messages of the log; None for a contract."""
        totals = [tie.record for tie in self.ties if isinstance(tie.record, RoutingTotal)]
        return sum(total.messages for total in totals) if totals else None

    @property
    def unit(self) -> str:
        """What the messages of the log are counted in."""
        record = self.first.record
        return record.unit if isinstance(record, RoutingTotal) else "messages"

    @property
    def strength(self) -> str:
        """How firmly the records show the hop, in the words of i2.

        `Confirmed` where contract and log agree in every number; `Tentative` where one of them
        alone shows it, and for access, of which no status is worked out. Records that evidence no
        hop are `Unconfirmed`.
        """
        if not self.first.is_step:
            return UNCONFIRMED
        if all(each.status == "corroborated" for each in self.first.standings):
            return CONFIRMED
        return TENTATIVE


def strands(ties: Iterable[Tie]) -> tuple[Strand, ...]:
    """Put the totals of one log together; contract rows stay as they are, in the order given."""
    found: dict[tuple[object, ...], list[Tie]] = {}
    for tie in ties:
        found.setdefault(_key(tie), []).append(tie)
    return tuple(Strand(tuple(listed)) for listed in found.values())


def _key(tie: Tie) -> tuple[object, ...]:
    record, ref = tie.record, tie.record.ref
    if isinstance(record, Contract):
        return (tie.id,)
    ends = (record.upstream, record.downstream, tie.standings)
    return (*ends, ref.path, ref.digest, ref.sheet, record.reporter, record.delivery)


def label(strand: Strand, lang: Language) -> str:
    """Name a strand: evidence number and contract, or messages of the log and who handed it in."""
    record = strand.first.record
    shown = "、".join(strand.first.evidence)
    if isinstance(record, Contract):
        return f"{shown} {as_named(record.contract_no)}"
    count = text(f"page.{strand.unit}", lang, count=f"{strand.messages:,}")
    reporter = f" · {as_named(record.reporter)}" if record.reporter else ""
    return f"{shown} {count}{reporter}"


def when(tie: Tie | Strand, lang: Language) -> str:
    """Say the days of a record or a strand, and which end the paper does not state."""
    record = tie.record if isinstance(tie, Tie) else tie.first.record
    if isinstance(record, Contract):
        said = term(record.term, start_stated=record.start_stated, end_stated=record.end_stated)
    else:
        said = term(tie.days)
    return said.get(lang)


def source(tie: Tie, lang: Language) -> str:
    """Say where a record stands: file, sheet, row, page of the case file."""
    record = tie.record
    named = record if isinstance(record, Contract) else None
    return stated(place(place_of(record.ref, named)).get(lang)) or ""


def statuses(tie: Tie, lang: Language) -> str:
    """Say the status of a record's hop, number by number where there are several."""
    keys = [
        f"status.{each.status}" if each.status else f"page.scope_mark.{each.scope}"
        for each in tie.standings
    ]
    said = [(each.number, text(key, lang)) for each, key in zip(tie.standings, keys, strict=True)]
    return said[0][1] if len({words for _, words in said}) == 1 else by_number(said)
