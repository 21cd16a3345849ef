"""The formats an answer is written in: one row for each, told apart by how the file name ends.

A writer takes a `Rendering` and gives the whole file, equal bytes for equal renderings. To add a
format, write such a function in `report`, and a row here; nothing else knows the formats.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from tracer.errors import UsageError
from tracer.report.rendering import Rendering
from tracer.usecases.exchange_forms import EXCHANGE

__all__ = ["FORMS", "FOR_PDF", "FOR_PNG", "Form", "available_forms", "check_needs", "form_of"]

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
    needs : tuple of str
        Modules of an extra that it is written with.
    """

    write: Writer
    takes_many: bool = True
    needs: tuple[str, ...] = ()


FOR_PDF: Final = ("fpdf", "pylopdf_fonts_zh_cn")
FOR_PNG: Final = ("resvg_py", "fontTools", "pylopdf_fonts_zh_cn")
"""What PDF and PNG are written with: the extra `exhibits`."""


def _html(wanted: Rendering) -> bytes:
    from tracer.report.html.page import render_page

    return render_page(wanted.traces, wanted.case, wanted.lang)


def _json(wanted: Rendering) -> bytes:
    from tracer.report.trace_json import trace_json

    (only,) = wanted.traces
    return trace_json(only.trace, only.findings).encode()


def _svg(wanted: Rendering) -> bytes:
    from tracer.report.typeset.exhibit import answer_svg

    return answer_svg(wanted)


def _pdf(wanted: Rendering) -> bytes:
    from tracer.report.typeset.exhibit import answer_pdf

    return answer_pdf(wanted)


def _png(wanted: Rendering) -> bytes:
    from tracer.report.typeset.exhibit import answer_png

    return answer_png(wanted)


FORMS: Final[Mapping[str, Form]] = {
    ".html": Form(_html),
    ".svg": Form(_svg),
    ".pdf": Form(_pdf, needs=FOR_PDF),
    ".png": Form(_png, needs=FOR_PNG),
    ".json": Form(_json, takes_many=False),
    **{ending: Form(write) for ending, write in EXCHANGE.items()},
}


def available_forms() -> tuple[str, ...]:
    """Name the formats that can be written here: those whose extra is installed."""
    return tuple(ending for ending, form in FORMS.items() if all(map(find_spec, form.needs)))


def form_of(out: Path, numbers: int) -> Form:
    """Give the format of a file by how its name ends, of several endings the longest.

    Raises
    ------
    UsageError
        If its name ends like none, the format takes one number and there are more, or what it
        is written with is not installed.

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
    check_needs(out, form.needs)
    return form


def check_needs(out: Path, modules: Iterable[str]) -> None:
    """Check that an extra is installed, before anything is worked out that needs it.

    Raises
    ------
    UsageError
        If one of its modules is missing.
    """
    for module in modules:
        if find_spec(module) is None:
            raise UsageError("exhibit_extra", path=out.as_posix(), module=module)
