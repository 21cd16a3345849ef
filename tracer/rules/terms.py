"""What a finding says of contracts that do not state when they begin or end."""

from collections.abc import Iterable

from tracer.model.evidence import Contract

__all__ = ["sentence_for"]


def sentence_for(rule: str, contracts: Iterable[Contract]) -> str:
    """Give the key of the sentence: another one where a term is open only as the paper is silent.

    Such a contract counts as in force on every day, which the reader must know.
    """
    is_stated = all(c.start_stated and c.end_stated for c in contracts)
    return rule if is_stated else f"{rule}.silent"
