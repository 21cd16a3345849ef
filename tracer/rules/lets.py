"""What the contracts of a hop let: their segments in a scope, and on which of its days."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from tracer.graph.hops import HopRecords
from tracer.graph.scope import Scope
from tracer.model.evidence import Contract
from tracer.rules.classes import code_of
from tracer.rules.lookup import pieces_of

__all__ = ["Let", "let_by"]


class Let(NamedTuple):
    """A segment that one row of a contract lets.

    Parameters
    ----------
    segment : str
        Its digits, cut to the scope.
    row : Contract
        The row.
    node : int
        The segment in `scope.tree`.
    days : int
        Those of the row in the window (mask of `scope.axis`).
    """

    segment: str
    row: Contract
    node: int
    days: int


def let_by(records: HopRecords, number: str, scope: Scope) -> Iterator[list[Let]]:
    """Give what each contract of a hop lets, with its rows, as far as it lies in a scope.

    A segment shorter than a code is left out: `1069` for short says of no one code that it is let.

    Parameters
    ----------
    number : str
        Digits the scope begins with.
    """
    contracts = records.contracts
    if len(contracts) == 1:  # as mostly
        if let := _let(contracts[0], number, scope):
            yield let
        return
    for _, rows in groupby(contracts, lambda row: row.contract_no):
        if let := [each for row in rows for each in _let(row, number, scope)]:
            yield let


def _let(row: Contract, number: str, scope: Scope) -> list[Let]:
    days = scope.axis.clip(*row.term.bounds())
    nodes = scope.tree.segments
    pieces = pieces_of(row, number, len(code_of(number)))
    return [Let(segment, row, nodes[segment], days) for segment in pieces]
