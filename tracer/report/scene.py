"""A view with words and places: what every picture draws, whatever draws it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tracer.report.boxes import LINE_HEIGHT, BoxMaker, SceneBox
from tracer.report.folding import entire, fold
from tracer.report.folds import Part
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
from tracer.report.layout import arrange, estimate
from tracer.report.view import GraphView, HopView, Link
from tracer.report.wording import Said, say

__all__ = [
    "LINE_HEIGHT",
    "Band",
    "Caption",
    "Mark",
    "Scene",
    "SceneBox",
    "ScenePicture",
    "build_parts",
    "build_scene",
]

_BAND_PAD: Final = 8.0
_LABEL: Final = 66.0
_MARGIN: Final = 14.0
_CAPTION: Final = 20.0
_STAGE: Final = (1060.0, 1400.0)
"""Room on an ordinary screen and one scroll further down: what shows larger text there is taken."""

_PLAIN_STYLES: Final = {
    "contract_only": "contract",
    "routing_only": "routing",
    "partly_covered": "partly",
    "corroborated": "both",
}


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
    """A few words in the picture that belong to no box, but to the zone or lane they name."""

    text: Said
    x: float
    y: float
    about: str = "zone"


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


@dataclass(frozen=True, slots=True)
class ScenePicture:
    """A view in parts, each set: the opening one first, one of them as wide as can be drawn.

    Parameters
    ----------
    parts : tuple of (Part, Scene)
        All in one direction.
    wide : (Part, Scene) or None
        None where the opening part is the whole.
    """

    parts: tuple[tuple[Part, Scene], ...]
    wide: tuple[Part, Scene] | None = None

    @property
    def opening(self) -> Scene:
        """What is seen first."""
        return self.parts[0][1]

    @property
    def on_paper(self) -> Scene:
        """What is printed: all of it where it can be drawn at once, with the boxes of hops."""
        if self.wide is None or self.wide[0].folds or self.wide[0].bare:
            return self.opening
        return self.wide[1]

    @property
    def all(self) -> tuple[tuple[Part, Scene], ...]:
        """Every part, the opening one first."""
        return (self.parts[0], *self.others)

    @property
    def others(self) -> tuple[tuple[Part, Scene], ...]:
        """What is seen when it is opened."""
        return (*self.parts[1:], *((self.wide,) if self.wide else ()))


def build_scene(view: GraphView, direction: Direction | None = None) -> Scene:
    """Set a whole view, however large: words into boxes, boxes into places.

    Parameters
    ----------
    view : GraphView
        What to draw.
    direction : {"down", "right"}, optional
        Without one, that whose text is larger when the whole fits a screen.
    """
    setter, part = _Setter(view), entire(view)
    return setter.scene(part, direction or setter.better(part))


def build_parts(view: GraphView) -> ScenePicture:
    """Set a view part by part."""
    setter, folding = _Setter(view), fold(view)
    direction = setter.better(folding.parts[0])
    parts = tuple((part, setter.scene(part, direction)) for part in folding.parts)
    wide = folding.wide
    if wide is None:
        return ScenePicture(parts)
    return ScenePicture(parts, (wide, setter.scene(wide, setter.better(wide))))


class _Setter:
    """Sets parts of one view."""

    def __init__(self, view: GraphView) -> None:
        self._view = view
        self._maker = BoxMaker(view)
        self._nodes = {node.name: node for node in view.drawn()}
        self._layered = any(node.layer is not None for node in self._nodes.values())
        self._links = {link.id: link for link in view.links}
        self._gaps: dict[str, list[int]] = {}
        for index, gap in enumerate(view.gaps):
            self._gaps.setdefault(gap.party, []).append(index)

    def better(self, part: Part) -> Direction:
        """Choose the direction with the larger text, as far as can be told without a layout."""
        boxes, _, back = self._boxes(part, self._rows(part))
        ranked, beside = _parted(boxes, back)

        def scale(direction: Direction) -> float:
            width, height = estimate(ranked, beside, direction)
            return min(_STAGE[0] / width, _STAGE[1] / height, 1.0)

        return "right" if scale("right") > scale("down") else "down"

    def scene(self, part: Part, direction: Direction) -> Scene:
        """Lay a part out."""
        rows = self._rows(part)
        boxes, links, back = self._boxes(part, rows)
        return _place(boxes, links, back, direction, self._layers(part, rows))

    def _rows(self, part: Part) -> dict[int, int]:
        """Give a number to each row in use: of a part deep down, those between are left out."""
        depths = {self._nodes[name].depth for name in part.drawn}
        depths |= {each.depth for each in part.folds}
        return {depth: row for row, depth in enumerate(sorted(depths))}

    def _layers(self, part: Part, rows: Mapping[int, int]) -> dict[int, int]:
        """Give the row of every layer drawn."""
        nodes = (self._nodes[name] for name in part.drawn)
        layers = {node.layer for node in nodes if node.layer is not None}
        layers |= {each.layers[0] for each in part.folds if each.layers}
        return {layer: rows[layer] for layer in sorted(layers) if layer in rows}

    def _zone(self, name: str) -> int:
        return 1 if self._layered and self._nodes[name].layer is None else 0

    def _boxes(
        self, part: Part, rows: Mapping[int, int]
    ) -> tuple[list[tuple[SceneBox, int]], list[Link], dict[str, tuple[Link, Link]]]:
        """Make the boxes with the zone each stands in, their lines, and those of the lane."""
        row = {name: rows[self._nodes[name].depth] for name in part.drawn}
        zone = {name: self._zone(name) for name in part.drawn}
        ids = {name: self._nodes[name].id for name in part.drawn}
        boxes: list[tuple[SceneBox, int]] = []
        links: list[Link] = []
        for name in part.drawn:
            node, unseen = self._nodes[name], part.unseen.get(name, 0)
            boxes.append((self._maker.party(node, 2 * row[name], unseen), zone[name]))
        for each in part.folds:
            ids[each.id] = each.id
            apart = self._layered and each.layers is None
            boxes.append((self._maker.fold(each, 2 * rows[each.depth]), int(apart)))
        for hop in part.hops:
            if part.bare:
                links.append(_line(hop, ids))
                continue
            for box in self._maker.hop(hop, 2 * row[hop.upstream] + 1):
                boxes.append((box, max(zone[hop.upstream], zone[hop.downstream])))
                links += (self._links[f"{box.id}-up"], self._links[f"{box.id}-down"])
        for name in part.drawn:
            for gap in (self._view.gaps[index] for index in self._gaps.get(name, ())):
                boxes.append((self._maker.gap(gap, 2 * row[name] - 1), zone[name]))
                if f"{gap.id}-up" in self._links and gap.holders[0] in row:
                    links.append(self._links[f"{gap.id}-up"])
                links.append(self._links[f"{gap.id}-down"])
        for tie in part.ties:
            upper, lower = ids[tie.upper], ids[tie.lower]
            tied = f"{upper}>{lower}"
            links.append(Link(tied, upper, lower, "folded", back=False, arrow=True))
        return boxes, links, _back_links(links)


def _line(hop: HopView, ids: Mapping[str, str]) -> Link:
    upper, lower = ids[hop.upstream], ids[hop.downstream]
    return Link(hop.id, upper, lower, _PLAIN_STYLES[hop.status], back=False, arrow=True)


def _parted(
    boxes: Iterable[tuple[SceneBox, int]], back: Mapping[str, tuple[Link, Link]]
) -> tuple[list[Box], list[Loop]]:
    """Part the boxes of the ranks from those of the lane."""
    ranked, loops = [], []
    for box, zone in boxes:
        width, height = box.rect.width, box.rect.height
        if box.id in back:
            up, down = back[box.id]
            loops.append(Loop(box.id, width, height, up.tail, down.head, up.id, down.id))
        else:
            ranked.append(Box(box.id, width, height, box.rank, zone))
    return ranked, loops


def _place(
    boxes: Iterable[tuple[SceneBox, int]],
    links: Sequence[Link],
    back: Mapping[str, tuple[Link, Link]],
    direction: Direction,
    layers: Mapping[int, int],
) -> Scene:
    ranked, loops = _parted(boxes, back)
    wires = [Wire(link.id, link.tail, link.head) for link in links if not link.back]
    layout = arrange(ranked, wires, loops, direction)
    captioned = len(layout.zones) > 1 or bool(loops)
    shift = _shift(direction, labelled=bool(layers), captioned=captioned)
    placed = {name: _moved(rect, shift) for name, rect in layout.rects.items()}
    return Scene(
        width=round(layout.width + shift[0] + _MARGIN, 1),
        height=round(layout.height + shift[1] + _MARGIN, 1),
        direction=direction,
        bands=_bands(layers, layout, shift),
        captions=_captions(layout, placed, [loop.id for loop in loops], shift),
        boxes=tuple(box.at(placed[box.id]) for box, _ in boxes),
        marks=tuple(_mark(link, layout.routes[link.id], shift, direction) for link in links),
        cuts=_cuts(layout, shift, [placed[loop.id] for loop in loops]),
    )


def _back_links(links: Iterable[Link]) -> dict[str, tuple[Link, Link]]:
    """Pair the two links of every box that stands in the lane."""
    back = [link for link in links if link.back]
    ups = {link.head: link for link in back if not link.arrow}
    downs = {link.tail: link for link in back if link.arrow}
    return {name: (ups[name], downs[name]) for name in ups}


def _shift(direction: Direction, *, labelled: bool, captioned: bool) -> Point:
    label = _LABEL + _MARGIN if labelled else _MARGIN
    head = _MARGIN + (_CAPTION if captioned else 0.0)
    if direction == "down":
        return label, head
    return _MARGIN, head + (24.0 if labelled else 0.0)


def _moved(rect: Rect, shift: Point) -> Rect:
    return Rect(round(rect.x + shift[0], 1), round(rect.y + shift[1], 1), rect.width, rect.height)


def _bands(layers: Mapping[int, int], layout: Layout, shift: Point) -> tuple[Band, ...]:
    """Stripe every layer, over the zone of those that have one."""
    bands = []
    for layer, row in layers.items():
        across = layout.zones[0]
        low, high = layout.ranks[2 * row]
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
        found.append(Caption(say("page.lane"), top.x, round(y, 1), "lane"))
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
