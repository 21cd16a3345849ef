"""The map of how parties relate, as a scene: parties by layer, hops between, ties beside.

Each pair of parties has one box for its hops, a line a code. Layers are per code: bands are drawn
only where no party has two layers. What ties parties, a person or an address or the like, is a box
of its own beside them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from tracer.dossier.links import LinkedHop, Links
from tracer.dossier.ties import Tie
from tracer.messages import LANGUAGES
from tracer.report.captions import TextLine
from tracer.report.geometry import Box, Layout, Loop, Point, Rect, Route, Wire, path_of
from tracer.report.layout import arrange
from tracer.report.masking import masked
from tracer.report.scene import LINE_HEIGHT, Band, Caption, Mark, Scene, SceneBox
from tracer.report.textfit import measure, wrap
from tracer.report.tie_tables import tie_kind
from tracer.report.wording import Said, count, join, same, say

__all__ = ["link_scene"]

_NAME: Final = 14.0
_SMALL: Final = 12.0
_NAME_EM: Final = 14.0
_LINE_EM: Final = 22.0
_PAD: Final = (10.0, 6.0)
_MARGIN: Final = 14.0
_LABEL: Final = 66.0
_TIE_GAP: Final = 90.0
_BETWEEN_TIES: Final = 16.0
_BAND_PAD: Final = 8.0
_HEAD: Final = 22.0
_STYLES: Final = {
    "contract_only": "contract",
    "routing_only": "routing",
    "partly_covered": "partly",
    "corroborated": "both",
}

_Pair = tuple[str, str]
_Draft = tuple[Said, float, bool, str, float]


def link_scene(links: Links) -> Scene:
    """Set the map."""
    return _Map(links).scene()


class _Map:
    """The boxes of one map, and where they go."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._ids = {name: f"P{number}" for number, name in enumerate(links.names, start=1)}
        self._layer = {
            name: min(links.layers.get(name, {}).values(), default=None) for name in links.names
        }
        known = [layer for layer in self._layer.values() if layer is not None]
        self._below = max(known, default=-1) + 1
        self._is_plain = all(len(set(each.values())) <= 1 for each in links.layers.values())
        pairs: dict[_Pair, list[LinkedHop]] = defaultdict(list)
        for each in links.hops:
            pairs[each.hop.upstream, each.hop.downstream].append(each)
        self._pairs = dict(sorted(pairs.items()))
        self._hop_ids = {pair: f"H{number}" for number, pair in enumerate(self._pairs, start=1)}

    def scene(self) -> Scene:
        boxes = [self._party(name) for name in self._links.names]
        boxes += [self._hop(pair, hops) for pair, hops in self._pairs.items()]
        layout = self._arrange(boxes)
        shift = (_LABEL + _MARGIN if self._bands_drawn() else _MARGIN, _MARGIN)
        placed = {box: _moved(rect, shift) for box, rect in layout.rects.items()}
        marks = [self._mark(pair, end, layout, shift) for pair in self._pairs for end in range(2)]
        ties, tie_marks = self._ties(placed, layout.width + shift[0] + _TIE_GAP)
        whole = [*(self._put(box, placed[box.id]) for box in boxes), *ties]
        width = max((box.rect.x + box.rect.width for box in whole), default=0.0) + _MARGIN
        height = max((box.rect.y + box.rect.height for box in whole), default=0.0) + _MARGIN
        captions: tuple[Caption, ...] = ()
        if ties:
            left, top = ties[0].rect.x, min(box.rect.y for box in ties)
            captions = (Caption(say("dossier.map.ties"), left, round(top - 8, 1)),)
        return Scene(
            width=round(width, 1),
            height=round(height, 1),
            direction="down",
            bands=self._bands(layout, shift, width) if self._bands_drawn() else (),
            captions=captions,
            boxes=tuple(whole),
            marks=(*tie_marks, *marks),
        )

    def _rank(self, name: str) -> int:
        layer = self._layer[name]
        return 2 * (self._below if layer is None else layer)

    def _bands_drawn(self) -> bool:
        return self._is_plain and any(layer is not None for layer in self._layer.values())

    # --- boxes

    def _party(self, name: str) -> SceneBox:
        drafts: list[_Draft] = [(same(name), _NAME, True, "main", _NAME_EM)]
        looks = ["asked"] if name in {party.name for party in self._links.asked} else []
        if name in self._links.holders:
            looks.append("holder")
            drafts.append((say("dossier.role.holder"), _SMALL, False, "soft", _LINE_EM))
        layers = self._links.layers.get(name, {})
        if not self._bands_drawn() and layers:
            told = (
                say("dossier.layer_of", code=code, layer=layer) for code, layer in layers.items()
            )
            drafts.append((join(told), _SMALL, False, "soft", _LINE_EM))
        return _sized(self._ids[name], "party", tuple(looks), self._rank(name), drafts)

    def _hop(self, pair: _Pair, hops: Sequence[LinkedHop]) -> SceneBox:
        drafts: list[_Draft] = []
        for each in hops:
            key = "hop" if each.hop.messages else "paper"
            words = say(f"dossier.map.{key}", code=each.code, messages=count(each.hop.messages))
            drafts.append((words, _SMALL, False, "main", _LINE_EM))
        looks = ("double",) if self._style(pair) == "both" else ()
        kind = "routing" if self._style(pair) == "routing" else "hop"
        return _sized(self._hop_ids[pair], kind, looks, self._rank(pair[0]) + 1, drafts)

    def _style(self, pair: _Pair) -> str:
        styles = {_STYLES[each.hop.status] for each in self._pairs[pair]}
        return styles.pop() if len(styles) == 1 else "partly"

    def _put(self, box: SceneBox, rect: Rect) -> SceneBox:
        return SceneBox(box.id, box.kind, box.looks, box.rank, rect, box.lines)

    # --- places

    def _arrange(self, boxes: Sequence[SceneBox]) -> Layout:
        sizes = {box.id: box.rect for box in boxes}
        back = {self._hop_ids[pair] for pair in self._pairs if not self._leads_down(pair)}
        ranked = [
            Box(box.id, box.rect.width, box.rect.height, box.rank)
            for box in boxes
            if box.id not in back
        ]
        wires, loops = [], []
        for pair, box in self._hop_ids.items():
            tail, head = self._ids[pair[0]], self._ids[pair[1]]
            if box in back:
                size = sizes[box]
                loops.append(Loop(box, size.width, size.height, tail, head, f"{box}-0", f"{box}-1"))
            else:
                wires += [Wire(f"{box}-0", tail, box), Wire(f"{box}-1", box, head)]
        return arrange(ranked, wires, loops)

    def _leads_down(self, pair: _Pair) -> bool:
        return self._rank(pair[1]) > self._rank(pair[0])

    def _mark(self, pair: _Pair, end: int, layout: Layout, shift: Point) -> Mark:
        box = self._hop_ids[pair]
        ends = (self._ids[pair[0]], box, self._ids[pair[1]])
        route = layout.routes[f"{box}-{end}"]
        points = tuple((round(x + shift[0], 1), round(y + shift[1], 1)) for x, y in route.points)
        moved = Route(points, route.square)
        return Mark(
            f"{box}-{end}",
            ends[end],
            ends[end + 1],
            self._style(pair),
            not self._leads_down(pair),
            path_of(moved),
            moved,
            points[-1] if end else None,
        )

    def _ties(self, placed: Mapping[str, Rect], left: float) -> tuple[list[SceneBox], list[Mark]]:
        """Put ties in a column beside the parties, each as near as may be to the height of its."""
        wanted = []
        for number, tie in enumerate(self._links.ties, start=1):
            box = _sized(f"T{number}", "gap", (), 0, _tie_drafts(tie))
            heights = [placed[self._ids[name]].centre[1] for name in tie.parties]
            wanted.append((sum(heights) / len(heights), number, tie, box))
        boxes, marks, top = [], [], _HEAD
        for middle, _, tie, box in sorted(wanted, key=lambda each: each[:2]):
            y = round(max(top, middle - box.rect.height / 2), 1)
            rect = Rect(round(left, 1), y, box.rect.width, box.rect.height)
            top = y + rect.height + _BETWEEN_TIES
            boxes.append(self._put(box, rect))
            marks += [
                _tie_mark(box.id, self._ids[n], placed[self._ids[n]], rect) for n in tie.parties
            ]
        return boxes, marks

    def _bands(self, layout: Layout, shift: Point, width: float) -> tuple[Band, ...]:
        bands = []
        for layer in sorted({each for each in self._layer.values() if each is not None}):
            low, high = layout.ranks[2 * layer]
            rect = Rect(
                0.0,
                round(low + shift[1] - _BAND_PAD, 1),
                round(width, 1),
                round(high - low + 2 * _BAND_PAD, 1),
            )
            bands.append(Band(layer, say("page.layer_short", layer=layer), rect))
        return tuple(bands)


def _tie_drafts(tie: Tie) -> list[_Draft]:
    label = same(masked(tie.label))
    return [
        (tie_kind(tie), _SMALL, True, "warn", _LINE_EM),
        (label, _SMALL, False, "main", _LINE_EM),
    ]


def _tie_mark(tie: str, party: str, start: Rect, end: Rect) -> Mark:
    points = (
        (start.x + start.width, round(start.centre[1], 1)),
        (end.x, round(end.centre[1], 1)),
    )
    route = Route(points)
    path = path_of(route, "right")
    return Mark(f"{tie}-{party}", party, tie, "gap", False, path, route, None)


def _moved(rect: Rect, shift: Point) -> Rect:
    return Rect(round(rect.x + shift[0], 1), round(rect.y + shift[1], 1), rect.width, rect.height)


def _sized(
    box_id: str, kind: str, looks: tuple[str, ...], rank: int, drafts: Sequence[_Draft]
) -> SceneBox:
    """Set lines, and give the box the room they need in the wordier language."""
    lines = {
        lang: tuple(
            TextLine(line, size, bold, tone)
            for said, size, bold, tone, width in drafts
            for line in wrap(said.get(lang), width, lines=3)
        )
        for lang in LANGUAGES
    }
    width = max(measure(line.text) * line.size for each in lines.values() for line in each)
    height = max(sum(line.size * LINE_HEIGHT for line in each) for each in lines.values())
    rect = Rect(0.0, 0.0, round(width + 2 * _PAD[0]), round(height + 2 * _PAD[1]))
    return SceneBox(box_id, kind, looks, rank, rect, lines)
