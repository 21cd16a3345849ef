"""A hop opened down to its raw rows, as JSON and CSV."""

from collections.abc import Iterator
from typing import Final

from tracer.model.evidence import Contract
from tracer.model.rawhop import HopRows, HopTotal, OpenedSource, RawHopRow, RowSums
from tracer.report.documents import csv_text, dump

__all__ = ["rows_csv", "rows_json"]

ROWS_SCHEMA: Final = "tracer.rows/1"

_COLUMNS: Final = (
    "kind", "path", "sheet", "sha256", "state", "row", "last_row", "record", "number", "day",
    "reporter", "delivery", "rows", "messages", "blocked", "duplicate", "text",
)  # fmt: skip


def rows_json(found: HopRows) -> str:
    """Write a hop, its sources, totals, rows and contracts as the document `tracer.rows/1`."""
    return dump(
        {
            "schema": ROWS_SCHEMA,
            "number": found.number,
            "window": {"from": _day(found.window.first), "to": _day(found.window.last)},
            "upstream": found.upstream,
            "downstream": found.downstream,
            "sources": [_source(source) for source in found.sources],
            "contracts": [_contract(each) for each in found.contracts],
            "truncated": found.left_out > 0,
            "left_out": found.left_out,
        }
    )


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _source(source: OpenedSource) -> dict[str, object]:
    unproven = set(source.unproven)
    sums = source.sums or (None,) * len(source.totals)
    return {
        "id": source.id,
        "path": source.sheet.path,
        "sheet": source.sheet.sheet,
        "sha256": source.sheet.sha256,
        "state": source.state,
        "found_sha256": source.found_sha256,
        "detail": None if source.fault is None else str(source.fault),
        "totals": [
            _total(total, added, adds_up=total not in unproven)
            for total, added in zip(source.totals, sums, strict=True)
        ],
        "rows": [_row(row) for row in source.rows],
    }


def _total(total: HopTotal, found: RowSums | None, *, adds_up: bool) -> dict[str, object]:
    return {
        "record": total.record,
        "row": total.row,
        "last_row": total.last_row,
        "number": total.number,
        "day": total.day.isoformat(),
        "upstream": total.upstream,
        "downstream": total.downstream,
        "reporter": total.reporter or None,
        "account": total.account or None,
        "delivery": total.delivery,
        "rows": total.rows,
        "messages": total.messages,
        "blocked": total.blocked,
        "parts": total.parts,
        "unit": total.unit,
        "adds_up": adds_up,
        "duplicates": None if found is None else found.duplicates,
    }


def _row(row: RawHopRow) -> dict[str, object]:
    return {
        "row": row.row,
        "record": row.total.record,
        "messages": row.messages,
        "blocked": row.blocked,
        "duplicate": row.is_duplicate,
        "cells": [list(cell) for cell in row.cells],
    }


def _contract(contract: Contract) -> dict[str, object]:
    ref = contract.ref
    return {
        "record": ref.record_id,
        "path": ref.path,
        "sheet": ref.sheet,
        "row": ref.row,
        "sha256": ref.digest,
        "contract_no": contract.contract_no,
        "segments": [segment.prefix for segment in contract.segments],
        "valid_from": _day(contract.term.first),
        "valid_to": _day(contract.term.last),
    }


def rows_csv(found: HopRows) -> str:
    """Write totals, rows and contracts as CSV, one a line; `kind` tells which it is."""
    return csv_text(_COLUMNS, _csv_rows(found))


def _csv_rows(found: HopRows) -> Iterator[tuple[object, ...]]:
    for source in found.sources:
        sheet = source.sheet
        where = (sheet.path, sheet.sheet, sheet.sha256, source.state)
        for total in source.totals:
            place = (total.row, total.last_row, total.record, *_said(total))
            counts = (total.rows, total.messages, total.blocked)
            yield ("total", *where, *place, *counts, None, None)
        for row in source.rows:
            place = (row.row, row.row, row.total.record, *_said(row.total))
            counts = (1, row.messages, row.blocked)
            text = " | ".join(f"{printed}={cell}" for printed, cell in row.cells)
            yield ("row", *where, *place, *counts, str(row.is_duplicate).lower(), text)
    for contract in found.contracts:
        ref = contract.ref
        place = (ref.path, ref.sheet, ref.digest, None, ref.row, ref.last_row, ref.record_id)
        yield ("contract", *place, *(None,) * 8, contract.contract_no)


def _said(total: HopTotal) -> tuple[object, ...]:
    return (total.number, total.day, total.reporter or None, total.delivery)
