"""Evidence numbers: which records of a trace make one exhibit, and what it is called."""

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from tracer.graph.result import Hop, Trace
from tracer.model.evidence import Allocation, Contract, RoutingTotal
from tracer.model.money import grouped_yuan
from tracer.model.period import Period
from tracer.model.source import RecordRef
from tracer.report.rows import HopOrder
from tracer.report.view import EvidenceItem, Line, Place

__all__ = ["Numbering", "collect_exhibits", "place_of"]

_CONTRACT_FACTS = (
    "title",
    "kind",
    "right",
    "signed_on",
    "sublease_clause",
    "approval_no",
    "amends",
    "region",
    "purpose",
)
_ALLOCATION_FACTS = ("certificate_no", "authority", "region", "purpose")
_Key = tuple[str, ...]


class Numbering:
    """Hands out `E001`, `E002` …, the same number to the same exhibit throughout a page."""

    def __init__(self) -> None:
        self._given: dict[_Key, str] = {}

    def number(self, *key: str) -> str:
        """Give the number of an exhibit, a new one when it has none.

        Examples
        --------
        >>> numbering = Numbering()
        >>> numbering.number("a"), numbering.number("b"), numbering.number("a")
        ('E001', 'E002', 'E001')
        """
        return self._given.setdefault(key, f"E{len(self._given) + 1:03d}")


def place_of(
    ref: RecordRef, record: Allocation | Contract | None = None, last_row: int | None = None
) -> Place:
    """Say where a record stands."""
    return Place(
        record=ref.record_id,
        path=ref.path,
        sheet=ref.sheet,
        first_row=ref.row,
        last_row=ref.last_row if last_row is None else last_row,
        digest=ref.digest,
        source_ref=record.source_ref if record else None,
        document=record.document if record else None,
    )


def collect_exhibits(
    trace: Trace, numbering: Numbering, order: HopOrder
) -> tuple[EvidenceItem, ...]:
    """Make the exhibits of a trace, numbered from the holder's title down the layers.

    Allocations first, then hop by hop the contracts and the routing records; access of carriers,
    contracts without a segment and stopped traffic, which evidence no hop, come last.
    """
    items = [_allocation(row, numbering) for row in trace.allocations]
    for hop in sorted(trace.hops, key=lambda hop: order(hop.upstream, hop.downstream)):
        ends = (hop.upstream, hop.downstream)
        items += _contracts(trace, hop.contracts, "hop", numbering, hop)
        if hop.routing or hop.messages:
            items.append(
                _routing(
                    hop.routing,
                    "hop",
                    ends,
                    numbering.number("routing", "hop", trace.number, *ends),
                    status=hop.status,
                    attested=hop.attested,
                    messages=hop.messages,
                    covered=hop.messages_covered,
                    blocked=hop.blocked,
                    parts=hop.parts,
                    unit=hop.unit,
                )
            )
    for access in trace.access:
        ends = (access.carrier, access.party)
        items += _contracts(trace, access.contracts, "access", numbering)
        if access.routing or access.messages:
            number = numbering.number("routing", "access", trace.number, *ends)
            items.append(
                _routing(
                    access.routing,
                    "access",
                    ends,
                    number,
                    messages=access.messages,
                    covered=access.messages_covered,
                )
            )
    items += _contracts(trace, trace.unsegmented, "unsegmented", numbering)
    for pair in trace.blocked_only:
        ends = (pair.upstream, pair.downstream)
        number = numbering.number("routing", "blocked", trace.number, *ends)
        items.append(_routing(pair.routing, "blocked", ends, number, blocked=pair.blocked))
    return tuple(sorted(items, key=lambda item: (len(item.no), item.no)))


def _allocation(row: Allocation, numbering: Numbering) -> EvidenceItem:
    line = Line(
        place=place_of(row.ref, row),
        segments=(row.segment.label,),
        term=row.term,
        start_stated=row.term.first is not None,
        end_stated=row.term.last is not None,
        facts=_facts(row, _ALLOCATION_FACTS),
    )
    return _item(
        numbering.number("allocation", row.ref.record_id, row.segment.prefix),
        "allocation",
        "holding",
        (line,),
        title=row.certificate_no or "",
        upstream=None,
        downstream=row.holder,
    )


def _contracts(
    trace: Trace,
    rows: Sequence[Contract],
    scope: str,
    numbering: Numbering,
    hop: Hop | None = None,
) -> list[EvidenceItem]:
    """One exhibit per contract: rows that agree in number and ends.

    Segments that concern the number traced are named before those of other codes.
    """

    def key(row: Contract) -> tuple[str, str, str]:
        return (row.contract_no, row.upstream, row.downstream)

    items = []
    for (number, upstream, downstream), group in groupby(sorted(rows, key=key), key):
        agreeing = tuple(group)
        lines = sorted((_contract_line(row) for row in agreeing), key=_line_order)
        named = (segment for row in agreeing for segment in row.segments)
        items.append(
            _item(
                numbering.number("contract", scope, number, upstream, downstream),
                "contract",
                scope,
                tuple(lines),
                near={s.label for s in named if s.overlaps(trace.number)},
                title=number,
                upstream=upstream,
                downstream=downstream,
                status=_status_of(agreeing, hop) if hop else None,
                attested=hop.attested if hop else None,
            )
        )
    return items


def _status_of(rows: Iterable[Contract], hop: Hop) -> str:
    """Give the status of a hop, as far as messages of it are under this one of its contracts."""
    is_used = any(row.covers(at.number, at.day.toordinal()) for row in rows for at in hop.traffic)
    return hop.status if is_used else "contract_only"


def _contract_line(row: Contract) -> Line:
    price = row.unit_price_raw
    if price is None and row.unit_price is not None:
        price = f"{grouped_yuan(row.unit_price)} 元/条"
    return Line(
        place=place_of(row.ref, row),
        segments=tuple(segment.label for segment in row.segments),
        term=row.term,
        start_stated=row.start_stated,
        end_stated=row.end_stated,
        price=price,
        conflicting=row.conflicting,
        facts=_facts(row, _CONTRACT_FACTS),
    )


def _routing(
    totals: Sequence[RoutingTotal],
    scope: str,
    ends: tuple[str, str],
    number: str,
    *,
    status: str | None = None,
    attested: str | None = None,
    messages: int = 0,
    covered: int = 0,
    blocked: int = 0,
    parts: int | None = None,
    unit: str = "messages",
) -> EvidenceItem:
    """One exhibit for all routing records of a pair; a line for each file, sheet and reporter."""

    def key(total: RoutingTotal) -> tuple[str, str, str, str, int]:
        ref = total.ref
        return (total.reporter or "\uffff", ref.path, ref.digest, ref.sheet or "", total.delivery)

    groups = groupby(sorted(totals, key=key), key)
    return _item(
        number,
        "routing",
        scope,
        tuple(_routing_line(tuple(group)) for _, group in groups),
        title="",
        upstream=ends[0],
        downstream=ends[1],
        status=status,
        attested=attested,
        messages=messages,
        covered=covered,
        blocked=blocked,
        parts=parts,
        unit=unit,
    )


def _routing_line(totals: tuple[RoutingTotal, ...]) -> Line:
    first = min(totals, key=lambda total: (total.ref.row, total.ref.part))
    stated = [total.parts for total in totals if total.parts is not None]
    return Line(
        place=place_of(first.ref, last_row=max(total.ref.last_row for total in totals)),
        segments=tuple(sorted({total.number for total in totals})),
        term=Period(min(total.day for total in totals), max(total.day for total in totals)),
        reporter=first.reporter,
        messages=sum(total.messages for total in totals),
        blocked=sum(total.blocked for total in totals),
        parts=sum(stated) if stated else None,
        unit=first.unit,
        rows=sum(total.rows for total in totals),
        facts=(("delivery", str(first.delivery)),),
    )


def _item(
    number: str,
    kind: str,
    scope: str,
    lines: tuple[Line, ...],
    *,
    near: Collection[str] = (),
    title: str,
    upstream: str | None,
    downstream: str,
    status: str | None = None,
    attested: str | None = None,
    messages: int = 0,
    covered: int = 0,
    blocked: int = 0,
    parts: int | None = None,
    unit: str = "messages",
) -> EvidenceItem:
    listed = {segment for line in lines for segment in line.segments}
    segments = sorted(listed, key=lambda segment: (segment not in near, segment))
    reporters = {line.reporter for line in lines} if kind == "routing" else set()
    return EvidenceItem(
        no=number,
        kind=kind,
        scope=scope,
        title=title,
        upstream=upstream,
        downstream=downstream,
        status=status,
        attested=attested,
        segments=tuple(segments),
        term=_hull(line.term for line in lines),
        start_stated=all(line.start_stated for line in lines),
        end_stated=all(line.end_stated for line in lines),
        prices=tuple(dict.fromkeys(line.price for line in lines if line.price)),
        messages=messages,
        covered=covered,
        blocked=blocked,
        parts=parts,
        unit=unit,
        numbers=len(segments),
        reporters=tuple(sorted(reporters, key=lambda name: (name is None, name or ""))),
        conflicting=any(line.conflicting for line in lines),
        lines=lines,
    )


def _facts(row: Allocation | Contract, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    found = ((name, getattr(row, name)) for name in names)
    return tuple((name, str(value)) for name, value in found if value)


def _line_order(line: Line) -> tuple[str, str, int, str]:
    place = line.place
    return (place.path, place.digest, place.first_row, place.record)


def _hull(terms: Iterable[Period]) -> Period:
    """Give the shortest period that holds all of them; no term at all is open."""
    spans = list(terms)
    firsts = [term.first for term in spans] or [None]
    lasts = [term.last for term in spans] or [None]
    known_firsts = [day for day in firsts if day is not None]
    known_lasts = [day for day in lasts if day is not None]
    return Period(
        min(known_firsts) if len(known_firsts) == len(firsts) else None,
        max(known_lasts) if len(known_lasts) == len(lasts) else None,
    )
