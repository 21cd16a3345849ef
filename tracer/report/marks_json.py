"""What people decided and wrote on the records of a trace, as keys of `tracer.trace/1`."""

from tracer.graph.result import Trace
from tracer.model.mark import Comment

__all__ = ["marks_document"]


def marks_document(trace: Trace) -> dict[str, object]:
    """Build the keys; each is there only where there is something under it.

    A case without decisions has the document it had before there could be any.
    """
    marks = trace.evidence.marks
    found: dict[str, list[dict[str, object]]] = {
        "identities": [
            {
                "name": each.name,
                "printed": list(each.party.printed),
                "events": list(each.party.decided),
            }
            for each in trace.parties
            if each.party.decided
        ],
        "printed": [
            {"record": record, **dict(marks.printed[record])} for record in sorted(marks.printed)
        ],
    }
    found["corrections"] = [
        {
            "record": record,
            "field": each.field,
            "printed": each.printed,
            "was": each.was,
            "now": each.now,
            "reason": each.reason,
            "by": each.operator,
            "at": each.at,
            "event": each.event,
        }
        for record in sorted(marks.corrections)
        for each in marks.corrections[record]
    ]
    found["comments"] = [
        *(
            {"kind": "record", "record": record, **_comment(each)}
            for record in sorted(marks.records)
            for each in marks.records[record]
        ),
        *(
            {"kind": "party", "party": name, **_comment(each)}
            for name in sorted(marks.parties)
            for each in marks.parties[name]
        ),
        *(
            {"kind": "hop", "upstream": hop[0], "downstream": hop[1], **_comment(each)}
            for hop in sorted(marks.hops)
            for each in marks.hops[hop]
        ),
        *(
            {"kind": "finding", "rule": rule, "parties": list(parties), **_comment(each)}
            for rule, parties in sorted(marks.findings)
            for each in marks.findings[rule, parties]
        ),
    ]
    return {key: listed for key, listed in found.items() if listed}


def _comment(comment: Comment) -> dict[str, object]:
    paper = comment.document
    return {
        "text": comment.text,
        "grade": comment.grade,
        "document": paper and {"path": paper.path, "sha256": paper.digest, "page": paper.page},
        "by": comment.operator,
        "at": comment.at,
        "event": comment.event,
    }
