"""What the brute-force readings of the rules share: a random case spread out point by point.

They share no code with the rules but the records of `tracer.model`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from tests.graph.brute_point import evidences, within
from tests.graph.brute_scope import Scope, spread
from tracer.model.evidence import Allocation, Contract
from tracer.model.period import Period

from .strategies import RandomCase

__all__ = ["BruteCase", "Found", "Reading"]


@dataclass(frozen=True, order=True)
class Found:
    """What a finding must say; `hops` and `records` are compared where not None."""

    rule: str
    parties: tuple[str, ...]
    contracts: tuple[str, ...] = ()
    days: int | None = None
    messages: int | None = None
    amount: int | None = None
    first: str | None = None
    last: str | None = None
    sentence: str = ""


@dataclass(frozen=True)
class BruteCase:
    """A random case and its finite universe of points."""

    drawn: RandomCase

    @cached_property
    def scope(self) -> Scope:
        """The universe; see `graph.brute_scope`. Its days tell other terms apart too."""
        evidence = self.drawn.evidence
        others = [c._replace(segments=()) for c in self.drawn.contracts]
        others += [
            Contract(o.ref, "", o.carrier, o.user, (), o.term)
            for o in self.drawn.particulars.openings
        ]
        padded = replace(evidence, contracts=(*evidence.contracts, *others))
        return spread(padded, self.drawn.window)

    def span(self, days: Iterable[int]) -> dict[str, Any]:
        """Give `days`, `first` and `last` of a finding about these days."""
        them = set(days)
        ends = self.scope.span(them)
        return {
            "days": self.scope.day_count(them),
            "first": ends["first_day"],
            "last": ends["last_day"],
        }

    def is_access(self, upstream: str) -> bool:
        return upstream in self.scope.above

    def incoming(self, party: str, point: tuple[str, int]) -> list[Contract]:
        """Contracts by which the party holds at a point, access left out."""
        return [
            c
            for c in self.drawn.evidence.contracts
            if c.downstream == party and not self.is_access(c.upstream) and evidences(c, point)
        ]

    def allocated(self, party: str, point: tuple[str, int]) -> list[Allocation]:
        """Allocations to the party that cover a point."""
        number, day = point
        return [
            a
            for a in self.drawn.evidence.allocations
            if a.holder == party and number.startswith(a.segment.prefix) and within(a.term, day)
        ]

    def messages(self, hop: tuple[str, str], points: Iterable[tuple[str, int]]) -> int:
        """Messages of a hop at some points."""
        counts = self.scope.messages_of(hop)
        return sum(counts[p][0] for p in set(points) if p in counts)

    @property
    def window(self) -> Period:
        return self.drawn.window


Reading = Callable[[BruteCase], Iterable[Found]]
"""The brute-force reading of one rule."""
