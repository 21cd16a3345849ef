"""What a page says of money under one number: prices down the chain, and losses reported."""

from dataclasses import dataclass

from tracer.dossier.ladder import price_ladder
from tracer.graph.result import Trace
from tracer.report.incident_tables import incident_tables
from tracer.report.ladder_table import ladder_table
from tracer.report.papers import Table
from tracer.report.price_steps import PriceStep, price_steps

__all__ = ["Money", "money_of"]


@dataclass(frozen=True, slots=True)
class Money:
    """Tables that are set already.

    Parameters
    ----------
    ladder : Table or None
        Hop by hop; None where no contract states a price.
    steps : tuple of PriceStep
        The same by layer.
    incidents : tuple of Table
        Reports of fraud messages; none where none is on record.
    """

    ladder: Table | None = None
    steps: tuple[PriceStep, ...] = ()
    incidents: tuple[Table, ...] = ()


def money_of(trace: Trace) -> Money:
    """Set the price ladder and the reports of a trace."""
    rungs = price_ladder(trace)
    ladder = ladder_table(rungs) if rungs else None
    return Money(ladder, price_steps(rungs), incident_tables(trace))
