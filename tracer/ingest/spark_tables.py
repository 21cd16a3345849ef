"""The tables of the expression in Spark: the pieces of all sheets, read as one.

Keys of a piece are nobody else's, so pieces are simply put together. Only what is compared
between rows, the ends of hops and the reporters, is numbered anew, once per text.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tracer.ingest.coding import Numbering
from tracer.ingest.expression import Mappings
from tracer.ingest.logschema import SCHEMAS
from tracer.ingest.spark_files import TABLES, arrow_columns

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["SheetTables", "count_rows", "sql_columns"]

FEW_ROWS: Final = 500_000
"""No more rows than these are sorted in one place."""

_SETTLED: Final = "settled"
_MADE: Final = frozenset({"raw", "hops", "ends", "reporters"})
"""Tables that are not simply the pieces one after the other."""

_ENDS: Final = ("upstream", "downstream", "account", "part", "unknown")

_SQL_TYPES: Final = {"int32": "INT", "int64": "BIGINT", "string": "STRING", "boolean": "BOOLEAN"}


def sql_columns(columns: Mapping[str, str]) -> str:
    """Write columns and their types as Spark's SQL does.

    Examples
    --------
    >>> sql_columns({"row": "int64", "raw": "string"})
    '`row` BIGINT, `raw` STRING'
    """
    return ", ".join(f"`{name}` {_SQL_TYPES[kind]}" for name, kind in columns.items())


def in_sheet(frame: "DataFrame", lines_before: Mapping[int, int]) -> "DataFrame":
    """Turn the lines of pieces into physical lines of their sheet.

    Parameters
    ----------
    frame : DataFrame
        With the columns `piece` and `row`.
    lines_before : dict of int to int
        Physical lines before those of each piece; the numbers of pieces follow each other.
    """
    import pyspark.sql.functions as F  # noqa: N812 - as everybody calls it

    counts = ", ".join(f"{count}L" for _, count in sorted(lines_before.items()))
    first = min(lines_before, default=1)
    before = f"element_at(array({counts}), piece - {first - 1})" if counts else "0L"
    return frame.withColumn("row", F.expr(f"row + {before}")).drop("piece")


def _settled_columns(name: str) -> dict[str, str]:
    columns = {key: kind for key, kind in TABLES[name].items() if key != "piece"}
    return {**columns, "message_hash": "int64"} if name == "raw" else columns


class SheetTables:
    """Puts the pieces of sheets together as the tables of `expression`.

    Parameters
    ----------
    session : SparkSession
        Where they become views.
    scratch : pathlib.Path
        A folder that every host sees under this path.
    """

    def __init__(self, session: "SparkSession", scratch: Path) -> None:
        import ibis

        self._session, self._scratch = session, scratch
        self._ibis = ibis.pyspark.connect(session)
        self._numbering = Numbering()
        self._ends: dict[tuple[Any, ...], int] = {}
        self._reporters: dict[str, int] = {}
        self._made = 0

    def settle(self, folder: Path, lines_before: Mapping[int, int]) -> None:
        """Put together the pieces of a sheet that has just been read.

        Parameters
        ----------
        folder : pathlib.Path
            The folder of the sheet.
        lines_before : dict of int to int
            Physical lines before those of each piece.
        """
        import pyspark.sql.functions as F  # noqa: N812 - as everybody calls it

        settled = folder / _SETTLED
        ends = self._number_ends(folder)
        above = ends.toDF("above", "new_above")
        hops = self.files([folder], "hops").join(ends, "ends").join(above, "above", "left")
        hops = hops.drop("ends", "above").withColumnsRenamed(
            {"new_ends": "ends", "new_above": "above"}
        )
        self.write(hops, settled / "hops")
        raw = self.files([folder], "raw").join(self._number_reporters(folder), "reporter")
        raw = raw.drop("reporter").withColumnRenamed("new_reporter", "reporter")
        hashed = F.when(F.col("message_id").isNotNull(), F.xxhash64("message_id"))
        raw = in_sheet(raw, lines_before).withColumn("message_hash", hashed)
        self.write(raw, settled / "raw")
        for name in ("hops", "raw"):
            shutil.rmtree(folder / name)

    def bind(self, folders: Sequence[Path], ending: str) -> "tuple[ir.Table, Mappings]":
        """Give `raw` of some sheets and what their texts say.

        Parameters
        ----------
        folders : sequence of pathlib.Path
            Those of the sheets, which are settled.
        ending : str
            What the names of the views end in.
        """
        frames = {name: self.files(folders, name) for name in SCHEMAS if name not in _MADE}
        frames["ends"] = self._known_ends()
        frames["reporters"] = self._known_reporters(folders)
        for name in ("hops", "raw"):
            places = [folder / _SETTLED / name for folder in folders]
            frames[name] = self._read(_settled_columns(name), places)
        tables = {}
        for name, frame in frames.items():
            frame.createOrReplaceTempView(name + ending)
            tables[name] = self._ibis.table(name + ending)
        raw = tables.pop("raw")
        return raw, Mappings(**tables)

    def files(self, folders: Sequence[Path], name: str) -> "DataFrame":
        """Read a table of some sheets, whether or not a piece has rows of it."""
        return self._read(TABLES[name], [folder / name for folder in folders])

    def _read(self, columns: Mapping[str, str], folders: Sequence[Path]) -> "DataFrame":
        places = [folder.as_uri() for folder in folders]
        return self._session.read.schema(sql_columns(columns)).parquet(*places)

    def make(self, rows: Iterable[tuple[Any, ...]], columns: Mapping[str, str]) -> "DataFrame":
        """Make a small table of rows that are at hand."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._made += 1
        folder = self._scratch / f"made-{self._made:06d}"
        folder.mkdir()
        named = [dict(zip(columns, row, strict=True)) for row in rows]
        table = pa.Table.from_pylist(named, arrow_columns(columns))
        pq.write_table(table, folder / "all.parquet")
        return self._read(columns, [folder])

    def _number_ends(self, folder: Path) -> "DataFrame":
        """Give every pair of ends one number: `ends` of a piece, and `new_ends`."""
        seen = set(_stored([folder], "ends", _ENDS))
        for names in sorted(seen - self._ends.keys()):
            self._ends[names] = len(self._ends)
        local = self.files([folder], "ends")
        known = self._known_ends().withColumnRenamed("ends", "new_ends")
        return local.join(known, list(_ENDS)).select("ends", "new_ends")

    def _known_ends(self) -> "DataFrame":
        party = self._numbering.party
        rows = (
            (key, *names, party(names[0]), party(names[1])) for names, key in self._ends.items()
        )
        return self.make(rows, {**TABLES["ends"], "upstream_id": "int32", "downstream_id": "int32"})

    def _number_reporters(self, folder: Path) -> "DataFrame":
        """Give every reporter one number; one that cannot be read keeps that of its piece."""
        columns = ("reporter", "reporter_name", "reporter_fault")
        stored = list(_stored([folder], "reporters", columns))
        for name in sorted({name for _, name, fault in stored if fault is None}):
            self._reporters.setdefault(name, len(self._reporters))
        keys = (
            (key, self._reporters[name] if fault is None else key) for key, name, fault in stored
        )
        return self.make(keys, {"reporter": "int64", "new_reporter": "int64"})

    def _known_reporters(self, folders: Sequence[Path]) -> "DataFrame":
        columns = tuple(TABLES["reporters"])
        assert columns == ("reporter", "reporter_name", "reporter_fault")
        rows: list[tuple[Any, ...]] = [
            (key, name, None, self._numbering.party(name)) for name, key in self._reporters.items()
        ]
        stored = _stored(folders, "reporters", columns)
        rows += [(*row, -1) for row in stored if row[2] is not None]
        return self.make(rows, {**TABLES["reporters"], "reporter_id": "int32"})

    def run(self, expression: "ir.Table") -> "DataFrame":
        """Have Spark work an expression out, as Ibis puts it."""
        frame: DataFrame = self._ibis.raw_sql(self._ibis.compile(expression))
        return frame

    def fetch(self, expression: "ir.Table") -> "pa.Table":
        """Give what an expression comes to."""
        return self.run(expression).toArrow()

    def write(self, frame: "DataFrame", folder: Path) -> int:
        """Write what a frame comes to into a folder, and count its rows."""
        frame.write.parquet(folder.as_uri())
        return count_rows(folder)

    def write_sorted(
        self, frame: "DataFrame", order: Sequence[str], folder: Path, most: int
    ) -> int:
        """Write as `write` does, sorted; `most` is how many rows there are at the most.

        To sort in parallel Spark works a frame out twice, so few rows are sorted in one place.
        """
        if most <= FEW_ROWS:
            return self.write(frame.repartition(1).sortWithinPartitions(*order), folder)
        return self.write(frame.orderBy(*order), folder)

    def keep(self, frame: "DataFrame", folder: Path, name: str) -> "ir.Table":
        """Write what a frame comes to into a folder, and give it as a table."""
        self.write(frame, folder)
        written = self._session.read.schema(frame.schema).parquet(folder.as_uri())
        written.createOrReplaceTempView(name)
        return self._ibis.table(name)


def _stored(
    folders: Sequence[Path], name: str, columns: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """Read columns of a table of some sheets here, piece by piece."""
    import pyarrow.parquet as pq

    for folder in folders:
        for file in sorted((folder / name).glob("*.parquet")):
            table = pq.read_table(file, columns=list(columns), partitioning=None)
            yield from zip(*(table[column].to_pylist() for column in columns), strict=True)


def count_rows(folder: Path) -> int:
    """Count the rows of the Parquet files in a folder; none where there is none."""
    import pyarrow.parquet as pq

    return sum(pq.read_metadata(file).num_rows for file in folder.glob("*.parquet"))
