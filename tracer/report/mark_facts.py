"""What people decided and wrote, as lines of the details panel: pairs of a label and a value."""

from collections.abc import Iterator

from tracer.model.mark import Marks
from tracer.report.wording import Said, join, same, say

__all__ = ["mark_facts", "party_facts"]


def party_facts(marks: Marks, name: str) -> Iterator[tuple[str, Said]]:
    """Name the events by which somebody decided who a party is."""
    if events := marks.decided.get(name):
        listed = join(same(str(number)) for number in events)
        yield "decided", say("page.decided", events=listed)


def mark_facts(marks: Marks, record: str) -> Iterator[tuple[str, Said]]:
    """Say what stands beside a record."""
    for end, name in marks.printed.get(record, ()):
        yield f"printed_{end}", same(name)
    for each in marks.corrections.get(record, ()):
        was, now = (same(text) if text else say("page.blank_cell") for text in (each.was, each.now))
        told = {"field": each.printed, "was": was, "now": now, "reason": each.reason}
        yield "corrected", say("page.corrected", **told, by=each.operator, event=each.event)
