"""Three registers held against each other: allocations, openings (开通/备案) and traffic.

What a register does not cover it says nothing about: a code counts as not opened only where some
opening of its class (first four digits) is on record, as not allocated only where some allocation
of its class is.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from tracer.model.evidence import Allocation
from tracer.model.particulars import Opening
from tracer.model.period import Period
from tracer.rules.classes import CLASS_DIGITS
from tracer.rules.inspection import Inspection

__all__ = ["STATES", "RegisterLine", "reconcile"]

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
class RegisterLine:
    """One code in the three registers.

    Parameters
    ----------
    holders, users, carriers : tuple of str
        Who was allocated some of it, for whom and by whom some of it was opened, in the window;
        sorted.
    messages : int
        By number and day the most that any hop carried, access included.
    first_day, last_day : datetime.date or None
        Of its use.
    states : tuple of str
        What does not agree, in the order of `STATES`; empty when all does.
    """

    code: str
    holders: tuple[str, ...]
    users: tuple[str, ...]
    carriers: tuple[str, ...]
    messages: int
    first_day: date | None
    last_day: date | None
    states: tuple[str, ...]


def reconcile(case: Inspection, opened_classes: Collection[str]) -> RegisterLine:
    """Hold the three registers against each other for the code of a scope.

    Parameters
    ----------
    case : Inspection
        The scope of one code.
    opened_classes : collection of str
        First four digits of every opening on record, whatever its code.
    """
    window = case.window
    allocations = [
        a
        for a in case.found.evidence.allocations
        if a.term.overlaps(window) and a.segment.overlaps(case.number)
    ]
    openings = [o for o in case.particulars.openings if o.term.overlaps(window)]
    use = _use(case)
    group = case.number[:CLASS_DIGITS]
    states = set(
        _states(
            allocations,
            openings,
            use,
            window,
            is_allocation_known=group in case.particulars.classes,
            is_opening_known=group in opened_classes,
        )
    )
    days = [day for _, day in use]
    return RegisterLine(
        case.number,
        tuple(sorted({a.holder for a in allocations})),
        tuple(sorted({o.user for o in openings})),
        tuple(sorted({o.carrier for o in openings})),
        sum(use.values()),
        date.fromordinal(min(days)) if days else None,
        date.fromordinal(max(days)) if days else None,
        tuple(state for state in STATES if state in states),
    )


def _use(case: Inspection) -> dict[tuple[str, int], int]:
    """Give messages by number and day, the most that any hop carried."""
    most: dict[tuple[str, int], int] = {}
    for here in case.records.values():
        for point, traffic in here.points.items():
            if traffic.messages:
                most[point] = max(traffic.messages, most.get(point, 0))
    return most


def _states(
    allocations: Collection[Allocation],
    openings: Collection[Opening],
    use: Collection[tuple[str, int]],
    window: Period,
    *,
    is_allocation_known: bool,
    is_opening_known: bool,
) -> Iterator[str]:
    if is_opening_known and allocations and not openings:
        yield "never_opened"
    for opening in openings:
        over = [a for a in allocations if a.segment.overlaps(opening.segment.prefix)]
        together = [a for a in over if _meet(a.term, opening.term, window)]
        if together and opening.user not in {a.holder for a in together}:
            yield "opened_for_another"
        if is_allocation_known and not over:
            yield "opened_not_allocated"
    for number, day in use:
        is_allocated = not is_allocation_known or any(
            a.segment.covers(number) and _has(a.term, day) for a in allocations
        )
        is_opened = not is_opening_known or any(
            o.segment.covers(number) and _has(o.term, day) for o in openings
        )
        if not is_allocated and not is_opened:
            yield "used_without_either"
        elif not is_allocated:
            yield "used_not_allocated"
        elif not is_opened:
            yield "used_not_opened"


def _has(term: Period, day: int) -> bool:
    first, last = term.bounds()
    return first <= day <= last


def _meet(*terms: Period) -> bool:
    bounds = [term.bounds() for term in terms]
    return max(first for first, _ in bounds) <= min(last for _, last in bounds)
