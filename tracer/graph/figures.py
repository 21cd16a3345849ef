"""The figures of a trace, without its records: what a portfolio of many codes needs of each."""

from dataclasses import dataclass

from tracer.graph.chains import exceeds
from tracer.graph.result import Sender
from tracer.graph.survey import Survey, find_senders, sum_flows, take_survey, tally
from tracer.model.evidence import Evidence
from tracer.model.period import Period

__all__ = ["Figures", "figures_of", "measure_figures"]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a trace comes to.

    Parameters
    ----------
    holders : tuple of str
        Who holds some point of the scope; sorted.
    parties, hops, access, gaps : int
        How many there are.
    depth : int
        The greatest layer; 0 when no holder reaches anyone.
    senders : tuple of Sender
        Most messages first, then by name.
    messages : int
        Originated in the scope: `own` and `unresolved` of all parties. The hops of one chain
        carry the same messages, so theirs are never added up.
    incidents : int
        Fraud messages on record, each once.
    loss : int
        Theirs, in millionths of a yuan.
    truncated : bool
        There are more chains than a trace would list.
    """

    holders: tuple[str, ...]
    parties: int
    depth: int
    hops: int
    access: int
    senders: tuple[Sender, ...]
    messages: int
    incidents: int
    loss: int
    gaps: int
    truncated: bool


def measure_figures(evidence: Evidence, window: Period, *, max_chains: int) -> Figures:
    """Give the figures that `build_trace` would give, by the same survey.

    Parameters
    ----------
    evidence : Evidence
        Every record that concerns the number, of all days.
    window : Period
        Days of the scope.
    max_chains : int
        How many chains the trace would list.
    """
    return figures_of(take_survey(evidence, window), max_chains=max_chains)


def figures_of(found: Survey, *, max_chains: int) -> Figures:
    """Give the figures of a survey that was taken already."""
    flows = sum_flows(found)
    incidents, _ = tally(found)
    return Figures(
        holders=tuple(found.scope.holders),
        parties=len(found.parties),
        depth=max(found.reach.layers.values(), default=0),
        hops=len(found.hops.hops),
        access=len(found.hops.access),
        senders=find_senders(found, flows),
        messages=sum(sum(flow.own.values()) + flow.unresolved for flow in flows.values()),
        incidents=incidents.count,
        loss=incidents.loss,
        gaps=len(found.reach.starts["gap"]),
        truncated=exceeds(found.scope, found.hops, found.reach, max_chains),
    )
