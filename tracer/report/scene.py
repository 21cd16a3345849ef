"""A view with words and places: what every picture draws, whatever draws it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tracer.messages import LANGUAGES, Language
from tracer.model.mark import Marks
from tracer.report.captions import (
    TextLine,
    box_lines,
    gap_lines,
    hop_lines,
    lead_line,
    party_lines,
)
from tracer.report.geometry import (
    Box,
    Direction,
    Layout,
    Loop,
    Point,
    Rect,
    Route,
    Wire,
    path_of,
)
from tracer.report.layout import arrange
from tracer.report.mark_facts import is_doubtful
from tracer.report.textfit import measure
from tracer.report.view import EvidenceItem, GraphView, Link
from tracer.report.wording import Said, say

__all__ = ["LINE_HEIGHT", "Band", "Caption", "Mark", "Scene", "SceneBox", "build_scene"]

LINE_HEIGHT: Final = 1.3
_PAD_X: Final = 10.0
_PAD_Y: Final = 6.0
_BAND_PAD: Final = 8.0
_LABEL: Final = 66.0
_MARGIN: Final = 14.0
_CAPTION: Final = 20.0
_STAGE: Final = (1060.0, 1400.0)
"""Room on an ordinary screen and one scroll further down: what shows larger text there is taken."""

_TEXT = Mapping[Language, tuple[TextLine, ...]]


@dataclass(frozen=True, slots=True)
class SceneBox:
    """A box with its lines in each language.

    Parameters
    ----------
    kind : {"party", "contract", "routing", "hop", "gap", "unallocated"}
        What it stands for.
    looks : tuple of str
        Of `holder`, `sender`, `asked`, `double`, `missing`, `lead`: how it is set off beside its
        words.
    """

    id: str
    kind: str
    looks: tuple[str, ...]
    rank: int
    rect: Rect
    lines: _TEXT


@dataclass(frozen=True, slots=True)
class Mark:
    """A line as drawn: path data, and where its arrow points."""

    id: str
    tail: str
    head: str
    style: str
    back: bool
    path: str
    route: Route
    tip: Point | None


@dataclass(frozen=True, slots=True)
class Band:
    """The stripe behind a layer."""

    layer: int
    label: Said
    rect: Rect


@dataclass(frozen=True, slots=True)
class Caption:
    """A few words in the picture that belong to no box."""

    text: Said
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a picture draws, in units of a CSS pixel."""

    width: float
    height: float
    direction: Direction
    bands: tuple[Band, ...]
    captions: tuple[Caption, ...]
    boxes: tuple[SceneBox, ...]
    marks: tuple[Mark, ...]
    cuts: tuple[float, ...] = ()
    """Where a sheet may end, along the direction: above a layer, through no box."""

    @property
    def smallest_text(self) -> float:
        """Size of the smallest text in it."""
        sizes = [line.size for box in self.boxes for line in box.lines["zh"]]
        return min(sizes, default=12.0)


def build_scene(view: GraphView, direction: Direction | None = None) -> Scene:
    """Set a view: words into boxes, boxes into places.

    Parameters
    ----------
    view : GraphView
        What to draw.
    direction : {"down", "right"}, optional
        Without one, that whose text is larger when the whole fits a screen.
    """
    boxes, zones = _boxes(view)
    if direction is not None:
        return _place(view, boxes, zones, direction)
    down = _place(view, boxes, zones, "down")
    right = _place(view, boxes, zones, "right")
    return right if _fit(right) > _fit(down) else down


def _fit(scene: Scene) -> float:
    return min(_STAGE[0] / scene.width, _STAGE[1] / scene.height, 1.0)


def _boxes(view: GraphView) -> tuple[list[SceneBox], dict[str, int]]:
    """Make the boxes, in the order of their numbers, and the zone each stands in."""
    layered = any(node.layer is not None for node in view.drawn())
    boxes: list[SceneBox] = []
    zones: dict[str, int] = {}
    depth: dict[str, int] = {}
    zone_of: dict[str, int] = {}
    for node in view.drawn():
        depth[node.name] = node.depth
        zone_of[node.name] = 1 if layered and node.layer is None else 0
        looks = tuple(role for role in ("holder", "sender") if role in node.roles)
        box = _sized(node.id, "party", looks, 2 * node.depth, party_lines(view, node))
        boxes.append(box)
        zones[box.id] = zone_of[node.name]
    evidence = view.by_number()
    for hop in view.hops:
        rank = 2 * depth[hop.upstream] + 1
        zone = max(zone_of[hop.upstream], zone_of[hop.downstream])
        if view.plain:
            made = [_sized(hop.id, "hop", _looks(hop.status), rank, hop_lines(hop, evidence))]
        else:
            made = [_evidence_box(evidence[no], rank, view.marks) for no in hop.evidence]
        boxes += made
        zones |= dict.fromkeys((box.id for box in made), zone)
    for gap in view.gaps:
        box = _sized(gap.id, gap.kind, ("missing",), 2 * depth[gap.party] - 1, gap_lines(gap))
        boxes.append(box)
        zones[box.id] = zone_of[gap.party]
    marked = _codes_by_box(view)
    return [_led(box, marked[box.id]) if box.id in marked else box for box in boxes], zones


def _evidence_box(item: EvidenceItem, rank: int, marks: Marks) -> SceneBox:
    lines = box_lines(item, doubtful=is_doubtful(marks, item))
    return _sized(item.no, item.kind, _looks(item.status), rank, lines)


def _looks(status: str | None) -> tuple[str, ...]:
    return ("double",) if status == "corroborated" else ("missing",)


def _codes_by_box(view: GraphView) -> Mapping[str, list[str]]:
    """Give the rules that found something at a box, each once, in order."""
    codes: dict[str, list[str]] = {}
    for each in view.findings:
        for box in each.boxes:
            listed = codes.setdefault(box, [])
            if each.finding.rule not in listed:
                listed.append(each.finding.rule)
    return codes


def _led(box: SceneBox, codes: Sequence[str]) -> SceneBox:
    """Set the mark of findings under the words of a box."""
    mark = lead_line(codes)
    lines = {lang: (*box.lines[lang], *mark[lang]) for lang in LANGUAGES}
    return _sized(box.id, box.kind, (*box.looks, "lead"), box.rank, lines)


def _sized(box_id: str, kind: str, looks: tuple[str, ...], rank: int, lines: _TEXT) -> SceneBox:
    """Give a box the room its text needs in the wordier language."""
    width = max(measure(line.text) * line.size for lang in LANGUAGES for line in lines[lang])
    height = max(sum(line.size * LINE_HEIGHT for line in lines[lang]) for lang in LANGUAGES)
    rect = Rect(0.0, 0.0, round(width + 2 * _PAD_X), round(height + 2 * _PAD_Y))
    return SceneBox(box_id, kind, looks, rank, rect, lines)


def _place(
    view: GraphView, boxes: Sequence[SceneBox], zones: Mapping[str, int], direction: Direction
) -> Scene:
    back = _back_links(view)
    ranked = [
        Box(box.id, box.rect.width, box.rect.height, box.rank, zones[box.id])
        for box in boxes
        if box.id not in back
    ]
    wires = [Wire(link.id, link.tail, link.head) for link in view.links if not link.back]
    sizes = {box.id: box.rect for box in boxes}
    loops = [
        Loop(name, sizes[name].width, sizes[name].height, up.tail, down.head, up.id, down.id)
        for name, (up, down) in back.items()
    ]
    layout = arrange(ranked, wires, loops, direction)
    labelled = any(node.layer is not None for node in view.drawn())
    shift = _shift(direction, labelled=labelled, captioned=len(layout.zones) > 1 or bool(loops))
    placed = {name: _moved(rect, shift) for name, rect in layout.rects.items()}
    return Scene(
        width=round(layout.width + shift[0] + _MARGIN, 1),
        height=round(layout.height + shift[1] + _MARGIN, 1),
        direction=direction,
        bands=_bands(view, layout, shift) if labelled else (),
        captions=_captions(layout, placed, [loop.id for loop in loops], shift),
        boxes=tuple(replace(box, rect=placed[box.id]) for box in boxes),
        marks=tuple(_mark(link, layout.routes[link.id], shift, direction) for link in view.links),
        cuts=_cuts(layout, shift, [placed[loop.id] for loop in loops]),
    )


def _back_links(view: GraphView) -> dict[str, tuple[Link, Link]]:
    """Pair the two links of every box that stands in the lane."""
    ups = {link.head: link for link in view.links if link.back and not link.arrow}
    downs = {link.tail: link for link in view.links if link.back and link.arrow}
    return {name: (ups[name], downs[name]) for name in ups}


def _shift(direction: Direction, *, labelled: bool, captioned: bool) -> Point:
    label = _LABEL + _MARGIN if labelled else _MARGIN
    head = _MARGIN + (_CAPTION if captioned else 0.0)
    if direction == "down":
        return label, head
    return _MARGIN, head + (24.0 if labelled else 0.0)


def _moved(rect: Rect, shift: Point) -> Rect:
    return Rect(round(rect.x + shift[0], 1), round(rect.y + shift[1], 1), rect.width, rect.height)


def _bands(view: GraphView, layout: Layout, shift: Point) -> tuple[Band, ...]:
    """Stripe every layer, over the zone of those that have one."""
    layers = sorted({node.layer for node in view.drawn() if node.layer is not None})
    across = layout.zones[0]
    bands = []
    for layer in layers:
        low, high = layout.ranks[2 * layer]
        if layout.direction == "down":
            rect = Rect(
                0.0,
                round(low + shift[1] - _BAND_PAD, 1),
                round(across[1] + shift[0] + _MARGIN, 1),
                round(high - low + 2 * _BAND_PAD, 1),
            )
        else:
            top = shift[1] - 24.0
            rect = Rect(
                round(low + shift[0] - _BAND_PAD, 1),
                round(top - _BAND_PAD / 2, 1),
                round(high - low + 2 * _BAND_PAD, 1),
                round(across[1] + 24.0 + _MARGIN, 1),
            )
        bands.append(Band(layer, say("page.layer_short", layer=layer), rect))
    return tuple(bands)


def _captions(
    layout: Layout, placed: Mapping[str, Rect], lane: Sequence[str], shift: Point
) -> tuple[Caption, ...]:
    """Name the zone without layers, and the lane."""
    found = []
    if len(layout.zones) > 1:
        start = layout.zones[1][0]
        x, y = (start, 0.0) if layout.direction == "down" else (0.0, start - _CAPTION)
        found.append(Caption(say("page.zone"), round(x + shift[0], 1), round(y + shift[1] - 8, 1)))
    if lane:
        top = min((placed[name] for name in lane), key=lambda rect: (rect.y, rect.x))
        # lines reach the lane from the picture's side: its far side is free
        y = top.y - 6 if layout.direction == "down" else top.y + top.height + 16
        found.append(Caption(say("page.lane"), top.x, round(y, 1)))
    return tuple(found)


def _cuts(layout: Layout, shift: Point, lane: Sequence[Rect]) -> tuple[float, ...]:
    down = layout.direction == "down"
    extents = [(r.y, r.y + r.height) if down else (r.x, r.x + r.width) for r in lane]
    found = []
    for rank in sorted(layout.ranks):
        if rank % 2 or rank - 1 not in layout.ranks:
            continue
        middle = (layout.ranks[rank - 1][1] + layout.ranks[rank][0]) / 2 + shift[down]
        if not any(low - 8 < middle < high + 8 for low, high in extents):
            found.append(round(middle, 1))
    return tuple(found)


def _mark(link: Link, route: Route, shift: Point, direction: Direction) -> Mark:
    points = tuple((round(x + shift[0], 1), round(y + shift[1], 1)) for x, y in route.points)
    moved = Route(points, route.square)
    tip = points[-1] if link.arrow else None
    path = path_of(moved, direction)
    return Mark(link.id, link.tail, link.head, link.style, link.back, path, moved, tip)
