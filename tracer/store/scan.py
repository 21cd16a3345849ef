"""The evidence of every code on record, in one ordered walk through the records."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from sqlalchemy import Connection

from tracer.model.evidence import Allocation, Contract, Evidence, Incident, RoutingTotal
from tracer.model.party import Party
from tracer.model.segment import MIN_DIGITS, Segment
from tracer.store.allocations import ALLOCATIONS_OF_NUMBER, assemble_allocations
from tracer.store.codes import Code
from tracer.store.identities import Identities
from tracer.store.incidents import INCIDENTS_OF_NUMBER, assemble_incidents
from tracer.store.references import identify_too, places_of, spellings_in
from tracer.store.scan_contracts import ALL_DETAILS, assemble_scanned, read_scanned
from tracer.store.traffic import ROUTING_OF_NUMBER, ROUTING_OF_SHORTER, assemble_routing
from tracer.store.writing import batches

__all__ = ["ALL_DETAILS", "scan_evidence"]

CODES_AT_A_TIME = 50
"""Codes whose records are read, and names resolved, together."""

SPELLINGS_KEPT = 200_000
"""Spellings that are kept from batch to batch: the same parties are in many codes."""


@dataclass(slots=True)
class _Records:
    """The records of one code, or of a range of digits, in the order they came."""

    allocations: list[Allocation] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    routing: list[RoutingTotal] = field(default_factory=list)
    shorter: list[RoutingTotal] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)


def scan_evidence(
    conn: Connection, codes: Sequence[Code], details: Collection[str] = ALL_DETAILS
) -> Iterator[tuple[Code, Evidence]]:
    """Give the evidence of code after code, as `fetch_evidence` would, save for its notes.

    Parameters
    ----------
    conn : Connection
        Where the records are.
    codes : sequence of Code
        In order (`store.codes.codes_on_record`).
    details : collection of str
        What contracts are to tell beside who, what and when: the rest is left blank.
    """
    known: Identities | None = None
    for some in batches(codes, CODES_AT_A_TIME):
        first, last = some[0].digits, some[-1]
        beyond = last.digits + ("0" if last.is_exact else ":")
        shorter = {
            code.digits[:length] for code in some for length in range(MIN_DIGITS, len(code.digits))
        }
        scope = {"number": first, "beyond": beyond, "prefixes": sorted(shorter)}
        found, known = _read(conn, scope, known, details)
        yield from _share_out(found, known.parties, first, some)
        if len(known.names) > SPELLINGS_KEPT:
            known = None


def _read(
    conn: Connection, scope: Mapping[str, Any], known: Identities | None, details: Collection[str]
) -> tuple[_Records, Identities]:
    """Read the records of a range of digits, and who the parties known and named there are."""
    allocated = ALLOCATIONS_OF_NUMBER.ask(conn, scope)
    signed = read_scanned(conn, scope, details)
    routed = conn.execute(ROUTING_OF_NUMBER, scope).all()
    shorter = conn.execute(ROUTING_OF_SHORTER, scope).all()
    reported = conn.execute(INCIDENTS_OF_NUMBER, scope).all()
    with_parties = (allocated, *signed, routed, shorter)
    names = identify_too(conn, spellings_in(with_parties), known)
    places = places_of(conn, (*with_parties, reported))
    found = _Records(
        list(assemble_allocations(allocated, names, places)),
        assemble_scanned(conn, signed, details, names, places),
        list(assemble_routing(routed, names, places)[0]),
        list(assemble_routing(shorter, names, places)[0]),
        list(assemble_incidents(reported, places)[0]),
    )
    return found, names


def _share_out(
    found: _Records, parties: Mapping[str, Party], first: str, codes: list[Code]
) -> Iterator[tuple[Code, Evidence]]:
    share = _Share(codes)
    for allocation in found.allocations:
        for place in share.of_segment(allocation.segment.prefix):
            share.records[place].allocations.append(allocation)
    for contract in found.contracts:
        for place in share.of_segments(contract.segments):
            share.records[place].contracts.append(contract)
    before = (total for total in found.shorter if total.number < first)
    for total in chain(before, found.routing):
        if (own := share.of_number(total.number)) is not None:
            share.records[own].routing.append(total)
        for place in share.under(total.number):
            share.records[place].shorter.append(total)
    for incident in found.incidents:
        if (own := share.of_number(incident.number)) is not None:
            share.records[own].incidents.append(incident)
    for place, code in enumerate(codes):
        here = share.records[place]
        named = {record.upstream for record in here.contracts}
        named.update([record.downstream for record in here.contracts])
        named.update(record.holder for record in here.allocations)
        for total in chain(here.routing, here.shorter):
            named.update(
                name
                for name in (total.upstream, total.downstream, total.reporter)
                if name is not None
            )
        yield (
            code,
            Evidence(
                number=code.digits,
                allocations=tuple(here.allocations),
                contracts=tuple(here.contracts),
                routing=tuple(here.routing),
                shorter_routing=tuple(here.shorter),
                incidents=tuple(here.incidents),
                parties={name: parties[name] for name in sorted(named)},
            ),
        )


class _Share:
    """Tells which codes a record belongs to."""

    def __init__(self, codes: list[Code]) -> None:
        self.records: dict[int, _Records] = defaultdict(_Records)
        self._whole = [place for place, code in enumerate(codes) if not code.is_exact]
        self._digits = [codes[place].digits for place in self._whole]
        self._exact = {code.digits: place for place, code in enumerate(codes) if code.is_exact}
        self._of_segment: dict[str, tuple[int, ...]] = {}

    def of_segments(self, segments: Sequence[Segment]) -> Iterable[int]:
        """Give the codes that some segments overlap, each once."""
        if len(segments) == 1:
            return self.of_segment(segments[0].prefix)
        return dict.fromkeys(chain.from_iterable(self.of_segment(s.prefix) for s in segments))

    def of_segment(self, prefix: str) -> tuple[int, ...]:
        """Give the codes that a segment overlaps; of single numbers, those it covers."""
        if prefix not in self._of_segment:  # many contracts name the same few
            covered = [place for number, place in self._exact.items() if number.startswith(prefix)]
            own = self._over(prefix)
            others = (own,) if own is not None else self.under(prefix)
            # a single number below a short segment is covered by it, and longer: once all the same
            self._of_segment[prefix] = tuple(dict.fromkeys((*covered, *others)))
        return self._of_segment[prefix]

    def of_number(self, number: str) -> int | None:
        """Give the code a number belongs to."""
        exact = self._exact.get(number)
        return self._over(number) if exact is None else exact

    def under(self, prefix: str) -> Iterable[int]:
        """Give the codes that begin with these digits and are longer."""
        longer = [p for n, p in self._exact.items() if n != prefix and n.startswith(prefix)]
        low = bisect_right(self._digits, prefix)
        return (*longer, *self._whole[low : bisect_left(self._digits, prefix + ":")])

    def _over(self, digits: str) -> int | None:
        """Give the code these digits begin with."""
        place = bisect_right(self._digits, digits) - 1
        if place >= 0 and digits.startswith(self._digits[place]):
            return self._whole[place]
        return None
