"""The tables of an audit: for CSV (canonical names) and XLSX (in the reader's language)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from tracer.messages import Language, text
from tracer.model.money import MICROS_PER_YUAN, format_yuan
from tracer.report.documents import csv_text
from tracer.report.findings import clauses_of, rebuttal, rule_title, sentence
from tracer.report.workbook import Cell, Sheet, workbook_bytes
from tracer.rules.audited import Audit, AuditedCode, CodeFinding
from tracer.rules.classes import class_of

if TYPE_CHECKING:
    from tracer.model.finding import Finding

__all__ = ["audit_csv", "audit_workbook", "class_name", "count_by_rule"]

_CODE_COLUMNS: Final = (
    "code", "exact", "holder", "class", "authority", "region", "parties", "layers", "hops", "gaps",
    "senders", "messages", "incidents", "loss", "findings", "by_rule", "states", "truncated",
)  # fmt: skip


def audit_csv(audit: Audit) -> str:
    """Write the codes of an audit as CSV, worst first; columns and words are canonical."""
    rows = (
        (
            each.code,
            "yes" if each.is_exact else None,
            ";".join(each.figures.holders),
            _prefix(each.code),
            ";".join(each.authorities),
            ";".join(each.regions),
            each.figures.parties,
            each.figures.depth,
            each.figures.hops,
            each.figures.gaps,
            ";".join(sender.name for sender in each.figures.senders),
            each.figures.messages,
            each.figures.incidents,
            format_yuan(each.figures.loss),
            each.finding_count,
            count_by_rule(each.findings),
            ";".join(each.register.states),
            "yes" if each.figures.truncated else None,
        )
        for each in audit.codes
    )
    return csv_text(_CODE_COLUMNS, rows)


def audit_workbook(audit: Audit, lang: Language) -> bytes:
    """Write an audit as a workbook: codes, findings, parties, and what does not agree."""
    sheets = (
        _sheet("codes", _CODES, (_code_row(each, lang) for each in audit.codes), lang),
        _sheet("findings", _FINDINGS, (_finding_row(each, lang) for each in audit.findings), lang),
        _sheet("parties", _PARTIES, _party_rows(audit), lang),
        _sheet(
            "unallocated",
            _CODES,
            (_code_row(each, lang) for each in audit.codes if not each.figures.holders),
            lang,
        ),
        _sheet("reconciliation", _REGISTERS, _register_rows(audit, lang), lang),
        _sheet("extensions", _EXTENSIONS, _extension_rows(audit, lang), lang),
    )
    return workbook_bytes(sheets, text("audit.title", lang))


_CODES: Final = (
    "code", "holder", "class", "authority", "region", "layers", "parties", "hops", "gaps",
    "senders", "messages", "incidents", "loss", "findings", "by_rule", "states", "cut",
)  # fmt: skip
_FINDINGS: Final = (
    "code", "rule", "title", "names", "contracts", "segment", "first_day", "last_day", "days",
    "messages", "amount", "summary", "rebuttal", "clauses", "records",
)  # fmt: skip
_PARTIES: Final = ("party", "codes", "held", "deepest", "onward", "own", "findings", "by_rule")
_REGISTERS: Final = (
    "code", "states", "holder", "users", "carriers", "messages", "first_day", "last_day",
)  # fmt: skip
_EXTENSIONS: Final = ("code", "number", "state", "messages", "days", "first_day", "last_day")


def class_name(code: str, lang: Language) -> str:
    """Say what the codes of a class are for."""
    found = class_of(code)
    if found is None:
        return text("audit.unknown_class", lang)
    said = found.zh if lang == "zh" else found.en
    return said if found.verified else text("clause.unverified", lang, cited=said)


def count_by_rule(findings: Mapping[str, int]) -> str:
    """Write how often each rule found something.

    Examples
    --------
    >>> count_by_rule({"TR201": 2, "TR502": 1})
    'TR201×2;TR502×1'
    """
    return ";".join(f"{rule}×{count}" for rule, count in findings.items())


def _prefix(code: str) -> str | None:
    found = class_of(code)
    return found.prefix if found else None


def _sheet(
    name: str, heads: tuple[str, ...], rows: Iterator[tuple[Cell, ...]], lang: Language
) -> Sheet:
    titles = tuple(text(f"audit.head.{head}", lang) for head in heads)
    return Sheet(text(f"audit.sheet.{name}", lang), titles, rows)


def _code_row(each: AuditedCode, lang: Language) -> tuple[Cell, ...]:
    here = each.figures
    return (
        _shown_code(each, lang),
        _listed(here.holders, lang),
        class_name(each.code, lang),
        _listed(each.authorities, lang),
        _listed(each.regions, lang),
        here.depth,
        here.parties,
        here.hops,
        here.gaps,
        _listed((sender.name for sender in here.senders), lang),
        here.messages,
        here.incidents,
        _yuan(here.loss),
        each.finding_count,
        count_by_rule(each.findings),
        _states(each, lang),
        text("audit.yes", lang) if here.truncated else None,
    )


def _finding_row(each: CodeFinding, lang: Language) -> tuple[Cell, ...]:
    finding: Finding = each.finding
    return (
        each.code or text("audit.register", lang),
        finding.rule,
        rule_title(finding.rule, lang),
        _listed(finding.parties, lang),
        _listed(finding.contracts, lang),
        finding.segment,
        finding.first_day,
        finding.last_day,
        finding.days,
        finding.messages,
        None if finding.amount is None else _yuan(finding.amount),
        sentence(finding, lang),
        rebuttal(finding.rule, lang),
        _listed((clause.citation(lang) for clause in clauses_of(finding.rule)), lang),
        " ".join(finding.record_ids),
    )


def _party_rows(audit: Audit) -> Iterator[tuple[Cell, ...]]:
    for each in audit.parties:
        yield (
            each.name,
            each.codes,
            each.held,
            each.deepest,
            each.onward,
            each.own,
            sum(each.findings.values()),
            count_by_rule(each.findings),
        )


def _register_rows(audit: Audit, lang: Language) -> Iterator[tuple[Cell, ...]]:
    for each in audit.codes:
        here = each.register
        yield (
            _shown_code(each, lang),
            _states(each, lang) or text("audit.state.agrees", lang),
            _listed(here.holders, lang),
            _listed(here.users, lang),
            _listed(here.carriers, lang),
            here.messages,
            here.first_day,
            here.last_day,
        )


def _extension_rows(audit: Audit, lang: Language) -> Iterator[tuple[Cell, ...]]:
    for each in audit.codes:
        here, code = each.extensions, _shown_code(each, lang)
        if here.is_whole_let:
            yield (code, each.code, text("audit.extension.whole", lang), None, None, None, None)
        for state, segments in (("let", here.let), ("unlet", here.unlet)):
            for segment in segments if here.let else ():
                said = text(f"audit.extension.{state}", lang)
                yield (code, segment, said, None, None, None, None)
        for use in here.traffic:
            yield (
                code,
                use.number,
                text("audit.extension.unlet_traffic", lang),
                use.messages,
                use.days,
                use.first_day,
                use.last_day,
            )


def _shown_code(each: AuditedCode, lang: Language) -> str:
    return text("audit.exact", lang, code=each.code) if each.is_exact else each.code


def _states(each: AuditedCode, lang: Language) -> str:
    said = (text(f"audit.state.{state}", lang) for state in each.register.states)
    return _listed(said, lang)


def _listed(items: Iterator[str] | tuple[str, ...], lang: Language) -> str:
    return text("finding_part.between_names", lang).join(items)


def _yuan(micros: int) -> Decimal:
    return Decimal(micros) / MICROS_PER_YUAN
