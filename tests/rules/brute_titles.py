"""The rules on what a party can give, TR203 to TR205, read point by point."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.graph.brute_point import within
from tests.graph.brute_scope import party_of
from tracer.model.evidence import Allocation, Contract

from .brute_case import BruteCase, Found, Reading
from .brute_subleasing import TWELVE_DIGITS, silent

__all__ = ["READINGS"]


@dataclass
class _Act:
    """What one onward contract does on some days."""

    days: set[int] = field(default_factory=set)
    rows: list[Contract] = field(default_factory=list)
    others: list[Contract] = field(default_factory=list)


_Acts = dict[tuple[str, str, str], _Act]


def _let(case: BruteCase) -> Iterator[tuple[tuple[str, str, str], Contract, str, int]]:
    """Every segment of every onward contract, cut to the scope, on every day of its term."""
    asked = case.drawn.evidence.number
    least = min(len(asked), 12 if asked.startswith(TWELVE_DIGITS) else 8)
    for row in case.drawn.evidence.contracts:
        if case.is_access(row.upstream):
            continue
        for segment in (s.prefix for s in row.segments if len(s.prefix) >= least):
            if not (segment.startswith(asked) or asked.startswith(segment)):
                continue
            for day in sorted({day for _, day in case.scope.hops}):
                if within(row.term, day):
                    key = (row.upstream, row.downstream, row.contract_no)
                    yield key, row, max(segment, asked, key=len), day


def _gives(case: BruteCase, upstream: str) -> bool:
    """Tell whether contracts of a party give a title: not those of carriers above the chain."""
    scope = case.scope
    resells = any(
        upstream in scope.holders[point] or any(d == upstream for _, d in hops)
        for point, hops in scope.hops.items()
    )
    return resells or not party_of(case.drawn.evidence, upstream).is_carrier


def _incoming(case: BruteCase, party: str) -> list[Contract]:
    rows = case.drawn.evidence.contracts
    return [c for c in rows if c.downstream == party and _gives(case, c.upstream)]


_Paper = Contract | Allocation


def _granted(case: BruteCase, party: str) -> list[Allocation]:
    return [a for a in case.drawn.evidence.allocations if a.holder == party]


def _papers(case: BruteCase, party: str) -> list[_Paper]:
    return [*_incoming(case, party), *_granted(case, party)]


def _is_blank(case: BruteCase, party: str, day: int) -> bool:
    known = case.drawn.particulars.unsegmented
    return any(within(c.term, day) for (_, to), cs in known.items() if to == party for c in cs)


def _covers(paper: _Paper, segment: str) -> bool:
    given = paper.segments if isinstance(paper, Contract) else (paper.segment,)
    return any(segment.startswith(s.prefix) for s in given)


def _narrower(paper: _Paper, segment: str) -> bool:
    given = paper.segments if isinstance(paper, Contract) else (paper.segment,)
    return any(s.prefix.startswith(segment) and s.prefix != segment for s in given)


def _told(rule: str, case: BruteCase, acts: _Acts, sentences: bool = False) -> Iterator[Found]:
    for (upstream, downstream, _), act in acts.items():
        yield Found(
            rule,
            tuple(sorted((upstream, downstream))),
            tuple(sorted({c.contract_no for c in (*act.rows, *act.others)})),
            sentence=silent(rule, act.rows) if sentences else rule,
            **case.span(act.days),
        )


def tr203(case: BruteCase) -> Iterator[Found]:
    acts: _Acts = defaultdict(_Act)
    for key, row, segment, day in _let(case):
        party = row.upstream
        papers = [p for p in _papers(case, party) if within(p.term, day)]
        narrow = [p for p in papers if _narrower(p, segment)]
        if not narrow or _is_blank(case, party, day) or any(_covers(p, segment) for p in papers):
            continue
        acts[key].days.add(day)
        acts[key].rows.append(row)
        acts[key].others += [p for p in narrow if isinstance(p, Contract)]
    yield from _told("TR203", case, acts)


def tr204(case: BruteCase) -> Iterator[Found]:
    acts: _Acts = defaultdict(_Act)
    for key, row, segment, day in _let(case):
        party = row.upstream
        covering = [c for c in _incoming(case, party) if _covers(c, segment)]
        if any(_covers(a, segment) or _narrower(a, segment) for a in _granted(case, party)):
            continue
        if not covering or any(within(c.term, day) for c in covering):
            continue
        if not _is_blank(case, party, day):
            acts[key].days.add(day)
            acts[key].rows.append(row)
            acts[key].others += covering
    yield from _told("TR204", case, acts, sentences=True)


def tr205(case: BruteCase) -> Iterator[Found]:
    acts: _Acts = defaultdict(_Act)
    evidence = case.drawn.evidence
    for key, row, segment, day in _let(case):
        party = row.upstream
        titles: list[_Paper] = [
            *(c for c in evidence.contracts if c.downstream == party),
            *_granted(case, party),
        ]
        if any(_covers(p, segment) or _narrower(p, segment) for p in titles):
            continue
        if any(to == party for (_, to), cs in case.drawn.particulars.unsegmented.items() if cs):
            continue
        if segment[:4] in case.drawn.particulars.classes:
            acts[key].days.add(day)
            acts[key].rows.append(row)
    yield from _told("TR205", case, acts)


READINGS: dict[str, Reading] = {"TR203": tr203, "TR204": tr204, "TR205": tr205}
