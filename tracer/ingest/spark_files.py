"""What a piece of a log leaves in the scratch folder: Parquet files, one a table.

A piece is what one task reads. Its keys are its own; put behind the number of the piece they are
nobody else's, so that pieces are read apart and joined by Spark. A file has its name only when
it is whole, and a task that is run again writes it again.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tracer.ingest.expression import TOO_LONG_ABOVE
from tracer.ingest.logschema import RAW, SCHEMAS

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

__all__ = [
    "FAULTS",
    "PIECE_BITS",
    "TABLES",
    "TEXTS",
    "UNREAD",
    "FaultRow",
    "PieceFiles",
    "arrow_columns",
    "make_folders",
    "piece_file",
]

PIECE_BITS: Final = 32
"""Keys of a piece are 32 bits; the number of the piece stands above them."""

FaultRow = tuple[int, str | None, str, str]
"""Number of a fault, column, reason, JSON of its values."""

TEXTS: Final = "texts"
FAULTS: Final = "faults"
UNREAD: Final = "unread"

_KEYS: Final = frozenset(
    {name for name, kind in RAW.items() if kind == "int32" and name != "sheet"} | {"ends", "above"}
)
_DROPPED: Final = frozenset({"upstream_id", "downstream_id", "reporter_id", "message_hash"})
"""Numbers that must agree between pieces: they are given when all have been read."""

_OWN: Final[dict[str, dict[str, str]]] = {
    TEXTS: {"row": "int64", "raw": "string", "instead": "string"},
    FAULTS: {"fault": "int64", "place": "string", "reason": "string", "details": "string"},
    UNREAD: {
        "row": "int64",
        "raw": "string",
        "reason": "string",
        "place": "string",
        "details": "string",
    },
}
_OF_A_LINE: Final = frozenset({"raw", TEXTS, UNREAD})


def _is_key(column: str) -> bool:
    return column in _KEYS or column.endswith("fault")


@cache
def _tables() -> dict[str, dict[str, str]]:
    tables = {}
    for name, columns in (SCHEMAS | _OWN).items():
        kept = {
            column: "int64" if _is_key(column) else kind
            for column, kind in columns.items()
            if column not in _DROPPED
        }
        tables[name] = ({"piece": "int32"} if name in _OF_A_LINE else {}) | kept
    return tables


TABLES: Final = _tables()
"""Columns of every file; `piece` tells whose line `row` counts from the beginning of."""


def make_folders(folder: Path) -> None:
    """Make the folders of a sheet, one a table."""
    for name in TABLES:
        (folder / name).mkdir(parents=True)


def piece_file(folder: Path, name: str, piece: int) -> Path:
    """Name the file of a piece with rows of a table."""
    return folder / name / f"{piece:08d}.parquet"


class PieceFiles:
    """Writes the files of one piece.

    Parameters
    ----------
    folder : pathlib.Path
        The folder of the sheet.
    piece : int
        Number of the piece, from 1, within the load.
    """

    def __init__(self, folder: Path, piece: int) -> None:
        self._folder, self._piece = folder, piece
        self._writers: dict[str, tuple[Path, pq.ParquetWriter]] = {}

    def add(self, name: str, table: "pa.Table") -> None:
        """Add rows of a table of `expression`, its keys still those of the piece."""
        import pyarrow as pa
        import pyarrow.compute as pc

        above = self._piece << PIECE_BITS
        columns: list[Any] = []
        for column, kind in TABLES[name].items():
            if column == "piece":
                columns.append(pa.repeat(pa.scalar(self._piece, pa.int32()), len(table)))
            elif not _is_key(column):
                columns.append(table[column].cast(_type(kind)))
            else:
                keys = table[column].cast(pa.int64())
                moved = pc.add(keys, above)
                if column.endswith("fault"):  # the first faults are everybody's
                    moved = pc.if_else(pc.greater(keys, TOO_LONG_ABOVE), moved, keys)
                columns.append(moved)
        if len(table):
            arranged = pa.Table.from_arrays(columns, schema=arrow_columns(TABLES[name]))
            self._writer(name).write_table(arranged)

    def add_texts(self, rows: Sequence[tuple[int, str, str | None]]) -> None:
        """Keep the raw text of rows that may turn out at fault, and a reason that goes before."""
        self._add_rows(TEXTS, [(self._piece, *row) for row in rows])

    def add_unread(self, rows: Sequence[tuple[int, str, str, str | None, str]]) -> None:
        """Keep the rows that could not be split into cells."""
        self._add_rows(UNREAD, [(self._piece, *row) for row in rows])

    def add_faults(self, rows: Iterable[FaultRow]) -> None:
        """Keep what the faults of the piece are, but for those that every piece numbers alike."""
        above = self._piece << PIECE_BITS
        self._add_rows(
            FAULTS, [(above + row[0], *row[1:]) for row in rows if row[0] > TOO_LONG_ABOVE]
        )

    def _add_rows(self, name: str, rows: Sequence[tuple[Any, ...]]) -> None:
        import pyarrow as pa

        if rows:
            schema = arrow_columns(TABLES[name])
            columns = zip(zip(*rows, strict=True), schema.types, strict=True)
            arrays = [pa.array(column, kind) for column, kind in columns]
            self._writer(name).write_table(pa.Table.from_arrays(arrays, schema=schema))

    def _writer(self, name: str) -> "pq.ParquetWriter":
        import pyarrow.parquet as pq

        if name not in self._writers:
            # Spark reads no file whose name begins with a dot.
            file = self._folder / name / f".{self._piece:08d}-{uuid.uuid4().hex}"
            self._writers[name] = (
                file,
                pq.ParquetWriter(file, arrow_columns(TABLES[name]), compression="zstd"),
            )
        return self._writers[name][1]

    def finish(self) -> tuple[str, ...]:
        """Give the files their names, for they are whole; say of which tables they are."""
        written = tuple(sorted(self._writers))
        for name, (file, writer) in self._writers.items():
            writer.close()
            file.replace(piece_file(self._folder, name, self._piece))
        self._writers.clear()
        return written

    def abandon(self) -> None:
        """Remove what has been written."""
        for file, writer in self._writers.values():
            writer.close()
            file.unlink(missing_ok=True)
        self._writers.clear()


def _type(kind: str) -> "pa.DataType":
    import pyarrow as pa

    return {
        "int32": pa.int32(),
        "int64": pa.int64(),
        "string": pa.string(),
        "boolean": pa.bool_(),
    }[kind]


def arrow_columns(columns: Mapping[str, str]) -> "pa.Schema":
    """Give the Arrow schema of columns whose types are named as in `expression`."""
    import pyarrow as pa

    return pa.schema([(column, _type(kind)) for column, kind in columns.items()])
