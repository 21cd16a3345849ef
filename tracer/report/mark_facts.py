"""What people decided and wrote, as lines of the details panel: pairs of a label and a value."""

from collections.abc import Iterable, Iterator

from tracer.graph.result import Trace
from tracer.model.mark import Comment, Marks
from tracer.report.view import EvidenceItem, GraphView
from tracer.report.wording import Said, join, same, say

__all__ = ["comment_facts", "is_doubtful", "mark_facts", "party_facts", "told_marks"]

_OF_A_RECORD = ("corrected", "comment")
"""Other spellings of a record are told once, with the party."""


def party_facts(marks: Marks, name: str) -> Iterator[tuple[str, Said]]:
    """Name the events by which somebody decided who a party is."""
    if events := marks.decided.get(name):
        listed = join(same(str(number)) for number in events)
        yield "decided", say("page.decided", events=listed)
    yield from comment_facts(marks.parties.get(name, ()))


def mark_facts(marks: Marks, record: str) -> Iterator[tuple[str, Said]]:
    """Say what stands beside a record."""
    for end, name in marks.printed.get(record, ()):
        yield f"printed_{end}", same(name)
    for each in marks.corrections.get(record, ()):
        was, now = (same(text) if text else say("page.blank_cell") for text in (each.was, each.now))
        told = {"field": each.printed, "was": was, "now": now, "reason": each.reason}
        yield "corrected", say("page.corrected", **told, by=each.operator, event=each.event)
    yield from comment_facts(marks.records.get(record, ()))


def comment_facts(comments: Iterable[Comment]) -> Iterator[tuple[str, Said]]:
    """Say what was written."""
    for each in comments:
        said = say("page.comment", text=each.text, by=each.operator, event=each.event)
        if each.grade:
            said = say("page.comment_graded", grade=say(f"grade.{each.grade}"), said=said)
        if each.document:
            page = say("page.comment_page", page=each.document.page) if each.document.page else ""
            paper = {"path": each.document.path, "page": page, "digest": each.document.digest or ""}
            said = say("page.comment_paper", said=said, **paper)
        yield "comment", said


def told_marks(view: GraphView, trace: Trace) -> Iterator[tuple[str, str, Said]]:
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


def is_doubtful(marks: Marks, item: EvidenceItem) -> bool:
    """Tell whether all that an exhibit rests on is graded doubtful."""
    hop = (item.upstream, item.downstream) if item.upstream else None
    grades = {marks.grade(line.place.record, hop) for line in item.lines}
    return bool(marks) and grades == {"doubtful"}
