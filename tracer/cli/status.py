"""Exit statuses, named (convention 9 of the architecture)."""

from typing import Final

__all__ = [
    "DONE",
    "FINDINGS",
    "INTEGRITY",
    "INTERRUPTED",
    "NOTHING",
    "OUR_BUG",
    "PIPE_CLOSED",
    "REJECTED",
    "USAGE",
]

DONE: Final = 0
OUR_BUG: Final = 1
"""A fault of the program."""
USAGE: Final = 2
"""The command's words are off, or an input cannot be used at all."""
FINDINGS: Final = 3
"""Findings at or above what was asked for."""
NOTHING: Final = 4
"""Nothing on record answers."""
REJECTED: Final = 5
"""Rows were rejected under --strict."""
INTEGRITY: Final = 6
"""A package, a database or the custody log fails its verification."""
INTERRUPTED: Final = 130
"""Ctrl-C: 128 + SIGINT, as shells count."""
PIPE_CLOSED: Final = 141
"""Whoever read our output stopped reading: 128 + SIGPIPE."""
