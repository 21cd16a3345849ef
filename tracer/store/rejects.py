"""Rejected rows: kept with file, sheet, row, column, raw text and reason."""

import json
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, select

from tracer.model.diagnostic import Diagnostic
from tracer.model.load import RejectedRow
from tracer.store.tables import rejected_rows, retractions, source_files, source_sheets
from tracer.store.writing import batches, hold_write_lock, insert_rows, next_number

__all__ = ["add_rejects", "read_rejects"]

_COLUMNS = ("id", "source_id", "row", "printed_column", "raw", "reason", "reason_values")


def add_rejects(conn: Connection, source_id: int, rows: Iterable[Diagnostic]) -> int:
    """Keep the rows of a source that could not become records. Returns how many."""
    hold_write_lock(conn)
    number = next_number(conn, rejected_rows)
    first = number
    for batch in batches(rows):
        written = []
        for found in batch:
            values = json.dumps(dict(found.values), ensure_ascii=False, sort_keys=True)
            where = (number, source_id, found.row, found.column)
            written.append((*where, found.raw, found.reason, values))
            number += 1
        insert_rows(conn, rejected_rows, _COLUMNS, written)
    return number - first


def read_rejects(conn: Connection, source_id: int | None = None) -> Iterator[RejectedRow]:
    """Give the rejected rows by source, row and column.

    Parameters
    ----------
    source_id : int, optional
        Only those of this source, retracted or not; else those of every source that counts.
    """
    wanted = (
        select(
            source_files.c.path,
            source_sheets.c.sheet,
            rejected_rows.c.row,
            rejected_rows.c.printed_column,
            rejected_rows.c.raw,
            rejected_rows.c.reason,
            rejected_rows.c.reason_values,
        )
        .join(source_sheets, rejected_rows.c.source_id == source_sheets.c.id)
        .join(source_files, source_sheets.c.file_id == source_files.c.id)
        .order_by(source_sheets.c.id, rejected_rows.c.row, rejected_rows.c.id)
    )
    if source_id is not None:
        wanted = wanted.where(rejected_rows.c.source_id == source_id)
    else:
        wanted = wanted.outerjoin(retractions, retractions.c.source_id == source_sheets.c.id)
        wanted = wanted.where(retractions.c.source_id.is_(None))
    for path, sheet, row, column, raw, reason, values in conn.execute(wanted):
        diagnostic = Diagnostic(row, column, raw, reason, json.loads(values))
        yield RejectedRow(path, sheet, diagnostic)
