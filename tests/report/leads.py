"""Findings made by hand for traces made by hand: every place a page may show one."""

from collections.abc import Iterator

from tracer.graph.result import Trace
from tracer.model.finding import Finding
from tracer.model.source import RecordRef
from tracer.rules.base import Span, make_finding
from tracer.rules.examined import ExaminedTrace

__all__ = ["examined", "leads_in"]


def examined(trace: Trace) -> ExaminedTrace:
    """Give a trace with the findings below."""
    return ExaminedTrace(trace, leads_in(trace))


def leads_in(trace: Trace) -> tuple[Finding, ...]:
    """Give one finding per hop below another hop, and one about the first party alone."""
    return (*_about_hops(trace), *_about_a_party(trace))


def _about_hops(trace: Trace) -> Iterator[Finding]:
    above = {hop.downstream: hop for hop in trace.hops}
    for hop in trace.hops:
        if hop.upstream in above and hop.upstream != hop.downstream:
            yield make_finding(
                "TR201",
                hops=[(hop.upstream, hop.downstream)],
                contracts=[*hop.contracts, *above[hop.upstream].contracts],
                refs=[total.ref for total in hop.routing[:2]],
                segment=trace.number,
                span=Span(None, hop.first_day, None),
                messages=hop.messages,
                values={"upstream": hop.upstream, "downstream": hop.downstream},
            )


def _about_a_party(trace: Trace) -> Iterator[Finding]:
    """Rest on a paper that bears no evidence number."""
    if len(trace.hops) > 1:
        name = trace.parties[0].name
        ref = RecordRef("parties", "cd" * 32, "主体.csv", 0, None, 3, 3)
        yield make_finding(
            "TR201",
            parties=[name],
            refs=[ref],
            values={"upstream": name, "downstream": name},
        )
