"""The formats an answer is written in: one row for each, told apart by how the file name ends.

A writer takes a `Rendering` and gives the whole file, equal bytes for equal renderings. To add a
format, write such a function in `report`, and a row here; nothing else knows the formats.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tracer.errors import UsageError
from tracer.report.rendering import Rendering

__all__ = ["FORMS", "Form", "form_of"]

Writer = Callable[[Rendering], bytes]


@dataclass(frozen=True, slots=True)
class Form:
    """A format.

    Parameters
    ----------
    write : Callable
        Makes the file; what it needs is imported when it is called, not before.
    takes_many : bool
        Whether one file may hold several numbers.
    """

    write: Writer
    takes_many: bool = True


def _html(wanted: Rendering) -> bytes:
    from tracer.report.html.page import render_page

    return render_page(wanted.traces, wanted.case, wanted.lang)


def _json(wanted: Rendering) -> bytes:
    from tracer.report.trace_json import trace_json

    (only,) = wanted.traces
    return trace_json(only.trace, only.findings).encode()


FORMS: Final[Mapping[str, Form]] = {
    ".html": Form(_html),
    ".json": Form(_json, takes_many=False),
}


def form_of(out: Path, numbers: int) -> Form:
    """Give the format of a file by how its name ends, of several endings the longest.

    Raises
    ------
    UsageError
        If its name ends like none, or the format takes one number and there are more.

    Examples
    --------
    >>> form_of(Path("10687415.JSON"), 1) is FORMS[".json"]
    True
    """
    name = out.name.casefold()
    endings = [ending for ending in FORMS if name.endswith(ending)]
    if not endings:
        raise UsageError("render_format", path=out.as_posix(), formats=" ".join(FORMS))
    form = FORMS[max(endings, key=len)]
    if numbers > 1 and not form.takes_many:
        raise UsageError("render_one", path=out.as_posix())
    return form
