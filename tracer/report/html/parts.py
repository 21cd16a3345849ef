"""The parts of a large picture as a page holds them: one is open, others are read when opened."""

from collections.abc import Mapping, Sequence
from typing import Any

from tracer.messages import LANGUAGES
from tracer.report.captions import hop_sum
from tracer.report.details import Fact, Item
from tracer.report.folding import MOST_DRAWN
from tracer.report.folds import Fold, Part
from tracer.report.html.coded import pair
from tracer.report.scene import Scene, SceneBox, ScenePicture
from tracer.report.view import GraphView
from tracer.report.wording import Said, count, join, messages, same, say

__all__ = [
    "describe_folds",
    "folded_parties",
    "part_edges",
    "part_frame",
    "part_nodes",
    "part_notes",
    "part_signs",
    "places",
]

_Json = dict[str, Any]
_Style = tuple[float, bool, str]
_NAMED = 12


def part_frame(part: Part, scene: Scene) -> _Json:
    """Give what a picture needs to know of a part beside its boxes and lines."""
    parties, hops = part.elsewhere
    elsewhere = None
    if parties:
        elsewhere = say("page.fold.elsewhere", parties=count(parties), hops=count(hops))
    return {
        "id": part.id,
        "parent": part.parent,
        "title": pair(_title(part)),
        "elsewhere": pair(elsewhere) if elsewhere else None,
        "width": scene.width,
        "height": scene.height,
        "direction": scene.direction,
        "alone": not scene.captions,
        "bare": part.bare,
        "smallest": scene.smallest_text,
        "bands": [
            {
                "layer": band.layer,
                "x": band.rect.x,
                "y": band.rect.y,
                "w": band.rect.width,
                "h": band.rect.height,
                "label": pair(band.label),
            }
            for band in scene.bands
        ],
        "captions": [
            {
                "x": caption.x,
                "y": caption.y,
                "text": pair(caption.text),
                "about": caption.about,
            }
            for caption in scene.captions
        ],
    }


def _title(part: Part) -> Said:
    if part.parent is None:
        return say("page.fold.opening")
    if not part.way and part.above is None and part.id.startswith("W"):
        if part.folds:
            return say("page.fold.wide", limit=MOST_DRAWN)
        return say("page.fold.all")
    if part.above is None:
        return say("page.fold.roots")
    return say("page.fold.below", name=part.above)


def part_nodes(scene: Scene) -> _Json:
    """Give the boxes of a part, short, and the styles of their lines: a large case has many."""
    styles: dict[_Style, int] = {}
    boxes = sorted(scene.boxes, key=lambda box: (box.rank, box.id))
    nodes = [_node(box, styles) for box in boxes]
    return {"nodes": nodes, "styles": [list(style) for style in styles]}


def _node(box: SceneBox, styles: dict[_Style, int]) -> list[Any]:
    x, y = box.rect.centre
    size = (round(x, 1), round(y, 1), box.rect.width, box.rect.height)
    return [box.id, box.kind, list(box.looks), box.rank, *size, *_lines(box, styles)]


def _lines(box: SceneBox, styles: dict[_Style, int]) -> list[list[Any]]:
    """Give each line's text and style; both languages at once where they are set alike."""
    zh, en = (
        [
            (line.text, styles.setdefault((line.size, line.bold, line.tone), len(styles)))
            for line in box.lines[lang]
        ]
        for lang in LANGUAGES
    )
    if [style for _, style in zh] != [style for _, style in en]:
        return [[part for line in lines for part in line] for lines in (zh, en)]
    return [
        [
            part
            for (text, style), (other, _) in zip(zh, en, strict=True)
            for part in (pair(Said(text, other)), style)
        ]
    ]


def part_edges(part: Part, scene: Scene) -> list[list[Any]]:
    """Give the lines of a part; one without a box says in its middle what the box would."""
    told = {hop.id: pair(hop_sum(hop)) for hop in part.hops} if part.bare else {}
    lines = []
    for mark in scene.marks:
        line: list[Any] = [mark.id, mark.tail, mark.head, mark.style, mark.path]
        line += [list(mark.tip) if mark.tip else None, mark.back]
        if mark.id in told:
            x, y = mark.route.points[len(mark.route.points) // 2]
            line.append([x, y, told[mark.id]])
        lines.append(line)
    return lines


def part_notes(picture: ScenePicture) -> tuple[Said, ...]:
    """Say how a large picture is drawn."""
    said = []
    if picture.others:
        said.append(say("page.fold.note", limit=MOST_DRAWN))
    if any(part.bare for part, _ in picture.all):
        said.append(say("page.fold.bare"))
    return tuple(said)


def part_signs(picture: ScenePicture) -> frozenset[str]:
    """Name the signs only a folded picture shows, for its legend."""
    shown = {"fold"} if any(part.folds for part, _ in picture.all) else set()
    return frozenset(shown | {mark.style for _, scene in picture.all for mark in scene.marks})


def places(view: GraphView, parts: Sequence[Part]) -> Mapping[str, str]:
    """Say in which part each party, hop, exhibit and gap stands that the opening one lacks.

    A hop that no part draws is sought where its downstream is at home.
    """
    if len(parts) == 1:
        return {}
    home = {name: part.id for part in parts for name in part.names}
    drawn = {hop.id: part.id for part in reversed(parts) for hop in part.hops}
    found = {node.id: home[node.name] for node in view.drawn()}
    for hop in view.hops:
        where = drawn.get(hop.id, home[hop.downstream])
        found[hop.id] = where
        found |= dict.fromkeys(hop.evidence, where)
    found |= {gap.id: home[gap.party] for gap in view.gaps}
    return {item: part for item, part in found.items() if part != parts[0].id}


def folded_parties(view: GraphView, picture: ScenePicture) -> Mapping[str, _Json]:
    """Say which parties each fold holds, and which part it opens into."""
    ids = {node.name: node.id for node in view.parties}
    return {
        each.id: {"opens": each.opens, "parties": [ids[name] for name in each.parties]}
        for part, _ in picture.all
        for each in part.folds
    }


def describe_folds(view: GraphView, picture: ScenePicture) -> tuple[Item, ...]:
    """Describe every fold; it leads on to the party it hangs from."""
    ids = {node.name: node.id for node in view.parties}
    return tuple(
        _item(each, ids.get(each.above or "")) for part, _ in picture.all for each in part.folds
    )


def _item(fold: Fold, above: str | None) -> Item:
    facts = [
        _fact("parties", same(count(len(fold.parties)))),
        _fact("hops", same(count(fold.hops))),
        _fact("contracts", same(count(fold.contracts))),
        _fact("routing", same(count(fold.routing))),
    ]
    if fold.layers:
        first, last = fold.layers
        key = "page.fold.layer" if first == last else "page.fold.layers"
        facts.append(_fact("layers", say(key, first=first, last=last)))
    facts += [_fact("passed", messages(number, unit)) for unit, number in fold.passed]
    if fold.senders:
        said = say("page.fold.senders", count=fold.senders, sent=messages(fold.sent))
        facts.append(_fact("senders", said))
    facts += [
        _fact(name, same(count(number)))
        for name, number in (
            ("gaps", fold.gaps),
            ("without_contract", fold.without_contract),
            ("partly", fold.partly),
            ("without_routing", fold.without_routing),
            ("others", fold.others),
            ("findings", fold.findings),
        )
        if number
    ]
    named = join(map(same, fold.parties[:_NAMED]))
    rest = len(fold.parties) - _NAMED
    if rest > 0:
        named = say("page.fold.named_more", names=named, rest=count(rest))
    facts.append(_fact("named", named))
    head = say("page.fold.head", parties=count(len(fold.parties)), hops=count(fold.hops))
    related = (above,) if above else ()
    return Item(fold.id, say("page.kind.fold"), head, tuple(facts), related=related)


def _fact(field: str, value: Said) -> Fact:
    return Fact(say(f"page.fold.field.{field}"), value)
