"""What people decided, put right and wrote, on paper: none of it stands as the word of a paper."""

from tracer.graph.result import Trace
from tracer.messages import Language, text
from tracer.report.mark_facts import told_marks
from tracer.report.typeset.blocks import heading
from tracer.report.typeset.flow import Slug
from tracer.report.typeset.tables import table
from tracer.report.view import GraphView
from tracer.report.wording import say

__all__ = ["marks_count", "marks_list"]

_SHARES = (0.3, 0.14, 0.56)


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
        for target, field, said in told_marks(view, trace)
    ]
    if not rows:
        return []
    header = [text(f"exhibit.marks.{key}", lang) for key in ("target", "what", "content")]
    return [
        *heading(text("exhibit.marks.title", lang), width),
        *table(header, rows, width, widths=[share * width for share in _SHARES]),
    ]
