"""The mapping tables of the expression: what every key of a sheet stands for, as Arrow tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tracer.ingest.accountbook import NEVER
from tracer.ingest.codebooks import Codebook
from tracer.ingest.logcells import Fault
from tracer.ingest.loghops import Ends
from tracer.ingest.logschema import SCHEMAS
from tracer.model.party import fold_name

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Numbering", "arrow_schema", "map_values"]

Rows = list[tuple[object, ...]]


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
    _names: dict[str, int] = field(default_factory=dict, repr=False)

    def party(self, name: str) -> int:
        """Give the number of a party: one per folded name."""
        number = self._names.get(name)
        if number is None:
            number = self.parties.setdefault(fold_name(name), len(self.parties))
            self._names[name] = number
        return number


def map_values(
    books: Mapping[str, Codebook[Any]], numbering: Numbering, fault: Callable[[Fault], int]
) -> "dict[str, pa.Table]":
    """Make the mapping tables of a sheet, and move the numbering on to the next one.

    Parameters
    ----------
    books : dict of str to Codebook
        By mapping table.
    numbering : Numbering
        Where the keys of the sheet begin.
    fault : callable
        Gives the number of a fault.
    """
    ends: dict[Ends | None, int] = {}

    def place(pair: Ends | None) -> int:
        return ends.setdefault(pair, numbering.first["ends"] + len(ends))

    def number(found: object) -> int | None:
        return fault(found) if isinstance(found, Fault) else None

    tables: dict[str, Rows] = {
        "moments": [
            (key, NEVER, None, fault(value))
            if isinstance(value, Fault)
            else (key, value.day, value.at, None)
            for key, value in books["moments"].numbered()
        ],
        "sources": [
            (key, "", fault(value)) if isinstance(value, Fault) else (key, value, None)
            for key, value in books["sources"].numbered()
        ],
        "hops": [
            (
                key,
                run.first,
                run.last,
                place(run.ends),
                run.appends,
                None if run.above is None else place(run.above),
                run.above_appends,
                number(run.fault),
            )
            for key, runs in books["hops"].numbered()
            for run in runs
        ],
        "amounts": [
            (key, 0, None, fault(value))
            if isinstance(value, Fault)
            else (key, value.messages, value.parts, None)
            for key, value in books["amounts"].numbered()
        ],
        "statuses": [
            (key, value is True, number(value)) for key, value in books["statuses"].numbered()
        ],
        "reporters": [
            (key, "", -1, fault(value))
            if isinstance(value, Fault)
            else (key, value, numbering.party(value), None)
            for key, value in books["reporters"].numbered()
        ],
    }
    tables["ends"] = [_ends_row(key, pair, numbering) for pair, key in ends.items()]
    for name, rows in tables.items():
        book = books.get(name)
        numbering.first[name] += len(rows) if book is None else len(book.values)
    return {name: _table(name, rows) for name, rows in tables.items()}


def _ends_row(key: int, pair: Ends | None, numbering: Numbering) -> tuple[object, ...]:
    if pair is None:
        return (key, "", "", "", "", -1, -1, False)
    above, below = numbering.party(pair.upstream), numbering.party(pair.downstream)
    names = (pair.upstream, pair.downstream, pair.account, pair.part)
    return (key, *names, above, below, pair.is_unknown)


def _table(name: str, rows: Sequence[tuple[object, ...]]) -> "pa.Table":
    import pyarrow as pa

    schema = arrow_schema(name)
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)
