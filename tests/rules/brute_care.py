"""Rules read point by point: those of `messages.rules_care`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from tests.graph.brute_point import Hop, Point, within
from tracer.model.evidence import Contract
from tracer.model.period import Period
from tracer.model.source import RecordRef

from .brute_case import BruteCase, Found, Reading

__all__ = ["READINGS"]


def told_apart(case: BruteCase, terms: Iterable[Period]) -> BruteCase:
    """The case with days enough in its universe to tell these terms apart too."""
    ref = RecordRef("none", "ef" * 32, "none.csv", 0, None, 2, 2)
    marks = tuple(Contract(ref, "", "", "", (), term) for term in terms)
    return BruteCase(replace(case.drawn, contracts=(*case.drawn.contracts, *marks)))


def hops_of(case: BruteCase) -> dict[Hop, list[Point]]:
    """Hops of the scope that are no access, with the points at which they are evidenced."""
    found: dict[Hop, list[Point]] = defaultdict(list)
    for point, hops in case.scope.hops.items():
        for hop in hops:
            if not case.is_access(hop[0]):
                found[hop].append(point)
    return found


def in_force(case: BruteCase, hop: Hop, points: Iterable[Point]) -> set[str]:
    return {c.contract_no for point in points for c in case.scope.contracts_at(hop, point)}


def tr209(case: BruteCase) -> Iterator[Found]:
    profiles = case.drawn.particulars.profiles
    case = told_apart(case, (each.term for p in profiles.values() for each in p.licences))
    loose: dict[str, dict[Hop, list[Point]]] = defaultdict(dict)
    for hop, points in hops_of(case).items():
        if hop[0] not in profiles or not profiles[hop[0]].licences:
            continue
        licences = [each for each in profiles[hop[0]].licences if each.number]
        routed = case.scope.messages_of(hop)
        contracts = {id(c): c for point in points for c in case.scope.contracts_at(hop, point)}
        terms = [case.window, *(c.term for c in contracts.values())]
        named = [end.toordinal() for term in terms for end in (term.first, term.last) if end]
        named += [day for _, day in routed]
        uncovered = [
            (number, day)
            for number, day in points
            if not any(within(each.term, day) for each in licences)
            if not licences or (named and min(named) <= day <= max(named))
        ]
        if uncovered:
            loose[hop[0]][hop] = uncovered
    for party, hops in loose.items():
        days = {hop: {day for _, day in points} for hop, points in hops.items()}
        yield Found(
            "TR209",
            (party,),
            tuple(sorted({n for hop, points in hops.items() for n in in_force(case, hop, points)})),
            messages=sum(case.messages(hop, points) for hop, points in hops.items()),
            sentence="TR209.term" if any(e.number for e in profiles[party].licences) else "TR209",
            **case.span(day for each in days.values() for day in each),
        )


def _first_day(case: BruteCase, hop: Hop) -> date | None:
    """First day of a hop under numbers asked for, in the window or not; None where open."""
    evidence = case.drawn.evidence
    begins = [
        c.term.first or date.min
        for c in evidence.contracts
        if (c.upstream, c.downstream) == hop
        and any(s.overlaps(evidence.number) for s in c.segments)
    ]
    begins += [r.day for r in evidence.routing if (r.upstream, r.downstream) == hop and r.messages]
    return None if min(begins) == date.min else min(begins)


def unchecked(code: str, kind: str, case: BruteCase) -> Iterator[Found]:
    everything = [c for done in case.drawn.particulars.checks.values() for c in done]
    for hop, points in hops_of(case).items():
        if not any(c.upstream == hop[0] and c.kind == kind for c in everything):
            continue
        passed = [
            c
            for c in everything
            if (c.upstream, c.downstream, c.kind) == (*hop, kind) and c.result != "failed"
        ]
        passed = [c for c in passed if c.result != "none"]
        failed = [
            c
            for c in everything
            if (c.upstream, c.downstream, c.kind, c.result) == (*hop, kind, "failed")
        ]
        span = case.span(day for _, day in points)
        first = _first_day(case, hop)
        if any(not first or not c.done_on or c.done_on <= first for c in passed):
            continue
        yield Found(
            code,
            tuple(sorted(hop)),
            tuple(sorted(in_force(case, hop, points))),
            messages=case.messages(hop, points),
            sentence=code + ".later" * bool(passed) + ".failed" * bool(failed),
            **span,
        )


def tr404(case: BruteCase) -> Iterator[Found]:
    for hop in hops_of(case):
        routed = {point: n for point, (n, _) in case.scope.messages_of(hop).items() if n}
        for number in sorted({number for number, _ in routed}):
            notices = [n for n in case.drawn.particulars.notices if n.number == number]
            told = [n for n in notices if n.notified == hop[0]]
            reported = sorted(n.reported_on for n in notices if n.reported_on)
            notified = sorted(n.notified_on for n in told if n.notified_on)
            starts = [*reported[:1], *notified[:1]]
            if not starts:
                continue
            after = {p: n for p, n in routed.items() if p[0] == number}
            after = {p: n for p, n in after.items() if p[1] > max(starts).toordinal()}
            if after:
                yield Found(
                    "TR404",
                    tuple(sorted(hop)),
                    messages=sum(after.values()),
                    sentence="TR404.notified" if notified else "TR404.undated" if told else "TR404",
                    **case.span(day for _, day in after),
                )


def tr501(case: BruteCase) -> Iterator[Found]:
    particulars = case.drawn.particulars
    case = told_apart(case, (r.term for r in particulars.relations))
    for hop, points in hops_of(case).items():
        one, other = (particulars.profiles.get(end) for end in hop)
        shared = (
            one is not None
            and other is not None
            and any(
                a.replace(" ", "") == b.replace(" ", "")
                for field in ("representatives", "addresses", "phones")
                for a, _ in getattr(one, field)
                for b, _ in getattr(other, field)
            )
        )
        linked = any(
            {r.party_a, r.party_b} == set(hop) and any(within(r.term, day) for _, day in points)
            for r in particulars.relations
        )
        if shared or linked:
            yield Found(
                "TR501",
                tuple(sorted(hop)),
                tuple(sorted(in_force(case, hop, points))),
                sentence="TR501.declared" if not shared else "TR501.both" if linked else "TR501",
                **case.span(day for _, day in points),
            )


def tr502(case: BruteCase) -> Iterator[Found]:
    for hop in hops_of(case):
        amount, contracts, counted = 0, set(), {}
        for point, (messages, unit) in case.scope.messages_of(hop).items():
            onward = [
                c for c in case.scope.contracts_at(hop, point) if c.unit_price or not c.amends
            ]
            incoming = [c for c in case.incoming(hop[0], point) if c.unit_price or not c.amends]
            if unit != "messages" or not messages or not onward or not incoming:
                continue
            if _is_repriced(case, hop, point[1]):
                continue
            if any(not c.unit_price for c in (*onward, *incoming)):
                continue
            margins = [(s.unit_price or 0) - (b.unit_price or 0) for s in onward for b in incoming]
            if min(margins) > 0:
                amount += min(margins) * messages
                contracts |= {c.contract_no for c in (*onward, *incoming)}
                counted[point] = messages
        if counted:
            payments = case.drawn.particulars.payments.get((hop[1], hop[0]), ())
            yield Found(
                "TR502",
                tuple(sorted(hop)),
                tuple(sorted(contracts)),
                messages=sum(counted.values()),
                amount=amount,
                sentence="TR502.paid" if payments else "TR502",
                **case.span(day for _, day in counted),
            )


def _is_repriced(case: BruteCase, hop: Hop, day: int) -> bool:
    """Tell whether a contract to or from the party that names no segment states a price then."""
    ups = {u for hops in case.scope.hops.values() for u, d in hops if d == hop[0]}
    return any(
        c.unit_price and within(c.term, day)
        for (up, down), blank in case.drawn.particulars.unsegmented.items()
        for c in blank
        if (up, down) == hop or (down == hop[0] and up in ups and not case.is_access(up))
    )


READINGS: dict[str, Reading] = {
    "TR209": tr209,
    "TR401": partial(unchecked, "TR401", "identity"),
    "TR402": partial(unchecked, "TR402", "content"),
    "TR403": partial(unchecked, "TR403", "contract"),
    "TR404": tr404,
    "TR501": tr501,
    "TR502": tr502,
}
