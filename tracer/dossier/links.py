"""How some parties relate: the chains that join them, what passed between them, and their ties."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from tracer.dossier.codecase import CodeCase
from tracer.dossier.ties import Tie, find_ties
from tracer.graph.chains import list_chains
from tracer.graph.result import Chain, Hop
from tracer.model.diagnostic import Note
from tracer.model.evidence import Contract
from tracer.model.particulars import Payment
from tracer.model.party import Party
from tracer.model.partyfile import PartyFile
from tracer.model.period import Period

__all__ = ["Joining", "LinkedHop", "Links", "find_joinings", "find_links"]


@dataclass(frozen=True, slots=True)
class Joining:
    """A chain with two or more of the parties asked for.

    Parameters
    ----------
    between : tuple of str
        The part of it from the first of them to the last.
    """

    code: str
    chain: Chain
    between: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkedHop:
    """A hop of one code between two of the parties, or on a chain that joins them."""

    code: str
    hop: Hop


@dataclass(frozen=True, slots=True)
class Links:
    """How the parties asked for relate.

    Parameters
    ----------
    asked : tuple of Party
        As asked for.
    between : tuple of str
        Other parties on the chains that join them, sorted.
    layers : Mapping of str to Mapping of str to int
        By party, its layer by code; codes in which no holder reaches it are absent.
    holders : frozenset of str
        Parties that hold some of the codes.
    joinings : tuple of Joining
        By (code, parties).
    hops : tuple of LinkedHop
        By (code, upstream, downstream).
    payments : tuple of Payment
        Between two parties of the map, by (day, record id).
    unsegmented : tuple of Contract
        Between two parties of the map, in force in the window, that name no segment: they
        evidence no hop. By (number, term, record id).
    ties : tuple of Tie
        Between parties of the map.
    truncated : tuple of str
        Codes of which not every chain was looked at.
    codes : tuple of str
        In which two or more of them are on record.
    """

    asked: tuple[Party, ...]
    window: Period
    between: tuple[str, ...]
    layers: Mapping[str, Mapping[str, int]]
    holders: frozenset[str]
    joinings: tuple[Joining, ...]
    hops: tuple[LinkedHop, ...]
    payments: tuple[Payment, ...]
    unsegmented: tuple[Contract, ...]
    ties: tuple[Tie, ...]
    truncated: tuple[str, ...]
    codes: tuple[str, ...]
    notes: tuple[Note, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All parties of the map, those asked for first."""
        return (*(party.name for party in self.asked), *self.between)


def find_joinings(
    codes: Iterable[CodeCase], names: frozenset[str], max_chains: int
) -> tuple[tuple[Joining, ...], tuple[str, ...]]:
    """Find the chains that join two or more of some parties, and the codes that were cut."""
    found, truncated = [], []
    for code in codes:
        if len(names & set(code.parties)) <= 1:
            continue
        survey = code.found
        chains, is_cut = list_chains(
            survey.scope,
            survey.hops,
            survey.reach,
            {pair: here.points for pair, here in code.case.records.items()},
            survey.evidence.parties,
            max_chains,
        )
        if is_cut:
            truncated.append(code.code)
        for chain in chains:
            places = [at for at, party in enumerate(chain.parties) if party in names]
            if len(places) > 1 and (chain.maximal or chain.messages):
                between = chain.parties[places[0] : places[-1] + 1]
                found.append(Joining(code.code, chain, between))
    found.sort(key=lambda joining: (joining.code, joining.chain.parties))
    return tuple(found), tuple(truncated)


def find_links(
    codes: tuple[CodeCase, ...],
    asked: tuple[Party, ...],
    files: Mapping[str, PartyFile],
    window: Period,
    joinings: tuple[Joining, ...],
    truncated: tuple[str, ...] = (),
    unsegmented: Iterable[Contract] = (),
) -> Links:
    """Put together how some parties relate.

    Parameters
    ----------
    codes : tuple of CodeCase
        All in which one of them is on record.
    asked : tuple of Party
        The parties.
    files : Mapping of str to PartyFile
        Of all parties on `joinings`.
    joinings, truncated
        `find_joinings`.
    unsegmented : iterable of Contract
        Between any of these parties, that name no segment.
    """
    names = frozenset(party.name for party in asked)
    between = sorted({name for each in joinings for name in each.between} - names)
    drawn = names | set(between)
    on_chains = {(each.code, *pair) for each in joinings for pair in pairwise(each.between)}
    hops = [
        LinkedHop(code.code, hop)
        for code in codes
        for (upstream, downstream), hop in code.hops.items()
        if {upstream, downstream} <= names or (code.code, upstream, downstream) in on_chains
    ]
    hops.sort(key=lambda each: (each.code, each.hop.upstream, each.hop.downstream))
    payments = {
        p.ref.record_id: p
        for file in files.values()
        for p in file.payments
        if {p.payer, p.payee} <= drawn and window.contains(p.paid_on)
    }
    shared = tuple(code for code in codes if len(names & set(code.parties)) > 1)
    return Links(
        asked=asked,
        window=window,
        between=tuple(between),
        layers={
            name: {
                code.code: code.found.reach.layers[name]
                for code in codes
                if name in code.found.reach.layers
            }
            for name in sorted(drawn)
        },
        holders=frozenset(name for code in codes for name in code.found.scope.holders) & drawn,
        joinings=joinings,
        hops=tuple(hops),
        payments=tuple(sorted(payments.values(), key=lambda p: (p.paid_on, p.ref.record_id))),
        unsegmented=tuple(
            sorted(
                (
                    contract
                    for contract in unsegmented
                    if {contract.upstream, contract.downstream} <= drawn
                    and contract.term.overlaps(window)
                ),
                key=lambda c: (c.contract_no, c.term.bounds(), c.ref.record_id),
            )
        ),
        ties=find_ties({name: file for name, file in files.items() if name in drawn}),
        truncated=truncated,
        codes=tuple(code.code for code in shared),
    )
