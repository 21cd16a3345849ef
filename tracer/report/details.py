"""All that is known of one box: facts with their labels, entry by entry, and a citation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from tracer.model.mark import Marks
from tracer.report.mark_facts import comment_facts, mark_facts, party_facts
from tracer.report.view import EvidenceItem, GapBox, GraphView, HopView, Line, PartyNode, Place
from tracer.report.wording import (
    Said,
    count,
    gap_days,
    join,
    messages,
    place,
    same,
    say,
    segments,
    term,
    term_of,
)

__all__ = ["Block", "Citation", "Fact", "Item", "describe"]

_CLAUSES = frozenset({"forbidden", "allowed", "with_consent", "silent"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value."""

    label: Said
    value: Said


@dataclass(frozen=True, slots=True)
class Block:
    """One entry an item rests on."""

    heading: Said
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """How to cite an exhibit: its parts, put together only when they are asked for.

    Parameters
    ----------
    sources : tuple of (Said, Said)
        Each entry: where it stands, and the digest of its file.
    """

    no: Said
    kind: Said
    title: Said
    ends: Said
    segments: Said
    term: Said
    sources: tuple[tuple[Said, Said], ...]

    def said(self) -> Said:
        """Say it; an exhibit without a title leaves no gap."""
        stands = (
            say("page.citation_source", place=where, digest=digest)
            for where, digest in self.sources
        )
        said = say(
            "page.citation",
            no=self.no,
            kind=self.kind,
            title=self.title,
            ends=self.ends,
            segments=self.segments,
            term=self.term,
            sources=join(stands, "page.clause_mark"),
        )
        return Said(said.zh.replace(" ，", "，"), said.en.replace(" , ", ", "))


@dataclass(frozen=True, slots=True)
class Item:
    """What the details panel shows of one box.

    Parameters
    ----------
    id : str
        The box: `P1`, `E001`, `H1`, `G1`.
    related : tuple of str
        Boxes it leads on to.
    citation : Citation, Said or None
        How to cite an exhibit, or a lead.
    search : tuple of str
        What it is found by.
    findings : tuple of str
        Ids of the findings about it, told in items of their own.
    cited : tuple of str
        Ids of other findings that rest on it, and are about something else.
    boxes : tuple of str
        Boxes of the picture that are shown with it.
    """

    id: str
    kind: Said
    title: Said
    facts: tuple[Fact, ...]
    blocks: tuple[Block, ...] = ()
    related: tuple[str, ...] = ()
    citation: Citation | Said | None = None
    search: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()


def describe(view: GraphView) -> tuple[Item, ...]:
    """Describe every party, exhibit, hop and gap of a view."""
    ids = {node.name: node.id for node in view.parties}
    items = (
        *(_party(node, view.marks) for node in view.parties),
        *(_exhibit(item, ids, view.marks) for item in view.evidence),
        *(_hop(hop, ids, view.marks) for hop in view.hops if view.plain),
        *(_gap(gap, ids) for gap in view.gaps),
    )
    about, cited = _findings_by_item(view, ids)
    concerned = about.keys() | cited.keys()
    return tuple(
        replace(item, findings=about.get(item.id, ()), cited=cited.get(item.id, ()))
        if item.id in concerned
        else item
        for item in items
    )


_Ids = dict[str, tuple[str, ...]]


def _findings_by_item(view: GraphView, ids: dict[str, str]) -> tuple[_Ids, _Ids]:
    """Give the findings about each party, hop and exhibit, and those that merely rest on it."""
    hops = {(hop.upstream, hop.downstream): hop.id for hop in view.hops}
    about: _Ids = {}
    cited: _Ids = {}
    for each in view.findings:
        parties = (ids[name] for name in each.finding.parties if name in ids)
        concerned = (hops[pair] for pair in each.finding.hops if pair in hops)
        boxes = dict.fromkeys((*parties, *concerned, *each.boxes))
        for box in boxes:
            about[box] = (*about.get(box, ()), each.id)
        for no in each.evidence:
            if no not in boxes:
                cited[no] = (*cited.get(no, ()), each.id)
    return about, cited


def _fact(field: str, value: Said | str | None) -> list[Fact]:
    """Label a value; what is not stated takes no line."""
    if not value:
        return []
    return [Fact(_label(field), same(value) if isinstance(value, str) else value)]


@cache
def _label(field: str) -> Said:
    return say(f"page.field.{field}")


def _party(node: PartyNode, marks: Marks) -> Item:
    layer = say("page.layer_none") if node.layer is None else say("page.layer", layer=node.layer)
    if "carrier" in node.roles:
        layer = say("page.scope.access")
    facts = [
        *_fact("layer", layer),
        *_fact("roles", join(say(f"page.role.{role}") for role in node.roles)),
        *_fact("basis", say(f"page.basis.{node.basis}") if node.basis else None),
        *_fact("uscc", node.uscc),
        *_fact("party_kind", node.kind),
        *_fact("party_status", node.status),
        *_fact("party_role", node.role),
        *_fact("spellings", join(same(name) for name in node.spellings)),
        *(fact for told in party_facts(marks, node.name) for fact in _fact(*told)),
    ]
    flow = (
        ("forwarded", node.forwarded),
        ("received", node.received),
        ("originated", node.originated),
        ("own", node.own),
        ("unresolved", node.unresolved),
        ("withheld", node.withheld),
    )
    for field, number in flow:
        facts += _fact(field, messages(number) if number else None)
    facts += _fact("access", join(same(name) for name in node.access))
    return Item(
        node.id,
        say("page.kind.party"),
        same(node.name),
        tuple(fact for fact in facts if fact.value.zh),
        related=node.evidence,
        search=(node.name, *node.spellings, node.uscc or ""),
    )


def _exhibit(item: EvidenceItem, ids: dict[str, str], marks: Marks) -> Item:
    routed = item.kind == "routing"
    facts = _fact("no", item.no)
    if item.kind == "allocation":
        facts += _fact("holder", item.downstream)
    else:
        facts += _fact("upstream", item.upstream)
        facts += _fact("downstream", item.downstream)
    if item.scope != "hop" and item.scope != "holding":
        facts += _fact("status", say(f"page.scope.{item.scope}"))
    elif item.status:
        facts += _fact("status", say(f"status.{item.status}"))
    if routed:
        if item.attested:
            facts += _fact("attested", say(f"attested.{item.attested}"))
        facts += _fact("term", term_of(item) if item.lines else None)
        facts += _fact("messages", messages(item.messages, item.unit))
        if item.scope != "blocked":
            facts += _fact("covered", messages(item.covered, item.unit))
        facts += _fact("blocked", messages(item.blocked) if item.blocked else None)
        facts += _fact("parts", count(item.parts) if item.parts is not None else None)
        facts += _fact("numbers", segments(item.segments, 6))
    else:
        field = "contract_no" if item.kind == "contract" else "certificate_no"
        facts += _fact(field, item.title)
        facts += _fact("segment", segments(item.segments, 12))
        facts += _fact("term", term_of(item))
        facts += _fact("price", join((same(price) for price in item.prices), "page.clause_mark"))
    if item.scope == "hop":
        facts += _written(marks, item.upstream or "", item.downstream)
    if item.conflicting:
        facts += _fact("conflict", say("page.conflicting"))
    if len(item.reporters) > 1:
        facts += _fact("conflict", say("page.sums_note"))
    heading = "log" if routed else "paper"
    blocks = tuple(
        Block(
            say(f"page.line_heading.{heading}", index=index, count=len(item.lines)),
            tuple(_line_facts(line, item, marks)),
        )
        for index, line in enumerate(item.lines, start=1)
    )
    ends = [ids[name] for name in (item.upstream, item.downstream) if name in ids]
    return Item(
        item.no,
        say(f"page.kind.{item.kind}"),
        same(" ".join(part for part in (item.no, item.title) if part)),
        tuple(fact for fact in facts if fact.value.zh),
        blocks,
        related=tuple(ends),
        citation=_citation(item),
        search=(item.no, item.title, *item.segments, item.upstream or "", item.downstream),
    )


def _written(marks: Marks, upstream: str, downstream: str) -> list[Fact]:
    """Say what was written on a hop."""
    told = comment_facts(marks.hops.get((upstream, downstream), ()))
    return [fact for label, said in told for fact in _fact(label, said)]


def _line_facts(line: Line, item: EvidenceItem, marks: Marks) -> Iterable[Fact]:
    if item.kind == "routing":
        reporter = line.reporter or say("attested.unattributed")
        yield from _fact("reporter", reporter)
        yield from _fact("messages", messages(line.messages, line.unit))
        yield from _fact("blocked", messages(line.blocked) if line.blocked else None)
        yield from _fact("parts", count(line.parts) if line.parts is not None else None)
        yield from _fact("term", term(line.term))
        yield from _fact("numbers", segments(line.segments, 6))
        yield from _fact("row_count", count(line.rows))
    elif len(item.lines) > 1:
        yield from _fact("segment", segments(line.segments, 12))
        stated = {"start_stated": line.start_stated, "end_stated": line.end_stated}
        yield from _fact("term", term(line.term, **stated))
        yield from _fact("price", line.price)
    for field, value in line.facts:
        if field == "certificate_no" and value == item.title:
            continue
        clause = field == "sublease_clause" and value in _CLAUSES
        yield from _fact(field, say(f"page.clause.{value}") if clause else value)
    for field, said in mark_facts(marks, line.place.record):
        yield from _fact(field, said)
    yield from _place_facts(line.place)


def _place_facts(where: Place) -> Iterable[Fact]:
    yield from _fact("file", where.path)
    yield from _fact("sheet", where.sheet)
    rows = str(where.first_row)
    if where.last_row != where.first_row:
        rows = f"{where.first_row}–{where.last_row}"
    yield from _fact("rows", rows)
    yield from _fact("source_ref", where.source_ref)
    yield from _fact("digest", where.digest)
    if where.document:
        # text, not a link: where the page is opened, the paper need not lie beside it
        yield from _fact("document", where.document.path)
        yield from _fact("document_page", where.document.page)
        yield from _fact("document_digest", where.document.digest)
    yield from _fact("record", where.record)


def _citation(item: EvidenceItem) -> Citation:
    ends = same(item.downstream)
    if item.upstream:
        ends = same(f"{item.upstream} → {item.downstream}")
    if item.kind == "routing":
        middle = messages(item.messages or item.blocked, item.unit)
    else:
        middle = segments(item.segments, 3)
    return Citation(
        no=same(item.no),
        kind=say(f"page.kind.{item.kind}"),
        title=same(item.title),
        ends=ends,
        segments=middle,
        term=term_of(item),
        sources=tuple((place(line.place), same(line.place.digest)) for line in item.lines),
    )


def _hop(hop: HopView, ids: dict[str, str], marks: Marks) -> Item:
    facts = [
        *_written(marks, hop.upstream, hop.downstream),
        *_fact("upstream", hop.upstream),
        *_fact("downstream", hop.downstream),
        *_fact("status", say(f"status.{hop.status}")),
        *_fact("attested", say(f"attested.{hop.attested}")),
        *_fact("messages", messages(hop.messages, hop.unit)),
        *_fact("covered", messages(hop.covered, hop.unit)),
        *_fact("blocked", messages(hop.blocked) if hop.blocked else None),
        *_fact("term", term(hop.days)),
    ]
    return Item(
        hop.id,
        say("page.kind.hop"),
        same(f"{hop.upstream} → {hop.downstream}"),
        tuple(facts),
        related=(ids[hop.upstream], ids[hop.downstream], *hop.evidence),
        search=(hop.upstream, hop.downstream),
    )


def _gap(gap: GapBox, ids: dict[str, str]) -> Item:
    facts = [
        *_fact("downstream", gap.party),
        *_fact("segment", segments(gap.numbers, 12) if gap.numbers else None),
        *_fact("holder", join(same(name) for name in gap.holders)),
        *_fact("term", gap_days(gap) if gap.kind == "gap" else None),
        *_fact("days", count(gap.days) if gap.days is not None else None),
    ]
    if gap.kind == "gap" and not gap.leads:
        facts += _fact("conflict", say("page.box.no_leads"))
    blocks = tuple(
        Block(
            say("page.line_heading.lead", index=index, count=len(gap.leads)),
            (
                *_fact("leads_from", lead.upstream),
                *_fact("numbers" if lead.why == "other_routing" else "contract_no", lead.detail),
                *_fact("why", say(f"why.{lead.why}")),
                *_place_facts(lead.place),
            ),
        )
        for index, lead in enumerate(gap.leads, start=1)
    )
    return Item(
        gap.id,
        say(f"page.kind.{gap.kind}"),
        say(f"page.box.{gap.kind}"),
        tuple(fact for fact in facts if fact.value.zh),
        blocks,
        related=_known(ids, (gap.party, *gap.holders)),
        search=(gap.party,),
    )


def _known(ids: dict[str, str], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids[name] for name in names if name in ids))
