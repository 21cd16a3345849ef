"""Random cases for the rules: the random papers of a trace, and what else may be on record."""

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta

import hypothesis.strategies as st

from tests.graph.strategies import cases
from tracer.graph.survey import take_survey
from tracer.graph.traffic import Pair
from tracer.model.evidence import Allocation, Contract, Evidence, RoutingTotal
from tracer.model.particulars import (
    CheckRecord,
    Licence,
    Notice,
    Opening,
    Particulars,
    PartyProfile,
    Payment,
    RefusedRow,
    Relation,
)
from tracer.model.period import Period
from tracer.model.segment import Segment
from tracer.model.source import RecordRef
from tracer.rules.inspection import Inspection

__all__ = ["RandomCase", "random_cases"]

_FIRST = date(2023, 7, 1)
_CLAUSES = (None, "forbidden", "forbidden", "forbidden", "allowed", "with_consent", "silent")
_PRICES = (None, 30_000, 35_000, 40_000, 20_000, 50_000, 0)
_AGAIN = ((0, 0, 0), (0, 0, 0), (0, 1, 0), (1, 0, 0), (-3, 0, 0), (-3, 0, 3))
_REGIONS = (None, None, None, "全国", "浙江省", "浙江", "江苏")
_PURPOSES = (None, None, None, "验证码", "行业短信", "行业短信（验证码）")


@dataclass(frozen=True)
class RandomCase:
    """What was drawn: `contracts` are all those of the papers, those of other numbers too."""

    evidence: Evidence
    window: Period
    particulars: Particulars
    contracts: tuple[Contract, ...]

    def inspection(self) -> Inspection:
        return Inspection(take_survey(self.evidence, self.window), self.particulars, self)

    def between(self, pairs: Collection[Pair]) -> tuple[Contract, ...]:
        return tuple(c for c in self.contracts if (c.upstream, c.downstream) in pairs)

    def refused(self, parties: Set[str]) -> Mapping[str, tuple[RefusedRow, ...]]:
        del parties
        return {}

    def supplements(self, pairs: Collection[Pair]) -> tuple[Contract, ...]:
        clauses = {"allowed", "with_consent"}
        found = self.between(pairs)
        return tuple(c for c in found if c.amends and c.sublease_clause in clauses)


def _ref(table: str, position: int) -> RecordRef:
    return RecordRef(table, "cd" * 32, f"{table}.csv", 0, None, position + 2, position + 2)


def _days(draw: st.DrawFn) -> date | None:
    offset = draw(st.sampled_from((None, 0, 1, 2, 3, 4, 5, 6, 7)))
    return None if offset is None else _FIRST + timedelta(days=offset)


def _term(draw: st.DrawFn) -> Period:
    first, last = _days(draw), _days(draw)
    return Period(last, first) if first and last and last < first else Period(first, last)


def _adorned(draw: st.DrawFn, contract: Contract) -> Contract:
    pick = st.sampled_from
    term = contract.term
    return contract._replace(
        sublease_clause=draw(pick(_CLAUSES)),
        approval_no=draw(pick((None, None, None, "批1"))),
        amends=draw(pick((None, None, None, "HT-1", "HT-2"))),
        unit_price=draw(pick(_PRICES)),
        region=draw(pick(_REGIONS)),
        purpose=draw(pick(_PURPOSES)),
        start_stated=term.first is not None or draw(pick((False, True))),
        end_stated=term.last is not None or draw(pick((False, True))),
    )


def _allocation(draw: st.DrawFn, allocation: Allocation) -> Allocation:
    pick = st.sampled_from
    return allocation._replace(region=draw(pick(_REGIONS)), purpose=draw(pick(_PURPOSES)))


def _elsewhere(draw: st.DrawFn, evidence: Evidence) -> list[Contract]:
    """Draw contracts of the same pairs for other numbers, and such that name none."""
    drawn = []
    known = [*evidence.contracts]
    for position in range(draw(st.integers(0, 2)) if known else 0):
        like = draw(st.sampled_from(known))
        segments = draw(st.sampled_from(((), (Segment("2066"),))))
        ref = _ref("contracts_elsewhere", position)
        drawn.append(_adorned(draw, like._replace(ref=ref, segments=segments, term=_term(draw))))
    return drawn


def _second_logs(draw: st.DrawFn, routing: tuple[RoutingTotal, ...]) -> list[RoutingTotal]:
    """Let both ends hand in what is on record of one hop, now and then a little different."""
    hops = sorted({(r.upstream, r.downstream) for r in routing})
    hop = draw(st.sampled_from((None, *hops[:3])))
    drawn: list[RoutingTotal] = []
    for total in routing:
        for end in hop if hop == (total.upstream, total.downstream) else ():
            more, later, stopped = draw(st.sampled_from(_AGAIN))
            drawn.append(
                total._replace(
                    ref=_ref("routing_again", len(drawn)),
                    reporter=end,
                    delivery=2,
                    messages=total.messages and max(1, total.messages + more),
                    blocked=total.blocked + stopped,
                    day=total.day + timedelta(days=later),
                )
            )
    return drawn


def _profiles(draw: st.DrawFn, names: list[str]) -> dict[str, PartyProfile]:
    pick = st.sampled_from
    found = {}
    for position, name in enumerate(names):
        ref = _ref("parties", position)
        licences = tuple(
            Licence(ref, draw(pick((None, "许1", "许2"))), _term(draw))
            for _ in range(draw(pick((0, 0, 1, 1, 2))))
        )
        found[name] = PartyProfile(
            licences,
            tuple((each, ref) for each in draw(pick(((), (), ("张某",), ("李某",))))),
            tuple((each, ref) for each in draw(pick(((), (), ("某路1号",), ("某路 1 号",))))),
            tuple((each, ref) for each in draw(pick(((), (), ("0571-1",), ("0571-2",))))),
        )
    return {name: profile for name, profile in found.items() if profile != PartyProfile()}


def _particulars(draw: st.DrawFn, evidence: Evidence) -> Particulars:
    pick = st.sampled_from
    names = sorted(evidence.parties)
    pairs = st.sampled_from(
        sorted({(c.upstream, c.downstream) for c in evidence.contracts}) or [(names[0], names[1])]
    )
    some = st.integers(0, 3)
    checks: dict[Pair, list[CheckRecord]] = {}
    for position in range(draw(some)):
        up, down = draw(pairs)
        kind, result = (
            draw(pick(("identity", "content", "contract"))),
            draw(pick(("passed", "passed", "failed", "none", None))),
        )
        record = CheckRecord(_ref("checks", position), up, down, kind, _days(draw), result)
        checks.setdefault((up, down), []).append(record)
    payments: dict[Pair, list[Payment]] = {}
    for position in range(draw(some)):
        payee, payer = draw(pairs)
        paid = Payment(_ref("payments", position), payer, payee, 5_000_000, _days(draw) or _FIRST)
        payments.setdefault((payer, payee), []).append(paid)
    relations = []
    for position in range(draw(some)):
        a, b = draw(pairs)
        if draw(st.booleans()):
            a, b = b, a
        relations.append(Relation(_ref("relations", position), a, b, "股东", None, _term(draw)))
    openings = []
    hops = {(c.upstream, c.downstream) for c in evidence.contracts}
    hops |= {(r.upstream, r.downstream) for r in evidence.routing}
    carried = sorted(hop for hop in hops if evidence.parties[hop[0]].is_carrier)
    for position in range(draw(some)):
        segment = Segment(evidence.number + draw(pick(("", "0", "01"))))
        ends = (draw(pick(names)), draw(pick(names)))
        if carried and draw(pick((True, True, False))):
            ends = draw(pick(carried))
        openings.append(Opening(_ref("openings", position), ends[0], segment, ends[1], _term(draw)))
    notices = [
        Notice(i.ref, i.number, _days(draw), draw(pick((None, *names))), _days(draw))
        for i in evidence.incidents
    ]
    return Particulars(
        classes=frozenset(draw(pick(((), ("1069",), (evidence.number[:4],), ("1066",))))),
        profiles=_profiles(draw, names),
        checks={
            pair: tuple(sorted(found, key=lambda c: (c.done_on or date.max, c.ref.record_id)))
            for pair, found in checks.items()
        },
        checking={
            up: frozenset(c.kind for found in checks.values() for c in found if c.upstream == up)
            for up, _ in checks
        },
        openings=tuple(openings),
        payments={
            pair: tuple(sorted(found, key=lambda p: (p.paid_on, p.ref.record_id)))
            for pair, found in payments.items()
        },
        relations=tuple(relations),
        notices=tuple(sorted(notices, key=lambda n: (n.number, n.ref.record_id))),
    )


@st.composite
def random_cases(draw: st.DrawFn) -> RandomCase:
    """Draw papers, a window, and what else is on record."""
    evidence, window = draw(cases())
    contracts = tuple(_adorned(draw, contract) for contract in evidence.contracts)
    evidence = replace(
        evidence,
        contracts=tuple(c for c in contracts if c.segments),
        allocations=tuple(_allocation(draw, a) for a in evidence.allocations),
        routing=(*evidence.routing, *_second_logs(draw, evidence.routing)),
    )
    everything = (*contracts, *_elsewhere(draw, evidence))
    unsegmented: dict[Pair, tuple[Contract, ...]] = {}
    for contract in everything:
        if not contract.segments:
            pair = (contract.upstream, contract.downstream)
            unsegmented[pair] = (*unsegmented.get(pair, ()), contract)
    particulars = replace(_particulars(draw, evidence), unsegmented=unsegmented)
    return RandomCase(evidence, window, particulars, everything)
