"""Cards of an i2 chart: one record each, with its day, its place, and what it says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracer.messages import Language, text
from tracer.model.evidence import Allocation, Contract
from tracer.model.mark import Correction
from tracer.report.exchange.cleaning import as_named, stated
from tracer.report.exchange.network import Tie
from tracer.report.exchange.strands import source, statuses, when
from tracer.report.exchange.wording import corrected_line
from tracer.report.exhibits import place_of
from tracer.report.view import Lead
from tracer.report.wording import messages, place, term

__all__ = ["Card", "allocation_card", "lead_card", "tie_card"]


@dataclass(frozen=True, slots=True)
class Card:
    """What a chart item carries beside its label.

    Parameters
    ----------
    kind : str
        What its source is.
    day : datetime.date or None
        The first day; `when` tells the whole term.
    words : str
        Where the record stands, to the digest of its file.
    """

    summary: str
    kind: str
    day: date | None
    when: str
    source: str
    words: str


def tie_card(tie: Tie, lang: Language) -> Card:
    """Make the card of a contract row or a routing total."""
    record = tie.record
    if isinstance(record, Contract):
        listed = text("page.list_mark", lang).join(s.label for s in record.segments)
        shown = f"{as_named(record.contract_no)} {listed}"
    else:
        shown = f"{record.number} {messages(record.messages, record.unit).get(lang)}"
    evidence = text("page.list_mark", lang).join(tie.evidence)
    lines = [
        f"{as_named(record.upstream)} → {as_named(record.downstream)}",
        statuses(tie, lang),
        record.ref.record_id,
        f"SHA-256 {record.ref.digest}",
        *corrected_line(tie.corrections, lang),
    ]
    if not isinstance(record, Contract):
        lines += [as_named(record.reporter)] if record.reporter else []
    elif record.document is not None:
        lines += _document(record, lang)
    return Card(
        summary=f"{evidence} {shown}".strip(),
        kind=text(f"page.kind.{tie.kind}", lang),
        day=tie.days.first,
        when=when(tie, lang),
        source=source(tie, lang),
        words="\n".join(lines),
    )


def _document(record: Contract, lang: Language) -> list[str]:
    paper = record.document
    if paper is None:
        return []
    page = f" {stated(paper.page)}" if paper.page else ""
    named = f"{text('page.field.document', lang)} {stated(paper.path)}{page}"
    return [named, f"SHA-256 {paper.digest}"] if paper.digest else [named]


def allocation_card(row: Allocation, made: Iterable[Correction], lang: Language) -> Card:
    """Make the card of an allocation, for its holder."""
    parts = (row.segment.label, row.certificate_no, row.authority)
    digest = f"SHA-256 {row.ref.digest}"
    lines = [row.ref.record_id, digest, *corrected_line(made, lang)]
    days = term(
        row.term,
        start_stated=row.term.first is not None,
        end_stated=row.term.last is not None,
    )
    return Card(
        summary=" ".join(as_named(part) for part in parts if part),
        kind=text("page.kind.allocation", lang),
        day=row.term.first,
        when=days.get(lang),
        source=stated(place(place_of(row.ref, row)).get(lang)) or "",
        words="\n".join(lines),
    )


def lead_card(lead: Lead, lang: Language) -> Card:
    """Make the card of a record that might close a gap, and why it does not count."""
    where = lead.place
    ends = f"{as_named(lead.upstream)} {as_named(lead.detail)}"
    return Card(
        summary=f"{ends}: {text(f'why.{lead.why}', lang)}",
        kind="",
        day=None,
        when="",
        source=stated(place(where).get(lang)) or "",
        words=f"{lead.record}\nSHA-256 {where.digest}",
    )
