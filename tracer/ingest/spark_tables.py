"""The tables of the expression in Spark: the pieces of all sheets, read as one.

Keys of a piece are nobody else's, so pieces are simply put together. Only what is compared
between rows, the ends of hops and the reporters, is numbered anew, once per text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tracer.ingest.coding import Numbering
from tracer.ingest.expression import SCHEMAS, Mappings
from tracer.ingest.spark_files import TABLES, arrow_columns

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["SheetTables", "count_rows", "sql_columns"]

FEW_ROWS: Final = 500_000
"""No more rows than these are sorted in one place."""

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
        self._firsts: dict[int, int] = {}
        self._made = 0

    def place(self, piece: int, lines_before: int) -> None:
        """Say how many physical lines stand before those of a piece."""
        self._firsts[piece] = lines_before

    def bind(self, folders: Sequence[Path], ending: str) -> "tuple[ir.Table, Mappings]":
        """Give `raw` of some sheets and what their texts say.

        Parameters
        ----------
        folders : sequence of pathlib.Path
            Those of the sheets.
        ending : str
            What the names of the views end in.
        """
        import pyspark.sql.functions as F  # noqa: N812 - as everybody calls it

        frames = {name: self.files(folders, name) for name in SCHEMAS}
        ends_keys, frames["ends"] = self._number_ends(folders, frames["ends"])
        reporter_keys, frames["reporters"] = self._number_reporters(folders, frames["reporters"])
        above_keys = ends_keys.toDF("above", "new_above")
        hops = frames["hops"].join(ends_keys, "ends").join(above_keys, "above", "left")
        frames["hops"] = hops.drop("ends", "above").withColumnsRenamed(
            {"new_ends": "ends", "new_above": "above"}
        )
        raw = self.placed(frames["raw"]).join(reporter_keys, "reporter")
        hashed = F.when(F.col("message_id").isNotNull(), F.xxhash64("message_id"))
        raw = raw.drop("reporter").withColumnRenamed("new_reporter", "reporter")
        frames["raw"] = raw.withColumn("message_hash", hashed)
        tables = {}
        for name, frame in frames.items():
            frame.createOrReplaceTempView(name + ending)
            tables[name] = self._ibis.table(name + ending)
        return tables["raw"], Mappings(
            **{part.name: tables[part.name] for part in fields(Mappings)}
        )

    def files(self, folders: Sequence[Path], name: str) -> "DataFrame":
        """Read a table of some sheets, whether or not a piece has rows of it."""
        places = [(folder / name).as_uri() for folder in folders]
        return self._session.read.schema(sql_columns(TABLES[name])).parquet(*places)

    def make(self, rows: Iterable[tuple[Any, ...]], columns: Mapping[str, str]) -> "DataFrame":
        """Make a small table of rows that are at hand."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._made += 1
        folder = self._scratch / f"made-{self._made:06d}"
        folder.mkdir()
        pq.write_table(
            pa.Table.from_pylist(_named(rows, columns), arrow_columns(columns)),
            folder / "all.parquet",
        )
        return self._session.read.schema(sql_columns(columns)).parquet(folder.as_uri())

    def placed(self, frame: "DataFrame") -> "DataFrame":
        """Turn lines of pieces into physical lines of the sheet."""
        import pyspark.sql.functions as F  # noqa: N812 - ditto

        firsts = self.make(self._firsts.items(), {"piece": "int32", "lines_before": "int64"})
        joined = frame.join(F.broadcast(firsts), "piece")
        moved = joined.withColumn("row", F.col("row") + F.col("lines_before"))
        return moved.drop("piece", "lines_before")

    def _number_ends(
        self, folders: Sequence[Path], local: "DataFrame"
    ) -> "tuple[DataFrame, DataFrame]":
        """Give every pair of ends one number; also the numbers that pieces gave it."""
        seen = set(_stored(folders, "ends", _ENDS))
        for names in sorted(seen - self._ends.keys()):
            self._ends[names] = len(self._ends)
        party = self._numbering.party
        known = self.make(
            (
                (key, *names, party(names[0]), party(names[1]))
                for names, key in self._ends.items()
                if names in seen
            ),
            {**TABLES["ends"], "upstream_id": "int32", "downstream_id": "int32"},
        )
        named = local.join(known.withColumnRenamed("ends", "new_ends"), list(_ENDS))
        return named.select("ends", "new_ends"), known

    def _number_reporters(
        self, folders: Sequence[Path], local: "DataFrame"
    ) -> "tuple[DataFrame, DataFrame]":
        """Give every name a number; what cannot be read keeps the one it has."""
        import pyspark.sql.functions as F  # noqa: N812 - ditto

        stored = _stored(folders, "reporters", ("reporter_name", "reporter_fault"))
        seen = {name for name, fault in stored if fault is None}
        for name in sorted(seen - self._reporters.keys()):
            self._reporters[name] = len(self._reporters)
        known = self.make(
            (
                (key, name, None, self._numbering.party(name))
                for name, key in self._reporters.items()
                if name in seen
            ),
            {**TABLES["reporters"], "reporter_id": "int32"},
        )
        numbers = known.select(F.col("reporter").alias("new_reporter"), "reporter_name")
        good = local.filter(F.col("reporter_fault").isNull())
        keys = good.join(numbers, "reporter_name").select("reporter", "new_reporter")
        bad = local.filter(F.col("reporter_fault").isNotNull())
        own = bad.select("reporter", F.col("reporter").alias("new_reporter"))
        unread = bad.withColumn("reporter_id", F.lit(-1))
        return keys.unionByName(own), known.unionByName(unread)

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


def _named(rows: Iterable[tuple[Any, ...]], columns: Mapping[str, str]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in rows]


def count_rows(folder: Path) -> int:
    """Count the rows of the Parquet files in a folder; none where there is none."""
    import pyarrow.parquet as pq

    return sum(pq.read_metadata(file).num_rows for file in folder.glob("*.parquet"))
