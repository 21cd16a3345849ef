"""Findings on the terminal: their counts and their list."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from tracer.cli.cells import fold_pieces, visible, width, wrap
from tracer.cli.labels import Labels
from tracer.cli.output import Line, Span, line
from tracer.model.finding import Finding
from tracer.report.findings import clauses_of, rebuttal, rule_title, sentence

__all__ = ["finding_counts", "finding_lines"]

_MOST_RECORDS: Final = 4
_INDENT: Final = " " * 7
_UNDER_RULE: Final = " " * 4


def finding_counts(findings: Iterable[Finding], labels: Labels) -> list[str]:
    """Say how often each rule found something; that none did is said too."""
    counted = sorted(Counter(finding.rule for finding in findings).items())
    if not counted:
        return [labels.say("cli.top.no_finding")]
    return [rule if count == 1 else f"{rule}×{count:,}" for rule, count in counted]


def finding_lines(
    findings: Sequence[Finding], labels: Labels, cells: int | None, *, every: bool
) -> list[Line]:
    """Write the findings rule by rule: its clauses, what would rebut it, then what was found.

    Parameters
    ----------
    findings : sequence of Finding
        Of one trace.
    every : bool
        Name every record each rests on, not the first few only.
    """
    if not findings:
        return []
    lines = _folded(labels.say("finding_part.leads"), "  ", "  ", cells, "faint")
    numbered = enumerate(findings, start=1)
    for rule, found in groupby(numbered, key=lambda each: each[1].rule):
        title = f"{rule} {rule_title(rule, labels.lang)}"
        lines.append(line("  ", Span(title, "heading")))
        lines += _labelled("clauses", _clauses(rule, labels), labels, cells)
        lines += _labelled("rebuttal", rebuttal(rule, labels.lang), labels, cells)
        for number, finding in found:
            first = f"{number:>5}  "
            lines += _folded(sentence(finding, labels.lang), first, _INDENT, cells)
            lines += _records(finding, labels, cells, every=every)
    return lines


def _labelled(name: str, said: str, labels: Labels, cells: int | None) -> list[Line]:
    head = labels.say(f"cli.finding.{name}")
    return _folded(head + said, _UNDER_RULE, " " * (len(_UNDER_RULE) + width(head)), cells)


def _folded(said: str, first: str, rest: str, cells: int | None, style: str = "") -> list[Line]:
    """Set a sentence, broken where the line ends; what a record says must not move the cursor."""
    room = None if cells is None else max(cells - width(rest), 20)
    parts = [visible(said)] if room is None else wrap(visible(said), room)
    return [line(first if at == 0 else rest, Span(part, style)) for at, part in enumerate(parts)]


def _clauses(rule: str, labels: Labels) -> str:
    cited = (clause.citation(labels.lang) for clause in clauses_of(rule))
    return labels.say("cli.finding.between_clauses").join(cited)


def _records(finding: Finding, labels: Labels, cells: int | None, *, every: bool) -> list[Line]:
    """Say where the records stand that a finding rests on."""
    refs = finding.records if every else finding.records[:_MOST_RECORDS]
    head = labels.say("cli.finding.records")
    pieces = list(dict.fromkeys(labels.place(ref) for ref in refs))
    if left := len(finding.records) - len(refs):
        pieces.append(labels.say("cli.finding.more_records", count=f"{left:,}"))
    rest = " " * (len(_INDENT) + width(head))
    folded = fold_pieces(pieces, _INDENT + head, rest, cells)
    return [line(Span(each, "faint")) for each in folded]
