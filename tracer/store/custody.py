"""Whether the custody log and the sources on record tell the same."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import Connection, select

from tracer.model.diagnostic import Note
from tracer.model.event import Event
from tracer.store.events import read_events
from tracer.store.rejects import reject_files
from tracer.store.sources import SourceEntry
from tracer.store.tables import deliveries

__all__ = ["compare_custody"]

_COUNTS: Final = ("rows", "loaded", "rejected", "duplicates")


def compare_custody(conn: Connection, sources: Sequence[SourceEntry]) -> Iterator[Note]:
    """Compare the custody log with sources, deliveries and retractions, both ways.

    Yields
    ------
    Note
        One for everything that one of them tells and the other does not, or tells otherwise.
    """
    events = read_events(conn)
    loads = [event for event in events if event.action == "load"]
    yield from _compare_loads(conn, loads, sources)
    yield from _compare_deliveries(conn, loads)
    yield from _compare_retractions(events, sources)


def _compare_loads(
    conn: Connection, loads: Sequence[Event], sources: Sequence[SourceEntry]
) -> Iterator[Note]:
    finder = _Finder(sources)
    files = {source: asdict(file) for source, file in reject_files(conn)}
    told: set[int] = set()
    for event in loads:
        path = str(event.params.get("path", ""))
        for said in _sheets(event):
            entry = finder.find(event.params, said)
            if entry is None:
                yield Note("db_event_source", {"event": event.seq, "path": path})
                continue
            told.add(entry.id)
            if _said(event, said) != _recorded(entry, files.get(entry.id)):
                where: dict[str, str | int] = {"source": entry.id, "path": entry.sheet.path}
                yield Note("db_event_differs", {"event": event.seq, **where})
    for entry in sources:
        if entry.id not in told:
            yield Note("db_source_untold", {"source": entry.id, "path": entry.sheet.path})


class _Finder:
    """Finds the source an entry of the log speaks of.

    Entries name it by number; those made before they did are known by file and sheet, in order.
    """

    def __init__(self, sources: Sequence[SourceEntry]) -> None:
        self._by_number = {entry.id: entry for entry in sources}
        self._by_place: dict[tuple[object, ...], list[SourceEntry]] = defaultdict(list)
        for entry in reversed(sources):
            place = (entry.sheet.sha256, entry.sheet.path, entry.sheet.sheet)
            self._by_place[place].append(entry)

    def find(self, params: Mapping[str, object], said: Mapping[str, Any]) -> SourceEntry | None:
        number = said.get("source")
        if number is not None:
            return self._by_number.get(number) if isinstance(number, int) else None
        left = self._by_place.get((params.get("sha256"), params.get("path"), said.get("sheet")))
        return left.pop() if left else None


def _sheets(event: Event) -> list[Mapping[str, Any]]:
    found = event.params.get("sheets")
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _said(event: Event, said: Mapping[str, Any]) -> tuple[object, ...]:
    params = event.params
    counts = [said.get(name) for name in _COUNTS]
    file = (params.get("sha256"), params.get("path"), params.get("delivery"))
    return (*file, said.get("sheet"), said.get("table"), *counts, said.get("rejects"))


def _recorded(entry: SourceEntry, rejects: object) -> tuple[object, ...]:
    counts = [getattr(entry.report, name) for name in _COUNTS]
    file = (entry.sheet.sha256, entry.sheet.path, entry.delivery)
    return (*file, entry.sheet.sheet, entry.sheet.table, *counts, rejects)


def _compare_deliveries(conn: Connection, loads: Sequence[Event]) -> Iterator[Note]:
    there = set(conn.execute(select(deliveries.c.id)).scalars())
    told = {event.params.get("delivery") for event in loads} - {None}
    for event in loads:
        delivery = event.params.get("delivery")
        if delivery is not None and delivery not in there:
            yield Note("db_event_delivery", {"event": event.seq, "delivery": str(delivery)})
    for number in sorted(there - told):
        yield Note("db_delivery_untold", {"delivery": number})


def _compare_retractions(events: Sequence[Event], sources: Sequence[SourceEntry]) -> Iterator[Note]:
    told = {event.seq: event.params.get("source") for event in events if event.action == "retract"}
    for entry in sources:
        if entry.retraction is not None and told.pop(entry.retraction.event, None) != entry.id:
            yield Note("db_retraction_untold", {"source": entry.id, "path": entry.sheet.path})
    for seq in sorted(told):
        yield Note("db_event_retraction", {"event": seq})
