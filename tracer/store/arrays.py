"""Columns as Arrow arrays, as a database is to hold their values."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Integer, Table

from tracer.model.columns import Arrow, Coded, Column, Same

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["array_of", "array_type"]


def array_type(table: Table, column: str) -> "pa.DataType":
    """Tell as what the values of a column are handed to SQLite: whole numbers or text."""
    import pyarrow as pa

    is_number = isinstance(table.c[column].type, Integer | Boolean)
    return pa.int64() if is_number else pa.string()


def array_of(
    column: Column, kind: "pa.DataType", process: Callable[[Any], Any] | None, count: int
) -> "pa.Array":
    """Make an array of a column.

    Parameters
    ----------
    column : Column
        Of `count` rows.
    kind : pyarrow.DataType
        From `array_type`.
    process : callable or None
        What a value goes through before the driver gets it.

    Examples
    --------
    >>> import pyarrow as pa
    >>> array_of(Coded.of((7, None), (1, 0, 0)), pa.int64(), None, 3).to_pylist()
    [None, 7, 7]
    """
    import numpy as np
    import pyarrow as pa

    if isinstance(column, Arrow):
        return column.values.cast(kind)
    if isinstance(column, Same):
        value = column.value if process is None else process(column.value)
        return pa.repeat(pa.scalar(value, kind), count)
    if isinstance(column, Coded):
        values = column.values if process is None else column.values.changed(process)
        return pa.array(values, kind).take(np.frombuffer(column.codes, dtype="i"))
    if isinstance(column, range):
        return pa.array(np.arange(column.start, column.stop, column.step), kind)
    if process is not None:
        made = {value: process(value) for value in set(column)}
        column = [made[value] for value in column]
    return pa.array(column, kind)
