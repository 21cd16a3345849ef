"""What the contracts of a hop let: their segments in a scope, and on which of its days."""

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from tracer.graph.traffic import Pair
from tracer.model.evidence import Contract
from tracer.rules.lookup import pieces_of

if TYPE_CHECKING:
    from tracer.rules.inspection import Inspection

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


def let_by(case: "Inspection", pair: Pair) -> list[list[Let]]:
    """Give what each contract of a hop lets, with its rows, as far as it lies in the scope.

    A segment shorter than a code is left out: `1069` for short says of no one code that it is let.
    """
    scope, least = case.found.scope, case.code_digits
    rows = case.contracts_of(pair)
    if len(rows) == 1 and len(rows[0].segments) == 1:  # as mostly
        (row,) = rows
        ((node, days),) = case.holdings.boxes(pair).items()
        if len(row.segments[0].prefix) < least:
            return []
        return [[Let(scope.tree.digits[node], row, node, days)]]
    nodes, lets = scope.tree.segments, []
    rows = sorted(rows, key=_contract_no)
    for _, same in groupby(rows, _contract_no):
        let = [
            Let(segment, row, nodes[segment], scope.axis.clip(*row.term.bounds()))
            for row in same
            for segment in pieces_of(row, case.number, least)
        ]
        if let:
            lets.append(let)
    return lets


_contract_no = attrgetter("contract_no")
