"""A part of an audit: some codes, looked at one after the other."""

from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection

from tracer.graph.figures import Figures, figures_of
from tracer.graph.survey import take_survey
from tracer.model.evidence import Allocation, Evidence
from tracer.model.party import fold_name
from tracer.model.period import Period
from tracer.rules.audited import AuditedCode, AuditFilter, CodeFinding
from tracer.rules.extensions import read_extensions
from tracer.rules.finding import by_rule, examine, sight
from tracer.rules.inspection import Inspection
from tracer.rules.registers import reconcile
from tracer.store.codes import Code
from tracer.store.opened import opened_classes
from tracer.store.particulars import ParticularsReader
from tracer.usecases.audit_parties import PartySums
from tracer.usecases.memory import no_collection
from tracer.usecases.portfolio import walk_codes
from tracer.usecases.workers import Progress

__all__ = ["AuditPart", "AuditTerms", "CodeAuditor"]

RULE_DETAILS: Final = frozenset(
    {
        *("kind", "unit_price", "sublease_clause", "approval_no", "amends"),
        *("region", "purpose"),
    }
)
"""All that any rule asks of what a contract tells beside who, what and when."""


@dataclass(frozen=True, slots=True)
class AuditTerms:
    """How the codes of an audit are looked at.

    Parameters
    ----------
    window : Period
        Days of the audit.
    asked : AuditFilter
        Which codes; its holder by canonical name.
    max_chains : int
        How many chains a trace would list: above, a code's trace counts as cut.
    keep_findings : bool
        Else findings are counted only: there may be millions.
    """

    window: Period
    asked: AuditFilter
    max_chains: int
    keep_findings: bool

    def begin(self, conn: Connection) -> "CodeAuditor":
        """Make what audits the codes of a database."""
        return CodeAuditor(conn, self)


@dataclass(slots=True)
class AuditPart:
    """What some codes come to.

    Parameters
    ----------
    codes : list of AuditedCode
        In order of their digits, those with nothing on record in the window left out.
    kept : list of CodeFinding
        Their findings, unless only counted.
    sums : PartySums
        By party; of all codes an auditor looked at, when it hands them in.
    register : dict
        Allocations of the codes, by record id, segment and holder.
    """

    codes: list[AuditedCode] = field(default_factory=list)
    kept: list[CodeFinding] = field(default_factory=list)
    sums: PartySums = field(default_factory=PartySums)
    register: dict[tuple[str, str, str], Allocation] = field(default_factory=dict)

    def add(self, later: "AuditPart") -> None:
        """Add a part whose codes come later."""
        self.codes += later.codes
        self.kept += later.kept
        self.sums.add(later.sums)
        self.register |= later.register


class CodeAuditor:
    """Audits codes of one database.

    Parameters
    ----------
    conn : Connection
        The database; one transaction, so that all codes are of one state.
    terms : AuditTerms
        How.
    """

    def __init__(self, conn: Connection, terms: AuditTerms) -> None:
        self._conn = conn
        self._terms = terms
        self._reader = ParticularsReader(conn, preload=True)
        self._opened = opened_classes(conn)
        self._sums = PartySums()

    def look_at(self, codes: Sequence[Code], progress: Progress | None = None) -> AuditPart:
        """Audit some codes, in order; those that were not asked for are passed over."""
        part = AuditPart()
        with no_collection():  # nothing of a code goes in a circle
            for code, evidence in walk_codes(self._conn, codes, RULE_DETAILS, progress):
                self._add(part, code, evidence)
        return part

    def hand_in(self) -> AuditPart:
        """Give the sums by party of all codes: most parties are in very many of them."""
        return AuditPart(sums=self._sums)

    def _add(self, part: AuditPart, code: Code, evidence: Evidence) -> None:
        terms = self._terms
        allocations = [a for a in evidence.allocations if a.term.overlaps(terms.window)]
        if not _is_asked(terms.asked, allocations):
            return
        particulars = self._reader.of(evidence, is_exact=code.is_exact)
        case = Inspection(take_survey(evidence, terms.window), particulars, self._reader)
        figures = figures_of(case.found, max_chains=terms.max_chains)
        findings = examine(case) if terms.keep_findings else ()
        found = by_rule(findings) if terms.keep_findings else sight(case)
        line = _audited(code, case, allocations, figures, found, self._opened)
        if not _has_anything(line, case):
            return
        part.codes.append(line)
        self._sums.add_code(case.found, figures)
        self._sums.add_findings(found)
        part.kept.extend(CodeFinding(code.digits, finding) for finding in findings)
        for allocation in allocations:
            key = (allocation.ref.record_id, allocation.segment.prefix, allocation.holder)
            part.register[key] = allocation


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
    found: Mapping[str, Sized],
    opened: frozenset[str],
) -> AuditedCode:
    return AuditedCode(
        code=code.digits,
        is_exact=code.is_exact,
        figures=figures,
        authorities=_sorted_names(a.authority for a in allocations),
        regions=_sorted_names(a.region for a in allocations),
        findings={rule: len(found[rule]) for rule in sorted(found)},
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
