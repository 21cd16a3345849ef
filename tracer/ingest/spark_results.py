"""Results of the Spark engine: put together by Spark, read back batch by batch without it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tracer.ingest.engines import totals_schema
from tracer.ingest.expression import TOO_LONG_ABOVE, Mappings, rejected_rows
from tracer.ingest.headers import HeaderMatch
from tracer.ingest.logcells import Fault
from tracer.ingest.logfaults import RejectedTuple, diagnose
from tracer.ingest.masking import Masker
from tracer.ingest.spark_files import FAULTS, TABLES, TEXTS, UNREAD
from tracer.ingest.spark_reading import SheetPieces
from tracer.ingest.spark_tables import SheetTables, in_sheet
from tracer.ingest.spark_tasks import explain_faults
from tracer.model.diagnostic import Diagnostic

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa
    from pyspark.sql import DataFrame

__all__ = ["count_loaded", "rejected_frame", "walk_rejected", "walk_totals"]

_EPOCH_DAY: Final = 719_163
_BATCH: Final = 1 << 16
_OR_NONE: Final = frozenset({"reporter", "account"})


def rejected_frame(
    tables: SheetTables,
    pieces: SheetPieces,
    raw: "ir.Table",
    maps: Mappings,
    faults: Sequence[Fault],
) -> "DataFrame":
    """Put together the rejected rows of a sheet: row, raw, reason, place, details.

    Parameters
    ----------
    tables, pieces : SheetTables, SheetPieces
        Where the sheet is.
    raw, maps : Table, Mappings
        The sheet, as `expression` sees it.
    faults : sequence of Fault
        Those that every piece numbers alike come first.
    """
    import pyspark.sql.functions as F  # noqa: N812 - as everybody calls it

    plan = pieces.plan
    known = explain_faults(plan, faults[: TOO_LONG_ABOVE + 1])
    common = tables.make(known, TABLES[FAULTS])
    why = tables.files([plan.folder], FAULTS).unionByName(common)
    texts = in_sheet(tables.files([plan.folder], TEXTS), pieces.lines_before)
    faulty = tables.run(rejected_rows(raw, maps)).join(texts, "row").join(why, "fault")
    is_other = F.col("instead").isNotNull()
    said = faulty.select(
        "row",
        "raw",
        F.coalesce("instead", "reason").alias("reason"),
        F.when(~is_other, F.col("place")).alias("place"),
        F.when(~is_other, F.col("details")).alias("details"),
    )
    unread = in_sheet(tables.files([plan.folder], UNREAD), pieces.lines_before)
    return said.unionByName(unread)


def _batches(folder: Path) -> "Iterator[pa.RecordBatch]":
    """Read what Spark has written, in its order: its files are numbered as they are sorted."""
    import pyarrow.parquet as pq

    for file in sorted(folder.glob("part-*.parquet")):
        with pq.ParquetFile(file) as stored:
            for batch in stored.iter_batches(_BATCH):
                if batch.num_rows:
                    yield batch


def count_loaded(folder: Path) -> int:
    """Count the rows of the log that are in totals: those of a second hop are there twice."""
    import pyarrow.compute as pc

    loaded = 0
    for batch in _batches(folder):
        own = batch.filter(pc.equal(batch.column("part"), ""))
        loaded += pc.sum(own.column("rows")).as_py() or 0
    return loaded


def walk_totals(folder: Path, unit: str) -> "Iterator[pa.RecordBatch]":
    """Give sorted totals as record batches for the store.

    Parameters
    ----------
    folder : pathlib.Path
        Where they were written, with the columns `logschema.TOTALS`.
    unit : str
        What was counted.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    schema = totals_schema()
    for batch in _batches(folder):
        columns: list[Any] = []
        for column in schema:
            if column.name == "unit":
                values = pa.repeat(unit, batch.num_rows)
            elif column.name == "day":
                values = pc.subtract(batch.column("day"), _EPOCH_DAY).cast(pa.int32())
            else:
                values = batch.column(column.name)
            if column.name in _OR_NONE:
                values = pc.if_else(pc.equal(values, ""), None, values)
            if pa.types.is_dictionary(column.type):
                values = values.dictionary_encode()
            columns.append(values.cast(column.type))
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


def walk_rejected(folder: Path, header: HeaderMatch, masker: Masker) -> Iterator[Diagnostic]:
    """Give the rejected rows, in order, as `rejected_frame` has put them together."""

    def rows() -> Iterator[RejectedTuple]:
        for batch in _batches(folder):
            for item in batch.to_pylist():
                yield (
                    item["row"],
                    item["raw"],
                    None,
                    item["reason"],
                    item["place"],
                    item["details"],
                )

    return diagnose(rows(), (), header, masker)
