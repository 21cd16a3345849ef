"""How the sheets of a large picture lie together: its boxes without words, its sheets by number.

At the size of a page the words of such a picture could not be read, so none are set.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from tracer.report.diagram.shapes import INK, PALE, WHITE, Drawing, Frame, Group, Shape, Words
from tracer.report.diagram.sheets import Sheet
from tracer.report.geometry import Rect
from tracer.report.scene import Scene, SceneBox

__all__ = ["draw_key_map", "places_of"]

_NUMBER: Final = 11.0
_HAIR: Final = 0.4
_FILLS: Final = {"holder": "#2b333b", "sender": "#5b6670", "party": "#c3ccd4"}


def draw_key_map(scene: Scene, sheets: Sequence[Sheet], width: float, height: float) -> Drawing:
    """Draw how the sheets lie together, within a width and a height in points.

    A holder is black, a final sender dark, other parties grey, everything else white.
    """
    scale = min(width / scene.width, height / scene.height)
    window = Rect(-4.0 / scale, -4.0 / scale, scene.width + 8 / scale, scene.height + 8 / scale)
    shapes: list[Shape] = [Group("box", box.id, (_box(box, scale),)) for box in scene.boxes]
    for sheet in sheets:
        shapes += _sheet(sheet, scale)
    size = (round(window.width * scale, 1), round(window.height * scale, 1))
    return Drawing(*size, window, tuple(shapes))


def _box(box: SceneBox, scale: float) -> Frame:
    fill = WHITE
    if box.kind == "party":
        fill = _FILLS[next((look for look in ("holder", "sender") if look in box.looks), "party")]
    dash = (1.5 / scale, 1.5 / scale) if box.kind in {"gap", "unallocated"} else ()
    return Frame(box.rect, fill=fill, ink=PALE, width=round(_HAIR / scale, 2), dash=dash)


def _sheet(sheet: Sheet, scale: float) -> Iterator[Shape]:
    tile, size = sheet.tile, _NUMBER / scale
    yield Frame(tile, ink=INK, width=round(1.1 / scale, 2))
    label = str(sheet.number)
    width = (len(label) * 0.6 + 0.5) * size
    yield Frame(Rect(tile.x, tile.y, width, size * 1.25), fill=INK)
    at = (tile.x + width / 2, tile.y + size)
    yield Words(label, at, round(size, 2), bold=True, ink=WHITE, anchor="middle")


def places_of(scene: Scene, sheets: Sequence[Sheet]) -> dict[str, tuple[int, SceneBox]]:
    """Tell on which sheet each box is, by its number."""
    boxes = {box.id: box for box in scene.boxes}
    return {name: (sheet.number, boxes[name]) for sheet in sheets for name in sorted(sheet.homes)}
