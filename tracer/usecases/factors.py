"""The factor sheet of some codes."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from tracer.dossier.factors import Factors, collect_factors, measured
from tracer.dossier.weights import read_weights, share_out
from tracer.errors import UsageError
from tracer.model.period import Period
from tracer.store.asof import with_as_of
from tracer.store.partyfiles import read_party_files
from tracer.usecases.codecases import open_numbers

__all__ = ["weigh_factors"]


def weigh_factors(
    conn: Connection, numbers: Sequence[str], window: Period, weights: Path | None = None
) -> Factors:
    """Put the factors of all parties of some codes side by side.

    Parameters
    ----------
    numbers : sequence of str
        Numbers, codes or prefixes.
    window : Period
        Days of the scope.
    weights : pathlib.Path, optional
        The user's file of weights; without one there are no shares.

    Raises
    ------
    NothingOnRecord
        If one of the numbers has no party on record.
    UsageError
        If the file of weights cannot be used.
    """
    chosen = None
    if weights is not None:
        if not weights.is_file():
            raise UsageError("weights_missing", path=weights.as_posix())
        chosen = read_weights(weights.read_bytes(), weights.as_posix())
    codes, notes = open_numbers(conn, numbers, window)
    names = sorted({name for code in codes for name in code.parties})
    files = read_party_files(conn, names)
    payments = {name: file.payments for name, file in files.items()}
    factors = collect_factors(codes, payments, window, notes)
    factors = replace(factors, notes=with_as_of(conn, factors.notes))
    if chosen is None or weights is None:
        return factors
    parties = tuple(party.name for party in factors.parties)
    shares = share_out(chosen, weights.name, measured(factors), parties)
    return replace(factors, shares=shares)
