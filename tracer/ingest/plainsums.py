"""Sums of a sheet whose rows each give one hop, the same on every day: in memory, by sorting.

Most logs are so, and their sums fit in memory. Which key means what is looked up in the mapping
tables as the expression (`expression.sum_rows`, `name_totals`) joins them; what is summed here
is compared to it by a test. All else is the business of the scratch database.
"""

from typing import TYPE_CHECKING, Any, Final

from tracer.ingest.duckdb_totals import TotalsNames, gather_names, name_totals, rank_texts
from tracer.ingest.logschema import PARTS
from tracer.ingest.scratch import Scratch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy as np
    import pyarrow as pa

    Ints = np.ndarray[Any, Any]

__all__ = ["HeldParts", "PlainSums", "sum_plainly"]

_MOST_HELD: Final = 6_000_000
"""Parts held in memory: some 400 MB, and as much again while they are sorted."""
_MOST_SLOTS: Final = 1 << 62
_BATCH: Final = 1 << 17
_LATEST: Final = (1 << 63) - 1


class HeldParts:
    """The parts of a sheet (`logschema.PARTS`): in memory, or in the scratch database if many.

    Parameters
    ----------
    scratch : Scratch
        Where they go then, into the table `parts`.
    """

    def __init__(self, scratch: Scratch) -> None:
        self._scratch = scratch
        self._held: list[pa.Table] = []
        self._rows = 0

    def add(self, parts: "pa.Table") -> None:
        """Take some."""
        self._rows += parts.num_rows
        self._held.append(parts.cast(_schema()))  # DuckDB gives narrower numbers
        if self._rows > _MOST_HELD:
            self.hand_over()

    def hand_over(self) -> None:
        """Put all that is held into the scratch database."""
        for parts in self._held:
            self._scratch.insert("parts", parts)
        self._held = []

    @property
    def held(self) -> "list[pa.Table] | None":
        """Give all parts; None if they are in the scratch database."""
        return None if self._rows > _MOST_HELD else self._held


class PlainSums:
    """Totals in their order.

    Parameters
    ----------
    names : TotalsNames
        The texts behind their keys.
    totals : pyarrow.Table
        Columns as `duckdb_totals.name_totals` takes them.
    """

    def __init__(self, names: TotalsNames, totals: "pa.Table") -> None:
        self._names, self._totals = names, totals

    @property
    def rows(self) -> int:
        """Rows summed."""
        import pyarrow.compute as pc

        return int(pc.sum(self._totals.column("rows")).as_py() or 0)

    def batches(self) -> "Iterator[pa.RecordBatch]":
        """Give them as record batches for the store."""
        for batch in self._totals.to_batches(_BATCH):
            yield name_totals(batch, self._names)


def sum_plainly(
    parts: "Iterable[pa.Table]", tables: "Mapping[str, pa.Table]", unit: str
) -> PlainSums | None:
    """Sum the parts of a sheet; None if it is not so plain.

    Parameters
    ----------
    parts : iterable of pyarrow.Table
        Columns `logschema.PARTS`, none at fault.
    tables : dict
        The mapping tables of the sheet (`SheetCoder.mappings`).
    unit : str
        What was counted.
    """
    import numpy as np
    import pyarrow as pa

    if not _is_plain(tables):
        return None
    whole = pa.concat_tables([_schema().empty_table(), *parts])
    keys = {name: _column(whole, name) - _first(tables, name) for name in _KEYS}
    numbers, places = _ranked_numbers(tables["sources"])
    ends_of_hop = _column(tables["hops"], "ends") - _first(tables, "ends")
    days = _column(tables["moments"], "day")[keys["moment"]]
    ends, reporters = tables["ends"], tables["reporters"]
    pairs = np.array(rank_texts(ends, ("upstream", "downstream")), dtype=np.int64)
    tails = np.array(rank_texts(ends, ("account", "part")), dtype=np.int64)
    ranks = np.array(rank_texts(reporters, ("reporter_name",)), dtype=np.int64)
    order = _order_of(
        [
            places[keys["source"]],
            days - (days.min() if len(days) else 0),
            pairs[ends_of_hop][keys["hop"]],
            ranks[keys["reporter"]],
            tails[ends_of_hop][keys["hop"]],
        ]
    )
    if order is None:
        return None
    sorting, starts = order
    one = sorting[starts]  # any row of each total
    totals = {
        "number": places[keys["source"][one]].astype(np.int32),
        "day": days[one],
        "ends": (ends_of_hop[keys["hop"][one]] + _first(tables, "ends")).astype(np.int32),
        "reporter": (keys["reporter"][one] + _first(tables, "reporter")).astype(np.int32),
        **_summed(whole, keys, tables, sorting, starts),
    }
    return PlainSums(gather_names(numbers, ends, reporters, unit), pa.table(totals))


_KEYS: Final = ("moment", "source", "hop", "amount", "status", "reporter")
_TABLE_OF: Final = {
    "moment": "moments",
    "source": "sources",
    "hop": "hops",
    "amount": "amounts",
    "status": "statuses",
    "reporter": "reporters",
    "ends": "ends",
}


def _schema() -> "pa.Schema":
    import pyarrow as pa

    kinds = {"int32": pa.int32(), "int64": pa.int64()}
    return pa.schema([(name, kinds[kind]) for name, kind in PARTS.items()])


def _is_plain(tables: "Mapping[str, pa.Table]") -> bool:
    """Tell whether every hop is one on all days, nothing is appended, every account known."""
    import pyarrow.compute as pc

    hops = tables["hops"]
    return bool(
        len(pc.unique(hops.column("hop"))) == hops.num_rows
        and hops.column("above").null_count == hops.num_rows
        and pc.all(pc.equal(hops.column("appends"), "")).as_py() is not False
        and pc.any(tables["ends"].column("unknown")).as_py() is not True
    )


def _first(tables: "Mapping[str, pa.Table]", key: str) -> int:
    """Give the first of the keys of a mapping table, in which they follow one another."""
    column = tables[_TABLE_OF[key]].column(key)
    return int(column[0].as_py()) if len(column) else 0


def _column(table: "pa.Table", name: str) -> "Ints":
    values: Ints = table.column(name).to_numpy()
    return values


def _ranked_numbers(sources: "pa.Table") -> "tuple[pa.Array, Ints]":
    """Give the numbers, sorted, and the place of each source's; of one at fault, any."""
    import pyarrow.compute as pc

    digits = sources.column("digits").combine_chunks()
    good = pc.unique(digits.filter(pc.is_null(sources.column("source_fault").combine_chunks())))
    numbers = good.take(pc.array_sort_indices(good))
    places = pc.fill_null(pc.index_in(digits, value_set=numbers), 0)
    found: Ints = places.to_numpy(zero_copy_only=False)
    return numbers, found


def _order_of(ranks: "Sequence[Ints]") -> "tuple[Ints, Ints] | None":
    """Give what sorts rows by some ranks, and where each combination of them begins.

    None where the combinations are too many to number.
    """
    import numpy as np

    combined, slots = ranks[0].astype(np.int64), int(ranks[0].max(initial=0)) + 1
    for rank in ranks[1:]:
        choices = int(rank.max(initial=0)) + 1
        slots *= choices
        if slots > _MOST_SLOTS:
            return None
        if choices > 1:
            combined *= choices
            combined += rank
    sorting = np.argsort(combined)
    combined = combined[sorting]
    is_first = np.ones(len(combined), dtype=np.bool_)
    np.not_equal(combined[1:], combined[:-1], out=is_first[1:])
    return sorting, np.flatnonzero(is_first)


def _summed(
    whole: "pa.Table",
    keys: "dict[str, Ints]",
    tables: "Mapping[str, pa.Table]",
    sorting: "Ints",
    starts: "Ints",
) -> "dict[str, pa.Array]":
    """Give what is summed of each total."""
    import numpy as np
    import pyarrow as pa

    def reduced(how: Any, values: "Ints") -> "Ints":
        found: Ints = how.reduceat(values[sorting], starts) if len(starts) else values[:0]
        return found

    rows = _column(whole, "rows")
    blocked = tables["statuses"].column("is_blocked").to_numpy()[keys["status"]].astype(np.bool_)
    messages = _column(tables["amounts"], "messages")[keys["amount"]] * rows
    made: dict[str, Any] = {
        "messages": reduced(np.add, np.where(blocked, 0, messages)),
        "blocked": reduced(np.add, np.where(blocked, messages, 0)),
        "parts": pa.nulls(len(starts), pa.int64()),
        "rows": reduced(np.add, rows),
        "first_row": reduced(np.minimum, _column(whole, "first_row")),
        "last_row": reduced(np.maximum, _column(whole, "last_row")),
    }
    stated = tables["amounts"].column("parts")
    if stated.null_count < len(stated):
        is_stated = stated.is_valid().to_numpy()[keys["amount"]] & ~blocked
        parts = stated.fill_null(0).to_numpy()[keys["amount"]] * rows
        summed = reduced(np.add, np.where(is_stated, parts, 0))
        made["parts"] = pa.array(summed, mask=~reduced(np.logical_or, is_stated))
    times = tables["moments"].column("at")
    is_timed = times.is_valid().to_numpy()[keys["moment"]]
    at = times.fill_null(0).to_numpy()[keys["moment"]]
    for name, past, how, other in (
        ("first_at", "first_past", np.minimum, _LATEST),
        ("last_at", "last_past", np.maximum, -_LATEST),
    ):
        found = reduced(how, np.where(is_timed, at + _column(whole, past), other))
        made[name] = pa.array(found, mask=found == other)
    return made
