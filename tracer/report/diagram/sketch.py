"""What a scene, or a sheet of it, is drawn with."""

from collections.abc import Iterable, Iterator
from typing import Final

from tracer.messages import Language
from tracer.report.diagram.joints import TAG_SIZE, Tag
from tracer.report.diagram.shapes import (
    BAND,
    INK,
    PALE,
    SOFT,
    WARN,
    WARN_FILL,
    WHITE,
    Anchor,
    Drawing,
    Frame,
    Group,
    Inset,
    Shape,
    Solid,
    Stroke,
    Words,
)
from tracer.report.diagram.sheets import FRAME, Sheet, whole
from tracer.report.geometry import Direction, Point, Rect, Route, path_of
from tracer.report.scene import LINE_HEIGHT, Band, Caption, Mark, Scene, SceneBox

__all__ = ["DASHES", "arrow", "line_strokes", "sketch"]

_INKS: Final = {"main": INK, "soft": SOFT, "warn": WARN}
_LINE: Final = "#2b333b"
_BAND_INK: Final = "#4a5663"
_SMALL: Final = 12.0
_NEAR: Final = 20.0
DASHES: Final = {
    "routing": (6.0, 4.0),
    "partly": (9.0, 3.0, 2.0, 3.0),
    "gap": (2.0, 4.0),
    "folded": (12.0, 3.0, 2.0, 3.0),
}
"""Of lines that are not solid, by style."""


def sketch(scene: Scene, lang: Language, sheet: Sheet | None = None) -> Drawing:
    """Draw a scene, or one sheet of it.

    Parameters
    ----------
    scene : Scene
        What to draw.
    lang : {"zh", "en"}
        Language of its words.
    sheet : Sheet, optional
        The part to draw, with its size on paper; without one, the whole at its own size.
    """
    part = sheet or whole(scene)
    shapes: list[Shape] = [
        Group("layer", str(band.layer), tuple(_band(band, scene.direction, lang, part)))
        for band in scene.bands
    ]
    shapes += _lines(scene, part)
    shapes += (
        _of_line(mark, [arrow(mark.tip, scene.direction, mark.style)])
        for mark in scene.marks
        if mark.tip and mark.head in part.homes
    )
    shapes += (
        Group("box", box.id, tuple(_box(box, lang))) for box in scene.boxes if box.id in part.homes
    )
    shapes += (_caption(each, lang) for each in scene.captions if _holds(part.tile, each))
    if part.number:
        shapes += _edge(part)
    return Drawing(*part.paper, part.window, tuple(shapes))


def _lines(scene: Scene, part: Sheet) -> Iterator[Shape]:
    """Draw the lines, cut at the edges of a tile, and what leads on from there."""
    strokes = [
        _of_line(mark, line_strokes(mark.path, mark.style))
        for mark in scene.marks
        if _meets(_extent(mark), part.tile)
    ]
    if not part.number:
        yield from strokes
        return
    yield Inset(part.tile, part.tile, tuple(strokes))
    for end in part.ends:
        if end.stub:
            path = path_of(Route(end.stub, square=True))
            yield _of_line(end.mark, line_strokes(path, end.mark.style))
    for tag in part.tags:
        drawn = (*_leaders(tag), _tag(tag))
        if len(tag.ends) == 1:
            yield _of_line(tag.ends[0].mark, drawn)
        else:
            yield from drawn


def _of_line(mark: Mark, drawn: Iterable[Shape]) -> Group:
    return Group("ends", f"{mark.tail} {mark.head}", tuple(drawn), mark.back)


def _caption(caption: Caption, lang: Language) -> Group:
    words = Words(caption.text.get(lang), (caption.x, caption.y), _SMALL, bold=True, ink=WARN)
    return Group("about", caption.about, (words,))


def _meets(rect: Rect, window: Rect) -> bool:
    return (
        rect.x <= window.x + window.width
        and window.x <= rect.x + rect.width
        and rect.y <= window.y + window.height
        and window.y <= rect.y + rect.height
    )


def _holds(rect: Rect, caption: Caption) -> bool:
    """Tell whether a caption stands in a tile, or as near as it stands to what it names."""
    across = rect.x <= caption.x <= rect.x + rect.width
    return across and rect.y - _NEAR <= caption.y <= rect.y + rect.height + _NEAR


def _extent(mark: Mark) -> Rect:
    xs = [x for x, _ in mark.route.points]
    ys = [y for _, y in mark.route.points]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _band(band: Band, direction: Direction, lang: Language, part: Sheet) -> Iterator[Shape]:
    """Stripe a layer as far as the sheet goes, its name on every sheet."""
    rect = band.rect
    if part.number:
        rect = _overlap(band.rect, part, direction)
        if rect.width <= 0 or rect.height <= 0:
            return
    yield Frame(rect, fill=BAND)
    label = band.label.get(lang)
    if direction == "down":
        at = (rect.x + 10, round(rect.y + rect.height / 2 + 4, 1))
    else:
        at = (rect.x + 8, rect.y + 16)
    yield Words(label, at, _SMALL, bold=True, ink=_BAND_INK)


def _overlap(rect: Rect, part: Sheet, direction: Direction) -> Rect:
    """Give the part of a band on a sheet: across it as wide as the sheet."""
    inside, tile = part.inside, part.tile
    if direction == "down":
        low = max(rect.y, tile.y)
        high = min(rect.y + rect.height, tile.y + tile.height)
        return Rect(inside.x, round(low, 1), inside.width, round(high - low, 1))
    low, high = max(rect.x, tile.x), min(rect.x + rect.width, tile.x + tile.width)
    return Rect(round(low, 1), inside.y, round(high - low, 1), inside.height)


def line_strokes(path: str, style: str) -> Iterator[Stroke]:
    """Draw a line in the style of what it stands for."""
    if style == "both":
        yield Stroke(path, _LINE, 4.4)
        yield Stroke(path, WHITE, 1.8)
        return
    yield Stroke(path, WARN if style == "gap" else _LINE, 1.4, DASHES.get(style, ()))


def arrow(tip: Point, direction: Direction, style: str) -> Solid:
    """Draw the head of a line."""
    x, y = tip
    if direction == "down":
        points = ((x, y), (x - 4.5, y - 9), (x + 4.5, y - 9))
    else:
        points = ((x, y), (x - 9, y - 4.5), (x - 9, y + 4.5))
    rounded = tuple((round(a, 1), round(b, 1)) for a, b in points)
    return Solid(rounded, WARN if style == "gap" else _LINE)


def _box(box: SceneBox, lang: Language) -> Iterator[Shape]:
    rect = box.rect
    gap = box.kind in {"gap", "unallocated"}
    ink = WARN if gap else _LINE
    width = 2.8 if {"sender", "asked"} & set(box.looks) else 1.2
    dashes = {"routing": (5.0, 3.0), "gap": (2.0, 3.0)}
    dash = dashes.get("gap" if gap else box.kind, ())
    if box.kind == "fold":  # several boxes, one behind the other
        for behind in (6.0, 3.0):
            back = Rect(rect.x + behind, rect.y - behind, rect.width, rect.height)
            yield Frame(back, WHITE, ink, width, corner=4)
    yield Frame(rect, WARN_FILL if gap else WHITE, ink, width, dash, corner=4)
    if "double" in box.looks:
        yield Frame(_inset(rect, 3), None, ink, 0.8, dash, corner=1)
    if "holder" in box.looks:
        yield Frame(Rect(rect.x, rect.y, 6, rect.height), fill=_LINE, corner=2)
    if "lead" in box.looks:
        right = round(rect.x + rect.width, 1)
        yield Solid(((round(right - 12, 1), rect.y), (right, rect.y),
                     (right, round(rect.y + 12, 1))), _LINE)  # fmt: skip
    lines = box.lines[lang]
    y = rect.y + (rect.height - sum(line.size * LINE_HEIGHT for line in lines)) / 2
    for line in lines:
        at = (round(rect.centre[0], 2), round(y + line.size * 1.02, 1))
        yield Words(line.text, at, line.size, line.bold, _INKS[line.tone], "middle")
        y += line.size * LINE_HEIGHT


def _inset(rect: Rect, by: float) -> Rect:
    return Rect(rect.x + by, rect.y + by, rect.width - 2 * by, rect.height - 2 * by)


def _leaders(tag: Tag) -> Iterator[Shape]:
    """Lead the ends of lines to their tag."""
    x, y = tag.at
    offs = {"left": (2, 0), "right": (-2, 0), "top": (0, 2), "bottom": (0, -2)}
    dx, dy = offs[tag.side]
    for end in tag.ends:
        start = f"M{end.at[0]:g} {end.at[1]:g}"
        yield Stroke(f"{start}L{x + dx:g} {y + dy:g}", PALE, 1.0)
    for end in tag.ends:
        yield Frame(Rect(round(end.at[0] - 2, 1), round(end.at[1] - 2, 1), 4, 4), fill=_LINE)


def _tag(tag: Tag) -> Words:
    x, y = tag.at
    shift = TAG_SIZE * 0.36
    if tag.side in {"top", "bottom"}:
        at, is_turned = (round(x + shift, 1), y), True
    else:
        at, is_turned = (x, round(y + shift, 1)), False
    anchor: Anchor = "start" if tag.side in {"top", "right"} else "end"
    return Words(tag.text, at, TAG_SIZE, anchor=anchor, turned=is_turned)


def _edge(part: Sheet) -> Iterable[Shape]:
    """Frame a sheet, and name its squares along the top and the left."""
    inside = part.inside
    yield Frame(inside, ink=PALE, width=0.8)
    across, down = part.squares
    for index in range(across):
        x = inside.x + inside.width * (index + 0.5) / across
        for y in (inside.y - 5, inside.y + inside.height + 14):
            yield Words(chr(ord("A") + index), (round(x, 1), round(y, 1)), _SMALL, ink=SOFT,
                        anchor="middle")  # fmt: skip
    for index in range(down):
        y = round(inside.y + inside.height * (index + 0.5) / down + 4, 1)
        for x in (inside.x - FRAME / 2, inside.x + inside.width + FRAME / 2):
            yield Words(str(index + 1), (round(x, 1), y), _SMALL, ink=SOFT, anchor="middle")
    yield from _ticks(inside, across, down)


def _ticks(inside: Rect, across: int, down: int) -> Iterator[Shape]:
    right, bottom = inside.x + inside.width, inside.y + inside.height
    for index in range(1, across):
        x = inside.x + inside.width * index / across
        for y, length in ((inside.y, -6), (bottom, 6)):
            yield Stroke(f"M{x:.1f} {y:.1f}L{x:.1f} {y + length:.1f}", PALE, 0.8)
    for index in range(1, down):
        y = inside.y + inside.height * index / down
        for x, length in ((inside.x, -6), (right, 6)):
            yield Stroke(f"M{x:.1f} {y:.1f}L{x + length:.1f} {y:.1f}", PALE, 0.8)
