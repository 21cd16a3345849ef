"""Random small cases in which the rare situations are common.

A case is told along a *spine*: an order of the parties in which the number is mostly handed down
and messages mostly flow back up. Papers follow the spine with holes in it (gaps), some run across
or back (merges, cycles); messages travel up it and are lost, held over midnight, renumbered, logged
twice or by others. Everything else is thrown in at random. The first value of each choice is the
plain one, so that a failing case shrinks towards plain papers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from hypothesis import strategies as st

from tracer.model.evidence import Allocation, Contract, Evidence, Incident, RoutingTotal
from tracer.model.party import Party
from tracer.model.period import Period
from tracer.model.segment import Segment
from tracer.model.source import RecordRef

__all__ = ["cases"]

T = TypeVar("T")

_FIRST = date(2023, 7, 1)
_LAST = 7
_PLAIN = ("A", "B", "C", "D", "E")
_CARRIERS = (Party("中国移动"), Party("K", kind="运营商"))
_SPECIAL = (None, None, Party("S", kind="发送方"), Party("中国电信代理", kind="代理商"))
_CODES = ("1069",) * 9 + ("1069" + "0" * 14,)
_EXTENSIONS = ("", "0", "1", "00", "01", "10", "010", "5")
_AMOUNTS = (10, 10, 20, 21, 1, 2, 3)
_KINDS = (None, None, None, "转租", "end_customer_service", " 终端客户服务")
_CONTRACT_NUMBERS = ("HT-1", "HT-2", "HT-3")
_MAX_DIGITS = 20


def _day(offset: int) -> date:
    return _FIRST + timedelta(days=offset)


@dataclass
class _Desk:
    """A case being written: draws its particulars and numbers every record."""

    draw: st.DrawFn
    code: str = ""
    spine: Sequence[str] = ()
    carriers: Sequence[str] = ()
    allocations: list[Allocation] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    routing: list[RoutingTotal] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)

    def pick(self, values: Sequence[T]) -> T:
        return self.draw(st.sampled_from(values))

    def chance(self, of_ten: int) -> bool:
        return self.draw(st.integers(0, 9)) >= 10 - of_ten

    def count(self, most: int) -> int:
        return self.draw(st.integers(0, most))

    def ref(self, table: str) -> RecordRef:
        papers = len(self.allocations) + len(self.contracts)
        row = 2 + papers + len(self.routing) + len(self.incidents)
        return RecordRef(table, "ab" * 32, f"{table}.csv", 0, None, row, row)

    def number(self) -> str:
        return (self.code + self.pick(_EXTENSIONS))[:_MAX_DIGITS]

    def segment(self) -> Segment:
        shorter = self.code[:-1]
        return Segment(self.pick((self.code, self.code, self.number(), shorter, shorter + "8")))

    def term(self) -> Period:
        shape = self.pick(("open", "open", "from", "until", "closed", "closed"))
        if shape == "open":
            return Period()
        first, last = sorted((self.count(_LAST), self.count(_LAST)))
        return Period(
            None if shape == "until" else _day(first), None if shape == "from" else _day(last)
        )

    def pair(self) -> tuple[str, str]:
        upstream = self.pick(self.spine)
        return upstream, self.pick([party for party in self.spine if party != upstream])

    def allocate(self, segment: Segment, holder: str) -> None:
        self.allocations.append(Allocation(self.ref("allocations"), segment, holder, self.term()))

    def sign(self, upstream: str, downstream: str, segments: tuple[Segment, ...]) -> None:
        self.contracts.append(
            Contract(
                self.ref("contracts"),
                self.pick(_CONTRACT_NUMBERS),
                upstream,
                downstream,
                segments,
                self.term(),
                kind=self.pick(_KINDS),
            )
        )

    def log(self, hop: tuple[str, str], number: str, day: int, messages: int) -> None:
        """Log one hop on one day, now and then in two logs that may differ.

        No messages: blocked rows only.
        """
        upstream, downstream = hop
        reporters = (None, upstream, downstream, downstream, *self.spine[:1])
        for again in range(2):
            if again and self.chance(8):
                break
            blocked = self.count(2) if not messages or self.chance(1) else 0
            self.routing.append(
                RoutingTotal(
                    self.ref("routing"),
                    upstream,
                    downstream,
                    number,
                    _day(day),
                    self.pick(reporters),
                    1 + self.count(1) * again,
                    messages and messages + self.count(1) * again,
                    blocked,
                    unit="parts" if self.count(24) == 24 else "messages",
                )
            )


def _tell_parties(desk: _Desk) -> list[Party]:
    plain = [Party(name) for name in _PLAIN[: 3 + desk.count(1)]]
    carriers = list(_CARRIERS[: desk.pick((0, 1, 1, 2))])
    special = desk.pick(_SPECIAL)
    if special is not None and len(plain) + len(carriers) < 6:
        plain.append(special)
    names = [party.name for party in plain]
    if carriers and desk.chance(4):  # one that holds or resells like anybody
        names.append(carriers[-1].name)
    desk.spine = desk.draw(st.permutations(names))
    desk.carriers = [party.name for party in carriers]
    return plain + carriers


def _tell_papers(desk: _Desk) -> None:
    for _ in range(desk.pick((1, 1, 2, 3, 0))):
        holder = desk.spine[0] if desk.chance(6) else desk.pick(desk.spine)
        desk.allocate(desk.segment(), holder)
    for upstream, downstream in zip(desk.spine, desk.spine[1:], strict=False):
        if desk.chance(6):
            segments = {desk.segment() for _ in range(desk.pick((1, 1, 1, 2, 0)))}
            desk.sign(upstream, downstream, tuple(sorted(segments)))
    for _ in range(desk.count(3)):  # across, or back
        desk.sign(*desk.pair(), (desk.segment(),))
    if desk.carriers and desk.chance(5):
        desk.sign(desk.carriers[0], desk.pick(desk.spine), (desk.segment(),))
    if desk.count(24) == 24:  # all ten extensions of the code: none of it is left over
        tenths = tuple(Segment(desk.code + digit) for digit in "0123456789")
        hop = desk.pair()
        desk.sign(*hop, tenths[:4])
        desk.sign(*(hop if desk.chance(5) else desk.pair()), tenths[4:])


def _tell_journey(desk: _Desk) -> None:
    """Send messages up the spine, with what may happen to them on the way."""
    sender = desk.draw(st.integers(1, len(desk.spine) - 1))
    number, day, messages = desk.number(), desk.count(_LAST), desk.pick(_AMOUNTS)
    for position in range(sender, 0, -1):
        if desk.chance(1):  # this log was not handed in
            continue
        desk.log((desk.spine[position - 1], desk.spine[position]), number, day, messages)
        happens = desk.pick(("none", "none", "none", "loss", "gain", "midnight", "appended"))
        if happens == "loss":
            messages = max(1, messages - desk.pick((1, 3)))
        elif happens == "gain":
            messages += desk.pick((1, 5))
        elif happens == "midnight":
            day = min(day + 1, _LAST)
        elif happens == "appended" and len(number) < _MAX_DIGITS:
            number += "1"
    carrier = desk.pick(desk.carriers) if desk.carriers and desk.chance(6) else desk.spine[0]
    if carrier != desk.spine[0]:
        desk.log((carrier, desk.spine[0]), number, day, messages)


def _tell_renumbering(desk: _Desk) -> None:
    """Let one party receive under one number and send about as much under another."""
    longer, day, messages = desk.code + desk.pick(("01", "1", "10")), desk.count(_LAST), 20
    upstream, party = desk.pair()
    longer = longer[:_MAX_DIGITS]
    shorter = desk.pick((desk.code, longer[:-1]))
    source = desk.pick([name for name in desk.spine if name != party])
    sent, received = (longer, shorter) if desk.chance(8) else (shorter, longer)
    desk.log((party, source), received, day, messages)
    desk.log((upstream, party), sent, day, desk.pick((20, 19, 18, 22, 17)))


def _tell_incidents(desk: _Desk) -> None:
    known = [(r.number, r.day) for r in desk.routing]
    for _ in range(desk.pick((0, 1, 2, 3))):
        number, day = desk.pick(known) if known and desk.chance(7) else (desk.number(), _FIRST)
        victim = desk.pick((None, "v1", "v2"))
        hour = desk.pick(("09:00", "10:00"))
        desk.incidents.append(
            Incident(
                desk.ref("incidents"),
                number,
                day,
                f"{day.isoformat()}T{hour}:00+08:00",
                victim,
                desk.pick((None, "案1", "案2")),
                {None: None, "v1": 1_500_000, "v2": 25_000}[victim] if hour == "09:00" else None,
            )
        )
        if desk.chance(1):  # the same incident in another row
            again = desk.incidents[-1]._replace(ref=desk.ref("incidents"))
            desk.incidents.append(again)


def _asked(desk: _Desk) -> str:
    routed = desk.routing[0].number if desk.routing else desk.code
    longer = (desk.code + "01")[:_MAX_DIGITS]
    code = desk.code
    return desk.pick((code, code, code, code[:-1], desk.number(), routed, longer))


def _window(desk: _Desk) -> Period:
    shape = desk.pick(("open", "open", "open", "from", "until", "closed", "closed"))
    first, last = sorted((desk.count(_LAST + 2) - 1, desk.count(_LAST + 2) - 1))
    return Period(
        _day(first) if shape in {"from", "closed"} else None,
        _day(last) if shape in {"until", "closed"} else None,
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[Evidence, Period]:
    """Draw what is on record and the window it is asked for.

    As the store hands it over: allocations and contracts that overlap the number asked for (and
    contracts that name no segment, which evidence nothing), routing and incidents under it.
    """
    desk = _Desk(draw)
    desk.code = desk.pick(_CODES)
    parties = _tell_parties(desk)
    _tell_papers(desk)
    for _ in range(desk.count(4)):
        _tell_journey(desk)
    if desk.chance(4):
        _tell_renumbering(desk)
    for _ in range(desk.count(2)):
        desk.log(desk.pair(), desk.number(), desk.count(_LAST), desk.pick((*_AMOUNTS, 0)))
    _tell_incidents(desk)
    asked, window = _asked(desk), _window(desk)
    routing = [r for r in desk.routing if r.upstream != r.downstream]
    evidence = Evidence(
        asked,
        tuple(a for a in desk.allocations if a.segment.overlaps(asked)),
        tuple(
            c
            for c in desk.contracts
            if c.upstream != c.downstream
            and (not c.segments or any(s.overlaps(asked) for s in c.segments))
        ),
        tuple(r for r in routing if r.number.startswith(asked)),
        tuple(r for r in routing if asked.startswith(r.number) and r.number != asked),
        tuple(i for i in desk.incidents if i.number.startswith(asked)),
        {party.name: party for party in parties},
    )
    return evidence, window
