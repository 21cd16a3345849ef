"""Sums of a sheet whose rows each give one hop, the same on every day: in memory, by sorting.

Most logs are so, and their sums fit in memory. Which key means what is looked up in the mapping
tables as the expression (`expression.sum_rows`, `name_totals`) joins them; what is summed here
is compared to it by a test. All else is the business of the scratch database.
"""

from itertools import pairwise
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
_ALL: Final = slice(None)


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
    """Totals in their order, each batch of them summed when it is asked for.

    Parameters
    ----------
    names : TotalsNames
        The texts behind their keys.
    parts : _Parts
        What is summed.
    sorting : numpy.ndarray
        Places of the parts, those of one total side by side.
    starts : numpy.ndarray
        Where in `sorting` each total begins.
    """

    def __init__(
        self, names: TotalsNames, parts: "_Parts", sorting: "Ints", starts: "Ints"
    ) -> None:
        self._names, self._parts = names, parts
        self._sorting, self._starts = sorting, starts

    @property
    def rows(self) -> int:
        """Rows summed."""
        return int(self._parts.column("rows").sum())

    def batches(self) -> "Iterator[pa.RecordBatch]":
        """Give them as record batches for the store."""
        bounds = [*range(0, len(self._starts), _BATCH), len(self._starts)]
        for first, end in pairwise(bounds):
            starts = self._starts[first:end]
            stop = self._starts[end] if end < len(self._starts) else len(self._sorting)
            sorting = self._sorting[starts[0] : stop]
            yield name_totals(self._parts.summed(sorting, starts - starts[0]), self._names)


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
    ends, reporters = tables["ends"], tables["reporters"]
    numbers, places = _ranked_numbers(tables["sources"])
    held = _Parts(pa.concat_tables([_schema().empty_table(), *parts]), tables, places)
    days = held.looked_up("moment", held.days)
    pairs = np.array(rank_texts(ends, ("upstream", "downstream")), dtype=np.int64)
    tails = np.array(rank_texts(ends, ("account", "part")), dtype=np.int64)
    ranks = np.array(rank_texts(reporters, ("reporter_name",)), dtype=np.int64)
    order = _order_of(
        [
            held.looked_up("source", places),
            days - (days.min() if len(days) else 0),
            held.looked_up("hop", pairs[held.ends]),
            held.looked_up("reporter", ranks),
            held.looked_up("hop", tails[held.ends]),
        ]
    )
    if order is None:
        return None
    return PlainSums(gather_names(numbers, ends, reporters, unit), held, *order)


class _Parts:
    """The parts of a sheet, and what their keys stand for.

    Parameters
    ----------
    whole : pyarrow.Table
        Columns `logschema.PARTS`.
    tables : dict
        The mapping tables of the sheet.
    places : numpy.ndarray
        Place of each source's number.
    """

    def __init__(self, whole: "pa.Table", tables: "Mapping[str, pa.Table]", places: "Ints") -> None:
        self._columns = {name: _column(whole, name) for name in whole.column_names}
        self._first = {key: _first(tables, key) for key in _TABLE_OF}
        self._places = places
        amounts, moments = tables["amounts"], tables["moments"]
        self.days = _column(moments, "day")
        self.ends = _column(tables["hops"], "ends") - self._first["ends"]
        self._messages = _column(amounts, "messages")
        self._is_blocked = tables["statuses"].column("is_blocked").to_numpy().astype("bool")
        stated = amounts.column("parts")
        self._parts = None if stated.null_count == len(stated) else stated.fill_null(0).to_numpy()
        self._is_stated = stated.is_valid().to_numpy()
        self._at = moments.column("at").fill_null(0).to_numpy()
        self._is_timed = moments.column("at").is_valid().to_numpy()

    def column(self, name: str) -> "Ints":
        """Give a column of the parts."""
        return self._columns[name]

    def looked_up(self, key: str, meaning: "Ints", rows: "Ints | slice" = _ALL) -> "Ints":
        """Give what a key of the parts, or of some of them, stands for."""
        found: Ints = meaning.take(self._columns[key][rows] - self._first[key])
        return found

    def summed(self, sorting: "Ints", starts: "Ints") -> "pa.RecordBatch":
        """Sum parts: those named from each of the starts on make a total."""
        import numpy as np
        import pyarrow as pa

        one = sorting[starts]  # any part of each total
        rows = self._columns["rows"].take(sorting)
        is_blocked = self.looked_up("status", self._is_blocked, sorting)
        messages = self.looked_up("amount", self._messages, sorting) * rows
        made: dict[str, Any] = {
            "number": self.looked_up("source", self._places, one).astype(np.int32),
            "day": self.looked_up("moment", self.days, one),
            "ends": (self.looked_up("hop", self.ends, one) + self._first["ends"]).astype(np.int32),
            "reporter": self._columns["reporter"].take(one).astype(np.int32),
            "messages": np.add.reduceat(np.where(is_blocked, 0, messages), starts),
            "blocked": np.add.reduceat(np.where(is_blocked, messages, 0), starts),
            "parts": pa.nulls(len(starts), pa.int64()),
            "rows": np.add.reduceat(rows, starts),
            "first_row": np.minimum.reduceat(self._columns["first_row"].take(sorting), starts),
            "last_row": np.maximum.reduceat(self._columns["last_row"].take(sorting), starts),
        }
        if self._parts is not None:
            is_stated = self.looked_up("amount", self._is_stated, sorting) & ~is_blocked
            parts = self.looked_up("amount", self._parts, sorting) * rows
            found = np.add.reduceat(np.where(is_stated, parts, 0), starts)
            made["parts"] = pa.array(found, mask=~np.logical_or.reduceat(is_stated, starts))
        at = self.looked_up("moment", self._at, sorting)
        is_timed = self.looked_up("moment", self._is_timed, sorting)
        for name, past, how, other in (
            ("first_at", "first_past", np.minimum, _LATEST),
            ("last_at", "last_past", np.maximum, -_LATEST),
        ):
            times = np.where(is_timed, at + self._columns[past].take(sorting), other)
            found = how.reduceat(times, starts)
            made[name] = pa.array(found, mask=found == other)
        return pa.RecordBatch.from_pydict(made)


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
