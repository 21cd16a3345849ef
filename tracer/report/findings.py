"""Findings in words: the sentence, what would rebut it, the clauses."""

from typing import Final

from tracer.messages import Language, text
from tracer.model.finding import Finding, Value
from tracer.model.money import grouped_yuan
from tracer.report.masking import masked
from tracer.rules.clauses import Clause, clauses
from tracer.rules.registry import find_rule

__all__ = ["clauses_of", "rebuttal", "rule_title", "sentence"]

_COLUMNS: Final = ("representative", "address", "phone")
"""Of the parties table, in its order."""


def sentence(finding: Finding, lang: Language) -> str:
    """Say what was found, in one neutral sentence.

    Placeholders a sentence may use beside the finding's own values: `parties`, `contracts`,
    `segment`, `span`, `days`, `messages`, `amount`; and `shared`, what both ends state of
    themselves, told column by column.
    """
    values: dict[str, Value] = {
        "parties": finding.parties,
        "contracts": finding.contracts,
        "segment": tuple((finding.segment or "").split(";"))
        if finding.segment
        else text("finding_part.no_segment", lang),
        "span": _span(finding, lang),
        "days": finding.days or 0,
        "messages": finding.messages or 0,
        "amount": grouped_yuan(finding.amount or 0),
        "shared": _shared(finding, lang),
        **finding.values,
    }
    shown = {key: _shown(value, lang) for key, value in values.items()}
    return text(f"finding.{finding.sentence}", lang, **shown)


def rebuttal(code: str, lang: Language) -> str:
    """Say what would rebut a finding of a rule."""
    return text(f"rule.{code}.rebuttal", lang)


def rule_title(code: str, lang: Language) -> str:
    """Give the title of a rule in a few neutral words."""
    return text(f"rule.{code}.title", lang)


def clauses_of(code: str) -> tuple[Clause, ...]:
    """Give the clauses a rule rests on, in its order."""
    rule = find_rule(code)
    return tuple(clauses()[name] for name in rule.clauses) if rule else ()


def _shared(finding: Finding, lang: Language) -> str:
    told = [
        text(f"finding_part.shared.{column}", lang, cells=masked(_shown(cells, lang)))
        for column in _COLUMNS
        if (cells := finding.values.get(column))
    ]
    return text("finding_part.between_columns", lang).join(told)


def _shown(value: Value, lang: Language) -> str:
    if isinstance(value, tuple):
        unstated = text("finding_part.not_stated", lang)
        return text("finding_part.between_names", lang).join(each or unstated for each in value)
    return f"{value:,}" if isinstance(value, int) else value


def _span(finding: Finding, lang: Language) -> str:
    first, last = finding.first_day, finding.last_day
    if first is None and last is None:
        key = "open"
    elif last is None:
        key = "from"
    elif first is None:
        key = "until"
    else:
        key = "one_day" if first == last else "days"
    days = f"{finding.days or 0:,}"
    return text(f"finding_part.{key}", lang, first=first, last=last, days=days)
