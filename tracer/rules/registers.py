"""Three registers held against each other: allocations, openings (开通/备案) and traffic.

What a register does not cover it says nothing about: a segment counts as not opened only where
some opening of its class (first four digits) is on record, as not allocated only where some
allocation of its class is. And a party is held against an opening only on days on which both the
opening and an allocation are in force.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tracer.model.evidence import Allocation
from tracer.model.particulars import Opening
from tracer.model.period import Period
from tracer.rules.classes import CLASS_DIGITS, serves_third_parties
from tracer.rules.inspection import Inspection

__all__ = ["STATES", "RegisterLine", "Use", "reconcile"]

STATES = (
    "never_opened",
    "opened_for_another",
    "opened_not_allocated",
    "used_not_allocated",
    "used_not_opened",
    "used_without_either",
)
"""What may not agree, in order of the sheet."""


@dataclass(frozen=True, slots=True)
class Use:
    """Under how many numbers, and on how many days, there were messages; access included."""

    numbers: int = 0
    days: int = 0
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One code in the three registers.

    Parameters
    ----------
    holders, users, carriers : tuple of str
        Who was allocated some of it, for whom and by whom some of it was opened, in the window;
        sorted.
    use : Use
        Of the code in the window.
    states : tuple of str
        What does not agree, in the order of `STATES`; empty when nothing disagrees.
    silent : tuple of str
        `allocations`, `openings`: those on record hold nothing of its class, so that nothing
        can be said.
    """

    code: str
    holders: tuple[str, ...]
    users: tuple[str, ...]
    carriers: tuple[str, ...]
    use: Use
    states: tuple[str, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Registers:
    """The registers as far as they concern one code, of all days."""

    window: Period
    allocations: tuple[Allocation, ...]
    openings: tuple[Opening, ...]
    points: Collection[tuple[str, int]]
    allocated_classes: Collection[str]
    opened_classes: Collection[str]


def reconcile(
    case: Inspection, opened_classes: Collection[str], *, is_exact: bool = False
) -> RegisterLine:
    """Hold the three registers against each other for the code of a scope.

    Parameters
    ----------
    case : Inspection
        The scope of one code.
    opened_classes : collection of str
        First four digits of every opening on record, whatever its code.
    is_exact : bool
        Only this one number is meant: what is opened below it belongs to other codes.
    """
    code, window = case.number, case.window
    held = _Registers(
        window,
        tuple(a for a in case.found.evidence.allocations if _concerns(a, code, is_exact)),
        tuple(o for o in case.particulars.openings if _concerns(o, code, is_exact)),
        {
            point
            for here in (case.records.values() if case.found.traffic else ())
            for point, traffic in here.points.items()
            if traffic.messages
        },
        case.particulars.classes,
        opened_classes,
    )
    allocations = [a for a in held.allocations if a.term.overlaps(window)]
    openings = [o for o in held.openings if o.term.overlaps(window)]
    states = {*_of_allocations(held), *_of_openings(held), *_of_use(held)}
    known = {"allocations": held.allocated_classes, "openings": held.opened_classes}
    return RegisterLine(
        code,
        tuple(sorted({a.holder for a in allocations})),
        tuple(sorted({o.user for o in openings})),
        tuple(sorted({o.carrier for o in openings})),
        _use(held.points),
        tuple(state for state in STATES if state in states),
        tuple(name for name, classes in known.items() if code[:CLASS_DIGITS] not in classes),
    )


def _concerns(record: Allocation | Opening, code: str, is_exact: bool) -> bool:
    segment = record.segment
    return segment.covers(code) if is_exact else segment.overlaps(code)


def _use(points: Collection[tuple[str, int]]) -> Use:
    if not points:
        return Use()
    days = {day for _, day in points}
    return Use(
        len({number for number, _ in points}),
        len(days),
        date.fromordinal(min(days)),
        date.fromordinal(max(days)),
    )


def _of_allocations(held: _Registers) -> Iterator[str]:
    """Find allocated segments of which nothing was ever opened, on whatever day."""
    for allocation in held.allocations:
        prefix = allocation.segment.prefix
        if (
            prefix[:CLASS_DIGITS] in held.opened_classes
            and allocation.term.overlaps(held.window)
            and not any(o.segment.overlaps(prefix) for o in held.openings)
        ):
            yield "never_opened"


def _of_openings(held: _Registers) -> Iterator[str]:
    for opening in held.openings:
        if not opening.term.overlaps(held.window):
            continue
        prefix = opening.segment.prefix
        over = [a for a in held.allocations if a.segment.overlaps(prefix)]
        if not over and prefix[:CLASS_DIGITS] in held.allocated_classes:
            yield "opened_not_allocated"
        if _is_for_another(opening, over, held.window):
            yield "opened_for_another"


def _is_for_another(opening: Opening, over: Iterable[Allocation], window: Period) -> bool:
    """Tell whether, on a day on which somebody holds some of it, its user holds none of it."""
    first, last = opening.term.bounds()
    opens, closes = window.bounds()
    first, last = max(first, opens), min(last, closes)
    terms = [(a, *a.term.bounds()) for a in over]
    days = {first, *(day for _, low, high in terms for day in (low, high + 1))}
    prefix = opening.segment.prefix
    for day in days:
        if first <= day <= last:
            here = [a for a, low, high in terms if low <= day <= high]
            is_held = bool(here) and not _is_served(prefix, here)
            if is_held and opening.user not in _holders_of_some(prefix, here):
                return True
    return False


def _is_served(prefix: str, allocations: Iterable[Allocation]) -> bool:
    """Tell whether it is an extension of a code for third-party platforms.

    To have it opened for a customer is what such a code is there for.
    """
    above = {a.segment.prefix for a in allocations if a.segment.covers(prefix)}
    return serves_third_parties(prefix) and bool(above) and prefix not in above


def _holders_of_some(prefix: str, allocations: Collection[Allocation]) -> set[str]:
    """Name who holds some number of a segment: by the longest allocation over it, or within it."""
    above = [a for a in allocations if a.segment.covers(prefix)]
    longest = max((len(a.segment.prefix) for a in above), default=0)
    within = [a for a in allocations if not a.segment.covers(prefix)]
    return {a.holder for a in (*within, *(a for a in above if len(a.segment.prefix) == longest))}


def _of_use(held: _Registers) -> Iterator[str]:
    """Hold each number in use, day by day, against the other two registers."""
    allocated = [(a.segment, *a.term.bounds()) for a in held.allocations]
    opened = [(o.segment, *o.term.bounds()) for o in held.openings]
    for number, day in held.points:
        group = number[:CLASS_DIGITS]
        is_missing = {
            name: group in classes
            and not any(s.covers(number) and low <= day <= high for s, low, high in terms)
            for name, classes, terms in (
                ("allocated", held.allocated_classes, allocated),
                ("opened", held.opened_classes, opened),
            )
        }
        if all(is_missing.values()):
            yield "used_without_either"
        elif is_missing["allocated"]:
            yield "used_not_allocated"
        elif is_missing["opened"]:
            yield "used_not_opened"
