"""A log as blocks of text columns, whatever kind of file it is in.

Delimited text is read by `blocks`, Parquet by its columns, everything else row by row.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from tracer.ingest.blocks import BLOCK_BYTES, TextBlock, read_blocks
from tracer.ingest.headers import HeaderMatch
from tracer.ingest.joinedcells import JoinedCells, join_texts
from tracer.ingest.plaintimes import text_bytes
from tracer.ingest.reading import OpenSheet
from tracer.ingest.rows import RawRow
from tracer.ingest.textfiles import Broken, Record
from tracer.model.diagnostic import Diagnostic

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = [
    "COLUMNS",
    "JOINED",
    "SINGLE",
    "LogBlock",
    "Show",
    "join_groups",
    "read_by_rows",
    "read_in_blocks",
    "wanted_columns",
]

COLUMNS: Final = (
    "sent_at",
    "number",
    "extension",
    "upstream",
    "downstream",
    "account",
    "connector",
    "messages",
    "parts",
    "message_id",
    "status",
    "reported_by",
)
"""Columns of a log that count; nobody's recipient or content is ever among them."""

SINGLE: Final = frozenset({"sent_at", "message_id"})
"""Those whose texts repeat little."""
JOINED: Final = (
    frozenset(
        ("number", "extension", "upstream", "downstream", "account", "connector", "reported_by")
    ),
    frozenset(("messages", "parts", "status")),
)
"""The others, in groups that repeat together: who sends what, and what became of it."""

Show = Callable[[tuple[str, ...]], str]

_ROWS: Final = 1 << 15


@dataclass(frozen=True)
class LogBlock:
    """Some rows of a log.

    Parameters
    ----------
    columns : dict
        The columns `SINGLE`, as far as they are there: text without nulls by canonical name.
    joined : tuple of JoinedCells
        The others, in the groups `JOINED`.
    rows : numpy.ndarray
        Physical row of each.
    cells : callable
        Gives all cells of a row by its place in the block.
    rejects : list of Diagnostic
        Rows that could not even be split into cells.
    bytes_read : int
        How much of the file has been read at the end of the block; 0 where nobody knows.
    """

    columns: dict[str, "pa.Array"]
    joined: tuple[JoinedCells, ...]
    rows: "np.ndarray[Any, Any]"
    cells: Callable[[int], tuple[str, ...]]
    rejects: list[Diagnostic] = field(default_factory=list)
    bytes_read: int = 0


def join_groups(columns: "dict[str, pa.Array]", count: int) -> tuple[JoinedCells, ...]:
    """Join the columns of a log that repeat, text or dictionaries of text, group by group."""
    groups = [[name for name in COLUMNS if name in columns and name in group] for group in JOINED]
    return tuple(join_texts({name: columns[name] for name in group}, count) for group in groups)


def wanted_columns(header: HeaderMatch) -> dict[str, int]:
    """Give the columns of a log that count, and where they stand."""
    return {
        name: position
        for position, name in enumerate(header.columns)
        if name is not None and name in COLUMNS
    }


def read_by_rows(sheet: OpenSheet, header: HeaderMatch, show: Show) -> Iterator[LogBlock]:
    """Read a log row by row, as any other table."""
    import numpy as np
    import pyarrow as pa

    wanted = wanted_columns(header)
    stream = sheet.rows(show)
    while batch := list(islice(stream, _ROWS)):
        rows = [item for item in batch if isinstance(item, RawRow)]
        columns = {
            name: pa.array([row.cells[position] for row in rows], pa.string())
            for name, position in wanted.items()
        }
        yield LogBlock(
            {name: column for name, column in columns.items() if name in SINGLE},
            join_groups(columns, len(rows)),
            np.array([row.row for row in rows], dtype=np.int64),
            _getter(rows),
            [item for item in batch if isinstance(item, Diagnostic)],
        )


def _getter(rows: Sequence[RawRow]) -> Callable[[int], tuple[str, ...]]:
    return lambda index: rows[index].cells


def read_in_blocks(
    sheet: OpenSheet, header: HeaderMatch, show: Show, block_bytes: int = BLOCK_BYTES
) -> Iterator[LogBlock]:
    """Read delimited text in blocks.

    Raises
    ------
    Irregular
        If the file must be read row by row; what was given before is then void.
    Misjudged
        If it must be opened again; as above.
    """
    assert sheet.encoding is not None
    assert sheet.delimiter is not None
    blocks = read_blocks(
        sheet.file,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        header_row=header.header_row,
        width=len(header.printed),
        wanted=wanted_columns(header),
        joined=JOINED,
        block_bytes=block_bytes,
    )
    is_presumed = sheet.is_presumed
    for block in blocks:
        if is_presumed and any(isinstance(odd, Broken) for odd in block.odd.values()):
            sheet.confirm()
            is_presumed = False
        yield _log_block(block, len(header.printed), show)


def _log_block(block: TextBlock, width: int, show: Show) -> LogBlock:
    columns = {name: _flat(block.table[name]) for name in block.table.column_names}
    joined, rows = block.joined, block.lines
    if blank := _blank_rows(block, columns):
        import numpy as np
        import polars as pl
        import pyarrow as pa

        keep = np.ones(len(rows), dtype=bool)
        keep[blank] = False
        columns = {name: column.filter(pa.array(keep)) for name, column in columns.items()}
        joined = tuple(group.filter(pl.Series(keep)) for group in joined)
        rows = rows[keep]

    def cells(index: int) -> tuple[str, ...]:
        record = block.record(int(rows[index]))
        assert isinstance(record, Record)
        return tuple(record.cells)

    rejects = [_reject(odd, block.delimiter, width, show) for _, odd in sorted(block.odd.items())]
    return LogBlock(columns, joined, rows, cells, rejects, block.bytes_read)


def _flat(column: "pa.ChunkedArray") -> "pa.Array":
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _blank_rows(block: TextBlock, columns: dict[str, "pa.Array"]) -> list[int]:
    """Find the rows in which every cell is blank: they are no rows."""
    places = _blank_texts(next(iter(columns.values())))
    return [place for place in places if block.record(int(block.lines[place])) is None]


def _blank_texts(texts: "pa.Array") -> list[int]:
    """Find the texts that are nothing but white space; first, cheaply, those that might be."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    offsets, content = text_bytes(texts)
    starts = offsets[:-1]
    is_empty = np.diff(offsets) == 0
    first = np.full(len(texts), ord(" "), dtype=np.uint8)
    first[~is_empty] = content[starts[~is_empty]]
    places = np.flatnonzero((first <= ord(" ")) | (first > ord("~")))
    trimmed = pc.utf8_trim_whitespace(texts.take(pa.array(places)))
    found: list[int] = places[np.diff(text_bytes(trimmed)[0]) == 0].tolist()
    return found


def _reject(odd: Record | Broken, delimiter: str, width: int, show: Show) -> Diagnostic:
    if isinstance(odd, Broken):
        return Diagnostic(odd.row, None, show(tuple(odd.raw.split(delimiter))), odd.reason)
    values = {"expected": width, "found": len(odd.cells)}
    return Diagnostic(odd.row, None, show(tuple(odd.cells)), "wrong_width", values)
