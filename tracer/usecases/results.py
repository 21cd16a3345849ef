"""The results of a package: everything that is made of the case, in every format there is.

They are made by one function, for a package and again when it is checked, so that the same case
and the same options give the same bytes.
"""

from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from tracer.casefile.contents import RESULTS, Options
from tracer.model.period import Period
from tracer.rules.examined import ExaminedTrace
from tracer.store.case import case_info
from tracer.usecases.dossier_files import write_factors
from tracer.usecases.factors import weigh_factors
from tracer.usecases.render import write_traces
from tracer.usecases.trace import examine_number

__all__ = ["trace_all", "write_results"]

_FACTORS: Final = ("factors.xlsx", "factors.json")


def write_results(
    conn: Connection, options: Options, payload: Path
) -> tuple[ExaminedTrace, ...]:
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
    return traces


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


def _window_of(options: Options) -> Period:
    """Give the window that was asked for."""
    days = (None if day is None else date.fromisoformat(day) for day in (options.first, options.last))
    return Period(*days)
