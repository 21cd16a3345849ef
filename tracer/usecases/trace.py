"""Tracing a number from what is on record, and examining what was found.

A trace alone asks nothing of the rules: it takes what it took before there were any. Findings
need the survey of the scope, which an examined trace shares with its trace, and a dozen look-ups
more; those of a trace made before are found by surveying its evidence anew.
"""

from sqlalchemy import Connection, Engine

from tracer.errors import NothingOnRecord
from tracer.graph.grading import graded_evidence
from tracer.graph.result import Trace
from tracer.graph.survey import Survey, take_survey
from tracer.graph.trace import DEFAULT_MAX_CHAINS, build_trace
from tracer.model.finding import Finding
from tracer.model.period import ALL_DAYS, Period
from tracer.rules.examined import ExaminedTrace
from tracer.rules.finding import examine
from tracer.rules.inspection import Inspection
from tracer.store.evidence import look_up, nearest_segments
from tracer.store.later import LaterArchive
from tracer.store.particulars import ParticularsReader
from tracer.store.remembered import Memory
from tracer.usecases.memory import no_collection

__all__ = ["examine_number", "find_in_trace", "trace_number"]


def trace_number(
    conn: Connection,
    number: str,
    window: Period,
    *,
    max_chains: int = DEFAULT_MAX_CHAINS,
    later: Engine | None = None,
    memory: Memory | None = None,
) -> Trace:
    """Trace a number, a code or any prefix over a window; no rule is applied.

    Parameters
    ----------
    conn : Connection
        The database; one transaction.
    later : Engine, optional
        The same database, to look up what might close the gaps if it is asked for when that
        transaction is over. When left out it is looked up now, and the trace is complete.
    memory : Memory, optional
        What is remembered of the case from trace to trace; `conn` must see it as it stands, and
        write nothing.

    Raises
    ------
    NothingOnRecord
        If no party at all is on record in the scope.
    """
    with no_collection():
        evidence, now = look_up(conn, number, memory=memory)
        archive = LaterArchive(now, later, number) if later else now
        trace = build_trace(evidence, window, max_chains=max_chains, archive=archive)
        if later is None:
            trace.complete()
    if not trace.parties:
        raise _nothing(conn, trace)
    return trace


def examine_number(
    conn: Connection,
    number: str,
    window: Period,
    *,
    max_chains: int = DEFAULT_MAX_CHAINS,
    min_grade: str | None = None,
) -> ExaminedTrace:
    """Trace a number, a code or any prefix over a window, and apply every rule to the scope.

    Records graded lower than `min_grade` (`model.mark.GRADES`) are left out, and that is said.

    Raises
    ------
    NothingOnRecord
        If no party at all is on record in the scope.
    """
    with no_collection():
        evidence, archive = look_up(conn, number)
        evidence = graded_evidence(evidence, min_grade)
        found = take_survey(evidence, window)
        trace = build_trace(evidence, window, max_chains=max_chains, archive=archive, found=found)
        if not trace.parties:
            raise _nothing(conn, trace)
        trace.complete()
        findings = _findings(found, ParticularsReader(conn, known=archive.known))
    return ExaminedTrace(trace, findings)


def find_in_trace(conn: Connection, trace: Trace) -> tuple[Finding, ...]:
    """Give the findings of a trace made before: of its evidence and window, whatever its chains.

    What stands beside the evidence (checks, licences, payments …) is read now.
    """
    with no_collection():
        return _findings(take_survey(trace.evidence, trace.window), ParticularsReader(conn))


def _findings(found: Survey, reader: ParticularsReader) -> tuple[Finding, ...]:
    return examine(Inspection(found, reader.of(found.evidence), reader))


def _nothing(conn: Connection, trace: Trace) -> NothingOnRecord:
    """Say that no party is on record, and what is near."""
    number, window = trace.number, trace.window
    if window != ALL_DAYS and build_trace(trace.evidence, ALL_DAYS, max_chains=0).parties:
        return NothingOnRecord(
            "nothing_in_window",
            number=number,
            first=window.first or "…",
            last=window.last or "…",
        )
    near = nearest_segments(conn, number)
    if near:
        return NothingOnRecord("nothing_on_record_near", number=number, near=", ".join(near))
    return NothingOnRecord("nothing_on_record", number=number)
