"""The custody log: an append-only chain of events, each hashing the one before."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["GENESIS", "Event", "chain_hash", "first_break"]

GENESIS = "0" * 64
"""What the first event names as its predecessor."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the custody log.

    Parameters
    ----------
    seq : int
        1, 2, 3 … without a hole.
    at : str
        ISO 8601 time with zone.
    operator : str
        Who did it.
    action : str
        `load`, `retract` ….
    params : Mapping
        What was done, JSON-able.
    previous, digest : str
        SHA-256 of the entry before and of this one, hex.
    """

    seq: int
    at: str
    operator: str
    action: str
    params: Mapping[str, object]
    previous: str
    digest: str


def chain_hash(
    previous: str, seq: int, at: str, operator: str, action: str, params: Mapping[str, object]
) -> str:
    """Hash one event together with the digest of the one before it.

    The SHA-256 of the UTF-8 JSON array `[previous, seq, at, operator, action, params]` with
    sorted keys and no white space.

    Examples
    --------
    >>> chain_hash(GENESIS, 1, "2026-01-01T00:00:00+08:00", "甲", "load", {})[:8]
    '5ce5fe5a'
    """
    entry = [previous, seq, at, operator, action, params]
    canonical = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def first_break(events: Iterable[Event]) -> int | None:
    """Find the first entry that is not what its digest, number, or link to the one before says.

    Returns
    -------
    int or None
        Its number as it states it; None when all hold.
    """
    previous = GENESIS
    for place, event in enumerate(events, start=1):
        digest = chain_hash(
            previous, event.seq, event.at, event.operator, event.action, event.params
        )
        if (event.seq, event.previous, event.digest) != (place, previous, digest):
            return event.seq
        previous = event.digest
    return None
