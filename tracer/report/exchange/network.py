"""What every exchange file holds: the parties, and each record between two of them, once.

Several numbers in one file share parties and contracts, but a layer or a status belongs to a
number: it is given number by number, and never merged into one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, TypeVar

from tracer.model.case import CaseInfo
from tracer.model.evidence import Allocation, Contract, RoutingTotal
from tracer.model.mark import Correction
from tracer.model.period import Period
from tracer.report.view import GapBox, GraphView, PartyNode

__all__ = ["Member", "Network", "Standing", "Tie", "agreed", "by_number", "party_id"]

_ID_DIGITS: Final = 20
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Standing:
    """What one record stands for in the trace of one number.

    Parameters
    ----------
    scope : {"hop", "access", "unsegmented", "blocked"}
        What it rests under; only `hop` evidences a step of the chain.
    evidence : str
        Its evidence number, as on the page of the same numbers.
    status, attested : str or None
        Of its exhibit, as the page draws it.
    leads : tuple of str
        Rules that found something at the hop.
    """

    number: str
    scope: str
    evidence: str
    status: str | None
    attested: str | None
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """One record between two parties: a contract row in one of its terms, or a routing total.

    Parameters
    ----------
    id : str
        Made of the record's stable name; letters, digits, `.` and `-`, as every format takes it.
    record : Contract or RoutingTotal
        As it is on file.
    standings : tuple of Standing
        By number, in the order asked for.
    corrections : tuple of Correction
        Values of it that were put right, in their order.
    """

    id: str
    record: Contract | RoutingTotal
    standings: tuple[Standing, ...]
    corrections: tuple[Correction, ...] = ()

    @property
    def kind(self) -> str:
        """`contract` or `routing`."""
        return "contract" if isinstance(self.record, Contract) else "routing"

    @property
    def days(self) -> Period:
        """Term of the contract, or the day of the total."""
        if isinstance(self.record, Contract):
            return self.record.term
        return Period(self.record.day, self.record.day)

    @property
    def is_step(self) -> bool:
        """Whether it evidences a step of a chain, or access, of any of the numbers."""
        return any(each.scope in {"hop", "access"} for each in self.standings)

    @property
    def is_access(self) -> bool:
        """Whether it is a carrier's access, and no step of any chain."""
        return all(each.scope != "hop" for each in self.standings)

    @property
    def evidence(self) -> tuple[str, ...]:
        """Its evidence numbers."""
        return tuple(dict.fromkeys(each.evidence for each in self.standings))

    @property
    def leads(self) -> tuple[str, ...]:
        """Rules that found something at its hops."""
        return tuple(sorted({code for each in self.standings for code in each.leads}))


@dataclass(frozen=True, slots=True)
class Member:
    """A party.

    Parameters
    ----------
    nodes : tuple of (str, PartyNode)
        The party as the page of each number shows it.
    allocations : tuple of Allocation
        Those to it.
    gaps : tuple of (str, GapBox)
        What is not on record above it, by number.
    at : (float, float)
        Its place: to the right, and down.
    corrections : Mapping of str to tuple of Correction
        Values put right in its allocations, by stable name of the record.
    """

    id: str
    name: str
    nodes: tuple[tuple[str, PartyNode], ...]
    allocations: tuple[Allocation, ...]
    gaps: tuple[tuple[str, GapBox], ...]
    leads: tuple[str, ...]
    at: tuple[float, float]
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)

    @property
    def first(self) -> PartyNode:
        """What is alike in all numbers: names, code, kind, registration."""
        return self.nodes[0][1]

    @property
    def layers(self) -> tuple[tuple[str, int | None], ...]:
        """Its layer in each number."""
        return tuple((number, node.layer) for number, node in self.nodes)

    @property
    def roles(self) -> tuple[str, ...]:
        """Its places in the chains, of all numbers."""
        return tuple(dict.fromkeys(role for _, node in self.nodes for role in node.roles))

    @property
    def is_carrier(self) -> bool:
        """Whether it is a basic operator above the chain, in every number."""
        return all("carrier" in node.roles for _, node in self.nodes)


@dataclass(frozen=True, slots=True)
class Network:
    """Parties and records of one answer, and what it was made from.

    Parameters
    ----------
    members : tuple of Member
        By layer in the first number that has them, then name.
    allocations : tuple of Allocation
        Those that overlap the numbers, of holders that are no party of any trace too.
    ties : tuple of Tie
        Hop by hop down the layers; first those that evidence a step, then access, then the rest.
    digest : str
        One of all input files, as on the page.
    """

    views: tuple[GraphView, ...]
    case: CaseInfo
    version: str
    window: Period
    members: tuple[Member, ...]
    allocations: tuple[Allocation, ...]
    ties: tuple[Tie, ...]
    sources: tuple[tuple[str, str], ...]
    digest: str

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers asked for."""
        return tuple(view.number for view in self.views)

    @property
    def steps(self) -> tuple[Tie, ...]:
        """Records that evidence a step, or access."""
        return tuple(tie for tie in self.ties if tie.is_step)

    @property
    def aside(self) -> tuple[Tie, ...]:
        """Records on file that evidence no hop: no segment named, or all messages stopped."""
        return tuple(tie for tie in self.ties if not tie.is_step)

    def ids(self) -> Mapping[str, str]:
        """Give the id of every party, by name."""
        return {member.name: member.id for member in self.members}


def party_id(name: str) -> str:
    """Make the id of a party, of its canonical name alone.

    Examples
    --------
    >>> party_id("甲公司")
    'party-7431484bf7c7530cf37f'
    """
    return f"party-{sha256(name.encode()).hexdigest()[:_ID_DIGITS]}"


def by_number(pairs: Iterable[tuple[str, object]]) -> str:
    """Write what differs from number to number.

    Examples
    --------
    >>> by_number([("10684500", 1), ("10687415", None)])
    '10684500=1;10687415='
    """
    return ";".join(f"{number}={'' if value is None else value}" for number, value in pairs)


def agreed(pairs: Sequence[tuple[str, T]]) -> T | None:
    """Give what is the same for every number; None where it differs."""
    values = {value for _, value in pairs}
    return values.pop() if len(values) == 1 else None
