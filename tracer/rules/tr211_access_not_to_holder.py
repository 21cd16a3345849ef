"""TR211: a carrier gave access, or opened a segment, to a party that is not its holder.

Flags
-----
One finding per carrier and party with a point (number, day) that somebody is allocated, the party
is not the holder there, and an access hop of the carrier to the party is evidenced, or an opening
(开通/备案) on record names the party, not the carrier itself, as user.

Why
---
The user opened must be the certificate's holder: MIIT notice of 2020. Access codes are to be
registered accurately: 通信短信息服务管理规定 7.

Evidence
--------
The contracts, routing totals and openings of carrier and party at such points, and the
allocations there. Days: those of such points. Messages: those of the access hop there.

Limits
------
An allocation that changed hands, or a user that acts in the holder's name on a paper that was not
handed in, look the same. Where nobody is on record as holder nothing is said.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from tracer.graph.regions import EMPTY
from tracer.graph.traffic import Pair
from tracer.model.finding import Finding
from tracer.model.particulars import Opening
from tracer.model.period import join_days
from tracer.rules.base import Rule, make_finding, some_names
from tracer.rules.days import Days, common_days, span_of_spans
from tracer.rules.inspection import Inspection, join_segments

__all__ = ["RULE"]


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    openings: dict[Pair, list[tuple[Opening, dict[str, Days]]]] = defaultdict(list)
    for opening in case.particulars.openings:
        if opening.user != opening.carrier and (held := _held_by_others(case, opening)):
            openings[opening.carrier, opening.user].append((opening, held))
    for pair in sorted(case.found.hops.access.keys() | openings.keys()):
        if finding := _finding(case, pair, openings.get(pair, [])):
            yield finding


def _held_by_others(case: Inspection, opening: Opening) -> dict[str, Days]:
    """Give the holders of an opened segment on days on which its user is none, and these days."""
    scope = case.found.scope
    tree, algebra = scope.tree, scope.regions
    prefix = max(opening.segment.prefix, case.number, key=len)
    nodes = [tree.covering(prefix)]
    place = bisect_left(tree.digits, prefix)
    while place < len(tree.digits) and tree.digits[place].startswith(prefix):
        nodes.append(place)
        place += 1
    mine = scope.holders.get(opening.user, EMPTY)
    found: dict[str, Days] = {}
    for holder, where in scope.holders.items():
        masks = [algebra.at(where, node) & ~algebra.at(mine, node) for node in nodes]
        days = join_days(span for mask in masks for span in scope.axis.spans(mask))
        if common := common_days(days, [opening.term.bounds()]):
            found[holder] = common
    return found


def _finding(
    case: Inspection, pair: Pair, openings: list[tuple[Opening, dict[str, Days]]]
) -> Finding | None:
    """Give the finding of a carrier and a party, None where the party is the holder."""
    scope = case.found.scope
    algebra = scope.regions
    region = algebra.meet(case.found.hops.access.get(pair, EMPTY), scope.allocated)
    region = algebra.less(region, scope.holders.get(pair[1], EMPTY))
    by_opening = [span for _, held in openings for days in held.values() for span in days]
    days = join_days([*scope.axis.spans(algebra.days(region)), *by_opening])
    if not days:
        return None
    points = case.traffic_in(pair, region)
    holders = {holder for _, held in openings for holder in held}
    holders |= {holder for holder, where in scope.holders.items() if algebra.meet(where, region)}
    allocations = [
        allocation
        for allocation in case.found.evidence.allocations
        if allocation.holder in holders and common_days([allocation.term.bounds()], days)
    ]
    opened = [max(opening.segment.prefix, case.number, key=len) for opening, _ in openings]
    used = (case.segment_of(region) or "").split(";") if region else []
    kind = "" if not openings else ".both" if region else ".opening"
    return make_finding(
        RULE.code,
        parties=pair,
        hops=[pair] if region else [],
        contracts=case.contracts_in(pair, region),
        refs=[
            *case.routing_refs(pair, points),
            *(opening.ref for opening, _ in openings),
            *(allocation.ref for allocation in allocations),
        ],
        segment=join_segments([*opened, *used]),
        span=span_of_spans(days),
        messages=sum(here.messages for here in points.values()),
        sentence=RULE.code + kind,
        values={"carrier": pair[0], "party": pair[1], "holders": some_names(holders)},
    )


RULE = Rule(
    code="TR211",
    name="access-not-to-holder",
    clauses=("notice-2020", "sms-6", "sms-7", "numbers-5"),
    check=check,
)
