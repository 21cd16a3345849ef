"""Rejected rows: kept with file, sheet, row, column, raw text and reason.

The first of a source stand in the database. Beyond `REJECTS_KEPT` they go to a file beside it,
which is recorded here with its digest; who writes and reads that file is given by the caller.
"""

import heapq
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby, islice
from operator import attrgetter, itemgetter
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, select

from tracer.model.diagnostic import Diagnostic
from tracer.model.load import RejectedRow
from tracer.model.rejectfile import RejectFile
from tracer.store.tables import (
    rejected_files,
    rejected_rows,
    retractions,
    source_files,
    source_sheets,
)
from tracer.store.writing import batches, hold_write_lock, insert_rows, next_number

__all__ = [
    "REJECTS_KEPT",
    "Keep",
    "Open",
    "add_rejects",
    "read_rejects",
    "reject_file_of",
    "reject_files",
]

REJECTS_KEPT: Final = 10_000
"""Rejected rows of one source that stand in the database."""

Keep = Callable[[Iterator[Diagnostic]], RejectFile]
"""Writes the rejected rows beyond those kept in the database into a file."""
Open = Callable[[RejectFile], Iterable[Diagnostic]]
"""Gives the rejected rows of such a file; none if it cannot be used."""

_COLUMNS = ("id", "source_id", "row", "printed_column", "raw", "reason", "reason_values")
_FILE_COLUMNS = ("source_id", "path", "sha256", "size", "rows")


def add_rejects(
    conn: Connection,
    source_id: int,
    rows: Iterable[Diagnostic],
    keep: Keep | None = None,
    *,
    most: int = REJECTS_KEPT,
) -> int:
    """Keep the rows of a source that could not become records.

    Parameters
    ----------
    conn : Connection
        The transaction of the source.
    source_id : int
        The source.
    rows : iterable of Diagnostic
        In the order of their rows.
    keep : callable, optional
        Writes what goes beyond `most`; without it all of them stand in the database.
    most : int
        How many stand in the database.

    Returns
    -------
    int
        How many there are, wherever they stand.
    """
    hold_write_lock(conn)
    stream = iter(rows)
    here = _insert(conn, source_id, stream if keep is None else islice(stream, most))
    further = next(stream, None)
    if further is None or keep is None:
        return here
    file = keep(chain([further], stream))
    row = (source_id, file.name, file.sha256, file.size, file.rows)
    insert_rows(conn, rejected_files, _FILE_COLUMNS, [row])
    return here + file.rows


def _insert(conn: Connection, source_id: int, rows: Iterable[Diagnostic]) -> int:
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


def read_rejects(
    conn: Connection, source_id: int | None = None, open_file: Open | None = None
) -> Iterator[RejectedRow]:
    """Give the rejected rows by source, row and column.

    Parameters
    ----------
    source_id : int, optional
        Only those of this source, retracted or not; else those of every source that counts.
    open_file : callable, optional
        Reads the files of rejected rows; without it only what stands in the database is given.
    """
    files = dict(reject_files(conn)) if open_file is not None else {}
    found = conn.execute(_reading(source_id))
    for source, rows in groupby(found, key=itemgetter(0)):
        first = next(rows)
        stored = (_diagnostic(row) for row in chain([first], rows))
        if open_file is not None and source in files:
            stored = heapq.merge(stored, open_file(files[source]), key=attrgetter("row"))
        for diagnostic in stored:
            yield RejectedRow(first.path, first.sheet, diagnostic)


def _reading(source_id: int | None) -> Select[*tuple[Any, ...]]:
    wanted = (
        select(
            source_sheets.c.id,
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
        return wanted.where(rejected_rows.c.source_id == source_id)
    wanted = wanted.outerjoin(retractions, retractions.c.source_id == source_sheets.c.id)
    return wanted.where(retractions.c.source_id.is_(None))


def _diagnostic(row: Row[*tuple[Any, ...]]) -> Diagnostic:
    values = json.loads(row.reason_values)
    return Diagnostic(row.row, row.printed_column, row.raw, row.reason, values)


def reject_file_of(conn: Connection, source_id: int) -> RejectFile | None:
    """Name the file in which the rejected rows of a source go on; None if all stand here."""
    return dict(reject_files(conn, source_id)).get(source_id)


def reject_files(
    conn: Connection, source_id: int | None = None
) -> tuple[tuple[int, RejectFile], ...]:
    """Name the files of rejected rows by source, retracted ones too."""
    wanted = select(*(rejected_files.c[name] for name in _FILE_COLUMNS))
    if source_id is not None:
        wanted = wanted.where(rejected_files.c.source_id == source_id)
    rows = conn.execute(wanted.order_by(rejected_files.c.source_id))
    return tuple((source, RejectFile(*rest)) for source, *rest in rows)
