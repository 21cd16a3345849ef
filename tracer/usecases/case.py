"""A case as Python programs use it: open, load, trace, render."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from weakref import ReferenceType, ref

from sqlalchemy import Engine

from tracer.dossier.factors import Factors
from tracer.dossier.links import Links
from tracer.dossier.party import Dossier
from tracer.errors import IntegrityError, UsageError
from tracer.graph.result import Trace
from tracer.graph.trace import DEFAULT_MAX_CHAINS
from tracer.messages import Language
from tracer.model.case import CaseInfo
from tracer.model.finding import Finding
from tracer.model.load import RejectedRow
from tracer.model.period import Period
from tracer.store.case import case_info
from tracer.store.engine import kept_engine, open_engine
from tracer.store.remembered import Memory
from tracer.usecases.factors import weigh_factors
from tracer.usecases.load import Clock, LoadOptions, LoadReport, load_paths
from tracer.usecases.party import compile_party, link_parties
from tracer.usecases.rejects import list_rejects
from tracer.usecases.render import render_file
from tracer.usecases.trace import find_in_trace, trace_number

__all__ = ["Case", "open_case"]


class Case:
    """One case: one database.

    Parameters
    ----------
    engine : Engine
        Its database.
    now : callable
        Tells the time that the custody log records.
    """

    def __init__(self, engine: Engine, now: Clock) -> None:
        self._engine = engine
        self._reading = kept_engine(engine)
        self._now = now
        self._memory = Memory()
        self._traces: list[ReferenceType[Trace]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database; traces that are still in use are completed first."""
        self._complete_traces()
        self._engine.dispose()

    @property
    def info(self) -> CaseInfo:
        """Number, name and time zone."""
        with self._engine.connect() as conn:
            return case_info(conn)

    def load(self, paths: Sequence[str | Path], options: LoadOptions | None = None) -> LoadReport:
        """Load folders, files and workbooks.

        Raises
        ------
        UsageError
            If a path does not exist or contradicts what is on record; a file that cannot be
            used is in `LoadReport.unusable`.
        """
        self._complete_traces()
        files = [Path(path) for path in paths]
        return load_paths(self._engine, files, options or LoadOptions(), now=self._now)

    def rejects(self) -> tuple[RejectedRow, ...]:
        """Give every rejected row, with its place and reason.

        Raises
        ------
        IntegrityError
            If a file in which some of them stand is missing or is not what was written.
        """
        with self._engine.connect() as conn:
            found = list_rejects(conn)
            if found.faults:
                paths = ", ".join(str(fault.values["path"]) for fault in found.faults)
                count = len(found.faults)
                raise IntegrityError("rejects_incomplete", count=count, paths=paths)
            return tuple(found.rows)

    def trace(
        self,
        number: str,
        first: date | None = None,
        last: date | None = None,
        *,
        max_chains: int = DEFAULT_MAX_CHAINS,
    ) -> Trace:
        """Trace a number, a code or any prefix; the days are inclusive, None is open.

        No rule is applied: ask `findings` for what they find in the trace.
        What might close a gap (`Gap.candidates`) is looked up when it is first asked for, or
        before the case is closed or loaded into. If another program recorded something since,
        asking raises a `UsageError` that says to trace again.

        Raises
        ------
        NothingOnRecord
            If no party at all is on record in the scope.
        """
        window = Period(first, last)
        with self._reading.connect() as conn:
            trace = trace_number(
                conn,
                number,
                window,
                max_chains=max_chains,
                later=self._reading,
                memory=self._memory,
            )
        self._traces = [known for known in self._traces if known() is not None]
        self._traces.append(ref(trace))
        return trace

    def findings(self, trace: Trace) -> tuple[Finding, ...]:
        """Give the leads (线索) that the rules find in a trace of this case, never verdicts.

        The trace's own evidence and window are examined; what stands beside it on record (checks,
        licences, payments …) is read when this is called. Put in words by
        `report.findings.sentence`.
        """
        with self._engine.connect() as conn:
            return find_in_trace(conn, trace)

    def party(self, name: str, first: date | None = None, last: date | None = None) -> Dossier:
        """Put everything of one party together; by any spelling of its name, or its credit code.

        Raises
        ------
        NothingOnRecord
            If nothing is on record of it.
        """
        with self._engine.connect() as conn:
            return compile_party(conn, name, Period(first, last))

    def links(
        self, names: Sequence[str], first: date | None = None, last: date | None = None
    ) -> Links:
        """Find how two or more parties relate."""
        with self._engine.connect() as conn:
            return link_parties(conn, names, Period(first, last))

    def factors(
        self,
        numbers: Sequence[str],
        first: date | None = None,
        last: date | None = None,
        *,
        weights: str | Path | None = None,
    ) -> Factors:
        """Put the factors of all parties of some codes side by side; shares only by `weights`."""
        file = None if weights is None else Path(weights)
        with self._engine.connect() as conn:
            return weigh_factors(conn, numbers, Period(first, last), file)

    def render(
        self,
        numbers: Sequence[str],
        out: str | Path,
        first: date | None = None,
        last: date | None = None,
        *,
        lang: Language = "zh",
    ) -> Path:
        """Write the trace of some numbers to a file, in the format its name ends with.

        Raises
        ------
        UsageError
            If it ends with none (they are named), or the format takes one number only.
        """
        target = Path(out)
        with self._engine.connect() as conn:
            render_file(conn, numbers, target, Period(first, last), lang)
        return target

    def _complete_traces(self) -> None:
        """Look up what traces left for later, and let go of the connection that reads."""
        for known in self._traces:
            if trace := known():
                with suppress(UsageError):  # outdated: it says so when it is asked
                    trace.complete()
        self._traces.clear()
        self._reading.dispose()


def open_case(database: str | Path, *, now: Clock | None = None) -> Case:
    """Open a case; a missing SQLite file is created.

    Parameters
    ----------
    database : str or pathlib.Path
        Path of an SQLite file, or an SQLAlchemy URL.
    now : callable, optional
        Tells the time, with its zone; the computer's clock by default.
    """
    return Case(open_engine(str(database)), now or (lambda: datetime.now(UTC).astimezone()))
