"""Rows of the workbook that tell of the records, each once, wherever they serve."""

from collections.abc import Iterable, Iterator
from typing import Final

from tracer.messages import Language, text
from tracer.model.evidence import Allocation, Contract, RoutingTotal
from tracer.report.exchange.cleaning import as_named, stated
from tracer.report.exchange.network import Network, Tie
from tracer.report.workbook import Cell

__all__ = ["RECORDS", "UNPRINTED", "record_rows"]

RECORDS: Final = (
    "evidence", "scope", "kind", "upstream", "downstream", "segment", "first_day", "last_day",
    "not_stated", "messages", "reporter", "path", "sheet", "first_row", "last_row", "source_ref",
    "numbers", "blocked", "parts", "price", "document", "record", "sha256",
)  # fmt: skip
UNPRINTED: Final = 7
"""Columns at the end that stay off paper."""


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
        shown = _listed(dict.fromkeys(nos.get(record, ())), lang)
        listed = _listed(dict.fromkeys(numbers.get(record, ())), lang)
        yield (
            shown,
            text("page.scope_mark.holding", lang),
            text("page.kind.allocation", lang),
            None,
            as_named(row.holder),
            " ".join(as_named(part) for part in (row.certificate_no, row.segment.label) if part),
            row.term.first,
            row.term.last,
            None,
            None,
            None,
            *_file(row),
            listed,
            None,
            None,
            None,
            *_names(row),
        )
    for tie in network.ties:
        yield _tie(tie, lang)


def _tie(tie: Tie, lang: Language) -> tuple[Cell, ...]:
    record, days = tie.record, tie.days
    scopes = dict.fromkeys(each.scope for each in tie.standings)
    total = None if isinstance(record, Contract) else record
    return (
        _listed(tie.evidence, lang),
        _listed((text(f"exchange.scope.{each}", lang) for each in scopes), lang),
        text(f"page.kind.{tie.kind}", lang),
        as_named(record.upstream),
        as_named(record.downstream),
        _what(record, lang),
        days.first,
        days.last,
        _silent(record, lang),
        None if total is None else total.messages,
        None if total is None or total.reporter is None else as_named(total.reporter),
        *_file(record),
        _listed(dict.fromkeys(each.number for each in tie.standings), lang),
        None if total is None else total.blocked,
        None if total is None else total.parts,
        stated(record.unit_price_raw) if isinstance(record, Contract) else None,
        *_names(record),
    )


def _what(record: Contract | RoutingTotal, lang: Language) -> str:
    if isinstance(record, RoutingTotal):
        return record.number
    listed = _listed((as_named(each.label) for each in record.segments), lang)
    return " ".join(part for part in (as_named(record.contract_no), listed) if part)


def _silent(record: Contract | RoutingTotal, lang: Language) -> str | None:
    """Name the ends of a term that the paper does not state."""
    if isinstance(record, RoutingTotal):
        return None
    ends = {"page.from_open": record.start_stated, "page.to_open": record.end_stated}
    return _listed((text(key, lang) for key, is_stated in ends.items() if not is_stated), lang)


def _file(row: Allocation | Contract | RoutingTotal) -> tuple[Cell, ...]:
    """Say where a record stands."""
    ref = row.ref
    page = None if isinstance(row, RoutingTotal) else stated(row.source_ref)
    return (stated(ref.path), stated(ref.sheet), ref.row, ref.last_row, page)


def _names(row: Allocation | Contract | RoutingTotal) -> tuple[Cell, ...]:
    """Name its scan, and the record and its file for machines."""
    paper = None if isinstance(row, RoutingTotal) else row.document
    parts = () if paper is None else (stated(paper.path), stated(paper.page))
    scan = " ".join(part for part in parts if part)
    return (scan or None, row.ref.record_id, row.ref.digest)
