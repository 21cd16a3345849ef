"""All that is on record of one party."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tracer.dossier.codecase import CodeCase
from tracer.dossier.factors import PartyFactors, factors_of
from tracer.dossier.ties import Tie, find_ties
from tracer.graph.traffic import Point
from tracer.model.diagnostic import Note
from tracer.model.evidence import Contract, Document
from tracer.model.particulars import Opening
from tracer.model.party import Party
from tracer.model.partyfile import PartyFile
from tracer.model.period import Period
from tracer.model.source import RecordRef

__all__ = ["Dossier", "compile_dossier"]


@dataclass(frozen=True)
class Dossier:
    """One party.

    Parameters
    ----------
    factors : PartyFactors
        Its place in every code, gain, findings, reach, and what ended when.
    file : PartyFile
        What is on record of it beside contracts and logs.
    days : int
        Days on which it carried messages, over all codes.
    contracts : tuple of Contract
        It is an end of, rows in force in the window, by (term, number); access contracts too.
    unsegmented : tuple of Contract
        Ditto, that name no segment: they evidence no hop.
    openings : tuple of Opening
        For it, or by it.
    ties : tuple of Tie
        With other parties of its codes.
    documents : tuple of (Document, RecordRef)
        Scanned papers its records name, each with one of these records.
    """

    factors: PartyFactors
    file: PartyFile
    window: Period
    days: int
    contracts: tuple[Contract, ...]
    unsegmented: tuple[Contract, ...]
    openings: tuple[Opening, ...]
    ties: tuple[Tie, ...]
    documents: tuple[tuple[Document, RecordRef], ...]
    notes: tuple[Note, ...] = ()

    @property
    def name(self) -> str:
        """Canonical name."""
        return self.factors.name


def compile_dossier(
    codes: tuple[CodeCase, ...], party: Party, files: Mapping[str, PartyFile], window: Period
) -> Dossier:
    """Put everything of one party together.

    Parameters
    ----------
    codes : tuple of CodeCase
        All in which it is on record.
    files : Mapping of str to PartyFile
        Its own, and those of the other parties of these codes.
    """
    name = party.name
    file = files.get(name, PartyFile(name))
    factors = replace(factors_of(codes, name, file.payments, window), party=party)
    contracts: dict[tuple[str, tuple[int, int]], Contract] = {}
    unsegmented: dict[str, Contract] = {}
    openings: dict[tuple[str, str], Opening] = {}
    notes: dict[tuple[str, str], Note] = {}
    for code in codes:
        for (upstream, downstream), records in code.case.records.items():
            if name in {upstream, downstream}:
                contracts |= {(c.ref.record_id, c.term.bounds()): c for c in records.contracts}
        told = code.case.particulars
        for pair, listed in told.unsegmented.items():
            if name in pair:
                unsegmented |= {c.ref.record_id: c for c in listed}
        for opening in told.openings:
            if name in {opening.carrier, opening.user}:
                openings[opening.ref.record_id, opening.segment.prefix] = opening
        for note in code.found.evidence.notes:
            if name in map(str, note.values.values()):
                notes[note.key, str(sorted(note.values.items()))] = note
    in_order = sorted(
        contracts.values(), key=lambda c: (c.term.bounds(), c.contract_no, c.ref.record_id)
    )
    return Dossier(
        factors=factors,
        file=file,
        window=window,
        days=len({day for _, day in _points(codes, name)}),
        contracts=tuple(in_order),
        unsegmented=tuple(unsegmented[key] for key in sorted(unsegmented)),
        openings=tuple(openings[key] for key in sorted(openings)),
        ties=tuple(tie for tie in find_ties(files) if name in tie.parties),
        documents=_documents(in_order, factors, file),
        notes=tuple(notes[key] for key in sorted(notes)),
    )


def _points(codes: Iterable[CodeCase], name: str) -> Iterable[Point]:
    for code in codes:
        yield from (p for p, here in code.carried.get(name, {}).items() if here.messages)


def _documents(
    contracts: Iterable[Contract], factors: PartyFactors, file: PartyFile
) -> tuple[tuple[Document, RecordRef], ...]:
    named = [(c.document, c.ref) for c in contracts]
    named += [(a.document, a.ref) for s in factors.standings for a in s.allocations]
    named += [(e.document, e.ref) for e in file.entries]
    found: dict[tuple[str, str], tuple[Document, RecordRef]] = {}
    for document, ref in named:
        if document is not None:
            found.setdefault((document.path, document.page or ""), (document, ref))
    return tuple(found[key] for key in sorted(found))
