"""The extensions of a code: which are let, which are not, and which carry traffic unlet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tracer.graph.traffic import Pair
from tracer.rules.inspection import Inspection

__all__ = ["Extensions", "UnletTraffic", "count_outside", "outside", "read_extensions"]


@dataclass(frozen=True, slots=True)
class UnletTraffic:
    """A number under a code with messages on days on which no contract lets it.

    Parameters
    ----------
    messages : int
        By day the most that any one hop carried: the hops of a chain carry the same messages, so
        there were at least as many.
    days : int
        On which there were any.
    """

    number: str
    messages: int
    days: int
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Extensions:
    """What contracts on record let of a code on some day of the window; access is none of it.

    Parameters
    ----------
    code : str
        The code.
    is_whole_let : bool
        Some contract lets the code as a whole.
    let : tuple of str
        Segments below the code that contracts let, none under another; sorted.
    traffic : tuple of UnletTraffic
        By number.
    is_exact : bool
        Only this one number is meant: it has no extensions of its own.
    """

    code: str
    is_whole_let: bool
    let: tuple[str, ...]
    traffic: tuple[UnletTraffic, ...]
    is_exact: bool = False

    @property
    def unlet_count(self) -> int:
        """How many segments `unlet` gives."""
        return 0 if self.is_exact or self.is_whole_let else count_outside(self.code, self.let)

    def unlet(self) -> Iterator[str]:
        """Give the fewest segments that hold all extensions no contract lets; shortest first.

        There may be ten times as many as are let: take as many as are looked at.
        """
        nothing: Iterator[str] = iter(())
        return nothing if self.is_exact or self.is_whole_let else outside(self.code, self.let)


def read_extensions(case: Inspection, *, is_exact: bool = False) -> Extensions:
    """Read which extensions of the scope's code are let, unlet, and in use unlet.

    Parameters
    ----------
    case : Inspection
        The scope of one code.
    is_exact : bool
        Only this one number is meant: its extensions belong to other codes.
    """
    code = case.number
    segments = {
        segment.prefix
        for pair, papers in case.found.scope.papers.items()
        if pair in case.found.hops.hops
        for contract in papers
        for segment in contract.segments
    }
    below = {s for s in segments if s.startswith(code) and s != code}
    return Extensions(
        code,
        any(code.startswith(segment) for segment in segments),
        () if is_exact else tuple(_topmost(sorted(below))),
        tuple(_unlet_traffic(case)),
        is_exact,
    )


def outside(code: str, segments: Iterable[str]) -> Iterator[str]:
    """Give the fewest segments that hold all longer numbers outside some segments of a code.

    Examples
    --------
    >>> list(outside("1069", ["10690", "106910"]))[:9][-2:]
    ['10699', '106911']
    """
    inside = set(segments)
    if code in inside:
        return
    if not inside:
        yield code
        return
    above = _above(code, inside)
    level = [code]
    while level:
        longer = [prefix + digit for prefix in level for digit in "0123456789"]
        yield from (each for each in longer if each not in inside and each not in above)
        level = [each for each in longer if each in above]


def count_outside(code: str, segments: Iterable[str]) -> int:
    """Count what `outside` gives of segments none of which is under another.

    Examples
    --------
    >>> count_outside("1069", ["10690", "106910"]), count_outside("1069", [])
    (17, 1)
    """
    inside = set(segments)
    if code in inside:
        return 0
    above = _above(code, inside)
    # each of those above has ten parts, which are above, inside, or outside
    return 10 * len(above) - (len(above) - 1) - len(inside) if inside else 1


def _above(code: str, segments: Iterable[str]) -> set[str]:
    """Give the code and what lies between it and some segments below it."""
    return {segment[:length] for segment in segments for length in range(len(code), len(segment))}


def _topmost(segments: Iterable[str]) -> Iterator[str]:
    last = None
    for segment in segments:
        if last is None or not segment.startswith(last):
            yield segment
            last = segment


def _unlet_traffic(case: Inspection) -> Iterator[UnletTraffic]:
    found, holdings = case.found, case.holdings
    carried: dict[tuple[str, int], list[tuple[Pair, int]]] = defaultdict(list)
    for pair in case.carrying:
        for point, here in case.records[pair].points.items():
            if here.messages:
                carried[point].append((pair, here.messages))
    if not carried:
        return
    let = found.scope.regions.cover(holdings.on_paper(pair) for pair in found.hops.hops)
    unlet: dict[str, dict[int, int]] = defaultdict(dict)
    for (number, day), hops in carried.items():
        if not found.scope.has(let, number, day) and not any(
            _may_be_let(case, pair, day) for pair, _ in hops
        ):
            unlet[number][day] = max(messages for _, messages in hops)
    for number in sorted(unlet):
        days = unlet[number]
        yield UnletTraffic(
            number,
            sum(days.values()),
            len(days),
            date.fromordinal(min(days)),
            date.fromordinal(max(days)),
        )


def _may_be_let(case: Inspection, pair: Pair, day: int) -> bool:
    """Tell whether a contract of the hop in force names no segment: this may be one of its."""
    contracts = case.particulars.unsegmented.get(pair, ())
    return any(low <= day <= high for low, high in (c.term.bounds() for c in contracts))
