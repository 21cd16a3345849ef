"""What the contracts of a hop let: their segments in a scope, and on which of its days."""

from collections.abc import Iterator, Mapping
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


def let_by(
    records: HopRecords, boxes: Mapping[int, int], number: str, scope: Scope
) -> Iterator[list[Let]]:
    """Give what each contract of a hop lets, with its rows, as far as it lies in a scope.

    A segment shorter than a code is left out: `1069` for short says of no one code that it is let.

    Parameters
    ----------
    boxes : Mapping of int to int
        Nodes and days of all of its contracts (`Holdings.boxes`).
    number : str
        Digits the scope begins with.
    """
    contracts, nodes = records.contracts, scope.tree.segments
    least = len(code_of(number))
    if len(contracts) == 1:  # as mostly
        (row,) = contracts
        pieces = [(segment, nodes[segment]) for segment in pieces_of(row, number, least)]
        if let := [Let(segment, row, node, boxes[node]) for segment, node in pieces]:
            yield let
        return
    for _, rows in groupby(contracts, lambda row: row.contract_no):
        let = []
        for row in rows:
            days = scope.axis.clip(*row.term.bounds())
            for segment in pieces_of(row, number, least):
                let.append(Let(segment, row, nodes[segment], days))
        if let:
            yield let
