"""The custody log in a package: one JSON line an entry, each hashing the one before."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from tracer.errors import IntegrityError
from tracer.model.event import Event

__all__ = ["read_events", "write_events"]


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
        return tuple(_entry(json.loads(line)) for line in text.split("\n") if line)
    except (TypeError, ValueError, RecursionError) as fault:
        raise IntegrityError("package_unreadable", path=package, file="events.jsonl") from fault


def _entry(said: dict[str, Any]) -> Event:
    """Make an entry of what a line says.

    Raises
    ------
    TypeError, ValueError
        If a part is missing, too much, or of another kind; a time has no zone.
    """
    event = Event(**said)
    words = (event.operator, event.action, event.previous, event.digest)
    fits = isinstance(event.seq, int) and all(isinstance(word, str) for word in words)
    if not fits or not isinstance(event.params, dict):
        raise TypeError
    datetime.fromisoformat(event.at)
    return event
