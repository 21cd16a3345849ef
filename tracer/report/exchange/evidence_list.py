"""The list of evidence (证据清单) in the columns a court's clerk expects.

Each exhibit is numbered one by one, with where it is from and what it states (民事证据规定,
art. 19). What only whoever hands it in can know (original or copy, copies, who, when) is left to be
filled in.
"""

from collections.abc import Iterator
from typing import Final

from tracer.messages import Language, text
from tracer.model.source import RecordRef
from tracer.report.citing import cite
from tracer.report.exchange.cleaning import as_named, stated
from tracer.report.exchange.network import Network
from tracer.report.view import EvidenceItem
from tracer.report.wording import messages, segments, term, term_of
from tracer.report.workbook import Cell

__all__ = ["COLUMNS", "evidence_rows", "exhibits", "refs_by_exhibit"]

COLUMNS: Final = (
    "no", "evidence", "exhibit", "class", "origin", "states", "original", "copies", "pages",
    "submitter", "submitted", "remarks",
)  # fmt: skip
_MOST_SEGMENTS: Final = 3


def exhibits(network: Network) -> tuple[EvidenceItem, ...]:
    """Give the exhibits of all numbers, each once, by evidence number."""
    found: dict[str, EvidenceItem] = {}
    for view in network.views:
        for item in view.evidence:
            found.setdefault(item.no, item)
    return tuple(found[no] for no in sorted(found, key=lambda no: (len(no), no)))


def refs_by_exhibit(network: Network) -> dict[str, set[RecordRef]]:
    """Give the places of the records under each evidence number; allocations are in no tie."""
    found: dict[str, set[RecordRef]] = {}
    for tie in network.ties:
        for no in tie.evidence:
            found.setdefault(no, set()).add(tie.record.ref)
    by_record = {row.ref.record_id: row.ref for row in network.allocations}
    for item in exhibits(network):
        if item.kind == "allocation":
            found[item.no] = {by_record[line.place.record] for line in item.lines}
    return found


def evidence_rows(network: Network, lang: Language) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for every exhibit, in the order of evidence numbers."""
    refs = refs_by_exhibit(network)
    for index, item in enumerate(exhibits(network), start=1):
        pages = (line.place.source_ref for line in item.lines)
        yield (
            index,
            item.no,
            _name(item, lang),
            text(f"exchange.class_of.{item.kind}", lang),
            stated(cite(refs[item.no]).get(lang)),
            _states(item, lang),
            None,
            None,
            "；".join(dict.fromkeys(stated(page) or "" for page in pages if page)) or None,
            None,
            None,
            "；".join(_remarks(item, lang)) or None,
        )


def _name(item: EvidenceItem, lang: Language) -> str:
    titles = (value for line in item.lines for name, value in line.facts if name == "title")
    title = next((stated(each) or "" for each in titles), "")
    parts = (text(f"page.kind.{item.kind}", lang), as_named(item.title), title)
    return " ".join(part for part in parts if part)


def _states(item: EvidenceItem, lang: Language) -> str:
    """Say what the exhibit states, and no more: it is for the court what it proves."""
    given = {
        "upstream": as_named(item.upstream or ""),
        "downstream": as_named(item.downstream),
        "segments": segments(item.segments, _MOST_SEGMENTS).get(lang),
        "term": term_of(item).get(lang),
    }
    if item.kind == "routing":
        given["term"] = term(item.term).get(lang)
        counted = messages(item.blocked if item.scope == "blocked" else item.messages, item.unit)
        given["messages"] = counted.get(lang)
    key = f"blocked_{item.kind}" if item.scope == "blocked" else item.kind
    if item.scope == "unsegmented":
        key = "unsegmented"
    return text(f"exchange.states.{key}", lang, **given)


def _remarks(item: EvidenceItem, lang: Language) -> Iterator[str]:
    if item.scope != "hop":
        yield text(f"page.scope_mark.{item.scope}", lang)
    if item.conflicting:
        yield text("exchange.conflicting", lang)
    if item.kind == "routing":
        if item.attested:
            yield text(f"attested.{item.attested}", lang)
        return
    papers = [line.place.document for line in item.lines if line.place.document is not None]
    for paper in dict.fromkeys(papers):
        page = f" {stated(paper.page)}" if paper.page else ""
        digest = f" SHA-256 {paper.digest}" if paper.digest else ""
        named = f"{stated(paper.path)}{page}{digest}"
        yield text("exchange.scan", lang, paper=named)
    if not papers:
        yield text("exchange.no_scan", lang)
