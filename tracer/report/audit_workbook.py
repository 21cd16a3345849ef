"""An audit as a workbook, in the reader's language: a sheet for each of its tables."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Final

from tracer.messages import Language, text
from tracer.model.money import MICROS_PER_YUAN
from tracer.report.audit_json import MOST_UNLET
from tracer.report.audit_notes import audit_notes
from tracer.report.audit_tables import (
    class_name,
    count_by_rule,
    listed,
    register_words,
    shown_code,
)
from tracer.report.findings import clauses_of, rebuttal, rule_title, sentence
from tracer.report.whereabouts import where_all
from tracer.report.workbook import Cell, Sheet, workbook_bytes
from tracer.rules.audited import Audit, AuditedCode, CodeFinding

__all__ = ["audit_workbook"]

_CODES: Final = (
    "code", "holder", "class", "authority", "region", "layers", "parties", "hops", "gaps",
    "senders", "messages", "incidents", "loss", "findings", "by_rule", "states", "cut",
)  # fmt: skip
_FINDINGS: Final = (
    "code", "rule", "title", "names", "contracts", "segment", "first_day", "last_day", "days",
    "messages", "amount", "summary", "rebuttal", "clauses", "places", "records",
)  # fmt: skip
_PARTIES: Final = (
    "party", "codes", "held", "deepest", "onward", "own", "about", "by_rule", "named",
    "named_by_rule",
)  # fmt: skip
_REGISTERS: Final = (
    "code", "states", "holder", "users", "carriers", "messages", "numbers", "days", "first_day",
    "last_day",
)  # fmt: skip
_EXTENSIONS: Final = ("code", "number", "state", "at_least", "days", "first_day", "last_day")

_BREAKS: Final = {"codes": (5, 10), "unallocated": (5, 10), "findings": (7, 12, 14)}
"""Columns at which a sheet of paper ends: fitted to one, such tables could not be read."""


def audit_workbook(audit: Audit, lang: Language) -> bytes:
    """Write an audit as a workbook: codes, findings, parties, and what does not agree."""
    unallocated = (each for each in audit.codes if not each.figures.holders)
    sheets = (
        _sheet("codes", _CODES, (_code(each, lang) for each in audit.codes), lang),
        _sheet("findings", _FINDINGS, (_finding(each, lang) for each in audit.findings), lang),
        _sheet("parties", _PARTIES, _parties(audit), lang),
        _sheet("unallocated", _CODES, (_code(each, lang) for each in unallocated), lang),
        _sheet("reconciliation", _REGISTERS, _registers(audit, lang), lang),
        _sheet("extensions", _EXTENSIONS, _extensions(audit, lang), lang),
        _sheet("notes", ("note",), ((each,) for each in audit_notes(audit, lang)), lang),
    )
    return workbook_bytes(sheets, text("audit.title", lang))


def _sheet(
    name: str, heads: tuple[str, ...], rows: Iterable[tuple[Cell, ...]], lang: Language
) -> Sheet:
    titles = tuple(text(f"audit.head.{head}", lang) for head in heads)
    breaks = _BREAKS.get(name, ())
    return Sheet(
        text(f"audit.sheet.{name}", lang),
        titles,
        rows,
        breaks=breaks,
        repeated=1 if breaks else 0,
        unprinted=1 if "records" in heads else 0,
        is_filtered=name != "notes",
    )


def _code(each: AuditedCode, lang: Language) -> tuple[Cell, ...]:
    here = each.figures
    return (
        shown_code(each, lang),
        listed(here.holders, lang),
        class_name(each.code, lang),
        listed(each.authorities, lang),
        listed(each.regions, lang),
        here.depth,
        here.parties,
        here.hops,
        here.gaps,
        listed((sender.name for sender in here.senders), lang),
        here.messages,
        here.incidents,
        _yuan(here.loss),
        each.finding_count,
        count_by_rule(each.findings),
        register_words(each.register, lang),
        text("audit.yes", lang) if here.truncated else None,
    )


def _finding(each: CodeFinding, lang: Language) -> tuple[Cell, ...]:
    finding = each.finding
    return (
        each.code or text("audit.register", lang),
        finding.rule,
        rule_title(finding.rule, lang),
        listed(finding.parties, lang),
        listed(finding.contracts, lang),
        finding.segment,
        finding.first_day,
        finding.last_day,
        finding.days,
        finding.messages,
        None if finding.amount is None else _yuan(finding.amount),
        sentence(finding, lang),
        rebuttal(finding.rule, lang),
        listed((clause.citation(lang) for clause in clauses_of(finding.rule)), lang),
        "\n".join(where_all(finding.records, lang)),
        " ".join(finding.record_ids),
    )


def _parties(audit: Audit) -> Iterator[tuple[Cell, ...]]:
    for each in audit.parties:
        yield (
            each.name,
            each.codes,
            each.held,
            each.deepest,
            each.onward,
            each.own,
            each.finding_count,
            count_by_rule(each.findings),
            each.named_count,
            count_by_rule(each.named),
        )


def _registers(audit: Audit, lang: Language) -> Iterator[tuple[Cell, ...]]:
    for each in audit.codes:
        here = each.register
        yield (
            shown_code(each, lang),
            register_words(here, lang),
            listed(here.holders, lang),
            listed(here.users, lang),
            listed(here.carriers, lang),
            each.figures.messages,
            here.use.numbers,
            here.use.days,
            here.use.first_day,
            here.use.last_day,
        )


def _extensions(audit: Audit, lang: Language) -> Iterator[tuple[Cell, ...]]:
    for each in audit.codes:
        here, code = each.extensions, shown_code(each, lang)
        if here.is_whole_let:
            yield _extension(code, each.code, text("audit.extension.whole", lang))
        for segment in here.let:
            yield _extension(code, segment, text("audit.extension.let", lang))
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
        for segment in islice(here.unlet(), MOST_UNLET):
            yield _extension(code, segment, text("audit.extension.unlet", lang))
        if (rest := here.unlet_count - MOST_UNLET) > 0:
            yield _extension(code, None, text("audit.extension.more", lang, rest=f"{rest:,}"))


def _extension(code: str, segment: str | None, state: str) -> tuple[Cell, ...]:
    return (code, segment, state, None, None, None, None)


def _yuan(micros: int) -> Decimal:
    return Decimal(micros) / MICROS_PER_YUAN
