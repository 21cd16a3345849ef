"""Parquet logs by columns: the text that the row reader gives, without a step per row.

Texts stay Arrow's. Of other types every distinct value of a block goes through `parquet_text`,
but for whole seconds, which Arrow writes alike.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tracer.errors import UsageError
from tracer.ingest.filekinds import tell_kind
from tracer.ingest.headers import HeaderMatch
from tracer.ingest.logblocks import SINGLE, LogBlock, join_groups, wanted_columns
from tracer.ingest.reading import OpenSheet
from tracer.ingest.workbooks import parquet_text

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["is_columnar", "parquet_column", "read_parquet_blocks"]

_ROWS: Final = 1 << 18
_FIRST_SECOND: Final = -2_208_988_800
"""1900-01-01; what is earlier is no time of a log, and is written by Python."""
_LAST_SECOND: Final = 4_133_980_800
_PER_SECOND: Final = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


def is_columnar(sheet: OpenSheet, header: HeaderMatch) -> bool:
    """Tell whether a sheet is a Parquet file, its columns those of the header."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if sheet.delimiter is not None or sheet.encoding is not None or sheet.sheet is not None:
        return False
    if tell_kind(sheet.file, sheet.path) != "parquet":
        return False
    try:
        names = pq.read_schema(sheet.file).names
    except (pa.ArrowException, OSError, ValueError):
        return False  # the row reader says so
    return tuple(" ".join(str(name).split()) for name in names) == header.printed


def read_parquet_blocks(sheet: OpenSheet, header: HeaderMatch) -> Iterator[LogBlock]:
    """Read a Parquet log in blocks; its rows count from 1.

    Raises
    ------
    UsageError
        If it is broken.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    first = 1
    try:
        with pq.ParquetFile(sheet.file, read_dictionary=_repeating(sheet.file, header)) as opened:
            total, size = max(opened.metadata.num_rows, 1), sheet.file.stat().st_size
            for batch in opened.iter_batches(_ROWS):
                done = size * (first - 1 + batch.num_rows) // total
                yield _block(batch, header, first, done)
                first += batch.num_rows
    except (pa.ArrowException, OSError, ValueError) as fault:
        detail = " ".join(str(fault).split())[:120] or type(fault).__name__
        raise UsageError("broken_parquet", path=sheet.path, detail=detail) from fault


def _repeating(file: Path, header: HeaderMatch) -> list[str]:
    """Name the text columns whose texts repeat a good deal."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pq.read_schema(file)
    return [
        schema.field(position).name
        for name, position in wanted_columns(header).items()
        if name not in SINGLE and pa.types.is_string(schema.field(position).type)
    ]


def _block(batch: "pa.RecordBatch", header: HeaderMatch, first: int, done: int) -> LogBlock:
    import numpy as np
    import polars as pl
    import pyarrow as pa

    wanted = wanted_columns(header)
    columns = {name: parquet_column(batch.column(place)) for name, place in wanted.items()}
    single = {name: _plain(column) for name, column in columns.items() if name in SINGLE}
    rows = np.arange(first, first + batch.num_rows)
    joined = join_groups(columns, len(rows))
    if blank := _blank_rows(batch, columns):
        keep = np.ones(len(rows), dtype=np.bool_)
        keep[blank] = False
        single = {name: column.filter(pa.array(keep)) for name, column in single.items()}
        joined = tuple(group.filter(pl.Series(keep)) for group in joined)
        rows = rows[keep]
    return LogBlock(single, joined, rows, _getter(batch, rows - first), bytes_read=done)


def _blank_rows(batch: "pa.RecordBatch", columns: "dict[str, pa.Array]") -> list[int]:
    """Find the rows in which every cell is blank: they are no rows."""
    import numpy as np
    import pyarrow.compute as pc

    column = _plain(next(iter(columns.values())))
    lengths = pc.utf8_length(pc.utf8_trim_whitespace(column))
    places = np.flatnonzero(lengths.to_numpy(zero_copy_only=False) == 0).tolist()
    return [
        place
        for place in places
        if not any(cell and not cell.isspace() for cell in _cells(batch, place))
    ]


def _getter(batch: "pa.RecordBatch", places: Any) -> Callable[[int], tuple[str, ...]]:
    return lambda index: _cells(batch, int(places[index]))


def _cells(batch: "pa.RecordBatch", place: int) -> tuple[str, ...]:
    return tuple(parquet_text(column[place].as_py()) for column in batch.columns)


def parquet_column(column: "pa.Array") -> "pa.Array":
    """Write a column as text, as `parquet_text` writes its values: text, or a dictionary of it.

    Examples
    --------
    >>> import pyarrow as pa
    >>> parquet_column(pa.array([10687415, None])).to_pylist()
    ['10687415', '']
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_string(kind):
        column = column.fill_null("") if column.null_count else column
        has_nul = pc.any(pc.match_substring(column, "\0")).as_py()
        return pc.replace_substring(column, "\0", r"\x00") if has_nul else column
    if pa.types.is_dictionary(kind):
        return _written(column)
    if pa.types.is_timestamp(kind) and kind.tz is None:
        return _seconds(column)
    try:
        return _written(column.dictionary_encode())
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        return pa.array([parquet_text(value) for value in column.to_pylist()], pa.string())


def _written(column: Any) -> "pa.DictionaryArray":
    """Write the distinct values of a dictionary; null becomes blank."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = [parquet_text(value) for value in column.dictionary.to_pylist()]
    indices = column.indices.cast(pa.int32())
    if indices.null_count:
        indices = pc.fill_null(indices, len(texts))
        texts.append("")
    return pa.DictionaryArray.from_arrays(indices, pa.array(texts, pa.string()))


def _seconds(column: "pa.Array") -> "pa.Array":
    """Write times without a zone: whole seconds by Arrow, others by Python."""
    import numpy as np
    import pyarrow as pa

    counts = np.asarray(column.cast(pa.int64()).fill_null(-1).to_numpy(zero_copy_only=False))
    seconds, rest = np.divmod(counts, _PER_SECOND[column.type.unit])
    is_plain = (rest == 0) & (seconds >= _FIRST_SECOND) & (seconds < _LAST_SECOND)
    is_plain &= (seconds % 86400 != 0) & column.is_valid().to_numpy(zero_copy_only=False)
    plain = pa.array(np.where(is_plain, seconds, 0), pa.timestamp("s")).cast(pa.string())
    if is_plain.all():
        return plain
    places = pa.array(np.flatnonzero(~is_plain))
    others = _plain(_written(column.take(places).dictionary_encode()))
    return pa.compute.replace_with_mask(plain, pa.array(~is_plain), others)


def _plain(column: "pa.Array") -> "pa.Array":
    import pyarrow as pa

    return column.cast(pa.string()) if isinstance(column, pa.DictionaryArray) else column
