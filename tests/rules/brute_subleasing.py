"""The rules on subleasing read point by point."""

from collections import defaultdict
from collections.abc import Iterator

from tests.graph.brute_point import Point
from tracer.model.evidence import Contract

from .brute_case import BruteCase, Found, Reading

__all__ = ["READINGS", "unapproved_points"]

_PLATFORMS = ("10630", "10690")
_SERVICE = {"end_customer_service", "终端客户服务"}


def unapproved_points(case: BruteCase) -> dict[tuple[str, str], set[Point]]:
    """Points at which TR201 applies, by hop."""
    scope = case.scope
    found: dict[tuple[str, str], set[Point]] = defaultdict(set)
    for point, hops in scope.hops.items():
        for party, onward in hops:
            if case.is_access(party):
                continue
            if not case.incoming(party, point) or case.allocated(party, point):
                continue
            if onward in scope.holders[point]:
                continue
            contracts = scope.contracts_at((party, onward), point)
            if any(_is_approved(case, c) for c in contracts):
                continue
            hands_on = any(u == onward and not case.is_access(u) for u, _ in hops)
            if not hands_on and any(_is_service(c, point[0]) for c in contracts):
                continue
            found[party, onward].add(point)
    return found


def _is_approved(case: BruteCase, contract: Contract) -> bool:
    hop = (contract.upstream, contract.downstream)
    return bool(contract.approval_no) or any(
        c.approval_no and c.contract_no == contract.amends
        for c in case.drawn.evidence.contracts
        if (c.upstream, c.downstream) == hop
    )


def _is_service(contract: Contract, number: str) -> bool:
    kind = "".join((contract.kind or "").split())
    return kind in _SERVICE and any(
        number.startswith(s.prefix) and s.prefix.startswith(_PLATFORMS) for s in contract.segments
    )


def tr201(case: BruteCase) -> Iterator[Found]:
    for (party, onward), points in unapproved_points(case).items():
        contracts = {
            c.contract_no
            for point in points
            for c in (
                *case.incoming(party, point),
                *case.scope.contracts_at((party, onward), point),
            )
        }
        yield Found(
            "TR201",
            tuple(sorted((party, onward))),
            tuple(sorted(contracts)),
            messages=case.messages((party, onward), points),
            sentence="TR201",
            **case.span(day for _, day in points),
        )


READINGS: dict[str, Reading] = {"TR201": tr201}
