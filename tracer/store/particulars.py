"""What is on record about parties and hops beside contracts and logs, read back for the rules."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Select

from tracer.model.evidence import Contract, Evidence
from tracer.model.particulars import Particulars, RefusedRow
from tracer.model.segment import MIN_DIGITS
from tracer.store.contract_statements import (
    ALL_SUPPLEMENTS,
    CONTRACTS_BETWEEN_PARTIES,
    SUPPLEMENTS_BETWEEN_PARTIES,
)
from tracer.store.contracts import assemble_contracts
from tracer.store.identities import Identities
from tracer.store.particular_records import assemble_particulars
from tracer.store.particular_rows import read_all, read_classes, read_scope
from tracer.store.particulars_kept import KeptParticulars
from tracer.store.references import identify_too, places_of, spelled, spellings_in
from tracer.store.refused import read_refused

__all__ = ["ParticularsReader"]

Pair = tuple[str, str]


class ParticularsReader:
    """Reads what findings are made from beside the evidence of a scope.

    Parameters
    ----------
    conn : Connection
        The database, in the transaction in which the evidence was read.
    preload : bool
        Read the tables whole, once, and answer from memory: for many scopes one after the other.
    known : Identities, optional
        Parties that need not be looked up again (`StoredArchive.known`).
    """

    def __init__(
        self, conn: Connection, preload: bool = False, known: Identities | None = None
    ) -> None:
        self._conn = conn
        self._preload = preload
        self._known = known

    def of(self, evidence: Evidence, *, is_exact: bool = False) -> Particulars:
        """Give what is on record about the parties, hops and numbers of a scope.

        Parameters
        ----------
        evidence : Evidence
            Its parties are those of the scope.
        is_exact : bool
            Only the one number is meant, since what begins with it belongs to other codes
            (`store.codes.Code`).
        """
        number = evidence.number
        if self._preload:
            return self._kept.cut(evidence.parties.keys(), number, is_exact=is_exact)
        shorter = [number[:length] for length in range(MIN_DIGITS, len(number))]
        beyond = number + ("0" if is_exact else ":")  # ":" comes after "9"
        ids, names = spelled(self._conn, evidence.parties.keys(), self._known)
        rows = read_scope(self._conn, sorted(ids), number, beyond, shorter)
        return assemble_particulars(self._conn, rows, names, self._classes)

    def between(self, pairs: Collection[Pair]) -> tuple[Contract, ...]:
        """Give the contracts of some (upstream, downstream) pairs that name a segment.

        Returns
        -------
        tuple of Contract
            Of whatever number and days, by (contract number, place, term).
        """
        return self._between(pairs, CONTRACTS_BETWEEN_PARTIES)

    def supplements(self, pairs: Collection[Pair]) -> tuple[Contract, ...]:
        """Give those of `between` that amend another and allow subletting, if with consent.

        Returns
        -------
        tuple of Contract
            By pair as asked, then as `between` gives them.
        """
        if self._preload:
            return tuple(c for pair in pairs for c in self._supplements.get(pair, ()))
        return self._between(pairs, SUPPLEMENTS_BETWEEN_PARTIES)

    def refused(self, parties: Collection[str]) -> Mapping[str, tuple[RefusedRow, ...]]:
        """Give the refused rows of contract tables that name some parties (`store.refused`)."""
        return {name: self._refused[name] for name in sorted(parties) if name in self._refused}

    def _between(self, pairs: Collection[Pair], statement: Select[Any]) -> tuple[Contract, ...]:
        if not pairs:
            return ()
        ids, names = spelled(self._conn, {name for pair in pairs for name in pair}, self._known)
        upstreams, downstreams = ({pair[end] for pair in pairs} for end in (0, 1))
        scope = {
            "upstreams": [number for number in ids if names.may_mean(number, upstreams)],
            "downstreams": [number for number in ids if names.may_mean(number, downstreams)],
        }
        rows = self._conn.execute(statement, scope).all()
        found, _ = assemble_contracts(self._conn, rows, names, places_of(self._conn, (rows,)))
        wanted = set(pairs)
        return tuple(c for c in found if (c.upstream, c.downstream) in wanted)

    @cached_property
    def _classes(self) -> frozenset[str]:
        return read_classes(self._conn)

    @cached_property
    def _refused(self) -> Mapping[str, tuple[RefusedRow, ...]]:
        return read_refused(self._conn)

    @cached_property
    def _supplements(self) -> dict[Pair, list[Contract]]:
        rows = self._conn.execute(ALL_SUPPLEMENTS).all()
        names = identify_too(self._conn, spellings_in((rows,)), self._known)
        made, _ = assemble_contracts(self._conn, rows, names, places_of(self._conn, (rows,)))
        found: dict[Pair, list[Contract]] = defaultdict(list)
        for contract in made:
            found[contract.upstream, contract.downstream].append(contract)
        return found

    @cached_property
    def _kept(self) -> KeptParticulars:
        rows = read_all(self._conn)
        return KeptParticulars(assemble_particulars(self._conn, rows, None, self._classes))
