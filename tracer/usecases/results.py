"""The results of a package: everything that is made of the case, in every format there is.

They are made by one function, for a package and again when it is checked, so that the same case
and the same options give the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from tracer.casefile.contents import DATA_LIST, EVIDENCE_LIST, EXTRACT, RESULTS, InputFile, Options
from tracer.messages import Language, text
from tracer.model.period import Period
from tracer.model.source import RecordRef
from tracer.report.data_list import data_list
from tracer.report.exchange.workbook import list_of_evidence
from tracer.report.extract import extract_csv, records_of
from tracer.report.list_files import list_pdf, list_workbook
from tracer.report.rendering import Rendering
from tracer.rules.examined import ExaminedTrace
from tracer.store.case import case_info
from tracer.store.events import read_events
from tracer.store.raw import raw_cells
from tracer.store.sources import list_sources
from tracer.usecases.dossier_files import write_factors
from tracer.usecases.factors import weigh_factors
from tracer.usecases.render import write_traces
from tracer.usecases.trace import examine_number
from tracer.usecases.written import write_below

__all__ = ["moment_of", "trace_all", "write_lists", "write_results"]

_FACTORS: Final = ("factors.xlsx", "factors.json")


@dataclass(frozen=True, slots=True)
class _Received:
    """When and how a file came in."""

    at: str
    operator: str
    remark: str


def write_results(conn: Connection, options: Options, payload: Path) -> tuple[ExaminedTrace, ...]:
    """Write all results below the payload of a package, and give what they show.

    Of each number the trace with its findings, in every format of `options.forms`; of all of
    them together the factor sheet.

    Parameters
    ----------
    conn : Connection
        The case.
    options : Options
        What is asked for.
    payload : pathlib.Path
        Folder of the payload.

    Raises
    ------
    NothingOnRecord
        If one of the numbers has no party on record.
    """
    lang, window, case = options.lang, _window_of(options), case_info(conn)
    folder = payload / RESULTS
    traces = trace_all(conn, options)
    for trace in traces:
        number = trace.trace.number
        place = folder / number
        place.mkdir(parents=True, exist_ok=True)
        for form in options.forms:
            write_traces([trace], case, place / f"{number}{form}", lang)
    factors = weigh_factors(conn, options.numbers, window)
    for name in _FACTORS:
        write_factors(factors, case, folder / name, lang)
    if not options.with_sources:
        refs = frozenset[RecordRef]().union(
            *(records_of(each.trace, each.findings) for each in traces)
        )
        content = extract_csv(refs, raw_cells(conn, refs), lang)
        write_below(payload, EXTRACT, content.encode())
    return traces


def write_lists(
    conn: Connection,
    options: Options,
    traces: Sequence[ExaminedTrace],
    inputs: Sequence[InputFile],
    payload: Path,
) -> None:
    """Write the lists that go with a package, of the evidence and of electronic data.

    Each is a workbook, and PDF too where the traces are.
    """
    lang, case = options.lang, case_info(conn)
    lists = {
        EVIDENCE_LIST: list_of_evidence(Rendering(traces, case, lang)),
        DATA_LIST: data_list(inputs, _received(conn, lang), lang),
    }
    for place, listed in lists.items():
        title = place.rpartition("/")[2]
        write_below(payload, f"{place}.xlsx", list_workbook(listed, title))
        if ".pdf" in options.forms:
            content = list_pdf(listed, title, _window_of(options), case, lang)
            write_below(payload, f"{place}.pdf", content)


def _received(conn: Connection, lang: Language) -> dict[str, _Received]:
    """Say of every file when it came in, by whom, and what became of its rows."""
    events = {
        str(event.params.get("sha256")): event
        for event in reversed(read_events(conn))
        if event.action == "load"
    }
    remarks: dict[str, list[str]] = {}
    for entry in list_sources(conn):
        counts = {
            "rows": entry.report.rows,
            "loaded": entry.report.loaded,
            "rejected": entry.report.rejected,
            "duplicates": entry.report.duplicates,
        }
        said = text("data_list.rows", lang, **counts)
        if entry.retraction is not None:
            said += f" {text('data_list.retracted', lang, reason=entry.retraction.reason or '')}"
        sheet = f"［{entry.sheet.sheet}］" if entry.sheet.sheet else ""
        remarks.setdefault(entry.sheet.sha256, []).append(f"{sheet}{said}")
    return {
        digest: _Received(event.at, event.operator, "\n".join(remarks.get(digest, ())))
        for digest, event in events.items()
    }


def trace_all(conn: Connection, options: Options) -> tuple[ExaminedTrace, ...]:
    """Trace and examine every number that is asked for.

    Raises
    ------
    NothingOnRecord
        If one of the numbers has no party on record.
    """
    window, most = _window_of(options), options.max_chains
    return tuple(
        examine_number(conn, number, window, max_chains=most) for number in options.numbers
    )


def moment_of(options: Options) -> datetime | None:
    """Give the moment as of which the case is told; None: as it stands."""
    return None if options.as_of is None else datetime.fromisoformat(options.as_of)


def _window_of(options: Options) -> Period:
    """Give the window that was asked for."""
    days = (
        None if day is None else date.fromisoformat(day) for day in (options.first, options.last)
    )
    return Period(*days)
