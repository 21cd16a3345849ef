"""The codes of an audit as CSV, in canonical words; and what its tables share."""

from collections.abc import Iterable, Mapping
from typing import Final

from tracer.messages import Language, text
from tracer.model.money import format_yuan
from tracer.report.documents import csv_text
from tracer.rules.audited import Audit, AuditedCode
from tracer.rules.classes import class_of
from tracer.rules.registers import RegisterLine

__all__ = ["audit_csv", "class_name", "count_by_rule", "listed", "register_words", "shown_code"]

_COLUMNS: Final = (
    "code", "exact", "holder", "class", "authority", "region", "parties", "layers", "hops", "gaps",
    "senders", "messages", "incidents", "loss", "findings", "by_rule", "states", "silent",
    "whole_let", "let", "unlet", "unlet_traffic", "truncated",
)  # fmt: skip


def audit_csv(audit: Audit) -> str:
    """Write the codes of an audit as CSV, worst first; columns and words are canonical."""
    return csv_text(_COLUMNS, map(_row, audit.codes))


def _row(each: AuditedCode) -> tuple[object, ...]:
    here, extensions = each.figures, each.extensions
    found = class_of(each.code)
    return (
        each.code,
        "yes" if each.is_exact else None,
        ";".join(here.holders),
        found.prefix if found else None,
        ";".join(each.authorities),
        ";".join(each.regions),
        here.parties,
        here.depth,
        here.hops,
        here.gaps,
        ";".join(sender.name for sender in here.senders),
        here.messages,
        here.incidents,
        format_yuan(here.loss),
        each.finding_count,
        count_by_rule(each.findings),
        ";".join(each.register.states),
        ";".join(each.register.silent),
        "yes" if extensions.is_whole_let else None,
        len(extensions.let),
        extensions.unlet_count,
        sum(use.messages for use in extensions.traffic),
        "yes" if here.truncated else None,
    )


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


def shown_code(each: AuditedCode, lang: Language) -> str:
    """Write a code; that one number only is meant is said."""
    return text("audit.exact", lang, code=each.code) if each.is_exact else each.code


def register_words(line: RegisterLine, lang: Language) -> str:
    """Say what does not agree about a code, or why nothing can be said of it."""
    said = [text(f"audit.state.{state}", lang) for state in line.states]
    said += [text(f"audit.silent.{name}", lang) for name in line.silent]
    return listed(said or [text("audit.state.agrees", lang)], lang)


def listed(items: Iterable[str], lang: Language) -> str:
    """Set names in a row as the language does."""
    return text("finding_part.between_names", lang).join(items)
