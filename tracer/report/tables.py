"""Loads, sources, the custody log, rejected rows and hops as JSON and CSV.

Columns and codes are the canonical ones, equal in both languages; only sentences (notes,
explanations) are in the reader's. CSV by the standard library: pandas would add nothing here but
half a second before the first line.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Protocol

from tracer.graph.result import AccessHop, Hop, Trace
from tracer.messages import Language
from tracer.model.event import Event
from tracer.model.finding import Finding
from tracer.model.load import RejectedRow, SourceReport, SourceSheet
from tracer.report.corrected import corrected_words
from tracer.report.documents import csv_text, dump, note_text, reason_text
from tracer.report.lead_marks import LeadMarks
from tracer.rules.examined import ExaminedTrace

__all__ = [
    "SourceListing",
    "hops_csv",
    "load_json",
    "log_json",
    "rejects_csv",
    "rejects_json",
    "sources_csv",
    "sources_json",
    "trace_csv",
]

LOAD_SCHEMA = "tracer.load/1"
REJECTS_SCHEMA = "tracer.rejects/1"
SOURCES_SCHEMA = "tracer.sources/1"
LOG_SCHEMA = "tracer.log/1"

_COUNTS = ("rows", "loaded", "rejected", "duplicates")
_REJECT_COLUMNS = ("path", "sheet", "row", "column", "raw", "reason", "explanation")
_SOURCE_COLUMNS = (
    "id", "delivery", "path", "sheet", "table", "encoding", "sha256", "sm3", "size", *_COUNTS,
    "operator", "at", "retracted_at", "retracted_by", "retracted_reason",
)  # fmt: skip
_HOP_COLUMNS = (
    "number", "window_from", "window_to", "kind", "upstream", "downstream", "upstream_layer",
    "downstream_layer", "status", "attested", "messages", "messages_covered", "blocked", "parts",
    "unit", "contracts", "first_day", "last_day", "records", "leads", "corrected",
)  # fmt: skip


class Withdrawal(Protocol):
    """The event that withdrew a source."""

    @property
    def at(self) -> str:
        """When, ISO 8601."""

    @property
    def operator(self) -> str:
        """Who did it."""

    @property
    def reason(self) -> str | None:
        """Why."""


class SourceListing(Protocol):
    """One source as the store lists it; named by shape, since siblings do not see each other."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def sheet(self) -> SourceSheet:
        """What was read, and how."""

    @property
    def report(self) -> SourceReport:
        """What became of its rows."""

    @property
    def delivery(self) -> int | None:
        """The load command it came in with."""

    @property
    def operator(self) -> str | None:
        """Who did it."""

    @property
    def at(self) -> str | None:
        """When, ISO 8601."""

    @property
    def retraction(self) -> Withdrawal | None:
        """What withdrew it, if anything did."""


def load_json(files: Iterable[SourceReport], lang: Language) -> str:
    """Write the report of one load as the document `tracer.load/1`.

    Parameters
    ----------
    files : Iterable of SourceReport
        One per sheet read, in the order read.
    lang : {"zh", "en"}
        Language of the notes.
    """
    reports = tuple(files)
    listed = [
        {
            "path": each.path,
            "sheet": each.sheet,
            "sha256": each.sha256,
            "sm3": each.sm3,
            "table": each.table,
            "encoding": each.encoding,
            **{name: getattr(each, name) for name in _COUNTS},
            "notes": [note_text(note, lang) for note in each.notes],
        }
        for each in reports
    ]
    totals = {name: sum(getattr(each, name) for each in reports) for name in _COUNTS}
    return dump({"schema": LOAD_SCHEMA, "files": listed, **totals})


def rejects_json(rows: Iterable[RejectedRow], lang: Language) -> str:
    """Write rejected rows as the document `tracer.rejects/1`.

    `reason` is the stable code; `explanation` says it in a sentence.
    """
    listed = [dict(zip(_REJECT_COLUMNS, _reject(row, lang), strict=True)) for row in rows]
    return dump({"schema": REJECTS_SCHEMA, "rows": listed})


def rejects_csv(rows: Iterable[RejectedRow], lang: Language) -> str:
    """Write rejected rows as CSV, columns as in the JSON."""
    return csv_text(_REJECT_COLUMNS, (_reject(row, lang) for row in rows))


def _reject(row: RejectedRow, lang: Language) -> tuple[object, ...]:
    told = row.diagnostic
    place = (row.path, row.sheet, told.row, told.column)
    return (*place, told.raw, told.reason, reason_text(told, lang))


def sources_json(entries: Iterable[SourceListing], lang: Language) -> str:
    """Write the sources on record as the document `tracer.sources/1`."""
    listed = [
        {
            **dict(zip(_SOURCE_COLUMNS, _source(entry), strict=True)),
            "notes": [note_text(note, lang) for note in entry.report.notes],
        }
        for entry in entries
    ]
    return dump({"schema": SOURCES_SCHEMA, "sources": listed})


def sources_csv(entries: Iterable[SourceListing]) -> str:
    """Write the sources on record as CSV, columns as in the JSON, without notes."""
    return csv_text(_SOURCE_COLUMNS, (_source(entry) for entry in entries))


def log_json(events: Iterable[Event]) -> str:
    """Write the custody log as the document `tracer.log/1`, every entry as it is hashed."""
    return dump({"schema": LOG_SCHEMA, "events": [asdict(event) for event in events]})


def _source(entry: SourceListing) -> tuple[object, ...]:
    sheet, report, gone = entry.sheet, entry.report, entry.retraction
    return (
        entry.id, entry.delivery, sheet.path, sheet.sheet, sheet.table, sheet.encoding,
        sheet.sha256, sheet.sm3, sheet.size, *(getattr(report, name) for name in _COUNTS),
        entry.operator, entry.at, gone and gone.at, gone and gone.operator, gone and gone.reason,
    )  # fmt: skip


def trace_csv(trace: Trace, findings: Sequence[Finding]) -> str:
    """Write the hops of one trace as `hops_csv` does."""
    return hops_csv([ExaminedTrace(trace, tuple(findings))])


def hops_csv(traces: Sequence[ExaminedTrace]) -> str:
    """Write every hop and access hop, one a row, with every record it rests on.

    Contract numbers, record ids and the rules that found something at the hop (`leads`) stand in
    one cell each, separated by `;`; so do values that were put right (`corrected`). Findings that
    are about no hop have no row here.

    Parameters
    ----------
    traces : sequence of ExaminedTrace
        One after another; `number` and the window tell them apart.
    """
    rows = (row for each in traces for row in _hop_rows(each.trace, each.findings))
    return csv_text(_HOP_COLUMNS, rows)


def _hop_rows(trace: Trace, findings: Sequence[Finding]) -> Iterator[Sequence[object]]:
    marks = LeadMarks(findings)
    layers = {traced.name: traced.layer for traced in trace.parties}
    scope = (trace.number, trace.window.first, trace.window.last)

    def leads(upstream: str, downstream: str) -> str:
        return ";".join(marks.hop(upstream, downstream))

    def corrected(records: Iterable[str]) -> str:
        made = trace.evidence.marks.corrections
        found = ((record, corrected_words(made.get(record, ()))) for record in records)
        return ";".join(f"{record} {words}" for record, words in found if words)

    def hop_row(hop: Hop) -> Sequence[object]:
        ends = (hop.upstream, hop.downstream, layers.get(hop.upstream), layers.get(hop.downstream))
        shown = (hop.status, hop.attested, hop.messages, hop.messages_covered, hop.blocked)
        papers = ";".join(hop.contract_numbers)
        days = (hop.first_day, hop.last_day)
        return (*scope, "hop", *ends, *shown, hop.parts, hop.unit, papers, *days,
                ";".join(hop.records), leads(hop.upstream, hop.downstream),
                corrected(hop.records))  # fmt: skip

    def access_row(access: AccessHop) -> Sequence[object]:
        ends = (access.carrier, access.party, None, layers.get(access.party))
        shown = (None, None, access.messages, access.messages_covered, None, None, None)
        papers = ";".join(access.contract_numbers)
        ids = [each.ref.record_id for each in access.contracts]
        ids += [each.ref.record_id for each in access.routing]
        days = (access.first_day, access.last_day)
        records = sorted(ids)
        found = leads(access.carrier, access.party)
        told = (";".join(records), found, corrected(records))
        return (*scope, "access", *ends, *shown, papers, *days, *told)

    yield from map(hop_row, trace.hops)
    yield from map(access_row, trace.access)
