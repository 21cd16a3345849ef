"""Writing traces to files, by extension."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from tracer.graph.trace import DEFAULT_MAX_CHAINS
from tracer.messages import Language
from tracer.model.case import CaseInfo
from tracer.model.paper_size import PaperSize
from tracer.model.period import Period
from tracer.report.rendering import Rendering
from tracer.rules.examined import ExaminedTrace
from tracer.store.case import case_info
from tracer.usecases.forms import form_of
from tracer.usecases.memory import no_collection
from tracer.usecases.redaction import (
    Redaction,
    check_alike,
    check_hidden,
    kept_key,
    redacted_case,
)
from tracer.usecases.targets import check_targets
from tracer.usecases.trace import examine_number
from tracer.usecases.written import write_whole

__all__ = ["render_file", "write_traces"]


def render_file(
    conn: Connection,
    numbers: Sequence[str],
    out: Path,
    window: Period,
    lang: Language,
    *,
    max_chains: int = DEFAULT_MAX_CHAINS,
    paper: PaperSize = "a4",
    redaction: Redaction | None = None,
) -> None:
    """Trace some numbers, examine them, and write what was found to one file.

    Under pseudonyms it is made of a copy of the case, and the key is written beside.

    Raises
    ------
    UsageError
        If the extension names no format, the format takes one number only, the file is part
        of the case, or hiding names would change what is found.
    NothingOnRecord
        If one of the numbers has no party on record.
    """
    form_of(out, len(numbers))
    check_targets(conn, [out, *([redaction.key] if redaction else [])])
    traces = [examine_number(conn, number, window, max_chains=max_chains) for number in numbers]
    if redaction is None:
        write_traces(traces, case_info(conn), out, lang, paper)
        return
    with redacted_case(conn, redaction, lang) as (copy, veil), copy.connect() as hidden:
        veiled = [examine_number(hidden, each, window, max_chains=max_chains) for each in numbers]
        check_alike(traces, veiled)
        content = _content(veiled, case_info(hidden), out, lang, paper)
        check_hidden([(out.name, content)], veil.key(), numbers)
        with kept_key(redaction.key, veil.key()):
            write_whole(out, [content])


def write_traces(
    traces: Sequence[ExaminedTrace],
    case: CaseInfo,
    out: Path,
    lang: Language,
    paper: PaperSize = "a4",
) -> None:
    """Write traces and their findings in the format that the name of the file ends with.

    The file is there whole or not at all, and holds the same bytes whenever the traces are equal.
    """
    write_whole(out, [_content(traces, case, out, lang, paper)])


def _content(
    traces: Sequence[ExaminedTrace], case: CaseInfo, out: Path, lang: Language, paper: PaperSize
) -> bytes:
    form = form_of(out, len(traces))
    with no_collection():
        return form.write(Rendering(traces, case, lang, paper))
