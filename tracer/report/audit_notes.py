"""What a reader of an audit must know, said in the workbook itself."""

from collections.abc import Iterator

from tracer.messages import Language, text
from tracer.report.audit_json import MOST_UNLET
from tracer.report.findings import clauses_of, rule_title
from tracer.report.papers import head_notes
from tracer.report.wording import window
from tracer.rules.audited import Audit
from tracer.rules.classes import table_date

__all__ = ["audit_notes"]


def audit_notes(audit: Audit, lang: Language) -> Iterator[str]:
    """Say what was looked at, how it is ordered and counted, and what it is not."""
    for note in head_notes(audit.notes):
        yield note.get(lang)
    yield text("audit.leads", lang)
    days = window(audit.window)
    yield text("audit.note.window", lang, days=days.zh if lang == "zh" else days.en)
    asked = audit.asked
    named = (
        ("class", asked.digits),
        ("holder", asked.holder),
        ("authority", asked.authority),
        ("region", asked.region),
    )
    for head, wanted in named:
        if wanted:
            yield text(
                "audit.note.asked", lang, head=text(f"audit.head.{head}", lang), wanted=wanted
            )
    yield text("audit.order", lang)
    for name in ("parties", "messages", "registers", "places"):
        yield text(f"audit.note.{name}", lang)
    yield text("audit.note.extensions", lang, most=MOST_UNLET)
    yield text("audit.note.classes", lang, day=table_date().isoformat())
    found = sorted({each.finding.rule for each in audit.findings})
    for rule in found:
        cited = (clause.citation(lang) for clause in clauses_of(rule))
        between = text("finding_part.between_names", lang)
        yield text(
            "audit.note.rule",
            lang,
            rule=rule,
            title=rule_title(rule, lang),
            flags=text(f"rule.{rule}.flags", lang),
            limits=text(f"rule.{rule}.limits", lang),
            clauses=between.join(cited),
        )
