"""TR209: a party hands a number on, and no licence on record covers the days.

Flags
-----
One finding per party with an onward hop on days that no licence of it covers, or whose rows name no
licence at all. Only parties of which a row stands in a parties table with a licence column.

Why
---
Telecom business needs a licence: 电信条例 7; no access for those without: 短信息服务管理规定 6.

Evidence
--------
The party's rows, the contracts of its onward hops in force on such days, and the routing totals of
those days. Days and messages: those.

Limits
------
Licences that another column or paper names are not seen, nor is what a licence is for. A licence
that will end is held against nobody because a contract has no end: the days of a hop with an open
end are counted as far as its own records name days.
"""

from collections.abc import Iterator

from tracer.graph.traffic import Pair
from tracer.model.finding import Finding
from tracer.model.particulars import Licence
from tracer.model.period import join_days
from tracer.rules.base import Rule, make_finding
from tracer.rules.days import Days, common_days, days_without, span_of_spans
from tracer.rules.inspection import Inspection, join_segments
from tracer.rules.stated import fold_stated

__all__ = ["RULE"]


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    profiles = case.particulars.profiles
    for party, ways in case.found.hops.onward.items() if profiles else ():
        profile = profiles.get(party)
        if profile is None or not profile.licences:
            continue
        named = [licence for licence in profile.licences if fold_stated(licence.number)]
        pairs = [(party, downstream) for downstream, _ in ways]
        found = {pair: days for pair in pairs if (days := _uncovered(case, pair, named))}
        if found:
            yield _finding(case, party, profile.licences, found)


def _uncovered(case: Inspection, pair: Pair, licences: list[Licence]) -> Days:
    """Give the days of a hop that no licence covers."""
    scope = case.found.scope
    days = tuple(scope.axis.spans(scope.regions.days(case.found.hops.hops[pair])))
    if not licences:
        return days
    terms = [licence.term.bounds() for licence in licences]
    return days_without(common_days(days, _named_days(case, pair)), terms)


def _named_days(case: Inspection, pair: Pair) -> Days:
    """Give the first to the last day that the records of a hop, or the window, name."""
    records = case.records[pair]
    terms = [case.window, *(contract.term for contract in records.contracts)]
    ends = [end for term in terms for end in (term.first, term.last) if end is not None]
    named = [end.toordinal() for end in ends]
    named += [day for (_, day), here in records.points.items() if here.messages]
    return ((min(named), max(named)),) if named else ()


def _finding(
    case: Inspection, party: str, licences: tuple[Licence, ...], found: dict[Pair, Days]
) -> Finding:
    contracts, refs, segments, messages = [], [licence.ref for licence in licences], set(), 0
    for pair, days in found.items():
        records = case.records[pair]
        in_force = [c for c in records.contracts if common_days(days, [c.term.bounds()])]
        contracts += in_force
        segments |= {s.prefix for c in in_force for s in c.segments if s.overlaps(case.number)}
        routed = {day for _, day in records.points}
        uncovered = {day for day in routed if any(low <= day <= high for low, high in days)}
        points = {
            point: here.messages
            for point, here in records.points.items()
            if here.messages and point[1] in uncovered
        }
        messages += sum(points.values())
        segments |= {number for number, _ in points}
        refs += case.routing_refs(pair, points)
    numbers = tuple(sorted({each.number for each in licences if each.number}))
    return make_finding(
        RULE.code,
        parties=[party],
        hops=found,
        contracts=contracts,
        refs=refs,
        segment=join_segments({max(each, case.number, key=len) for each in segments}),
        span=span_of_spans(join_days(span for days in found.values() for span in days)),
        messages=messages,
        sentence="TR209.term" if any(map(fold_stated, numbers)) else "TR209",
        values={
            "party": party,
            "licences": numbers,
            "downstreams": tuple(downstream for _, downstream in sorted(found)),
        },
    )


RULE = Rule(
    code="TR209",
    name="no-licence",
    clauses=("telecom-7", "telecom-69-1", "sms-6", "sms-33"),
    check=check,
)
