"""Rows of a block that share all their keys become one, with their number and their range.

A log is mostly in the order of time, so a block holds few days, and in these the same numbers on
the same hops. What is summed afterwards (`expression.sum_rows`) is a part of the rows only.
"""

from typing import TYPE_CHECKING, Any, Final

from tracer.ingest.duckdb_ids import IdFile
from tracer.ingest.logschema import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import pyarrow as pa

    Ints = np.ndarray[Any, Any]

__all__ = ["join_rows"]

_KEYS: Final = ("moment", "source", "hop", "amount", "status", "reporter")
_MOST_SLOTS: Final = 1 << 62


def join_rows(
    coded: "pa.Table | pa.RecordBatch", wanted: "np.ndarray[Any, np.dtype[np.bool_]]"
) -> "pa.Table":
    """Join the rows of a block that have the same keys (columns `logschema.PARTS`).

    Parameters
    ----------
    coded : pyarrow.Table or RecordBatch
        Rows like those of the table `raw`, in order of row.
    wanted : numpy.ndarray of bool
        The rows that count.
    """
    import numpy as np
    import pyarrow as pa

    names = (*_KEYS, "row", "past")
    columns: dict[str, Any] = {name: coded.column(name).to_numpy() for name in names}
    if not wanted.all():
        columns = {name: column[wanted] for name, column in columns.items()}
    row, past = columns["row"], columns["past"]
    if not len(row):
        return pa.table({name: pa.array([], pa.int64()) for name in PARTS})
    groups, count = _groups([columns[name] for name in _KEYS])
    order = np.arange(len(row))
    first, last = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64)
    last[groups] = order  # of several rows the last one assigned stays
    first[groups[::-1]] = order[::-1]
    first_past, last_past = past[first], past[first]
    np.minimum.at(first_past, groups, past)
    np.maximum.at(last_past, groups, past)
    return pa.table(
        {
            **{name: columns[name][first] for name in _KEYS},
            "rows": np.bincount(groups, minlength=count),
            "first_row": row[first],
            "last_row": row[last],
            "first_past": first_past,
            "last_past": last_past,
        }
    )


def join_kept(ids: IdFile, repeats: "Ints") -> "Iterator[pa.Table]":
    """Join the rows of a sheet that were written to disk: neither suspects nor duplicates.

    Parameters
    ----------
    ids : IdFile
        The rows, in order of row.
    repeats : numpy.ndarray
        Rows of the duplicates, sorted.
    """
    import numpy as np

    for batch in ids.batches(*_KEYS, "row", "past", "suspect"):
        wanted = ~batch.column("suspect").to_numpy(zero_copy_only=False)
        row = batch.column("row").to_numpy()
        first, end = np.searchsorted(repeats, [row[0], row[-1] + 1])
        wanted[np.searchsorted(row, repeats[first:end])] = False
        yield join_rows(batch, wanted)


def _groups(columns: "list[Ints]") -> "tuple[Ints, int]":
    """Give each combination of keys a number, and tell how many there are."""
    import numpy as np

    combined, slots = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in columns:
        low = int(column.min())
        span = int(column.max()) - low + 1
        if slots * span > _MOST_SLOTS:
            combined, slots = _dense(combined)
        if span > 1:
            combined *= span
            combined += column
            combined -= low
            slots *= span
    return _dense(combined)


def _dense(numbers: "Ints") -> "tuple[Ints, int]":
    import numpy as np
    import pyarrow as pa

    coded = pa.array(numbers).dictionary_encode()
    return coded.indices.to_numpy().astype(np.int64), len(coded.dictionary)
