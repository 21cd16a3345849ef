"""What is kept of the rows of a log that are at fault, and how it is said, for every engine."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tracer.ingest.headers import HeaderMatch
from tracer.ingest.logblocks import LogBlock, Show
from tracer.ingest.logcells import Fault
from tracer.ingest.masking import Masker
from tracer.ingest.paper import column_maskers, is_total_line, mask_cells
from tracer.ingest.rows import join_cells
from tracer.model.diagnostic import Diagnostic

if TYPE_CHECKING:
    import numpy as np

__all__ = ["RejectedTuple", "diagnose", "raw_texts", "reason_instead", "shower", "unread_rows"]

RejectedTuple = tuple[int, str, int | None, str | None, str | None, str | None]
"""Row, raw text, then: number of the fault; or None, reason, place in the row, JSON of its values.
A fault with a reason gives way to the reason."""


def shower(header: HeaderMatch, masker: Masker) -> Show:
    """Choose how a rejected row is shown: people masked, content replaced by its length."""
    maskers = column_maskers(header, masker)
    return lambda cells: join_cells(mask_cells(cells, header, maskers, masker))


def unread_rows(
    rejects: Iterable[Diagnostic],
) -> list[tuple[int, str, str, str | None, str]]:
    """Take apart the rows that could not even be split into cells."""
    return [
        (item.row, item.raw, item.reason, item.column, json.dumps(dict(item.values)))
        for item in rejects
    ]


def raw_texts(
    block: LogBlock, suspect: "np.ndarray[Any, Any]", header: HeaderMatch, show: Show
) -> list[tuple[int, str, str | None]]:
    """Give row, raw text and `reason_instead` of the rows that may be at fault."""
    import numpy as np

    kept = []
    for place in np.flatnonzero(suspect).tolist():
        cells = block.cells(place)
        kept.append((int(block.rows[place]), show(cells), reason_instead(cells, header)))
    return kept


def reason_instead(cells: tuple[str, ...], header: HeaderMatch) -> str | None:
    """Name a line that is no log row at all, which says more than its first bad cell."""
    if tuple(" ".join(cell.split()) for cell in cells) == header.printed:
        return "repeated_header"
    return "total_line" if any(map(is_total_line, cells)) else None


def diagnose(
    rejected: Iterable[RejectedTuple],
    faults: Sequence[Fault],
    header: HeaderMatch,
    masker: Masker,
) -> Iterator[Diagnostic]:
    """Say of rejected rows what is wrong with them, people masked.

    Parameters
    ----------
    rejected : iterable of RejectedTuple
        In order of row.
    faults : sequence of Fault
        By number (`SheetCoder.faults`).
    header, masker : HeaderMatch, Masker
        What the columns are called, and who masks them.
    """
    printed = {
        name: text for name, text in zip(header.columns, header.printed, strict=True) if name
    }
    maskers: Mapping[str | None, Callable[[str], str] | None] = dict(
        zip(header.columns, column_maskers(header, masker), strict=True)
    )
    for row, raw, number, instead, place, details in rejected:
        if number is None:
            assert instead is not None
            yield Diagnostic(row, place, raw, instead, json.loads(details or "{}"))
        elif instead is not None:
            yield Diagnostic(row, None, raw, instead)
        else:
            fault = faults[number]
            mask = maskers.get(fault.column)
            values = {"text": mask(fault.text) if mask else fault.text}
            column = printed.get(fault.column)
            yield Diagnostic(row, column, raw, fault.reason, {**values, **dict(fault.more)})
