"""From texts to keys: every distinct text of a sheet is read once, and its rows carry a number.

`SheetCoder` turns blocks of a log into rows of the table `raw` of `expression`, and what the
texts say into the mapping tables beside it.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar
from zoneinfo import ZoneInfo

from tracer.ingest.accountbook import NEVER, AccountBook
from tracer.ingest.expression import SCHEMAS
from tracer.ingest.logcells import (
    Amount,
    Ends,
    Fault,
    HopRun,
    is_blocked,
    is_no_message_id,
    read_amount,
    read_hop,
    read_moment,
    read_reporter,
    read_source,
)
from tracer.ingest.moments import Moment, split_seconds
from tracer.model.party import fold_name
from tracer.model.segment import MAX_DIGITS

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Ints = np.ndarray[Any, np.dtype[np.int32]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]

__all__ = ["Numbering", "SheetCoder", "arrow_schema"]

Value = TypeVar("Value", bound=Hashable)

_LONGEST_NO_ID: Final = 4
"""No sign for "no message id" is longer, but for a spreadsheet's errors, which begin with #."""


def arrow_schema(table: str) -> "pa.Schema":
    """Give the Arrow schema of a table of `expression`."""
    import pyarrow as pa

    types = {
        "int32": pa.int32(),
        "int64": pa.int64(),
        "string": pa.string(),
        "boolean": pa.bool_(),
    }
    return pa.schema([(name, types[kind]) for name, kind in SCHEMAS[table].items()])


@dataclass
class Numbering:
    """Where the numbers of the next sheet begin, so that no two sheets share one.

    Parameters
    ----------
    first : dict of str to int
        By mapping table.
    parties : dict of str to int
        By folded name; these are shared by all sheets.
    """

    first: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SCHEMAS, 0))
    parties: dict[str, int] = field(default_factory=dict)

    def party(self, name: str) -> int:
        """Give the number of a party: one per folded name."""
        return self.parties.setdefault(fold_name(name), len(self.parties))


class _Codebook(Generic[Value]):
    """Gives texts that say the same the same key.

    Parameters
    ----------
    read : callable
        Reads the texts of one row.
    first : int
        The first key.
    is_odd : callable
        Tells the values that want a second look.
    """

    def __init__(
        self, read: Callable[..., Value], first: int, is_odd: Callable[[Value], bool]
    ) -> None:
        import numpy as np

        self._read, self._is_odd = read, is_odd
        self._by_text: dict[tuple[str, ...], int] = {}
        self._by_value: dict[Value, int] = {}
        self.first = first
        self.values: list[Value] = []
        self._odd: Flags = np.zeros(0, dtype=np.bool_)

    def encode(self, columns: Sequence["pa.Array | None"], count: int) -> "Ints":
        """Give the key of every row; a column that is not there counts as blank."""
        import numpy as np
        import pyarrow as pa

        texts: list[list[str]] = []
        places: Any = np.zeros(count, dtype=np.int64)
        for column in columns:
            if column is None:
                texts.append([""])
                continue
            coded = column.dictionary_encode()
            texts.append(coded.dictionary.to_pylist())
            places = places * len(texts[-1]) + coded.indices.to_numpy(zero_copy_only=False)
        combined = pa.array(places).dictionary_encode()
        rest = combined.dictionary.to_numpy(zero_copy_only=False)
        picked = []
        for choices in reversed(texts):
            rest, place = np.divmod(rest, max(len(choices), 1))
            picked.append([choices[index] for index in place.tolist()])
        known = [self._key(row) for row in zip(*reversed(picked), strict=True)]
        keys: Ints = np.array(known, dtype=np.int32)
        spread: Ints = keys[combined.indices.to_numpy(zero_copy_only=False)]
        return spread

    def _key(self, texts: tuple[str, ...]) -> int:
        key = self._by_text.get(texts)
        if key is None:
            value = self._read(*texts)
            key = self._by_value.setdefault(value, self.first + len(self.values))
            if key == self.first + len(self.values):
                self.values.append(value)
            self._by_text[texts] = key
        return key

    def odd(self, keys: "Ints") -> "Flags":
        """Tell the rows whose values want a second look."""
        return self.flags()[keys - self.first]

    def flags(self) -> "Flags":
        """Tell the values that want a second look."""
        import numpy as np

        fresh = [self._is_odd(value) for value in self.values[len(self._odd) :]]
        self._odd = np.concatenate([self._odd, np.array(fresh, dtype=np.bool_)])
        return self._odd


def _is_fault(value: object) -> bool:
    return isinstance(value, Fault)


def _wants_look(runs: tuple[HopRun, ...]) -> bool:
    return any(run.fault is not None for run in runs)


class SheetCoder:
    """Codes the blocks of one sheet.

    Parameters
    ----------
    sheet : int
        Number of the sheet within the load.
    columns : collection of str
        Canonical columns the sheet has.
    book : AccountBook
        Accounts on record.
    zone : zoneinfo.ZoneInfo
        Zone the calendar days are counted in.
    reporter : str or None
        Whose log it is where no cell says.
    numbering : Numbering
        Where its keys begin; moved on by `close`.
    """

    def __init__(
        self,
        sheet: int,
        columns: Sequence[str],
        book: AccountBook,
        zone: ZoneInfo,
        reporter: str | None,
        numbering: Numbering,
    ) -> None:
        self._sheet, self._columns, self._numbering = sheet, frozenset(columns), numbering
        self.unit = "parts" if "parts" in columns and "messages" not in columns else "messages"
        counts_parts = self.unit == "parts"
        named_by = "downstream" if "downstream" in columns else "account"
        first = numbering.first
        self._moments: _Codebook[Moment | Fault] = _Codebook(
            lambda text: read_moment(text, zone),
            first["moments"],
            lambda value: isinstance(value, Fault) or not value.steady,
        )
        self._sources: _Codebook[str | Fault] = _Codebook(read_source, first["sources"], _is_fault)
        self._hops: _Codebook[tuple[HopRun, ...]] = _Codebook(
            lambda *cells: read_hop(book, *cells, named_by=named_by), first["hops"], _wants_look
        )
        self._amounts: _Codebook[Amount | Fault] = _Codebook(
            lambda messages, parts: read_amount(messages, parts, counts_parts=counts_parts),
            first["amounts"],
            _is_fault,
        )
        self._statuses: _Codebook[bool] = _Codebook(is_blocked, first["statuses"], lambda _: False)
        self._reporters: _Codebook[str] = _Codebook(
            lambda text: read_reporter(text, reporter), first["reporters"], lambda _: False
        )
        self.faults: list[Fault] = [Fault("account", "number_too_long")]
        self._fault_ids: dict[Fault, int] = {}

    def encode(self, columns: dict[str, "pa.Array"], rows: "np.ndarray[Any, Any]") -> "pa.Table":
        """Code a block: rows of the table `raw`.

        Parameters
        ----------
        columns : dict
            Text columns by canonical name, without nulls.
        rows : numpy.ndarray
            Physical row of each.
        """
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        count = len(rows)
        moment, past, bad_moment = self._encode_moments(columns["sent_at"], count)
        source = self._sources.encode([columns["number"], columns.get("extension")], count)
        hop = self._hops.encode(
            [columns.get(name) for name in ("upstream", "downstream", "account")], count
        )
        amount = self._amounts.encode([columns.get("messages"), columns.get("parts")], count)
        suspect = (
            bad_moment
            | self._sources.odd(source)
            | self._hops.odd(hop)
            | self._amounts.odd(amount)
            | self._may_be_too_long(source, hop)
        )
        ids = pa.nulls(count, pa.string())
        if "message_id" in columns:
            ids = _blank_to_null(pc.utf8_trim_whitespace(columns["message_id"]))
        return pa.Table.from_arrays(
            [
                pa.array(np.full(count, self._sheet, dtype=np.int32)),
                pa.array(np.asarray(rows, dtype=np.int64)),
                pa.array(moment),
                pa.array(past),
                pa.array(source),
                pa.array(hop),
                pa.array(amount),
                pa.array(self._statuses.encode([columns.get("status")], count)),
                pa.array(self._reporters.encode([columns.get("reported_by")], count)),
                ids,
                pa.nulls(count, pa.int64()),
                pa.array(suspect),
            ],
            schema=arrow_schema("raw"),
        )

    def _encode_moments(self, texts: "pa.Array", count: int) -> "tuple[Ints, Any, Flags]":
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        trimmed = pc.utf8_trim_whitespace(texts)
        heads, past_column, split = split_seconds(trimmed)
        keys = self._moments.encode([heads], count)
        past = np.array(past_column.to_numpy(zero_copy_only=False), dtype=np.int64)
        # A minute that cannot be read, or in which a clock jumps, is read again with its seconds.
        again = np.flatnonzero(split.to_numpy(zero_copy_only=False) & self._moments.odd(keys))
        if len(again):
            keys[again] = self._moments.encode([trimmed.take(pa.array(again))], len(again))
            past[again] = 0
        bad = np.array([_is_fault(value) for value in self._moments.values], dtype=np.bool_)
        return keys, past, bad[keys - self._moments.first]

    def _may_be_too_long(self, source: "Ints", hop: "Ints") -> "Flags":
        import numpy as np

        added = np.array(
            [max(len(run.appends) for run in runs) for runs in self._hops.values], dtype=np.int32
        )
        if not added.any():
            return np.zeros(len(source), dtype=np.bool_)
        digits = np.array(
            [0 if isinstance(value, Fault) else len(value) for value in self._sources.values],
            dtype=np.int32,
        )
        total = digits[source - self._sources.first] + added[hop - self._hops.first]
        return np.asarray(total > MAX_DIGITS)

    def mappings(self) -> "dict[str, pa.Table]":
        """Give what the texts of the sheet say, and move the numbering on to the next sheet."""
        ends: dict[Ends | None, int] = {}
        tables: dict[str, list[tuple[object, ...]]] = {
            "moments": [self._moment_row(*item) for item in _numbered(self._moments)],
            "sources": [
                (key, "", self._fault(value)) if isinstance(value, Fault) else (key, value, None)
                for key, value in _numbered(self._sources)
            ],
            "hops": [
                self._hop_row(key, run, ends) for key, runs in _numbered(self._hops) for run in runs
            ],
            "amounts": [
                (key, 0, None, self._fault(value))
                if isinstance(value, Fault)
                else (key, value.messages, value.parts, None)
                for key, value in _numbered(self._amounts)
            ],
            "statuses": list(_numbered(self._statuses)),
            "reporters": [
                (key, name, self._numbering.party(name)) for key, name in _numbered(self._reporters)
            ],
        }
        tables["ends"] = [self._ends_row(key, pair) for pair, key in ends.items()]
        for name, rows in tables.items():
            self._numbering.first[name] += len({row[0] for row in rows})
        return {name: _table(name, rows) for name, rows in tables.items()}

    def _moment_row(self, key: int, value: Moment | Fault) -> tuple[object, ...]:
        if isinstance(value, Fault):
            return (key, NEVER, None, self._fault(value))
        return (key, value.day, value.at, None)

    def _hop_row(self, key: int, run: HopRun, ends: dict[Ends | None, int]) -> tuple[object, ...]:
        place = ends.setdefault(run.ends, self._numbering.first["ends"] + len(ends))
        fault = None if run.fault is None else self._fault(run.fault)
        return (key, run.first, run.last, place, run.appends, fault)

    def _ends_row(self, key: int, pair: Ends | None) -> tuple[object, ...]:
        if pair is None:
            return (key, "", "", "", 0, 0, False)
        above, below = self._numbering.party(pair.upstream), self._numbering.party(pair.downstream)
        return (key, pair.upstream, pair.downstream, pair.account, above, below, pair.is_unknown)

    def _fault(self, fault: Fault) -> int:
        number = self._fault_ids.setdefault(fault, len(self.faults))
        if number == len(self.faults):
            self.faults.append(fault)
        return number


def _numbered(book: "_Codebook[Value]") -> "list[tuple[int, Value]]":
    return list(enumerate(book.values, start=book.first))


def _blank_to_null(ids: "pa.Array") -> "pa.Array":
    """Make null of the ids that say there is none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    doubtful = pc.or_(pc.less_equal(pc.utf8_length(ids), _LONGEST_NO_ID), pc.starts_with(ids, "#"))
    none = [text for text in ids.filter(doubtful).unique().to_pylist() if is_no_message_id(text)]
    if not none:
        return ids
    return pc.if_else(pc.is_in(ids, pa.array(none, pa.string())), None, ids)


def _table(name: str, rows: Sequence[tuple[object, ...]]) -> "pa.Table":
    import pyarrow as pa

    schema = arrow_schema(name)
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)
