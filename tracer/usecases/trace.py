"""Tracing a number from what is on record."""

from sqlalchemy import Connection

from tracer.errors import NothingOnRecord
from tracer.graph.result import Trace
from tracer.graph.trace import DEFAULT_MAX_CHAINS, build_trace
from tracer.model.period import ALL_DAYS, Period
from tracer.store.evidence import look_up, nearest_segments
from tracer.usecases.memory import no_collection

__all__ = ["trace_number"]


def trace_number(
    conn: Connection, number: str, window: Period, *, max_chains: int = DEFAULT_MAX_CHAINS
) -> Trace:
    """Trace a number, a code or any prefix over a window.

    Raises
    ------
    NothingOnRecord
        If no party at all is on record in the scope.
    """
    with no_collection():
        evidence, archive = look_up(conn, number)
        trace = build_trace(evidence, window, max_chains=max_chains, archive=archive)
    if trace.parties:
        return trace
    if window != ALL_DAYS and build_trace(evidence, ALL_DAYS, max_chains=0).parties:
        raise NothingOnRecord(
            "nothing_in_window",
            number=number,
            first=window.first or "…",
            last=window.last or "…",
        )
    near = nearest_segments(conn, number)
    if near:
        raise NothingOnRecord("nothing_on_record_near", number=number, near=", ".join(near))
    raise NothingOnRecord("nothing_on_record", number=number)
