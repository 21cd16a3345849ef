"""How a gateway's own log differs from the routing table: what a profile says to the log lane."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

__all__ = ["LogShape"]


@dataclass(frozen=True)
class LogShape:
    """What a profile adds to the columns of a log.

    Parameters
    ----------
    rewrite : Mapping of str to callable
        By canonical column: what turns a text of this log into one the routing table knows
        (a time format, a prefix to drop). Called once per distinct text; raises `CellError`
        where it cannot, and the row is rejected with that reason.
    constants : Mapping of str to str
        Text of canonical columns the log does not have (the owner as `upstream`, say). A column
        named here and in the header is the constant where its cell is blank.
    """

    rewrite: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
