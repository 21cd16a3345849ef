"""Records of a Parquet file whose number holds certain digits, found without reading the others."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracer.ingest.rawlines import NotByLines
from tracer.ingest.rows import RawRow
from tracer.ingest.workbooks import parquet_text

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["find_records"]


def find_records(
    file: Path, place: int, needle: str, first: int, last: int, *, width: int
) -> Iterator[RawRow]:
    """Find the records from `first` to `last` (from 1) that hold digits in a column.

    Parameters
    ----------
    file : pathlib.Path
        Parquet.
    place : int
        The column looked at.
    needle : str
        What is looked for.
    first, last : int
        Records, both inclusive.
    width : int
        Cells in a row.

    Raises
    ------
    NotByLines
        If it is no Parquet, has other columns, or that one holds neither text nor whole numbers.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import parquet

    try:
        opened = parquet.ParquetFile(file)
    except pa.ArrowInvalid:
        raise NotByLines from None
    with opened:
        names = opened.schema_arrow.names
        if len(names) != width or len(set(names)) != width:
            raise NotByLines
        name = names[place]
        before = 0
        for group in range(opened.num_row_groups):
            start, before = before + 1, before + opened.metadata.row_group(group).num_rows
            if before < first or start > last:
                continue
            column = _as_text(opened.read_row_group(group, columns=[name])[name])
            hits = pc.indices_nonzero(pc.fill_null(pc.match_substring(column, needle), False))
            if len(hits):
                rows = opened.read_row_group(group).take(hits)
                for row, cells in zip(hits.to_pylist(), _cells(rows), strict=True):
                    if first <= start + row <= last:
                        yield RawRow(start + row, cells)


def _as_text(column: "pa.ChunkedArray") -> Any:
    import pyarrow as pa

    kind = column.type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if not (
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind)
    ):
        raise NotByLines
    return column.cast(pa.large_string())


def _cells(rows: "pa.Table") -> Iterator[tuple[str, ...]]:
    columns = [[parquet_text(value) for value in each.to_pylist()] for each in rows.columns]
    return zip(*columns, strict=True)
