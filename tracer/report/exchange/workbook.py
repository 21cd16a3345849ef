"""The answer as a workbook: hops, chains, parties, leads, gaps, the list of evidence, records."""

from collections.abc import Iterable, Iterator

from tracer.messages import Language, text
from tracer.report.documents import note_text
from tracer.report.exchange import evidence_list
from tracer.report.exchange.cleaning import as_named, stated
from tracer.report.exchange.gathering import gather
from tracer.report.exchange.network import Network
from tracer.report.exchange.record_rows import RECORDS, UNPRINTED, record_rows
from tracer.report.exchange.trace_rows import (
    CHAINS,
    FINDINGS,
    GAPS,
    HOPS,
    PARTIES,
    chain_rows,
    finding_row,
    gap_rows,
    hop_rows,
    party_rows,
)
from tracer.report.exchange.wording import heading
from tracer.report.mark_facts import told_marks
from tracer.report.rendering import Rendering
from tracer.report.view import GraphView
from tracer.report.workbook import Cell, Sheet, workbook_bytes
from tracer.rules.examined import ExaminedTrace

__all__ = ["list_of_evidence", "write_workbook"]


def write_workbook(wanted: Rendering) -> bytes:
    """Write an answer as a workbook, in the reader's language: equal answers, equal bytes.

    Every record has a row of its own, those that evidence no hop too.
    """
    network = gather(wanted)
    return workbook_bytes(_sheets(wanted, network), heading(network, wanted.lang))


def list_of_evidence(wanted: Rendering) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """Give the list of evidence of an answer: its column heads, and its rows."""
    heads = tuple(text(f"exchange.head.{each}", wanted.lang) for each in evidence_list.COLUMNS)
    return heads, list(evidence_list.evidence_rows(gather(wanted), wanted.lang))


def _sheets(wanted: Rendering, network: Network) -> Iterator[Sheet]:
    lang = wanted.lang
    pairs = list(zip(wanted.traces, network.views, strict=True))
    yield _sheet("hops", HOPS, (r for pair in pairs for r in hop_rows(*pair, lang)), lang, 3, 18)
    chains = (row for each in wanted.traces for row in chain_rows(each, lang))
    yield _sheet("chains", CHAINS, chains, lang, 1)
    parties = (row for pair in pairs for row in party_rows(*pair, lang))
    yield _sheet("parties", PARTIES, parties, lang, 6, 20)
    findings = (finding_row(view, each, lang) for view in network.views for each in view.findings)
    yield _sheet("findings", FINDINGS, findings, lang, 7, 32)
    yield _sheet(
        "gaps", GAPS, (row for view in network.views for row in gap_rows(view, lang)), lang
    )
    exhibits = evidence_list.evidence_rows(network, lang)
    yield _sheet("evidence_list", evidence_list.COLUMNS, exhibits, lang, widest=24)
    yield _sheet("records", RECORDS, record_rows(network, lang), lang, UNPRINTED, 20)
    notes = tuple(text(f"exchange.head.{head}", lang) for head in ("about", "value"))
    yield Sheet(
        text("exchange.sheet.notes", lang), notes, _notes(network, pairs, lang), is_filtered=False
    )


def _sheet(
    name: str,
    heads: tuple[str, ...],
    rows: Iterable[tuple[Cell, ...]],
    lang: Language,
    unprinted: int = 0,
    widest: int = 40,
) -> Sheet:
    """Make a sheet that fits the width of a page; its last columns may stay off paper."""
    return Sheet(
        text(f"exchange.sheet.{name}", lang),
        tuple(text(f"exchange.head.{head}", lang) for head in heads),
        rows,
        repeated=2,
        unprinted=unprinted,
        widest=widest,
    )


def _notes(
    network: Network, pairs: Iterable[tuple[ExaminedTrace, GraphView]], lang: Language
) -> Iterator[tuple[Cell, ...]]:
    """Yield what the workbook is of, what it was made from, and how it is to be read."""
    case = " ".join(filter(None, (stated(network.case.number), stated(network.case.name))))
    yield (heading(network, lang), None)
    if case:
        yield (text("page.case", lang), case)
    made = text("exchange.made", lang, version=network.version, digest=network.digest)
    yield (made, None)
    for key in ("layer", "hop_sums", "chain_sums", "records_sums", "evidence_blanks", "masked"):
        yield (text(f"exchange.{key}", lang), None)
    yield (text("finding_part.leads", lang), None)
    for view in network.views:
        for note in view.notes:
            yield (as_named(note_text(note, lang)), view.number)
        if view.headline.truncated:
            count = f"{view.headline.chains:,}"
            yield (text("page.truncated", lang, count=count), view.number)
    for examined, view in pairs:
        for target, field, said in told_marks(view, examined.trace):
            what = text(f"page.field.{field}", lang)
            yield (as_named(f"{target} · {what} · {said.get(lang)}"), view.number)
    for path, digest in network.sources:
        yield (stated(path), f"SHA-256 {digest}")
