"""The totals of the DuckDB engine on their way to the store: keys sorted, then named.

Sorting compares ranks, which are numbers, instead of texts; the texts of a batch are looked up
when it leaves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tracer.ingest.engines import totals_schema
from tracer.ingest.scratch import Scratch

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "TotalsNames",
    "gather_names",
    "name_sums",
    "name_totals",
    "rank_texts",
    "walk_totals",
]

_EPOCH_DAY: Final = 719_163
_BATCH: Final = 1 << 17

_TOTALS: Final = (
    "SELECT n.place AS number, t.day, t.ends, t.reporter, t.messages, t.blocked, t.parts, t.rows,"
    " t.first_row, t.last_row, t.first_at, t.last_at"
)
_SUMMED_AGAIN: Final = (
    "SELECT ends, place AS source, '' AS added, day, reporter,"
    " CAST(sum(messages) AS BIGINT) AS messages, CAST(sum(blocked) AS BIGINT) AS blocked,"
    " CAST(sum(parts) AS BIGINT) AS parts, CAST(sum(rows) AS BIGINT) AS rows,"
    " min(first_row) AS first_row, max(last_row) AS last_row,"
    " min(first_at) AS first_at, max(last_at) AS last_at"
    " FROM sums JOIN numbers USING (source, added) GROUP BY ends, place, day, reporter"
)


@dataclass(frozen=True)
class TotalsNames:
    """The texts that stand behind the keys of the sums of one sheet.

    Parameters
    ----------
    numbers : pyarrow.Array
        Numbers, sorted; the key is the place.
    upstream, downstream, account, part : pyarrow.Array
        By key of the ends, less `first_ends`.
    reporter : pyarrow.Array
        By key of the reporter, less `first_reporter`.
    first_ends, first_reporter : int
        The first keys.
    unit : str
        What was counted.
    """

    numbers: "pa.Array"
    upstream: "pa.DictionaryArray"
    downstream: "pa.DictionaryArray"
    account: "pa.DictionaryArray"
    part: "pa.DictionaryArray"
    reporter: "pa.DictionaryArray"
    first_ends: int
    first_reporter: int
    unit: str


def name_sums(scratch: Scratch, unit: str) -> TotalsNames:
    """Give the keys of `sums` ranks to sort by, and gather the texts behind them.

    Different sources that came to one number by what is appended are summed once more.
    """
    numbers = _rank_numbers(scratch)
    ends = scratch.table("SELECT ends, upstream, downstream, account, part FROM ends ORDER BY ends")
    reporters = scratch.table("SELECT reporter, reporter_name FROM reporters ORDER BY reporter")
    pairs = rank_texts(ends, ("upstream", "downstream"))
    tails = rank_texts(ends, ("account", "part"))
    _rank(scratch, "ends_ranks", ends.column("ends"), pair=pairs, tail=tails)
    _rank(
        scratch,
        "reporter_ranks",
        reporters.column("reporter"),
        rank=rank_texts(reporters, ("reporter_name",)),
    )
    return gather_names(numbers, ends, reporters, unit)


def gather_names(
    numbers: "pa.Array", ends: "pa.Table", reporters: "pa.Table", unit: str
) -> TotalsNames:
    """Gather the texts behind the keys of totals.

    Parameters
    ----------
    numbers : pyarrow.Array
        Sorted; the key is the place.
    ends, reporters : pyarrow.Table
        As the mapping tables of that name, in the order of their keys.
    unit : str
        What was counted.
    """
    return TotalsNames(
        numbers=numbers,
        upstream=_named(ends.column("upstream")),
        downstream=_named(ends.column("downstream")),
        account=_named(ends.column("account"), has_blanks=True),
        part=_named(ends.column("part")),
        reporter=_named(reporters.column("reporter_name"), has_blanks=True),
        first_ends=ends.column("ends")[0].as_py() if len(ends) else 0,
        first_reporter=reporters.column("reporter")[0].as_py() if len(reporters) else 0,
        unit=unit,
    )


def _rank_numbers(scratch: Scratch) -> "pa.Array":
    """Fill `numbers` with the place of each source's number among all, which are given sorted."""
    import pyarrow as pa

    pairs = "(SELECT source, '' AS added, digits AS text FROM sources WHERE source_fault IS NULL)"
    has_added = scratch.count("count(*) FROM sums WHERE added <> ''") > 0
    if has_added:
        pairs = (
            "(SELECT source, added, digits || added AS text"
            " FROM (SELECT DISTINCT source, added FROM sums) JOIN sources USING (source))"
        )
    distinct = f"SELECT DISTINCT text FROM {pairs} ORDER BY text"  # noqa: S608 - our own names
    texts = scratch.table(distinct).column("text").combine_chunks()
    places = pa.table({"text": texts, "place": pa.array(range(len(texts)), pa.int32())})
    scratch.execute("CREATE OR REPLACE TABLE places (text VARCHAR, place INTEGER)")
    scratch.insert("places", places)
    scratch.execute(
        "CREATE OR REPLACE TABLE numbers AS SELECT source, added, place"  # noqa: S608 - ditto
        f" FROM {pairs} JOIN places USING (text)"
    )
    scratch.execute("DROP TABLE places")
    if has_added:
        scratch.execute(f"CREATE OR REPLACE TABLE sums AS {_SUMMED_AGAIN}")
        scratch.execute(
            "CREATE OR REPLACE TABLE numbers AS"
            " SELECT DISTINCT place AS source, '' AS added, place FROM numbers"
        )
    return texts


def rank_texts(table: "pa.Table", columns: Sequence[str]) -> list[int]:
    """Give every row its place among the different texts of some columns."""
    rows = list(zip(*(table.column(name).to_pylist() for name in columns), strict=True))
    ranks = {row: rank for rank, row in enumerate(sorted(set(rows)))}
    return [ranks[row] for row in rows]


def _rank(scratch: Scratch, name: str, key: "pa.ChunkedArray", **ranks: list[int]) -> None:
    import pyarrow as pa

    columns = ", ".join(f"{column} INTEGER" for column in ("key", *ranks))
    scratch.execute(f"CREATE OR REPLACE TABLE {name} ({columns})")
    arrays = {column: pa.array(places, pa.int32()) for column, places in ranks.items()}
    scratch.insert(name, pa.table({"key": key, **arrays}))


def _named(texts: "pa.ChunkedArray", *, has_blanks: bool = False) -> "pa.DictionaryArray":
    """Code names; a blank one may stand for none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if has_blanks:
        texts = pc.if_else(pc.equal(texts, ""), None, texts)
    coded = texts.combine_chunks()
    return (coded.chunk(0) if isinstance(coded, pa.ChunkedArray) else coded).dictionary_encode()


def walk_totals(scratch: Scratch, names: TotalsNames) -> "Iterator[pa.RecordBatch]":
    """Give the totals, sorted, as record batches for the store."""
    query = (
        f"{_TOTALS} FROM sums t JOIN numbers n ON t.source = n.source AND t.added = n.added"
        " JOIN ends_ranks e ON t.ends = e.key JOIN reporter_ranks r ON t.reporter = r.key"
        " ORDER BY n.place, t.day, e.pair, r.rank, e.tail, t.first_row"
    )
    for batch in scratch.batches(query, _BATCH):
        if batch.num_rows:
            yield name_totals(batch, names)


def name_totals(batch: "pa.RecordBatch", names: TotalsNames) -> "pa.RecordBatch":
    """Put names and numbers in place of the keys of totals."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ends = pc.subtract(batch.column("ends"), names.first_ends)
    reporters = pc.subtract(batch.column("reporter"), names.first_reporter)
    unit = pa.DictionaryArray.from_arrays(
        pa.array([0] * batch.num_rows, pa.int32()), pa.array([names.unit])
    )
    days = pc.subtract(batch.column("day"), pa.scalar(_EPOCH_DAY, pa.int32())).cast(pa.date32())
    columns: dict[str, Any] = {
        "upstream": names.upstream.take(ends),
        "downstream": names.downstream.take(ends),
        "number": names.numbers.take(batch.column("number")),
        "day": days,
        "reporter": names.reporter.take(reporters),
        "account": names.account.take(ends),
        "part": names.part.take(ends),
        "unit": unit,
    }
    schema = totals_schema()
    return pa.RecordBatch.from_arrays(
        [
            columns[field.name] if field.name in columns else batch.column(field.name)
            for field in schema
        ],
        schema=schema,
    )
