"""Writing traces to files, by extension."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from tracer.errors import UsageError
from tracer.graph.trace import DEFAULT_MAX_CHAINS
from tracer.messages import Language
from tracer.model.case import CaseInfo
from tracer.model.period import Period
from tracer.rules.examined import ExaminedTrace
from tracer.store.case import case_info
from tracer.usecases.memory import no_collection
from tracer.usecases.targets import check_targets
from tracer.usecases.trace import examine_number
from tracer.usecases.written import write_whole

__all__ = ["FORMATS", "render_file", "write_traces"]

FORMATS = (".html", ".json")


def render_file(
    conn: Connection,
    numbers: Sequence[str],
    out: Path,
    window: Period,
    lang: Language,
    *,
    max_chains: int = DEFAULT_MAX_CHAINS,
) -> None:
    """Trace some numbers, examine them, and write what was found to one file.

    Raises
    ------
    UsageError
        If the extension names no format, the format takes one number only, or the file is part
        of the case.
    NothingOnRecord
        If one of the numbers has no party on record.
    """
    _check(numbers, out)
    check_targets(conn, [out])
    traces = [examine_number(conn, number, window, max_chains=max_chains) for number in numbers]
    write_traces(traces, case_info(conn), out, lang)


def write_traces(
    traces: Sequence[ExaminedTrace], case: CaseInfo, out: Path, lang: Language
) -> None:
    """Write traces and their findings to a page (`.html`) or as `tracer.trace/1` (`.json`).

    The file is there whole or not at all, and holds the same bytes whenever the traces are equal.
    """
    _check(traces, out)
    if out.suffix.casefold() == ".html":
        from tracer.report.html.page import render_page

        with no_collection():
            content = render_page(traces, case, lang)
    else:
        from tracer.report.trace_json import trace_json

        content = trace_json(traces[0].trace, traces[0].findings).encode()
    write_whole(out, [content])


def _check(wanted: Sequence[object], out: Path) -> None:
    form = out.suffix.casefold()
    if form not in FORMATS:
        raise UsageError("render_format", path=out.as_posix(), formats=" ".join(FORMATS))
    if form == ".json" and len(wanted) > 1:
        raise UsageError("render_one", path=out.as_posix())
