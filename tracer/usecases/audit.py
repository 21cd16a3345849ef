"""The audit: every code on record in a window, its figures and what the rules find."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection

from tracer.errors import NothingOnRecord
from tracer.graph.figures import Figures, figures_of
from tracer.graph.survey import take_survey
from tracer.graph.trace import DEFAULT_MAX_CHAINS
from tracer.model.evidence import Allocation
from tracer.model.finding import Finding
from tracer.model.party import fold_name
from tracer.model.period import Period
from tracer.rules.audited import Audit, AuditedCode, AuditFilter, CodeFinding
from tracer.rules.extensions import read_extensions
from tracer.rules.finding import examine, examine_register
from tracer.rules.inspection import Inspection
from tracer.rules.registers import reconcile
from tracer.store.codes import Code
from tracer.store.opened import opened_classes
from tracer.store.particulars import ParticularsReader
from tracer.store.rawhops import name_party
from tracer.usecases.audit_parties import PartySums
from tracer.usecases.memory import no_collection
from tracer.usecases.portfolio import Progress, walk_portfolio

__all__ = ["audit_codes"]


def audit_codes(
    conn: Connection,
    window: Period,
    asked: AuditFilter,
    *,
    max_chains: int = DEFAULT_MAX_CHAINS,
    keep_findings: bool = True,
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
    progress : callable, optional
        Told after every code.

    Raises
    ------
    NothingOnRecord
        If the holder asked for is not on record, or no code fits what was asked.
    """
    asked = _with_holder_named(conn, asked)
    reader = ParticularsReader(conn, preload=True)
    opened = opened_classes(conn)
    codes: list[AuditedCode] = []
    kept: list[CodeFinding] = []
    sums = PartySums()
    register: dict[tuple[str, str, str], Allocation] = {}
    for code, evidence in walk_portfolio(conn, under=asked.digits or "", progress=progress):
        allocations = [a for a in evidence.allocations if a.term.overlaps(window)]
        if not _is_asked(asked, allocations):
            continue
        with no_collection():
            particulars = reader.of(evidence, is_exact=code.is_exact)
            case = Inspection(take_survey(evidence, window), particulars, reader.between)
            figures = figures_of(case.found, max_chains=max_chains)
            findings = examine(case)
            line = _audited(code, case, allocations, figures, findings, opened)
        if not _has_anything(line, case):
            continue
        codes.append(line)
        sums.add_code(case.found, figures)
        sums.add_findings(findings)
        if keep_findings:
            kept.extend(CodeFinding(code.digits, finding) for finding in findings)
        for allocation in allocations:
            key = (allocation.ref.record_id, allocation.segment.prefix, allocation.holder)
            register[key] = allocation
    if not codes:
        raise NothingOnRecord("audit_nothing")
    whole = examine_register((register[key] for key in sorted(register)), window)
    sums.add_findings(whole)
    if keep_findings:
        kept.extend(CodeFinding(None, finding) for finding in whole)
    return Audit(
        window,
        asked,
        tuple(sorted(codes, key=lambda each: each.order)),
        len(whole) + sum(each.finding_count for each in codes),
        tuple(kept),
        sums.lines(),
    )


def _with_holder_named(conn: Connection, asked: AuditFilter) -> AuditFilter:
    if asked.holder is None:
        return asked
    found = name_party(conn, asked.holder)
    if found is None:
        raise NothingOnRecord("hop_party_unknown", party=asked.holder)
    return AuditFilter(asked.digits, found[0], asked.authority, asked.region)


def _is_asked(asked: AuditFilter, allocations: Iterable[Allocation]) -> bool:
    """Tell whether allocations in the window are such as were asked for."""
    return (
        (asked.holder is None or any(a.holder == asked.holder for a in allocations))
        and _names(asked.authority, (a.authority for a in allocations))
        and _names(asked.region, (a.region for a in allocations))
    )


def _names(wanted: str | None, stated: Iterable[str | None]) -> bool:
    if wanted is None:
        return True
    return any(fold_name(wanted) in fold_name(each) for each in stated if each)


def _audited(
    code: Code,
    case: Inspection,
    allocations: Iterable[Allocation],
    figures: Figures,
    findings: Iterable[Finding],
    opened: frozenset[str],
) -> AuditedCode:
    counted = Counter(finding.rule for finding in findings)
    return AuditedCode(
        code=code.digits,
        is_exact=code.is_exact,
        figures=figures,
        authorities=_sorted_names(a.authority for a in allocations),
        regions=_sorted_names(a.region for a in allocations),
        findings={rule: counted[rule] for rule in sorted(counted)},
        register=reconcile(case, opened, is_exact=code.is_exact),
        extensions=read_extensions(case, is_exact=code.is_exact),
    )


def _sorted_names(stated: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({each for each in stated if each}))


def _has_anything(line: AuditedCode, case: Inspection) -> bool:
    """Tell whether anything of a code is on record in the window."""
    figures = line.figures
    return bool(
        figures.parties
        or figures.incidents
        or line.register.users
        or line.findings
        or any(here.routing for here in case.records.values())
    )
