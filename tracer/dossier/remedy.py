"""What ended when: the onward contracts, the traffic, the reports and the notices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracer.dossier.codecase import CodeCase
from tracer.model.evidence import Contract
from tracer.model.particulars import Notice

__all__ = ["Remedy", "find_remedy"]


@dataclass(frozen=True, slots=True)
class Remedy:
    """What ended when, of one party.

    Parameters
    ----------
    onward : tuple of Contract
        By which it handed the number on, by (last day, number).
    open_ended : int
        Of these, contract numbers without an end on record.
    last_end : datetime.date or None
        The last day of those that end; None where none does.
    last_traffic : datetime.date or None
        The last day with messages it carried.
    first_report : datetime.date or None
        The first report of a fraud message that its chains carried.
    notices : tuple of Notice
        On record as sent to it.
    carried_after_report : int
        Messages it carried under a number on days after the first report of that number.
    carried_after_notice : int
        Ditto, after the first day on which it was notified of that number.
    """

    onward: tuple[Contract, ...]
    open_ended: int
    last_end: date | None
    last_traffic: date | None
    first_report: date | None
    notices: tuple[Notice, ...]
    carried_after_report: int
    carried_after_notice: int


def find_remedy(codes: Iterable[CodeCase], name: str) -> Remedy:
    """Find what ended when."""
    onward: dict[str, Contract] = {}
    notices: dict[str, Notice] = {}
    after_report = after_notice = 0
    days: list[int] = []
    reports: list[date] = []
    for code in codes:
        for hop in code.hops_from(name):
            onward |= {c.ref.record_id: c for c in hop.contracts}
        told = code.case.particulars.notices
        mine = [n for n in told if n.notified == name]
        notices |= {n.ref.record_id: n for n in mine}
        reported, notified = _first(told, "reported_on"), _first(mine, "notified_on")
        carried = {p: c.messages for p, c in code.carried.get(name, {}).items() if c.messages}
        after_report += _after(carried, reported)
        after_notice += _after(carried, notified)
        days += [day for _, day in carried]
        under = {number for number, _ in carried}
        reports += [day for number, day in reported.items() if number in under]
    contracts = sorted(
        onward.values(), key=lambda c: (c.term.bounds()[1], c.contract_no, c.ref.record_id)
    )
    ends = [c.term.last for c in contracts if c.term.last is not None]
    return Remedy(
        onward=tuple(contracts),
        open_ended=len({c.contract_no for c in contracts if c.term.last is None}),
        last_end=max(ends, default=None),
        last_traffic=date.fromordinal(max(days)) if days else None,
        first_report=min(reports, default=None),
        notices=tuple(notices[key] for key in sorted(notices)),
        carried_after_report=after_report,
        carried_after_notice=after_notice,
    )


def _first(notices: Iterable[Notice], column: str) -> dict[str, date]:
    """Give the first day by number."""
    found: dict[str, date] = {}
    for notice in notices:
        day: date | None = getattr(notice, column)
        if day is not None:
            found[notice.number] = min(day, found.get(notice.number, day))
    return found


def _after(carried: dict[tuple[str, int], int], since: dict[str, date]) -> int:
    return sum(
        messages
        for (number, day), messages in carried.items()
        if number in since and day > since[number].toordinal()
    )
