"""Which logs were handed in, so that silence means something: what TR304 looks at.

That no message of a hop is on record says something only of days on which a log that would show it
is: what the upstream accepted, by its own log, or what the downstream submitted, by its own; where
a log states no provider, messages the upstream accepted on another hop. Logs are looked up by the
allocated code (the longest allocated segment) that their numbers belong to.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tracer.graph.scope import Scope
from tracer.graph.traffic import Pair
from tracer.model.evidence import Evidence, RoutingTotal
from tracer.model.source import RecordRef

__all__ = ["HandedIn"]

_WITNESSES = 2
"""Rows kept per day, of different hops: one of them is of another hop than the one asked about."""


@dataclass(slots=True)
class _Shown:
    """Days (mask of the scope's axis) on which a log is there, and rows that show it."""

    days: int = 0
    of_two_hops: int = 0
    by_hop: dict[Pair, int] = field(default_factory=lambda: defaultdict(int))
    rows: dict[int, list[tuple[Pair, RecordRef]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, total: RoutingTotal, bit: int) -> None:
        """Take in one total; they come in order of their records."""
        pair = (total.upstream, total.downstream)
        if self.days & bit & ~self.by_hop[pair]:
            self.of_two_hops |= bit
        self.days |= bit
        self.by_hop[pair] |= bit
        rows = self.rows[total.day.toordinal()]
        if len(rows) < _WITNESSES and all(known != pair for known, _ in rows):
            rows.append((pair, total.ref))

    def beside(self, pair: Pair) -> int:
        """Give the days on which it is there on another hop than this one."""
        return self.of_two_hops | self.days & ~self.by_hop.get(pair, 0)


class HandedIn:
    """Logs on record, by whose they are and the code their numbers belong to.

    Parameters
    ----------
    evidence : Evidence
        Its routing and allocations.
    scope : Scope
        Of the survey; days outside its window are left out.
    """

    def __init__(self, evidence: Evidence, scope: Scope) -> None:
        self._terms: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for allocation in evidence.allocations:
            self._terms[allocation.segment.prefix].append(allocation.term.bounds())
        self._codes = sorted(self._terms)
        self._own: dict[tuple[str, str, str], _Shown] = defaultdict(_Shown)
        self._unnamed: dict[tuple[str, str], _Shown] = defaultdict(_Shown)
        for total in sorted(evidence.routing, key=lambda r: r.ref.record_id):
            if total.messages and scope.window.contains(total.day):
                self._take_in(total, scope.axis.bit(total.day.toordinal()))

    def _take_in(self, total: RoutingTotal, bit: int) -> None:
        code = self._code_of(total.number, total.day.toordinal())
        if code is None:
            return
        if total.reporter is None:
            self._unnamed[total.upstream, code].add(total, bit)
        for end, name in (("upstream", total.upstream), ("downstream", total.downstream)):
            if total.reporter == name:
                self._own[end, name, code].add(total, bit)

    def _code_of(self, number: str, day: int) -> str | None:
        """Give the longest segment allocated on a day that covers a number."""
        return next(
            (
                number[:length]
                for length in range(len(number), 0, -1)
                if any(first <= day <= last for first, last in self._terms.get(number[:length], ()))
            ),
            None,
        )

    def codes_of(self, prefix: str) -> Iterator[str]:
        """Give the allocated code a segment belongs to, and those that lie in it."""
        above = (prefix[:length] for length in range(len(prefix) - 1, 0, -1))
        if prefix not in self._terms:
            yield from [code for code in above if code in self._terms][:1]
        for code in self._codes[bisect_left(self._codes, prefix) :]:
            if not code.startswith(prefix):
                break
            yield code

    def days(self, pair: Pair, codes: Iterable[str]) -> int:
        """Give the days on which a log that would show messages of a hop is on record (mask)."""
        found = 0
        for code in codes:
            for key in self._keys(pair, code):
                if key in self._own:
                    found |= self._own[key].days
            if (key_of_unnamed := (pair[0], code)) in self._unnamed:
                found |= self._unnamed[key_of_unnamed].beside(pair)
        return found

    def witnesses(self, pair: Pair, codes: Iterable[str], day: int) -> Iterator[RecordRef]:
        """Give some records that show such a log on a day: at least one on each of `days`."""
        for code in codes:
            for key in self._keys(pair, code):
                if key in self._own:
                    yield from (ref for _, ref in self._own[key].rows.get(day, ()))
            if (key_of_unnamed := (pair[0], code)) in self._unnamed:
                rows = self._unnamed[key_of_unnamed].rows.get(day, ())
                yield from (ref for known, ref in rows if known != pair)

    @staticmethod
    def _keys(pair: Pair, code: str) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
        return ("upstream", pair[0], code), ("downstream", pair[1], code)
