"""What stands above and below the picture of a trace: nothing is left out in silence."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from tracer.cli.cells import fold_pieces, pad, visible, width, wrap
from tracer.cli.finding_lines import finding_counts, finding_lines
from tracer.cli.fitting import fitted
from tracer.cli.labels import Labels
from tracer.cli.output import Line, Span, line
from tracer.cli.rows import RULE, gap_details
from tracer.graph.result import Chain, Gap, Hop, Trace
from tracer.model.diagnostic import HEAD_NOTES
from tracer.model.finding import Finding
from tracer.model.money import grouped_yuan
from tracer.model.period import ALL_DAYS
from tracer.report.lead_marks import LeadMarks

__all__ = ["after_picture", "chain_rows", "headline", "legend", "shown_chains"]

_LEGEND: Final = ("corroborated", "partly_covered", "contract_only", "routing_only")


def headline(
    trace: Trace, findings: Sequence[Finding], labels: Labels, cells: int | None
) -> list[Line]:
    """Say what was asked, who holds the number, who sent, and which rules found something."""
    say = labels.say
    holders = [visible(each.name) for each in trace.parties if each.layer == 0]
    facts: list[tuple[str, list[str]]] = [
        (say("cli.top.holder"), [labels.join(holders) or say("cli.top.no_holder")])
    ]
    marks = trace.evidence.marks
    facts += [
        (say("cli.top.allocation"), [*labels.allocation(each), *labels.corrected(marks, each.ref)])
        for each in trace.allocations
    ]
    facts += [
        (
            say("cli.top.sender"),
            [visible(each.name), labels.count(each.messages), say(f"basis.{each.basis}")],
        )
        for each in trace.senders
    ]
    if not trace.senders:
        facts.append((say("cli.top.sender"), [say("cli.top.no_sender")]))
    facts.append((say("cli.top.findings"), finding_counts(findings, labels)))
    margin = max(width(name) for name, _ in facts) + 2
    title = say("cli.top.title", number=trace.number, window=labels.window(trace.window))
    lines = [line(Span(title, "heading"))]
    for note in trace.notes:
        if note.key in HEAD_NOTES:
            lines += _remark(visible(say(f"note.{note.key}", **note.values)), "", cells)
    said = ""
    for name, pieces in facts:
        first = pad("" if name == said else name, margin)
        lines += [line(each) for each in fold_pieces(pieces, first, " " * margin, cells)]
        said = name
    return lines


def legend(
    labels: Labels, statuses: Collection[str], cells: int | None, *, refers: bool
) -> list[Line]:
    """Explain the marks that were used."""
    used = [
        f"{RULE[status]} {labels.mark(status)} {labels.say(f'status.{status}')}"
        for status in _LEGEND
        if status in statuses
    ]
    lines = [line()] if used else []
    lines += [line(Span(each, "faint")) for each in fold_pieces(used, "", "", cells)]
    if used:
        lines += _remark(labels.say("cli.tree.how_to_read"), "", cells)
    if refers:
        lines += _remark(labels.say("cli.tree.how_references"), "", cells)
    return lines


def _remark(said: str, indent: str, cells: int | None) -> list[Line]:
    """Set a sentence of ours, broken where the line ends."""
    folded = wrap(said, cells - len(indent)) if cells is not None else [said]
    return [line(indent, Span(each, "faint")) for each in folded]


def after_picture(
    trace: Trace,
    findings: Sequence[Finding],
    labels: Labels,
    rest: Sequence[Hop],
    gaps: Sequence[Gap],
    *,
    every: bool,
    cells: int | None,
) -> list[Line]:
    """Write the sections below the picture.

    Parameters
    ----------
    trace : Trace
        What was found.
    findings : sequence of Finding
        What the rules found in it.
    labels : Labels
        Words.
    rest : Sequence of Hop
        Hops that the picture does not show.
    gaps : Sequence of Gap
        Ditto.
    every : bool
        List every chain.
    cells : int or None
        Cells of a line.
    """
    say = labels.say
    lines: list[Line] = []
    marks = LeadMarks(findings)
    lines += _section(
        say("cli.finding.title", count=f"{len(findings):,}"),
        finding_lines(findings, labels, cells, every=every),
    )
    if trace.truncated:
        shown = say("cli.truncated", count=f"{len(trace.chains):,}")
        lines += [line(), *_remark(shown, "", cells)]
    lines += _section(say("cli.rest.title"), _rest(trace, rest, labels, marks, cells))
    lines += _section(say("cli.gap.title"), _gaps(gaps, labels, cells))
    lines += _section(say("cli.access.title"), _access(trace, labels, marks, cells))
    lines += _chains(trace, labels, cells, every=every)
    lines += _section(say("cli.unexplained.title"), _unexplained(trace, labels, cells))
    lines += _section(say("cli.unsegmented.title"), _unsegmented(trace, labels, cells))
    lines += _section(say("cli.blocked_only.title"), _blocked(trace, labels, cells))
    lines += _incidents(trace, labels, cells)
    lines += _section(say("cli.identities.title"), _identities(trace, labels, cells))
    lines += _section(say("cli.corrections.title"), _corrections(trace, labels, cells))
    lines += _section(say("cli.comments.title"), _comments(trace, labels, cells))
    notes = [
        say(f"note.{note.key}", **note.values) for note in trace.notes if note.key not in HEAD_NOTES
    ]
    told = [part for each in notes for part in _noted(visible(each), cells)]
    return lines + _section(say("cli.notes.title"), told)


def _noted(said: str, cells: int | None) -> list[Line]:
    return [line("  ", each) for each in ([said] if cells is None else wrap(said, cells - 2))]


def _section(title: str, body: Iterable[Line]) -> list[Line]:
    held = list(body)
    return [line(), line(Span(title, "heading")), *held] if held else []


def _rest(
    trace: Trace, rest: Sequence[Hop], labels: Labels, marks: LeadMarks, cells: int | None
) -> list[Line]:
    rows = [
        (
            f"{visible(hop.upstream)} → {visible(hop.downstream)}",
            labels.mark(hop.status),
            hop.messages,
            labels.join(visible(each) for each in hop.contract_numbers)
            or labels.untied(trace, hop, "cli.unsegmented.short"),
            labels.days(hop.first_day, hop.last_day),
            _mark(marks.hop(hop.upstream, hop.downstream), labels),
        )
        for hop in rest
    ]
    return fitted(rows, right={2}, indent="  ", cells=cells)


def _gaps(gaps: Sequence[Gap], labels: Labels, cells: int | None) -> list[Line]:
    lines = []
    for gap in gaps:
        lines.append(line("  ", visible(gap.party)))
        for pieces in gap_details(gap, labels):
            lines += [line(each) for each in fold_pieces(pieces, "    ", "      ", cells)]
    return lines


def _access(trace: Trace, labels: Labels, marks: LeadMarks, cells: int | None) -> list[Line]:
    rows = [
        (
            f"{visible(each.carrier)} → {visible(each.party)}",
            labels.count(each.messages),
            labels.say("cli.covered", count=f"{each.messages_covered:,}"),
            labels.join(visible(number) for number in each.contract_numbers) or None,
            labels.days(each.first_day, each.last_day),
            _mark(marks.hop(each.carrier, each.party), labels),
        )
        for each in trace.access
    ]
    return fitted(rows, right={1, 2}, indent="  ", cells=cells)


def _mark(codes: Sequence[str], labels: Labels) -> str:
    return labels.say("cli.finding.mark", codes=labels.join(codes)) if codes else ""


def shown_chains(trace: Trace, *, every: bool) -> list[Chain]:
    """Choose the chains worth a line: maximal ones, and those with messages of their own."""
    return [each for each in trace.chains if every or each.maximal or each.messages]


def chain_rows(chains: Sequence[Chain], labels: Labels) -> list[tuple[object, ...]]:
    """Write chains as table rows: number, messages, start, end, days, parties."""
    return [
        (
            number,
            each.messages,
            labels.starts(each.starts),
            labels.ends(each.ends),
            labels.chain_days(each),
            " → ".join(each.parties),
        )
        for number, each in enumerate(chains, 1)
    ]


def _chains(trace: Trace, labels: Labels, cells: int | None, *, every: bool) -> list[Line]:
    chains = shown_chains(trace, every=every)
    title = labels.say("cli.chains.title", count=f"{len(chains):,}")
    heads = ("no", "messages", "starts", "ends", "days", "chain")
    header = [labels.say(f"cli.head.{name}") for name in heads]
    rows = chain_rows(chains, labels)
    body = fitted(rows, header=header, right={0, 1}, indent="  ", cells=cells) if rows else []
    if left := len(trace.chains) - len(chains):
        body += _remark(labels.say("cli.chains.more", count=f"{left:,}"), "  ", cells)
    if not trace.chains:
        body.append(line("  ", labels.say("cli.chains.none")))
    return _section(title, body)


def _unexplained(trace: Trace, labels: Labels, cells: int | None) -> list[Line]:
    lines = [
        line("  ", "  ".join([visible(each.name), *labels.flow(each)]))
        for each in trace.parties
        if each.unresolved or each.withheld
    ]
    if any(each.unresolved for each in trace.parties):
        lines += _remark(labels.say("cli.unexplained.unresolved"), "  ", cells)
    if any(each.withheld for each in trace.parties):
        lines += _remark(labels.say("cli.unexplained.withheld"), "  ", cells)
    return lines


def _unsegmented(trace: Trace, labels: Labels, cells: int | None) -> list[Line]:
    lines = []
    for each in trace.unsegmented:
        ends = f"{visible(each.upstream)} → {visible(each.downstream)}"
        pieces = [ends, *labels.contract(each, trace.number)]
        pieces += labels.corrected(trace.evidence.marks, each.ref)
        lines += [line(folded) for folded in fold_pieces(pieces, "  ", "    ", cells)]
    return lines


def _identities(trace: Trace, labels: Labels, cells: int | None) -> list[Line]:
    """Say what the papers call the parties that somebody decided on."""
    lines = []
    for each in trace.parties:
        if each.party.decided:
            events = labels.join(str(number) for number in each.party.decided)
            pieces = [
                visible(each.name),
                labels.say("cli.identities.events", events=events),
                *(visible(name) for name in each.party.printed),
            ]
            lines += [line(folded) for folded in fold_pieces(pieces, "  ", "    ", cells)]
    return lines


def _corrections(trace: Trace, labels: Labels, cells: int | None) -> list[Line]:
    """Say what was put right, what the paper reads, and where it stands."""
    lines = []
    for record, made in sorted(trace.evidence.marks.corrections.items()):
        for each in made:
            blank = labels.say("page.blank_cell")
            told = labels.say(
                "page.corrected",
                field=visible(each.printed),
                was=visible(each.was) or blank,
                now=visible(each.now) or blank,
                reason=visible(each.reason),
                by=visible(each.operator),
                event=each.event,
            )
            lines += [line(folded) for folded in fold_pieces([record, told], "  ", "    ", cells)]
    return lines


def _comments(trace: Trace, labels: Labels, cells: int | None) -> list[Line]:
    """Say what people wrote, under what it is on."""
    marks = trace.evidence.marks
    told = [
        *((record, each) for record, each in sorted(marks.records.items())),
        *((name, each) for name, each in sorted(marks.parties.items())),
        *((" → ".join(hop), each) for hop, each in sorted(marks.hops.items())),
        *(
            (f"{rule} {labels.join(parties)}", each)
            for (rule, parties), each in sorted(marks.findings.items())
        ),
    ]
    lines = []
    for target, comments in told:
        for comment in comments:
            pieces = [visible(target), *labels.comment(comment)]
            lines += [line(folded) for folded in fold_pieces(pieces, "  ", "    ", cells)]
    return lines


def _blocked(trace: Trace, labels: Labels, cells: int | None) -> list[Line]:
    rows = [
        (f"{visible(each.upstream)} → {visible(each.downstream)}", labels.count(each.blocked))
        for each in trace.blocked_only
    ]
    return fitted(rows, right={1}, indent="  ", cells=cells)


def _incidents(trace: Trace, labels: Labels, cells: int | None) -> list[Line]:
    tally = trace.incidents
    if not tally.count:
        of_days = "" if trace.window == ALL_DAYS else "_in_window"
        return [line(), line(labels.say(f"cli.incidents.none{of_days}"))]
    counts = {
        name: f"{getattr(tally, name):,}"
        for name in ("count", "by_traffic", "by_paper", "unreached", "victims")
    }
    said = labels.say("cli.incidents", **counts, loss=grouped_yuan(tally.loss))
    return [line(), *(line(each) for each in ([said] if cells is None else wrap(said, cells)))]
