"""Bad data, returned: why one row could not become a record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

__all__ = ["HEAD_NOTES", "Diagnostic", "Note"]

HEAD_NOTES: Final = frozenset({"as_of", "grade_left_out"})
"""Notes that say what an answer leaves out: whoever reads the answer reads them first."""


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a file, record or trace, said in the reader's language when shown.

    Parameters
    ----------
    key : str
        Key of the text, without `note.`.
    values : Mapping
        What its placeholders stand for; JSON-able.
    """

    key: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One rejected row.

    Parameters
    ----------
    row : int
        Physical line of a text file (header = 1), or row number of the sheet.
    column : str or None
        The header as printed in the file, None when the row as a whole is at fault.
    raw : str
        The raw text of the row, personal data masked.
    reason : str
        Key of the reason, without `reason.`.
    values : Mapping
        What the reason's placeholders stand for; JSON-able, personal data masked.
    """

    row: int
    column: str | None
    raw: str
    reason: str
    values: Mapping[str, str | int] = field(default_factory=dict)
