"""One finding as JSON: in a trace, in an audit."""

from datetime import date

from tracer.model.finding import Finding
from tracer.model.money import format_yuan
from tracer.report.findings import clauses_of, rebuttal, rule_title, sentence

__all__ = ["finding_document"]


def finding_document(finding: Finding) -> dict[str, object]:
    """Build the document of one finding.

    Its sentences stand in both languages, so that the bytes are equal whoever asks. The keys
    after `summary` are additions to the contract's own.
    """
    return {
        "rule": finding.rule,
        "parties": list(finding.parties),
        "contracts": list(finding.contracts),
        "records": list(finding.record_ids),
        "segment": finding.segment,
        "days": finding.days,
        "messages": finding.messages,
        "amount": None if finding.amount is None else format_yuan(finding.amount),
        "summary": sentence(finding, "zh"),
        "summary_en": sentence(finding, "en"),
        "title": rule_title(finding.rule, "zh"),
        "title_en": rule_title(finding.rule, "en"),
        "rebuttal": rebuttal(finding.rule, "zh"),
        "rebuttal_en": rebuttal(finding.rule, "en"),
        "clauses": [clause.clause_id for clause in clauses_of(finding.rule)],
        "hops": [list(pair) for pair in finding.hops],
        "first_day": _day(finding.first_day),
        "last_day": _day(finding.last_day),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
