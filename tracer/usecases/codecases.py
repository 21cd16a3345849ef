"""Codes laid open for dossiers: evidence, particulars and findings of each."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from tracer.dossier.codecase import CodeCase
from tracer.graph.survey import take_survey
from tracer.model.diagnostic import Note
from tracer.model.evidence import Evidence
from tracer.model.period import Period
from tracer.rules.finding import examine
from tracer.rules.inspection import Inspection
from tracer.store.codes import Code
from tracer.store.evidence import look_up
from tracer.store.particulars import ParticularsReader
from tracer.store.scan import scan_evidence
from tracer.usecases.memory import no_collection
from tracer.usecases.trace import trace_number

__all__ = ["open_codes", "open_numbers"]

MANY_CODES = 20
"""From so many codes on, the tables beside contracts and logs are read whole, once."""


def open_numbers(
    conn: Connection, numbers: Sequence[str], window: Period
) -> tuple[tuple[CodeCase, ...], tuple[Note, ...]]:
    """Lay some numbers, codes or prefixes open, those under another of them left out.

    Returns
    -------
    codes : tuple of CodeCase
        In order; no number is in two of them.
    notes : tuple of Note
        Which were left out.

    Raises
    ------
    NothingOnRecord
        If one of them has no party on record.
    """
    kept: list[str] = []
    notes = []
    for number in sorted(set(numbers)):
        if kept and number.startswith(kept[-1]):
            notes.append(Note("number_within", {"number": number, "within": kept[-1]}))
        else:
            kept.append(number)
    codes = []
    for number in kept:
        evidence, archive = look_up(conn, number)
        reader = ParticularsReader(conn, known=archive.known)
        code = _lay_out(evidence, window, reader, is_exact=False)
        if not code.found.parties:
            trace_number(conn, number, window, max_chains=1)  # says why there is none
        codes.append(code)
    return tuple(codes), tuple(notes)


def open_codes(conn: Connection, codes: Iterable[Code], window: Period) -> tuple[CodeCase, ...]:
    """Lay codes of the portfolio open, those without a party in the window left out."""
    listed = tuple(codes)
    reader = ParticularsReader(conn, preload=len(listed) >= MANY_CODES)
    opened = (
        _lay_out(evidence, window, reader, is_exact=code.is_exact)
        for each in listed
        for code, evidence in scan_evidence(conn, [each])
    )
    return tuple(code for code in opened if code.found.parties)


def _lay_out(
    evidence: Evidence, window: Period, reader: ParticularsReader, *, is_exact: bool
) -> CodeCase:
    with no_collection():
        found = take_survey(evidence, window)
        case = Inspection(found, reader.of(evidence, is_exact=is_exact), reader)
        return CodeCase(evidence.number, is_exact, case, examine(case))
