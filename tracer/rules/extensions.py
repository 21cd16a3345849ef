"""The extensions of a code: which are let, which are not, and which carry traffic unlet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tracer.rules.inspection import Inspection

__all__ = ["Extensions", "UnletTraffic", "fewest_outside", "read_extensions"]


@dataclass(frozen=True, slots=True)
class UnletTraffic:
    """A number under a code with messages on days on which no contract lets it.

    Parameters
    ----------
    messages : int
        By day the most that any one hop carried: the hops of a chain carry the same messages.
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
    """What contracts on record in the window let of a code; access of carriers is none of it.

    Parameters
    ----------
    is_whole_let : bool
        Some contract lets the code as a whole.
    let : tuple of str
        Segments under the code that contracts let, none under another; sorted.
    unlet : tuple of str
        The fewest segments that hold every number of the code that no contract lets on any day
        of the window; sorted, empty when the code as a whole is let.
    traffic : tuple of UnletTraffic
        By number.
    """

    is_whole_let: bool
    let: tuple[str, ...]
    unlet: tuple[str, ...]
    traffic: tuple[UnletTraffic, ...]


def read_extensions(case: Inspection, *, is_exact: bool = False) -> Extensions:
    """Read which extensions of the scope's code are let, unlet, and in use unlet.

    Parameters
    ----------
    case : Inspection
        The scope of one code.
    is_exact : bool
        Only this one number is meant: its extensions belong to other codes.
    """
    if is_exact:
        return Extensions(False, (), (), tuple(_unlet_traffic(case)))
    code = case.number
    let = sorted(
        {
            segment.prefix if segment.prefix.startswith(code) else code
            for pair in case.found.hops.hops
            for contract in case.records[pair].contracts
            for segment in contract.segments
            if segment.overlaps(code)
        }
    )
    topmost = tuple(_topmost(let))
    is_whole_let = topmost[:1] == (code,)
    return Extensions(
        is_whole_let,
        () if is_whole_let else topmost,
        () if is_whole_let else tuple(fewest_outside(code, topmost)),
        tuple(_unlet_traffic(case)),
    )


def fewest_outside(code: str, segments: Iterable[str]) -> Iterator[str]:
    """Give the fewest segments that hold every number of a code outside some segments of it.

    Examples
    --------
    >>> list(fewest_outside("1069", ["10690", "106910"]))[:3]
    ['106911', '106912', '106913']
    """
    inside = set(segments)
    above = {segment[:length] for segment in inside for length in range(len(code), len(segment))}

    def outside(prefix: str) -> Iterator[str]:
        if prefix in inside:
            return
        if prefix not in above:
            yield prefix
            return
        for digit in "0123456789":
            yield from outside(prefix + digit)

    return outside(code)


def _topmost(segments: Iterable[str]) -> Iterator[str]:
    last = None
    for segment in segments:
        if last is None or not segment.startswith(last):
            yield segment
            last = segment


def _unlet_traffic(case: Inspection) -> Iterator[UnletTraffic]:
    found = case.found
    most: dict[str, dict[int, int]] = defaultdict(dict)
    let = None
    for pair in found.hops.hops:
        for (number, day), here in case.records[pair].points.items():
            if not here.messages:
                continue
            if let is None:
                holdings = case.holdings
                let = found.scope.regions.cover(map(holdings.on_paper, found.hops.hops))
            if not found.scope.has(let, number, day):
                days = most[number]
                days[day] = max(here.messages, days.get(day, 0))
    for number in sorted(most):
        days = most[number]
        yield UnletTraffic(
            number,
            sum(days.values()),
            len(days),
            date.fromordinal(min(days)),
            date.fromordinal(max(days)),
        )
