"""Findings about routed points (number, day), put together: their digits, days and messages."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from tracer.graph.traffic import HopTraffic, Pair, Point
from tracer.model.evidence import Contract
from tracer.model.finding import Finding, Value
from tracer.model.source import RecordRef
from tracer.rules.base import Span, make_finding
from tracer.rules.inspection import Inspection, join_segments

__all__ = ["span_of_days", "tell_hop", "tell_party"]


def tell_hop(
    rule: str,
    case: Inspection,
    pair: Pair,
    points: HopTraffic,
    contracts: Iterable[Contract] = (),
    *,
    sentence: str | None = None,
    **values: Value,
) -> Finding:
    """Give the finding about some points of a hop, of which there is at least one."""
    return make_finding(
        rule,
        hops=[pair],
        contracts=contracts,
        refs=case.routing_refs(pair, points),
        segment=join_segments(number for number, _ in points),
        span=span_of_days([day for _, day in points]),
        messages=sum(here.messages for here in points.values()),
        sentence=sentence,
        values={"upstream": pair[0], "downstream": pair[1], **values},
    )


def tell_party(
    rule: str,
    party: str,
    points: Mapping[Point, int],
    refs: Iterable[RecordRef],
    *,
    sentence: str | None = None,
    **values: Value,
) -> Finding:
    """Give the finding about a party's messages at some points, of which there is at least one."""
    return make_finding(
        rule,
        parties=[party],
        refs=refs,
        segment=join_segments(number for number, _ in points),
        span=span_of_days([day for _, day in points]),
        messages=sum(points.values()),
        sentence=sentence,
        values={"party": party, **values},
    )


def span_of_days(days: Collection[int]) -> Span:
    """Give the span of some routed days (proleptic day numbers), of which there is at least one.

    Examples
    --------
    >>> span_of_days([738703, 738705, 738703]).days
    2
    """
    return Span(len(set(days)), date.fromordinal(min(days)), date.fromordinal(max(days)))
