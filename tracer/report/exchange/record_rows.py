"""Rows of the workbook that tell of the records, each once, wherever they serve."""

from collections.abc import Iterable, Iterator
from typing import Final

from tracer.messages import Language, text
from tracer.model.evidence import Allocation, Contract, RoutingTotal
from tracer.report.exchange.cleaning import as_named, stated
from tracer.report.exchange.network import Network, Tie
from tracer.report.exhibits import place_of
from tracer.report.workbook import Cell

__all__ = ["MACHINE_COLUMNS", "RECORDS", "record_rows"]

RECORDS: Final = (
    "evidence", "numbers", "scope", "kind", "upstream", "downstream", "segment", "first_day",
    "last_day", "not_stated", "messages", "blocked", "parts", "reporter", "price", "path", "sheet",
    "first_row", "last_row", "source_ref", "document", "record", "sha256",
)  # fmt: skip
MACHINE_COLUMNS: Final = 2
"""Columns of names for machines at the end of the records: not printed."""


def _listed(parts: Iterable[str], lang: Language) -> str | None:
    return text("page.list_mark", lang).join(parts) or None


def record_rows(network: Network, lang: Language) -> Iterator[tuple[Cell, ...]]:
    """Yield every record once: allocations, then contract rows and routing totals."""
    nos: dict[str, list[str]] = {}
    numbers: dict[str, list[str]] = {}
    for view in network.views:
        for item in view.items("holding"):
            for line in item.lines:
                nos.setdefault(line.place.record, []).append(item.no)
                numbers.setdefault(line.place.record, []).append(view.number)
    for row in network.allocations:
        record = row.ref.record_id
        listed = dict.fromkeys(numbers.get(record, ()))
        shown = _listed(dict.fromkeys(nos.get(record, ())), lang)
        yield (shown, _listed(listed, lang), *_allocation(row, lang), *_place(row))
    for tie in network.ties:
        listed = dict.fromkeys(each.number for each in tie.standings)
        shown = _listed(tie.evidence, lang)
        yield (shown, _listed(listed, lang), *_tie(tie, lang), *_place(tie.record))


def _allocation(row: Allocation, lang: Language) -> tuple[Cell, ...]:
    return (
        text("page.scope_mark.holding", lang),
        text("page.kind.allocation", lang),
        None,
        as_named(row.holder),
        " ".join(as_named(part) for part in (row.certificate_no, row.segment.label) if part),
        row.term.first,
        row.term.last,
        *(None,) * 6,
    )


def _tie(tie: Tie, lang: Language) -> tuple[Cell, ...]:
    record, days = tie.record, tie.days
    scopes = dict.fromkeys(each.scope for each in tie.standings)
    scope = _listed((text(f"exchange.scope.{each}", lang) for each in scopes), lang)
    ends = (as_named(record.upstream), as_named(record.downstream))
    shown = (scope, text(f"page.kind.{tie.kind}", lang), *ends)
    if isinstance(record, Contract):
        listed = _listed((as_named(each.label) for each in record.segments), lang)
        named = " ".join(part for part in (as_named(record.contract_no), listed) if part)
        silent = [] if record.start_stated else [text("page.from_open", lang)]
        silent += [] if record.end_stated else [text("page.to_open", lang)]
        price = stated(record.unit_price_raw)
        return (*shown, named, days.first, days.last, _listed(silent, lang), *(None,) * 4, price)
    reporter = record.reporter and as_named(record.reporter)
    counts = (record.messages, record.blocked, record.parts)
    return (*shown, record.number, days.first, days.last, None, *counts, reporter, None)


def _place(row: Allocation | Contract | RoutingTotal) -> tuple[Cell, ...]:
    """Say where a record stands; what names it for machines comes last."""
    where = place_of(row.ref, None if isinstance(row, RoutingTotal) else row)
    paper = where.document
    scan = (
        None if paper is None else " ".join(filter(None, (stated(paper.path), stated(paper.page))))
    )
    return (
        stated(where.path),
        stated(where.sheet),
        where.first_row,
        where.last_row,
        stated(where.source_ref),
        scan,
        where.record,
        where.digest,
    )
