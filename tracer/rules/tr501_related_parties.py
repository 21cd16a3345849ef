"""TR501: both ends of a hop share particulars, or a relation of theirs is on record.

Flags
-----
One finding per hop whose ends state the same legal representative, address or phone (folded as
names are; blank cells, and words such as 无, are equal to none), or are the two parties of a
declared relation in force on some day of the hop.

Why
---
Who knew of whom bears on reasonable care and on leases in disguise: 反电信网络诈骗法 25(2), 工信部
2020 年通知.

Evidence
--------
The rows that state what is shared, the relations, and the contracts of the hop, or its routing
where there is none. Days: those of the hop.

Limits
------
People share names, and firms share office buildings and agents' phones. A relation between firms
says nothing of what either knew.
"""

from collections import defaultdict
from collections.abc import Iterator

from tracer.graph.traffic import Pair
from tracer.model.finding import Finding
from tracer.model.particulars import PartyProfile, Relation
from tracer.model.source import RecordRef
from tracer.rules.base import Rule, make_finding
from tracer.rules.days import common_days
from tracer.rules.inspection import Inspection
from tracer.rules.stated import fold_stated

__all__ = ["RULE"]

_NOBODY = PartyProfile()

_Stated = tuple[tuple[str, RecordRef], ...]
_Shared = dict[str, list[tuple[str, RecordRef]]]
"""By column, the cells of either end that state what the other's do."""


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    declared: dict[frozenset[str], list[Relation]] = defaultdict(list)
    for relation in case.particulars.relations:
        declared[frozenset((relation.party_a, relation.party_b))].append(relation)
    profiles = case.particulars.profiles
    for pair in case.found.hops.hops if profiles or declared else ():
        shared = _shared(profiles.get(pair[0], _NOBODY), profiles.get(pair[1], _NOBODY))
        linked = _in_force(case, pair, declared.get(frozenset(pair), []))
        if shared or linked:
            yield _finding(case, pair, shared, linked)


def _shared(one: PartyProfile, other: PartyProfile) -> _Shared:
    columns = {
        "representative": _equal(one.representatives, other.representatives),
        "address": _equal(one.addresses, other.addresses),
        "phone": _equal(one.phones, other.phones),
    }
    return {column: cells for column, found in columns.items() if (cells := list(found))}


def _equal(some: _Stated, others: _Stated) -> Iterator[tuple[str, RecordRef]]:
    if not some or not others:  # as mostly: papers on parties are few
        return
    common = {fold_stated(cell) for cell, _ in some} & {fold_stated(cell) for cell, _ in others}
    for cell, ref in (*some, *others):
        if (folded := fold_stated(cell)) and folded in common:
            yield cell, ref


def _in_force(case: Inspection, pair: Pair, relations: list[Relation]) -> list[Relation]:
    """Give the relations that hold on some day of a hop."""
    if not relations:
        return []
    scope = case.found.scope
    days = tuple(scope.axis.spans(scope.regions.days(case.found.hops.hops[pair])))
    return [r for r in relations if common_days(days, [r.term.bounds()])]


def _finding(
    case: Inspection,
    pair: Pair,
    shared: _Shared,
    linked: list[Relation],
) -> Finding:
    records = case.records[pair]
    region = case.found.hops.hops[pair]
    evidence = [] if records.contracts else case.routing_refs(pair, records.points)
    sentence = ("TR501.both" if linked else "TR501") if shared else "TR501.declared"
    return make_finding(
        RULE.code,
        hops=[pair],
        contracts=records.contracts,
        refs=[
            *(ref for cells in shared.values() for _, ref in cells),
            *(r.ref for r in linked),
            *evidence,
        ],
        segment=case.segment_of(region),
        span=case.span(region),
        sentence=sentence,
        values={
            "upstream": pair[0],
            "downstream": pair[1],
            **{column: _spellings(cells) for column, cells in shared.items()},
            "declared": tuple(sorted({r.kind for r in linked})),
        },
    )


def _spellings(cells: list[tuple[str, RecordRef]]) -> tuple[str, ...]:
    """Give what cells state, one spelling of each."""
    return tuple(sorted({fold_stated(cell): cell for cell in sorted(c for c, _ in cells)}.values()))


RULE = Rule(
    code="TR501",
    name="related-parties",
    clauses=("fraud-25-2", "notice-2020"),
    check=check,
)
