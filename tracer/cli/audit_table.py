"""An audit on the terminal."""

from collections.abc import Iterable, Iterator
from typing import Final

from tracer.cli.cells import wrap
from tracer.cli.fitting import fitted
from tracer.cli.labels import Labels
from tracer.cli.output import Line, Span, line
from tracer.messages import Language
from tracer.model.money import grouped_yuan
from tracer.report.audit_tables import count_by_rule, shown_code
from tracer.report.papers import head_notes
from tracer.rules.audited import Audit, AuditedCode

__all__ = ["audit_lines"]

_COLUMNS: Final = (
    "code", "holder", "layers", "parties", "hops", "senders", "messages", "incidents", "loss",
    "findings", "by_rule", "disagree",
)  # fmt: skip
_RIGHT: Final = {2, 3, 4, 6, 7, 8, 9}
_MOST_NAMES: Final = 2


def audit_lines(
    audit: Audit, lang: Language, most: int | None, cells: int | None = None
) -> list[Line]:
    """Write the codes of an audit as a table, worst first.

    Parameters
    ----------
    audit : Audit
        What was found.
    lang : {"zh", "en"}
        Language of the words.
    most : int or None
        How many codes to show; None for all.
    cells : int or None
        Cells of a line of the terminal; None where nothing limits it.
    """
    labels = Labels(lang)
    shown = audit.codes[:most]
    header = [labels.say(f"audit.head.{name}") for name in _COLUMNS]
    rows = [_row(each, labels) for each in shown]
    found = [
        line(Span(labels.say("audit.title"), "heading"), " ", labels.window(audit.window)),
        *_remarks((note.get(lang) for note in head_notes(audit.notes)), cells),
        line(
            labels.say(
                "audit.count",
                codes=f"{len(audit.codes):,}",
                parties=f"{len(audit.parties):,}",
                incidents=f"{sum(each.figures.incidents for each in audit.codes):,}",
                findings=f"{audit.finding_count:,}",
            )
        ),
        line(),
        *fitted(rows, header=header, right=_RIGHT, cells=cells),
        line(),
    ]
    told = []
    if len(shown) < len(audit.codes):
        told.append(labels.say("audit.more", rest=f"{len(audit.codes) - len(shown):,}"))
    if silent := sum(bool(each.register.silent) for each in audit.codes):
        told.append(labels.say("audit.silent_count", count=f"{silent:,}"))
    return [*found, *_remarks((*told, labels.say("audit.order"), labels.say("audit.leads")), cells)]


def _remarks(said: Iterable[str], cells: int | None) -> Iterator[Line]:
    for each in said:
        yield from (line(part) for part in ([each] if cells is None else wrap(each, cells)))


def _row(each: AuditedCode, labels: Labels) -> tuple[object, ...]:
    here = each.figures
    states = [labels.say(f"audit.state.{state}") for state in each.register.states]
    return (
        shown_code(each, labels.lang),
        _few(here.holders, labels),
        here.depth,
        here.parties,
        here.hops,
        _few(tuple(sender.name for sender in here.senders), labels),
        here.messages,
        here.incidents,
        grouped_yuan(here.loss),
        each.finding_count,
        count_by_rule(each.findings).replace(";", " ") or None,
        labels.join(states) or None,
    )


def _few(names: tuple[str, ...], labels: Labels) -> str | None:
    """Name some, and say how many more there are."""
    if not names:
        return None
    shown = labels.join(names[:_MOST_NAMES])
    rest = len(names) - _MOST_NAMES
    return f"{shown} +{rest}" if rest > 0 else shown
