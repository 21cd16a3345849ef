"""Evidence written down by hand, a line per record, for tests."""

from datetime import date

from tracer.model.evidence import Allocation, Contract, Evidence, Incident, RoutingTotal
from tracer.model.party import Party
from tracer.model.period import Period
from tracer.model.segment import Segment
from tracer.model.source import RecordRef

__all__ = ["Papers", "day", "term"]


def day(value: date | int) -> date:
    """A day; a plain number is a day of July 2023."""
    return date(2023, 7, value) if isinstance(value, int) else value


def term(first: date | int | None = None, last: date | int | None = None) -> Period:
    return Period(None if first is None else day(first), None if last is None else day(last))


class Papers:
    """Records on file; those of a table stand in rows 2, 3, 4 … of one file."""

    def __init__(self, *parties: Party) -> None:
        self._parties = {party.name: party for party in parties}
        self._allocations: list[Allocation] = []
        self._contracts: list[Contract] = []
        self._routing: list[RoutingTotal] = []
        self._incidents: list[Incident] = []

    def allocate(
        self,
        segment: str,
        holder: str,
        first: date | int | None = None,
        last: date | int | None = None,
    ) -> None:
        ref = _ref("allocations", len(self._allocations))
        self._allocations.append(Allocation(ref, Segment(segment), holder, term(first, last)))
        self._know(holder)

    def sign(
        self,
        contract_no: str,
        hop: str,
        segments: str,
        first: date | int | None = None,
        last: date | int | None = None,
        *,
        kind: str | None = None,
    ) -> None:
        """Add a contract; `hop` is `A>B`, `segments` are divided by blanks."""
        upstream, downstream = hop.split(">")
        self._contracts.append(
            Contract(
                _ref("contracts", len(self._contracts)),
                contract_no,
                upstream,
                downstream,
                tuple(Segment(prefix) for prefix in segments.split()),
                term(first, last),
                kind=kind,
            )
        )
        self._know(upstream, downstream)

    def log(
        self,
        hop: str,
        number: str,
        on: date | int,
        messages: int,
        *,
        by: str | None = None,
        delivery: int = 1,
        blocked: int = 0,
        unit: str = "messages",
    ) -> None:
        """Add a routing total; `hop` is `A>B`: A accepted the messages from B."""
        upstream, downstream = hop.split(">")
        self._routing.append(
            RoutingTotal(
                _ref("routing", len(self._routing)),
                upstream,
                downstream,
                number,
                day(on),
                by,
                delivery,
                messages,
                blocked,
                unit=unit,
            )
        )
        self._know(upstream, downstream)

    def report(
        self,
        number: str,
        on: date | int,
        *,
        victim: str | None = None,
        case_no: str | None = None,
        loss: int | None = None,
        at: str = "09:00",
    ) -> None:
        received = f"{day(on).isoformat()}T{at}:00+08:00"
        ref = _ref("incidents", len(self._incidents))
        self._incidents.append(Incident(ref, number, day(on), received, victim, case_no, loss))

    def about(self, number: str) -> Evidence:
        """Hand over what concerns the numbers beginning with `number`, as the store does."""
        routing = self._routing
        return Evidence(
            number,
            tuple(a for a in self._allocations if a.segment.overlaps(number)),
            tuple(c for c in self._contracts if any(s.overlaps(number) for s in c.segments)),
            tuple(r for r in routing if r.number.startswith(number)),
            tuple(r for r in routing if number.startswith(r.number) and number != r.number),
            tuple(i for i in self._incidents if i.number.startswith(number)),
            self._parties,
        )

    def _know(self, *names: str) -> None:
        for name in names:
            self._parties.setdefault(name, Party(name))


def _ref(table: str, position: int) -> RecordRef:
    row = position + 2
    return RecordRef(table, "ab" * 32, f"{table}.csv", 0, None, row, row)
