"""A trace as plain tables, for those who read columns rather than pictures."""

from collections.abc import Sequence

from tracer.cli.cells import wrap
from tracer.cli.fitting import fitted
from tracer.cli.labels import Labels
from tracer.cli.output import Line, Span, line
from tracer.cli.sections import after_picture, headline
from tracer.dossier.ladder import price_ladder
from tracer.graph.result import Trace
from tracer.messages import Language
from tracer.model.finding import Finding
from tracer.report.ladder_table import ladder_table
from tracer.report.lead_marks import LeadMarks
from tracer.report.papers import shown
from tracer.report.rows import depths_of, hop_order

__all__ = ["trace_tables"]


def trace_tables(
    trace: Trace,
    findings: Sequence[Finding],
    lang: Language,
    cells: int | None = None,
    *,
    every: bool = False,
) -> list[Line]:
    """Write hops, parties and everything else of a trace as aligned tables.

    Parameters
    ----------
    trace : Trace
        What was found.
    findings : sequence of Finding
        What the rules found in it.
    lang : {"zh", "en"}
        Language of the words.
    cells : int or None
        Cells of a line of the terminal; None where nothing limits it.
    every : bool
        List every chain, not the telling ones only.

    Returns
    -------
    list of Line
        One table after the other, each under its title.
    """
    labels, marks = Labels(lang), LeadMarks(findings)
    return [
        *headline(trace, findings, labels, cells),
        *_table(labels, "hops", _HOPS, _hops(trace, labels, marks), {0, 1, 6, 7, 8}, cells),
        *_table(
            labels,
            "parties",
            _PARTIES,
            _parties(trace, labels, marks),
            {0, 3, 4, 5, 6, 7, 8},
            cells,
        ),
        *_ladder(trace, lang, cells),
        *_table(
            labels, "records", ("hop", "record", "place"), _records(trace, labels), set(), cells
        ),
        *after_picture(trace, findings, labels, (), trace.gaps, every=every, cells=cells),
    ]


_HOPS = (
    "layer", "to_layer", "upstream", "downstream", "mark", "attested", "messages", "covered",
    "blocked", "contracts", "days", "leads",
)  # fmt: skip
_PARTIES = (
    "layer", "party", "uscc", "forwarded", "received", "originated", "own", "unresolved",
    "withheld", "carrier", "leads",
)  # fmt: skip


def _table(
    labels: Labels,
    title: str,
    heads: tuple[str, ...],
    rows: list[tuple[object, ...]],
    right: set[int],
    cells: int | None,
) -> list[Line]:
    if not rows:
        return []
    header = [labels.say(f"cli.head.{name}") for name in heads]
    named = line(Span(labels.say(f"cli.{title}.title"), "heading"))
    return [line(), named, *fitted(rows, header=header, right=right, indent="  ", cells=cells)]


def _hops(trace: Trace, labels: Labels, marks: LeadMarks) -> list[tuple[object, ...]]:
    layers = {each.name: each.layer for each in trace.parties}
    order = hop_order(trace, depths_of(trace))
    return [
        (
            layers.get(hop.upstream),
            layers.get(hop.downstream),
            hop.upstream,
            hop.downstream,
            labels.mark(hop.status),
            labels.say(f"attested.{hop.attested}"),
            hop.messages,
            hop.messages_covered,
            hop.blocked,
            labels.join(hop.contract_numbers) or labels.untied(trace, hop, "cli.unsegmented.short"),
            labels.days(hop.first_day, hop.last_day),
            labels.join(marks.hop(hop.upstream, hop.downstream)),
        )
        for hop in sorted(trace.hops, key=lambda hop: order(hop.upstream, hop.downstream))
    ]


def _parties(trace: Trace, labels: Labels, marks: LeadMarks) -> list[tuple[object, ...]]:
    return [
        (
            each.layer,
            each.name,
            each.party.uscc,
            each.forwarded,
            each.received,
            each.originated,
            each.own,
            each.unresolved,
            each.withheld,
            "✓" if each.carrier else "",
            labels.join(marks.party(each.name)),
        )
        for each in trace.parties
    ]


def _records(trace: Trace, labels: Labels) -> list[tuple[object, ...]]:
    """Name every record each hop rests on, and where it stands."""
    pairs = [
        (f"{hop.upstream} → {hop.downstream}", hop.contracts, hop.routing) for hop in trace.hops
    ]
    pairs += [
        (f"{each.carrier} → {each.party}", each.contracts, each.routing) for each in trace.access
    ]
    marks = trace.evidence.marks
    rows: list[tuple[object, ...]] = []
    for hop, contracts, routing in pairs:
        refs = [each.ref for each in contracts] + [each.ref for each in routing]
        refs.sort(key=lambda ref: ref.record_id)
        rows += [
            (hop, ref.record_id, " · ".join([labels.place(ref), *labels.corrected(marks, ref)]))
            for ref in refs
        ]
    return rows


def _ladder(trace: Trace, lang: Language, cells: int | None) -> list[Line]:
    """Set the price ladder, where any price is on record."""
    made = ladder_table(price_ladder(trace))
    if not made.rows:
        return []

    def parts(said: str) -> list[str]:
        return [said] if cells is None else wrap(said, cells - 2)

    rows = [[shown(cell).get(lang) for cell in row] for row in made.rows]
    header = [title.get(lang) for title in made.header]
    return [
        line(),
        line(Span(made.heading.get(lang), "heading")),
        *fitted(rows, header=header, right=made.figures, indent="  ", cells=cells),
        *(
            line("  ", Span(part, "faint"))
            for said in made.remarks
            for part in parts(said.get(lang))
        ),
    ]
