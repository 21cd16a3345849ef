"""What people decided, put right and wrote, on paper: none of it stands as the word of a paper."""

from collections.abc import Iterator

from tracer.graph.result import Trace
from tracer.messages import Language, text
from tracer.report.mark_facts import comment_facts, mark_facts
from tracer.report.typeset.blocks import heading
from tracer.report.typeset.flow import Slug
from tracer.report.typeset.tables import table
from tracer.report.view import GraphView
from tracer.report.wording import Said, join, same, say

__all__ = ["marks_count", "marks_list"]

_SHARES = (0.3, 0.14, 0.56)
_OF_A_RECORD = ("corrected", "comment")
"""Other spellings of a record are told once, with the party."""


def marks_count(trace: Trace, lang: Language) -> str:
    """Say how much of an exhibit rests on decisions and corrections; empty where nothing does."""
    marks = trace.evidence.marks
    decided = sum(1 for each in trace.parties if each.party.decided)
    corrected = sum(map(len, marks.corrections.values()))
    if not decided and not corrected:
        return ""
    return text("exhibit.marks.count", lang, decided=decided, corrected=corrected)


def marks_list(view: GraphView, trace: Trace, width: float, lang: Language) -> list[Slug]:
    """List them with the exhibit they are on; nothing where nobody decided or wrote anything."""
    rows = [
        (target, say(f"page.field.{field}").get(lang), said.get(lang))
        for target, field, said in _told(view, trace)
    ]
    if not rows:
        return []
    header = [text(f"exhibit.marks.{key}", lang) for key in ("target", "what", "content")]
    return [
        *heading(text("exhibit.marks.title", lang), width),
        *table(header, rows, width, widths=[share * width for share in _SHARES]),
    ]


def _told(view: GraphView, trace: Trace) -> Iterator[tuple[str, str, Said]]:
    """Give what each is on, the name of its kind, and its words."""
    marks = trace.evidence.marks
    for each in trace.parties:
        if each.party.decided:
            events = join(same(str(number)) for number in each.party.decided)
            names = join(same(name) for name in each.party.printed) if each.party.printed else ""
            yield same(each.name).zh, "decided", say("exhibit.marks.decided", events=events,
                                                     names=names or same("–"))  # fmt: skip
    numbers = {line.place.record: item.no for item in view.evidence for line in item.lines}
    for record in sorted({*marks.corrections, *marks.records}):
        target = " ".join(part for part in (numbers.get(record), record) if part)
        for field, said in mark_facts(marks, record):
            if field in _OF_A_RECORD:
                yield target, field, said
    for name, comments in sorted(marks.parties.items()):
        yield from ((same(name).zh, *fact) for fact in comment_facts(comments))
    for hop, comments in sorted(marks.hops.items()):
        yield from ((same(" → ".join(hop)).zh, *fact) for fact in comment_facts(comments))
    for (rule, parties), comments in sorted(marks.findings.items()):
        target = same(f"{rule} {'、'.join(parties)}").zh
        yield from ((target, *fact) for fact in comment_facts(comments))
