"""The catalogue of rules on the terminal."""

from collections.abc import Iterator, Sequence

from tracer.cli.cells import wrap
from tracer.cli.fitting import fitted
from tracer.cli.labels import Labels
from tracer.cli.output import Line, Span, line
from tracer.messages import Language
from tracer.report.findings import clauses_of
from tracer.report.rules_json import RULE_PARTS
from tracer.rules.base import RegisterRule, Rule
from tracer.rules.classes import table_date

__all__ = ["rule_detail", "rule_table"]


def rule_table(
    rules: Sequence[Rule | RegisterRule], lang: Language, cells: int | None
) -> list[Line]:
    """List rules, one a line, and say what a finding is."""
    labels = Labels(lang)
    rows = [
        (rule.code, rule.name, labels.say(f"rule.{rule.code}.title"), _mark(rule, labels))
        for rule in rules
    ]
    header = [labels.say(f"cli.head.{name}") for name in ("rule", "name", "title", "remark")]
    return [
        *fitted(rows, header=header, cells=cells),
        line(),
        *_folded(labels.say("cli.rules.hint"), "", cells),
        *_folded(labels.say("cli.rules.classes", day=table_date().isoformat()), "", cells),
        *_folded(labels.say("finding_part.leads"), "", cells),
    ]


def rule_detail(rule: Rule | RegisterRule, lang: Language, cells: int | None) -> list[Line]:
    """Tell all of one rule: what it flags, evidence, limits, what rebuts it, clauses."""
    labels = Labels(lang)
    title = labels.say(f"rule.{rule.code}.title")
    lines = [line(Span(f"{rule.code} {title}", "heading"), f"  {rule.name}")]
    if mark := _mark(rule, labels):
        lines += _folded(mark, "", cells)
    for part in RULE_PARTS[1:]:
        lines += [line(), line(Span(labels.say(f"cli.rules.{part}"), "heading"))]
        lines += _folded(labels.say(f"rule.{rule.code}.{part}"), "  ", cells)
    lines += [line(), line(Span(labels.say("cli.rules.clauses"), "heading"))]
    lines += _clauses(rule, labels, cells)
    return [*lines, line(), *_folded(labels.say("finding_part.leads"), "", cells)]


def _clauses(rule: Rule | RegisterRule, labels: Labels, cells: int | None) -> Iterator[Line]:
    for clause in clauses_of(rule.code):
        yield from _folded(clause.citation(labels.lang), "  ", cells)
        yield from _folded(clause.brief(labels.lang), "    ", cells)


def _mark(rule: Rule | RegisterRule, labels: Labels) -> str:
    return labels.say("cli.rules.audit_only") if isinstance(rule, RegisterRule) else ""


def _folded(said: str, indent: str, cells: int | None) -> list[Line]:
    parts = [said] if cells is None else wrap(said, max(cells - len(indent), 20))
    return [line(indent, part) for part in parts]
