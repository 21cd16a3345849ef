"""What a page holds: network nodes and edges, details, tables; made from views and scenes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from tracer.messages import LANGUAGES
from tracer.model.diagnostic import HEAD_NOTES
from tracer.report.answer import Card, answer
from tracer.report.details import Item, describe
from tracer.report.diagram.sheets import ON_PAGE, cut_sheets
from tracer.report.finding_items import RuleWords, by_rule, describe_findings, put_in_words
from tracer.report.html.coded import Words, coded_item, coded_rows, pair
from tracer.report.html.facets import Facets, day_number, find_facets
from tracer.report.html.money import Money
from tracer.report.html.parts import (
    describe_folds,
    folded_parties,
    part_edges,
    part_frame,
    part_nodes,
    part_notes,
    part_signs,
    places,
)
from tracer.report.html.stills import Index, Still, index_of, make_stills
from tracer.report.html.timeline import Timeline, make_timeline
from tracer.report.legend import signs_of
from tracer.report.papers import Table as Listing
from tracer.report.scene import Scene, SceneBox, ScenePicture, build_parts
from tracer.report.textfit import printable
from tracer.report.traffic import Daily
from tracer.report.view import EvidenceItem, GapBox, GraphView
from tracer.report.wording import (
    Said,
    join,
    messages,
    place,
    same,
    say,
    segments,
    sources,
    term_of,
    window,
)

__all__ = [
    "MOST_ROWS",
    "Panel",
    "Row",
    "Table",
    "make_panel",
    "network_edges",
    "network_nodes",
]

_LARGE = 1000
_LONG = 1000
MOST_ROWS: Final = 300
"""Rows of a long table that stand in the page for readers without scripts."""

_OTHER_SCOPES = ("access", "unsegmented", "blocked")
_Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the exhibit and its cells, each with what it is sorted by."""

    id: str
    cells: tuple[tuple[Said, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A list of exhibits under a heading."""

    heading: Said
    rows: tuple[Row, ...]

    @property
    def opening(self) -> tuple[Row, ...]:
        """The rows that stand in the page as they are; the script makes the others."""
        return self.rows[:MOST_ROWS] if self.is_long else self.rows

    @property
    def is_long(self) -> bool:
        """Whether the script makes most of its rows, when they come in sight or are printed."""
        return len(self.rows) > _LONG


@dataclass(frozen=True, slots=True)
class Panel:
    """All of a page that concerns one number."""

    key: str
    view: GraphView
    picture: ScenePicture
    title: Said
    window: Said
    cards: tuple[Card, ...]
    stills: tuple[Still, ...]
    index: Index | None
    table: Table
    others: tuple[Table, ...]
    gaps: tuple[tuple[GapBox, tuple[Said, ...]], ...]
    stands: tuple[Said, ...]
    notes: tuple[Said, ...]
    rules: tuple[RuleWords, ...]
    findings: int
    counts: Said
    items: tuple[Item, ...]
    legend: frozenset[str]
    facets: Facets
    timeline: Timeline | None
    money: Money
    ladder_ends: tuple[str, ...]

    @property
    def scene(self) -> Scene:
        """What is seen first."""
        return self.picture.opening

    @property
    def is_large(self) -> bool:
        """Whether its lists are too long to be laid out before they are looked at."""
        return len(self.view.evidence) > _LARGE

    @property
    def part_notes(self) -> tuple[Said, ...]:
        """How a large picture is drawn."""
        return part_notes(self.picture)

    def folded(self) -> list[tuple[str, _Json]]:
        """Give the parts that are folded at first, each by the id under which the page holds it."""
        return [
            (f"{self.key}-{part.id}", {**part_nodes(scene), "edges": part_edges(part, scene)})
            for part, scene in self.picture.others
        ]

    def lists(self) -> list[tuple[str, Any]]:
        """Give what is told of items and rows, each by the id under which the page holds it.

        It is read when it is first asked for, the picture does not wait for it.
        """
        words = Words()
        folds = describe_folds(self.view, self.picture)
        told = {
            "items": [coded_item(item, words) for item in self.items],
            "folds": [coded_item(item, words) for item in folds],
        }
        rows = [
            (name, coded_rows([(row.id, row.cells) for row in table.rows], words))
            for name, table in self.tables()
            if table.is_long
        ]
        listed = (("items", told), *rows, ("words", words.listed()))
        return [(f"{self.key}-{name}", content) for name, content in listed]

    def tables(self) -> list[tuple[str, Table]]:
        """Give the list of evidence and those of what else is on record, by name."""
        named = enumerate((self.table, *self.others))
        return [(f"table{place}", table) for place, table in named]

    def data(self) -> _Json:
        """Give what the script of the page needs beside nodes and edges."""
        return {
            "key": self.key,
            **part_frame(*self.picture.parts[0]),
            "parts": [part_frame(*each) for each in self.picture.others],
            "wide": self.picture.wide[0].id if self.picture.wide else None,
            "places": places(self.view, [part for part, _ in self.picture.parts]),
            "folds": folded_parties(self.view, self.picture),
            "number": self.view.number,
            "digest": self.view.digest[:8],
            "facets": self.facets.data,
            "axis": self.timeline
            and [day_number(self.timeline.first), day_number(self.timeline.last)],
            "clauses": {
                words.found[0].rule: [
                    [pair(clause.citation), pair(clause.brief)] for clause in words.clauses
                ]
                for words in self.rules
            },
        }


def make_panel(
    view: GraphView, key: str, daily: Daily | None = None, money: Money | None = None
) -> Panel:
    """Gather what a page shows of one view.

    Parameters
    ----------
    view : GraphView
        What is shown.
    key : str
        Begins the ids of the panel.
    daily : Daily, optional
        Days with routing records, pair by pair.
    money : Money, optional
        Its prices and the losses reported, if there are any.
    """
    picture = build_parts(view)
    paper = picture.on_paper
    sheets = cut_sheets(paper, ON_PAGE)
    findings = put_in_words(view)
    items = (*describe(view), *describe_findings(view, findings))
    title = say("page.title", number=view.number)
    main = (*view.items("holding"), *view.items("hop"))
    others = [(scope, view.items(scope)) for scope in _OTHER_SCOPES]
    return Panel(
        key=key,
        view=view,
        picture=picture,
        title=title,
        window=window(view.window),
        cards=answer(view),
        stills=make_stills(paper, title, sheets),
        index=index_of(view, paper, sheets),
        table=Table(say("page.table"), tuple(_row(item) for item in main)),
        others=tuple(
            Table(say(f"page.scope.{scope}"), tuple(_row(item) for item in listed))
            for scope, listed in others
            if listed
        ),
        gaps=tuple((gap, _leads(gap)) for gap in view.gaps),
        stands=_notes(view, above=True),
        notes=_notes(view, above=False),
        rules=by_rule(findings),
        findings=len(findings),
        counts=_counts(view),
        items=items,
        legend=signs_of(view) | part_signs(picture),
        facets=find_facets(view, daily or {}),
        timeline=make_timeline(view, daily or {}),
        money=money or Money(),
        ladder_ends=_ladder_ends(view, money.ladder if money else None),
    )


def _notes(view: GraphView, *, above: bool) -> tuple[Said, ...]:
    """Put into words the notes that stand above the answer, or those below it."""
    listed = (note for note in view.notes if (note.key in HEAD_NOTES) is above)
    return tuple(say(f"note.{note.key}", **note.values) for note in listed)


def _ladder_ends(view: GraphView, ladder: Listing | None) -> tuple[str, ...]:
    """Name the parties in columns 1 and 2 of every row of the ladder by their ids."""
    ids = {printable(node.name): node.id for node in view.parties}
    rows = ladder.rows if ladder else ()
    named = ((cell.zh for cell in row[1:3] if isinstance(cell, Said)) for row in rows)
    return tuple(" ".join(ids[name] for name in names if name in ids) for names in named)


def _counts(view: GraphView) -> Said:
    """Say how often each rule found something."""
    counted = Counter(each.finding.rule for each in view.findings)
    shown = (f"{rule} ×{count}" if count > 1 else rule for rule, count in sorted(counted.items()))
    return join(map(same, shown))


def _leads(gap: GapBox) -> tuple[Said, ...]:
    return tuple(
        say(
            "page.lead",
            detail=lead.detail,
            upstream=lead.upstream,
            party=gap.party,
            why=say(f"why.{lead.why}"),
            place=place(lead.place),
            digest=lead.place.digest,
        )
        for lead in gap.leads
    )


def _row(item: EvidenceItem) -> Row:
    kind = say(f"page.kind.{item.kind}")
    if item.scope in _OTHER_SCOPES:
        kind = join((kind, say(f"page.scope_mark.{item.scope}")), "page.dot")
    ends = same(item.downstream)
    if item.upstream:
        ends = same(f"{item.upstream} → {item.downstream}")
    what = segments(item.segments, 2)
    if item.title:
        what = join((part for part in (same(item.title), what) if part.zh), "page.dot")
    number = item.blocked if item.scope == "blocked" else item.messages
    status = say(f"status.{item.status}") if item.status else same("")
    prices = join((same(price) for price in item.prices), "page.clause_mark")
    routed = item.kind == "routing"
    place_key = item.lines[0].place.path if item.lines else ""
    cells = (
        (same(item.no), f"{int(item.no[1:]):09d}"),
        (kind, item.kind),
        (ends, f"{item.upstream or ''} {item.downstream}"),
        (what, " ".join((item.title, *item.segments))),
        (term_of(item) if item.lines else same(""), str(item.term.first or "")),
        (prices, item.prices[0] if item.prices else ""),
        (messages(number, item.unit) if routed else same(""), f"{number:015d}"),
        (status, item.status or ""),
        (sources(item.lines), place_key),
    )
    return Row(item.no, tuple((said, printable(key)) for said, key in cells))


def network_nodes(panels: Iterable[Panel]) -> list[_Json]:
    """Make the nodes pyvis is fed with: places, lines and looks, by language."""
    return [
        _node(panel, box)
        for panel in panels
        for box in sorted(panel.scene.boxes, key=lambda box: (box.rank, box.id))
    ]


def _node(panel: Panel, box: SceneBox) -> _Json:
    x, y = box.rect.centre
    return {
        "id": f"{panel.key}:{box.id}",
        "panel": panel.key,
        "item": box.id,
        "box": box.kind,
        "looks": list(box.looks),
        "rank": box.rank,
        "x": round(x, 1),
        "y": round(y, 1),
        "w": box.rect.width,
        "h": box.rect.height,
        "lines": {
            lang: [[line.text, line.size, line.bold, line.tone] for line in box.lines[lang]]
            for lang in LANGUAGES
        },
    }


def network_edges(panels: Iterable[Panel]) -> list[_Json]:
    """Make the edges: every line has an id of its own, its path and its style."""
    return [
        {
            "id": f"{panel.key}:{mark.id}",
            "panel": panel.key,
            "from": f"{panel.key}:{mark.tail}",
            "to": f"{panel.key}:{mark.head}",
            "line": mark.style,
            "path": mark.path,
            "tip": list(mark.tip) if mark.tip else None,
            "back": mark.back,
        }
        for panel in panels
        for mark in panel.scene.marks
    ]
