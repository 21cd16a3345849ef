"""The audit: every code on record in a window, its figures and what the rules find."""

from dataclasses import replace

from sqlalchemy import Connection

from tracer.errors import NothingOnRecord
from tracer.graph.trace import DEFAULT_MAX_CHAINS
from tracer.model.period import Period
from tracer.rules.audited import Audit, AuditFilter, CodeFinding
from tracer.rules.finding import by_rule, examine_register
from tracer.store.asof import as_of_notes
from tracer.usecases.audit_part import AuditPart, AuditTerms
from tracer.usecases.named import find_party
from tracer.usecases.portfolio import list_codes
from tracer.usecases.workers import Progress, Workers, share_out, worth_dealing

__all__ = ["audit_codes"]


def audit_codes(
    conn: Connection,
    window: Period,
    asked: AuditFilter,
    *,
    max_chains: int = DEFAULT_MAX_CHAINS,
    keep_findings: bool = True,
    workers: Workers | None = None,
    progress: Progress | None = None,
) -> Audit:
    """Audit every code on record that is asked for.

    A code of which nothing is on record in the window is left out.

    Parameters
    ----------
    conn : Connection
        The database; one transaction, so that all codes are of one state.
    window : Period
        Days of the audit.
    asked : AuditFilter
        Which codes; its holder by any spelling or credit code.
    max_chains : int
        How many chains a trace would list: above, a code's trace counts as cut.
    keep_findings : bool
        Else findings are counted only: there may be millions.
    workers : Workers, optional
        Processes that share the codes, where there are many; the answer is the same.
    progress : callable, optional
        Told after every code, or after every share of them.

    Raises
    ------
    NothingOnRecord
        If the holder asked for is not on record, or no code fits what was asked.
    UsageError
        If something is recorded while the workers begin, or one of them is lost.
    """
    asked = _with_holder_named(conn, asked)
    terms = AuditTerms(window, asked, max_chains, keep_findings)
    codes = list_codes(conn, asked.digits or "")
    if workers is not None and (count := worth_dealing(conn, workers, len(codes))) > 1:
        part = AuditPart()
        for share in share_out(conn, workers.database, count, codes, terms, progress):
            part.add(share)
    else:
        auditor = terms.begin(conn)
        part = auditor.look_at(codes, progress)
        part.add(auditor.hand_in())
    if not part.codes:
        raise NothingOnRecord("audit_nothing")
    return replace(_with_register(part, terms), notes=as_of_notes(conn))


def _with_register(part: AuditPart, terms: AuditTerms) -> Audit:
    """Look at the register as a whole, and put the answer together."""
    register = part.register
    whole = examine_register((register[key] for key in sorted(register)), terms.window)
    part.sums.add_findings(by_rule(whole))
    if terms.keep_findings:
        part.kept.extend(CodeFinding(None, finding) for finding in whole)
    return Audit(
        terms.window,
        terms.asked,
        tuple(sorted(part.codes, key=lambda each: each.order)),
        len(whole) + sum(each.finding_count for each in part.codes),
        tuple(part.kept),
        part.sums.lines(),
    )


def _with_holder_named(conn: Connection, asked: AuditFilter) -> AuditFilter:
    if asked.holder is None:
        return asked
    name, _ = find_party(conn, asked.holder)
    return AuditFilter(asked.digits, name, asked.authority, asked.region)
