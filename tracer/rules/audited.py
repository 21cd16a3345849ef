"""What an audit answers with: every code of the register, its figures and its findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracer.graph.figures import Figures
from tracer.model.diagnostic import Note
from tracer.model.finding import Finding
from tracer.model.period import Period
from tracer.rules.extensions import Extensions
from tracer.rules.registers import RegisterLine

__all__ = ["Audit", "AuditFilter", "AuditedCode", "CodeFinding", "PartyLine"]


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which codes an audit looks at; what is None is not asked.

    Parameters
    ----------
    digits : str or None
        Codes that begin with these: a class, or any prefix.
    holder : str or None
        Codes of which this party (canonical name) is allocated some in the window.
    authority, region : str or None
        Codes of which an allocation in the window names an authority, a region that contains
        this; compared folded.
    """

    digits: str | None = None
    holder: str | None = None
    authority: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class AuditedCode:
    """One code, its figures, and how often each rule found something.

    Parameters
    ----------
    code : str
        Digits its numbers begin with.
    is_exact : bool
        Only this one number is meant: what begins with it belongs to other codes.
    authorities, regions : tuple of str
        Those its allocations in the window name, sorted.
    findings : Mapping of str to int
        By rule, those of the code; sorted, rules that found nothing are absent.
    """

    code: str
    is_exact: bool
    figures: Figures
    authorities: tuple[str, ...]
    regions: tuple[str, ...]
    findings: Mapping[str, int]
    register: RegisterLine
    extensions: Extensions

    @property
    def finding_count(self) -> int:
        """Findings of all rules."""
        return sum(self.findings.values())

    @property
    def order(self) -> tuple[object, ...]:
        """Worst first: incidents, loss, findings, depth, messages; then by code."""
        here = self.figures
        return (
            -here.incidents,
            -here.loss,
            -self.finding_count,
            -here.depth,
            -here.messages,
            self.code,
            self.is_exact,
        )


@dataclass(frozen=True, slots=True)
class CodeFinding:
    """A finding and the code whose scope it is from; the code is None for the whole register."""

    code: str | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One party over all codes of an audit.

    Parameters
    ----------
    codes : int
        In which it stands, as holder or at an end of a hop.
    held : int
        Of which it holds some.
    deepest : int or None
        Its greatest layer in any; None when no holder ever reaches it.
    onward : int
        Hops from it, over all codes.
    own : int
        Messages of its own.
    findings : Mapping of str to int
        By rule, those about it (`subjects.subjects_of`).
    named : Mapping of str to int
        By rule, those about others that name it: a customer, say, of a party that lets twice.
    """

    name: str
    codes: int
    held: int
    deepest: int | None
    onward: int
    own: int
    findings: Mapping[str, int] = field(default_factory=dict)
    named: Mapping[str, int] = field(default_factory=dict)

    @property
    def finding_count(self) -> int:
        """Findings of all rules that are about it."""
        return sum(self.findings.values())

    @property
    def named_count(self) -> int:
        """Findings about others that name it."""
        return sum(self.named.values())


@dataclass(frozen=True, slots=True)
class Audit:
    """Every code asked for, worst first.

    Parameters
    ----------
    codes : tuple of AuditedCode
        By `AuditedCode.order`.
    finding_count : int
        Findings of all codes and of the register as a whole.
    findings : tuple of CodeFinding
        By code, those of the whole register last; as the rules order them within a code. Empty
        where only their number was asked for.
    parties : tuple of PartyLine
        Those whom most findings are about first, then those whom most name beside others, then
        those in most codes, then by name.
    notes : tuple of Note
        As of when the case was seen.
    """

    window: Period
    asked: AuditFilter
    codes: tuple[AuditedCode, ...]
    finding_count: int
    findings: tuple[CodeFinding, ...]
    parties: tuple[PartyLine, ...]
    notes: tuple[Note, ...] = ()
