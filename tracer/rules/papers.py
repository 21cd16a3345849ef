"""The records beyond a scope that rules may ask for."""

from collections.abc import Collection, Mapping, Set
from typing import Protocol

from tracer.graph.traffic import Pair
from tracer.model.evidence import Contract
from tracer.model.particulars import RefusedRow

__all__ = ["NO_PAPERS", "Papers"]


class Papers(Protocol):
    """Looked up only when a rule asks: keep what is asked for few."""

    def between(self, pairs: Collection[Pair]) -> tuple[Contract, ...]:
        """Give every contract of some (upstream, downstream) pairs that names a segment, sorted.

        Whatever its number and days.
        """

    def supplements(self, pairs: Collection[Pair]) -> tuple[Contract, ...]:
        """Give those of them that amend another and allow subletting, with consent or without."""

    def refused(self, parties: Set[str]) -> Mapping[str, tuple[RefusedRow, ...]]:
        """Give the rows of contract tables that could not be loaded, by party they name.

        Parties that none names are absent.
        """


class _NoPapers:
    def between(self, pairs: Collection[Pair]) -> tuple[Contract, ...]:
        del pairs
        return ()

    def supplements(self, pairs: Collection[Pair]) -> tuple[Contract, ...]:
        del pairs
        return ()

    def refused(self, parties: Set[str]) -> Mapping[str, tuple[RefusedRow, ...]]:
        del parties
        return {}


NO_PAPERS: Papers = _NoPapers()
