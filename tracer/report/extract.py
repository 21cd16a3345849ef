"""The rows a trace rests on, written out: for a package that holds no source files."""

from collections.abc import Iterable, Mapping

from tracer.graph.result import Trace
from tracer.messages import Language, text
from tracer.model.finding import Finding
from tracer.model.source import RecordRef
from tracer.report.documents import csv_text

__all__ = ["extract_csv", "records_of"]

_COLUMNS = ("record", "table", "file", "sheet", "row", "last_row", "sha256", "cells")


def records_of(trace: Trace, findings: Iterable[Finding]) -> frozenset[RecordRef]:
    """Give every record that a trace or a finding of it names."""
    found = {each.ref for each in trace.evidence.allocations}
    found |= {each.ref for each in trace.evidence.contracts}
    found |= {each.ref for each in trace.evidence.routing}
    found |= {each.ref for each in trace.evidence.incidents}
    return frozenset(found.union(*(finding.records for finding in findings)))


def extract_csv(refs: Iterable[RecordRef], cells: Mapping[RecordRef, str], lang: Language) -> str:
    """Write a line for each record: where it stands, and what its cells read.

    Rows of logs are summed when they are loaded: a line names the first and the last row of those
    a total was summed from, and the total stands in the results.

    Parameters
    ----------
    cells : Mapping
        Cells of the records of papers, as JSON.
    """
    header = [text(f"extract.head.{name}", lang) for name in _COLUMNS]
    rows = (
        (
            ref.record_id,
            ref.table,
            ref.path,
            ref.sheet,
            ref.row,
            ref.last_row,
            ref.digest,
            cells.get(ref),
        )
        for ref in sorted(refs, key=lambda ref: (ref.path, ref.sheet_no, ref.row, ref.record_id))
    )
    return csv_text(header, rows)
