"""All codes on record, one after the other: what each trace comes to."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from tracer.graph.figures import Figures, measure_figures
from tracer.graph.trace import DEFAULT_MAX_CHAINS
from tracer.model.evidence import Evidence
from tracer.model.period import ALL_DAYS, Period
from tracer.store.codes import Code, codes_on_record
from tracer.store.scan import ALL_DETAILS, scan_evidence
from tracer.usecases.memory import no_collection
from tracer.usecases.workers import Progress, Workers, share_out, worth_dealing

__all__ = ["TracedCode", "list_codes", "scan_portfolio", "walk_codes"]

FIGURE_DETAILS: Final = frozenset({"kind"})
"""All that any figure of a trace depends on of what a contract tells beside who, what and when."""


@dataclass(frozen=True, slots=True)
class TracedCode:
    """One code and the figures of its trace.

    Parameters
    ----------
    code : str
        Digits its numbers begin with.
    is_exact : bool
        Only this one number is meant: what begins with it belongs to other codes.
    figures : Figures
        Those of `trace_number`; all zero where only openings, stopped messages or incidents are
        on record and no party is.
    """

    code: str
    is_exact: bool
    figures: Figures


def scan_portfolio(
    conn: Connection,
    window: Period = ALL_DAYS,
    *,
    max_chains: int = DEFAULT_MAX_CHAINS,
    workers: Workers | None = None,
    progress: Progress | None = None,
) -> Iterator[TracedCode]:
    """Trace every code on record, in order.

    Every record that names a number is in at least one of the codes (`store.codes`); a contract
    that names none evidences nothing and is in none.

    Parameters
    ----------
    conn : Connection
        The database; one transaction, so that all codes are of one state.
    window : Period
        Days of the scope.
    max_chains : int
        How many chains each trace would list: above, it counts as cut.
    workers : Workers, optional
        Processes that share the codes, where there are many; the answer is the same.
    progress : callable, optional
        Told after every code, or after every share of them.

    Raises
    ------
    UsageError
        If something is recorded while the workers begin, or one of them is lost.
    """
    codes, task = list_codes(conn), ScanTerms(window, max_chains)
    if workers is not None and (count := worth_dealing(conn, workers, len(codes))) > 1:
        for part in share_out(conn, workers.database, count, codes, task, progress):
            yield from part
    else:
        yield from task.begin(conn).trace(codes, progress)


@dataclass(frozen=True, slots=True)
class ScanTerms:
    """How the codes of a portfolio are traced: window, and how many chains a trace would list."""

    window: Period
    max_chains: int

    def begin(self, conn: Connection) -> "CodeScanner":
        """Make what traces the codes of a database."""
        return CodeScanner(conn, self)


class CodeScanner:
    """Traces codes of one database, for their figures.

    Parameters
    ----------
    conn : Connection
        The database; one transaction, so that all codes are of one state.
    terms : ScanTerms
        How.
    """

    def __init__(self, conn: Connection, terms: ScanTerms) -> None:
        self._conn = conn
        self._terms = terms

    def trace(
        self, codes: Sequence[Code], progress: Progress | None = None
    ) -> Iterator[TracedCode]:
        """Trace some codes, in order, each when it is asked for."""
        window, most = self._terms.window, self._terms.max_chains
        for code, evidence in walk_codes(self._conn, codes, FIGURE_DETAILS, progress):
            with no_collection():
                figures = measure_figures(evidence, window, max_chains=most)
            yield TracedCode(code.digits, code.is_exact, figures)

    def look_at(self, codes: Sequence[Code]) -> list[TracedCode]:
        """Trace some codes, in order."""
        with no_collection():
            return list(self.trace(codes))

    def hand_in(self) -> list[TracedCode]:
        """Give nothing more: no code adds to another's figures."""
        return []


def list_codes(conn: Connection, under: str = "") -> tuple[Code, ...]:
    """Give the codes on record that begin with some digits, in order."""
    with no_collection():
        return tuple(code for code in codes_on_record(conn) if code.digits.startswith(under))


def walk_codes(
    conn: Connection,
    codes: Sequence[Code],
    details: Collection[str] = ALL_DETAILS,
    progress: Progress | None = None,
) -> Iterator[tuple[Code, Evidence]]:
    """Give codes with their evidence, in order: for what needs more than figures.

    Parameters
    ----------
    conn : Connection
        The database.
    codes : sequence of Code
        In order (`list_codes`).
    details : collection of str
        What contracts are to tell beside who, what and when: the rest is left blank.
    progress : callable, optional
        Told after every code.
    """
    if progress:
        progress(0, len(codes))
    entries = scan_evidence(conn, codes, details)
    for done in range(1, len(codes) + 1):
        with no_collection():  # not while the caller has it: what it makes is its own affair
            entry = next(entries)
        yield entry
        if progress:
            progress(done, len(codes))
