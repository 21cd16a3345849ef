"""The condition that a column is one of many values, which go to the database as one.

`IN` with a value of its own for each writes the statement anew every time and can take only so
many. One parameter holds them all instead: a JSON array in SQLite, an array in PostgreSQL.
"""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Dialect, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeDecorator

__all__ = ["among"]


class _Values(TypeDecorator[Collection[Any]]):
    """Many values as one parameter."""

    impl = NullType
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Give what the driver takes."""
        return json.dumps(list(value)) if dialect.name == "sqlite" else list(value)


class _Among(FunctionElement[bool]):
    """A column and the parameter that holds its values."""

    inherit_cache = True
    name = "among"
    type = Boolean()

    def self_group(self, against: Any = None) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        """Stand as it is: `… = 1` around it would keep the database from its index."""
        return self


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Make the condition that a column is one of the values of a parameter.

    Parameters
    ----------
    column : ColumnElement
        Of whole numbers or texts.
    name : str
        The parameter: any collection of them, of any size.

    Examples
    --------
    >>> from sqlalchemy import column
    >>> from sqlalchemy.dialects.sqlite import dialect
    >>> print(among(column("id"), "ids").compile(dialect=dialect()))
    id IN (SELECT value FROM json_each(?))
    """
    return _Among(column, bindparam(name, type_=_Values()))


@compiles(_Among)
def _in_array(element: Any, compiler: Any, **options: Any) -> str:
    column, values = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} = ANY({values})"


@compiles(_Among, "sqlite")
def _in_json(element: Any, compiler: Any, **options: Any) -> str:
    column, values = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - text of ours
