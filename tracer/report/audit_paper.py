"""An audit as a paper: figures of the whole, rules, parties, and a row for each code."""

from collections import Counter

from tracer.report.audit_tables import count_by_rule
from tracer.report.citing import sources_digest
from tracer.report.findings import rule_title
from tracer.report.papers import Cell, Paper, Section, Table, Yuan, head_notes, table
from tracer.report.wording import Said, count, join, same, say, window
from tracer.rules.audited import Audit, AuditedCode

__all__ = ["audit_paper"]

_CODES = (
    "code", "holder", "layers", "parties", "hops", "senders", "messages", "incidents", "loss",
    "findings", "by_rule", "disagree",
)  # fmt: skip
_PARTIES = ("party", "findings", "by_rule", "codes", "held", "deepest", "own")
_RULES = ("rule", "title", "findings", "codes")


def audit_paper(audit: Audit, sources: tuple[tuple[str, str], ...] = ()) -> Paper:
    """Set an audit; every code and every party that a finding names is in it.

    Parameters
    ----------
    sources : tuple of (str, str)
        Path and digest of every file the case rests on: an audit looks at all of them.
    """
    sections = (
        Section(say("audit.page.by_rule"), tables=(_rules(audit),)),
        Section(say("audit.head.party"), tables=(_parties(audit),)),
        Section(say("audit.page.all_codes"), tables=(_codes(audit),)),
    )
    incidents = sum(each.figures.incidents for each in audit.codes)
    return Paper(
        title=say("audit.title"),
        window=window(audit.window),
        statement=(
            *head_notes(audit.notes),
            say("audit.leads"),
            say("audit.order"),
            say("audit.page.layers"),
        ),
        sections=tuple(section for section in sections if not section.is_empty),
        sources=sources,
        digest=sources_digest(sources) if sources else "",
        answer=(
            (say("audit.page.codes"), same(count(len(audit.codes)))),
            (say("audit.page.incidents"), same(count(incidents))),
            (say("audit.page.findings"), same(count(audit.finding_count))),
        ),
    )


def _heads(names: tuple[str, ...]) -> list[Said]:
    return [say(f"audit.head.{name}") for name in names]


def _rules(audit: Audit) -> Table:
    findings: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    for each in audit.codes:
        findings.update(each.findings)
        codes.update(each.findings.keys())
    rows = [
        (
            same(rule),
            Said(rule_title(rule, "zh"), rule_title(rule, "en")),
            findings[rule],
            codes[rule],
        )
        for rule in sorted(findings)
    ]
    rest = audit.finding_count - sum(findings.values())
    remarks = (say("audit.page.of_register", count=rest),) if rest else ()
    return table("rules", say("audit.page.by_rule"), _heads(_RULES), rows, remarks)


def _parties(audit: Audit) -> Table:
    rows = [
        (
            same(line.name),
            sum(line.findings.values()),
            _by_rule(count_by_rule(line.findings)),
            line.codes,
            line.held,
            line.deepest,
            line.own,
        )
        for line in audit.parties
        if line.findings
    ]
    return table("parties", say("audit.head.party"), _heads(_PARTIES), rows)


def _codes(audit: Audit) -> Table:
    rows = [_code(each) for each in audit.codes]
    return table("codes", say("audit.page.all_codes"), _heads(_CODES), rows)


def _code(each: AuditedCode) -> tuple[Cell, ...]:
    here = each.figures
    states = [say(f"audit.state.{state}") for state in each.register.states]
    states += [say("audit.extension.unlet_traffic")] if each.extensions.traffic else []
    return (
        say("audit.exact", code=each.code) if each.is_exact else same(each.code),
        join(map(same, here.holders)),
        here.depth,
        here.parties,
        here.hops,
        join(same(sender.name) for sender in here.senders),
        here.messages,
        here.incidents,
        Yuan(here.loss),
        each.finding_count,
        _by_rule(count_by_rule(each.findings)),
        join(states, "page.clause_mark"),
    )


def _by_rule(counts: str) -> Said:
    return same(counts.replace(";", " "))
