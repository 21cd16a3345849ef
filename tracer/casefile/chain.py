"""The custody log in a package: one JSON line an entry, each hashing the one before."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from tracer.errors import IntegrityError
from tracer.model.event import GENESIS, Event, chain_hash

__all__ = ["first_break", "read_events", "write_events"]


def write_events(events: Iterable[Event]) -> str:
    """Write entries, one a line."""
    return "".join(
        json.dumps(asdict(event), ensure_ascii=False, sort_keys=True) + "\n" for event in events
    )


def read_events(text: str, package: str) -> tuple[Event, ...]:
    """Read entries back.

    Raises
    ------
    IntegrityError
        If a line is no entry.
    """
    try:
        found = tuple(Event(**json.loads(line)) for line in text.split("\n") if line)
    except (TypeError, ValueError, RecursionError) as fault:
        raise IntegrityError("package_unreadable", path=package, file="events.jsonl") from fault
    return found


def first_break(events: Sequence[Event]) -> int | None:
    """Find the first entry that is not what its digest, number, or link to the one before says.

    Returns
    -------
    int or None
        Its place, counted from 1; None when all hold.
    """
    previous = GENESIS
    for place, event in enumerate(events, start=1):
        digest = chain_hash(
            previous, event.seq, event.at, event.operator, event.action, event.params
        )
        if (event.seq, event.previous, event.digest) != (place, previous, digest):
            return place
        previous = event.digest
    return None
