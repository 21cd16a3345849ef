"""Drawings as SVG: vector, self-contained; looks alike wherever it is opened."""

from collections.abc import Iterable
from html import escape
from typing import Final

from tracer.messages import Language
from tracer.report.diagram.shapes import (
    BOLD_OUTLINE,
    Drawing,
    Frame,
    Group,
    Shape,
    Solid,
    Stroke,
    Words,
)
from tracer.report.diagram.sheets import Sheet
from tracer.report.diagram.sketch import sketch
from tracer.report.geometry import Rect
from tracer.report.scene import Scene

__all__ = ["FONTS", "svg_of", "write_svg"]

FONTS: Final = (
    "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, SimHei, sans-serif"
)


def write_svg(scene: Scene, lang: Language, *, title: str, sheet: Sheet | None = None) -> str:
    """Draw a scene, or one sheet of it.

    Parameters
    ----------
    scene : Scene
        What to draw.
    lang : {"zh", "en"}
        Language of its words.
    title : str
        Said to readers who cannot see it.
    sheet : Sheet, optional
        The part to draw, with its size on paper; without one, the whole at its own size.
    """
    return svg_of(sketch(scene, lang, sheet), title)


def svg_of(drawing: Drawing, title: str, fonts: str = FONTS, *, is_one_weight: bool = False) -> str:
    """Write a drawing as one SVG element.

    Parameters
    ----------
    title : str
        Said to readers who cannot see it.
    fonts : str
        Families to set it in, the first that is there.
    is_one_weight : bool
        They have no bold: bold text is outlined.
    """
    writer = _Writer(is_one_weight)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{_span(drawing.window)}" '
        f'width="{drawing.width:g}pt" height="{drawing.height:g}pt" role="img" '
        f'aria-label="{escape(title)}" font-family="{fonts}">'
        f"<title>{escape(title)}</title>{writer.all(drawing.shapes)}</svg>"
    )


class _Writer:
    """Writes shapes as elements."""

    def __init__(self, is_one_weight: bool) -> None:
        self._is_one_weight = is_one_weight

    def all(self, shapes: Iterable[Shape]) -> str:
        return "".join(self._one(shape) for shape in shapes)

    def _one(self, shape: Shape) -> str:
        if isinstance(shape, Words):
            return self._words(shape)
        if isinstance(shape, Stroke):
            return (
                f'<path d="{shape.path}" fill="none" stroke="{shape.ink}" '
                f'stroke-width="{shape.width:g}"{_dashes(shape.dash)}/>'
            )
        if isinstance(shape, Frame):
            return _frame(shape)
        if isinstance(shape, Solid):
            points = " ".join(f"{x:g},{y:g}" for x, y in shape.points)
            return f'<polygon points="{points}" fill="{shape.fill}"/>'
        if isinstance(shape, Group):
            lane = ' data-back=""' if shape.is_back else ""
            name = escape(shape.name)
            return f'<g data-{shape.kind}="{name}"{lane}>{self.all(shape.shapes)}</g>'
        place = shape.place
        return (
            f'<svg x="{place.x:g}" y="{place.y:g}" width="{place.width:g}" '
            f'height="{place.height:g}" viewBox="{_span(shape.window)}">'
            f"{self.all(shape.shapes)}</svg>"
        )

    def _words(self, shape: Words) -> str:
        x, y = shape.at
        weight = ' font-weight="700"' if shape.bold else ""
        if shape.bold and self._is_one_weight:
            weight = f' stroke="{shape.ink}" stroke-width="{shape.size * BOLD_OUTLINE:.2f}"'
        anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
        turn = f' transform="rotate(-90 {x:g} {y:g})"' if shape.turned else ""
        return (
            f'<text x="{x:g}" y="{y:g}" font-size="{shape.size:g}" fill="{shape.ink}"'
            f"{anchor}{weight}{turn}>{escape(shape.text)}</text>"
        )


def _frame(shape: Frame) -> str:
    rect = shape.rect
    ink = f' stroke="{shape.ink}" stroke-width="{shape.width:g}"' if shape.ink else ""
    corner = f' rx="{shape.corner:g}"' if shape.corner else ""
    return (
        f'<rect x="{rect.x:g}" y="{rect.y:g}" width="{rect.width:g}" height="{rect.height:g}"'
        f'{corner} fill="{shape.fill or "none"}"{ink}{_dashes(shape.dash)}/>'
    )


def _span(rect: Rect) -> str:
    return f"{rect.x:g} {rect.y:g} {rect.width:g} {rect.height:g}"


def _dashes(dash: tuple[float, ...]) -> str:
    return f' stroke-dasharray="{" ".join(f"{part:g}" for part in dash)}"' if dash else ""
