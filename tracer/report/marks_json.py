"""What people decided and wrote on the records of a trace, as keys of `tracer.trace/1`."""

from tracer.graph.result import Trace

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
    return {key: listed for key, listed in found.items() if listed}
