"""Values that stand in every row of some rows, said once in the text of a statement."""

from collections.abc import Callable
from typing import Any

from tracer.model.columns import Coded, Column, Same

__all__ = ["literal"]


def literal(column: Column, process: Callable[[Any], Any] | None) -> str | None:
    """Write the value that stands in every row of a column as SQL.

    Parameters
    ----------
    column : Column
        Of at least one row.
    process : callable or None
        What a value goes through before the driver gets it.

    Returns
    -------
    str or None
        None if the values differ, or the one there is cannot be written into a statement.

    Examples
    --------
    >>> literal(Same("it's"), None), literal(Coded.of((7, None), (1, 1)), None)
    ("'it''s'", 'NULL')
    >>> literal(Coded.of((7, None), (0, 1)), None)
    """
    column = _said_once(column)
    if not isinstance(column, Same):
        return None
    value = column.value
    if value is None:
        return "NULL"
    if process is not None:
        value = process(value)
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, str) and "\0" not in value:
        return "'" + value.replace("'", "''") + "'"
    return None


def _said_once(column: Column) -> Column:
    """Say a value once that all rows of a coded column hold."""
    if not isinstance(column, Coded) or not column.codes:
        return column
    import numpy as np

    codes = np.frombuffer(column.codes, dtype="i")
    return Same(column.values[column.codes[0]]) if (codes == codes[0]).all() else column
