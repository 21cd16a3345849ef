"""The findings of dossiers and factor sheets: counted by what they speak of, and one by one."""

from collections import Counter
from collections.abc import Iterable

from tracer.dossier.faults import GROUPS, Fault
from tracer.model.finding import Finding
from tracer.report.citing import cite
from tracer.report.dossier_tables import Parties, dossier_table
from tracer.report.findings import clauses_of, rebuttal, rule_title, sentence
from tracer.report.papers import Cell, Table
from tracer.report.wording import Said, join, same, say
from tracer.rules.subjects import subjects_of

__all__ = ["actor", "counted", "fault_table", "findings_table", "law", "rules_counted"]


def fault_table(parties: Parties) -> Table:
    """Count the findings that speak of what each party did."""
    columns = ("party", "clauses", "checks", "reports", "other", "rules", "onward", "as_other")
    rows: list[tuple[Cell, ...]] = [
        (
            same(p.name),
            *(len(p.acts(group)) for group in (*GROUPS, "other")),
            rules_counted(f for f in p.faults if f.is_actor),
            rules_counted(p.onward),
            rules_counted(f for f in p.faults if not f.is_subject),
        )
        for p in parties
    ]
    return dossier_table("fault", columns, rows, "fault")


def rules_counted(faults: Iterable[Fault]) -> Said:
    """Write how many acts each rule found."""
    acts = Counter(fault.finding.rule for fault in faults if fault.counts)
    return join(say("dossier.rule_count", rule=rule, count=acts[rule]) for rule in sorted(acts))


def findings_table(parties: Parties) -> Table:
    """Set the findings in words, with what would rebut them.

    Of several parties each finding stands once, at those it is about; at all it
    names where none of them is among the parties.
    """
    names = {party.name for party in parties}
    columns = ("party", "rule", "group", "actor", "counts", "said", "rebuttal", "law", "records")
    rows = [
        (
            same(p.name),
            _title(fault.finding),
            say(f"dossier.group.{fault.group}"),
            actor(fault),
            counted(fault),
            Said(sentence(fault.finding, "zh"), sentence(fault.finding, "en")),
            Said(rebuttal(fault.finding.rule, "zh"), rebuttal(fault.finding.rule, "en")),
            law(fault.finding),
            cite(fault.finding.records),
        )
        for p in parties
        for fault in p.faults
        if fault.is_subject or not names & subjects_of(fault.finding)
    ]
    return dossier_table("findings", columns, rows)


def actor(fault: Fault) -> Said:
    """Say whether a finding speaks of the party's own act."""
    if fault.is_actor:
        return say("dossier.actor.own")
    return say(f"dossier.actor.{'downstream' if fault.is_subject else 'other'}")


def counted(fault: Fault) -> Said:
    """Say whether a finding counts: of one act, on several papers, the first does."""
    return say("dossier.yes" if fault.counts else "dossier.counted_before")


def _title(finding: Finding) -> Said:
    rule = finding.rule
    return Said(f"{rule} {rule_title(rule, 'zh')}", f"{rule} {rule_title(rule, 'en')}")


def law(finding: Finding) -> Said:
    """Cite the clauses a finding rests on."""
    cited = clauses_of(finding.rule)
    return join(Said(each.citation("zh"), each.citation("en")) for each in cited)
